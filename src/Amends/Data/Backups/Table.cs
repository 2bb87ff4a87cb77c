using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Amends.Data.Backups;

/// <summary>What a column holds, the same on both kinds of database.</summary>
internal enum Holds
{
    Number,
    Words,
    Bytes,
}

/// <summary>A column of a backup.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Holds">What it holds.</param>
internal sealed record Column(string Name, Holds Holds)
{
    /// <summary>How it is read, where it is not stored as it is backed up.</summary>
    public string? Read { get; init; }

    /// <summary>Where it is stored, and how what was backed up (<c>{0}</c>) is turned into that.</summary>
    public (string Name, string Value)? Stored { get; init; }
}

/// <summary>A table as it stands in the database, and which of its columns counts up by itself.</summary>
internal sealed record Table(string Name, IReadOnlyList<Column> Columns, string? CountsUp)
{
    /// <summary>Texts that are searched. Its rows are backed up as texts; the index over them is made anew by each database.</summary>
    public const string Search = "search";

    private static readonly Table SearchTable = SearchWith(new("text", Holds.Words));

    /// <summary>PostgreSQL has the words alone, of a text as any version wrote it.</summary>
    private static readonly Table SearchOfWords = SearchWith(new("text", Holds.Words)
    {
        Read = "array_to_string(tsvector_to_array(words), ' ')",
        Stored = ("words", "strip(to_tsvector('simple', translate({0}, '-_./@#:+''&=%~|\\', '               ')))"),
    });

    private static Table SearchWith(Column text) => new(Search, [new("case_number", Holds.Number), new("ref", Holds.Number), text], null);

    /// <summary>
    /// Of the moment or of one running program, so that they are in no backup: who is signed in, who looks at what, links
    /// that work once (one that was used after the backup must not work again), leases, the pieces of files that were asked for.
    /// </summary>
    public static IReadOnlyList<string> OfTheMoment { get; } = ["sessions", "customer_sessions", "one_time_links", "presence", "leases", "export_pieces", "schema_steps"];

    /// <summary>What to select for every column, parted by commas.</summary>
    public string ColumnList => string.Join(", ", Columns.Select(column => column.Read ?? $"\"{column.Name}\""));

    /// <summary>The tables that a backup has, each after those that it refers to, the search last.</summary>
    public static async Task<IReadOnlyList<Table>> All(DbConnection connection, DbTransaction? transaction, string dialect)
    {
        var sqlite = dialect == "sqlite";
        var columns = (await connection.QueryAsync<Row>(sqlite
            ? """
              select t.name as table_name, c.name, lower(c.type) as type, c.pk as counts from pragma_table_list t join pragma_table_info(t.name) c
              where t.schema = 'main' and t.type = 'table' and t.name not like 'sqlite!_%' escape '!' order by t.name, c.cid
              """
            : """
              select c.table_name, c.column_name as name, c.data_type as type, case when c.is_identity = 'YES' then 1 else 0 end as counts
              from information_schema.columns c join pg_tables t on t.schemaname = c.table_schema and t.tablename = c.table_name
              where c.table_schema = current_schema() order by c.table_name, c.ordinal_position
              """, transaction: transaction)).ToList();
        var references = (await connection.QueryAsync<Reference>(sqlite
            ? """select t.name as child, f."table" as parent from pragma_table_list t join pragma_foreign_key_list(t.name) f where t.schema = 'main' and t.type = 'table'"""
            : """
              select c.relname as child, p.relname as parent from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid
                  join pg_namespace n on n.oid = c.relnamespace where k.contype = 'f' and n.nspname = current_schema()
              """, transaction: transaction)).ToLookup(row => row.Child, row => row.Parent);

        var tables = columns.Where(row => row.TableName != Search && !OfTheMoment.Contains(row.TableName)).GroupBy(row => row.TableName).ToDictionary(rows => rows.Key, rows => new Table(
            rows.Key, [.. rows.Select(row => new Column(row.Name, HoldsOf(row.Type)))],
            rows.FirstOrDefault(row => row.Counts == 1 && (!sqlite || row.Type == "integer" && rows.Count(each => each.Counts > 0) == 1))?.Name));
        var ordered = new List<Table>();
        foreach (var table in tables.Values.OrderBy(table => table.Name, StringComparer.Ordinal))
            Add(table);
        return columns.Count == 0 ? [] : [.. ordered, sqlite || columns.Any(row => row is { TableName: Search, Name: "text" }) ? SearchTable : SearchOfWords];

        void Add(Table table)
        {
            if (ordered.Contains(table))
                return;
            foreach (var parent in references[table.Name].Where(name => name != table.Name && tables.ContainsKey(name)))
                Add(tables[parent]);
            ordered.Add(table);
        }
    }

    /// <summary>The number that the next row gets, or <c>null</c> when it does not count up or nothing was counted yet.</summary>
    public async Task<long?> NextId(DbConnection connection, DbTransaction? transaction) => CountsUp is null ? null : connection is SqliteConnection
        ? await connection.ExecuteScalarAsync<long?>("select seq + 1 from sqlite_sequence where name = @Name", new { Name }, transaction)
        : await connection.ExecuteScalarAsync<string?>("select pg_get_serial_sequence(quote_ident(@Name), @CountsUp)", new { Name, CountsUp }, transaction) is { } sequence
            ? await connection.ExecuteScalarAsync<long>($"select last_value + case when is_called then 1 else 0 end from {sequence}", transaction: transaction)
            : null;

    /// <summary>Lets the next row get this number, or a higher one where rows are there already.</summary>
    public async Task CountFrom(DbConnection connection, DbTransaction transaction, long? next)
    {
        if (CountsUp is null)
            return;
        var highest = await connection.ExecuteScalarAsync<long?>($"select max(\"{CountsUp}\") from \"{Name}\"", transaction: transaction) ?? 0;
        var start = Math.Max(next ?? 1, highest + 1);
        if (connection is SqliteConnection)
        {
            await connection.ExecuteAsync("delete from sqlite_sequence where name = @Name; insert into sqlite_sequence (name, seq) values (@Name, @before)",
                new { Name, before = start - 1 }, transaction);
        }
        else
        {
            await connection.ExecuteAsync($"alter table \"{Name}\" alter column \"{CountsUp}\" restart with {start}", transaction: transaction);
        }
    }

    private static Holds HoldsOf(string type) => type switch
    {
        "blob" or "bytea" => Holds.Bytes,
        "text" or "character varying" => Holds.Words,
        "integer" or "bigint" or "smallint" => Holds.Number,
        _ => throw new InvalidOperationException($"A backup does not know columns of the type {type}."),
    };

    private sealed class Row
    {
        public string TableName { get; init; } = "";
        public string Name { get; init; } = "";
        public string Type { get; init; } = "";
        public int Counts { get; init; }
    }

    private sealed class Reference
    {
        public string Child { get; init; } = "";
        public string Parent { get; init; } = "";
    }
}
