using System.Data.Common;
using System.Globalization;
using Amends.Domain;
using Amends.Domain.Calendars;
using Amends.Domain.CheckBacks;
using Amends.Domain.Outcomes;
using Amends.Domain.Statistics;
using Amends.Domain.Worth;
using Dapper;

namespace Amends.Data;

/// <summary>Counts what recovery is worth. The page, the file and the answer for programs all come from here.</summary>
public sealed class WorthQuery(Database database, WorthDesk desk, StoredSettings settings, TimeProvider clock)
{
    private const long Day = 86_400_000;

    /// <summary>Loads the report.</summary>
    /// <param name="asked">Over how many days; one of <see cref="WorthReport.SpanChoices"/>, else 365.</param>
    /// <param name="askedWithin">Within how many days buying again counts; one of <see cref="WorthReport.WithinChoices"/>, else 90.</param>
    /// <param name="ct">The request's end.</param>
    public async Task<WorthReport> Read(int? asked, int? askedWithin, CancellationToken ct)
    {
        var (days, within) = (asked is { } span && WorthReport.SpanChoices.Contains(span) ? span : 365, askedWithin is { } wait && WorthReport.WithinChoices.Contains(wait) ? wait : 90);
        var (company, book, now) = (await settings.Company(ct), await desk.Book(ct), clock.GetUtcNow());
        var (zone, currency) = (company.Zone(), company.Currency);
        var (last, first) = (LocalDay.Of(now, zone), LocalDay.Of(now, zone).AddDays(1 - days));
        return await database.Read(async connection =>
        {
            var from = LocalDay.Begins(first, zone);
            var cases = await WorthFacts.Ended(connection, database, book, currency, from, now);
            var orders = await WorthFacts.Orders(connection, currency, zone, from, now);
            var rates = await Rates(connection, from, now, first, days);
            var spans = new { from = first.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), since = from.ToUnixTimeMilliseconds(), currency };
            var loyal = await LoyalFacts.Read(connection, currency, now);
            var months = await Months(connection, cases, book, currency, first, last, spans, zone);
            var (kept, lost, unknown) = (cases.Where(each => each.IsRight).ToList(), cases.Where(each => each.Ending == Ending.NotPutRight).ToList(), cases.Where(each => each.Ending == Ending.NoAnswer).ToList());
            var cost = cases.Aggregate(new ComplaintCost(0, 0), (sum, each) => sum + each.Cost);
            var risk = cases.Aggregate(CaseRisk.None, (sum, each) => sum + each.Risk);
            var still = cases.Aggregate(CaseRisk.None, (sum, each) => sum + (each.IsRight ? each.Risk with { Before = each.Risk.After } : each.Risk));
            var back = RecoveryReturn.Of(risk.Before, still.Before, cost.Remedy + cost.Shipping + cost.WriteOff + cost.LostMargin, cost.Labour);
            return new WorthReport(days, within, first, last, currency, book,
            [
                Kept(kept, lost, unknown), Costs(cases, cost, back), Balance(book, months, currency), Loyal(loyal), Silent(book, rates), Again(orders, now), Fast(cases, within, now), Remedies(cases, within, now), Said(cases, within, now), Mended(cases, rates),
            ], months, back, cost) { IsCut = cases.Count == WorthFacts.Most };
        }, ct);
    }

    private static WorthSection Kept(List<EndedCase> kept, List<EndedCase> lost, List<EndedCase> unknown) => new("kept", "Kept and lost", "What customers are expected to bring who would have left, and do not, because it was put right. Every range goes from where all assumptions make least of it to where they make most.",
    [
        WorthFigure.Span("kept", "Kept", "The value at risk of complaints that ended with the customer’s own yes.", Sum(kept), Numbers(kept)),
        WorthFigure.Span("lost", "Lost", "The value at risk of complaints whose customer said no last, or with whom there was no agreement.", Sum(lost), Numbers(lost)),
        WorthFigure.Span("unknown", "Not known", "The value at risk of complaints that ended without an answer: it is counted neither as kept nor as lost.", Sum(unknown), Numbers(unknown)),
    ]);

    private static WorthSection Costs(List<EndedCase> cases, ComplaintCost cost, LowMidHigh<RecoveryReturn> back) => new("cost", "What complaints cost", "Of the complaints that ended in these days. Minutes of work are of a case and never of a person; nobody is measured by them.",
    [
        WorthFigure.Of("cost.labour", "Work", "Minutes that were seen on the case’s pages without pauses of more than five, and minutes that were written down, at what an hour costs.", cost.Labour, Numbers(cases.Where(each => each.Cost.Labour > 0))),
        WorthFigure.Of("cost.remedies", "Remedies at cost", "What the books say was given, less what was turned round: money as it is, vouchers as far as they are used, things and work at cost.", cost.Remedy, Numbers(cases.Where(each => each.Cost.Remedy > 0))),
        WorthFigure.Of("cost.other", "Shipping, goods written off, lost margin", "What was written down on the cases.", cost.Shipping + cost.WriteOff + cost.LostMargin, Numbers(cases.Where(each => each.Cost.Shipping + each.Cost.WriteOff + each.Cost.LostMargin > 0))),
        WorthFigure.Of("cost.total", "All of it", "The sum of the three.", cost.Total, Numbers(cases)),
        new("cost.mean", "A complaint, in the mean", "All of it over the complaints that ended.", WorthUnit.Money, cases.Count, cases.Count == 0 ? null : (double)cost.Total / cases.Count, null, null, Numbers(cases)),
        new("roi", "Came back for each 1 that was spent", "What was at risk, less what still is, less what it cost, over what it cost; 0 is even, 1 is a doubling.", WorthUnit.Number, cases.Count, back.Mid.Ratio, back.Low.Ratio, back.High.Ratio, Numbers(cases)) { RangeAlone = true },
    ]);

    private static WorthSection Loyal(LoyalFacts loyal) => new("loyal", "Loyal customers", $"Customers of two years and more with at least {LoyalFacts.FewestOrders} orders, by their own orders; n is how many they are. Fewer than {Proportion.Few} are not shown.",
    [
        Mean("loyal.first", "Their first order", "The mean of what their first order cost.", loyal.First, WorthUnit.Money), Middle("loyal.first_median", "Their first order, the middle one", "Half of these customers began with less, half with more.", loyal.First, WorthUnit.Money),
        Mean("loyal.lifetime", "All their orders", "The mean of what all their orders cost together.", loyal.Lifetime, WorthUnit.Money), Middle("loyal.lifetime_median", "All their orders, the middle one", "Half of these customers bought for less in all, half for more.", loyal.Lifetime, WorthUnit.Money),
        Mean("loyal.times", "All orders by the first one", "The mean of how many times the first order all of theirs cost.", loyal.Times, WorthUnit.Number), Middle("loyal.times_median", "All orders by the first one, the middle one", "Half of these customers brought fewer times their first order, half more.", loyal.Times, WorthUnit.Number),
    ]);

    private static WorthFigure Mean(string key, string title, string definition, IReadOnlyList<double> values, WorthUnit unit)
    {
        var mean = OwnFigure.Mean(values, default);
        return new(key, title, definition, unit, values.Count, mean?.Value, mean?.Low, mean?.High, []) { IsFew = values.Count < Proportion.Few };
    }

    private static WorthFigure Middle(string key, string title, string definition, IReadOnlyList<double> values, WorthUnit unit) =>
        new(key, title, definition, unit, values.Count, Spread.Of(values)?.Median, null, null, []) { IsFew = values.Count < Proportion.Few };

    private static WorthSection Balance(AssumptionBook book, IReadOnlyList<WorthMonth> months, string currency)
    {
        var (keeping, finding) = ((long)months.Sum(month => month.Keeping.Value ?? 0), months.Any(month => month.Finding.Value is not null) ? (long?)months.Sum(month => month.Finding.Value ?? 0) : null);
        var (acquisition, ratio, multiple) = (book[AssumptionBook.Acquisition], book[AssumptionBook.AcquireToKeep], book[AssumptionBook.LoyalMultiple]);
        return new("balance", "Keeping and finding", "There is no target for either. What is said everywhere about both stands here only until your own figures are enough.",
        [
            new("keeping", "Spent on keeping customers", "Remedies at cost by the day of the books, minutes of work by the day of the work, and what was written down, in these days; n is the months.", WorthUnit.Money, months.Count(month => month.Keeping.Value > 0), keeping, null, null, []),
            new("finding", "Spent on finding customers", "What you brought in for the months of these days; n is the months.", WorthUnit.Money, months.Count(month => month.Finding.Value is not null), finding, null, null, []),
            Assumed("acquisition", acquisition, WorthUnit.Money, (double)book.Minor(AssumptionBook.Acquisition, currency).Mid, book.Minor(AssumptionBook.Acquisition, currency)),
            Assumed("acquire_to_keep", ratio, WorthUnit.Number, ratio.Range?.Mid, null), Assumed("loyal_multiple", multiple, WorthUnit.Number, multiple.Range?.Mid, null), Assumed("retention", book[AssumptionBook.Retention], WorthUnit.Share, book[AssumptionBook.Retention].Range?.Mid, null),
        ]);

        static WorthFigure Assumed(string key, Held held, WorthUnit unit, double? value, LowMidHigh<long>? minor) => new(key, held.Of.Title, $"{(held.IsOwn ? held.Of.OwnWhat : $"Assumed ({GradeWords.Of(held.Grade)}): {held.Of.Source.TrimEnd('.')}.")}", unit, held.IsOwn ? held.Counted!.N : 0,
            held.Range is null ? null : value, held.Range is null ? null : minor?.Low ?? held.Range?.Low, held.Range is null ? null : minor?.High ?? held.Range?.High, []);
    }

    private static WorthSection Silent(AssumptionBook book, ComplaintRates rates)
    {
        var voice = book[AssumptionBook.Voice];
        var iceberg = voice is { IsOwn: true, Counted: { } own } ? Iceberg.Of(rates.Complaints, new Proportion((int)Math.Round(own.Value * own.N), own.N)) : Iceberg.Of(rates.Complaints, book.Range(AssumptionBook.Voice));
        var rests = voice.IsOwn ? $"by {voice.Counted!.N} customers whom you asked" : $"by an assumption ({GradeWords.Of(voice.Grade)})";
        return new("silent", "Problems and voices", "More complaints may mean that more goes wrong, or that more customers tell you. The two are told apart here, and a number of complaints alone is neither good nor bad.",
        [
            new("problem_rate", "Complaints told, for 100 orders", "Complaints that came in these days over the orders that were placed in them.", WorthUnit.Number, rates.Orders, rates.Of(rates.Complaints, rates.Orders), rates.Within?.Low, rates.Within?.High, rates.Numbers),
            new("problem_rate.before", "The same in as many days before", "Complaints over orders of the stretch of the same length before.", WorthUnit.Number, rates.OrdersBefore, rates.Of(rates.Before, rates.OrdersBefore), null, null, []),
            WorthFigure.Rate("voice", "Of those with a problem, told us", "Customers with a problem who were asked in these days and had told us about it.", rates.Voice, []),
            WorthFigure.Rate("voice.before", "The same in as many days before", "Customers with a problem who were asked in the stretch before.", rates.VoiceBefore, []),
            new("unhappy", "Unhappy customers", $"Complaints over the share that tells us, {rests}, with chance in the number of complaints.", WorthUnit.Number, rates.Complaints, iceberg.Unhappy, iceberg.UnhappyWithin.Low, iceberg.UnhappyWithin.High, rates.Numbers) { RangeAlone = true },
            new("silent", "Unhappy customers who said nothing", $"The unhappy without those who complained, {rests}.", WorthUnit.Number, rates.Complaints, iceberg.Silent, iceberg.SilentWithin.Low, iceberg.SilentWithin.High, rates.Numbers) { RangeAlone = true },
        ]);
    }

    private static WorthSection Again(IReadOnlyList<BoughtOnce> orders, DateTimeOffset now) => new("again", "Bought again after a complaint", "Beside customers who did not complain and whose order was of the same month and of like value. Who complains may differ in other ways: this shows what goes together, not what leads to what.",
    [
        .. WorthReport.WithinChoices.SelectMany(days =>
        {
            var compared = Repurchase.Of(orders, days, now.ToUnixTimeMilliseconds());
            var with = compared.Compared;
            return new WorthFigure[]
            {
                WorthFigure.Rate($"again.{days}", $"After a complaint, within {days} days", $"Customers who ordered again within {days} days after their first complaint, of those whose days are over and who have somebody alike.", with?.With ?? new(0, 0), compared.Cases),
                new($"again.{days}.alike", "Those alike without a complaint", $"The share who ordered again among customers alike, their days beginning {Texts.Count(compared.DelayDays, "day")} after the order, as complaints do in the middle.", WorthUnit.Share, with?.With.Of ?? 0, with?.Expected, null, null, []) { IsFew = with?.IsFew ?? true },
                new($"again.{days}.difference", $"Difference to those alike, within {days} days", "The share of those who complained less the share of those alike, with the interval of Zou and Donner for weighted shares.", WorthUnit.Share, with?.With.Of ?? 0, with?.Difference.By, with?.Difference.Within.Low, with?.Difference.Within.High, compared.Cases) { IsFew = with?.IsFew ?? true, MayBeChance = with is { Difference.IsClear: false } },
            };
        }),
    ]);

    private static readonly (string Key, string Title, int UpTo)[] Speeds = [("2", "Within 2 days", 2), ("7", "In 3 to 7 days", 7), ("14", "In 8 to 14 days", 14), ("30", "In 15 to 30 days", 30), ("more", "Later", int.MaxValue)];

    private static WorthSection Fast(List<EndedCase> cases, int within, DateTimeOffset now)
    {
        var right = cases.Where(each => each.IsRight && each.Again(within, now.ToUnixTimeMilliseconds()) is not null).ToLookup(each => Speeds.First(speed => each.FixedAt - each.OpenedAt <= speed.UpTo * (double)Day).Key);
        return new("fast", $"Bought again within {within} days, by how fast it was put right", "From when the complaint came until everything was done, for complaints that the customer called put right.",
            [.. Speeds.Select(speed => AgainOf($"fast.{speed.Key}", speed.Title, "Customers who ordered again after it ended, of those whose days are over.", right[speed.Key], within, now))]);
    }

    private static WorthSection Remedies(List<EndedCase> cases, int within, DateTimeOffset now) => new("remedies", "What remedies achieve", "A case with several kinds of remedy counts with each. Kinds are chosen for reasons, so a difference between them need not come from the remedy.",
    [
        .. cases.SelectMany(each => each.Kinds.Select(kind => (kind, each))).GroupBy(pair => pair.kind, pair => pair.each).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).SelectMany(group =>
        {
            var (name, key) = (Domain.Remedies.RemedyTypes.Of(group.Key).Name, group.Key.ToString().ToLowerInvariant());
            var answered = group.Where(each => each.Answer is not null).ToList();
            return new[]
            {
                WorthFigure.Rate($"remedy.{key}.yes", $"{name}: put right", "Customers whose last answer is yes, of those with an answer.", new(answered.Count(each => each.Answer!.Answer == CheckBackAnswer.Yes), answered.Count), Numbers(answered)),
                AgainOf($"remedy.{key}.again", $"{name}: bought again within {within} days", "Customers who ordered again after it ended, of those whose days are over.", group, within, now),
            };
        }),
    ]);

    private static WorthSection Said(List<EndedCase> cases, int within, DateTimeOffset now)
    {
        var said = cases.Where(each => each.Answer?.Survey?.Return is not null).ToLookup(each => each.Answer!.Survey!.Return!.Value);
        return new("said", "Said and done", "What customers said about coming back and whether they did; who was heard, and who was put right.",
        [
            AgainOf("said.yes", "Would come back, and ordered again", $"Customers who said yes and ordered again within {within} days after the end, of those whose days are over.", said[WouldReturn.Yes], within, now),
            AgainOf("said.other", "Would perhaps or not come back, and ordered again", "The same of those who said perhaps or no.", said[WouldReturn.Perhaps].Concat(said[WouldReturn.No]), within, now),
            AgainOf("heard.yes", "Confirmed what we understood, and ordered again", $"Customers who confirmed our summary and ordered again within {within} days after the end.", cases.Where(each => each.Confirmed == 1), within, now),
            AgainOf("heard.no", "Did not confirm it, and ordered again", "The same of those who did not.", cases.Where(each => each.Confirmed == 0), within, now),
            AgainOf("right.yes", "Put right, and ordered again", "The same of those who said that it is put right.", cases.Where(each => each.IsRight), within, now),
            AgainOf("right.no", "Not put right, and ordered again", "The same of those who said no last, or with whom there was no agreement.", cases.Where(each => each.Ending == Ending.NotPutRight), within, now),
        ]);
    }

    private static WorthSection Mended(List<EndedCase> cases, ComplaintRates rates)
    {
        var answered = cases.Where(each => each.Ending != Ending.NoAnswer).ToList();
        var others = answered.Where(each => each.SelfMade is null).ToList();
        return new("mended", "Recoveries beside problems", "How many complaints were put right says nothing without how many there were: fewer problems come first. A recovery that mends our own handling is no merit.",
        [
            new("mended.problems", "Complaints told, for 100 orders", "Complaints that came in these days over the orders that were placed in them.", WorthUnit.Number, rates.Orders, rates.Of(rates.Complaints, rates.Orders), rates.Within?.Low, rates.Within?.High, rates.Numbers),
            WorthFigure.Rate("mended.all", "Put right", "Complaints that the customer called put right, of those that ended with an answer or without agreement.", new(answered.Count(each => each.IsRight), answered.Count), Numbers(answered)),
            WorthFigure.Rate("mended.least", "Put right, of all that ended", "The same of all that ended: who did not answer counts against us.", new(answered.Count(each => each.IsRight), cases.Count), Numbers(cases)),
            WorthFigure.Rate("mended.others", "Put right, without what we made ourselves", "The same without the three lines below.", new(others.Count(each => each.IsRight), others.Count), Numbers(others)),
            .. new[] { (SelfMadeBy.OurHandling, "mended.handling", "About our own handling", "Complaints about how somebody was served, or that were put down to it."), (SelfMadeBy.FailedFix, "mended.failed", "After a fix that failed", "Complaints that go back to one about the same order, or that they go on from, in which something that we did failed."),
                (SelfMadeBy.BrokenPromise, "mended.promise", "After a promise that we broke", "Complaints that go back to one in which we missed a promise.") }
                .Select(row => (row.Item2, row.Item3, row.Item4, Cases: cases.Where(each => each.SelfMade == row.Item1).ToList())).Select(row => new WorthFigure(row.Item1, row.Item2, row.Item3, WorthUnit.Number, cases.Count, row.Cases.Count, null, null, Numbers(row.Cases))),
        ]);
    }

    private static async Task<ComplaintRates> Rates(DbConnection connection, DateTimeOffset from, DateTimeOffset now, DateOnly first, int days)
    {
        string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var span = new { from = from.ToUnixTimeMilliseconds(), before = from.ToUnixTimeMilliseconds() - days * Day, now = now.ToUnixTimeMilliseconds(), first = Iso(first), earlier = Iso(first.AddDays(-days)), WorthFacts.Most };
        var counts = await connection.QuerySingleAsync<RateRow>(
            """
            select (select count(*) from cases where kind = 1 and opened_at >= @from and opened_at <= @now) as complaints, (select count(*) from cases where kind = 1 and opened_at >= @before and opened_at < @from) as before,
                (select count(*) from orders where placed_at >= @from and placed_at <= @now) as orders, (select count(*) from orders where placed_at >= @before and placed_at < @from) as orders_before,
                (select coalesce(sum(asked), 0) from voice_surveys where asked_on >= @first) as asked, (select coalesce(sum(told), 0) from voice_surveys where asked_on >= @first) as told,
                (select coalesce(sum(asked), 0) from voice_surveys where asked_on >= @earlier and asked_on < @first) as asked_before, (select coalesce(sum(told), 0) from voice_surveys where asked_on >= @earlier and asked_on < @first) as told_before
            """, span);
        var numbers = (await connection.QueryAsync<long>("select number from cases where kind = 1 and opened_at >= @from and opened_at <= @now order by opened_at desc limit @Most", span)).AsList();
        return new((int)counts.Complaints, (int)counts.Before, (int)counts.Orders, (int)counts.OrdersBefore, new((int)counts.Told, (int)counts.Asked), new((int)counts.ToldBefore, (int)counts.AskedBefore), numbers);
    }

    private static async Task<IReadOnlyList<WorthMonth>> Months(DbConnection connection, List<EndedCase> cases, AssumptionBook book, string currency, DateOnly first, DateOnly last, object spans, TimeZoneInfo zone)
    {
        var booked = (await connection.QueryAsync<MonthRow>("select substr(booked_on, 1, 7) as month, remedy_kind as kind, sum(minor) as minor from ledger_lines where account = 1 and booked_on >= @from and currency = @currency group by substr(booked_on, 1, 7), remedy_kind", spans)).ToLookup(row => row.Month);
        var work = (await connection.QueryAsync<MonthRow>("select substr(day, 1, 7) as month, 0 as kind, sum(seconds) as minor from case_work where day >= @from group by substr(day, 1, 7)", spans)).ToDictionary(row => row.Month, row => row.Minor);
        var hand = (await connection.QueryAsync<HandRow>("select at, minutes, case when currency = @currency then minor else 0 end as minor from case_costs where at >= @since", spans))
            .ToLookup(row => LocalDay.Of(DateTimeOffset.FromUnixTimeMilliseconds(row.At), zone).ToString("yyyy-MM", CultureInfo.InvariantCulture));
        var spent = (await connection.QueryAsync<MonthRow>("select month, new_customers as kind, minor from acquisition_spend where currency = @currency", spans)).ToDictionary(row => row.Month);
        var ended = cases.ToLookup(each => LocalDay.Of(DateTimeOffset.FromUnixTimeMilliseconds(each.ClosedAt), zone) is var day ? new DateOnly(day.Year, day.Month, 1) : default);
        var months = new List<WorthMonth>();
        for (var month = new DateOnly(first.Year, first.Month, 1); month <= last; month = month.AddMonths(1))
        {
            var key = month.ToString("yyyy-MM", CultureInfo.InvariantCulture);
            var seconds = work.GetValueOrDefault(key) + hand[key].Sum(row => row.Minutes * 60L);
            var keeping = OwnFigures.AtCost(booked[key].Select(row => ((int)row.Kind, row.Minor)), 1 - book.Margin) + book.Labour(seconds, currency).Minor + hand[key].Sum(row => row.Minor);
            WorthFigure Ended(string name, string title, Ending ending) => ended[month].Where(each => each.Ending == ending).ToList() is var those ? WorthFigure.Span($"{name}.{key}", $"{title} in {month.ToString("MMMM yyyy", CultureInfo.InvariantCulture)}", "As above, of the complaints that ended in this month.", Sum(those), Numbers(those)) : null!;
            months.Add(new(month, Ended("kept", "Kept", Ending.PutRight), Ended("lost", "Lost", Ending.NotPutRight), Ended("unknown", "Not known", Ending.NoAnswer),
                WorthFigure.Of($"keeping.{key}", "Spent on keeping", "Remedies at cost, minutes of work, and what was written down, by its day.", keeping, []),
                new($"finding.{key}", "Spent on finding", "What you brought in for this month; n is the new customers.", WorthUnit.Money, spent.GetValueOrDefault(key)?.Kind ?? 0, spent.GetValueOrDefault(key)?.Minor, null, null, [])));
        }

        return months;
    }

    private static WorthFigure AgainOf(string key, string title, string definition, IEnumerable<EndedCase> cases, int within, DateTimeOffset now)
    {
        var over = cases.Select(each => (each.Number, Again: each.Again(within, now.ToUnixTimeMilliseconds()))).Where(each => each.Again is not null).ToList();
        return WorthFigure.Rate(key, title, definition, new(over.Count(each => each.Again == true), over.Count), [.. over.Select(each => each.Number)]);
    }

    private static LowMidHigh<long> Sum(IEnumerable<EndedCase> cases) => cases.Aggregate(CaseRisk.None, (sum, each) => sum + each.Risk).AtRisk;

    private static IReadOnlyList<long> Numbers(IEnumerable<EndedCase> cases) => [.. cases.Select(each => each.Number)];

    private sealed record ComplaintRates(int Complaints, int Before, int Orders, int OrdersBefore, Proportion Voice, Proportion VoiceBefore, IReadOnlyList<long> Numbers)
    {
        /// <summary>The interval of complaints for 100 orders, by Garwood's of their number.</summary>
        public (double Low, double High)? Within => Orders == 0 ? null : PoissonRate.CountInterval(Complaints) is var count ? (100 * count.Low / Orders, 100 * count.High / Orders) : null;

        public double? Of(int complaints, int orders) => orders == 0 ? null : 100.0 * complaints / orders;
    }

    private sealed class RateRow
    {
        public long Complaints { get; init; }
        public long Before { get; init; }
        public long Orders { get; init; }
        public long OrdersBefore { get; init; }
        public long Asked { get; init; }
        public long Told { get; init; }
        public long AskedBefore { get; init; }
        public long ToldBefore { get; init; }
    }

    private sealed class MonthRow
    {
        public string Month { get; init; } = "";
        public long Kind { get; init; }
        public long Minor { get; init; }
    }

    private sealed class HandRow
    {
        public long At { get; init; }
        public int Minutes { get; init; }
        public long Minor { get; init; }
    }
}

/// <summary>Grades in words.</summary>
public static class GradeWords
{
    /// <summary>As they stand beside a figure.</summary>
    public static string Of(Grade grade) => grade switch { Grade.Folklore => "folklore, unverified", Grade.Survey => "a survey", _ => "your own data" };
}
