using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace Amends.Mail.Html;

/// <summary>Parses mail HTML into a tree of bounded size and depth, without scripts and without loading anything.</summary>
internal static class HtmlTree
{
    /// <summary>Longest input in characters; the rest is cut off.</summary>
    internal const int LongestInput = 2 * 1024 * 1024;

    /// <summary>Deepest nesting; the parser puts deeper elements beside each other.</summary>
    internal const int Deepest = 256;

    /// <summary>The namespace of HTML; drawings and formulas within have others.</summary>
    internal const string Html = "http://www.w3.org/1999/xhtml";

    internal static readonly HashSet<string> Blocks =
    [
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl", "dt", "fieldset", "figcaption",
        "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "menu", "nav", "ol", "p", "pre",
        "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
    ];

    static readonly HashSet<string> Unseen =
    [
        "script", "style", "head", "title", "meta", "link", "base", "template", "noscript", "iframe", "object", "embed", "select",
        "noframes", "noembed", "audio", "video", "canvas",
    ];

    /// <summary>The body, or null where the parser gives up or would need too long.</summary>
    internal static IElement? Parse(string html)
    {
        if (html.Length > LongestInput) html = html[..LongestInput];
        if (html.Contains('\0')) html = html.Replace("\0", "", StringComparison.Ordinal);
        try
        {
            if (!HtmlBounds.Holds(html)) return null;
            return new HtmlParser(new HtmlParserOptions { IsScripting = false, MaximumDepth = Deepest }).ParseDocument(html).Body;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            return null;
        }
    }

    internal static bool IsHidden(IElement element) => Unseen.Contains(element.LocalName) || (element.NamespaceUri != Html && CleanLists.Unseen.Contains(element.LocalName));
}
