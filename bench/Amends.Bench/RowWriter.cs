using System.Data.Common;
using System.Globalization;
using System.Text;
using Npgsql;

namespace Amends.Bench;

/// <summary>Rows of several tables, written together: by COPY on PostgreSQL, by prepared statements on SQLite.</summary>
/// <param name="connection">An open connection.</param>
/// <param name="isPostgres">Of which kind it is.</param>
public sealed class RowWriter(DbConnection connection, bool isPostgres)
{
    private readonly Dictionary<string, List<(string[] Columns, object?[] Values)>> _rows = [];

    /// <summary>Adds a row; the columns of a table are always the same.</summary>
    public void Add(string table, IEnumerable<(string Column, object? Value)> row)
    {
        var all = row.ToList();
        (_rows.TryGetValue(table, out var rows) ? rows : _rows[table] = []).Add(([.. all.Select(each => each.Column)], [.. all.Select(each => each.Value)]));
    }

    /// <summary>Writes all, in one transaction.</summary>
    public async Task Write()
    {
        await using var transaction = await connection.BeginTransactionAsync();
        foreach (var (table, rows) in _rows)
        {
            if (isPostgres)
                await Copy(table, rows);
            else
                await Insert(table, rows, transaction);
        }

        await transaction.CommitAsync();
        _rows.Clear();
    }

    private async Task Copy(string table, List<(string[] Columns, object?[] Values)> rows)
    {
        await using var text = await ((NpgsqlConnection)connection).BeginTextImportAsync($"copy {table} ({string.Join(", ", rows[0].Columns)}) from stdin");
        var line = new StringBuilder();
        foreach (var (_, values) in rows)
        {
            line.Clear();
            for (var i = 0; i < values.Length; i++)
            {
                line.Append(i > 0 ? "\t" : "");
                _ = values[i] switch
                {
                    null => line.Append("\\N"),
                    byte[] bytes => line.Append("\\\\x").Append(Convert.ToHexStringLower(bytes)),
                    string words => Escape(line, words),
                    var other => line.Append(Convert.ToString(other, CultureInfo.InvariantCulture)),
                };
            }

            await text.WriteAsync(line.Append('\n'));
        }
    }

    private static StringBuilder Escape(StringBuilder line, string words)
    {
        foreach (var letter in words)
            _ = letter switch { '\\' => line.Append("\\\\"), '\n' => line.Append("\\n"), '\r' => line.Append("\\r"), '\t' => line.Append("\\t"), _ => line.Append(letter) };
        return line;
    }

    private async Task Insert(string table, List<(string[] Columns, object?[] Values)> rows, DbTransaction transaction)
    {
        await using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = $"insert into {table} ({string.Join(", ", rows[0].Columns)}) values ({string.Join(", ", rows[0].Columns.Select((_, i) => $"@v{i}"))})";
        var parameters = rows[0].Columns.Select((_, i) =>
        {
            var parameter = insert.CreateParameter();
            parameter.ParameterName = $"@v{i}";
            insert.Parameters.Add(parameter);
            return parameter;
        }).ToArray();
        foreach (var (_, values) in rows)
        {
            for (var i = 0; i < parameters.Length; i++)
                parameters[i].Value = values[i] ?? DBNull.Value;
            insert.ExecuteNonQuery();
        }
    }
}
