namespace Amends.Mail.Mime;

/// <summary>A mail as read: what people see of it, its tree, and what had to be repaired to read it.</summary>
public sealed class MailMessage
{
    /// <summary>All header fields in order.</summary>
    public MailHeaders Headers => Root.Headers;

    /// <summary>The first author, or null.</summary>
    public MailAddress? From { get; init; }

    /// <summary>The recipients named in To.</summary>
    public IReadOnlyList<MailAddress> To { get; init; } = [];

    /// <summary>The recipients named in Cc.</summary>
    public IReadOnlyList<MailAddress> Cc { get; init; } = [];

    /// <summary>Where answers shall go, as the writer asks; often empty.</summary>
    public IReadOnlyList<MailAddress> ReplyTo { get; init; } = [];

    /// <summary>Who sent it on behalf of From, or null.</summary>
    public MailAddress? Sender { get; init; }

    /// <summary>The envelope sender as the last server wrote it: null where not given, empty for <c>&lt;&gt;</c>.</summary>
    public string? ReturnPath { get; init; }

    /// <summary>The subject, decoded; empty where there is none.</summary>
    public string Subject { get; init; } = "";

    /// <summary>When the writer's machine says it was written; null where missing or unreadable.</summary>
    public DateTimeOffset? Date { get; init; }

    /// <summary>The Message-ID without angle brackets; empty where there is none.</summary>
    public string MessageId { get; init; } = "";

    /// <summary>The Message-ID this answers, without angle brackets; empty where there is none.</summary>
    public string InReplyTo { get; init; } = "";

    /// <summary>The thread's Message-IDs, oldest first, without angle brackets.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>The tree of parts.</summary>
    public MimePart Root { get; init; } = new();

    /// <summary>The body as plain text: the writer's own, or rendered from the HTML where only that was sent.</summary>
    public string Text
    {
        // HTML is rendered only when somebody wants to read it; of two threads that ask first, both get equal words.
        get => text ??= Render?.Invoke() ?? "";
        init => text = value;
    }

    internal Func<string>? Render { get; init; }

    string? text;

    /// <summary>The body as the writer's HTML, neither sanitised nor trusted; null where there is none.</summary>
    public string? Html { get; init; }

    /// <summary>Whether a plain text part was sent (else <see cref="Text"/> is rendered from the HTML).</summary>
    public bool HasPlainText { get; init; }

    /// <summary>Everything that is not the body: files, inline images, mails within.</summary>
    public IReadOnlyList<MimePart> Attachments { get; init; } = [];

    /// <summary>Whether the writer signed or encrypted it (RFC 1847); nothing is checked or opened here.</summary>
    public MailProtection Protection { get; init; }

    /// <summary>
    /// What was wrong with the mail and how it was read nevertheless. Damage in a file's encoding is found, and added, when the file's
    /// content is first asked for.
    /// </summary>
    public IReadOnlyList<MailNote> Notes => Found.Notes;

    /// <summary>The sentences of <see cref="Notes"/>.</summary>
    public IReadOnlyList<string> Repairs => [.. Notes.Select(n => n.Sentence)];

    internal Repairs Found { get; init; } = new();
}

/// <summary>What the structure of a mail says about its protection.</summary>
public enum MailProtection
{
    /// <summary>Neither.</summary>
    None,

    /// <summary>A signature comes with it.</summary>
    Signed,

    /// <summary>What it says is encrypted.</summary>
    Encrypted,
}
