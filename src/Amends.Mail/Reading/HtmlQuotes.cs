using AngleSharp.Dom;

namespace Amends.Mail.Reading;

/// <summary>The elements of an HTML body that mail programs mark as quoted.</summary>
internal sealed class HtmlQuotes
{
    const int MostBoxes = 16;

    readonly HashSet<INode> found = [];
    readonly List<INode> order = [];
    int boxes;

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
            if (quotes.Contains(element)) continue; // with what it holds, below a heading
            if (element != body && IsQuote(element)) quotes.Add(element);
            else if (element != body && quotes.IsHeading(element)) quotes.AddFrom(element, body);
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

    /// <summary>Containers that hold nothing but a quote, program by program. Outlook on the web prefixes other programs' names with "x_".</summary>
    static bool IsQuote(IElement element)
    {
        var id = Bare(element.Id ?? "");
        if (id is "OLK_SRC_BODY_SECTION" or "mail-editor-reference-message-container" or "ms-outlook-mobile-reference-message" or "isReplyContent" || id.StartsWith("yahoo_quoted", StringComparison.Ordinal)) return true;
        var classes = (element.ClassName ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Bare);
        return element.LocalName switch
        {
            "blockquote" => Is(element.GetAttribute("type"), "cite") || classes.Any(c => c is "gmail_quote" or "protonmail_quote" or "tutanota_quote" or "front-blockquote"),
            "div" or "table" or "section" => Is(element.GetAttribute("name"), "quote") // GMX, WEB.DE
                || classes.Any(c => c is "gmail_quote" or "gmail_quote_container" or "yahoo_quoted" or "protonmail_quote" or "moz-cite-prefix" or "zmail_extra" or "tutanota_quote" or "ms-outlook-mobile-reference-message"
                    || (c == "gmail_extra" && element.QuerySelector(".gmail_quote") is not null)),
            _ => false,
        };
    }

    bool IsHeading(IElement element)
    {
        var id = Bare(element.Id ?? "");
        if (element.LocalName == "hr") return id is "stopSpelling" or "stopSpelling2" or "zwchr";
        if (element.LocalName is not ("div" or "span")) return false;
        if ((element.ClassName ?? "").Split(' ').Select(Bare).Contains("OutlookMessageHeader") || id is "divRplyFwdMsg" or "appendonsend") return true;
        // Outlook draws a line above its block of fields and names it nowhere; only the block tells it from somebody's own box.
        var style = (element.GetAttribute("style") ?? "").Replace(" ", "", StringComparison.Ordinal);
        if (!style.Contains("border-top:", StringComparison.OrdinalIgnoreCase) || !style.Contains("solid", StringComparison.OrdinalIgnoreCase) || style.Contains("border:solid", StringComparison.OrdinalIgnoreCase)) return false;
        if (++boxes > MostBoxes) return false; // boxes within boxes must not cost their size each time
        var lines = Html.HtmlText.Of(element).Split('\n');
        return lines.Length <= 40 && Array.FindIndex(lines, l => l.Length > 0) is >= 0 and var first && QuoteMarks.IsFieldBlock(lines, first);
    }

    static string Bare(string name)
    {
        while (name.StartsWith("x_", StringComparison.Ordinal)) name = name[2..];
        return name;
    }

    static bool Is(string? value, string other) => string.Equals(value, other, StringComparison.OrdinalIgnoreCase);
}
