using AngleSharp.Dom;

namespace Amends.Mail.Reading;

/// <summary>The elements of an HTML body that mail programs mark as quoted.</summary>
internal sealed class HtmlQuotes
{
    readonly HashSet<INode> found = [];
    readonly List<INode> order = [];

    internal int Count => order.Count;

    internal IReadOnlyList<INode> Outermost => order;

    internal bool Contains(INode node) => found.Contains(node);

    /// <summary>Finds them: containers of quotes, and headings after which everything is quoted.</summary>
    internal static HtmlQuotes In(IElement body)
    {
        var quotes = new HtmlQuotes();
        var open = new Stack<IElement>();
        open.Push(body);
        while (open.TryPop(out var element))
        {
            if (element != body && IsQuote(element)) quotes.Add(element);
            else if (element != body && IsHeading(element)) quotes.AddFrom(element, body);
            else
            {
                // By number: a node looks for its sibling among all of them.
                for (var i = element.ChildNodes.Length - 1; i >= 0; i--)
                {
                    if (element.ChildNodes[i] is IElement child) open.Push(child);
                }
            }
        }
        return quotes;
    }

    void Add(IElement element)
    {
        if (found.Add(element)) order.Add(element);
    }

    /// <summary>The heading and all that follows it: its later siblings and those of the elements around it.</summary>
    void AddFrom(IElement heading, IElement body)
    {
        Add(heading);
        for (INode? at = heading; at is not null && at != body; at = at.Parent)
        {
            if (at.Parent is not { } parent || parent.ChildNodes.Length == 0) continue;
            for (var i = parent.ChildNodes.Index(at) + 1; i < parent.ChildNodes.Length && found.Add(parent.ChildNodes[i]); i++) order.Add(parent.ChildNodes[i]);
        }
    }

    static bool IsQuote(IElement element)
    {
        var classes = element.ClassName ?? "";
        var id = element.Id ?? "";
        return element.LocalName switch
        {
            "blockquote" => Is(element.GetAttribute("type"), "cite") || classes.Contains("gmail_quote", StringComparison.Ordinal) || classes.Contains("protonmail_quote", StringComparison.Ordinal),
            "div" or "table" or "section" => Has(classes, "gmail_quote") || Has(classes, "gmail_quote_container") || Has(classes, "yahoo_quoted") || Has(classes, "protonmail_quote")
                || Has(classes, "moz-cite-prefix") || Has(classes, "zmail_extra") || Has(classes, "tutanota_quote") || Has(classes, "gmail_extra") && element.QuerySelector(".gmail_quote") is not null
                || id.StartsWith("yahoo_quoted", StringComparison.Ordinal) || Is(id, "mail-editor-reference-message-container"),
            _ => false,
        };
    }

    static bool IsHeading(IElement element)
    {
        var id = element.Id ?? "";
        if (element.LocalName == "hr") return Is(id, "stopSpelling") || Is(id, "stopSpelling2");
        if (element.LocalName != "div") return false;
        if (Has(element.ClassName ?? "", "OutlookMessageHeader") || Is(id, "divRplyFwdMsg") || Is(id, "appendonsend") || id.EndsWith("divRplyFwdMsg", StringComparison.Ordinal)) return true;
        // Outlook and Windows Mail draw a line above the heading and name it nowhere.
        var style = (element.GetAttribute("style") ?? "").Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
        return style.Contains("border-top:solid#e1e1e11.0pt", StringComparison.Ordinal) || style.Contains("border-top:solid#b5c4df1.0pt", StringComparison.Ordinal)
            || style.Contains("border-top:1ptsolid#e1e1e1", StringComparison.Ordinal) || style.Contains("border-top:solid#e1e1e11pt", StringComparison.Ordinal);
    }

    static bool Has(string classes, string name) => classes.Contains(name, StringComparison.Ordinal) && classes.Split(' ').Contains(name);

    static bool Is(string? value, string other) => string.Equals(value, other, StringComparison.OrdinalIgnoreCase);
}
