using System.Data.Common;
using Amends.Domain.Causes;
using Dapper;

namespace Amends.Data.Rollups;

/// <summary>Reads what <see cref="TraitSums"/> keeps: whole months by their sums, the rest by days.</summary>
/// <param name="connection">An open connection.</param>
public sealed class TraitCounts(DbConnection connection)
{
    /// <summary>Orders of some days by what they are of; what is not known is left out.</summary>
    public Task<IReadOnlyList<TraitCount>> Orders(Trait trait, Slice days, string within = "") => Sums(TraitSums.Orders, trait, days, within);

    /// <summary>Complaints of some days by what they share; an empty value stands for those of which it is not known.</summary>
    public Task<IReadOnlyList<TraitCount>> Complaints(Trait trait, Slice days, string within = "") => Sums(TraitSums.Complaints, trait, days, within);

    /// <summary>Complaints of some days, each as much as its severity weighs; of one thing, not of pairs.</summary>
    public Task<IReadOnlyList<TraitCount>> BySeverity(Trait trait, Slice days) => Sums(TraitSums.Severity, trait, days, "");

    /// <summary>What remedies of the complaints of some days cost, minor units of the company's currency; of one thing, not of pairs.</summary>
    public Task<IReadOnlyList<TraitCount>> ByCost(Trait trait, Slice days) => Sums(TraitSums.Cost, trait, days, "");

    /// <summary>All orders of some days.</summary>
    public async Task<long> AllOrders(Slice days) => (await Orders(Trait.All, days)).Sum(row => row.Count);

    /// <summary>All complaints that belong to some days.</summary>
    public async Task<long> AllComplaints(Slice days) => (await Complaints(Trait.All, days)).Sum(row => row.Count);

    /// <summary>Complaints of some days by both parts of a pair.</summary>
    public async Task<IReadOnlyList<TraitCount>> Pairs(Trait trait, Slice days) => (await connection.QueryAsync<TraitCount>(
        $"select within, value, cast(sum(n) as bigint) as count from ({Spans(days, "within, value, n")}) as counted group by within, value", new { what = TraitSums.Complaints, trait = (int)trait })).AsList();

    /// <summary>
    /// By day or week: what lies further back than the last four weeks is told on the last day of its week, counted in sevens back from the last day.
    /// </summary>
    /// <param name="isOrders">Orders; otherwise complaints.</param>
    /// <param name="trait">By what.</param>
    /// <param name="days">Which days.</param>
    /// <param name="byValue">Each value by itself; otherwise all of them together.</param>
    internal async Task<IReadOnlyList<TraitDay>> Along(bool isOrders, Trait trait, Slice days, bool byValue) => (await connection.QueryAsync<TraitDay>(
        $"""
        select day, within, {(byValue ? "value" : "'' as value")}, cast(sum(n) as bigint) as count from (
            select case when span > @last - 28 then span else @last - (@last - span) / 7 * 7 end as day, within, value, n from trait_counts where what = @what and trait = @trait and grain = 1 and span between @first and @last
        ) as counted group by day, within{(byValue ? ", value" : "")}
        """, new { what = isOrders ? TraitSums.Orders : TraitSums.Complaints, trait = (int)trait, first = days.From.DayNumber, last = days.To.DayNumber })).AsList();

    private async Task<IReadOnlyList<TraitCount>> Sums(int what, Trait trait, Slice days, string within) => (await connection.QueryAsync<TraitCount>(
        $"select value, cast(sum(n) as bigint) as count from ({Spans(days, "value, n", " and within = @within")}) as counted group by value", new { what, trait = (int)trait, within })).AsList();

    private static string Spans(Slice days, string columns, string which = "") => string.Join(" union all ", ReportCounts.SpansOf(days).Select(span =>
        $"select {columns} from trait_counts where what = @what and trait = @trait and grain = {span.Grain}{which} and span between {span.From} and {span.To}"));
}

/// <summary>How many share something.</summary>
public sealed class TraitCount
{
    /// <summary>Of a pair the first; else empty.</summary>
    public string Within { get; init; } = "";

    /// <summary>What it is; empty where it is not known.</summary>
    public string Value { get; init; } = "";

    /// <summary>How many.</summary>
    public long Count { get; init; }
}

/// <summary>How many of a day or a week share something.</summary>
internal sealed class TraitDay
{
    public int Day { get; init; }
    public string Within { get; init; } = "";
    public string Value { get; init; } = "";
    public long Count { get; init; }
}
