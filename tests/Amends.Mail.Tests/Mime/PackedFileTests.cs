using System.Text;
using Amends.Mail.Mime;

namespace Amends.Mail.Tests.Mime;

/// <summary>Files in winmail.dat and in the text itself.</summary>
public sealed class PackedFileTests
{
    static readonly byte[] Invoice = [.. Enumerable.Range(0, 300).Select(i => (byte)i)];

    static MailMessage Mail(byte[] tnef, string text = "") => MimeReader.Read(Encoding.Latin1.GetBytes(
        $"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\n{text}\r\n--b\r\nContent-Type: application/ms-tnef; name=\"winmail.dat\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(tnef)}\r\n--b--\r\n"));

    [Fact]
    public void A_winmail_dat_gives_its_files_with_their_long_names()
    {
        var mail = Mail(TnefBytes.Of(TnefBytes.File("RECHNU~1.PDF", "Rechnung März.pdf", Invoice, TnefBytes.Property(0x370E, 0x1E, "application/pdf\0"u8.ToArray())), TnefBytes.File("b.txt", "b.txt", [1])), "Hello");
        Assert.Equal(["Rechnung März.pdf", "b.txt"], mail.Attachments.Select(a => a.FileName));
        Assert.Equal(Invoice, mail.Attachments[0].Content.ToArray());
        Assert.Equal("application/pdf", mail.Attachments[0].ContentType);
        Assert.Equal("Hello", mail.Text.Trim());
        Assert.Equal([MailNoteKind.Unpacked], mail.Notes.Select(n => n.Kind));
    }

    [Fact]
    public void Its_text_is_the_body_where_the_mail_has_none()
    {
        var rtf = TnefBytes.Stored("{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Arial;}}\\pard Der Kessel l\\'e4uft aus.\\par Preis: 20\\u8364?\\par}");
        Assert.Equal("Der Kessel läuft aus.\nPreis: 20€", Mail(TnefBytes.Of(TnefBytes.Message(TnefBytes.Property(0x1009, 0x102, rtf)))).Text.Trim());
        var plain = TnefBytes.Property(0x1000, 0x1F, Encoding.Unicode.GetBytes("Grüße\0"));
        Assert.Equal("Grüße", Mail(TnefBytes.Of(TnefBytes.Message(plain))).Text.Trim());
        Assert.Equal("Hello", Mail(TnefBytes.Of(TnefBytes.Message(plain)), "Hello").Text.Trim());
        Assert.Contains("<b>x</b>", Mail(TnefBytes.Of(TnefBytes.Message(TnefBytes.Property(0x1013, 0x102, "<b>x</b>"u8.ToArray())))).Html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mail_within_gives_its_files_and_its_words()
    {
        var inner = TnefBytes.Of(TnefBytes.Message(TnefBytes.Property(0x1000, 0x1E, "Inner words\0"u8.ToArray())), TnefBytes.File("c.txt", "c.txt", [7]));
        var mail = Mail(TnefBytes.Of(TnefBytes.File("", "Old mail", [], TnefBytes.Number(0x3705, 5), TnefBytes.Property(0x3701, 0x0D, [.. new byte[16], .. inner]))));
        Assert.Equal(["c.txt", "Old mail.txt"], mail.Attachments.Select(a => a.FileName).Order());
        Assert.Equal("Inner words", mail.Attachments.Single(a => a.FileName == "Old mail.txt").Text);
    }

    [Fact]
    public void What_cannot_be_unpacked_is_kept_as_it_came()
    {
        var whole = TnefBytes.Of(TnefBytes.File("a.bin", "a.bin", Invoice));
        byte[][] damaged = [[], [1, 2, 3], whole[..200], "PK not tnef at all"u8.ToArray()];
        foreach (var bytes in damaged)
        {
            var mail = Mail(bytes);
            Assert.Equal("winmail.dat", Assert.Single(mail.Attachments).FileName);
            Assert.Equal(bytes, mail.Attachments[0].Content.ToArray());
        }
    }

    [Fact]
    public void Damage_anywhere_in_a_winmail_dat_never_throws()
    {
        var whole = TnefBytes.Of(TnefBytes.Message(TnefBytes.Property(0x1009, 0x102, TnefBytes.Compressed('x', 500))), TnefBytes.File("a", "a", [1, 2], TnefBytes.Number(0x3705, 5)));
        for (var at = 0; at < whole.Length; at++)
        {
            foreach (var value in (byte[])[0, 0x7F, 0xFF])
            {
                var bytes = whole.ToArray();
                bytes[at] = value;
                Assert.True(Mail(bytes).Attachments.Count <= 2);
            }
            Mail(whole[..at]);
        }
    }

    static string Uu(byte[] bytes)
    {
        var text = new StringBuilder();
        foreach (var line in bytes.Chunk(45))
        {
            text.Append((char)(32 + line.Length));
            foreach (var three in line.Chunk(3))
            {
                int a = three[0], b = three.Length > 1 ? three[1] : 0, c = three.Length > 2 ? three[2] : 0;
                foreach (var six in (int[])[a >> 2, ((a & 3) << 4) | (b >> 4), ((b & 15) << 2) | (c >> 6), c & 63]) text.Append(six == 0 ? '`' : (char)(32 + six));
            }
            text.Append("\r\n");
        }
        return text.Append("`\r\n").ToString();
    }

    [Fact]
    public void A_uuencoded_file_leaves_the_text()
    {
        var mail = MimeReader.Read(Encoding.ASCII.GetBytes($"Subject: x\r\n\r\nBefore.\r\nbegin 644 my photo.jpg\r\n{Uu(Invoice)}end\r\nBetween.\r\nbegin 600 b.txt\r\n{Uu([9])}end\r\nAfter.\r\n"));
        Assert.Equal("Before.\nBetween.\nAfter.\n", mail.Text);
        Assert.Equal(["my photo.jpg", "b.txt"], mail.Attachments.Select(a => a.FileName));
        Assert.Equal(Invoice, mail.Attachments[0].Content.ToArray());
        Assert.Equal([9], mail.Attachments[1].Content.ToArray());
    }

    [Theory]
    [InlineData("begin 644 times with this\nand the sentence goes on\nend\n")]
    [InlineData("begin 644 x\nM12\nend\n")]
    [InlineData("begin again\nend\n")]
    [InlineData("begin 644 x\n#86)C\nno end")]
    public void A_text_that_only_looks_like_it_stays(string text)
    {
        var mail = MimeReader.Read(Encoding.ASCII.GetBytes("Subject: x\n\n" + text));
        Assert.Equal(text, mail.Text);
        Assert.Empty(mail.Attachments);
    }

    /// <summary>Made by the fuzzer.</summary>
    [Fact]
    public void A_packed_text_that_ends_in_nothing_leaves_no_NUL_in_the_text() =>
        Assert.DoesNotContain('\0', MimeReader.Read(Convert.FromBase64String("Q29udGVudC1UeXBlOm11bHRpcGFydC9tO2JvdW5kYXJ5PWIKCi0tYgpDb250ZW50LVR5cGU6O25hbWU9d2lubWFpbC5kYXQKQ29udGVudC1UcmFuc2Zlci1FbmNvZGluZzpiYXNlNjQKCmVKOCtJZ0VBQVFPUUJnQ29BQUFBQVFBQUFBSUJDUkFCQUFBQWxnQUFBSklBQUFDR0FBQUFUVVZNUVFBQUFBQjBYSEowWmpGY1lXNXp4aC0tYi0tY29kaW5nYmFzZTY0ZUo4K0lnRUFBQ29udGVudC1UeXBlbXVsdGlwYXJ0L21peHVsdGlwYXJ0L21peGVkYm91bmRhcnltUU9RQmdDb0FBQUFBUUFBQUFJQkNSQUJBQUFBbGdBQUFKSUFBQUNHQUFBQVRVZWRib3VuZGFyeW1RT1FCZ0NvQUFBQUFRQUFBQUlCQ1JBQkFBQUFsZ0FBQUpJQUFBQ0c=")).Text);
}
