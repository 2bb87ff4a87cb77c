using System.Data.Common;
using Amends.Domain.Calendars;
using Amends.Domain.People;
using Amends.Domain.Reports;
using Amends.Domain.Statistics;
using Dapper;

namespace Amends.Data.Rollups;

/// <summary>All reports that are read from the counts, and how one is read.</summary>
public sealed class ReportBook(Database database, StoredSettings settings, WorthDesk worth, TimeProvider clock)
{
    /// <summary>Days that a report is about when nobody chose others.</summary>
    public const int UsualDays = 90;

    /// <summary>So many changes that wait are counted at most.</summary>
    public const int MostWaiting = 10_000;

    /// <summary>How many changes of cases and orders are not counted yet.</summary>
    internal static readonly string WaitingSql = $"select count(*) from (select 1 from (select 1 from report_due limit {MostWaiting}) as cases_due union all select 1 from (select 1 from order_due limit {MostWaiting}) as orders_due) as due";

    /// <inheritdoc cref="WaitingSql"/>
    public static Task<long> Waiting(Database database, CancellationToken ct) => database.Read(connection => connection.ExecuteScalarAsync<long>(WaitingSql), ct);

    /// <summary>Each report with its title and the role from which it is for; in the order of the list.</summary>
    public static IReadOnlyList<Entry> All { get; } =
    [
        new("recovery", "Service recovery", Role.Manager, RecoveryReport.Read), new("promises", "Promises kept", Role.Manager, PromiseReport.Read), new("times", "Times", Role.Manager, TimesReport.Read),
        new("bottlenecks", "Where cases stand", Role.Manager, BottleneckReport.Read), new("satisfaction", "Satisfaction", Role.Agent, SatisfactionReport.Read), new("repeats", "First contact and repeats", Role.Manager, RepeatReport.Read),
        new("upheld", "Upheld", Role.Manager, UpheldReport.Read), new("justice", "Fairness", Role.Manager, JusticeReport.Read), new("what-matters", "What matters", Role.Agent, MattersReport.Read), new("quarter", "Quarterly results", Role.Manager, QuarterReport.Read) { NeedsWorth = true },
        new("stayed", "Who bought again", Role.Agent, StayedReport.Read) { Days = 365 }, new("nudges", "Telephone", Role.Manager, NudgeReport.Read), new("steps", "Steps taken", Role.Agent, StepsReport.Read),
        new("teams", "Teams", Role.Manager, TeamsReport.Read),
    ];

    /// <summary>Reads one.</summary>
    /// <param name="entry">Which.</param>
    /// <param name="slice">Of which days and complaints; as many as are usual for it without.</param>
    /// <param name="reader">Who reads it; <c>null</c> for a program.</param>
    /// <param name="ct">The request's end.</param>
    public async Task<Report> Read(Entry entry, Slice? slice, Actor? reader, CancellationToken ct)
    {
        var (company, now) = (await settings.Company(ct), clock.GetUtcNow());
        var days = slice ?? entry.Usual(LocalDay.Of(now, company.Zone()));
        var book = entry.NeedsWorth ? await worth.Book(ct) : null;
        return await database.Read(async connection =>
        {
            var report = await entry.Read(new(connection, new ReportCounts(connection, database), days, company, reader, now) { Assumed = book });
            return report with { Currency = company.Currency, Waiting = await connection.ExecuteScalarAsync<long>(WaitingSql) };
        }, ct);
    }

    /// <summary>A report in the list.</summary>
    /// <param name="Key">Its name in addresses.</param>
    /// <param name="Title">Its title.</param>
    /// <param name="From">The role from which it is for.</param>
    /// <param name="Read">Reads it.</param>
    public sealed record Entry(string Key, string Title, Role From, Func<Question, Task<Report>> Read)
    {
        /// <summary>How many days it is about when nobody chose others.</summary>
        public int Days { get; init; } = UsualDays;

        /// <summary>It tells what was kept and what that cost.</summary>
        public bool NeedsWorth { get; init; }

        /// <summary>These days.</summary>
        public Slice Usual(DateOnly last) => new(last.AddDays(1 - Days), last, null);
    }
}

/// <summary>What a report is asked.</summary>
/// <param name="Connection">An open connection, for what is not counted.</param>
/// <param name="Counts">The counts.</param>
/// <param name="Slice">Of which days and complaints.</param>
/// <param name="Company">For its hours and currency.</param>
/// <param name="Reader">Who asks; <c>null</c> for a program.</param>
/// <param name="Now">Now.</param>
public sealed record Question(DbConnection Connection, ReportCounts Counts, Slice Slice, Company Company, Actor? Reader, DateTimeOffset Now)
{
    /// <summary>What is assumed of what customers are worth; <c>null</c> for reports that do not tell it.</summary>
    internal AssumptionBook? Assumed { get; init; }

    /// <summary>The sums of these days, and of as many before.</summary>
    public async Task<(Sums Now, Sums Before)> Both(Measure measure, params long[] parts) => (await Counts.Of(measure, Slice, parts.Length == 0 ? null : parts), await Counts.Of(measure, Slice.Before, parts.Length == 0 ? null : parts));

    /// <summary>How many orders were placed in some days; of all categories, since an order has none.</summary>
    public Task<long> Orders(Slice days) => new TraitCounts(Connection).AllOrders(days);

    /// <summary>The days, weeks or months of the slice, each by its first day: as many as can be drawn.</summary>
    public IReadOnlyList<(DateOnly From, DateOnly To)> Stretches()
    {
        var stretches = new List<(DateOnly, DateOnly)>();
        var step = Slice.Days <= 45 ? 1 : Slice.Days <= 200 ? 7 : 0;
        for (var (to, from) = (Slice.To, Slice.To); to >= Slice.From; to = from.AddDays(-1))
        {
            from = step > 0 ? to.AddDays(1 - step) : new DateOnly(to.Year, to.Month, 1);
            from = from < Slice.From ? Slice.From : from;
            stretches.Add((from, to));
        }

        stretches.Reverse();
        return stretches;
    }

    /// <summary>The sums of a measure for each of some stretches.</summary>
    public async Task<IReadOnlyList<Sums>> Along(Measure measure, IReadOnlyList<(DateOnly From, DateOnly To)> stretches, IReadOnlyList<long>? parts = null)
    {
        var sums = new List<Sums>();
        if (Slice.Days > 200)
        {
            foreach (var (from, to) in stretches)
                sums.Add(await Counts.Of(measure, Slice with { From = from, To = to }, parts));
            return sums;
        }

        var daily = await Counts.Daily(measure, Slice, parts);
        foreach (var (from, to) in stretches)
            sums.Add(new(Enumerable.Range(from.DayNumber, to.DayNumber - from.DayNumber + 1).SelectMany(day => daily[day])));
        return sums;
    }

    /// <summary>"Day", "Week from" or "Month": what <see cref="Stretches"/> are.</summary>
    public string StretchWord => Slice.Days <= 45 ? "Day" : Slice.Days <= 200 ? "Week from" : "Month from";

    /// <summary>The query of the page with the cases that a figure counts.</summary>
    public string CasesOf(Measure measure, long? part = null, int? least = null, int? most = null, Slice? slice = null, string? category = null)
    {
        var days = slice ?? Slice;
        return CasesOf(category is null ? days : days with { Category = category }, measure, part, least, most);
    }

    /// <summary>The same of some days and complaints.</summary>
    public static string CasesOf(Slice days, Measure measure, long? part = null, int? least = null, int? most = null) =>
        $"measure={measure}{(part is { } sort ? $"&part={sort}" : "")}{(least is { } low ? $"&least={low}" : "")}{(most is { } high ? $"&most={high}" : "")}&from={days.From:yyyy-MM-dd}&to={days.To:yyyy-MM-dd}{days.CategoryQuery}";

    /// <summary>So many of so many.</summary>
    public static Proportion Share(long hits, long of) => new(checked((int)hits), checked((int)of));
}
