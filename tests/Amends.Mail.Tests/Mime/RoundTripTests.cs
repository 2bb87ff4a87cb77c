using System.Text;
using Amends.Mail.Mime;
using FsCheck;
using FsCheck.Fluent;

namespace Amends.Mail.Tests.Mime;

/// <summary>What is written is read back equal, whatever people and files are called and whatever is said.</summary>
public sealed class RoundTripTests
{
    static readonly string[] Pieces =
    [
        "a", "B", "7", " ", " ", "ü", "ß", "日本", "🎉", "é", ",", "\"", "\\", "<", ">", "@", ":", ";", "(", ")", "=", "=?", "?=", "_", "'", "%41", "*", ".", "--", "From ", "begin 644 ", "&", "=_a",
        "supercalifragilisticexpialidocious", "\r\nBcc: x@y.example\r\n", "\n", "\0", "\t", "\u202E",
    ];

    /// <summary>Numbers turned into a mail.</summary>
    sealed class Maker(int[] numbers)
    {
        int at;

        int Next(int below) => numbers[at++ % numbers.Length] % below;

        internal string Words(int most) => string.Concat(Enumerable.Range(0, Next(most)).Select(_ => Pieces[Next(Pieces.Length)]));

        MailAddress Person(int i) => new(Words(12), $"p{i}.{Next(100)}+x@host{Next(9)}.example");

        internal OutgoingMail Mail() => new()
        {
            From = Person(0),
            To = [.. Enumerable.Range(1, 1 + Next(5)).Select(Person)],
            Cc = [.. Enumerable.Range(9, Next(4)).Select(Person)],
            ReplyTo = Next(2) == 0 ? Person(20) : null,
            Subject = Words(40),
            Date = new DateTimeOffset(2026, 1 + Next(12), 1 + Next(28), Next(24), Next(60), Next(60), TimeSpan.FromMinutes(15 * (Next(80) - 40))),
            MessageId = $"{Next(9999)}.x@example.com",
            InReplyTo = Next(2) == 0 ? $"{Next(9999)}@example.org" : null,
            References = [.. Enumerable.Range(0, Next(12)).Select(i => $"{i}.{Next(9999)}{new string('r', Next(80))}@example.org")],
            Text = "T" + Words(60),
            Html = Next(2) == 0 ? "<p>" + Words(30) + "</p>" : null,
            Attachments = [.. Enumerable.Range(0, Next(4)).Select(i => new OutgoingFile($"{i}{Words(20)}.bin", "application/x-test", Encoding.UTF8.GetBytes(Words(200)), Next(2) == 0 ? $"cid{i}@example" : null))],
        };
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        var written = 0;
        Prop.ForAll(Gen.Choose(0, 999_999).ArrayOf(150).ToArbitrary(), numbers =>
        {
            var sent = new Maker(numbers).Mail();
            Same(sent, MimeWriter.Write(sent));
            written++;
            return true;
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(500));
        Assert.True(written >= 500);
    }

    static void Same(OutgoingMail sent, byte[] bytes)
    {
        var mail = MimeReader.Read(bytes);
        Assert.Equal(People([sent.From, .. sent.To, .. sent.Cc]), People([mail.From!, .. mail.To, .. mail.Cc]));
        Assert.Equal(People(sent.ReplyTo is { } reply ? [reply] : []), People(mail.ReplyTo));
        Assert.Equal(Line(sent.Subject), Line(mail.Subject));
        Assert.Equal(sent.Date, mail.Date);
        Assert.Equal((sent.MessageId, sent.InReplyTo ?? ""), (mail.MessageId, mail.InReplyTo));
        Assert.Equal(sent.References, mail.References);
        Assert.Equal(Body(sent.Text), Body(mail.Text));
        Assert.Equal(sent.Html is { } html ? Body(html) : null, mail.Html is { } read ? Body(read) : null);
        // Inline images stand before the files, in a container of their own.
        Assert.Equal(Files(sent.Attachments.Select(f => (FileNames.Clean(f.FileName), f.Content, f.ContentId))), Files(mail.Attachments.Select(f => (f.FileName!, f.Content, f.ContentId))));
        Assert.DoesNotContain(mail.Root.All(), p => p.Headers.Has("Bcc"));
        Assert.Empty(mail.Notes);
        Assert.All(Encoding.UTF8.GetString(bytes).Split("\r\n"), line => Assert.True(line.Length <= 998 && line.All(c => c is '\t' or >= ' ' and < '\x7f')));
    }

    /// <summary>Marks at a name's ends are the reader's to drop: programs add them.</summary>
    static IEnumerable<string> People(IEnumerable<MailAddress> people) => people.Select(p => $"{Line(p.Name).Trim(' ', ',', '\'', '"')} <{p.Address}>");

    static IEnumerable<string> Files(IEnumerable<(string Name, ReadOnlyMemory<byte> Content, string? Cid)> files) =>
        files.Select(f => $"{Line(f.Name)} {Convert.ToHexString(f.Content.Span)} {f.Cid}").Order(StringComparer.Ordinal);

    static string Line(string text) => string.Join(' ', new string([.. text.Where(c => c is '\r' or '\n' or '\t' || !char.IsControl(c))]).Split([' ', '\r', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries));

    static string Body(string text) => text.Replace("\0", "", StringComparison.Ordinal).ReplaceLineEndings("\n").TrimEnd('\n');

    [Theory]
    [InlineData("ann@bücher.example", "ann@xn--bcher-kva.example")]
    [InlineData("jörg@bücher.example", "jörg@xn--bcher-kva.example")]
    [InlineData("\"a b\"@example.org", "\"a b\"@example.org")]
    [InlineData("ann@\r\nBcc: x.example", "ann@Bcc:x.example")]
    public void Addresses_of_all_the_world_can_be_written(string given, string read)
    {
        var mail = new OutgoingMail { From = new("", "desk@example.com"), To = [new("Jörg", given)], Subject = "x", Date = DateTimeOffset.UnixEpoch, MessageId = "1@x", Text = "x" };
        Assert.Equal([new("Jörg", read)], MimeReader.Read(MimeWriter.Write(mail)).To);
    }

    [Fact]
    public void Images_stand_beside_the_html_that_shows_them()
    {
        var mail = new OutgoingMail
        {
            From = new("", "desk@example.com"),
            To = [new("", "ann@example.org")],
            Subject = "x",
            Date = DateTimeOffset.UnixEpoch,
            MessageId = "1@x",
            Text = "x",
            Html = "<img src=\"cid:logo@x\">",
            Attachments = [new("logo.png", "image/png", new byte[] { 1 }, "logo@x"), new("a.pdf", "application/pdf", new byte[] { 2 })],
        };
        var root = MimeReader.Read(MimeWriter.Write(mail)).Root;
        Assert.Equal(["multipart/mixed", "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png", "application/pdf"], root.All().Select(p => p.ContentType));
        Assert.Equal("logo@x", root.All().Single(p => p.ContentType == "image/png").ContentId);
    }
}
