using System.Text;

namespace Amends.Fuzz.Fuzzing;

/// <summary>Whole mails: trees of parts with bodies in every encoding, reports, quotes, files in old formats.</summary>
public sealed class MailGrammar(Random random)
{
    /// <summary>What is worth inserting.</summary>
    public static readonly string[] Pieces =
    [
        "\r\n\r\n", "--m\r\n", "--m--\r\n", "\r\n--m1\r\n", "--m2--\r\n", "=\r\n", "=3D", "=C3=A9", "==", "AAAA\r\n", "begin 644 x.txt\r\n", "`\r\nend\r\n", "#86)C\r\n", "Content-Type: multipart/mixed; boundary=m\r\n\r\n", "Content-Type: message/rfc822\r\n\r\n", "Content-Type: text/html\r\n\r\n",
        "Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding: quoted-printable\r\n", "> ", ">> x\r\n", "On 1.1.2026 Jo <jo@x.example> wrote:\r\n", "-- \r\n", "-----Original Message-----\r\n", "From: Jo\r\nSent: Monday\r\nTo: x\r\nSubject: y\r\n", "Final-Recipient: rfc822; a@b.example\r\n",
        "Status: 5.1.1\r\n", "Action: failed\r\n", "Diagnostic-Code: smtp; 550 5.1.1 no such user\r\n", "\u00ef\u00bb\u00bf", "\u00ff\u00fe", "\u001b$B", "\u001b(B", "+AGE-", "\0", "\f", "\u0085", "From x@y Thu Nov 26 08:00:00 2026\r\n", "\u0078\u009f\u003e\u0022", "BEGIN:VCALENDAR\r\n", "charset=utf-7", "charset=iso-2022-jp", "charset=utf-32",
    ];

    static readonly string[] Charsets = ["utf-8", "us-ascii", "iso-8859-1", "windows-1252", "iso-2022-jp", "utf-7", "gb18030", "big5", "koi8-r", "utf-16", "unknown-8bit", "x", "shift_jis", "euc-kr", "utf-32", "ibm037"];
    static readonly string[] Lines = ["Dear all,", "the kettle leaks =E2=80=94 again", "caf\u00e9", "Gr\u00c3\u00bc\u00c3\u009fe", "> you wrote", ">> before", "On Mon, 1 Jan 2026 at 10:00, Jo <jo@x.example> wrote:", "Am 01.01.2026 um 10:00 schrieb Jo:", "Le 1 janv. 2026, Jo a \u00e9crit :", "-- ", "Jo", "Sent from my phone", "", "_______________", "<jo@x.example>: host x.example said: 550 5.1.1 unknown", "begin 644 a.txt", "#86)C", "`", "end", "https://x.example/?a=1", "\u001b$BF|K\u001b(B", "Von: Jo", "Gesendet: heute", "An: x", "Betreff: y"];
    static readonly string[] Subtypes = ["mixed", "alternative", "related", "report; report-type=delivery-status", "signed", "digest", "report; report-type=feedback-report", "x", "appledouble"];
    readonly HeaderGrammar headers = new(random);
    readonly HtmlGrammar html = new(random);
    int boundaries;

    /// <summary>One mail.</summary>
    public byte[] Mail()
    {
        var text = new StringBuilder();
        if (random.Next(40) == 0) text.Append("From x@y Thu Nov 26 08:00:00 2026\r\n");
        Headers(text, random.Next(2, 10));
        Part(text, random.Next(5));
        var mail = text.ToString();
        if (random.Next(15) == 0) mail = mail.Replace("\r\n", "\n", StringComparison.Ordinal);
        if (random.Next(40) == 0) mail = mail.Replace("\r\n", "\r", StringComparison.Ordinal);
        return Encoding.Latin1.GetBytes(mail);
    }

    void Headers(StringBuilder text, int count)
    {
        for (; count > 0; count--)
        {
            var field = headers.Field();
            // The shape of a part is its own affair.
            if (!field.StartsWith("Content-T", StringComparison.Ordinal) || random.Next(20) == 0) text.Append(field);
        }
    }

    void Part(StringBuilder text, int depth)
    {
        switch (random.Next(depth > 0 ? 10 : 5))
        {
            case 0: Leaf(text, "text/html", html.Document()); break;
            case 1: Leaf(text, random.Next(2) == 0 ? "application/octet-stream; name=a.bin" : "image/png", Noise()); break;
            case 2: Leaf(text, random.Next(3) switch { 0 => "message/delivery-status", 1 => "text/rfc822-headers", _ => "message/feedback-report" }, Report()); break;
            case 5 or 6 or 7 or 8: Container(text, depth); break;
            case 9:
                text.Append("Content-Type: message/rfc822\r\n\r\n");
                Headers(text, 4);
                Part(text, depth - 1);
                break;
            default: Leaf(text, "text/plain", Words()); break;
        }
    }

    void Container(StringBuilder text, int depth)
    {
        var boundary = random.Next(12) == 0 ? "m" : "m" + ++boundaries;
        text.Append($"Content-Type: multipart/{Subtypes[random.Next(Subtypes.Length)]}; boundary={(random.Next(3) == 0 ? boundary : $"\"{boundary}\"")}\r\n\r\n");
        if (random.Next(5) == 0) text.Append("This is a mail in parts.\r\n");
        for (var i = random.Next(1, 5); i > 0; i--)
        {
            text.Append($"{(random.Next(25) == 0 ? "" : "--")}{boundary}{(random.Next(15) == 0 ? " \t" : "")}\r\n");
            if (random.Next(3) == 0) Headers(text, 2);
            Part(text, depth - 1);
            text.Append("\r\n");
        }
        if (random.Next(6) != 0) text.Append($"--{boundary}--\r\n");
    }

    void Leaf(StringBuilder text, string type, string content)
    {
        if (random.Next(15) != 0) text.Append($"Content-Type: {type}{(random.Next(3) == 0 ? "" : $"; charset={Charsets[random.Next(Charsets.Length)]}")}{(random.Next(8) == 0 ? "; format=flowed; delsp=yes" : "")}\r\n");
        if (random.Next(4) == 0) text.Append(random.Next(2) == 0 ? "Content-Disposition: attachment; filename=\"a.txt\"\r\n" : "Content-Disposition: inline\r\nContent-ID: <pic@x>\r\n");
        switch (random.Next(5))
        {
            case 0:
                text.Append("Content-Transfer-Encoding: base64\r\n\r\n").Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(content), Base64FormattingOptions.InsertLineBreaks));
                if (random.Next(5) == 0) text.Append("=*&");
                break;
            case 1: text.Append("Content-Transfer-Encoding: quoted-printable\r\n\r\n").Append(content.Replace("=", "=3D", StringComparison.Ordinal).Replace("e", "=65", StringComparison.Ordinal)); break;
            case 2: text.Append("Content-Transfer-Encoding: x-uuencode\r\n\r\nbegin 644 a\r\n#86)C\r\n`\r\nend\r\n"); break;
            default: text.Append("\r\n").Append(content); break;
        }
        text.Append("\r\n");
    }

    string Words() => string.Join("\r\n", Enumerable.Range(0, random.Next(1, 16)).Select(_ => Lines[random.Next(Lines.Length)]));

    string Report() => string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(i =>
        $"Reporting-MTA: dns; mx.example\r\n\r\nFinal-Recipient: rfc822; a{i}@b.example\r\nAction: {(random.Next(2) == 0 ? "failed" : "delayed")}\r\nStatus: {random.Next(2, 6)}.{random.Next(12)}.{random.Next(12)}\r\nDiagnostic-Code: smtp; 550 no\r\n\r\n"));

    string Noise()
    {
        var bytes = new byte[random.Next(300)];
        random.NextBytes(bytes);
        return Encoding.Latin1.GetString(bytes);
    }
}
