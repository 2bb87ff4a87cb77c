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
    readonly DecodedBudget budget;
    (string? Plain, string? Html) packed;
    MailProtection protection;

    MailBody(Repairs repairs, DecodedBudget budget) => (this.repairs, this.budget) = (repairs, budget);

    internal sealed record Read(Func<string> Text, string? Html, bool HasPlainText, IReadOnlyList<MimePart> Attachments, MailProtection Protection);

    internal static Read Of(MimePart root, Repairs repairs, DecodedBudget budget)
    {
        var body = new MailBody(repairs, budget);
        body.Walk(root);
        // A lone text with a file name, shown inline, is all there is to read.
        if (body.pieces.Count == 0 && body.attachments.FirstOrDefault(p => p.ContentType == "text/plain" && p.Disposition == "inline") is { } lone) body.pieces.Add((MailText.Of(lone, repairs), null));
        if (body.packed is not (null, null) && body.pieces.All(p => string.IsNullOrWhiteSpace(p.Plain) && string.IsNullOrWhiteSpace(p.Html)))
        {
            body.pieces.Clear();
            body.pieces.Add(body.packed);
        }
        body.Calendar();
        var pieces = body.pieces;
        var html = pieces.Any(p => p.Html is not null) ? string.Concat(pieces.Select(p => p.Html ?? Escaped(p.Plain!))) : null;
        if (pieces is [{ Plain: { } first }, ..] && first.AsSpan().TrimStart().StartsWith("-----BEGIN PGP MESSAGE-----")) body.Encrypted();
        return new Read(() => string.Join("\n", pieces.Select(p => p.Plain ?? HtmlText.From(p.Html!))), html, pieces.Any(p => p.Plain is not null), body.attachments, body.protection);
    }

    void Walk(MimePart part)
    {
        if (part.ContentType == "multipart/alternative") Alternative(part);
        else if (part.IsMultipart && part.Children.Count > 0)
        {
            if (part.ContentType == "multipart/signed" && part.Children.Count > 1 && protection == MailProtection.None) protection = MailProtection.Signed;
            else if (part.ContentType == "multipart/encrypted") Encrypted();
            foreach (var child in part.Children)
            {
                if (!IsMachinery(part, child)) Walk(child);
            }
        }
        else if (IsBody(part)) pieces.Add(part.ContentType == "text/html" ? (null, MailText.Of(part, repairs)) : (Plain(part), null));
        else if (part.IsMultipart) { }
        else if (IsTnef(part)) Unpack(part);
        else
        {
            if (part.ContentType is "application/pkcs7-mime" or "application/x-pkcs7-mime") Smime(part);
            attachments.Add(part);
        }
    }

    /// <summary>Parts that belong to how the mail is built and are no file of the writer's: signatures (RFC 1847), control parts, resource forks (RFC 1740), reports (RFC 3464, 5965, 8098).</summary>
    static bool IsMachinery(MimePart parent, MimePart child) => parent.ContentType switch
    {
        "multipart/signed" => child != parent.Children[0] && (child.ContentType.EndsWith("-signature", StringComparison.Ordinal)
            || (parent.Parameters.TryGetValue("protocol", out var protocol) && child.ContentType.Equals(protocol.Trim(), StringComparison.OrdinalIgnoreCase))),
        "multipart/encrypted" => child.ContentType is "application/pgp-encrypted",
        "multipart/appledouble" => child.ContentType == "application/applefile" && parent.Children.Count > 1,
        // A report that its writer named or described is meant to be looked at.
        "multipart/report" => child.FileName is null && !child.Headers.Has("Content-Description") && child.ContentType is "message/delivery-status" or "message/global-delivery-status" or "message/disposition-notification"
            or "message/feedback-report" or "text/rfc822-headers" or "message/global-headers",
        _ => false,
    };

    void Encrypted()
    {
        protection = MailProtection.Encrypted;
        repairs.Note(MailNoteKind.Encrypted, "The mail is encrypted; what it says cannot be read here.");
    }

    /// <summary>RFC 8551 §3.2.2: what the envelope holds.</summary>
    void Smime(MimePart part)
    {
        var kind = part.Parameters.GetValueOrDefault("smime-type") ?? "";
        if (kind.Equals("signed-data", StringComparison.OrdinalIgnoreCase) && protection == MailProtection.None) protection = MailProtection.Signed;
        else if (kind.StartsWith("enveloped", StringComparison.OrdinalIgnoreCase) || kind.StartsWith("authenveloped", StringComparison.OrdinalIgnoreCase)) Encrypted();
    }

    /// <summary>A plain text, with the files that stand in it taken out.</summary>
    string Plain(MimePart part)
    {
        var (rest, files) = Uuencode.Extract(part.Content);
        foreach (var file in files)
        {
            Add(file.Name, "", null, file.Content);
            repairs.Note(MailNoteKind.Unpacked, "A uuencoded file was taken out of the text.");
        }
        return MailText.Of(part, rest.Span, repairs);
    }

    static bool IsTnef(MimePart part) => part.ContentType is "application/ms-tnef" or "application/vnd.ms-tnef" or "application/x-tnef"
        || (part.FileName is { } name && name.Equals("winmail.dat", StringComparison.OrdinalIgnoreCase));

    void Unpack(MimePart part)
    {
        if (Tnef.Read(part.Content, MimeLimits.Default, budget) is not { } tnef)
        {
            repairs.Note(MailNoteKind.Unpacked, "There is nothing in a winmail.dat that can be unpacked; it is kept as it came.");
            attachments.Add(part);
            return;
        }
        foreach (var file in tnef.Files) Add(file.Name, file.Type, file.ContentId, file.Content);
        packed = (packed.Plain ?? tnef.Text, packed.Html ?? tnef.Html);
        repairs.Note(MailNoteKind.Unpacked, "A winmail.dat was unpacked.");
    }

    void Add(string name, string type, string? contentId, ReadOnlyMemory<byte> content) => attachments.Add(new MimePart
    {
        ContentType = type.Contains('/') && type.Length <= 100 && !type.Any(c => c <= ' ') ? type.ToLowerInvariant() : "application/octet-stream",
        FileName = FileNames.Clean(name) is { Length: > 0 } clean ? clean : null,
        Disposition = "attachment",
        ContentId = string.IsNullOrEmpty(contentId) ? null : contentId,
        Content = content[..budget.Take(content.Length)],
    });

    /// <summary>An invitation that is also there as a file is one file, not two (the nameless one is a face of the text).</summary>
    void Calendar()
    {
        if (attachments.Any(p => p.ContentType is "application/ics" or "text/calendar" && p.FileName is not null))
            attachments.RemoveAll(p => p.ContentType == "text/calendar" && p.FileName is null);
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

    /// <summary>Plain text among HTML. Its lines stay lines of text: an element for each would cost every later reader a thousand times as much.</summary>
    static string Escaped(string text) => $"<pre style=\"white-space: pre-wrap; font-family: inherit\">\n{WebUtility.HtmlEncode(text)}</pre>";
}
