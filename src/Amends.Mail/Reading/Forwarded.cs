using Amends.Mail.Mime;

namespace Amends.Mail.Reading;

/// <summary>A mail that somebody hands on: who wrote it, when, about what, and its words. All of it is what the forwarder says, nothing is proven.</summary>
/// <param name="Name">The original writer's name; empty where only an address stands.</param>
/// <param name="Address">The original writer's address; empty where the forwarding program left only the name.</param>
/// <param name="Date">The date as the mail shows it, in its own language; empty where none stands.</param>
/// <param name="Subject">The original subject; empty where none stands.</param>
/// <param name="Text">The original words.</param>
public sealed record Forwarded(string Name, string Address, string Date, string Subject, string Text)
{
    const int MostLines = 2000;
    const int MostFields = 14;
    const int LongestValue = 998;

    /// <summary>
    /// The forwarded mail: one attached as message/rfc822, or one written below a forward mark ("---------- Forwarded message", "Begin
    /// forwarded message:"), or below a block of fields where the subject says that the mail hands on another. Null where there is none.
    /// </summary>
    public static Forwarded? Of(MailMessage mail)
    {
        foreach (var part in mail.Attachments.Where(p => p.ContentType == "message/rfc822").Take(1))
        {
            if (MimeReader.Within(part) is { From: { } from } inner && from.Address.Contains('@'))
                return new(from.Name, from.Address, inner.Date?.ToString("yyyy-MM-dd HH:mm zzz", System.Globalization.CultureInfo.InvariantCulture) ?? "", inner.Subject, ReplyReader.Read(inner).Reply);
        }
        return OfText(mail.Text, QuoteMarks.IsForwardSubject(mail.Subject));
    }

    /// <summary>As above for a text alone.</summary>
    /// <param name="text">The text.</param>
    /// <param name="subjectSaysSo">Whether the subject marks it as forwarded, so that a block of fields needs no mark above it.</param>
    public static Forwarded? OfText(string text, bool subjectSaysSo = false)
    {
        var lines = MailText.Plain(text).Split('\n', MostLines + 1);
        if (lines.Length > MostLines) lines = lines[..MostLines];
        var start = Start(lines, subjectSaysSo);
        return start < 0 ? null : Read(lines, start);
    }

    internal static bool IsIn(string text) => OfText(text, subjectSaysSo: true) is not null;

    /// <summary>The first line of the block of fields, or -1.</summary>
    static int Start(string[] lines, bool subjectSaysSo)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            if (QuoteMarks.IsForward(lines[i]))
            {
                for (var next = i + 1; next < Math.Min(lines.Length, i + 5); next++)
                {
                    if (QuoteMarks.Field(Unquoted(lines[next])).Kind.Length > 0) return next;
                }
            }
            else if (subjectSaysSo && QuoteMarks.IsFieldBlock(lines, i)) return i;
        }
        return -1;
    }

    static Forwarded? Read(string[] lines, int start)
    {
        string from = "", date = "", subject = "", last = "";
        var at = start;
        var fields = 0;
        for (; at < lines.Length && at < start + MostFields; at++)
        {
            var line = Unquoted(lines[at]);
            if (line.Length > LongestValue) break;
            var (kind, name, value) = QuoteMarks.Field(line);
            if (line.Trim().Length == 0)
            {
                // Some programs put an empty line between the fields; two fields make a block.
                if (fields >= 2 && !NextIsField(lines, at)) break;
                continue;
            }
            if (kind.Length == 0)
            {
                if (fields == 0) return null;
                if (last == "from") from += " " + line.Trim();
                else if (last == "subject" && char.IsWhiteSpace(line[0])) subject += " " + line.Trim();
                else if (fields >= 3) break;
                continue;
            }
            fields++;
            last = kind == "from" ? "from" : IsSubject(name) ? "subject" : IsDate(name) ? "date" : "other";
            if (last == "from" && from.Length == 0) from = value;
            else if (last == "subject" && subject.Length == 0) subject = value;
            else if (last == "date" && date.Length == 0) date = value;
        }
        if (from.Length == 0) return null;
        var author = Author(from);
        var words = string.Join('\n', lines.Skip(at).Select(Unquoted)).Trim('\n', ' ', '\t', '\u00A0');
        return new(author.Name, author.Address, date, subject, words);
    }

    static bool NextIsField(string[] lines, int at)
    {
        while (at < lines.Length && string.IsNullOrWhiteSpace(Unquoted(lines[at]))) at++;
        return at < lines.Length && QuoteMarks.Field(Unquoted(lines[at])).Kind.Length > 0;
    }

    /// <summary>"Name &lt;a@b&gt;", "Name [mailto:a@b]", "&lt;a@b&lt;mailto:a@b&gt;&gt;", or a name or address alone.</summary>
    static MailAddress Author(string value)
    {
        var at = value.IndexOf('@');
        if (at < 0) return new(value.Trim(' ', '"', '\'', '*'), "");
        int first = at, end = at + 1;
        while (first > 0 && IsInAddress(value[first - 1])) first--;
        while (end < value.Length && IsInAddress(value[end])) end++;
        var address = value[first..end].Trim('.', '-');
        if (address.StartsWith('@') || address.EndsWith('@')) return new(value.Trim(), "");
        var name = value[..first].Replace("mailto:", "", StringComparison.OrdinalIgnoreCase).Trim(' ', '<', '[', '(', '"', '\'', '*', '\u00A0');
        return new(name.Equals(address, StringComparison.OrdinalIgnoreCase) ? "" : name, address);
    }

    static bool IsInAddress(char c) => char.IsLetterOrDigit(c) || c is '.' or '_' or '-' or '+' or '%' or '=' or '&' or '\'' or '/' or '!' or '#' or '~';

    static string Unquoted(string line)
    {
        var text = line.AsSpan();
        while (text.Length > 0 && text[0] == '>') text = text[1..].TrimStart(' ');
        return text.Length == line.Length ? line : text.ToString();
    }

    static bool IsSubject(string key) => key is "subject" or "betreff" or "objet" or "sujet" or "asunto" or "oggetto" or "onderwerp" or "assunto" or "temat" or "ämne" or "emne" or "aihe" or "předmět" or "konu" or "тема" or "件名" or "主题" or "主旨";

    static bool IsDate(string key) => key is "date" or "sent" or "datum" or "fecha" or "data" or "dato" or "tarih" or "дата" or "日時" or "日期" || key.StartsWith("gesendet", StringComparison.Ordinal) || key.StartsWith("envoyé", StringComparison.Ordinal)
        || key.StartsWith("enviad", StringComparison.Ordinal) || key is "inviato" or "verzonden" or "wysłano" or "wysłane" or "skickat" or "sendt" or "odesláno" or "gönderildi" or "gönderme tarihi" or "отправлено" or "送信日時" or "发送时间" or "发送日期" or "傳送時間";
}
