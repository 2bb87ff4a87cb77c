using System.Security.Cryptography;
using System.Text.Json.Serialization;
using Amends.Mail.Html;
using Amends.Mail.Mime;

namespace Amends.Mail.Reading;

/// <summary>A file of a reading.</summary>
/// <param name="Name">The file name, or what stands before the @ of the Content-ID; empty where there is neither.</param>
/// <param name="Size">Decoded bytes.</param>
/// <param name="Md5">MD5 of the decoded bytes, hexadecimal: to compare with other readers, not for safety.</param>
/// <param name="ContentType">The media type.</param>
/// <param name="Disposition"><c>attachment</c>, <c>inline</c>, or null; <c>attachment</c> too for an inline file that nothing can refer to.</param>
/// <param name="Cid">The Content-ID, or null.</param>
public sealed record ReadFile(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("size")] long Size,
    [property: JsonPropertyName("md5")] string Md5,
    [property: JsonPropertyName("content_type")] string ContentType,
    [property: JsonPropertyName("disposition")] string? Disposition,
    [property: JsonPropertyName("cid")] string? Cid);

/// <summary>
/// Everything the reader makes of one mail, as one JSON object with snake_case names. Fields mean what the properties of the same name of
/// <see cref="MailMessage"/>, <see cref="ReplyParts"/>, <see cref="MailTraits"/> and <see cref="Bounce"/> mean; Html is sanitised, Date is ISO 8601.
/// </summary>
public sealed record MailReading
{
    [JsonPropertyName("file")] public string File { get; init; } = "";
    [JsonPropertyName("from")] public string? From { get; init; }
    [JsonPropertyName("from_name")] public string? FromName { get; init; }
    [JsonPropertyName("to")] public IReadOnlyList<string> To { get; init; } = [];
    [JsonPropertyName("cc")] public IReadOnlyList<string> Cc { get; init; } = [];
    [JsonPropertyName("reply_to")] public string? ReplyTo { get; init; }
    [JsonPropertyName("subject")] public string? Subject { get; init; }
    [JsonPropertyName("date")] public string? Date { get; init; }
    [JsonPropertyName("message_id")] public string? MessageId { get; init; }
    [JsonPropertyName("in_reply_to")] public string? InReplyTo { get; init; }
    [JsonPropertyName("references")] public IReadOnlyList<string> References { get; init; } = [];
    [JsonPropertyName("text")] public string Text { get; init; } = "";
    [JsonPropertyName("html")] public string? Html { get; init; }
    [JsonPropertyName("reply")] public string Reply { get; init; } = "";
    [JsonPropertyName("elided")] public string Elided { get; init; } = "";
    [JsonPropertyName("signature")] public string Signature { get; init; } = "";
    [JsonPropertyName("attachments")] public IReadOnlyList<ReadFile> Attachments { get; init; } = [];
    [JsonPropertyName("is_auto_reply")] public bool IsAutoReply { get; init; }
    [JsonPropertyName("no_auto_response")] public bool NoAutoResponse { get; init; }
    [JsonPropertyName("is_bounce")] public bool IsBounce { get; init; }
    [JsonPropertyName("is_loop")] public bool IsLoop { get; init; }
    [JsonPropertyName("is_feedback_report")] public bool IsFeedbackReport { get; init; }
    [JsonPropertyName("bounce_recipients")] public IReadOnlyList<string> BounceRecipients { get; init; } = [];
    [JsonPropertyName("bounce_status")] public IReadOnlyList<string> BounceStatus { get; init; } = [];
    [JsonPropertyName("bounce_code")] public IReadOnlyList<string> BounceCode { get; init; } = [];
    [JsonPropertyName("bounce_reason")] public IReadOnlyList<string> BounceReason { get; init; } = [];
    [JsonPropertyName("bounce_hard")] public IReadOnlyList<bool> BounceHard { get; init; } = [];
    [JsonPropertyName("bounce_temporary")] public bool BounceTemporary { get; init; }

    /// <summary>The mail that this one hands on, where there is one.</summary>
    [JsonPropertyName("forwarded"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public ReadForward? Forwarded { get; init; }

    /// <summary>The invitation, where there is one.</summary>
    [JsonPropertyName("invitation"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public ReadInvitation? Invitation { get; init; }

    /// <summary>For people who ask why: the parts as they nest.</summary>
    [JsonPropertyName("parts"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public IReadOnlyList<string>? Parts { get; init; }

    /// <summary>For people who ask why: what was wrong with the mail, and how it was read nevertheless.</summary>
    [JsonPropertyName("repairs"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public IReadOnlyList<string>? Repairs { get; init; }

    /// <summary>For people who ask why: what makes it a machine's, or forbids an automatic answer.</summary>
    [JsonPropertyName("because"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public IReadOnlyList<string>? Because { get; init; }

    /// <summary>Reads a mail with the reasons; never throws, whatever the bytes.</summary>
    public static MailReading Explained(ReadOnlyMemory<byte> bytes)
    {
        var mail = MimeReader.Read(bytes);
        return OfMail(mail, null) with { Parts = [.. Outline.Of(mail)], Repairs = mail.Repairs, Because = MailKind.Of(mail).Because };
    }

    /// <summary>Reads a mail or a body alone; never throws, whatever the bytes.</summary>
    /// <param name="bytes">The mail or the body.</param>
    /// <param name="input"><c>message/rfc822</c>, <c>text/plain</c> or <c>text/html</c>; anything else is read as a mail.</param>
    /// <param name="sender">Who wrote a body alone: a name or address that helps to find the signature.</param>
    /// <param name="ownHost">The host of our own Message-IDs, for <see cref="IsLoop"/>.</param>
    public static MailReading Of(ReadOnlyMemory<byte> bytes, string input, string? sender = null, string? ownHost = null) => input switch
    {
        "text/plain" => OfText(Charsets.Decode(bytes.Span, null), sender),
        "text/html" => OfHtml(Charsets.Decode(bytes.Span, null), sender),
        _ => OfMail(MimeReader.Read(bytes), ownHost),
    };

    static MailReading OfText(string text, string? sender)
    {
        var parts = ReplyReader.Read(text, sender);
        return new MailReading { Text = MailText.Plain(text), Reply = parts.Reply, Elided = parts.Elided, Signature = parts.Signature };
    }

    static MailReading OfHtml(string html, string? sender)
    {
        var parts = ReplyReader.ReadHtml(html, sender);
        return new MailReading { Text = HtmlText.From(html), Html = MailHtml.Clean(html).Html, Reply = parts.Reply, Elided = parts.Elided, Signature = parts.Signature };
    }

    static MailReading OfMail(MailMessage mail, string? ownHost)
    {
        var parts = ReplyReader.Read(mail);
        var traits = MailKind.Of(mail);
        return new MailReading
        {
            From = mail.From?.Address,
            FromName = mail.From?.Name,
            To = [.. mail.To.Select(a => a.Address)],
            Cc = [.. mail.Cc.Select(a => a.Address)],
            ReplyTo = mail.ReplyTo.FirstOrDefault()?.Address,
            Subject = mail.Subject,
            Date = mail.Date?.ToString("yyyy-MM-ddTHH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture),
            MessageId = mail.MessageId,
            InReplyTo = mail.InReplyTo,
            References = mail.References,
            Text = mail.Text,
            Html = mail.Html is null ? null : MailHtml.Clean(mail.Html).Html,
            Reply = parts.Reply,
            Elided = parts.Elided,
            Signature = parts.Signature,
            Attachments = [.. mail.Attachments.Select(FileOf)],
            IsAutoReply = traits.IsAutoReply,
            NoAutoResponse = traits.NoAutoResponse,
            IsBounce = traits.IsBounce,
            IsLoop = ownHost is not null && traits.IsLoop([ownHost]),
            IsFeedbackReport = traits.IsFeedbackReport,
            BounceRecipients = [.. traits.Bounces.Select(b => b.Recipient)],
            BounceStatus = [.. traits.Bounces.Select(b => b.Status).Where(s => s.Length > 0)],
            BounceCode = [.. traits.Bounces.Select(b => b.Code).Where(s => s.Length > 0)],
            BounceReason = [.. traits.Bounces.Select(b => b.Reason)],
            BounceHard = [.. traits.Bounces.Select(b => b.Hard)],
            Forwarded = traits.IsBounce || traits.IsFeedbackReport ? null : ReadForward.Of(mail),
            Invitation = ReadInvitation.Of(mail),
            BounceTemporary = traits.Bounces.Count > 0 && traits.Bounces.All(b => b.Temporary),
        };
    }

    static ReadFile FileOf(MimePart part) =>
        new(part.FileName ?? part.ContentId?.Split('@')[0] ?? "", part.Content.Length, Convert.ToHexStringLower(MD5.HashData(part.Content.Span)), part.ContentType, Use(part), part.ContentId);

    /// <summary>A picture or document that says "inline" and has no Content-ID can be shown nowhere within the text: it is a file.</summary>
    static string? Use(MimePart part) =>
        part is { Disposition: "inline", ContentId: null } && !part.ContentType.StartsWith("text/", StringComparison.Ordinal) ? "attachment" : part.Disposition;
}
