using Amends.Domain.Advice;
using Amends.Domain.Outcomes;
using Amends.Domain.Remedies;
using Amends.Domain.Reports;
using Amends.Domain.Statistics;
using Amends.Domain.Worth;
using Measure = Amends.Domain.Reports.Measure;

namespace Amends.Data.Rollups;

/// <summary>The sums of what complaints are worth and what they cost, over some days. Money at risk follows from them and from the assumptions of now.</summary>
internal sealed class WorthSums
{
    private static readonly long[] Endings = [(int)Ending.PutRight, (int)Ending.NotPutRight, (int)Ending.NoAnswer];
    private static readonly long[] Why = [0, .. Enum.GetValues<SelfMadeBy>().Select(by => (long)by)];
    private static readonly long[] Kinds = [.. Enum.GetValues<RemedyKind>().Select(kind => (long)kind)];
    private static readonly long[] Costs = [.. Enum.GetValues<Spent>().Select(what => (long)what), .. Enum.GetValues<RemedyKind>().Select(WorthParts.Of)];

    private readonly ILookup<int, (long Part, int Bucket, long Count)> _ended, _revenue;
    private readonly Sums _costly, _spent;

    private WorthSums(ILookup<int, (long Part, int Bucket, long Count)> ended, ILookup<int, (long Part, int Bucket, long Count)> revenue, Sums spent, Sums costly)
    {
        (_ended, _revenue, _spent, _costly) = (ended, revenue, spent, costly);
        All = new(ended.SelectMany(month => month));
    }

    /// <summary>All that ended; part: why it was of our own making or 0, bucket: how it ended.</summary>
    public Sums All { get; }

    /// <summary>How many ended.</summary>
    public long Complaints => All.All;

    /// <summary>Reads them.</summary>
    /// <param name="counts">From here.</param>
    /// <param name="slice">Of which days.</param>
    public static async Task<WorthSums> Read(ReportCounts counts, Slice slice) => new(
        await counts.Monthly(Measure.WorthEnded, slice, Why), await counts.Monthly(Measure.WorthRevenue, slice, Endings),
        await counts.Of(Measure.WorthSpent, slice, Costs), await counts.Of(Measure.WorthCostly, slice, [.. Enum.GetValues<CostSort>().Select(sort => (long)sort)]));

    /// <summary>Who bought again; part: among whom, bucket: how soon. Of complaints whose days are over.</summary>
    /// <param name="counts">From here.</param>
    /// <param name="slice">Of which days.</param>
    public static Task<Sums> Again(ReportCounts counts, Slice slice) => counts.Of(Measure.WorthAgain, slice, [.. Enum.GetValues<AgainAmong>().Select(among => (long)among), .. Enum.GetValues<RemedyKind>().Select(WorthParts.Of)]);

    /// <summary>What customers said where a remedy was chosen; part: its kind, bucket: what they said.</summary>
    /// <param name="counts">From here.</param>
    /// <param name="slice">Of which days.</param>
    public static Task<Sums> Answered(ReportCounts counts, Slice slice) => counts.Of(Measure.RemedyAnswered, slice, Kinds);

    /// <summary>What cases of any kind cost month by month, by the day of the books, of the work or of the note.</summary>
    /// <param name="counts">From here.</param>
    /// <param name="slice">Of which days.</param>
    public static async Task<IReadOnlyDictionary<int, WorthSpending>> Keeping(ReportCounts counts, Slice slice) =>
        (await counts.Monthly(Measure.Keeping, slice, [.. Costs, .. Enum.GetValues<RemedyKind>().Select(WorthParts.Back)])).ToDictionary(month => month.Key, month => new WorthSpending(new Sums(month)));

    /// <summary>How many ended so.</summary>
    public long Ended(Ending ending) => All.At((int)ending);

    /// <summary>How many ended so in a month.</summary>
    public long Ended(Ending ending, int month) => _ended[month].Where(row => row.Bucket == (int)ending).Sum(row => row.Count);

    /// <summary>What was at stake in those that ended so.</summary>
    public CaseRisk Risk(Ending ending, AssumptionBook book, string currency) => book.RiskOf(Ended(ending), _revenue.SelectMany(month => month).Where(row => row.Part == (int)ending).Sum(row => row.Count), currency);

    /// <summary>The same in a month.</summary>
    public CaseRisk Risk(Ending ending, int month, AssumptionBook book, string currency) => book.RiskOf(Ended(ending, month), _revenue[month].Where(row => row.Part == (int)ending).Sum(row => row.Count), currency);

    /// <summary>How many cost something of this sort.</summary>
    public long Costly(CostSort sort) => _costly.Of(sort);

    /// <summary>What they cost.</summary>
    public ComplaintCost Cost(AssumptionBook book, string currency)
    {
        var remedies = _spent.Of(Spent.Known) + Enum.GetValues<RemedyKind>().Sum(kind => Margin.CostOf(kind, _spent.Of(WorthParts.Of(kind), 0), (decimal)(1 - book.Margin)));
        return new(book.Labour(_spent.Of(Spent.Work) + _spent.Of(Spent.ByHand), currency).Minor, (long)decimal.Round(remedies, 0, MidpointRounding.AwayFromZero),
            _spent.Of(Spent.Shipping), _spent.Of(Spent.WrittenOff), _spent.Of(Spent.LostMargin));
    }
}

/// <summary>What keeping customers cost in some days, whoever they are.</summary>
/// <param name="Sums">The sums of <see cref="Measure.Keeping"/>.</param>
internal sealed record WorthSpending(Sums Sums)
{
    /// <summary>Seconds of work that were seen.</summary>
    public long Seen => Sums.Of(Spent.Work);

    /// <summary>What the books say by kind of remedy, less what was turned round, minor units.</summary>
    public IEnumerable<(int Kind, long Minor)> Booked => Enum.GetValues<RemedyKind>().Select(kind => ((int)kind, Sums.Of(WorthParts.Of(kind), 0) - Sums.Of(WorthParts.Back(kind), 0)));

    /// <summary>All of it in minor units.</summary>
    public long Minor(AssumptionBook book, string currency) => OwnFigures.AtCost(Booked, 1 - book.Margin) + book.Labour(Seen + Sums.Of(Spent.ByHand), currency).Minor + Sums.Of(Spent.Shipping) + Sums.Of(Spent.WrittenOff) + Sums.Of(Spent.LostMargin);
}
