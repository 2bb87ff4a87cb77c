using System.Text;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using Amends.Domain.Listening.Emotion;
using Microsoft.AspNetCore.Components;

namespace Amends.Features.Shared;

/// <summary>Plain words as HTML: paragraphs at blank lines, addresses as links, nothing else.</summary>
public static partial class WordsMarkup
{
    /// <summary>The text, safe to show.</summary>
    /// <param name="text">As it was written.</param>
    /// <param name="withNames">Marks <c>@Name</c>, as in notes.</param>
    /// <param name="heard">Finds what is to be underlined, since it says how upset the words are.</param>
    public static MarkupString Of(string text, bool withNames = false, Func<string, IReadOnlyList<HeardPhrase>>? heard = null)
    {
        var html = new StringBuilder(text.Length + 64);
        text = text.ReplaceLineEndings("\n").Trim('\n');
        var underlined = new Underlined(heard?.Invoke(text) ?? []);
        foreach (var range in Paragraphs(text))
        {
            var (start, paragraph) = (range.Start, text.Substring(range.Start, range.Length));
            if (paragraph.Length == 0)
                continue;
            html.Append("<p>");
            var at = 0;
            foreach (Match match in (withNames ? LinksAndNames() : Links()).Matches(paragraph))
            {
                Write(html, paragraph.AsSpan(at, match.Index - at), start + at, underlined);
                var safe = HtmlEncoder.Default.Encode(match.Value);
                if (match.Value[0] == '@')
                    html.Append("<span class=\"mention\">").Append(safe).Append("</span>");
                else
                    html.Append("<a class=\"link\" rel=\"noopener noreferrer nofollow\" target=\"_blank\" href=\"").Append(safe).Append("\">").Append(safe).Append("</a>");
                at = match.Index + match.Length;
            }

            Write(html, paragraph.AsSpan(at), start + at, underlined);
            html.Append("</p>");
        }

        return new MarkupString(html.ToString());
    }

    private static IEnumerable<(int Start, int Length)> Paragraphs(string text)
    {
        var from = 0;
        foreach (Match blank in BlankLines().Matches(text))
        {
            yield return (from, blank.Index - from);
            from = blank.Index + blank.Length;
        }

        yield return (from, text.Length - from);
    }

    private static void Write(StringBuilder html, ReadOnlySpan<char> words, int start, Underlined underlined)
    {
        var open = false;
        for (var i = 0; i < words.Length; i++)
        {
            if (underlined.At(start + i) is var inside && inside != open)
                html.Append((open = inside) ? "<u>" : "</u>");
            var character = words[i];
            switch (character)
            {
                case '&': html.Append("&amp;"); break;
                case '<': html.Append("&lt;"); break;
                case '>': html.Append("&gt;"); break;
                case '\n': html.Append("<br>"); break;
                default: html.Append(character); break;
            }
        }

        if (open)
            html.Append("</u>");
    }

    /// <summary>Phrases in their order, asked for one place after the other.</summary>
    private sealed class Underlined(IReadOnlyList<HeardPhrase> phrases)
    {
        private int next;

        public bool At(int place)
        {
            while (next < phrases.Count && phrases[next].Start + phrases[next].Length <= place)
                next++;
            return next < phrases.Count && phrases[next].Start <= place;
        }
    }

    [GeneratedRegex(@"\n[ \t]*(?:\n[ \t]*)+", RegexOptions.CultureInvariant)]
    private static partial Regex BlankLines();

    [GeneratedRegex(@"https?://[^\s<>""']{1,500}[^\s<>""'.,;:!?)\]]", RegexOptions.CultureInvariant)]
    private static partial Regex Links();

    [GeneratedRegex(@"https?://[^\s<>""']{1,500}[^\s<>""'.,;:!?)\]]|(?<=^|\s)@\p{L}[\p{L}\p{M}'-]{1,40}", RegexOptions.CultureInvariant)]
    private static partial Regex LinksAndNames();
}
