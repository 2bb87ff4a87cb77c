using Amends.Data;
using Dapper;

namespace Amends.Tests;

/// <summary>Everything that a database holds, table by table, to see what changed.</summary>
internal static class Tables
{
    /// <summary>The names of all tables.</summary>
    public static async Task<List<string>> Names(Database database) => (await database.Read(connection => connection.QueryAsync<string>(database.Dialect == "sqlite"
        ? "select name from sqlite_master where type = 'table' order by name"
        : "select tablename from pg_tables where schemaname = current_schema() order by tablename"))).AsList();

    /// <summary>All rows as text; a table's columns that are named in <paramref name="without"/> are left out.</summary>
    public static async Task<Dictionary<string, List<string>>> Dump(Database database, params (string Table, string Column)[] without)
    {
        var dump = new Dictionary<string, List<string>>();
        foreach (var table in await Names(database))
        {
            var rows = await database.Read(connection => connection.QueryAsync(database.Dialect == "sqlite" ? $"select * from \"{table}\"" : $"select to_jsonb(t)::text as row from \"{table}\" t"));
            dump[table] = rows.Select(row => string.Join('|', ((IDictionary<string, object?>)row).Select(column => TextOf(column, table, without)))).Order(StringComparer.Ordinal).ToList();
        }

        return dump;
    }

    /// <summary>What differs, a line each: the table and the row.</summary>
    public static IEnumerable<string> Differences(Dictionary<string, List<string>> before, Dictionary<string, List<string>> after) =>
        from table in before.Keys.Union(after.Keys)
        from line in before.GetValueOrDefault(table, []).Except(after.GetValueOrDefault(table, [])).Select(row => $"{table} lost {Short(row)}")
            .Concat(after.GetValueOrDefault(table, []).Except(before.GetValueOrDefault(table, [])).Select(row => $"{table} got {Short(row)}"))
        select line;

    private static string TextOf(KeyValuePair<string, object?> column, string table, (string Table, string Column)[] without)
    {
        if (without.Contains((table, column.Key)))
            return "";
        if (column.Key == "row" && column.Value is string json && without.Any(each => each.Table == table))
        {
            var row = System.Text.Json.Nodes.JsonNode.Parse(json)!.AsObject();
            foreach (var (_, name) in without.Where(each => each.Table == table))
                row.Remove(name);
            return row.ToJsonString();
        }

        return column.Value is byte[] bytes ? Convert.ToHexString(bytes) : column.Value?.ToString() ?? "null";
    }

    private static string Short(string row) => row.Length > 300 ? row[..300] : row;
}
