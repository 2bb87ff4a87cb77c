using Amends.Data.Rollups;
using Amends.Domain.Regulatory;
using Amends.Domain.Reports;

namespace Amends.Data.Regulatory;

/// <summary>The counted complaints of a period, added up as tables ask; from the sums that reports keep.</summary>
internal sealed class Tally
{
    private readonly Sums _settled;

    private Tally(ReportingPeriod period, Sums settled, IReadOnlyList<Part> causes, long support, long endedAlone) => (Period, _settled, Causes, Support, EndedAlone) = (period, settled, causes, support, endedAlone);

    /// <summary>Which days.</summary>
    internal ReportingPeriod Period { get; }

    /// <summary>A line for each category, the most complaints first.</summary>
    internal IReadOnlyList<Part> Causes { get; }

    /// <summary>Came in it, with a need of support.</summary>
    internal long Support { get; }

    /// <summary>Closed here by the last day, and outstanding by the counting rule.</summary>
    internal long EndedAlone { get; }

    /// <summary>Outstanding when it began.</summary>
    internal long AtStart => Causes.Sum(part => part.AtStart);

    /// <summary>Came in it.</summary>
    internal long CameIn => Causes.Sum(part => part.Opened);

    /// <summary>Outstanding when it ended.</summary>
    internal long AtEnd => Causes.Sum(part => part.AtEnd);

    /// <summary>Nothing was open or came, so that nothing was closed.</summary>
    internal bool IsNil => AtStart == 0 && CameIn == 0;

    /// <summary>Reads it.</summary>
    /// <param name="counts">The sums.</param>
    /// <param name="period">Which days.</param>
    internal static async Task<Tally> Read(ReportCounts counts, ReportingPeriod period)
    {
        var (slice, before) = (new Slice(period.From, period.To, null), new Slice(DateOnly.MinValue, period.From.AddDays(-1), null));
        var parts = new Dictionary<string, Part>(StringComparer.Ordinal);
        var support = 0L;
        foreach (var needed in new[] { 0L, 1L })
        {
            await Add(Measure.Reportable, before, needed, (part, count) => part with { AtStart = part.AtStart + count });
            await Add(Measure.Reportable, slice, needed, (part, count) =>
            {
                support += needed * count;
                return part with { Opened = part.Opened + count };
            });
        }

        foreach (var outcome in Enum.GetValues<ComplaintOutcome>())
        {
            await Add(Measure.Settled, before, (long)outcome, (part, count) => part with { AtStart = part.AtStart - count });
            await Add(Measure.Settled, slice, (long)outcome, (part, count) => outcome switch
            {
                ComplaintOutcome.Upheld => part with { Upheld = count },
                ComplaintOutcome.Rejected => part with { Rejected = count },
                _ => part with { NotDecided = count },
            });
        }

        return new(period, await counts.Of(Measure.Settled, slice), Part.Sorted(parts.Values), support, (await counts.Of(Measure.EndedAlone, before with { To = period.To })).All);

        async Task Add(Measure measure, Slice days, long of, Func<Part, long, Part> add)
        {
            foreach (var (category, count) in await counts.ByCategory(measure, days, of))
                parts[category] = add(parts.GetValueOrDefault(category) ?? new("", category), count);
        }
    }

    /// <summary>Closed in it; in a band, with an outcome.</summary>
    internal long Closed(ComplaintOutcome? outcome = null, WeekBand? week = null, QuickBand? quick = null) => Enum.GetValues<ComplaintOutcome>().Where(each => outcome is null || each == outcome)
        .Sum(each => _settled.Buckets((long)each).Where(one => Marks.BandsOf(one.Bucket) is var bands && (week is null || bands.Week == week) && (quick is null || bands.Quick == quick)).Sum(one => one.Count));
}

/// <summary>The complaints of one product, or category, or both.</summary>
internal sealed record Part(string Product, string Category)
{
    /// <summary>Outstanding when the period began.</summary>
    internal long AtStart { get; init; }

    /// <summary>Came in it.</summary>
    internal long Opened { get; init; }

    /// <summary>Closed and upheld.</summary>
    internal long Upheld { get; init; }

    /// <summary>Closed and rejected.</summary>
    internal long Rejected { get; init; }

    /// <summary>Closed without a finding.</summary>
    internal long NotDecided { get; init; }

    /// <summary>Closed in it.</summary>
    internal long Closed => Upheld + Rejected + NotDecided;

    /// <summary>Outstanding when it ended: nothing is closed before it came, so that this adds up.</summary>
    internal long AtEnd => AtStart + Opened - Closed;

    /// <summary>Those that hold any, the most complaints first.</summary>
    internal static IReadOnlyList<Part> Sorted(IEnumerable<Part> parts) => [.. parts.Where(part => part.AtStart > 0 || part.Opened > 0 || part.Closed > 0)
        .OrderByDescending(part => part.Opened + part.Closed).ThenByDescending(part => part.AtStart).ThenBy(part => part.Product, StringComparer.Ordinal).ThenBy(part => part.Category, StringComparer.Ordinal)];
}

/// <summary>The complaints of a period by product, and money.</summary>
/// <param name="Parts">By product and category, the most complaints first.</param>
/// <param name="Redress">Money by what was found, product, category and currency.</param>
internal sealed record Detail(IReadOnlyList<Part> Parts, IReadOnlyList<Paid> Redress)
{
    /// <summary>By product alone.</summary>
    internal IReadOnlyList<Part> Products => Part.Sorted(Parts.GroupBy(part => part.Product).Select(each => new Part(each.Key, "")
    {
        AtStart = each.Sum(part => part.AtStart), Opened = each.Sum(part => part.Opened), Upheld = each.Sum(part => part.Upheld), Rejected = each.Sum(part => part.Rejected), NotDecided = each.Sum(part => part.NotDecided),
    }));
}

/// <summary>Money that left us on some complaints, less what came back.</summary>
/// <param name="Outcome">What was found about them.</param>
/// <param name="Product">Their product; empty where it is not known.</param>
/// <param name="Category">Their category; empty without one.</param>
/// <param name="Currency">The currency.</param>
/// <param name="Minor">Minor units.</param>
internal sealed record Paid(ComplaintOutcome Outcome, string Product, string Category, string Currency, long Minor);
