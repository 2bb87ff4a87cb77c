using System.Net;
using System.Text;
using Amends.Mail.Html;

namespace Amends.Mail.Mime;

/// <summary>Tells the body from the attachments (RFC 2046 §5.1, RFC 2183, RFC 2387).</summary>
internal sealed class MailBody
{
    readonly List<(string? Plain, string? Html)> pieces = [];
    readonly List<MimePart> attachments = [];
    readonly Repairs repairs;

    MailBody(Repairs repairs) => this.repairs = repairs;

    internal sealed record Read(string Text, string? Html, bool HasPlainText, IReadOnlyList<MimePart> Attachments);

    internal static Read Of(MimePart root, Repairs repairs)
    {
        var body = new MailBody(repairs);
        body.Walk(root);
        // A lone text with a file name, shown inline, is all there is to read.
        if (body.pieces.Count == 0 && body.attachments.FirstOrDefault(p => p.ContentType == "text/plain" && p.Disposition == "inline") is { } lone) body.pieces.Add((MailText.Of(lone, repairs), null));
        var pieces = body.pieces;
        var html = pieces.Any(p => p.Html is not null) ? string.Concat(pieces.Select(p => p.Html ?? Escaped(p.Plain!))) : null;
        var text = string.Join("\n", pieces.Select(p => p.Plain ?? HtmlText.From(p.Html!)));
        return new Read(text, html, pieces.Any(p => p.Plain is not null), body.attachments);
    }

    void Walk(MimePart part)
    {
        if (part.ContentType == "multipart/alternative") Alternative(part);
        else if (part.IsMultipart && part.Children.Count > 0)
        {
            foreach (var child in part.Children) Walk(child);
        }
        else if (IsBody(part)) pieces.Add(part.ContentType == "text/html" ? (null, MailText.Of(part, repairs)) : (MailText.Of(part, repairs), null));
        else if (!part.IsMultipart) attachments.Add(part);
    }

    /// <summary>One piece with both faces: the first plain text and the last HTML found within; the rest are attachments.</summary>
    void Alternative(MimePart part)
    {
        string? plain = null, html = null;
        foreach (var child in part.Children)
        {
            var before = pieces.Count;
            Walk(child);
            var added = pieces.Skip(before).ToList();
            pieces.RemoveRange(before, pieces.Count - before);
            var text = added.Where(p => p.Plain is not null).Select(p => p.Plain!).ToList();
            var rich = added.Where(p => p.Html is not null).ToList();
            if (rich.Count > 0) html = string.Concat(added.Select(p => p.Html ?? Escaped(p.Plain!)));
            if (text.Count > 0 && (rich.Count == 0 || plain is null)) plain = rich.Count > 0 ? plain : plain is { Length: > 0 } ? plain : string.Join("\n", text);
        }
        // Some writers leave the plain face empty.
        if (string.IsNullOrWhiteSpace(plain) && html is not null) plain = null;
        if (plain is not null || html is not null) pieces.Add((plain, html));
    }

    static bool IsBody(MimePart part) =>
        part.ContentType is "text/plain" or "text/html" && part.Disposition != "attachment" && part.FileName is null;

    static string Escaped(string text)
    {
        var html = new StringBuilder(text.Length + 16).Append("<div>");
        return html.Append(WebUtility.HtmlEncode(text).Replace("\n", "<br>", StringComparison.Ordinal)).Append("</div>").ToString();
    }
}
