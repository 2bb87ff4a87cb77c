using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;

namespace Amends.Features.Cases;

/// <summary>Plain words as HTML: paragraphs at blank lines, addresses as links, nothing else.</summary>
public static partial class WordsMarkup
{
    /// <summary>The text, safe to show.</summary>
    /// <param name="text">As it was written.</param>
    /// <param name="withNames">Marks <c>@Name</c>, as in notes.</param>
    public static MarkupString Of(string text, bool withNames = false)
    {
        var html = new StringBuilder(text.Length + 64);
        foreach (var paragraph in BlankLines().Split(text.ReplaceLineEndings("\n").Trim('\n')))
        {
            if (paragraph.Length == 0)
                continue;
            html.Append("<p>");
            var at = 0;
            foreach (Match match in (withNames ? LinksAndNames() : Links()).Matches(paragraph))
            {
                Write(html, paragraph.AsSpan(at, match.Index - at));
                var safe = HtmlEncoder.Default.Encode(match.Value);
                if (match.Value[0] == '@')
                    html.Append("<span class=\"mention\">").Append(safe).Append("</span>");
                else
                    html.Append("<a class=\"link\" rel=\"noopener noreferrer nofollow\" target=\"_blank\" href=\"").Append(safe).Append("\">").Append(safe).Append("</a>");
                at = match.Index + match.Length;
            }

            Write(html, paragraph.AsSpan(at));
            html.Append("</p>");
        }

        return new MarkupString(html.ToString());
    }

    private static void Write(StringBuilder html, ReadOnlySpan<char> words)
    {
        foreach (var character in words)
        {
            switch (character)
            {
                case '&': html.Append("&amp;"); break;
                case '<': html.Append("&lt;"); break;
                case '>': html.Append("&gt;"); break;
                case '\n': html.Append("<br>"); break;
                default: html.Append(character); break;
            }
        }
    }

    [GeneratedRegex(@"\n[ \t]*(?:\n[ \t]*)+", RegexOptions.CultureInvariant)]
    private static partial Regex BlankLines();

    [GeneratedRegex(@"https?://[^\s<>""']{1,500}[^\s<>""'.,;:!?)\]]", RegexOptions.CultureInvariant)]
    private static partial Regex Links();

    [GeneratedRegex(@"https?://[^\s<>""']{1,500}[^\s<>""'.,;:!?)\]]|(?<=^|\s)@\p{L}[\p{L}\p{M}'-]{1,40}", RegexOptions.CultureInvariant)]
    private static partial Regex LinksAndNames();
}
