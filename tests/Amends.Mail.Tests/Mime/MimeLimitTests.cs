using System.Text;
using Amends.Mail.Mime;

namespace Amends.Mail.Tests.Mime;

/// <summary>Each limit stops cleanly, says so in its own way, and leaves what is within it readable.</summary>
public sealed class MimeLimitTests
{
    static MailMessage Read(string mail, MimeLimits limits) => MimeReader.Read(Encoding.Latin1.GetBytes(mail), limits);

    static void Only(MailNoteKind kind, MailMessage mail)
    {
        Assert.Equal([kind], mail.Notes.Where(n => n.IsLimit).Select(n => n.Kind));
        Assert.Contains(mail.Notes.Single(n => n.IsLimit).Sentence, mail.Repairs);
    }

    [Fact]
    public void Of_a_mail_that_is_too_large_the_header_is_read()
    {
        var mail = Read("Subject: Kettle\r\nFrom: ann@example.org\r\n\r\n" + new string('x', 5000), new MimeLimits(RawBytes: 1000, HeaderBytes: 200, HeaderLineBytes: 100));
        Only(MailNoteKind.RawTooLarge, mail);
        Assert.Equal(("Kettle", "ann@example.org", ""), (mail.Subject, mail.From!.Address, mail.Text));
    }

    [Fact]
    public void Parts_that_nest_too_deep_stay_undivided()
    {
        var mail = new StringBuilder();
        for (var i = 0; i < 4; i++) mail.Append($"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n");
        mail.Append("\r\nwithin\r\n");
        for (var i = 3; i >= 0; i--) mail.Append($"--b{i}--\r\n");
        Only(MailNoteKind.TooDeep, Read(mail.ToString(), new MimeLimits(Depth: 3)));
        var deep = Read(mail.ToString(), new MimeLimits(Depth: 4));
        Assert.Empty(deep.Notes);
        Assert.Equal("within", deep.Text);
    }

    [Fact]
    public void Parts_that_are_too_many_are_left_out()
    {
        var mail = Read("Content-Type: multipart/mixed; boundary=b\r\n\r\n" + string.Concat(Enumerable.Repeat("--b\r\n\r\nx\r\n", 30)) + "--b--\r\n", new MimeLimits(Parts: 20));
        Only(MailNoteKind.TooManyParts, mail);
        Assert.Equal(20, mail.Root.All().Count());
    }

    [Fact]
    public void A_header_block_that_is_too_large_is_cut_and_the_body_read()
    {
        var mail = Read(string.Concat(Enumerable.Range(0, 500).Select(i => $"X-{i}: y\r\n")) + "\r\nbody", new MimeLimits(HeaderBytes: 2000));
        Only(MailNoteKind.HeaderTooLarge, mail);
        Assert.Equal("body", mail.Text);
    }

    [Theory]
    [InlineData("Subject: {0}\r\n\r\nbody")]
    [InlineData("Subject: x\r\n {0}\r\n\r\nbody")]
    public void A_field_that_is_too_long_loses_its_end(string form)
    {
        var mail = Read(string.Format(System.Globalization.CultureInfo.InvariantCulture, form, new string('x', 900)), new MimeLimits(HeaderLineBytes: 500));
        Only(MailNoteKind.HeaderLineTooLong, mail);
        Assert.InRange(mail.Subject.Length, 400, 500);
        Assert.Equal("body", mail.Text);
    }

    [Fact]
    public void Decoded_parts_end_at_the_limit_for_all_together()
    {
        var file = Convert.ToBase64String(new byte[600]);
        var mail = Read($"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n{file}\r\n--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n{file}\r\n--b--\r\n", new MimeLimits(DecodedBytes: 1000));
        Only(MailNoteKind.DecodedTooLarge, mail);
        Assert.InRange(mail.Attachments.Sum(a => a.Content.Length), 990, 1000);
        Assert.Contains("1000 bytes", mail.Repairs.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void Decoded_parts_end_at_the_limit_for_each_raw_byte()
    {
        // Packed text is the one thing that grows: 40 kB of one letter in a few hundred bytes.
        var tnef = TnefBytes.Of(TnefBytes.Message(TnefBytes.Property(0x1009, 0x102, TnefBytes.Compressed('x', 40_000))));
        var raw = $"Content-Type: application/ms-tnef; name=winmail.dat\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(tnef)}\r\n";
        var mail = Read(raw, new MimeLimits(DecodedTimesRaw: 2));
        Only(MailNoteKind.DecodedTooLarge, mail);
        Assert.True(mail.Text.Length <= 2 * raw.Length);
        Assert.DoesNotContain(Read(raw, new MimeLimits(DecodedTimesRaw: 1000)).Notes, n => n.IsLimit);
    }
}
