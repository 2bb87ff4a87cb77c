using System.Diagnostics;
using System.Net;
using Amends.Data;
using Dapper;

namespace Amends.Bench;

/// <summary>The pages that agents see most, and a reply, beside what Kestrel does for a plain word with the same client.</summary>
public static class PageBench
{
    private const int WarmUp = 2;
    internal const int FirstNumber = 1001;

    /// <summary>Fills a database, starts the program on it, and measures each page alone and at concurrency 8.</summary>
    public static async Task Run(string kind, Options options, Table table)
    {
        await using var place = await Place.On(kind, options);
        Console.Error.WriteLine($"  {kind}: making {options.Cases} cases of five messages");
        await place.Prepare(_ => Task.FromResult(0));
        var before = await place.Size();
        var filling = Stopwatch.StartNew();
        var text = await place.Prepare(services => DataSet.Add(services, options.Cases));
        Console.Error.WriteLine($"  {kind}: made in {filling.Elapsed.TotalSeconds:N0} s");
        table.Add(kind, "bytes stored a message, case, search and log included", (await place.Size() - before) / (5.0 * options.Cases), "bytes", text / (5.0 * options.Cases), "bytes of text");

        await place.KeepHouse();
        var open = await place.Prepare(services => services.GetRequiredService<Database>().Read(async connection => (await connection.QueryAsync<long>("select number from cases where closed_at is null order by number")).AsList()));
        place.App.Start();
        await place.App.Answers("/sign-in", TimeSpan.FromMinutes(2));
        await place.Settle(); // promises that are over are found and told of once, whoever looks at pages meanwhile
        var browsers = new List<Browser>();
        for (var i = 0; i < 8; i++)
            browsers.Add(await Browser.SignIn(place.App.Address, DataSet.EmailOf(i), DataSet.Password));

        (string Name, Func<Browser, long, Task<(HttpStatusCode, long)>> Ask, double? P95, double? Rate)[] pages =
        [
            ("plain text", (browser, _) => browser.Get("/healthz"), null, null),
            ("inbox page", (browser, _) => browser.Get("/inbox/team"), 25, 500),
            ("case page", (browser, i) => browser.Get($"/cases/{FirstNumber + i * 7919 % options.Cases}"), 20, 500),
            ("search, one rare word", (browser, i) => browser.Get($"/search?q={DataSet.WordOf(i * 7919 % options.Cases)}"), 50, null),
            ($"search, two common words, each in {Share("broken")} of the messages", (browser, i) => browser.Get(i % 2 == 0 ? "/search?q=broken+kettle" : "/search?q=delivery+promised"), 50, null),
            ($"search, two words that say little, in {Share("not")} and {Share("will")}", (browser, _) => browser.Get("/search?q=not+will"), null, null),
            ("reply", (browser, i) => browser.Post($"/cases/{open[(int)(i * 7919 % open.Count)]}/messages", Reply), null, null),
        ];
        var plain = new Dictionary<int, double>();
        foreach (var page in pages)
        {
            foreach (var concurrency in (int[])[1, 8])
            {
                var (status, length) = await page.Ask(browsers[0], 0);
                if ((int)status >= 400)
                {
                    table.Add(kind, $"{page.Name} answers {(int)status}: not measured", 0, "/s", target: 1);
                    break;
                }

                await Load.Run(browsers.Take(concurrency), page.Ask, TimeSpan.FromSeconds(WarmUp));
                var load = await Load.Run(browsers.Take(concurrency), page.Ask, TimeSpan.FromSeconds(options.Seconds));
                if (page.Name == "plain text")
                    plain[concurrency] = load.Rate;
                var eight = concurrency == 8;
                table.Add(kind, $"{page.Name}, c {concurrency}, {length / 1024.0:N0} kB", load.Rate, "/s", page.Name == "plain text" ? null : plain[concurrency], "plain text /s", eight ? page.Rate : null);
                table.Add(kind, $"{page.Name}, c {concurrency}, p50", load.Median, "ms");
                table.Add(kind, $"{page.Name}, c {concurrency}, p95", load.P95, "ms", target: eight ? page.P95 : null, lessIsBetter: true);
                if (load.Failures > 0)
                    table.Add(kind, $"{page.Name}, c {concurrency}, failed requests", load.Failures, "", target: 1, lessIsBetter: true);
            }
        }

        browsers.ForEach(browser => browser.Dispose());
    }

    private static string Share(string word) => Words.ShareOfTexts(word, DataSet.MessageWords).ToString("P0", System.Globalization.CultureInfo.InvariantCulture);

    private static Dictionary<string, string> Reply => new()
    {
        ["kind"] = "reply", ["seen"] = long.MaxValue.ToString(), ["text"] = "Thank you for telling us. We found the parcel at the depot, and it leaves there today.",
    };
}
