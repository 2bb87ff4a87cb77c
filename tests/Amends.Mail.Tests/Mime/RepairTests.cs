using System.Text;
using Amends.Mail.Mime;

namespace Amends.Mail.Tests.Mime;

/// <summary>Damage that mail programs do is undone, and each repair is told.</summary>
public sealed class RepairTests
{
    static MailMessage Read(string mail, Encoding? encoding = null) => MimeReader.Read((encoding ?? Encoding.UTF8).GetBytes(mail.ReplaceLineEndings("\r\n")));

    static void Told(MailMessage mail, params MailNoteKind[] kinds) => Assert.Equal(kinds.Order(), mail.Notes.Select(n => n.Kind).Order());

    [Theory]
    [InlineData("us-ascii")]
    [InlineData("iso-8859-1")]
    [InlineData("windows-1252")]
    public void A_text_in_utf8_that_says_something_else_is_read_as_utf8(string label)
    {
        var mail = Read($"Content-Type: text/plain; charset={label}\nContent-Transfer-Encoding: 8bit\n\nGrüße – 日本");
        Assert.Equal("Grüße – 日本", mail.Text);
        Told(mail, MailNoteKind.Charset);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("us-ascii")]
    public void A_western_text_that_says_something_else_is_read_as_western(string label)
    {
        var mail = Read($"Content-Type: text/plain; charset={label}\nContent-Transfer-Encoding: 8bit\n\nGrüße für Ömer", Encoding.Latin1);
        Assert.Equal("Grüße für Ömer", mail.Text);
        Told(mail, MailNoteKind.Charset);
    }

    [Fact]
    public void An_honest_label_needs_no_repair()
    {
        var mail = Read("Subject: ok\nContent-Type: text/plain; charset=iso-8859-1\n\nGrüße für Ömer", Encoding.Latin1);
        Assert.Equal("Grüße für Ömer", mail.Text);
        Assert.Empty(mail.Notes);
    }

    [Fact]
    public void Raw_header_bytes_are_in_the_charset_of_the_body()
    {
        var gbk = CodePagesEncodingProvider.Instance.GetEncoding(936)!;
        var mail = Read("Subject: 转发\nContent-Type: text/plain; charset=gb2312\n\n你好", gbk);
        Assert.Equal(("转发", "你好"), (mail.Subject, mail.Text));
        Told(mail, MailNoteKind.RawHeaderBytes);
        var western = Read("Subject: Grüße\n\nx", Encoding.Latin1);
        Assert.Equal("Grüße", western.Subject);
        Told(western, MailNoteKind.RawHeaderBytes);
        // RFC 6532: UTF-8 is no damage.
        Assert.Empty(Read("Subject: Grüße 日本\nFrom: Jörg <jörg@bücher.example>\n\nx").Notes);
    }

    [Theory]
    [InlineData("FÃ¼r Sie", "Für Sie")]
    [InlineData("Rückfrage", "Rückfrage")]
    [InlineData("Your page shows Ã¼ here", "Your page shows Ã¼ here")]
    [InlineData("SÃO PAULO", "SÃO PAULO")]
    [InlineData("CafÃ© fÃ¼r 5 â‚¬", "Café für 5 €")]
    [InlineData("FÃ¼r und für", "FÃ¼r und für")]
    public void Utf8_encoded_twice_is_undone_only_where_it_is_certain(string written, string meant)
    {
        var mail = Read($"Subject: {written}\nContent-Type: text/plain; charset=utf-8\n\n{written}, {written}");
        Assert.Equal(meant, mail.Subject);
        Assert.Equal($"{meant}, {meant}", mail.Text);
        Assert.Equal(written != meant, mail.Notes.Any(n => n.Kind == MailNoteKind.DoubleEncoding));
    }

    [Fact]
    public void An_encoded_word_within_an_encoded_word_is_opened()
    {
        var inner = "=?utf-8?Q?Gr=C3=BC=C3=9Fe?=";
        var mail = Read($"Subject: =?utf-8?B?{Convert.ToBase64String(Encoding.ASCII.GetBytes(inner))}?=\n\nx");
        Assert.Equal("Grüße", mail.Subject);
        Told(mail, MailNoteKind.DoubleEncoding);
    }

    [Theory]
    [InlineData("base64", "SGVs!bG8*=", "Hello")]
    [InlineData("quoted-printable", "Hel=ZZlo =3", "Hel=ZZlo =3")]
    [InlineData("\"base64\"", "SGVsbG8=", "Hello")]
    [InlineData("base64", "SGVs\nbG8\n=", "Hello")]
    public void A_damaged_encoding_gives_what_can_be_read(string encoding, string body, string text)
    {
        var mail = Read($"Content-Type: text/plain\nContent-Transfer-Encoding: {encoding}\n\n{body}");
        Assert.Equal(text, mail.Text);
        Assert.Equal(body.IndexOfAny(['!', 'Z']) >= 0, mail.Notes.Any(n => n.Kind == MailNoteKind.TransferEncoding));
    }

    [Fact]
    public void Damage_in_a_file_is_told_when_the_file_is_opened()
    {
        var mail = Read("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHello\n--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\nAQID!!BA==\n--b--\n");
        Assert.Empty(mail.Notes);
        Assert.Equal([1, 2, 3, 4], mail.Attachments[0].Content.ToArray());
        Told(mail, MailNoteKind.TransferEncoding);
    }

    [Theory]
    [InlineData("Content-Type: multipart/mixed; boundary=other\n\n--bound\n\none\n--bound\n\ntwo\n--bound--\n")]
    [InlineData("Content-Type: multipart/mixed\n\n--bound\n\none\n--bound\n\ntwo\n--bound--\n")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\n\ntwo\n")]
    public void A_wrong_or_missing_boundary_is_found(string form)
    {
        var mail = Read(form);
        Assert.Equal("one\ntwo", mail.Text.TrimEnd());
        Told(mail, MailNoteKind.Boundary);
    }

    [Fact]
    public void Of_two_content_types_the_first_that_names_a_type_counts()
    {
        var mail = Read("Content-Type: html\nContent-Type: text/html; charset=utf-8\n\n<p>x</p>");
        Assert.Equal("<p>x</p>", mail.Html);
        Told(mail, MailNoteKind.FieldValue);
    }

    [Fact]
    public void A_multipart_that_is_base64_as_a_whole_is_opened()
    {
        var body = Convert.ToBase64String(Encoding.ASCII.GetBytes("--b\r\n\r\none\r\n--b\r\nContent-Type: image/png\r\n\r\nxy\r\n--b--\r\n"));
        var mail = Read($"Content-Type: multipart/mixed; boundary=b\nContent-Transfer-Encoding: base64\n\n{body}\n");
        Assert.Equal("one", mail.Text);
        Assert.Null(Assert.Single(mail.Attachments).Range);
        Told(mail, MailNoteKind.TransferEncoding);
    }

    [Fact]
    public void Names_in_pieces_and_percent_codes_are_joined()
    {
        var mail = Read("Content-Type: application/pdf; name*0*=utf-8''Gr%C3%BC; name*1=sse; name*2*=%20%E2%82%AC.pdf\n\nx");
        Assert.Equal("Grüsse €.pdf", Assert.Single(mail.Attachments).FileName);
    }

    [Fact]
    public void Groups_folds_and_comments_in_addresses_are_read()
    {
        var mail = Read("To: Team: \"Ann,\n A.\" <ann@example.org>, bob@example.org (Bob\n B);, undisclosed-recipients:;\n\nx");
        Assert.Equal([new("Ann, A.", "ann@example.org"), new("Bob B", "bob@example.org")], mail.To);
    }
}
