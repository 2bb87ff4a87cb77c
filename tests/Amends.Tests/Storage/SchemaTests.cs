using System.Text.RegularExpressions;
using Amends.Data;
using Dapper;

namespace Amends.Tests.Storage;

/// <summary>The live schema: the same on both databases, and with every column that the code names.</summary>
public sealed partial class SchemaTests
{
    /// <summary>Full-text search is each database's own.</summary>
    private static readonly string[] Own = ["search"];

    [Fact]
    public async Task Both_databases_have_the_same_tables_and_columns_of_the_same_sort()
    {
        var (sqlite, postgres) = (await Columns("sqlite"), await Columns("postgres"));
        Assert.True(sqlite.Count > 150);
        Assert.Equal(postgres.Order(), sqlite.Order());
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Every_column_that_a_statement_names_exists(string kind)
    {
        var known = (await Columns(kind, everything: true)).Select(line => line.Split(' ')[0]).ToHashSet();
        known.UnionWith((await Columns(kind == "sqlite" ? "postgres" : "sqlite", everything: true)).Select(line => line.Split(' ')[0]).Where(column => Own.Contains(column.Split('.')[0])));
        var tables = known.Select(column => column.Split('.')[0]).ToHashSet();
        var named = Checkout.Written("src/Amends", ".cs").SelectMany(file => Literal().Matches(File.ReadAllText(file)).SelectMany(literal => Named(literal.Value, tables).Select(column => (Column: column, File: Path.GetFileName(file))))).ToList();
        Assert.True(named.Select(each => each.Column).Distinct().Count() > 200);
        Assert.Empty(named.Where(each => !known.Contains(each.Column)).Select(each => $"{each.Column} in {each.File}").Distinct());
    }

    /// <summary>What a piece of SQL names: columns of inserts and updates, and those behind a table's short name.</summary>
    private static IEnumerable<string> Named(string sql, HashSet<string> tables)
    {
        foreach (Match insert in Insert().Matches(sql).Where(insert => !insert.Groups[1].Value.StartsWith("sqlite_", StringComparison.Ordinal)))
        {
            foreach (var column in insert.Groups[2].Value.Split(','))
                yield return $"{insert.Groups[1].Value}.{column.Trim()}";
        }

        foreach (Match update in Update().Matches(sql))
        {
            foreach (Match set in Assigned().Matches(update.Groups[2].Value))
                yield return $"{update.Groups[1].Value}.{set.Groups[1].Value}";
        }

        var aliases = From().Matches(sql).Where(from => tables.Contains(from.Groups[1].Value)).Select(from => (Alias: from.Groups[2].Value, Table: from.Groups[1].Value))
            .Where(each => each.Alias.Length is > 0 and < 3).ToLookup(each => each.Alias, each => each.Table);
        foreach (Match dotted in Dotted().Matches(sql))
        {
            if (aliases[dotted.Groups[1].Value].Distinct().ToList() is [var table])
                yield return $"{table}.{dotted.Groups[2].Value}";
        }
    }

    /// <summary>Each as <c>table.column sort null|must</c>.</summary>
    private static async Task<List<string>> Columns(string kind, bool everything = false)
    {
        await using var desk = await Desk.Start(kind);
        return await desk.Database.Read(async connection =>
        {
            if (kind == "postgres")
                return (await connection.QueryAsync<string>(
                    """
                    select table_name || '.' || column_name || ' ' || case data_type when 'bigint' then 'number' when 'integer' then 'number' when 'bytea' then 'bytes' else data_type end
                        || case when is_nullable = 'YES' then ' null' else ' must' end
                    from information_schema.columns where table_schema = 'public' and (@everything or not table_name = any(@Own))
                    """, new { everything, Own })).AsList();
            var columns = new List<string>();
            foreach (var table in (await connection.QueryAsync<string>("select name from sqlite_master where type = 'table' and name not like 'sqlite_%' and (name = 'search' or name not like 'search_%')")).Where(table => everything || !Own.Contains(table)))
            {
                foreach (var column in await connection.QueryAsync<(string Name, string Type, long NotNull, long Key)>($"select name, lower(type), \"notnull\", pk from pragma_table_info('{table}')"))
                    columns.Add($"{table}.{column.Name} {column.Type switch { "bigint" or "integer" => "number", "blob" => "bytes", var other => other }} {(column.NotNull == 1 || column.Key > 0 ? "must" : "null")}");
            }

            return columns;
        });
    }

    [GeneratedRegex("\"\"\".*?\"\"\"|\"(?:[^\"\\\\\n]|\\\\.)*\"", RegexOptions.Singleline)]
    private static partial Regex Literal();

    [GeneratedRegex(@"insert into (\w+) \(([\w\s,]+)\)")]
    private static partial Regex Insert();

    [GeneratedRegex(@"update (\w+) set\s+(.*?)(?:\s+where\b|$)", RegexOptions.Singleline)]
    private static partial Regex Update();

    [GeneratedRegex(@"(?:^|,\s*)(\w+) = ")]
    private static partial Regex Assigned();

    [GeneratedRegex(@"\b(?:from|join) (\w+)(?: (?!where|order|on|left|join|group|limit)(\w+))?")]
    private static partial Regex From();

    [GeneratedRegex(@"\b([a-z]{1,2})\.([a-z_]+)\b")]
    private static partial Regex Dotted();
}
