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
    /// <summary>The parameter that carries <see cref="Statement.NewId"/>.</summary>
    public const string Id = "newId";

    private static readonly ConcurrentDictionary<(string Sql, Type Values), Func<object, NpgsqlParameter>[]> Known = new();
    private readonly List<Statement> _waiting = [];

    /// <summary>Whether any statement waits.</summary>
    public bool IsWaiting => _waiting.Count > 0;

    /// <summary>Lets a statement wait.</summary>
    public void Add(Statement statement) => _waiting.Add(statement);

    /// <summary>Sends what waits.</summary>
    public Task Send() => Go(batch => batch.ExecuteNonQueryAsync());

    /// <summary>Sends what waits, then this; returns the number of rows that this one changed.</summary>
    public async Task<int> Run(string sql, object? values)
    {
        if (values is IEnumerable) // one statement for each of many values: the mapper's own way
        {
            await Send();
            return await connection.ExecuteAsync(sql, values, transaction);
        }

        _waiting.Add(new(sql, values));
        return await Go(async batch =>
        {
            await batch.ExecuteNonQueryAsync();
            return (int)batch.BatchCommands[^1].RecordsAffected;
        });
    }

    /// <summary>Sends what waits, then this query; returns its rows.</summary>
    public Task<List<T>> List<T>(string sql, object? values)
    {
        var others = _waiting.Count(each => each.Sql.StartsWith("select", StringComparison.Ordinal)); // a lock is a query, too
        _waiting.Add(new(sql, values));
        return Go(async batch =>
        {
            await using var reader = await batch.ExecuteReaderAsync();
            while ((reader.FieldCount == 0 || others-- > 0) && await reader.NextResultAsync())
            {
            }

            var rows = new List<T>();
            var parse = reader.GetRowParser(typeof(T));
            while (await reader.ReadAsync())
                rows.Add(parse(reader) is { } row ? (T)row : default!);
            return rows;
        });
    }

    /// <summary>All that waits goes there and back; a statement that had to change one row and did not throws.</summary>
    private async Task<T> Go<T>(Func<NpgsqlBatch, Task<T>> execute)
    {
        var sent = _waiting.ToArray();
        _waiting.Clear();
        await using var batch = new NpgsqlBatch(connection, transaction);
        foreach (var statement in sent)
            batch.BatchCommands.Add(Command(statement));

        var result = await execute(batch);
        for (var i = 0; i < sent.Length; i++)
        {
            if (sent[i].UnlessOneRow is { } otherwise && batch.BatchCommands[i].RecordsAffected != 1)
                throw otherwise();
        }

        return result;
    }

    private static NpgsqlBatchCommand Command(Statement statement)
    {
        var command = new NpgsqlBatchCommand(statement.Sql);
        if (statement.NewId is { } id)
            command.Parameters.Add(new NpgsqlParameter<long>(Id, id));
        if (statement.Values is { } values)
        {
            foreach (var make in Known.GetOrAdd((statement.Sql, values.GetType()), key => ParametersOf(key.Sql, key.Values)))
                command.Parameters.Add(make(values));
        }

        return command;
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

    /// <summary>A statement that waits.</summary>
    /// <param name="Sql">The statement.</param>
    /// <param name="Values">Its parameters, by their properties.</param>
    internal sealed record Statement(string Sql, object? Values)
    {
        /// <summary>The id of the row that it adds, when one was set aside.</summary>
        public long? NewId { get; init; }

        /// <summary>What to throw when it changed another number of rows than one.</summary>
        public Func<Exception>? UnlessOneRow { get; init; }
    }
}
