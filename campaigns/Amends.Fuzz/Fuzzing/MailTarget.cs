using System.Text;
using Amends.Mail.Html;
using Amends.Mail.Mime;
using Amends.Mail.Reading;

namespace Amends.Fuzz.Fuzzing;

/// <summary>Whole mails: read, taken apart, cleaned.</summary>
public sealed class MailTarget(string? golden = null) : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => "mime";

    /// <inheritdoc/>
    public override int Readings => 3;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Pieces { get; } = [.. MailGrammar.Pieces, .. HeaderGrammar.Pieces, .. HtmlGrammar.Pieces.Take(30)];

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds =>
        Directory.EnumerateFiles(golden ?? Path.Combine(AppContext.BaseDirectory, "golden"), "*.eml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).Where(mail => mail.Length < 100_000);

    /// <inheritdoc/>
    public override byte[] Generate(Random random) => new MailGrammar(random).Mail();

    /// <inheritdoc/>
    public override ValueTask<int> Run(byte[] input)
    {
        var mail = MimeReader.Read(input);
        var parts = mail.Root.All().ToList();
        Must(parts.Count <= MimeLimits.Default.Parts + 1, "a mail has more parts than allowed");
        Must(parts.Sum(part => (long)part.Content.Length) <= MimeLimits.Default.DecodedBytes, "a mail has more decoded bytes than allowed");
        Must(!mail.Text.Contains('\0'), "the text holds a NUL");
        Must(mail.Subject.IndexOfAny(['\0', '\r', '\n']) < 0, "the subject holds a line end");
        Must(mail.Attachments.All(part => part.FileName?.AsSpan().IndexOfAny("/\\\0\r\n") is null or < 0), "a file name leads out of its folder");
        var reading = MailReading.Of(input, "message/rfc822");
        Must(mail.Html is null == reading.Html is null, "the HTML was lost");
        if (mail.Html is { } html)
        {
            MustBeHarmless(reading.Html!);
            Must(MailHtml.Clean(reading.Html!).Html == reading.Html, "cleaning what is clean changed it");
        }
        var shape = new HashCode();
        foreach (var repair in mail.Repairs.Take(20)) shape.Add(new string([.. repair.Where(char.IsAsciiLetter)]));
        foreach (var part in parts.Take(12)) shape.Add((part.ContentType.Length < 40 ? part.ContentType : "", part.Disposition?.Length, part.FileName is null, part.ContentId is null, Magnitude(part.Content.Length) / 4));
        shape.Add((parts.Count > 12, mail.To.Count > 1, mail.Cc.Count, mail.From is null, mail.Date is null, mail.MessageId.Length > 0, mail.References.Count > 1));
        shape.Add((reading.IsAutoReply, reading.IsBounce, reading.IsFeedbackReport, reading.BounceRecipients.Count, reading.Elided.Length > 0, reading.Signature.Length > 0, reading.Html is null, mail.HasPlainText));
        return new(shape.ToHashCode());
    }
}

/// <summary>Header blocks: read, and what was read written again by the writer, which no value may break.</summary>
public sealed class HeaderTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => "headers";

    /// <inheritdoc/>
    public override int Readings => 4;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Pieces => HeaderGrammar.Pieces;

    /// <inheritdoc/>
    public override byte[] Generate(Random random) => Encoding.Latin1.GetBytes(new HeaderGrammar(random).Block());

    /// <inheritdoc/>
    public override ValueTask<int> Run(byte[] input)
    {
        var mail = MimeReader.Read(input);
        var reading = MailReading.Of(input, "message/rfc822");
        Must(mail.Subject.IndexOfAny(['\0', '\r', '\n']) < 0, "the subject holds a line end");
        Must(mail.To.Concat(mail.Cc).Concat(mail.ReplyTo).All(one => one.Address.AsSpan().IndexOfAny("\0\r\n") < 0 && one.Name.AsSpan().IndexOfAny("\0\r\n") < 0), "an address holds a line end");
        Answer(mail);
        var shape = new HashCode();
        foreach (var repair in mail.Repairs.Take(20)) shape.Add(new string([.. repair.Where(char.IsAsciiLetter)]));
        shape.Add((mail.From?.Address.Length > 0, mail.From?.Name.Length > 0, mail.To.Count, mail.Cc.Count, mail.ReplyTo.Count, mail.Sender is null, mail.Date is null));
        shape.Add((mail.MessageId.Length > 0, mail.InReplyTo.Length > 0, Math.Min(mail.References.Count, 10), mail.ReturnPath?.Length > 0, Magnitude(mail.Subject.Length), Math.Min(mail.Headers.Count, 30)));
        shape.Add((mail.Root.ContentType.Length < 60 ? mail.Root.ContentType : "", mail.Root.Disposition?.Length, mail.Root.FileName?.Length, mail.Root.Parameters.Count, reading.IsAutoReply, reading.NoAutoResponse, reading.IsBounce));
        return new(shape.ToHashCode());
    }

    // An answer built of a stranger's values has the fields that we set and no other.
    static void Answer(MailMessage mail)
    {
        var written = MimeWriter.Write(new OutgoingMail
        {
            From = new MailAddress("Desk", "desk@ours.example"),
            To = [mail.From ?? new MailAddress("", "someone@theirs.example"), .. mail.To.Take(5)],
            Subject = "Re: " + mail.Subject,
            Date = mail.Date ?? DateTimeOffset.UnixEpoch,
            MessageId = "fuzz@ours.example",
            InReplyTo = mail.MessageId,
            References = [.. mail.References.Take(20), mail.MessageId],
            Text = mail.Subject,
            Attachments = [new OutgoingFile(mail.Root.FileName ?? mail.Subject, mail.Root.ContentType, new byte[] { 1 })],
        });
        var back = MimeReader.Read(written);
        string[] ours = ["Date", "From", "To", "Subject", "Message-ID", "In-Reply-To", "References", "MIME-Version", "Content-Type"];
        Must(back.Headers.All(field => ours.Contains(field.Name, StringComparer.OrdinalIgnoreCase)), "a value became a field");
        Must(back.From?.Address == "desk@ours.example", "another author");
        Must(back.Attachments.Count == 1 && back.Attachments[0].Content.Length == 1, "a value became a part");
    }
}

/// <summary>HTML: cleaned to something harmless that stays as it is, and turned into text.</summary>
public sealed class HtmlTarget : FuzzTarget
{
    /// <inheritdoc/>
    public override string Name => "html";

    /// <inheritdoc/>
    public override int Readings => 6;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Pieces => HtmlGrammar.Pieces;

    /// <inheritdoc/>
    public override byte[] Generate(Random random) => Encoding.UTF8.GetBytes(new HtmlGrammar(random).Document());

    /// <inheritdoc/>
    public override ValueTask<int> Run(byte[] input)
    {
        var html = Encoding.UTF8.GetString(input);
        var clean = MailHtml.Clean(html);
        MustBeHarmless(clean.Html);
        Must(MailHtml.Clean(clean.Html).Html == clean.Html, "cleaning what is clean changed it");
        Must(MailHtml.Clean(clean.Html).RemoteImages == clean.RemoteImages, "remote images are counted anew");
        MustBeHarmless(MailHtml.Clean(html, new CleanOptions(cid => "/files/1?key=\"&<" + cid.Length, ShowRemoteImages: true)).Html, remote: true);
        var text = HtmlText.From(html);
        Must(!text.Contains('\0'), "the text holds a NUL");
        var reply = ReplyReader.ReadHtml(html);
        var shape = new HashCode();
        foreach (var tag in clean.Html.Split('<').Skip(1).Take(12)) shape.Add(tag[..tag.AsSpan().IndexOfAny(" >")]);
        shape.Add((Magnitude(clean.Html.Length), Math.Min(clean.RemoteImages, 3), Math.Min(clean.InlineCids.Count, 3), clean.Html.Contains("style=", StringComparison.Ordinal), clean.Html.Contains("href=", StringComparison.Ordinal)));
        shape.Add((Magnitude(text.Length) / 2, reply.Elided.Length > 0, reply.Signature.Length > 0));
        return new(shape.ToHashCode());
    }
}
