using System.Text.RegularExpressions;

namespace Amends.Fuzz.Fuzzing;

/// <summary>
/// A second opinion on sanitised HTML, which shares nothing with the sanitiser: no parser, only the narrow form that harmless HTML
/// is written in. What is not of that form is harmful until shown otherwise.
/// </summary>
public static partial class HarmlessHtml
{
    static readonly HashSet<string> Elements = [.. (
        "a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div dl dt em figcaption figure font "
        + "footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q rp rt ruby s samp section small span strike strong sub summary sup table tbody td "
        + "tfoot th thead time tr tt u ul var wbr").Split(' ')];

    static readonly HashSet<string> Attributes = [.. (
        "abbr align alt bgcolor border cellpadding cellspacing clear color cols colspan data-src datetime dir face height href hspace lang nowrap noshade open rel reversed "
        + "rowspan rows scope size span src start style summary target title type valign value vspace width").Split(' ')];

    /// <summary>What is wrong with it, or null.</summary>
    /// <param name="html">A fragment.</param>
    /// <param name="remote">Whether pictures may come from elsewhere and from our own /files.</param>
    public static string? WhyNot(string html, bool remote = false)
    {
        for (var at = html.IndexOf('<', StringComparison.Ordinal); at >= 0; at = html.IndexOf('<', at + 1))
        {
            var tag = Tag().Match(html, at);
            if (!tag.Success) return "a < that starts no plain tag";
            var name = tag.Groups["name"].Value;
            if (!Elements.Contains(name)) return $"element {name}";
            for (var i = 0; i < tag.Groups["key"].Captures.Count; i++)
            {
                var (key, value) = (tag.Groups["key"].Captures[i].Value, System.Net.WebUtility.HtmlDecode(tag.Groups["value"].Captures[i].Value));
                if (!Attributes.Contains(key)) return $"attribute {key}";
                if (key == "href" && !Link().IsMatch(value)) return "a link to elsewhere than the web, mail or telephone";
                if (key == "data-src" && !Web().IsMatch(value)) return "a held picture from elsewhere than the web";
                if (key == "src" && !Picture().IsMatch(value) && !(remote && Remote().IsMatch(value))) return "a picture from elsewhere";
                if (key == "style" && Style().IsMatch(value)) return "a style that loads, runs or covers";
                if (key == "target" && value != "_blank") return "a target";
            }
        }
        return null;
    }

    [GeneratedRegex("""\G<(?:/(?<name>[a-z1-6]+)|(?<name>[a-z1-6]+)(?: (?<key>[a-z-]+)="(?<value>[^"<>`]*)")*)>""", RegexOptions.ExplicitCapture)]
    private static partial Regex Tag();

    [GeneratedRegex("^(https?|mailto|tel):[^\\s\\p{Cc}\\p{Cf}]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Link();

    [GeneratedRegex("^https?:[^\\s\\p{Cc}\\p{Cf}]*$", RegexOptions.IgnoreCase)]
    private static partial Regex Web();

    [GeneratedRegex("^(cid:.*|data:image/(png|jpeg|jpg|gif|webp);base64,[A-Za-z0-9+/=]*)$", RegexOptions.Singleline)]
    private static partial Regex Picture();

    [GeneratedRegex("^(https?:|/files/)", RegexOptions.IgnoreCase)]
    private static partial Regex Remote();

    // No escape, comment or block, no function but of colours, and no property that covers, loads or runs.
    [GeneratedRegex(@"[\\@<>{}]|/\*|//|(?<![a-z-])(?!(rgb|rgba|hsl|hsla)\()[a-z-]*\s*\(|javascript\s*:|(?<![a-z-])(position|z-index|opacity|filter|cursor|animation|transition|transform|content|behaviou?r|-moz-binding)\s*:", RegexOptions.IgnoreCase)]
    private static partial Regex Style();
}
