using System.Diagnostics;
using System.Net;
using Amends.Clock;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Jobs;
using Dapper;
using Microsoft.Extensions.Hosting;

namespace Amends.Bench;

/// <summary>
/// What recovery does all day: change a case (load it, run a verb, save its events and jobs) beside a bare durable update of one row as
/// long as a case, wake cases whose time has come, and show the boards over very many open cases.
/// </summary>
public static class RecoveryBench
{
    private const int CasesInUnit = 100, WarmUp = 1;

    /// <summary>Measures it.</summary>
    public static async Task Run(string kind, Options options, Table table)
    {
        await using var place = await Place.On(kind, options);
        Console.Error.WriteLine($"  {kind}: making {options.Sleepers} open cases");
        var filling = Stopwatch.StartNew();
        var numbers = await place.Prepare(services => Fill(services, options.Sleepers));
        Console.Error.WriteLine($"  {kind}: made in {filling.Elapsed.TotalSeconds:N0} s");
        await place.KeepHouse();
        await place.Prepare(async services =>
        {
            await Changes(kind, services, place, numbers, options, table);
            await Waking(kind, services, numbers.Count, table);
            return 0;
        });
        await place.KeepHouse();
        await Boards(kind, place, options, table);
    }

    /// <summary>Open complaints of a day ago whose promises are spread over the days around now: most are overdue, and asleep until somebody wakes them.</summary>
    private static async Task<List<long>> Fill(IServiceProvider services, int count)
    {
        var people = await DataSet.AddCompany(services);
        var (database, cases) = (services.GetRequiredService<Database>(), services.GetRequiredService<CaseStore>());
        var company = await services.GetRequiredService<StoredSettings>().Company();
        var (now, calendar) = (DateTimeOffset.UtcNow, company.Calendar());
        var customer = await database.Write(async unit => await Customers.FindOrAdd(unit, "customer@c.example", "Customer", null, now));
        var numbers = new List<long>(count);
        for (var from = 0; from < count; from += CasesInUnit)
        {
            var (begin, end) = (from, Math.Min(count, from + CasesInUnit));
            numbers.AddRange(await database.Write(async unit =>
            {
                var made = new List<long>();
                for (var i = begin; i < end; i++)
                {
                    var chance = new Random(i);
                    var by = Actor.Customer(customer.Id, customer.Name);
                    var @case = Case.Open(new Opening(Channel.Mail, CaseKind.Complaint, DataSet.Text(chance, 5), DataSet.Text(chance, 60), customer.Id, customer.Name, people[i % people.Count]), by, calendar, now.AddDays(-1 - i % 4));
                    made.Add(await cases.OpenIn(unit, @case));
                }

                return made;
            }));
        }

        return numbers;
    }

    private static async Task Changes(string kind, IServiceProvider services, Place place, List<long> numbers, Options options, Table table)
    {
        var cases = services.GetRequiredService<CaseStore>();
        var (me, length) = (Actor.Person(1, "Agent 0", Role.Agent), TimeSpan.FromSeconds(options.Seconds));
        var rows = Enumerable.Range(0, 7).Select(seed => { var row = new byte[2_500]; new Random(seed).NextBytes(row); return row; }).ToList(); // as long as a young case, and other bytes each time: what does not change is not written
        foreach (var concurrency in (int[])[1, 8])
        {
            var limit = await InsertLimit.Measure(kind, place, rows, concurrency, length, isUpdate: true);
            Task Change(int i) => cases.Change(numbers[(int)((long)i * 7919 % numbers.Count)], @case => @case.Escalate($"look {i}", me, DateTimeOffset.UtcNow));
            await InsertLimit.Rate(concurrency, TimeSpan.FromSeconds(WarmUp), Change);
            var rate = await InsertLimit.Rate(concurrency, length, Change);
            table.Add(kind, $"change of a case with its event and job, c {concurrency}", rate, "/s", limit, "durable updates of one row /s");
        }
    }

    private static async Task Waking(string kind, IServiceProvider services, int count, Table table)
    {
        var (wake, database) = (services.GetServices<IHostedService>().OfType<WakeCases>().Single(), services.GetRequiredService<Database>());
        var watch = Stopwatch.StartNew();
        while (await wake.RunOnce(CancellationToken.None))
        {
        }

        var took = watch.Elapsed.TotalSeconds;
        var asleep = await database.Read(connection => connection.ExecuteScalarAsync<long>("select count(*) from cases where wake_at < @now", new { now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() }));
        var missed = await database.Read(connection => connection.ExecuteScalarAsync<long>("select count(*) from cases where missed = 1"));
        table.Add(kind, $"waking {missed:N0} of {count:N0} cases whose promise is broken, two events and two jobs each", missed / took, "/s");
        table.Add(kind, "cases that slept on", asleep, "", target: 1, lessIsBetter: true);
        await database.Write(unit => unit.Run("delete from jobs")); // the letters of a desk that nobody attends to are another measurement
    }

    private static async Task Boards(string kind, Place place, Options options, Table table)
    {
        place.App.Start();
        await place.App.Answers("/sign-in", TimeSpan.FromMinutes(2));
        using var browser = await Browser.SignIn(place.App.Address, DataSet.EmailOf(0), DataSet.Password);
        foreach (var (name, url) in ((string, string)[])[("promise board", "/promises"), ("promise board, what is overdue", "/promises?when=overdue"), ("the team's list, by who needs it most", "/inbox/team"), ("what is due today", "/inbox/due"), ("Today", "/today")])
        {
            await Load.Run([browser], (one, _) => one.Get(url), TimeSpan.FromSeconds(WarmUp));
            var load = await Load.Run([browser], (one, _) => one.Get(url), TimeSpan.FromSeconds(options.Seconds));
            table.Add(kind, $"{name} over {options.Sleepers:N0} open cases, p50", load.Median, "ms");
            table.Add(kind, $"{name} over {options.Sleepers:N0} open cases, p95", load.P95, "ms", target: name == "promise board" ? 50 : null, lessIsBetter: true);
            if (load.Failures > 0)
                table.Add(kind, $"{name}, failed requests", load.Failures, "", target: 1, lessIsBetter: true);
        }
    }
}
