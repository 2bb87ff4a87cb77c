using System.Data.Common;
using System.Globalization;
using Amends.Data.Rollups;
using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.Outcomes;
using Amends.Domain.Reports;
using Amends.Domain.Statistics;
using Amends.Domain.Worth;
using Dapper;
using Measure = Amends.Domain.Reports.Measure;

namespace Amends.Data;

/// <summary>Reads what recovery is worth: from the sums that are kept, and from the assumptions of now. The page, the file and the answer for programs all come from here.</summary>
public sealed class WorthQuery(Database database, WorthDesk desk, StoredSettings settings, TimeProvider clock)
{
    private static readonly long[] Channels = [.. Enum.GetValues<Channel>().Select(channel => (long)channel)];

    /// <summary>Loads the report.</summary>
    /// <param name="asked">Over how many days; one of <see cref="WorthReport.SpanChoices"/>, else 365.</param>
    /// <param name="askedWithin">Within how many days buying again counts; one of <see cref="WorthReport.WithinChoices"/>, else 90.</param>
    /// <param name="ct">The request's end.</param>
    public async Task<WorthReport> Read(int? asked, int? askedWithin, CancellationToken ct)
    {
        var (days, within) = (asked is { } span && WorthReport.SpanChoices.Contains(span) ? span : 365, askedWithin is { } wait && WorthReport.WithinChoices.Contains(wait) ? wait : 90);
        var (company, book, now) = (await settings.Company(ct), await desk.Book(ct), clock.GetUtcNow());
        var (zone, currency) = (company.Zone(), company.Currency);
        var last = LocalDay.Of(now, zone);
        var slice = new Slice(last.AddDays(1 - days), last, null);
        var over = slice with { To = last.AddDays(-within - 1) }; // the last day all of whose complaints have had so many days
        var orders = await desk.OfOrders(days, ct);
        return await database.Read(async connection =>
        {
            var counts = new ReportCounts(connection, database);
            var sums = await WorthSums.Read(counts, slice);
            var again = new WorthAgain(over, within, over.To < over.From ? new Sums([]) : await WorthSums.Again(counts, over));
            var answered = await WorthSums.Answered(counts, slice);
            var rates = await Rates(connection, counts, slice);
            var months = await Months(connection, counts, sums, book, currency, slice);
            var cost = sums.Cost(book, currency);
            var (kept, others) = (sums.Risk(Ending.PutRight, book, currency), sums.Risk(Ending.NotPutRight, book, currency) + sums.Risk(Ending.NoAnswer, book, currency));
            var back = RecoveryReturn.Of((kept + others).Before, (kept with { Before = kept.After } + others).Before, cost.Remedy + cost.Shipping + cost.WriteOff + cost.LostMargin, cost.Labour);
            return new WorthReport(days, within, slice.From, slice.To, currency, book,
            [
                WorthSections.Kept(sums, book, currency, slice), WorthSections.Costs(sums, cost, back, slice), WorthSections.Balance(book, months, currency, slice), WorthSections.Loyal(orders.Loyal), WorthSections.Silent(book, rates), WorthSections.Again(orders.Bought),
                WorthSections.Fast(again), WorthSections.Remedies(answered, again, slice), WorthSections.Said(again), WorthSections.Mended(sums, rates, slice),
            ], months, back, cost)
            {
                Waiting = await connection.ExecuteScalarAsync<long>(ReportBook.WaitingSql),
                Surveys = (await connection.QueryAsync<VoiceSurvey>($"select v.asked_on, v.asked, v.told, v.how, p.name as noted_by from voice_surveys v join people p on p.id = v.person_id order by v.asked_on desc, v.at desc limit {VoiceSurvey.Most}")).AsList(),
            };
        }, ct);
    }

    private static async Task<ComplaintRates> Rates(DbConnection connection, ReportCounts counts, Slice slice)
    {
        var span = new { first = Iso(slice.From), earlier = Iso(slice.Before.From) };
        var asked = await connection.QuerySingleAsync<AskedRow>(
            """
            select coalesce(sum(case when asked_on >= @first then asked else 0 end), 0) as asked, coalesce(sum(case when asked_on >= @first then told else 0 end), 0) as told,
                coalesce(sum(case when asked_on < @first then asked else 0 end), 0) as asked_before, coalesce(sum(case when asked_on < @first then told else 0 end), 0) as told_before from voice_surveys where asked_on >= @earlier
            """, span);
        return new((await counts.Of(Measure.Opened, slice, Channels)).All, (await counts.Of(Measure.Opened, slice.Before, Channels)).All, await new TraitCounts(connection).AllOrders(slice), await new TraitCounts(connection).AllOrders(slice.Before),
            Question.Share(asked.Told, asked.Asked), Question.Share(asked.ToldBefore, asked.AskedBefore), slice);

        static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private static async Task<IReadOnlyList<WorthMonth>> Months(DbConnection connection, ReportCounts counts, WorthSums sums, AssumptionBook book, string currency, Slice slice)
    {
        var keeping = await WorthSums.Keeping(counts, slice);
        var spent = (await connection.QueryAsync<MonthRow>("select month, new_customers as customers, minor from acquisition_spend where currency = @currency", new { currency })).ToDictionary(row => row.Month);
        var months = new List<WorthMonth>();
        for (var month = new DateOnly(slice.From.Year, slice.From.Month, 1); month <= slice.To; month = month.AddMonths(1))
        {
            var (key, number) = (month.ToString("yyyy-MM", CultureInfo.InvariantCulture), Cell.MonthOf(month.DayNumber));
            var within = slice with { From = month > slice.From ? month : slice.From, To = month.AddMonths(1).AddDays(-1) is var end && end < slice.To ? end : slice.To };
            WorthFigure Ended(string name, string title, Ending ending) => WorthFigure.Span($"{name}.{key}", $"{title} in {month.ToString("MMMM yyyy", CultureInfo.InvariantCulture)}", "As above, of the complaints that ended in this month.",
                sums.Risk(ending, number, book, currency).AtRisk, WorthSections.EndedSo(sums.Ended(ending, number), ending, within));
            months.Add(new(month, Ended("kept", "Kept", Ending.PutRight), Ended("lost", "Lost", Ending.NotPutRight), Ended("unknown", "Not known", Ending.NoAnswer),
                WorthFigure.Of($"keeping.{key}", "Spent on keeping", "Remedies at cost, minutes of work, and what was written down, by its day.", keeping.GetValueOrDefault(number)?.Minor(book, currency) ?? 0, WorthSections.Spent(within)),
                new($"finding.{key}", "Spent on finding", "What you brought in for this month; n is the new customers.", WorthUnit.Money, spent.GetValueOrDefault(key)?.Customers ?? 0, spent.GetValueOrDefault(key)?.Minor, null, null) { Source = WorthSections.SpendPage }));
        }

        return months;
    }

    private sealed class AskedRow
    {
        public long Asked { get; init; }
        public long Told { get; init; }
        public long AskedBefore { get; init; }
        public long ToldBefore { get; init; }
    }

    private sealed class MonthRow
    {
        public string Month { get; init; } = "";
        public long Customers { get; init; }
        public long Minor { get; init; }
    }
}

/// <summary>Complaints beside orders, in some days and in as many before.</summary>
internal sealed record ComplaintRates(long Complaints, long Before, long Orders, long OrdersBefore, Proportion Voice, Proportion VoiceBefore, Slice Slice)
{
    /// <summary>The interval of complaints for 100 orders, by Garwood's of their number.</summary>
    public (double Low, double High)? Within => Orders == 0 ? null : PoissonRate.CountInterval(Complaints) is var count ? (100 * count.Low / Orders, 100 * count.High / Orders) : null;

    /// <summary>The complaints.</summary>
    public WorthCases Cases => new(Complaints, new(Measure.Opened, null, null, null, Slice));

    /// <summary>Those before.</summary>
    public WorthCases CasesBefore => new(Before, new(Measure.Opened, null, null, null, Slice.Before));

    /// <summary>Complaints for 100 orders; <c>null</c> without an order.</summary>
    public static double? Of(long complaints, long orders) => orders == 0 ? null : 100.0 * complaints / orders;
}

/// <summary>Who bought again.</summary>
/// <param name="Over">The days whose complaints have had the days that are asked for.</param>
/// <param name="Within">How many days these are.</param>
/// <param name="Sums">The sums.</param>
internal sealed record WorthAgain(Slice Over, int Within, Sums Sums)
{
    /// <summary>A figure of who bought again among some.</summary>
    public WorthFigure Of(string key, string title, string definition, params long[] among)
    {
        var least = (int)WorthParts.Least(Within);
        var rows = among.SelectMany(Sums.Buckets).ToList();
        var all = rows.Sum(row => row.Count);
        return WorthFigure.Rate(key, title, definition, Question.Share(rows.Where(row => row.Bucket >= least).Sum(row => row.Count), all), new(all, new(Measure.WorthAgain, among[0], null, null, Over)));
    }
}

/// <summary>Grades in words.</summary>
public static class GradeWords
{
    /// <summary>As they stand beside a figure.</summary>
    public static string Of(Grade grade) => grade switch { Grade.Folklore => "folklore, unverified", Grade.Survey => "a survey", _ => "your own data" };
}
