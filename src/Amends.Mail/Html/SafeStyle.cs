using System.Collections.Frozen;
using System.Text;

namespace Amends.Mail.Html;

/// <summary>Reduces a style attribute to declarations that can neither load, run nor cover anything.</summary>
internal static class SafeStyle
{
    static readonly FrozenSet<string> Properties = (
        "color background background-color font font-family font-size font-style font-weight font-variant text-align text-decoration text-decoration-color "
        + "text-decoration-line text-decoration-style text-indent text-transform line-height letter-spacing word-spacing white-space vertical-align direction "
        + "unicode-bidi margin margin-top margin-right margin-bottom margin-left padding padding-top padding-right padding-bottom padding-left "
        + "border border-top border-right border-bottom border-left border-color border-style border-width border-radius border-collapse border-spacing "
        + "border-top-color border-right-color border-bottom-color border-left-color border-top-style border-right-style border-bottom-style border-left-style "
        + "border-top-width border-right-width border-bottom-width border-left-width width height max-width max-height min-width min-height display float clear "
        + "list-style list-style-type list-style-position table-layout caption-side empty-cells overflow-wrap word-break word-wrap").Split(' ').ToFrozenSet();

    static readonly string[] Functions = ["rgb", "rgba", "hsl", "hsla"];

    /// <summary>The allowed declarations as "name: value; …", or null where none is left.</summary>
    internal static string? Clean(string style)
    {
        // Escapes and comments serve only to hide something in a mail; no declaration with them is kept.
        var result = new StringBuilder();
        foreach (var range in style.AsSpan().Split(';'))
        {
            var declaration = style.AsSpan(range);
            var colon = declaration.IndexOf(':');
            if (colon <= 0 || declaration.Length > 500) continue;
            var name = declaration[..colon].Trim().ToString().ToLowerInvariant();
            var value = declaration[(colon + 1)..].Trim().ToString();
            if (!Properties.Contains(name) || !Harmless(value)) continue;
            if (result.Length > 0) result.Append("; ");
            result.Append(name).Append(": ").Append(value);
        }
        return result.Length == 0 ? null : result.ToString();
    }

    static bool Harmless(string value)
    {
        if (value.Length == 0) return false;
        int depth = 0, quotes = 0, doubles = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c == '(' && !Function(value, i)) return false;
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            quotes += c == '\'' ? 1 : 0;
            doubles += c == '"' ? 1 : 0;
            if (depth is < 0 or > 1) return false;
            if (!(char.IsAsciiLetterOrDigit(c) || c is ' ' or '#' or '%' or '.' or ',' or '(' or ')' or '\'' or '"' or '!' or '+' or '-' or '_' or '/')) return false;
            if (c == '/' && i + 1 < value.Length && value[i + 1] is '*' or '/') return false;
        }
        return depth == 0 && quotes % 2 == 0 && doubles % 2 == 0;
    }

    static bool Function(string value, int open)
    {
        var start = open;
        while (start > 0 && (char.IsAsciiLetterOrDigit(value[start - 1]) || value[start - 1] is '-' or '_')) start--;
        return Functions.Contains(value[start..open].ToLowerInvariant());
    }
}
