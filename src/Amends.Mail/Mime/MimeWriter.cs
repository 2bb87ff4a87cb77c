using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Amends.Mail.Mime;

/// <summary>Writes a mail (RFC 5322, 2045–2047, 2231, 2387): CRLF, lines of at most 998 bytes, ASCII only but for local parts of addresses that are not (RFC 6532), the same bytes for the same mail.</summary>
public static class MimeWriter
{
    static readonly HashSet<string> Own = new(StringComparer.OrdinalIgnoreCase)
    {
        "From", "To", "Cc", "Bcc", "Reply-To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Auto-Submitted",
        "MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Content-Disposition", "Content-ID",
    };

    /// <summary>The mail's bytes.</summary>
    /// <exception cref="ArgumentException">An extra header has no field name, or one that this writer sets itself.</exception>
    public static byte[] Write(OutgoingMail mail)
    {
        var text = new StringBuilder(4096);
        var headers = new HeaderWriter(text);
        headers.Text("Date", mail.Date.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture) + mail.Date.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal));
        headers.Addresses("From", [mail.From]);
        headers.Addresses("To", mail.To);
        headers.Addresses("Cc", mail.Cc);
        if (mail.ReplyTo is { } replyTo) headers.Addresses("Reply-To", [replyTo]);
        headers.Text("Subject", mail.Subject);
        headers.Ids("Message-ID", [mail.MessageId]);
        if (mail.InReplyTo is { } answered) headers.Ids("In-Reply-To", [answered]);
        headers.Ids("References", mail.References);
        if (mail.AutoSubmitted is { } automatic) headers.Text("Auto-Submitted", automatic);
        foreach (var (name, value) in mail.ExtraHeaders)
        {
            if (Own.Contains(name)) throw new ArgumentException($"The field {name} is set by the mail itself.", nameof(mail));
            headers.Text(name, value);
        }
        headers.Text("MIME-Version", "1.0");
        var files = mail.Attachments.Where(f => f.ContentId is null).ToList();
        var images = mail.Html is null ? [] : mail.Attachments.Where(f => f.ContentId is not null).ToList();
        if (mail.Html is null) files = [.. mail.Attachments];
        new Bodies(text, headers, Seed(mail)).Mixed(mail, images, files);
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Boundaries come from the mail, so that writing twice gives the same bytes.</summary>
    static string Seed(OutgoingMail mail) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mail.MessageId + "\0" + mail.Text + "\0" + mail.Html)))[..24];

    sealed class Bodies(StringBuilder text, HeaderWriter headers, string seed)
    {
        internal void Mixed(OutgoingMail mail, List<OutgoingFile> images, List<OutgoingFile> files) =>
            Container("mixed", "m", files.Count > 0, () => Alternative(mail, images), files);

        void Alternative(OutgoingMail mail, List<OutgoingFile> images)
        {
            if (mail.Html is null)
            {
                Text("plain", mail.Text);
                return;
            }
            var boundary = Open("alternative", "a");
            Next(boundary);
            Text("plain", mail.Text);
            Next(boundary);
            Container("related", "r", images.Count > 0, () => Text("html", mail.Html), images);
            Close(boundary);
        }

        void Container(string kind, string mark, bool needed, Action first, List<OutgoingFile> files)
        {
            if (!needed)
            {
                first();
                return;
            }
            var boundary = Open(kind, mark);
            Next(boundary);
            first();
            foreach (var file in files)
            {
                Next(boundary);
                File(file);
            }
            Close(boundary);
        }

        string Open(string kind, string mark)
        {
            // "=_" occurs in neither quoted-printable nor base64 (RFC 2045 §6.7), so no body can hold the boundary.
            var boundary = $"=_{mark}{seed}";
            headers.Parameter("Content-Type", "multipart/" + kind, "boundary", boundary);
            text.Append("\r\n");
            return boundary;
        }

        void Next(string boundary) => text.Append("--").Append(boundary).Append("\r\n");

        void Close(string boundary) => text.Append("--").Append(boundary).Append("--\r\n");

        void Text(string kind, string content)
        {
            headers.Text("Content-Type", $"text/{kind}; charset=utf-8");
            headers.Text("Content-Transfer-Encoding", "quoted-printable");
            text.Append("\r\n");
            BodyWriter.QuotedPrintable(text, content);
        }

        void File(OutgoingFile file)
        {
            var name = FileNames.Clean(file.FileName) is { Length: > 0 } clean ? clean : "file";
            headers.Parameter("Content-Type", MediaType(file.ContentType), "name", name);
            headers.Parameter("Content-Disposition", file.ContentId is null ? "attachment" : "inline", "filename", name);
            if (file.ContentId is { } id) headers.Ids("Content-ID", [id]);
            headers.Text("Content-Transfer-Encoding", "base64");
            text.Append("\r\n");
            BodyWriter.Base64(text, file.Content.Span);
        }

        static string MediaType(string given)
        {
            var parts = given.Split(';', StringSplitOptions.TrimEntries);
            var type = parts[0].ToLowerInvariant();
            var good = type.Count(c => c == '/') == 1 && type.Length <= 100 && type.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '+' or '.' or '_');
            if (type == "text/calendar") // it says in the header what it is for (RFC 6047 §2.4)
                return string.Join("; ", parts.Skip(1).Where(part => part.Count(c => c == '=') == 1 && part.All(c => char.IsAsciiLetterOrDigit(c) || c is '=' or '-')).Prepend(type));
            // A mail within a mail may not be base64 (RFC 2046 §5.2.1); as a plain file it arrives unharmed.
            return good && !type.StartsWith("multipart/", StringComparison.Ordinal) && !type.StartsWith("message/", StringComparison.Ordinal) ? type : "application/octet-stream";
        }
    }
}
