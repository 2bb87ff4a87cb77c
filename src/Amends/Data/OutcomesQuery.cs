using Amends.Data.Rollups;
using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.Causes;
using Amends.Domain.Listening;
using Amends.Domain.Outcomes;
using Amends.Domain.Reports;
using Dapper;

namespace Amends.Data;

/// <summary>Reads what came of the last days, and of as many days before them, from the sums.</summary>
public sealed class OutcomesQuery(Database database)
{
    /// <summary>The numbers of days that can be chosen, the usual one first.</summary>
    public static IReadOnlyList<int> Choices { get; } = [90, 30, 365];

    private const int FewestComplaints = 3; // fewer are no pattern
    private const int MostPatterns = 8;
    private const int MostImprovements = 6;
    private const int MostLessons = 20;
    private const int DaysBeside = 28; // of a change

    private static readonly (string Sort, Trait Trait)[] Shared = [("product", Trait.Product), ("lot", Trait.Lot), ("carrier", Trait.Carrier)];

    /// <summary>Loads the report.</summary>
    /// <param name="days">How many days, today the last of them.</param>
    /// <param name="now">Now.</param>
    /// <param name="zone">Where days begin at midnight.</param>
    /// <param name="ct">The request's end.</param>
    public Task<OutcomesReport> Read(int days, DateTimeOffset now, TimeZoneInfo zone, CancellationToken ct) => database.Read(async connection =>
    {
        var (counts, traits, today) = (new ReportCounts(connection, database), new TraitCounts(connection), LocalDay.Of(now, zone));
        var slice = new Slice(today.AddDays(1 - days), today, null);
        var stretch = await StretchOf(counts, traits, slice);
        var lessons = (await connection.QueryAsync<EventRow>("select e.case_number, e.kind, e.body from events e where e.kind = 'lesson_learned' and e.at >= @from and e.at <= @now order by e.at desc, e.case_number, e.seq desc",
            new { from = LocalDay.Begins(slice.From, zone).ToUnixTimeMilliseconds(), now = now.ToUnixTimeMilliseconds() })).AsList();
        return new OutcomesReport(days, now, zone)
        {
            This = stretch, Last = await StretchOf(counts, traits, slice.Before),
            Bars = PromiseBar.Of(await counts.Daily(Measure.Promise, slice), slice),
            Causes = [.. (await traits.Complaints(Trait.EndedFor, slice)).Select(row => (row.Value, (int)row.Count)).OrderByDescending(cause => cause.Item2).ThenBy(cause => cause.Value, StringComparer.Ordinal)],
            Patterns = await Patterns(traits, slice),
            Lessons = [.. lessons.Take(MostLessons).Select(row => (LessonLearned)CaseJson.Event(row.Kind, row.Body) is var news ? new LearnedFrom(row.CaseNumber, news.Lesson, news.At) : null!)],
            LearnedFrom = lessons.Select(row => row.CaseNumber).Distinct().Count(),
            Improvements = await Improvements(connection, counts, zone, today),
            Waiting = await connection.ExecuteScalarAsync<long>(ReportBook.WaitingSql),
        };
    }, ct);

    /// <summary>The complaints that ended in these days and were put down to a cause, the newest end first.</summary>
    /// <param name="cause">Its code.</param>
    /// <param name="days">How many days, today the last of them.</param>
    /// <param name="now">Now.</param>
    /// <param name="zone">Where days begin at midnight.</param>
    /// <param name="ct">The request's end.</param>
    /// <returns>No more than <see cref="CountedCases.Most"/> and one.</returns>
    public Task<IReadOnlyList<CountedCases.Found>> PutDownTo(string cause, int days, DateTimeOffset now, TimeZoneInfo zone, CancellationToken ct) => database.Read(async connection =>
    {
        var today = LocalDay.Of(now, zone);
        var rows = await connection.QueryAsync<EndedRow>(new CommandDefinition(
            "select number, closed_at from cases where kind = 1 and goes_on_in is null and cause = @cause and closed_at >= @from and closed_at < @until order by closed_at desc, number desc limit @Most",
            new { cause, from = LocalDay.Begins(today.AddDays(1 - days), zone).ToUnixTimeMilliseconds(), until = LocalDay.Begins(today.AddDays(1), zone).ToUnixTimeMilliseconds(), Most = CountedCases.Most + 1 }, cancellationToken: ct));
        return await CountedCases.Named(connection, database, rows.Select(row => (row.Number, LocalDay.Of(DateTimeOffset.FromUnixTimeMilliseconds(row.ClosedAt), zone), (string?)null)));
    }, ct);

    private static async Task<Stretch> StretchOf(ReportCounts counts, TraitCounts traits, Slice slice)
    {
        var (closed, recurred) = (await counts.Of(Measure.Closed, slice), await counts.Of(Measure.Recurred, slice));
        var said = await counts.Of(Measure.Said, slice, [(long)Scale.Satisfied]);
        return new(await counts.Of(Measure.Ended, slice), PromiseReport.Kept(await counts.Of(Measure.Promise, slice)), Question.Share(said.BucketsOfAll.Where(each => each.Bucket >= 4).Sum(each => each.Count), said.All),
            Question.Share(recurred.All, closed.All), (int)(await counts.Of(Measure.Opened, slice)).All, (int)await traits.AllOrders(slice));
    }

    /// <summary>Products, lots and carriers with more complaints for their orders than all have, the surest first.</summary>
    private static async Task<IReadOnlyList<Pattern>> Patterns(TraitCounts traits, Slice slice)
    {
        var (orders, complaints) = (await traits.AllOrders(slice), await traits.AllComplaints(slice));
        var patterns = new List<Pattern>();
        foreach (var (sort, trait) in Shared)
        {
            var exposure = (await traits.Orders(trait, slice)).ToDictionary(row => row.Value, row => row.Count);
            patterns.AddRange((await traits.Complaints(trait, slice)).Where(row => row.Value.Length > 0 && row.Count >= FewestComplaints && exposure.ContainsKey(row.Value)).Select(row => new Pattern(sort, row.Value, row.Count, exposure[row.Value])));
        }

        return [.. patterns.Where(pattern => orders > 0 && pattern.Complaints * orders > complaints * pattern.Orders).OrderByDescending(pattern => pattern.Within!.Value.Low).ThenBy(pattern => pattern.Name, StringComparer.Ordinal).Take(MostPatterns)];
    }

    private static async Task<IReadOnlyList<Improvement>> Improvements(System.Data.Common.DbConnection connection, ReportCounts counts, TimeZoneInfo zone, DateOnly today)
    {
        var rows = (await connection.QueryAsync<ImprovementRow>("select i.id, i.since, i.what, p.name from improvements i join people p on p.id = i.noted_by where i.since > 0 order by i.since desc, i.id desc limit @MostImprovements", new { MostImprovements })).AsList();
        var promised = (await connection.QueryAsync<PromisedRow>("select improvement_id, case_number from improvement_cases order by case_number, remedy_id")).ToLookup(row => row.ImprovementId, row => row.CaseNumber);
        var improvements = new List<Improvement>();
        foreach (var row in rows)
        {
            var since = DateTimeOffset.FromUnixTimeMilliseconds(row.Since);
            var first = LocalDay.Of(since, zone);
            var (before, after) = (new Slice(first.AddDays(-DaysBeside), first.AddDays(-1), null), new Slice(first, first.AddDays(DaysBeside - 1) is var end && end < today ? end : today, null));
            improvements.Add(new(row.What, row.Name, since, PromiseReport.Kept(await counts.Of(Measure.Promise, before)), PromiseReport.Kept(await counts.Of(Measure.Promise, after))) { Cases = [.. promised[row.Id].Distinct()], Stretches = (before, after) });
        }

        return improvements;
    }

    private sealed class EndedRow
    {
        public long Number { get; init; }
        public long ClosedAt { get; init; }
    }

    private sealed class EventRow
    {
        public long CaseNumber { get; init; }
        public string Kind { get; init; } = "";
        public string Body { get; init; } = "";
    }

    private sealed class PromisedRow
    {
        public long ImprovementId { get; init; }
        public long CaseNumber { get; init; }
    }

    private sealed class ImprovementRow
    {
        public long Id { get; init; }
        public long Since { get; init; }
        public string What { get; init; } = "";
        public string Name { get; init; } = "";
    }
}
