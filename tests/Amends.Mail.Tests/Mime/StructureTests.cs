using System.Text;
using Amends.Mail.Mime;

namespace Amends.Mail.Tests.Mime;

/// <summary>What the containers of RFC 1847, 1740, 2046 and 3464 mean for the body and the files, and where parts lie.</summary>
public sealed class StructureTests
{
    static byte[] Bytes(string mail) => Encoding.Latin1.GetBytes(mail.ReplaceLineEndings("\r\n"));

    static MailMessage Read(string mail) => MimeReader.Read(Bytes(mail));

    [Theory]
    [InlineData("application/pgp-signature", "signature.asc")]
    [InlineData("application/pkcs7-signature", "smime.p7s")]
    [InlineData("application/x-pkcs7-signature", "smime.p7s")]
    public void A_signature_is_no_file_of_the_writers(string type, string name)
    {
        var mail = Read($"Content-Type: multipart/signed; protocol=\"{type}\"; boundary=b\n\n--b\nContent-Type: multipart/mixed; boundary=c\n\n--c\n\nHello\n--c\nContent-Type: image/png; name=a.png\n\nx\n--c--\n--b\nContent-Type: {type}; name={name}\n\nsig\n--b--\n");
        Assert.Equal(MailProtection.Signed, mail.Protection);
        Assert.Equal("Hello", mail.Text);
        Assert.Equal("a.png", Assert.Single(mail.Attachments).FileName);
        Assert.Contains(mail.Root.All(), p => p.FileName == name);
    }

    [Theory]
    [InlineData("Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=b\n\n--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream; name=encrypted.asc\n\nx\n--b--\n", 1)]
    [InlineData("Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\n\nx", 1)]
    [InlineData("Content-Type: text/plain\n\n-----BEGIN PGP MESSAGE-----\n\nx\n-----END PGP MESSAGE-----\n", 0)]
    public void An_encrypted_mail_says_so(string raw, int files)
    {
        var mail = Read(raw);
        Assert.Equal(MailProtection.Encrypted, mail.Protection);
        Assert.Equal([MailNoteKind.Encrypted], mail.Notes.Select(n => n.Kind));
        Assert.Equal(files, mail.Attachments.Count);
    }

    [Fact]
    public void Of_a_mac_file_the_data_is_the_file()
    {
        var mail = Read("Content-Type: multipart/appledouble; boundary=b\n\n--b\nContent-Type: application/applefile; name=a.jpg\n\nfork\n--b\nContent-Type: image/jpeg; name=a.jpg\n\ndata\n--b--\n");
        Assert.Equal("image/jpeg", Assert.Single(mail.Attachments).ContentType);
    }

    [Fact]
    public void A_digest_holds_mails()
    {
        var mail = Read("Content-Type: multipart/digest; boundary=b\n\n--b\n\nSubject: one\n\nfirst\n--b\n\nSubject: two\n\nsecond\n--b--\n");
        Assert.Equal(["one", "two"], mail.Attachments.Select(a => MimeReader.Within(a)!.Subject));
    }

    [Fact]
    public void Fragments_and_parts_elsewhere_are_told()
    {
        Assert.Equal([MailNoteKind.Incomplete], Read("Content-Type: message/partial; id=x; number=2; total=5\n\nx").Notes.Select(n => n.Kind));
        Assert.Contains("fragment 2 of 5", Read("Content-Type: message/partial; id=x; number=2; total=5\n\nx").Repairs.Single(), StringComparison.Ordinal);
        Assert.Equal([MailNoteKind.Incomplete], Read("Content-Type: message/external-body; access-type=URL; URL=\"http://x.example/\"\n\nContent-Type: image/png\n\n").Notes.Select(n => n.Kind));
    }

    [Fact]
    public void Pictures_are_found_by_their_id_or_their_location()
    {
        var mail = Read("Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n<img src=\"cid:a@x\"><img src=\"http://x.example/b.png\">\n--b\nContent-Type: image/png\nContent-ID: <a@x>\n\n1\n--b\nContent-Type: image/png\nContent-Location: http://x.example/\n b.png\n\n2\n--b--\n");
        Assert.Equal([("a@x", null), (null, "http://x.example/b.png")], mail.Attachments.Select(a => (a.ContentId, a.ContentLocation)));
    }

    [Theory]
    [InlineData("flowed; delsp=yes", "Hel \nlo\n> quo \n> ted\n-- \nAnn\n", "Hello\n> quoted\n-- \nAnn\n")]
    [InlineData("flowed", "Hello \nyou\n> quo\n>> ted \n>> in\n From\n", "Hello you\n> quo\n>> ted in\nFrom\n")]
    [InlineData("fixed", "Hello \nyou\n", "Hello \nyou\n")]
    public void Flowed_lines_are_joined(string format, string body, string text) =>
        Assert.Equal(text, Read($"Content-Type: text/plain; format={format}\n\n{body}").Text);

    [Fact]
    public void Each_part_says_where_its_bytes_lie()
    {
        var first = "Content-Type: text/plain\r\n\r\nHello";
        var file = "Content-Type: image/png; name=a.png\r\nContent-Transfer-Encoding: base64\r\n\r\nAQID";
        var raw = Bytes($"Subject: x\nContent-Type: multipart/mixed; boundary=b\n\npreamble\n--b\n{first}\n--b\nContent-Type: message/rfc822\n\nSubject: inner\n\nwithin\n--b\n{file}\n--b--\nepilogue\n");
        var mail = MimeReader.Read(raw);
        Assert.Equal(new PartRange(0, mail.Root.Range!.Value.Body, raw.Length), mail.Root.Range);
        var parts = mail.Root.Children;
        Assert.Equal(first, Encoding.Latin1.GetString(parts[0].Range!.Value.Of(raw).Span));
        Assert.Equal(file, Encoding.Latin1.GetString(parts[2].Range!.Value.Of(raw).Span));
        var inner = parts[1].Children[0].Range!.Value;
        Assert.Equal("Subject: inner\r\n\r\nwithin", Encoding.Latin1.GetString(inner.Of(raw).Span));
        Assert.Equal("within", Encoding.Latin1.GetString(raw.AsSpan(inner.Body, inner.End - inner.Body)));
        // Given out again, a part reads as it did within the mail.
        Assert.Equal([1, 2, 3], MimeReader.Read(parts[2].Range!.Value.Of(raw)).Attachments.Single().Content.ToArray());
    }

    [Fact]
    public void What_is_not_encoded_is_not_copied()
    {
        var raw = Bytes("Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: image/png\n\n" + new string('x', 5000) + "\n--b\nContent-Type: message/rfc822\n\nSubject: y\n\n" + new string('z', 5000) + "\n--b--\n");
        foreach (var part in MimeReader.Read(raw).Root.All().Where(p => p.Content.Length >= 5000))
        {
            Assert.True(System.Runtime.InteropServices.MemoryMarshal.TryGetArray(part.Content, out var segment));
            Assert.Same(raw, segment.Array);
        }
    }

    [Fact]
    public void A_large_file_is_decoded_only_when_it_is_asked_for()
    {
        var raw = Bytes("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHello\n--b\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\n" + Convert.ToBase64String(new byte[2_000_000], Base64FormattingOptions.InsertLineBreaks) + "\n--b--\n");
        MimeReader.Read(raw);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var mail = MimeReader.Read(raw);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 50_000);
        Assert.Equal(2_000_000, mail.Attachments[0].Content.Length);
    }
}
