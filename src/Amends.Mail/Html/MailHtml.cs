namespace Amends.Mail.Html;

/// <summary>How mail HTML is to be cleaned.</summary>
/// <param name="CidAddress">Gives the address under which an inline image (its Content-ID) is shown, or null to leave it out. Without a callback <c>cid:</c> stays, for storing.</param>
/// <param name="ShowRemoteImages">Whether remote images may load, because the reader asked for them.</param>
public sealed record CleanOptions(Func<string, string?>? CidAddress = null, bool ShowRemoteImages = false);

/// <summary>HTML that may be shown.</summary>
/// <param name="Html">The clean HTML: a fragment for a body.</param>
/// <param name="RemoteImages">How many images would load from elsewhere; unless asked for, their address stands in <c>data-src</c> and nothing loads.</param>
/// <param name="InlineCids">The Content-IDs the body shows, each once, in order.</param>
public sealed record CleanHtml(string Html, int RemoteImages, IReadOnlyList<string> InlineCids);

/// <summary>
/// Makes the HTML of strangers harmless: it is parsed as a browser does, and only what a list allows is written anew.
/// Without a callback and remote images, cleaning what is clean gives the same text again.
/// </summary>
public static class MailHtml
{
    const int MostPasses = 6;
    const int LongestText = HtmlTree.LongestInput / 8;

    /// <summary>Cleans; never throws. Input beyond 2 MB is cut off, elements deeper than 256 stand beside each other.</summary>
    public static CleanHtml Clean(string html, CleanOptions? options = null)
    {
        var stored = Settle(html ?? "");
        if (options is null || (options.CidAddress is null && !options.ShowRemoteImages)) return stored;
        return Once(stored.Html, options);
    }

    /// <summary>
    /// Writing a tree and parsing it again may give another tree (a paragraph within a paragraph), so it is done until nothing changes.
    /// What never settles is shown as text.
    /// </summary>
    static CleanHtml Settle(string html)
    {
        var asStored = new CleanOptions();
        var result = Once(html, asStored);
        for (var length = html.Length; result.Html.Length > HtmlTree.LongestInput;)
        {
            length = Math.Min(length, HtmlTree.LongestInput) / 2;
            result = Once(html[..length], asStored);
        }
        for (var pass = 1; pass < MostPasses; pass++)
        {
            var again = Once(result.Html, asStored);
            if (again.Html == result.Html) return result;
            result = again;
        }
        return new CleanHtml(AsText(html), 0, []);
    }

    static CleanHtml Once(string html, CleanOptions options) =>
        HtmlTree.Parse(html) is { } body ? new CleanWriter(options).Write(body) : new CleanHtml(AsText(html), 0, []);

    static string AsText(string html)
    {
        var text = HtmlText.WithoutTags(html).Replace("\r", "", StringComparison.Ordinal);
        return CleanWriter.EscapeText(text.Length > LongestText ? text[..LongestText] : text);
    }
}
