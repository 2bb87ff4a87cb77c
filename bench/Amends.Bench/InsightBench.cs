using System.Diagnostics;
using System.Net;
using Amends.Data;
using Amends.Data.Rollups;
using Amends.Domain.Cases;
using Amends.Domain.Reports;
using Dapper;

namespace Amends.Bench;

/// <summary>
/// Reports over a year of very many cases: how fast the counts catch up with the log, and every page of reports with its usual days and with
/// days and filters of one's own, beside reading all events and all cases once.
/// </summary>
public static class InsightBench
{
    private const double FreeP95 = 2_000, SqliteP95 = 500, PostgresP95 = 200;
    private const int FewestTimes = 5, MostPatience = 60;
    private const string Owner = "owen@northwind-home.example", Password = "put-it-right";

    /// <summary>Pages besides those whose address begins with /reports.</summary>
    private static readonly string[] Others = ["/improvements", "/practices", "/who-else/notices", "/customers/neglected"];

    /// <summary>What a page is asked in other words than the usual: other days, one category, one product.</summary>
    private static readonly Dictionary<string, string[]> Free = new()
    {
        ["/reports/causes"] = ["by=product&days=365", "by=lot&days=30"], ["/reports/partner"] = ["by=carrier&of=Northway&days=365"], ["/reports/outcomes"] = ["days=365"], ["/reports/consistency"] = ["days=30"], ["/reports/survey"] = ["days=365"],
        ["/reports/follow-on"] = ["days=365"], ["/reports/worth"] = ["days=90"], ["/reports/staffing"] = ["weeks=26"], ["/reports/hearing"] = ["days=365"], ["/reports/regulatory"] = ["from=2025-12-01&to=2026-11-30"],
        ["/reports/cases"] = ["measure=Opened&without=DEL,PRD,none"], ["/reports/worth/cases"] = ["of=keeping", "of=loyal.first", "of=again.90.alike"], ["/reports/staffing/cases"] = ["of=Calls&at=mon-1000&weeks=26", "of=Written&weeks=26", "of=FirstWord&least=60"],
        ["/reports/ledger"] = ["from=2025-12-01&to=2026-11-30&account=Owed&side=Debit"],
    };

    /// <summary>What a page needs to show anything.</summary>
    private static readonly Dictionary<string, string> Needed = new()
    {
        ["/reports/partner"] = "by=carrier&of=Northway", ["/reports/cases"] = "measure=Opened", ["/reports/worth/cases"] = "of=kept", ["/reports/causes/cases"] = "by=category&of=OTH", ["/reports/steps/cases"] = "least=2&most=3",
        ["/reports/outcomes/cases"] = "cause=none&days=365", ["/reports/consistency/cases"] = "of=DEL.late&days=365", ["/reports/follow-on/cases"] = "of=again_after_other&days=365", ["/reports/hearing/cases"] = "of=Heard&heard=very_upset&days=365",
        ["/reports/staffing/cases"] = "of=Calls&weeks=26", ["/reports/signals/cases"] = "category=DEL.late",
    };

    /// <summary>Measures it.</summary>
    public static async Task Run(string kind, Options options, Table table)
    {
        var count = options.CasesIfGiven ?? 1_000_000;
        await using var place = await Place.Kept(kind, options);
        var filling = Stopwatch.StartNew();
        var events = await place.Prepare(services => services.GetRequiredService<Database>().Read(connection => connection.ExecuteScalarAsync<long>("select count(*) from events"))); // of a measurement before, where it stayed
        if (events == 0)
        {
            await place.Prepare(async services =>
            {
                await YearOfCases.MakeStories(services);
                return 0;
            });
            events = await place.Prepare(services => YearOfCases.Fill(services, count, done => Say(kind, done, count, filling)));
        }
        else if (options.Pages is null)
        {
            await place.Prepare(async services =>
            {
                await services.GetRequiredService<ReportReader>().Forget();
                return 0;
            });
        }

        table.Add(kind, $"events of {count:N0} cases", events, "");
        table.Add(kind, "the database with them", await place.Size() / 1e6, "MB");
        Console.Error.WriteLine($"  {kind}: made in {filling.Elapsed.TotalSeconds:N0} s");
        await place.Prepare(async services => await Check(services, kind, table));
        await place.KeepHouse();
        await place.Prepare(services => CatchUp(services, kind, events, table));
        await place.KeepHouse();
        var scans = await place.Prepare(services => Scans(services, kind, table));
        await Pages(kind, place, options, scans, table);
    }

    private static void Say(string kind, int done, int count, Stopwatch watch)
    {
        if (done % 100_000 == 0 || done == count)
            Console.Error.WriteLine($"  {kind}: {done:N0} of {count:N0} cases after {watch.Elapsed.TotalSeconds:N0} s");
    }

    /// <summary>Reads some of the cases as the program reads them: the log gives the state that is stored, and the chain holds.</summary>
    private static async Task<int> Check(IServiceProvider services, string kind, Table table)
    {
        var database = services.GetRequiredService<Database>();
        var wrong = await database.Read(async connection =>
        {
            var bad = 0;
            foreach (var number in await connection.QueryAsync<long>("select number from cases where number % 997 = 5 order by number limit 500"))
            {
                var log = (await connection.QueryAsync<(int Seq, long At, string Kind, string Body, string Sealed, byte[] Hash)>("select seq, at, kind, body, sealed, hash from events where case_number = @number order by seq", new { number })).AsList();
                var stored = await connection.QuerySingleAsync<(string State, byte[] Head, long Opened, long Customer)>("select state, chain_head, opened_at, customer_id from cases where number = @number", new { number });
                var told = log.Aggregate(new CaseState(), (state, row) => state.After(CaseJson.Event(row.Kind, row.Body)));
                byte[] head = [];
                foreach (var row in log)
                    head = CaseJson.Link(head, number, row.Seq, row.At, row.Kind, row.Sealed);
                if (CaseJson.Write(told) != stored.State || !head.SequenceEqual(stored.Head) || told.OpenedAt.ToUnixTimeMilliseconds() != stored.Opened || told.CustomerId != stored.Customer)
                    bad++;
            }

            return bad;
        });
        table.Add(kind, "cases, of 500 that were looked at, whose log does not give their state", wrong, "", target: 1, lessIsBetter: true);
        return wrong;
    }

    private static async Task<int> CatchUp(IServiceProvider services, string kind, long events, Table table)
    {
        var (reader, database, watch, said) = (services.GetRequiredService<ReportReader>(), services.GetRequiredService<Database>(), Stopwatch.StartNew(), TimeSpan.Zero);
        await reader.CatchUp(waiting =>
        {
            if (watch.Elapsed - said < TimeSpan.FromSeconds(30))
                return;
            said = watch.Elapsed;
            Console.Error.WriteLine($"  {kind}: {waiting:N0} cases to count after {watch.Elapsed.TotalSeconds:N0} s");
        });
        table.Add(kind, "catching up, all cases, events", events / watch.Elapsed.TotalSeconds, "/s");
        table.Add(kind, "catching up, all cases", watch.Elapsed.TotalSeconds, "s");
        table.Add(kind, "sums that are kept", await database.Read(connection => connection.ExecuteScalarAsync<long>("select count(*) from report_counts")), "");
        return 0;
    }

    private static async Task<(double Events, double Cases)> Scans(IServiceProvider services, string kind, Table table)
    {
        var database = services.GetRequiredService<Database>();
        async Task<double> Time(string sql)
        {
            var watch = Stopwatch.StartNew();
            await database.Read(connection => connection.ExecuteScalarAsync<long>(sql, commandTimeout: 600));
            return watch.Elapsed.TotalMilliseconds;
        }

        const string eventsSql = "select cast(sum(length(kind)) as bigint) from events where at > 0", casesSql = "select count(*) from cases where preview <> 'no such words'";
        await Time(casesSql);
        var scans = (await Time(eventsSql), await Time(casesSql));
        table.Add(kind, "reading all events once", scans.Item1, "ms");
        table.Add(kind, "reading all cases once", scans.Item2, "ms");
        return scans;
    }

    private static async Task Pages(string kind, Place place, Options options, (double Events, double Cases) scans, Table table)
    {
        var addresses = (await place.Addresses()).Where(address => address.StartsWith("/reports/", StringComparison.Ordinal) && !address.Contains('{') && !address.EndsWith("/export", StringComparison.Ordinal)).Concat(Others).Where(address => options.Pages is null || address.Contains(options.Pages, StringComparison.Ordinal)).Distinct().Order(StringComparer.Ordinal).ToList();
        place.App.Start();
        await place.App.Answers("/sign-in", TimeSpan.FromMinutes(10));
        using var browser = await Browser.SignIn(place.App.Address, Owner, Password);
        var counted = ReportBook.All.Select(entry => "/reports/" + entry.Key).ToHashSet();
        var to = DateTime.UtcNow.Date;
        foreach (var address in addresses)
        {
            var usual = Needed.TryGetValue(address, out var needed) ? $"{address}?{needed}" : address;
            // the cases behind a figure have no days or sorts of their own: they are what somebody asked for
            await Measure(kind, browser, options, usual, usual, address.EndsWith("/cases", StringComparison.Ordinal) ? FreeP95 : kind == "postgres" ? PostgresP95 : SqliteP95, scans.Events, table);
            string[] others = counted.Contains(address) ? [$"from={to.AddDays(-364):yyyy-MM-dd}&to={to:yyyy-MM-dd}", $"from={to.AddDays(-271):yyyy-MM-dd}&to={to.AddDays(-45):yyyy-MM-dd}&category=DEL"] : Free.GetValueOrDefault(address, []);
            foreach (var free in others)
                await Measure(kind, browser, options, $"{address}?{free}", $"{address} with {free}", FreeP95, scans.Events, table);
        }
    }

    private static async Task Measure(string kind, Browser browser, Options options, string url, string name, double target, double scan, Table table)
    {
        (HttpStatusCode Status, long Bytes) first = default;
        var watch = Stopwatch.StartNew();
        try
        {
            first = await browser.Get(url).WaitAsync(TimeSpan.FromSeconds(MostPatience));
        }
        catch (TimeoutException)
        {
            table.Add(kind, $"{name}, no answer", MostPatience * 1000, "ms", target: target, lessIsBetter: true);
            return;
        }

        if ((int)first.Status >= 300)
        {
            table.Add(kind, $"{name} answers {(int)first.Status}: not measured", 0, "/s", target: 1);
            return;
        }

        var times = new List<double>();
        for (var all = Stopwatch.StartNew(); times.Count < FewestTimes || all.Elapsed < TimeSpan.FromSeconds(options.Seconds) && times.Count < 100;)
        {
            watch.Restart();
            await browser.Get(url);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }

        times.Sort();
        table.Add(kind, $"{name}, p50", times[times.Count / 2], "ms");
        table.Add(kind, $"{name}, p95", times[(int)(times.Count * 0.95)], "ms", scan, "ms to read all events", target, lessIsBetter: true);
    }
}
