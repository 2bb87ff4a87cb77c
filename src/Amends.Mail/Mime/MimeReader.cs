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
        var repairs = new Repairs();
        var root = new PartTree(limits ?? MimeLimits.Default, repairs).Read(LineEnds(raw, repairs));
        return Message(root, repairs);
    }

    /// <summary>The mail within a message/rfc822 part, or null where the part holds none.</summary>
    public static MailMessage? Within(MimePart part) =>
        part is { IsMultipart: false, Children: [var inner] } ? Message(inner, new Repairs()) : null;

    static MailMessage Message(MimePart root, Repairs repairs)
    {
        var headers = root.Headers;
        var body = MailBody.Of(root, repairs);
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
            Text = body.Text,
            Html = body.Html,
            HasPlainText = body.HasPlainText,
            Attachments = body.Attachments,
            Repairs = repairs.Notes,
        };

        MailAddress? Author()
        {
            var from = Addresses("From").FirstOrDefault();
            if (from?.Address.Contains('@') == true) return from;
            var other = Addresses("Reply-To").Concat(Addresses("Sender")).FirstOrDefault(a => a.Address.Contains('@'));
            if (other is not null) repairs.Note("From names no address; the one that answers go to was taken.");
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

    /// <summary>Mail whose lines end in CR alone is read as if they were LF.</summary>
    static ReadOnlyMemory<byte> LineEnds(ReadOnlyMemory<byte> raw, Repairs repairs)
    {
        if (raw.Span.Contains((byte)'\n') || !raw.Span.Contains((byte)'\r')) return raw;
        repairs.Note("The lines end in CR alone.");
        var copy = raw.ToArray();
        copy.AsSpan().Replace((byte)'\r', (byte)'\n');
        return copy;
    }
}
