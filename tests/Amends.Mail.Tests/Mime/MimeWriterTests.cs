using System.Text;
using Amends.Mail.Mime;

namespace Amends.Mail.Tests.Mime;

public sealed class MimeWriterTests
{
    static OutgoingMail Mail() => new()
    {
        From = new MailAddress("Desk", "desk@example.com"),
        To = [new MailAddress("", "ann@example.org")],
        Subject = "x",
        Date = new DateTimeOffset(2026, 3, 3, 0, 0, 0, TimeSpan.Zero),
        MessageId = "1@example.com",
        Text = "Hello",
    };

    [Theory]
    [InlineData("x\r\nBcc: thief@example.net")]
    [InlineData("x\nBcc: thief@example.net")]
    [InlineData("x\rBcc: thief@example.net")]
    [InlineData("x\0\r\n\r\nbody")]
    [InlineData("=?utf-8?B?Qg==?=\r\nBcc: y")]
    public void No_value_starts_a_field_of_its_own(string evil)
    {
        var mail = Mail() with
        {
            From = new MailAddress(evil, "desk@example.com" + evil),
            To = [new MailAddress(evil, evil)],
            Cc = [new MailAddress("", "a@b.example" + evil)],
            ReplyTo = new MailAddress(evil, evil),
            Subject = evil,
            MessageId = evil,
            InReplyTo = evil,
            References = [evil],
            AutoSubmitted = evil,
            Html = "<p>x</p>",
            ExtraHeaders = [new("X-Case", evil)],
            Attachments = [new OutgoingFile(evil, evil, new byte[] { 1 }), new OutgoingFile(evil, "image/png\r\nBcc: y", new byte[] { 1 }, evil)],
        };
        var read = MimeReader.Read(MimeWriter.Write(mail));
        Assert.All(read.Root.All(), part => Assert.False(part.Headers.Has("Bcc")));
        Assert.Equal("Hello", read.Text.TrimEnd());
        Assert.Equal(2, read.Attachments.Count);
        Assert.Empty(read.Repairs);
    }

    [Theory]
    [InlineData("X Case")]
    [InlineData("X-Case:\r\nBcc")]
    [InlineData("")]
    [InlineData("Bcc")]
    public void A_name_that_is_none_is_refused(string name) => Assert.Throws<ArgumentException>(() => MimeWriter.Write(Mail() with { ExtraHeaders = [new(name, "x")] }));

    [Fact]
    public void Every_line_is_short_and_ascii_whatever_is_written()
    {
        var mail = Mail() with
        {
            Subject = new string('x', 5000) + " " + new string('ß', 3000),
            To = [.. Enumerable.Range(0, 200).Select(i => new MailAddress($"Ann ß {i}", $"ann{i}@example.org"))],
            References = [.. Enumerable.Range(0, 100).Select(i => $"{i}{new string('r', 60)}@example.com")],
            Text = string.Join('\n', ".", "From me", " trailing ", new string('=', 2000), "tab\t", "🎉" + new string('a', 900)),
            Attachments = [new OutgoingFile(new string('ö', 300) + ".txt", "text/plain", new byte[10_000])],
        };
        var bytes = MimeWriter.Write(mail);
        Assert.DoesNotContain(bytes, b => b is 0 or > 126);
        Assert.All(Encoding.ASCII.GetString(bytes).Split("\r\n"), line => Assert.True(line.Length <= 998 && line.IndexOfAny(['\r', '\n']) < 0));
        var read = MimeReader.Read(bytes);
        Assert.Equal(mail.Subject, read.Subject);
        Assert.Equal(mail.To, read.To);
        Assert.Equal(mail.References, read.References);
        Assert.Equal(mail.Text, read.Text.TrimEnd('\n'));
        Assert.Equal(10_000, read.Attachments[0].Content.Length);
    }
}
