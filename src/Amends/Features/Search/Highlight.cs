using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;

namespace Amends.Features.Search;

/// <summary>A few words around what was found, with the found words marked; everything else is escaped.</summary>
public static class Highlight
{
    private const int Around = 90;
    private static readonly CompareInfo Compare = CultureInfo.InvariantCulture.CompareInfo;
    private const CompareOptions Loosely = CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace;

    /// <summary>The piece of a text that shows why it was found.</summary>
    public static MarkupString Of(string text, SearchWords words)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var first = words.Words.Select(word => Find(line, word, 0).At).Where(at => at >= 0).DefaultIfEmpty(0).Min();
        var from = first <= Around ? 0 : line.IndexOf(' ', first - Around) is >= 0 and var space && space < first ? space + 1 : first;
        var to = Math.Min(line.Length, from + Around * 3);
        if (to < line.Length && char.IsLowSurrogate(line[to]))
            to--;
        var html = new StringBuilder(from > 0 ? "… " : "");
        for (var at = from; at < to;)
        {
            var next = words.Words.Select(word => Find(line, word, at)).Where(hit => hit.At >= 0 && hit.At < to).OrderBy(hit => hit.At).ThenByDescending(hit => hit.Length).Cast<(int At, int Length)?>().FirstOrDefault();
            if (next is not { } hit)
            {
                html.Append(HtmlEncoder.Default.Encode(line[at..to]));
                break;
            }

            html.Append(HtmlEncoder.Default.Encode(line[at..hit.At])).Append("<mark>").Append(HtmlEncoder.Default.Encode(line.Substring(hit.At, hit.Length))).Append("</mark>");
            at = hit.At + hit.Length;
        }

        return new MarkupString(to < line.Length ? html.Append(" …").ToString() : html.ToString());
    }

    /// <summary>The next word that begins so.</summary>
    private static (int At, int Length) Find(string line, string word, int from)
    {
        while (from < line.Length)
        {
            var at = Compare.IndexOf(line.AsSpan(from), word, Loosely, out var length);
            if (at < 0 || length == 0)
                return (-1, 0);
            at += from;
            if (at == 0 || !char.IsLetterOrDigit(line[at - 1]))
                return (at, length);
            from = at + length;
        }

        return (-1, 0);
    }
}
