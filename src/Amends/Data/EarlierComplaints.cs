using System.Data.Common;
using Amends.Domain.Customers;
using Dapper;

namespace Amends.Data;

/// <summary>What a customer complained of before.</summary>
public static class EarlierComplaints
{
    private const int Most = 8;

    /// <summary>The newest complaints of a case's customer beside this one; parameter <c>number</c>.</summary>
    public static readonly string Sql =
        $"select k.number, k.state from cases k where k.kind = 1 and k.number < @number and k.customer_id = (select c.customer_id from cases c where c.number = @number) order by k.number desc limit {Most}";

    /// <summary>Reads them; the case itself decides which of them were before it.</summary>
    public static async Task<IReadOnlyList<EarlierComplaint>> Of(DbConnection connection, long number) => From(await connection.QueryAsync<Row>(Sql, new { number }));

    /// <summary>The same from rows that were read together with others.</summary>
    public static IReadOnlyList<EarlierComplaint> From(IEnumerable<Row> rows) => [.. rows.Select(row => EarlierComplaint.Of(row.Number, CaseJson.State(row.State)))];

    /// <summary>A case as it is stored.</summary>
    public sealed class Row
    {
        public long Number { get; init; }
        public string State { get; init; } = "";
    }
}
