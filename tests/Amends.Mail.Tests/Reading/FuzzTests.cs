using System.Diagnostics;
using System.Text;
using Amends.Mail.Html;
using Amends.Mail.Mime;
using Amends.Mail.Reading;

namespace Amends.Mail.Tests.Reading;

/// <summary>Damaged and hostile mail is read, within the limits and in bounded time. The seed is fixed, so a failure repeats.</summary>
public sealed class FuzzTests
{
    const int Mutations = 3000;
    static readonly byte[][] Seeds = [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "golden"), "*.eml").Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    static readonly string[] Pieces =
    [
        "\r\n\r\n", "--m\r\n", "=?utf-8?B?", "?=", "\0", "=\r\n", "Content-Type: multipart/mixed; boundary=m\r\n", "Content-Transfer-Encoding: base64\r\n", "\u00ff\u00fe", "(((((", "<<<<", "\"", ";*0*=", "> ", "On 1.1.2026 x wrote:\n",
        "<div><table><p><b>", "</td></table>", "<a href=javascript:x>", "\r", ": ", "begin 644 x\r\n", "Subject: ", "charset=utf-7\r\n", "From: ",
    ];

    [Fact]
    public void Mutated_mails_never_throw()
    {
        var random = new Random(20260303);
        for (var round = 0; round < Mutations; round++)
        {
            var bytes = round % 10 == 0 ? Noise(random) : Mutate(Seeds[random.Next(Seeds.Length)], random);
            Check(bytes, round);
        }
    }

    [Fact]
    public void Limits_stop_cleanly_and_are_noted()
    {
        var limits = new MimeLimits(Depth: 5, Parts: 20, HeaderBytes: 2000, HeaderLineBytes: 500, DecodedBytes: 1000);
        var nested = new StringBuilder();
        for (var i = 0; i < 40; i++) nested.Append($"Content-Type: multipart/mixed; boundary=b{i}\r\n\r\n--b{i}\r\n");
        var deep = MimeReader.Read(Encoding.ASCII.GetBytes(nested.ToString()), limits);
        Assert.Contains(deep.Repairs, r => r.Contains("deep", StringComparison.Ordinal));

        var wide = "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + string.Concat(Enumerable.Repeat("--b\r\n\r\nx\r\n", 200));
        var parts = MimeReader.Read(Encoding.ASCII.GetBytes(wide), limits);
        Assert.True(parts.Root.All().Count() <= 20);
        Assert.Contains(parts.Repairs, r => r.Contains("more than 20 parts", StringComparison.Ordinal));

        var headers = string.Concat(Enumerable.Range(0, 500).Select(i => $"X-{i}: y\r\n")) + "\r\nbody";
        var many = MimeReader.Read(Encoding.ASCII.GetBytes(headers), limits);
        Assert.True(many.Headers.Count < 500);
        Assert.Equal("body", many.Text);

        Assert.True(MimeReader.Read(Encoding.ASCII.GetBytes("Subject: " + new string('x', 5000) + "\r\n\r\n"), limits).Subject.Length <= 500);
        Assert.Equal(1000, MimeReader.Read(Encoding.ASCII.GetBytes("\r\n\r\n" + new string('x', 5000)), limits).Root.Content.Length);
    }

    [Theory]
    [InlineData("<", 300_000)]
    [InlineData("<div>", 200_000)]
    [InlineData("<b><p>", 100_000)]
    [InlineData("<font size=1>x<p>", 50_000)]
    [InlineData("<table><tr><td>x", 50_000)]
    [InlineData("<table>x<b>y", 50_000)]
    [InlineData("<blockquote>", 100_000)]
    [InlineData("<a href=x>", 100_000)]
    [InlineData("&amp;", 200_000)]
    [InlineData("<!--", 200_000)]
    [InlineData("<select><option>", 60_000)]
    [InlineData("<svg><p>", 60_000)]
    public void Hostile_html_is_cleaned_in_seconds(string piece, int times)
    {
        var html = string.Concat(Enumerable.Repeat(piece, times));
        var watch = Stopwatch.StartNew();
        var clean = MailHtml.Clean(html).Html;
        HtmlText.From(html);
        ReplyReader.ReadHtml(html);
        Assert.Equal(clean, MailHtml.Clean(clean).Html);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(20), $"{watch.Elapsed.TotalSeconds:0.0} s");
    }

    [Theory]
    [InlineData("=?")]
    [InlineData("=?a?b?")]
    [InlineData("(")]
    [InlineData("<")]
    [InlineData("\"")]
    [InlineData(", ")]
    [InlineData("a@b, ")]
    [InlineData(";a*1*=%41")]
    public void Hostile_headers_are_read_in_seconds(string piece)
    {
        var value = string.Concat(Enumerable.Repeat(piece, 60_000 / piece.Length));
        var mail = $"From: {value}\r\nTo: {value}\r\nSubject: {value}\r\nReferences: {value}\r\nDate: {value}\r\nContent-Type: {value}\r\nContent-Disposition: {value}\r\n\r\n{value}";
        var watch = Stopwatch.StartNew();
        MailReading.Of(Encoding.ASCII.GetBytes(mail), "message/rfc822");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed.TotalSeconds:0.0} s");
    }

    [Theory]
    [InlineData("> ")]
    [InlineData("On 1.1.2026 ")]
    [InlineData("\n")]
    [InlineData("From: x\n")]
    [InlineData("-- \n")]
    [InlineData("On\n1.1.2026\n")]
    [InlineData("-----\n")]
    public void Hostile_text_is_parted_in_seconds(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 1_000_000 / piece.Length));
        var watch = Stopwatch.StartNew();
        ReplyReader.Read(text);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{watch.Elapsed.TotalSeconds:0.0} s");
    }

    static void Check(byte[] bytes, int round)
    {
        try
        {
            var mail = MimeReader.Read(bytes);
            Assert.True(mail.Root.All().Count() <= MimeLimits.Default.Parts + 1);
            Assert.DoesNotContain('\0', mail.Text);
            Assert.DoesNotContain('\n', mail.Subject);
            MailReading.Of(bytes, "message/rfc822");
            MailReading.Of(bytes, "text/html");
            if (mail.Html is { } html)
            {
                var clean = MailHtml.Clean(html).Html;
                Assert.Equal(clean, MailHtml.Clean(clean).Html);
            }
        }
        catch (Exception e)
        {
            Assert.Fail($"Round {round}: {e}\n{Convert.ToBase64String(bytes)}");
        }
    }

    static byte[] Noise(Random random)
    {
        var bytes = new byte[random.Next(2000)];
        random.NextBytes(bytes);
        return bytes;
    }

    static byte[] Mutate(byte[] seed, Random random)
    {
        var bytes = seed.ToList();
        for (var change = random.Next(1, 12); change > 0; change--)
        {
            var at = random.Next(bytes.Count + 1);
            switch (random.Next(4))
            {
                case 0: bytes.InsertRange(at, Encoding.Latin1.GetBytes(Pieces[random.Next(Pieces.Length)])); break;
                case 1: bytes.RemoveRange(at, Math.Min(random.Next(20), bytes.Count - at)); break;
                case 2 when at < bytes.Count: bytes[at] = (byte)random.Next(256); break;
                default: bytes.InsertRange(at, bytes.Skip(random.Next(bytes.Count + 1)).Take(random.Next(200)).ToArray()); break;
            }
        }
        return [.. bytes];
    }
}
