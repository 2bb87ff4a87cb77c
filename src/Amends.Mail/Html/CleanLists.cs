using System.Collections.Frozen;

namespace Amends.Mail.Html;

/// <summary>What mail HTML may hold. What stands on no list is taken off its content, or goes with it.</summary>
internal static class CleanLists
{
    internal const int LongestAttribute = 4000;

    internal static readonly FrozenSet<string> Elements = Set(
        "a abbr acronym address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del details dfn div dl dt em "
        + "figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav ol p pre q rp rt ruby s samp section small span "
        + "strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr");

    /// <summary>These go with everything in them.</summary>
    internal static readonly FrozenSet<string> Dropped = Set(
        "script style iframe frame frameset noframes object embed applet param base meta link title head template noscript noembed "
        + "input select option optgroup datalist keygen isindex audio video source track canvas portal dialog xml");

    /// <summary>What drawings (SVG) and formulas (MathML) hold beside the words that people see.</summary>
    internal static readonly FrozenSet<string> Unseen = Set("script style title desc metadata defs symbol annotation annotation-xml");

    internal static readonly FrozenSet<string> Void = Set("br col hr img wbr");

    static readonly FrozenSet<string> Everywhere = Set("title dir lang style align");

    static readonly FrozenDictionary<string, FrozenSet<string>> Own = new Dictionary<string, FrozenSet<string>>
    {
        ["img"] = Set("alt width height border hspace vspace"),
        ["table"] = Set("width height border cellpadding cellspacing bgcolor summary"),
        ["td"] = Set("width height colspan rowspan valign bgcolor nowrap abbr"),
        ["th"] = Set("width height colspan rowspan valign bgcolor nowrap abbr scope"),
        ["tr"] = Set("height valign bgcolor"),
        ["tbody"] = Set("valign"),
        ["thead"] = Set("valign"),
        ["tfoot"] = Set("valign"),
        ["col"] = Set("span width valign"),
        ["colgroup"] = Set("span width valign"),
        ["font"] = Set("color face size"),
        ["ol"] = Set("start type reversed"),
        ["ul"] = Set("type"),
        ["li"] = Set("value type"),
        ["hr"] = Set("width size color noshade"),
        ["br"] = Set("clear"),
        ["time"] = Set("datetime"),
        ["details"] = Set("open"),
    }.ToFrozenDictionary();

    /// <summary>The value an attribute may keep, or null where it goes.</summary>
    internal static string? Value(string element, string attribute, string value)
    {
        if (attribute == "style") return SafeStyle.Clean(value);
        if (!Everywhere.Contains(attribute) && !(Own.TryGetValue(element, out var own) && own.Contains(attribute))) return null;
        if (attribute is "title" or "alt" or "summary" or "abbr") return Printable(value);
        // All others are names, numbers, colours: nothing in them may look like an address or a script.
        return value.Length <= 100 && value.All(c => char.IsAsciiLetterOrDigit(c) || c is ' ' or '#' or '%' or '.' or ',' or '-' or '_' or '+' or '\'') ? value : null;
    }

    static string Printable(string value) => value.Any(char.IsControl) ? string.Concat(value.Select(c => char.IsControl(c) ? ' ' : c)) : value;

    static FrozenSet<string> Set(string names) => names.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
