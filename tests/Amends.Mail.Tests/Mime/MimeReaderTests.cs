using System.Text;
using Amends.Mail.Mime;

namespace Amends.Mail.Tests.Mime;

public sealed class MimeReaderTests
{
    static MailMessage Read(string mail) => MimeReader.Read(Encoding.Latin1.GetBytes(mail));

    [Fact]
    public void A_simple_mail_is_read()
    {
        var mail = Read("From: \"Doe, Ann\" <ann@example.org>\r\nTo: desk@example.com\r\nSubject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r\nDate: Tue, 3 Mar 2026 10:11:12 +0100\r\n\r\nMy kettle leaks.\r\n");
        Assert.Equal(new MailAddress("Doe, Ann", "ann@example.org"), mail.From);
        Assert.Equal("Grüße", mail.Subject);
        Assert.Equal(new DateTimeOffset(2026, 3, 3, 10, 11, 12, TimeSpan.FromHours(1)), mail.Date);
        Assert.Equal("My kettle leaks.\n", mail.Text);
        Assert.Empty(mail.Repairs);
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        var sent = new OutgoingMail
        {
            From = new MailAddress("Jörg, vom Amt", "desk@example.com"),
            To = [new MailAddress("", "ann@example.org"), new MailAddress("Bo \"B\" O'Neil", "bo@example.org")],
            Subject = "Ihre Beschwerde über den Wasserkocher – wir haben verstanden, was Sie geschrieben haben",
            Date = new DateTimeOffset(2026, 3, 3, 10, 11, 12, TimeSpan.FromHours(1)),
            MessageId = "1.2.abc@example.com",
            InReplyTo = "<x@example.org>",
            References = ["x@example.org", "y@example.org"],
            Text = "Guten Tag,\n\nFrom here on = all well.\n.\n" + new string('ü', 300) + "\n",
            Html = "<p>Guten Tag</p><img src=\"cid:logo@x\">",
            Attachments = [new OutgoingFile("Rückgabe und Erstattung – ausführliche Anleitung für alle.pdf", "application/pdf", new byte[] { 1, 2, 3, 255 }), new OutgoingFile("logo.png", "image/png", new byte[] { 9 }, "logo@x")],
            AutoSubmitted = "auto-replied",
            ExtraHeaders = [new("X-Amends-Case", "17\r\nBcc: thief@example.net")],
        };
        var bytes = MimeWriter.Write(sent);
        var mail = MimeReader.Read(bytes);
        Assert.Equal(sent.From, mail.From);
        Assert.Equal(sent.To, mail.To);
        Assert.Equal(sent.Subject, mail.Subject);
        Assert.Equal(sent.Date, mail.Date);
        Assert.Equal(sent.MessageId, mail.MessageId);
        Assert.Equal("x@example.org", mail.InReplyTo);
        Assert.Equal(sent.References, mail.References);
        Assert.Equal(sent.Text.TrimEnd(), mail.Text.TrimEnd());
        Assert.Equal(sent.Html, mail.Html!.TrimEnd());
        Assert.Equal(sent.Attachments.Select(a => a.FileName).Order(), mail.Attachments.Select(a => a.FileName!).Order());
        Assert.False(mail.Headers.Has("Bcc"));
        Assert.Empty(mail.Repairs);
        Assert.All(Encoding.ASCII.GetString(bytes).Split("\r\n"), line => Assert.True(line.Length <= 998 && !line.Contains('\n') && !line.Contains('\r')));
        Assert.Equal(bytes, MimeWriter.Write(sent));
    }

    [Fact]
    public void Plain_text_among_html_keeps_its_lines_without_an_element_for_each()
    {
        var mail = MimeReader.Read(Encoding.ASCII.GetBytes(
            "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Above</p>\r\n--b\r\nContent-Type: text/plain\r\n\r\n\r\none < two\r\n\r\nthree\r\n--b--\r\n"));
        Assert.EndsWith("\n\none &lt; two\n\nthree</pre>", mail.Html!.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal("Above\n\none < two\n\nthree", Amends.Mail.Html.HtmlText.From(mail.Html!).Replace("\n\n\n", "\n\n", StringComparison.Ordinal).Trim());
    }
}
