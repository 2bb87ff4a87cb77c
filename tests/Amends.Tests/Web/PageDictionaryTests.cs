using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Amends.Domain.People;
using Amends.Web;
using ZstdSharp;

namespace Amends.Tests.Web;

/// <summary>Pages as what differs from pages that the browser has (RFC 9842).</summary>
public sealed partial class PageDictionaryTests
{
    private static readonly byte[] Magic = [0x5e, 0x2a, 0x4d, 0x18, 0x20, 0, 0, 0];

    [Fact]
    public async Task Who_has_the_dictionary_gets_pages_by_it()
    {
        await using var desk = await Desk.Start();
        using var browser = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        var (dictionary, digest) = await Fetch(browser);

        using var answer = await browser.SendAsync(Asking("/profile", "gzip, br, zstd, dcb, dcz", digest));
        Assert.Equal("dcz", Assert.Single(answer.Content.Headers.ContentEncoding));
        Assert.Contains("Available-Dictionary", answer.Headers.Vary);
        var body = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal([.. Magic, .. digest], body[..40]);
        Assert.Contains("<h1", Open(body, dictionary));

        using var other = await browser.SendAsync(Asking("/profile", "br", null));
        Assert.InRange(body.Length, 40, 3 * (await other.Content.ReadAsByteArrayAsync()).Length / 4);
    }

    [Theory]
    [InlineData("gzip, br", true, "br")]
    [InlineData("br, dcz;q=0", true, "br")]
    [InlineData("br, dcz", false, "br")]
    [InlineData("dcz, gzip", false, "gzip")]
    public async Task Who_cannot_use_it_gets_them_as_ever(string accepts, bool has, string gets)
    {
        await using var desk = await Desk.Start();
        using var browser = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        var (_, digest) = await Fetch(browser);
        if (!has)
            digest[0] ^= 1; // that of another version
        using var answer = await browser.SendAsync(Asking("/profile", accepts, digest));
        Assert.Equal(gets, Assert.Single(answer.Content.Headers.ContentEncoding));
    }

    [Fact]
    public async Task Many_at_once_do_not_mix()
    {
        await using var desk = await Desk.Start();
        using var browser = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        var (dictionary, digest) = await Fetch(browser);
        await Parallel.ForAsync(0, 300, new ParallelOptions { MaxDegreeOfParallelism = 30, CancellationToken = TestContext.Current.CancellationToken }, async (i, ct) =>
        {
            using var answer = await browser.SendAsync(Asking($"/customers?q=somebody{i}x", "dcz", digest), ct);
            Assert.Contains($"somebody{i}x", Open(await answer.Content.ReadAsByteArrayAsync(ct), dictionary));
        });
    }

    [Fact]
    public async Task It_is_for_everybody_and_for_ever_and_holds_nobodys_secret()
    {
        await using var desk = await Desk.Start();
        using var nobody = desk.Browser();
        using var answer = await nobody.GetAsync(PageDictionary.Path);
        Assert.True(answer.Headers.CacheControl is { Public: true, MaxAge.TotalDays: 365 });
        Assert.Equal("match=\"/*\"", Assert.Single(answer.Headers.GetValues("Use-As-Dictionary")));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.Contains("name=\"csrf\" content=\"\"", text);
        Assert.DoesNotMatch(LongSecret(), text);
    }

    /// <summary>What a browser does with the link of a page.</summary>
    private static async Task<(byte[] Dictionary, byte[] Digest)> Fetch(HttpClient browser)
    {
        var link = DictionaryLink().Match(await browser.GetStringAsync("/profile")).Groups[1].Value;
        var dictionary = await browser.GetByteArrayAsync(link);
        return (dictionary, SHA256.HashData(dictionary));
    }

    private static HttpRequestMessage Asking(string path, string accepts, byte[]? digest)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", accepts);
        if (digest is not null)
            request.Headers.TryAddWithoutValidation("Available-Dictionary", $":{Convert.ToBase64String(digest)}:");
        return request;
    }

    private static string Open(byte[] body, byte[] dictionary)
    {
        using var open = new DecompressionStream(new MemoryStream(body[40..]));
        open.LoadDictionary(dictionary);
        return new StreamReader(open, Encoding.UTF8).ReadToEnd();
    }

    [GeneratedRegex("<link rel=\"compression-dictionary\" href=\"([^\"]+)\"")]
    private static partial Regex DictionaryLink();

    [GeneratedRegex("[A-Za-z0-9_-]{60,}")]
    private static partial Regex LongSecret();
}
