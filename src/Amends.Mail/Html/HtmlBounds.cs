using System.Collections.Frozen;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace Amends.Mail.Html;

/// <summary>
/// Tells HTML that would cost the tree builder the square of its length: thousands of elements that never close, or formatting
/// that every further paragraph repeats. Counts only what is surely closed as closed, so that it errs towards refusing.
/// </summary>
internal sealed class HtmlBounds
{
    const int MostOpen = 1000;
    const int MostTags = 200_000;
    const int MostAttributes = 200;
    const long MostRepeats = 1_000_000;

    static readonly FrozenSet<string> Void = Set("area base br col embed hr img input link meta param source track wbr frame bgsound basefont keygen image");
    static readonly FrozenSet<string> Implied = Set("p li dt dd td th tr tbody thead tfoot option optgroup colgroup caption rp rt");
    static readonly FrozenSet<string> Formatting = Set("a b big code em font i nobr s small strike strong tt u");

    readonly List<string> open = [];
    int leaked;
    int formatting;
    long repeats;

    /// <summary>Whether the tree builder can take it in linear time.</summary>
    internal static bool Holds(string html)
    {
        var bounds = new HtmlBounds();
        var tokenizer = new HtmlTokenizer(new TextSource(html), HtmlEntityProvider.Resolver);
        for (var tags = 0; tags < MostTags;)
        {
            var token = tokenizer.Get();
            if (token.Type == HtmlTokenType.EndOfFile) return true;
            bounds.repeats += bounds.formatting + bounds.leaked;
            if (bounds.open.Count > MostOpen || bounds.leaked > MostOpen || bounds.repeats > MostRepeats) return false;
            if (token is not HtmlTagToken tag) continue;
            tags++;
            if (tag.Attributes.Count > MostAttributes) return false;
            if (token.Type == HtmlTokenType.EndTag) bounds.Close(tag.Name);
            else
            {
                bounds.Open(tag.Name);
                tokenizer.State = Mode(tag.Name);
            }
        }
        return false;
    }

    void Open(string name)
    {
        if (Void.Contains(name)) return;
        // A list item ends the one before it, a cell the one before it.
        if (open.Count > 0 && open[^1] == name && Implied.Contains(name)) return;
        open.Add(name);
        if (Formatting.Contains(name)) formatting++;
    }

    void Close(string name)
    {
        var at = open.Count - 1;
        while (at >= 0 && open[at] != name && open.Count - at < 50 && (Implied.Contains(open[at]) || Formatting.Contains(open[at]) || open[at] == "span")) at--;
        if (at < 0 || open[at] != name) return;
        for (var i = at; i < open.Count; i++)
        {
            if (!Formatting.Contains(open[i])) continue;
            formatting--;
            if (i > at) leaked++;
        }
        open.RemoveRange(at, open.Count - at);
    }

    /// <summary>Elements whose content is text to the parser.</summary>
    static HtmlParseMode Mode(string name) => name switch
    {
        "title" or "textarea" => HtmlParseMode.RCData,
        "style" or "xmp" or "iframe" or "noembed" or "noframes" => HtmlParseMode.Rawtext,
        "script" => HtmlParseMode.Script,
        "plaintext" => HtmlParseMode.Plaintext,
        _ => HtmlParseMode.PCData,
    };

    static FrozenSet<string> Set(string names) => names.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
