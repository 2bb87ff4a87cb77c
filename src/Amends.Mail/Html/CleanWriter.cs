using System.Text;
using AngleSharp.Dom;

namespace Amends.Mail.Html;

/// <summary>Writes what the lists allow of a parsed tree: known elements, known attributes, everything else escaped or gone.</summary>
internal sealed class CleanWriter(CleanOptions options)
{
    readonly StringBuilder text = new();
    readonly List<string> cids = [];
    int remote;

    internal CleanHtml Write(IElement body)
    {
        var open = new Stack<(INode Node, bool Leaving)>();
        Push(open, body);
        while (open.TryPop(out var next))
        {
            if (next.Node is IText words)
            {
                text.Append(EscapeText(words.Data));
                continue;
            }
            if (next.Node is not IElement element) continue;
            var name = element.LocalName;
            if (next.Leaving)
            {
                text.Append("</").Append(name).Append('>');
                continue;
            }
            if (element.NamespaceUri != HtmlTree.Html)
            {
                // Of a drawing or a formula the words stay and nothing else.
                if (!CleanLists.Unseen.Contains(name)) Push(open, element);
                continue;
            }
            if (CleanLists.Dropped.Contains(name)) continue;
            var kept = CleanLists.Elements.Contains(name) && Start(element, name);
            if (kept && CleanLists.Void.Contains(name)) continue;
            if (kept) open.Push((element, true));
            Push(open, element);
        }
        return new CleanHtml(text.ToString(), remote, cids);
    }

    static void Push(Stack<(INode, bool)> open, INode parent)
    {
        // By number: a node looks for its sibling among all of them.
        for (var i = parent.ChildNodes.Length - 1; i >= 0; i--) open.Push((parent.ChildNodes[i], false));
    }

    /// <summary>Writes the start tag; false where the element is left out and only its content stays.</summary>
    bool Start(IElement element, string name)
    {
        if (name == "a")
        {
            if (SafeUrl.Link(element.GetAttribute("href")) is not { } link) return false;
            text.Append("<a");
            Attribute("href", link);
            Rest(element, name);
            text.Append(" target=\"_blank\" rel=\"noopener noreferrer nofollow\">");
            return true;
        }
        text.Append('<').Append(name);
        if (name == "img") Source(element);
        Rest(element, name);
        text.Append('>');
        // The parser drops one line end after <pre>; the one that is meant comes second.
        if (name == "pre" && element.FirstChild is IText { Data: ['\n', ..] }) text.Append('\n');
        return true;
    }

    void Source(IElement image)
    {
        var given = image.GetAttribute("data-src") is { Length: > 0 } held && SafeUrl.Remote(held) is not null ? held : image.GetAttribute("src");
        if (SafeUrl.Cid(given) is { } cid)
        {
            if (!cids.Contains(cid) && cids.Count < 1000) cids.Add(cid);
            var address = options.CidAddress is null ? "cid:" + cid : options.CidAddress(cid);
            if (address is not null) Attribute("src", address);
        }
        else if (SafeUrl.Image(given) is { } data) Attribute("src", data);
        else if (SafeUrl.Remote(given) is { } url)
        {
            remote++;
            Attribute(options.ShowRemoteImages ? "src" : "data-src", url);
        }
    }

    void Rest(IElement element, string name)
    {
        foreach (var attribute in element.Attributes)
        {
            if (attribute.NamespaceUri is not null || attribute.Value.Length > CleanLists.LongestAttribute) continue;
            var value = CleanLists.Value(name, attribute.LocalName, attribute.Value);
            if (value is not null) Attribute(attribute.LocalName, value);
        }
    }

    void Attribute(string name, string value) => text.Append(' ').Append(name).Append("=\"").Append(Escape(value)).Append('"');

    /// <summary>
    /// Escapes text. An ampersand stays as it is before a blank, and before one letter or digit that neither another nor a semicolon
    /// follows: no character reference is so short (HTML §13.5), and addresses and "A &amp; B" stay what people wrote.
    /// </summary>
    internal static string EscapeText(string value)
    {
        var from = 0;
        StringBuilder? result = null;
        for (var at = value.IndexOf('&'); at >= 0; at = value.IndexOf('&', at + 1))
        {
            if (!IsPlain(value.AsSpan(at + 1))) continue;
            (result ??= new StringBuilder(value.Length + 16)).Append(Escape(value[from..at])).Append('&');
            from = at + 1;
        }
        return result is null ? Escape(value) : result.Append(Escape(value[from..])).ToString();
    }

    // What follows must be seen here: the next text node may go on with a letter.
    static bool IsPlain(ReadOnlySpan<char> after) =>
        after.Length > 0 && (after[0] == ' ' || (after.Length > 1 && char.IsAsciiLetterOrDigit(after[0]) && !char.IsAsciiLetterOrDigit(after[1]) && after[1] != ';'));

    /// <summary>Escapes for text and for quoted attributes alike; a carriage return would not survive parsing.</summary>
    internal static string Escape(string value)
    {
        if (value.AsSpan().IndexOfAny("&<>\"\u00A0\r`") < 0) return value;
        var result = new StringBuilder(value.Length + 16);
        foreach (var c in value)
        {
            _ = c switch
            {
                '&' => result.Append("&amp;"),
                '<' => result.Append("&lt;"),
                '>' => result.Append("&gt;"),
                '"' => result.Append("&quot;"),
                '`' => result.Append("&#96;"),
                '\u00A0' => result.Append("&nbsp;"),
                '\r' => result,
                _ => result.Append(c),
            };
        }
        return result.ToString();
    }
}
