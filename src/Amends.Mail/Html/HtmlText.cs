using System.Text;
using AngleSharp.Dom;

namespace Amends.Mail.Html;

/// <summary>Renders HTML as readable plain text: paragraphs, lists, links with their addresses, no images.</summary>
public static class HtmlText
{
    /// <summary>The text; never throws. Input beyond 2 MB is cut.</summary>
    public static string From(string html)
    {
        if (string.IsNullOrEmpty(html)) return "";
        return HtmlTree.Parse(html) is { } body ? Of(body) : WithoutTags(html);
    }

    /// <summary>The words of HTML that no tree is built of: what stands between angle brackets goes.</summary>
    internal static string WithoutTags(string html)
    {
        var text = new StringBuilder(Math.Min(html.Length, HtmlTree.LongestInput));
        var inside = false;
        foreach (var c in html.AsSpan(0, Math.Min(html.Length, HtmlTree.LongestInput)))
        {
            if (c == '<') inside = true;
            else if (c == '>' && inside)
            {
                inside = false;
                if (text.Length > 0 && text[^1] != ' ') text.Append(' ');
            }
            else if (!inside && c is not ('\0' or '\r')) text.Append(c);
        }
        return System.Net.WebUtility.HtmlDecode(text.ToString()).Replace("\0", "", StringComparison.Ordinal).Trim();
    }

    /// <summary>The text of a tree that is already parsed; nodes for which <paramref name="skip"/> holds are left out.</summary>
    internal static string Of(INode root, Func<INode, bool>? skip = null)
    {
        var text = new TextFlow();
        var open = new Stack<(INode Node, bool Leaving)>();
        open.Push((root, false));
        while (open.TryPop(out var next))
        {
            if (!next.Leaving && (skip?.Invoke(next.Node) ?? false)) continue;
            if (next.Node is IText words) text.Words(words.Data);
            if (next.Node is not IElement element)
            {
                if (next.Node is not IText) PushChildren(next.Node);
                continue;
            }
            if (next.Leaving) { Leave(text, element); continue; }
            if (HtmlTree.IsHidden(element)) continue;
            Enter(text, element);
            open.Push((element, true));
            PushChildren(element);
        }
        return text.ToString();

        void PushChildren(INode node)
        {
            // By number: a node looks for its sibling among all of them.
            for (var i = node.ChildNodes.Length - 1; i >= 0; i--) open.Push((node.ChildNodes[i], false));
        }
    }

    static void Enter(TextFlow text, IElement element)
    {
        switch (element.LocalName)
        {
            case "br": text.Break(); break;
            case "hr": text.Line(); text.Words("---"); text.Line(); break;
            case "pre" or "textarea": text.Line(); text.Pre++; break;
            case "blockquote": text.Paragraph(); text.Depth++; break;
            case "li": text.Line(); text.Words("* "); break;
            case "p" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "ul" or "ol" or "dl" or "table": text.Paragraph(); break;
            case var name when HtmlTree.Blocks.Contains(name): text.Line(); break;
            case "td" or "th": text.Gap(); break;
        }
    }

    static void Leave(TextFlow text, IElement element)
    {
        switch (element.LocalName)
        {
            case "a": Link(text, element); break;
            case "pre" or "textarea": text.Line(); text.Pre--; break;
            case "blockquote": text.Paragraph(); text.Depth--; text.Paragraph(); break;
            case "p" or "h1" or "h2" or "h3" or "h4" or "h5" or "h6" or "ul" or "ol" or "dl" or "table": text.Paragraph(); break;
            case var name when HtmlTree.Blocks.Contains(name): text.Line(); break;
        }
    }

    /// <summary>The address after the words, unless the words are the address.</summary>
    static void Link(TextFlow text, IElement element)
    {
        var address = element.GetAttribute("href")?.Trim() ?? "";
        if (!address.StartsWith("http", StringComparison.OrdinalIgnoreCase) || address.Length > 500) return;
        var words = element.TextContent.Trim();
        if (words.Length == 0 || Bare(words).Equals(Bare(address), StringComparison.OrdinalIgnoreCase)) return;
        text.Words($" ({address})");
    }

    static string Bare(string address)
    {
        var text = address.Trim().TrimEnd('/');
        return text.IndexOf("://", StringComparison.Ordinal) is >= 0 and var at ? text[(at + 3)..] : text;
    }
}
