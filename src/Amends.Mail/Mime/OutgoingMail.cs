namespace Amends.Mail.Mime;

/// <summary>A file to send along, or an image shown within the HTML body.</summary>
/// <param name="FileName">The name the receiver sees.</param>
/// <param name="ContentType">The media type, such as <c>application/pdf</c>.</param>
/// <param name="Content">The file's bytes.</param>
/// <param name="ContentId">Set where the HTML shows it by <c>cid:</c>; without angle brackets. Null for a file.</param>
public sealed record OutgoingFile(string FileName, string ContentType, ReadOnlyMemory<byte> Content, string? ContentId = null);

/// <summary>A mail to write. Line ends and NULs within header values are taken out, so that no value can start a field of its own.</summary>
public sealed record OutgoingMail
{
    /// <summary>The author.</summary>
    public required MailAddress From { get; init; }

    /// <summary>The recipients.</summary>
    public required IReadOnlyList<MailAddress> To { get; init; }

    /// <summary>Recipients of a copy.</summary>
    public IReadOnlyList<MailAddress> Cc { get; init; } = [];

    /// <summary>Where answers go, or null for From.</summary>
    public MailAddress? ReplyTo { get; init; }

    /// <summary>The subject, any characters.</summary>
    public required string Subject { get; init; }

    /// <summary>When it was written.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>The Message-ID, with or without angle brackets.</summary>
    public required string MessageId { get; init; }

    /// <summary>The Message-ID this answers, or null.</summary>
    public string? InReplyTo { get; init; }

    /// <summary>The thread's Message-IDs, oldest first.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>The body as plain text.</summary>
    public required string Text { get; init; }

    /// <summary>The body as HTML, or null.</summary>
    public string? Html { get; init; }

    /// <summary>Files and inline images.</summary>
    public IReadOnlyList<OutgoingFile> Attachments { get; init; } = [];

    /// <summary>RFC 3834 §5: <c>auto-replied</c> or <c>auto-generated</c> for mail no person wrote, else null.</summary>
    public string? AutoSubmitted { get; init; }

    /// <summary>Further fields, in order. A name that is not a field name is refused.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ExtraHeaders { get; init; } = [];
}
