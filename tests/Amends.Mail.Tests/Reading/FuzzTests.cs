using System.Text;
using Amends.Fuzz.Fuzzing;
using Amends.Mail.Html;
using Amends.Mail.Mime;
using Amends.Mail.Reading;

namespace Amends.Mail.Tests.Reading;

/// <summary>Damaged and hostile mail is read, within the limits and in bounded time. The seed is fixed, so a failure repeats.</summary>
public sealed class FuzzTests
{
    /// <summary>
    /// The quick part of <c>bin/campaign fuzz</c>. Counts, not time, say how much: all of it takes about 100 seconds on one thread
    /// in a build that is not optimised, for which a second a megabyte is stretched.
    /// </summary>
    [Theory]
    [InlineData("mime", 26_000)]
    [InlineData("headers", 30_000)]
    [InlineData("html", 10_000)]
    [InlineData("imap", 2_500)]
    [InlineData("smtp-client", 2_000)]
    [InlineData("smtp-server", 20_000)]
    public async Task Mutated_and_made_up_inputs_neither_throw_nor_hang_nor_break_a_rule(string kind, int inputs)
    {
        await using FuzzTarget target = kind switch
        {
            "mime" => new MailTarget(),
            "headers" => new HeaderTarget(),
            "html" => new HtmlTarget(),
            "imap" => new ImapTarget(),
            "smtp-client" => new SmtpClientTarget(),
            _ => new SmtpServerTarget(),
        };
        var finds = Directory.CreateTempSubdirectory("amends-fuzz-").FullName;
        var result = await new Fuzzer(target, new FuzzPlan(inputs, 20_260_303, Folder: finds, Slack: 20)).Run();
        Assert.True(result.Finds == 0, string.Join("\n", Directory.GetFiles(finds, "*.txt").Select(File.ReadAllText).Concat(Directory.GetFiles(finds, "*.bin").Select(file => Convert.ToBase64String(File.ReadAllBytes(file))))));
        Assert.Equal(inputs, result.Inputs);
        Assert.True(result.Shapes > 50, "The inputs all came to the same.");
        Directory.Delete(finds, recursive: true);
    }

    [Fact]
    public async Task A_fuzzer_finds_what_it_is_to_find_and_makes_it_small()
    {
        var finds = Directory.CreateTempSubdirectory("amends-fuzz-").FullName;
        await using var target = new Brittle();
        var result = await new Fuzzer(target, new FuzzPlan(20_000, 1, Folder: finds)).Run();
        Assert.Equal(1, result.Finds);
        Assert.Equal("<<", Encoding.ASCII.GetString(File.ReadAllBytes(Assert.Single(Directory.GetFiles(finds, "*.bin")))));
        Directory.Delete(finds, recursive: true);
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
    [InlineData("<dd>", 120_000)]
    [InlineData("`\nend<br>", 100_000)]
    public void Hostile_html_is_cleaned_in_time(string piece, int times) => Growth.IsLinear(piece, times, html =>
    {
        var clean = MailHtml.Clean(html).Html;
        HtmlText.From(html);
        ReplyReader.ReadHtml(html);
        Assert.Equal(clean, MailHtml.Clean(clean).Html);
    });

    [Theory]
    [InlineData("=?")]
    [InlineData("=?a?b?")]
    [InlineData("(")]
    [InlineData("<")]
    [InlineData("\"")]
    [InlineData(", ")]
    [InlineData("a@b, ")]
    [InlineData(";a*1*=%41")]
    public void Hostile_headers_are_read_in_time(string piece) => Growth.IsLinear(piece, 60_000 / piece.Length, value =>
    {
        var mail = $"From: {value}\r\nTo: {value}\r\nSubject: {value}\r\nReferences: {value}\r\nDate: {value}\r\nContent-Type: {value}\r\nContent-Disposition: {value}\r\n\r\n{value}";
        MailReading.Of(Encoding.ASCII.GetBytes(mail), "message/rfc822");
    });

    [Theory]
    [InlineData("> ")]
    [InlineData("On 1.1.2026 ")]
    [InlineData("\n")]
    [InlineData("From: x\n")]
    [InlineData("-- \n")]
    [InlineData("On\n1.1.2026\n")]
    [InlineData("-----\n")]
    public void Hostile_text_is_parted_in_time(string piece) => Growth.IsLinear(piece, 1_000_000 / piece.Length, text => ReplyReader.Read(text));

    /// <summary>Reads everything but two angle brackets in a row.</summary>
    sealed class Brittle : FuzzTarget
    {
        public override string Name => "brittle";

        public override IReadOnlyList<string> Pieces => ["<", "a", "b"];

        public override byte[] Generate(Random random) => "a plain line\n"u8.ToArray();

        public override ValueTask<int> Run(byte[] input)
        {
            Must(input.AsSpan().IndexOf("<<"u8) < 0, "two angle brackets");
            return new(input.Count(letter => letter == '<'));
        }
    }
}
