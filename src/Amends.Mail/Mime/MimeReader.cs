using Amends.Mail.Html;

namespace Amends.Mail.Mime;

/// <summary>Reads a mail as it came over the wire (RFC 5322, 2045–2047, 2231, 3676). Any bytes give a message; what was wrong is noted.</summary>
public static class MimeReader
{
    /// <summary>Reads one mail. Never throws, whatever the bytes.</summary>
    /// <param name="raw">The mail's bytes, header and body.</param>
    /// <param name="limits">Bounds of the work; <see cref="MimeLimits.Default"/> where null.</param>
    public static MailMessage Read(ReadOnlyMemory<byte> raw, MimeLimits? limits = null)
    {
        limits ??= MimeLimits.Default;
        var repairs = new Repairs();
        var whole = raw.Length <= limits.RawBytes;
        if (!whole)
        {
            repairs.Note(MailNoteKind.RawTooLarge, $"The mail is larger than {limits.RawBytes} bytes; only its header was read.");
            raw = raw[..(int)Math.Min(raw.Length, (long)limits.HeaderBytes + limits.HeaderLineBytes)];
        }
        var budget = new DecodedBudget(limits, raw.Length, repairs);
        var tree = new PartTree(limits, repairs, budget);
        var source = LineEnds(raw, repairs);
        return Message(whole ? tree.Read(source) : tree.ReadHeader(source), repairs, budget);
    }

    /// <summary>The mail within a message/rfc822 part, or null where the part holds none.</summary>
    public static MailMessage? Within(MimePart part) =>
        part is { IsMultipart: false, Children: [var inner] } ? Within(inner, part.Content.Length, new Repairs()) : null;

    static MailMessage Within(MimePart inner, int length, Repairs repairs) => Message(inner, repairs, new DecodedBudget(MimeLimits.Default, length, repairs));

    static MailMessage Message(MimePart root, Repairs repairs, DecodedBudget budget)
    {
        var headers = root.Headers;
        var body = MailBody.Of(root, repairs, budget);
        return new MailMessage
        {
            Root = root,
            From = Author(),
            To = Addresses("To"),
            Cc = Addresses("Cc"),
            ReplyTo = Addresses("Reply-To"),
            Sender = Addresses("Sender").FirstOrDefault(),
            ReturnPath = ReturnPath(headers),
            Subject = headers.Value("Subject") ?? "",
            Date = MailDate.Parse(headers.First("Date")?.Raw),
            MessageId = MailIds.Parse(headers.First("Message-ID")?.Raw) is [var id, ..] ? id : Bare(headers.First("Message-ID")?.Raw),
            InReplyTo = MailIds.Parse(headers.First("In-Reply-To")?.Raw).FirstOrDefault() ?? "",
            References = MailIds.Parse(string.Join(' ', headers.All("References").Select(h => h.Raw))),
            Render = body.Text,
            Html = body.Html,
            HasPlainText = body.HasPlainText,
            Attachments = body.Attachments,
            Protection = body.Protection,
            Found = repairs,
        };

        MailAddress? Author()
        {
            var from = Addresses("From").FirstOrDefault();
            if (from?.Address.Contains('@') == true) return from;
            var other = Addresses("Reply-To").Concat(Addresses("Sender")).FirstOrDefault(a => a.Address.Contains('@'));
            if (other is not null) repairs.Note(MailNoteKind.Author, "From names no address; the one that answers go to was taken.");
            return other is null ? from : other with { Name = from is { Name.Length: > 0 } ? from.Name : other.Name };
        }

        IReadOnlyList<MailAddress> Addresses(string name) =>
            [.. headers.All(name).SelectMany(h => AddressList.Parse(h.Raw, repairs))];
    }

    static string Bare(string? id) => id is null ? "" : id.Trim().Trim('<', '>');

    static string? ReturnPath(MailHeaders headers)
    {
        if (headers.First("Return-Path")?.Raw is not { } raw) return null;
        return raw.Trim() is "" or "<>" ? "" : AddressList.Parse(raw).FirstOrDefault()?.Address ?? "";
    }

    /// <summary>Mail whose lines end in CR alone is read as if they were LF; the one case in which the mail is copied. Positions stay the same.</summary>
    static ReadOnlyMemory<byte> LineEnds(ReadOnlyMemory<byte> raw, Repairs repairs)
    {
        if (raw.Span.Contains((byte)'\n') || !raw.Span.Contains((byte)'\r')) return raw;
        repairs.Note(MailNoteKind.LineEnds, "The lines end in CR alone.");
        var copy = raw.ToArray();
        copy.AsSpan().Replace((byte)'\r', (byte)'\n');
        return copy;
    }
}
