using Amends.Data.Rollups;
using Amends.Domain;
using Amends.Domain.Outcomes;
using Amends.Domain.Remedies;
using Amends.Domain.Reports;
using Amends.Domain.Statistics;
using Amends.Domain.Worth;
using Measure = Amends.Domain.Reports.Measure;

namespace Amends.Data;

/// <summary>The figures of what recovery is worth, with what each means and the complaints behind it.</summary>
internal static class WorthSections
{
    /// <summary>Where what is spent on finding customers is brought in.</summary>
    public const string SpendPage = "/settings/spend";

    /// <summary>The cases on which something was spent in some days.</summary>
    public static WorthCases Spent(Slice slice) => new(null, new(Measure.Keeping, null, null, null, slice));

    /// <summary>The complaints that ended so in some days.</summary>
    public static WorthCases EndedSo(long count, Ending ending, Slice slice) => Marked(count, Measure.WorthEnded, null, slice, (int)ending);

    /// <summary>What was kept and lost.</summary>
    public static WorthSection Kept(WorthSums sums, AssumptionBook book, string currency, Slice slice)
    {
        return new("kept", "Kept and lost", "What customers are expected to bring who would have left, and do not, because it was put right. Every range goes from where all assumptions make least of it to where they make most.",
        [
            Of("kept", "Kept", "The value at risk of complaints that ended with the customer’s own yes.", Ending.PutRight),
            Of("lost", "Lost", "The value at risk of complaints whose customer said no last, or with whom there was no agreement.", Ending.NotPutRight),
            Of("unknown", "Not known", "The value at risk of complaints that ended without an answer: it is counted neither as kept nor as lost.", Ending.NoAnswer),
        ]);

        WorthFigure Of(string key, string title, string definition, Ending ending) => WorthFigure.Span(key, title, definition, sums.Risk(ending, book, currency).AtRisk, EndedSo(sums.Ended(ending), ending, slice));
    }

    /// <summary>What complaints cost.</summary>
    public static WorthSection Costs(WorthSums sums, ComplaintCost cost, LowMidHigh<RecoveryReturn> back, Slice slice)
    {
        var all = Marked(sums.Complaints, Measure.WorthEnded, null, slice);
        WorthCases Costly(CostSort sort) => Marked(sums.Costly(sort), Measure.WorthCostly, (int)sort, slice);
        return new("cost", "What complaints cost", "Of the complaints that ended in these days. Minutes of work are of a case and never of a person; nobody is measured by them.",
        [
            WorthFigure.Of("cost.labour", "Work", "Minutes that were seen on the case’s pages without pauses of more than five, and minutes that were written down, at what an hour costs.", cost.Labour, Costly(CostSort.Work)),
            WorthFigure.Of("cost.remedies", "Remedies at cost", "What the books say was given, less what was turned round: money as it is, vouchers as far as they are used, things and work at cost.", cost.Remedy, Costly(CostSort.Remedies)),
            WorthFigure.Of("cost.other", "Shipping, goods written off, lost margin", "What was written down on the cases.", cost.Shipping + cost.WriteOff + cost.LostMargin, Costly(CostSort.Other)),
            WorthFigure.Of("cost.total", "All of it", "The sum of the three.", cost.Total, all),
            new("cost.mean", "A complaint, in the mean", "All of it over the complaints that ended.", WorthUnit.Money, sums.Complaints, sums.Complaints == 0 ? null : (double)cost.Total / sums.Complaints, null, null, all),
            new("roi", "Came back for each 1 that was spent", "What was at risk, less what still is, less what it cost, over what it cost; 0 is even, 1 is a doubling.", WorthUnit.Number, sums.Complaints, back.Mid.Ratio, back.Low.Ratio, back.High.Ratio, all) { RangeAlone = true },
        ]);
    }

    /// <summary>What loyal customers bring by their first order.</summary>
    public static WorthSection Loyal(LoyalFacts loyal) => new("loyal", "Loyal customers", $"Customers of two years and more with at least {LoyalFacts.FewestOrders} orders, by their own orders; n is how many they are. Fewer than {Proportion.Few} are not shown.",
    [
        Mean(loyal, "loyal.first", "Their first order", "The mean of what their first order cost.", loyal.First, WorthUnit.Money), Middle(loyal, "loyal.first_median", "Their first order, the middle one", "Half of these customers began with less, half with more.", loyal.First, WorthUnit.Money),
        Mean(loyal, "loyal.lifetime", "All their orders", "The mean of what all their orders cost together.", loyal.Lifetime, WorthUnit.Money), Middle(loyal, "loyal.lifetime_median", "All their orders, the middle one", "Half of these customers bought for less in all, half for more.", loyal.Lifetime, WorthUnit.Money),
        Mean(loyal, "loyal.times", "All orders by the first one", "The mean of how many times the first order all of theirs cost.", loyal.Times, WorthUnit.Number), Middle(loyal, "loyal.times_median", "All orders by the first one, the middle one", "Half of these customers brought fewer times their first order, half more.", loyal.Times, WorthUnit.Number),
    ]);

    private static WorthFigure Mean(LoyalFacts loyal, string key, string title, string definition, IReadOnlyList<double> values, WorthUnit unit)
    {
        var mean = OwnFigure.Mean(values, default);
        return new(key, title, definition, unit, values.Count, mean?.Value, mean?.Low, mean?.High) { IsFew = values.Count < Proportion.Few, Customers = loyal.Newest };
    }

    private static WorthFigure Middle(LoyalFacts loyal, string key, string title, string definition, IReadOnlyList<double> values, WorthUnit unit) =>
        new(key, title, definition, unit, values.Count, Spread.Of(values)?.Median, null, null) { IsFew = values.Count < Proportion.Few, Customers = loyal.Newest };

    /// <summary>What is spent on keeping and on finding customers.</summary>
    public static WorthSection Balance(AssumptionBook book, IReadOnlyList<WorthMonth> months, string currency, Slice slice)
    {
        var (keeping, finding) = ((long)months.Sum(month => month.Keeping.Value ?? 0), months.Any(month => month.Finding.Value is not null) ? (long?)months.Sum(month => month.Finding.Value ?? 0) : null);
        var (acquisition, ratio, multiple) = (book[AssumptionBook.Acquisition], book[AssumptionBook.AcquireToKeep], book[AssumptionBook.LoyalMultiple]);
        return new("balance", "Keeping and finding", "There is no target for either. What is said everywhere about both stands here only until your own figures are enough.",
        [
            new("keeping", "Spent on keeping customers", "Remedies at cost by the day of the books, minutes of work by the day of the work, and what was written down, in these days; n is the months.", WorthUnit.Money, months.Count(month => month.Keeping.Value > 0), keeping, null, null, Spent(slice)),
            new("finding", "Spent on finding customers", "What you brought in for the months of these days; n is the months.", WorthUnit.Money, months.Count(month => month.Finding.Value is not null), finding, null, null) { Source = SpendPage },
            Assumed("acquisition", acquisition, WorthUnit.Money, (double)book.Minor(AssumptionBook.Acquisition, currency).Mid, book.Minor(AssumptionBook.Acquisition, currency)),
            Assumed("acquire_to_keep", ratio, WorthUnit.Number, ratio.Range?.Mid, null), Assumed("loyal_multiple", multiple, WorthUnit.Number, multiple.Range?.Mid, null), Assumed("retention", book[AssumptionBook.Retention], WorthUnit.Share, book[AssumptionBook.Retention].Range?.Mid, null),
        ]);

        static WorthFigure Assumed(string key, Held held, WorthUnit unit, double? value, LowMidHigh<long>? minor) => new(key, held.Of.Title, $"{(held.IsOwn ? held.Of.OwnWhat : $"Assumed ({GradeWords.Of(held.Grade)}): {held.Of.Source.TrimEnd('.')}.")}", unit, held.IsOwn ? held.Counted!.N : 0,
            held.Range is null ? null : value, held.Range is null ? null : minor?.Low ?? held.Range?.Low, held.Range is null ? null : minor?.High ?? held.Range?.High) { Source = $"/settings/assumptions/{held.Of.Key}" };
    }

    /// <summary>How many problems there are, and how many customers tell us.</summary>
    public static WorthSection Silent(AssumptionBook book, ComplaintRates rates)
    {
        var voice = book[AssumptionBook.Voice];
        var iceberg = voice is { IsOwn: true, Counted: { } own } ? Iceberg.Of(rates.Complaints, new Proportion((int)Math.Round(own.Value * own.N), own.N)) : Iceberg.Of(rates.Complaints, book.Range(AssumptionBook.Voice));
        var rests = voice.IsOwn ? $"by {voice.Counted!.N} customers whom you asked" : $"by an assumption ({GradeWords.Of(voice.Grade)})";
        return new("silent", "Problems and voices", "More complaints may mean that more goes wrong, or that more customers tell you. The two are told apart here, and a number of complaints alone is neither good nor bad.",
        [
            new("problem_rate", "Complaints told, for 100 orders", "Complaints that came in these days over the orders that were placed in them.", WorthUnit.Number, rates.Orders, ComplaintRates.Of(rates.Complaints, rates.Orders), rates.Within?.Low, rates.Within?.High, rates.Cases),
            new("problem_rate.before", "The same in as many days before", "Complaints over orders of the stretch of the same length before.", WorthUnit.Number, rates.OrdersBefore, ComplaintRates.Of(rates.Before, rates.OrdersBefore), null, null, rates.CasesBefore),
            WorthFigure.Rate("voice", "Of those with a problem, told us", "Customers with a problem who were asked in these days and had told us about it.", rates.Voice, null) with { Source = "#asked" },
            WorthFigure.Rate("voice.before", "The same in as many days before", "Customers with a problem who were asked in the stretch before.", rates.VoiceBefore, null) with { Source = "#asked" },
            new("unhappy", "Unhappy customers", $"Complaints over the share that tells us, {rests}, with chance in the number of complaints.", WorthUnit.Number, rates.Complaints, iceberg.Unhappy, iceberg.UnhappyWithin.Low, iceberg.UnhappyWithin.High, rates.Cases) { RangeAlone = true },
            new("silent", "Unhappy customers who said nothing", $"The unhappy without those who complained, {rests}.", WorthUnit.Number, rates.Complaints, iceberg.Silent, iceberg.SilentWithin.Low, iceberg.SilentWithin.High, rates.Cases) { RangeAlone = true },
        ]);
    }

    /// <summary>Who bought again after a complaint, beside those alike.</summary>
    public static WorthSection Again(BoughtFacts bought) => new("again", "Bought again after a complaint", $"Beside customers who did not complain and whose order was of the same month and of like value. Who complains may differ in other ways: this shows what goes together, not what leads to what.{(bought.OneIn > 1 ? $" One in {bought.OneIn:N0} customers is looked at, by their number; the interval says what that leaves open." : "")}",
    [
        .. WorthReport.WithinChoices.Zip(bought.Again).SelectMany(pair =>
        {
            var (days, compared) = pair;
            var (with, cases) = (compared.Compared, new WorthCases(compared.Cases.Count, null) { Newest = [.. compared.Cases.OrderDescending().Take(WorthCaseList.Most)] });
            return new WorthFigure[]
            {
                WorthFigure.Rate($"again.{days}", $"After a complaint, within {days} days", $"Customers who ordered again within {days} days after their first complaint, of those whose days are over and who have somebody alike.", with?.With ?? new(0, 0), cases),
                new($"again.{days}.alike", "Those alike without a complaint", $"The share who ordered again among customers alike, their days beginning {Texts.Count(compared.DelayDays, "day")} after the order, as complaints do in the middle.", WorthUnit.Share, with?.With.Of ?? 0, with?.Expected, null, null) { IsFew = with?.IsFew ?? true, Customers = compared.Alike },
                new($"again.{days}.difference", $"Difference to those alike, within {days} days", "The share of those who complained less the share of those alike, with the interval of Zou and Donner for weighted shares.", WorthUnit.Share, with?.With.Of ?? 0, with?.Difference.By, with?.Difference.Within.Low, with?.Difference.Within.High, cases) { IsFew = with?.IsFew ?? true, MayBeChance = with is { Difference.IsClear: false } },
            };
        }),
    ]);

    private static readonly (string Key, string Title, AgainAmong Among)[] Speeds =
        [("2", "Within 2 days", AgainAmong.InTwoDays), ("7", "In 3 to 7 days", AgainAmong.InAWeek), ("14", "In 8 to 14 days", AgainAmong.InTwoWeeks), ("30", "In 15 to 30 days", AgainAmong.InAMonth), ("more", "Later", AgainAmong.Later)];

    /// <summary>Who bought again, by how fast it was put right.</summary>
    public static WorthSection Fast(WorthAgain again) => new("fast", $"Bought again within {again.Within} days, by how fast it was put right", "From when the complaint came until everything was done, for complaints that the customer called put right.",
        [.. Speeds.Select(speed => again.Of($"fast.{speed.Key}", speed.Title, "Customers who ordered again after it ended, of those whose days are over.", (int)speed.Among))]);

    /// <summary>What remedies achieve.</summary>
    public static WorthSection Remedies(Sums answered, WorthAgain again, Slice slice) => new("remedies", "What remedies achieve", "A case with several kinds of remedy counts with each. Kinds are chosen for reasons, so a difference between them need not come from the remedy.",
    [
        .. answered.Parts.OrderByDescending(part => part.Count).ThenBy(part => part.Part).SelectMany(part =>
        {
            var kind = (RemedyKind)part.Part;
            var (name, key) = (RemedyTypes.Of(kind).Name, kind.ToString().ToLowerInvariant());
            var (yes, no) = (answered.Of(part.Part, (int)AfterAll.PutRight), answered.Of(part.Part, (int)AfterAll.NotPutRight));
            return new[]
            {
                WorthFigure.Rate($"remedy.{key}.yes", $"{name}: put right", "Customers whose last answer is yes, of those with an answer.", Question.Share(yes, yes + no), new(yes + no, new(Measure.RemedyAnswered, part.Part, (int)AfterAll.PutRight, (int)AfterAll.NotPutRight, slice))),
                again.Of($"remedy.{key}.again", $"{name}: bought again within {again.Within} days", "Customers who ordered again after it ended, of those whose days are over.", WorthParts.Of(kind)),
            };
        }),
    ]);

    /// <summary>What customers said about coming back, and what they did.</summary>
    public static WorthSection Said(WorthAgain again) => new("said", "Said and done", "What customers said about coming back and whether they did; who was heard, and who was put right.",
    [
        again.Of("said.yes", "Would come back, and ordered again", $"Customers who said yes and ordered again within {again.Within} days after the end, of those whose days are over.", (int)AgainAmong.WouldReturn),
        again.Of("said.other", "Would perhaps or not come back, and ordered again", "The same of those who said perhaps or no.", (int)AgainAmong.MayNotReturn),
        again.Of("heard.yes", "Confirmed what we understood, and ordered again", $"Customers who confirmed our summary and ordered again within {again.Within} days after the end.", (int)AgainAmong.Heard),
        again.Of("heard.no", "Did not confirm it, and ordered again", "The same of those who did not.", (int)AgainAmong.NotHeard),
        again.Of("right.yes", "Put right, and ordered again", "The same of those who said that it is put right.", (int)AgainAmong.PutRight),
        again.Of("right.no", "Not put right, and ordered again", "The same of those who said no last, or with whom there was no agreement.", (int)AgainAmong.NotPutRight),
    ]);

    /// <summary>Recoveries beside the problems that they mend, and those of our own making apart.</summary>
    public static WorthSection Mended(WorthSums sums, ComplaintRates rates, Slice slice)
    {
        var (right, all) = (sums.Ended(Ending.PutRight), sums.Complaints);
        var answered = all - sums.Ended(Ending.NoAnswer);
        var others = (Right: sums.All.Of(0, (int)Ending.PutRight), All: sums.All.Of(0, (int)Ending.PutRight) + sums.All.Of(0, (int)Ending.NotPutRight));
        return new("mended", "Recoveries beside problems", "How many complaints were put right says nothing without how many there were: fewer problems come first. A recovery that mends our own handling is no merit.",
        [
            new("mended.problems", "Complaints told, for 100 orders", "Complaints that came in these days over the orders that were placed in them.", WorthUnit.Number, rates.Orders, ComplaintRates.Of(rates.Complaints, rates.Orders), rates.Within?.Low, rates.Within?.High, rates.Cases),
            WorthFigure.Rate("mended.all", "Put right", "Complaints that the customer called put right, of those that ended with an answer or without agreement.", Question.Share(right, answered), Marked(answered, Measure.WorthEnded, null, slice, (int)Ending.PutRight, (int)Ending.NotPutRight)),
            WorthFigure.Rate("mended.least", "Put right, of all that ended", "The same of all that ended: who did not answer counts against us.", Question.Share(right, all), Marked(all, Measure.WorthEnded, null, slice)),
            WorthFigure.Rate("mended.others", "Put right, without what we made ourselves", "The same without the three lines below.", Question.Share(others.Right, others.All), Marked(others.All, Measure.WorthEnded, 0, slice, (int)Ending.PutRight, (int)Ending.NotPutRight)),
            .. new[] { (SelfMadeBy.OurHandling, "mended.handling", "About our own handling", "Complaints about how somebody was served, or that were put down to it."), (SelfMadeBy.FailedFix, "mended.failed", "After a fix that failed", "Complaints that go back to one about the same order, or that they go on from, in which something that we did failed."),
                (SelfMadeBy.BrokenPromise, "mended.promise", "After a promise that we broke", "Complaints that go back to one in which we missed a promise.") }
                .Select(row => new WorthFigure(row.Item2, row.Item3, row.Item4, WorthUnit.Number, all, sums.All.Parts.FirstOrDefault(part => part.Part == (int)row.Item1).Count, null, null, Marked(sums.All.Parts.FirstOrDefault(part => part.Part == (int)row.Item1).Count, Measure.WorthEnded, (int)row.Item1, slice))),
        ]);
    }

    private static WorthCases Marked(long count, Measure measure, long? part, Slice slice, int? least = null, int? most = null) => new(count, new(measure, part, least, most ?? least, slice));
}
