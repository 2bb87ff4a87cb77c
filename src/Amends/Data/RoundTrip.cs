using System.Collections;
using System.Collections.Concurrent;
using System.Data;
using System.Text.RegularExpressions;
using Dapper;
using Npgsql;

namespace Amends.Data;

/// <summary>
/// Statements that wait for the next one, so that all of them go to PostgreSQL and back once. Taking in one mail is some
/// twenty statements whose outcome nobody needs before the next.
/// </summary>
internal sealed class RoundTrip(NpgsqlConnection connection, NpgsqlTransaction transaction)
{
    private static readonly ConcurrentDictionary<(string Sql, Type Values), Func<object, NpgsqlParameter>[]> Known = new();
    private readonly List<(string Sql, object? Values)> _waiting = [];

    /// <summary>Whether any statement waits.</summary>
    public bool IsWaiting => _waiting.Count > 0;

    /// <summary>Lets a statement wait.</summary>
    public void Add(string sql, object values) => _waiting.Add((sql, values));

    /// <summary>Sends what waits.</summary>
    public async Task Send()
    {
        await using var batch = Take();
        await batch.ExecuteNonQueryAsync();
    }

    /// <summary>Sends what waits, then this; returns the number of rows that this one changed.</summary>
    public async Task<int> Run(string sql, object? values)
    {
        if (values is IEnumerable) // one statement for each of many values: the mapper's own way
        {
            await Send();
            return await connection.ExecuteAsync(sql, values, transaction);
        }

        _waiting.Add((sql, values));
        await using var batch = Take();
        await batch.ExecuteNonQueryAsync();
        return (int)batch.BatchCommands[^1].RecordsAffected;
    }

    /// <summary>Sends what waits, then this query; returns its rows.</summary>
    public async Task<List<T>> List<T>(string sql, object? values)
    {
        var others = _waiting.Count(each => each.Sql.StartsWith("select", StringComparison.Ordinal)); // a lock is a query, too
        _waiting.Add((sql, values));
        await using var batch = Take();
        await using var reader = await batch.ExecuteReaderAsync();
        while ((reader.FieldCount == 0 || others-- > 0) && await reader.NextResultAsync())
        {
        }

        var rows = new List<T>();
        var parse = reader.GetRowParser(typeof(T));
        while (await reader.ReadAsync())
            rows.Add(parse(reader) is { } row ? (T)row : default!);
        return rows;
    }

    private NpgsqlBatch Take()
    {
        var batch = new NpgsqlBatch(connection, transaction);
        foreach (var (sql, values) in _waiting)
        {
            var command = new NpgsqlBatchCommand(sql);
            if (values is not null)
            {
                foreach (var make in Known.GetOrAdd((sql, values.GetType()), key => ParametersOf(key.Sql, key.Values)))
                    command.Parameters.Add(make(values));
            }

            batch.BatchCommands.Add(command);
        }

        _waiting.Clear();
        return batch;
    }

    /// <summary>A parameter for each property that the statement names; its type is the property's, so that an absent value has one, too.</summary>
    private static Func<object, NpgsqlParameter>[] ParametersOf(string sql, Type values) => [.. values.GetProperties().Where(property => Regex.IsMatch(sql, $@"@{property.Name}\b", RegexOptions.IgnoreCase)).Select(property =>
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        DbType? kind = type == typeof(string) ? DbType.String : type == typeof(long) ? DbType.Int64 : type == typeof(int) ? DbType.Int32 : type == typeof(byte[]) ? DbType.Binary : type == typeof(bool) ? DbType.Boolean : null;
        return (Func<object, NpgsqlParameter>)(from =>
        {
            var parameter = new NpgsqlParameter { ParameterName = property.Name, Value = property.GetValue(from) ?? DBNull.Value };
            if (kind is { } known)
                parameter.DbType = known;
            return parameter;
        });
    })];
}
