using Amends.Data;
using Amends.Mail.Html;
using Amends.Mail.Mime;
using Amends.Mail.Reading;

namespace Amends.Channels.Email;

/// <summary>Everything that is known of a mail before the database is asked: made outside the unit of work, so that nothing waits for it.</summary>
internal sealed record ReadableMail
{
    private const int MostText = 400_000;

    public required IntakeRow Row { get; init; }
    public required MailMessage Mail { get; init; }
    public required MailTraits Traits { get; init; }

    /// <summary>The subject; may be empty.</summary>
    public required string Subject { get; init; }

    /// <summary>The newest words.</summary>
    public required string Text { get; init; }

    /// <summary>Quoted text and signature.</summary>
    public required string Elided { get; init; }
    public required string? Html { get; init; }
    public required IReadOnlyList<(NewAttachment File, PackedContent Content)> Files { get; init; }

    /// <summary>Who wrote the mail that this one hands on; <c>null</c> when it hands on none, or only one of ours or of the sender's own.</summary>
    public MailAddress? Forwarded { get; init; }

    /// <summary>The calendar invitation in it, as the database keeps it.</summary>
    public string? Invitation { get; init; }

    /// <summary>Whom an answer goes to; <c>null</c> when the mail names nobody.</summary>
    public required MailAddress? Sender { get; init; }

    /// <summary>It says that it comes from one of our own addresses.</summary>
    public required bool FromUs { get; init; }

    /// <summary>How far the sender is who it says.</summary>
    public SenderDetail Check { get; init; } = new();

    /// <summary>How upset the newest words are; <c>null</c> when nobody heard them, or there are none.</summary>
    public Domain.Listening.Tone? Tone { get; init; }

    /// <summary>What the search finds it by; <c>null</c> when nobody took it apart.</summary>
    public string? Words { get; init; }

    /// <summary>The domain of the sender's address says that the mail is not from it.</summary>
    public bool IsForged => Check.Verdict == Amends.Mail.Trust.SenderVerdict.Failed;

    /// <summary>Every address that the mail was sent to, envelope first.</summary>
    public required IReadOnlyList<string> Recipients { get; init; }

    /// <summary>Message-ID, or one made from the content.</summary>
    public required string MailId { get; init; }

    /// <summary>Reads a stored mail. Never fails because of what is in it.</summary>
    /// <param name="row">Its place in the ledger.</param>
    /// <param name="raw">Its bytes.</param>
    /// <param name="isOurs">Whether an address is one of our own.</param>
    public static ReadableMail Of(IntakeRow row, byte[] raw, Func<string, bool> isOurs)
    {
        var mail = MimeReader.Read(raw, MimeLimits.Stored);
        var traits = MailKind.Of(mail);
        if (row.EnvelopeFrom is "")
            traits = traits with { NoAutoResponse = true };
        var parts = ReplyReader.Read(mail);
        return new ReadableMail
        {
            Row = row,
            Mail = mail,
            Traits = traits,
            Subject = Storable.Of(mail.Subject),
            Text = row.IsHeaderOnly ? TooLarge(row) : Cut(parts.Reply),
            Elided = Cut(string.Join("\n\n", new[] { parts.Signature, parts.Elided }.Where(part => part.Length > 0))),
            Html = mail.Html is null ? null : MailHtml.Clean(mail.Html).Html,
            Files = [.. mail.Attachments.Select(FileOf)],
            Sender = SenderOf(mail, isOurs) is { } sender ? new(Storable.Of(sender.Name), Storable.Of(sender.Address)) : null,
            Forwarded = traits.IsBounce || traits.IsFeedbackReport ? null : OriginalOf(mail, isOurs),
            Invitation = Invitations.DocumentOf(mail),
            FromUs = mail.From is { } author && isOurs(author.Address),
            Recipients = [.. row.Recipients.Split(", ", StringSplitOptions.RemoveEmptyEntries), .. mail.To.Concat(mail.Cc).Select(address => address.Address),
                .. mail.Headers.Where(header => header.Name.Equals("Delivered-To", StringComparison.OrdinalIgnoreCase) || header.Name.Equals("X-Original-To", StringComparison.OrdinalIgnoreCase)).Select(header => header.Raw.Trim())],
            MailId = mail.MessageId.Length is > 0 and < 900 ? Storable.Of(mail.MessageId) : $"{row.ContentKey.Split(' ')[^1][..32]}@no-message-id.invalid",
        };
    }

    /// <summary>As <see cref="Of"/> for a mail that people look at: one that cannot be read, or was too large to take, becomes a note with the raw mail as a file.</summary>
    public static async Task<ReadableMail> OrStub(Database database, IntakeRow row, CancellationToken ct)
    {
        var raw = row.RawDigest.Length == 0 ? [] : await Blobs.Get(database, row.RawDigest, ct);
        try
        {
            if (raw.Length > 0)
                return Of(row, raw, _ => false);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            // people decided; the mail goes along as a file
        }

        var content = Blobs.Prepare(raw);
        return new ReadableMail
        {
            Row = row,
            Mail = new MailMessage(),
            Subject = "A mail that could not be read",
            Traits = new MailTraits { NoAutoResponse = true },
            Text = raw.Length > 0 ? "(The mail could not be read; it is attached as it came.)" : TooLarge(row),
            Elided = "",
            Html = null,
            Files = raw.Length > 0 ? [(new NewAttachment("mail.eml", "message/rfc822", raw.Length, null, content.Digest), content)] : [],
            Sender = null,
            FromUs = false,
            Recipients = [],
            MailId = $"{row.Id}@stub.invalid",
        };
    }

    /// <summary>Ids of mails that this one answers, nearest first.</summary>
    public IEnumerable<string> Answers => new[] { Mail.InReplyTo }.Concat(Mail.References.Reverse()).Where(id => id.Length is > 0 and < 900).Select(Storable.Of).Distinct().Take(30);

    /// <summary>
    /// The author; who is named in Reply-To only where the author is a machine or ourselves, as contact forms write it.
    /// </summary>
    private static MailAddress? SenderOf(MailMessage mail, Func<string, bool> isOurs)
    {
        var usable = mail.From is { } from && from.Address.Contains('@') && !isOurs(from.Address) ? from : null;
        return usable is not null && !IsNoReply(usable.Address) ? usable : mail.ReplyTo.FirstOrDefault(address => address.Address.Contains('@') && !isOurs(address.Address)) ?? usable;
    }

    private static MailAddress? OriginalOf(MailMessage mail, Func<string, bool> isOurs) =>
        Amends.Mail.Reading.Forwarded.Of(mail) is { Address: { Length: > 2 and <= 254 } address } original && !address.Any(char.IsWhiteSpace) && !isOurs(address) && !IsNoReply(address)
            && !address.Equals(mail.From?.Address, StringComparison.OrdinalIgnoreCase)
            ? new(Storable.Of(Domain.Texts.Cut(original.Name, 120)), Storable.Of(address)) : null;

    private static bool IsNoReply(string address) => address.Split('@')[0].Replace("-", "").Replace("_", "").Replace(".", "").ToLowerInvariant() is "noreply" or "donotreply";

    private static (NewAttachment, PackedContent) FileOf(MimePart part, int index)
    {
        var content = Blobs.Prepare(part.Content);
        var name = part.FileName ?? (part.ContentType == "message/rfc822" ? $"mail {index + 1}.eml" : $"part {index + 1}");
        return (new NewAttachment(name, part.ContentType, part.Content.Length, part.ContentId, content.Digest), content);
    }

    private static string Cut(string text) => Storable.Of(Domain.Texts.Cut(text, MostText));

    private static string TooLarge(IntakeRow row) => $"(The mail has {row.Size / 1024 / 1024} MB, which is more than we take in. It is still in the mailbox{(row.Recipients.Length > 0 ? " " + row.Recipients : "")}: open it there.)";
}
