using System.Collections.Concurrent;
using System.IO.Compression;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Features.Demo;
using Amends.Tests.Channels.Email;
using Microsoft.Playwright;

namespace Amends.Tests.Browser;

/// <summary>
/// What a real browser fetches for the pages that people open all day, in bytes of compressed bodies. Pages count as they
/// travelled; style sheets and scripts as a release sends them (brotli at its best), since a checkout packs them less.
/// </summary>
public sealed class WeightTests
{
    private const int Kilo = 1000;

    [Fact]
    public async Task Pages_stay_within_their_budgets()
    {
        await using var demo = await DemoDesk.Start();
        await using var chrome = await Chrome.Start();
        var page = await chrome.Open(demo.Desk.Address, state: await SignedIn(demo, chrome));
        var scale = new Scale(page);

        await page.GotoAsync("/inbox/mine");
        var first = await scale.Read();
        Within(45 * Kilo, "HTML, CSS and JS of the inbox at the first visit", first.Where(part => part.Kind is "html" or "css" or "javascript"));
        Within(30 * Kilo, "JS without the editor", first.Where(part => part.Kind == "javascript"));
        Within(6 * Kilo, "icons", first.Where(part => part.Kind == "svg+xml"));
        Within(49 * Kilo, "the font, once", first.Where(part => part.Kind == "woff2"));
        Within(12 * Kilo, "pages that others are told apart from, once", first.Where(part => part.Kind == "plain"));
        Assert.All(first, part => Assert.True(part.IsPacked || part.Kind == "woff2", $"{part.Path} travelled as it is"));
        Assert.All(first.Where(part => part.Kind != "html" && part.Kind != "json"), part => Assert.True(part.IsForEver, $"{part.Path} is asked for again"));

        await page.GotoAsync("/inbox/mine");
        var again = await scale.Read();
        Within(15 * Kilo, "the inbox again", again);
        Assert.DoesNotContain(again, part => part.Kind == "woff2" && part.Bytes > 0);

        Within(2 * Kilo, "a case that has just come in", await Select(page, scale, "team", demo.In(CaseStage.Received)));
        Within(3 * Kilo, "a case with five messages", await Select(page, scale, "with-customer", demo.In(CaseStage.Offered)));
        // Without the dictionary of pages it is mostly the conversation, and one that is heard as upset has its reasons and what follows.
        Within(3_300, "a case that has just come in, in a browser that keeps no pages", await Alone(demo, "team", demo.In(CaseStage.Received)));
        Within(4_200, "a case with five messages, in a browser that keeps no pages", await Alone(demo, "with-customer", demo.In(CaseStage.Offered)));
        await page.EvaluateAsync($"fetch('/inbox/row/{demo.In(CaseStage.Offered)}?in=with-customer', {{ headers: {{ 'HX-Request': 'true', 'HX-Request-Type': 'partial' }} }}).then(answer => answer.text())");
        Within(1 * Kilo, "one row that changed", await scale.Read());
    }

    [Fact]
    public async Task A_customers_page_is_lighter_still()
    {
        await using var demo = await DemoDesk.Start();
        await using var chrome = await Chrome.Start();
        var page = await chrome.Open(demo.Desk.Address, scripts: false, width: 390);
        await page.GotoAsync(CustomerLinks.PathOf(await demo.Link(demo.In(CaseStage.Offered))));
        await page.ClickAsync("main form button");
        await page.Arrives("/c");
        page = await chrome.Open(demo.Desk.Address, scripts: false, width: 390, state: await page.Context.StorageStateAsync());
        var scale = new Scale(page);
        await page.GotoAsync("/c");
        var parts = await scale.Read();
        await page.GotoAsync("/c/choose");
        parts = [.. parts, .. await scale.Read()];
        Assert.DoesNotContain(parts, part => part.Kind == "javascript");
        Within(15 * Kilo, "the customer's status and options", parts.Where(part => part.Kind is "html" or "css"));
    }

    private static async Task<string> SignedIn(DemoDesk demo, Chrome chrome)
    {
        var page = await chrome.Open(demo.Desk.Address, scripts: false);
        await page.GotoAsync("/sign-in");
        await page.FillAsync("[name=email]", DemoPeople.All[1].Email);
        await page.FillAsync("[name=password]", DemoPeople.Password);
        await page.ClickAsync("main form button");
        await page.Arrives("/inbox/.*");
        var state = await page.Context.StorageStateAsync(); // a window of its own, so that nothing is in a cache
        await page.Context.CloseAsync();
        return state;
    }

    private static async Task<IReadOnlyList<Part>> Select(IPage page, Scale scale, string view, long number)
    {
        await page.GotoAsync("/inbox/" + view);
        await scale.Read();
        await page.ClickAsync($"a.row[href*='/cases/{number}']");
        await page.Locator($"#case [data-case='{number}']").WaitForAsync();
        return await scale.Read();
    }

    /// <summary>The same piece for a browser that knows Brotli alone.</summary>
    private static async Task<IReadOnlyList<Part>> Alone(DemoDesk demo, string view, long number)
    {
        var agent = await demo.Desk.Value<long>("select id from people where email = @Email", new { DemoPeople.All[1].Email });
        using var browser = await demo.Desk.SignIn(Actor.Person(agent, DemoPeople.All[1].Name, DemoPeople.All[1].Role));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/cases/{number}?in={view}");
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[("Accept-Encoding", "br"), ("HX-Request", "true"), ("HX-Request-Type", "partial"), ("HX-Target", "case")])
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await browser.SendAsync(request);
        Assert.Equal("br", Assert.Single(answer.Content.Headers.ContentEncoding));
        return [new(request.RequestUri!.OriginalString, "html", (await answer.Content.ReadAsByteArrayAsync()).Length, IsPacked: true, IsForEver: false)];
    }

    private static void Within(int budget, string what, IEnumerable<Part> parts)
    {
        var weighed = parts.ToList();
        var sum = weighed.Sum(part => part.Bytes);
        TestContext.Current.TestOutputHelper?.WriteLine($"{what}: {sum} of {budget} bytes");
        Assert.NotEmpty(weighed);
        Assert.True(sum <= budget, $"{what}: {sum} bytes instead of {budget}\n{string.Join('\n', weighed.Select(part => $"  {part.Bytes} {part.Path}"))}");
    }

    private sealed record Part(string Path, string Kind, long Bytes, bool IsPacked, bool IsForEver);

    /// <summary>Weighs what a page fetches.</summary>
    private sealed class Scale
    {
        private readonly ConcurrentQueue<IResponse> _answers = new();
        private readonly IPage _page;

        public Scale(IPage page)
        {
            _page = page;
            page.Response += (_, answer) => _answers.Enqueue(answer);
        }

        /// <summary>What came since the last reading, without the stream that never ends.</summary>
        public async Task<IReadOnlyList<Part>> Read()
        {
            await _page.WaitForTimeoutAsync(700);
            var parts = new List<Part>();
            while (_answers.TryDequeue(out var answer))
            {
                var path = new Uri(answer.Url).AbsolutePath;
                if (path == "/live" || answer.Headers.GetValueOrDefault("content-type", "").Split(';')[0].Split('/') is not [_, var kind])
                    continue;
                var travelled = Math.Max((await answer.Request.SizesAsync()).ResponseBodySize, 0); // below nothing when it came from the cache
                var isFile = Path.HasExtension(path);
                parts.Add(new(path, kind, travelled > 0 && isFile && kind != "woff2" ? AsReleased(await answer.BodyAsync()) : travelled, travelled == 0 || answer.Headers.ContainsKey("content-encoding"),
                    answer.Headers.GetValueOrDefault("cache-control", "").Contains("immutable")));
            }

            return parts;
        }

        private static long AsReleased(byte[] content)
        {
            using var packed = new MemoryStream();
            using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
                brotli.Write(content);
            return packed.Length;
        }
    }
}
