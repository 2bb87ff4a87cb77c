using System.Data.Common;
using System.Globalization;
using Amends.Domain.Ledger;
using Amends.Domain.Regulatory;
using Dapper;

namespace Amends.Data.Regulatory;

/// <summary>Which complaints are behind a figure, from <c>regulatory_facts</c> along its indexes.</summary>
/// <param name="connection">An open connection.</param>
internal sealed class ComplaintsBehind(DbConnection connection)
{
    // The order of a case is on the case alone, and may change without a word in its log.
    private const string WithOrder = "join cases c on c.number = r.case_number left join orders o on o.id = c.order_id", Product = "coalesce(o.product, '')";

    /// <summary>The cases behind a figure, the newest first.</summary>
    /// <param name="asked">Which.</param>
    /// <param name="most">How many at most.</param>
    internal async Task<IReadOnlyList<FoundComplaint>> Cases(ComplaintsAsked asked, int most)
    {
        var where = asked.Count switch
        {
            ComplaintCount.OutstandingAtStart => "r.received_day < @from and (r.settled_day is null or r.settled_day >= @from)",
            ComplaintCount.OutstandingAtEnd => "r.received_day <= @to and (r.settled_day is null or r.settled_day > @to)",
            ComplaintCount.Closed => "r.settled_day between @from and @to",
            ComplaintCount.EndedAlone => "r.settled_day is null and r.received_day <= @to and r.ended_day <= @to",
            ComplaintCount.Support => "r.received_day between @from and @to and r.needs_support = 1",
            ComplaintCount.Redress => $"exists (select 1 from ledger_lines p where p.case_number = r.case_number and p.booked_on between @first and @last and p.account = {(int)Account.Cash})",
            _ => "r.received_day between @from and @to",
        };
        if (asked.Week is not null)
            where += " and r.week = @week";
        if (asked.Quick is not null)
            where += " and r.quick = @quick";
        if (asked.Outcome is not null)
            where += " and r.outcome = @outcome";
        if (asked.Product is not null)
            where += $" and {Product} = @product";
        if (asked.Category is not null)
            where += " and r.category = @category";
        var values = Values(asked.Period);
        values.AddDynamicParams(new { week = (int?)asked.Week, quick = (int?)asked.Quick, outcome = (int?)asked.Outcome, product = asked.Product, category = asked.Category, most });
        return (await connection.QueryAsync<FoundComplaint>(
            $"""
            select c.number, c.subject, u.name as customer, r.received_day, r.settled_day, r.settled_by, r.outcome
            from (select r.case_number, r.received_day, r.settled_day, r.settled_by, r.outcome from regulatory_facts r{(asked.Product is null ? "" : " " + WithOrder)} where {where} order by r.case_number desc limit @most) r
            join cases c on c.number = r.case_number join customers u on u.id = c.customer_id order by c.number desc
            """, values)).AsList();
    }

    private static DynamicParameters Values(ReportingPeriod period) => new(new { from = period.From.DayNumber, to = period.To.DayNumber, first = period.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), last = period.To.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) });
}

/// <summary>What a list of complaints is behind.</summary>
public enum ComplaintCount
{
    /// <summary>Came in the period.</summary>
    Opened = 1,

    /// <summary>Closed in it, by the counting rule.</summary>
    Closed,

    /// <summary>Outstanding when it began.</summary>
    OutstandingAtStart,

    /// <summary>Outstanding when it ended.</summary>
    OutstandingAtEnd,

    /// <summary>Closed here, and outstanding by the counting rule when it ended.</summary>
    EndedAlone,

    /// <summary>Came in it, with a need of support.</summary>
    Support,

    /// <summary>Money left us for it in the period, or came back.</summary>
    Redress,
}

/// <summary>Which complaints a list is of.</summary>
/// <param name="Count">What it is behind.</param>
/// <param name="Period">Of which days.</param>
/// <param name="Week">In which band of weeks; <c>null</c> for any.</param>
/// <param name="Quick">In which band of business days and weeks; <c>null</c> for any.</param>
/// <param name="Outcome">With which outcome; <c>null</c> for any.</param>
/// <param name="Product">Of which product, empty for those of none; <c>null</c> for any.</param>
/// <param name="Category">Of which category, empty for those of none; <c>null</c> for any.</param>
public sealed record ComplaintsAsked(ComplaintCount Count, ReportingPeriod Period, WeekBand? Week = null, QuickBand? Quick = null, ComplaintOutcome? Outcome = null, string? Product = null, string? Category = null)
{
    /// <summary>As the query of the list's page.</summary>
    public string Query => $"count={Count}&from={Period.From:yyyy-MM-dd}&to={Period.To:yyyy-MM-dd}{(Week is { } week ? $"&week={week}" : "")}{(Quick is { } quick ? $"&quick={quick}" : "")}{(Outcome is { } outcome ? $"&outcome={outcome}" : "")}{(Product is { } product ? $"&product={Uri.EscapeDataString(product)}" : "")}{(Category is { } category ? $"&category={Uri.EscapeDataString(category)}" : "")}";
}

/// <summary>A complaint behind a figure.</summary>
public sealed class FoundComplaint
{
    public long Number { get; init; }
    public string Subject { get; init; } = "";
    public string Customer { get; init; } = "";
    public int ReceivedDay { get; init; }
    public int? SettledDay { get; init; }
    public int SettledBy { get; init; }
    public int Outcome { get; init; }
}
