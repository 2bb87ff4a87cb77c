using System.Data.Common;
using Dapper;

namespace Amends.Data.Rollups;

/// <summary>
/// Cases of which something is not counted yet. A page that must not be late reads what is kept of all others, and of these the log, the
/// cases and the orders themselves; where too many wait, of all. So it is the same at any time, whatever waits.
/// </summary>
/// <param name="IsMany">Too many wait, or all is counted again: what is kept is not used.</param>
/// <param name="Cases">Their numbers.</param>
/// <param name="Customers">Whose they are, and whose they were when they were counted.</param>
internal sealed record Uncounted(bool IsMany, long[] Cases, long[] Customers)
{
    /// <summary>So many are read one by one.</summary>
    public const int Most = 500;

    private const int MostNotes = 4 * Most; // a case can leave several

    /// <summary>Reads them; to be asked first, so that what is counted meanwhile is read from where it was.</summary>
    public static async Task<Uncounted> Read(DbConnection connection, Database database)
    {
        if (await connection.ExecuteScalarAsync<string>("select rules from report_reader where id = 1") is not { Length: > 0 })
            return new(true, [], []);
        var notes = (await connection.QueryAsync<long>($"select case_number from report_due limit {MostNotes}")).AsList();
        var cases = notes.Distinct().ToArray();
        if (notes.Count == MostNotes || cases.Length > Most)
            return new(true, [], []);
        if (cases.Length == 0)
            return new(false, [], []);
        var customers = await connection.QueryAsync<long>($"select customer_id from cases where number {database.Among("@cases")} union select customer_id from case_facts where case_number {database.Among("@cases")}", new { cases });
        return new(false, cases, [.. customers]);
    }

    /// <summary>The condition that leaves out the cases or customers given as a parameter; empty where none wait.</summary>
    /// <param name="database">Of which kind it is.</param>
    /// <param name="column">What must be none of them.</param>
    /// <param name="values">The parameter, such as <c>@customers</c>.</param>
    public string Without(Database database, string column, string values) => Cases.Length == 0 ? "" : database.Dialect == "postgres" ? $" and {column} <> all({values})" : $" and {column} not in {values}";
}
