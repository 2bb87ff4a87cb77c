using System.Globalization;
using Amends.Domain.Causes;
using Amends.Domain.Statistics;

namespace Amends.Data;

/// <summary>Complaints of some days counted together by category, cause, product, lot, carrier, supplier or place, with the orders in which they could have come.</summary>
/// <param name="By">By what.</param>
/// <param name="Level">Of categories and causes: how fine, 1 to 3.</param>
/// <param name="Span">Which days.</param>
public sealed record CauseReport(Dimension By, int Level, CauseSpan Span)
{
    /// <summary>Above this share of "something else" the set of categories lacks something (domain research, section 5.2).</summary>
    public const double MostOther = 0.05;

    /// <summary>The lines, those with the most complaints first.</summary>
    public required IReadOnlyList<CauseLine> Lines { get; init; }

    /// <summary>Complaints of these days, and those of them of which this is not known.</summary>
    public required int Complaints { get; init; }

    /// <inheritdoc cref="Complaints"/>
    public required int NotKnown { get; init; }

    /// <summary>Orders of these days.</summary>
    public required int Orders { get; init; }

    /// <summary>Products, lots and so on with orders in these days that brought no complaint.</summary>
    public required int Without { get; init; }

    /// <summary>Of complaints with a category, those about "something else".</summary>
    public required Proportion Other { get; init; }

    /// <summary>Of complaints that were put down to something, those of which nobody knows.</summary>
    public required Proportion Unknown { get; init; }

    /// <summary>What was heard first and what it turned out to be, most often first.</summary>
    public required IReadOnlyList<FirstAndConfirmed> Heard { get; init; }

    /// <summary>By what the vital few are found.</summary>
    public CauseWeight Weigh { get; init; } = CauseWeight.Count;

    /// <summary>What costs are in.</summary>
    public string Currency { get; init; } = "EUR";

    /// <summary>How many changes of cases and orders are not counted yet.</summary>
    public long Waiting { get; init; }

    /// <summary>Of complaints of which both are known, those that turned out to be something else.</summary>
    public Proportion Changed => new(Heard.Where(each => each.First != each.Confirmed).Sum(each => each.Cases), Heard.Sum(each => each.Cases));

    /// <summary>There are enough to say so, and too many are about something else.</summary>
    public bool OtherIsHigh => !Other.IsFew && Other.Share > MostOther;

    /// <summary>The vital few: the smallest number that makes at least four fifths of what is known.</summary>
    public int VitalFew => Lines.Count(line => line.IsVital);

    /// <summary>The same as CSV (RFC 4180): a line each, then what is not known.</summary>
    public string Csv()
    {
        var lines = new List<string> { "from,to,by,code,name,complaints,orders,per_1000,low,high,share,cumulative,vital,weighed_by,weight,complaints_before,orders_before" };
        var days = $"{Day(Span.FirstDay)},{Day(Span.LastDay)},{By.ToString().ToLowerInvariant()}";
        lines.AddRange(Lines.Select(line => $"{days},{CsvCell.Of(line.Code)},{CsvCell.Of(line.Words)},{line.Complaints},{line.Orders},{Number(line.Rate)},{Number(line.Within?.Low)},{Number(line.Within?.High)},{Number(line.Share)},{Number(line.Cumulative)},{(line.IsVital ? 1 : 0)},{Weigh.ToString().ToLowerInvariant()},{WeightOf(line)},{line.Before.Complaints},{line.Before.Orders}"));
        lines.Add($"{days},,not known,{NotKnown},{Orders},,,,,,,{Weigh.ToString().ToLowerInvariant()},,,");
        return string.Join("\r\n", lines) + "\r\n";
    }

    private string WeightOf(CauseLine line) => Weigh == CauseWeight.Cost ? new Domain.Money(line.Weight, Currency).Major.ToString(CultureInfo.InvariantCulture) : line.Weight.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(double? number) => number?.ToString("0.####", CultureInfo.InvariantCulture) ?? "";
}

/// <summary>One of them.</summary>
/// <param name="Code">As it stands in the orders or in the set.</param>
/// <param name="Words">As people call it.</param>
/// <param name="Complaints">Complaints about orders of these days, or that came in these days where the order is not known.</param>
/// <param name="Orders">Orders of these days in which they could have come: of this product, lot, carrier, supplier or place; all orders for a category or a cause.</param>
/// <param name="Share">Of all whose value is known, 0 to 1.</param>
/// <param name="Cumulative">Its share and those before it.</param>
/// <param name="IsVital">One of the vital few.</param>
public sealed record CauseLine(string Code, string Words, int Complaints, int Orders, double Share, double Cumulative, bool IsVital)
{
    /// <summary>By what it stands where it stands: a number, a weight, or minor units.</summary>
    public long Weight { get; init; } = Complaints;

    /// <summary>The same of as many days before: whether it comes again, from whichever customer.</summary>
    public (int Complaints, int Orders) Before { get; init; }

    /// <summary>More for their orders than in the days before (1), fewer (-1), or a change that may be chance (0), by the exact test of two counts; <c>null</c> where there is nothing to compare.</summary>
    public int? Change => Orders == 0 || Before.Orders == 0 || Complaints + Before.Complaints == 0 ? null
        : new BeforeAfter(Before.Complaints, Before.Orders, Complaints, Orders).ChangeWithin is var within && within.Low > 1 ? 1 : within.High < 1 ? -1 : 0;

    /// <summary>Complaints for a thousand orders; <c>null</c> when no orders are known.</summary>
    public double? Rate => PoissonRate.PerThousand(Complaints, Orders)?.Rate;

    /// <summary>The exact 95 % interval of the rate (Garwood 1936), for a thousand orders.</summary>
    public Interval? Within => PoissonRate.PerThousand(Complaints, Orders)?.Within;
}

/// <summary>By what causes are set in order.</summary>
public enum CauseWeight
{
    /// <summary>How many complaints.</summary>
    Count = 1,

    /// <summary>How many, a serious one as much as <see cref="ComplaintTraits.WeightOfSerious"/>.</summary>
    Severity,

    /// <summary>What their remedies cost by the books.</summary>
    Cost,
}

/// <summary>What something was heard as, and what it was.</summary>
/// <param name="First">The first impression's code.</param>
/// <param name="Confirmed">The confirmed code.</param>
/// <param name="Cases">How many.</param>
public sealed record FirstAndConfirmed(string First, string Confirmed, int Cases);

/// <summary>Days at the desk.</summary>
/// <param name="Days">How many.</param>
/// <param name="From">The first moment.</param>
/// <param name="To">The last one: now.</param>
/// <param name="Zone">The company's zone.</param>
public sealed record CauseSpan(int Days, DateTimeOffset From, DateTimeOffset To, TimeZoneInfo Zone)
{
    /// <summary>How many days can be chosen.</summary>
    public static IReadOnlyList<int> Choices { get; } = [30, 90, 365];

    /// <summary>The first day.</summary>
    public DateOnly FirstDay => Domain.Calendars.LocalDay.Of(From, Zone);

    /// <summary>The last day.</summary>
    public DateOnly LastDay => Domain.Calendars.LocalDay.Of(To, Zone);

    /// <summary>So many days until now, from the beginning of a day; 90 when another number is asked for.</summary>
    public static CauseSpan Until(DateTimeOffset now, int? days, TimeZoneInfo zone)
    {
        var span = days is { } asked && Choices.Contains(asked) ? asked : 90;
        return new(span, Domain.Calendars.LocalDay.Begins(Domain.Calendars.LocalDay.Of(now, zone).AddDays(-span), zone), now, zone);
    }
}
