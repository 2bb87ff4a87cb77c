using System.Collections;
using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;
using Npgsql;

namespace Amends.Data;

/// <summary>
/// Statements that wait for the next one, so that all of them go to the database and back once. Taking in one mail is some
/// twenty statements whose outcome nobody needs before the next.
/// </summary>
/// <param name="carrier">Takes them there.</param>
internal sealed class RoundTrip(RoundTrip.ICarrier carrier)
{
    /// <summary>The parameter that carries <see cref="Statement.NewId"/>.</summary>
    public const string Id = "newId";

    private static readonly ConcurrentDictionary<(string Sql, Type Values), Maker[]> Known = new();
    private readonly List<Statement> _waiting = [];

    /// <summary>Whether any statement waits.</summary>
    public bool IsWaiting => _waiting.Count > 0;

    /// <summary>Lets a statement wait.</summary>
    public void Add(Statement statement) => _waiting.Add(statement);

    /// <summary>Sends what waits.</summary>
    public Task Send() => Go(null);

    /// <summary>Sends what waits, then this; returns the number of rows that this one changed.</summary>
    public async Task<int> Run(string sql, object? values)
    {
        if (values is not IEnumerable several)
        {
            _waiting.Add(new(sql, values) { IsCounted = true });
            return (await Go(null)).Changed[^1];
        }

        var before = _waiting.Count;
        _waiting.AddRange(several.Cast<object>().Select(each => new Statement(sql, each) { IsCounted = true }));
        return _waiting.Count == before ? 0 : (await Go(null)).Changed[before..].Sum();
    }

    /// <summary>Sends what waits, then this query; returns its rows.</summary>
    public async Task<List<T>> List<T>(string sql, object? values)
    {
        var rows = new List<T>();
        _waiting.Add(new(sql, values));
        await Go(async reader =>
        {
            var parse = reader.GetRowParser(typeof(T));
            while (await reader.ReadAsync())
                rows.Add(parse(reader) switch { null => default!, T row => row, var other => (T)Convert.ChangeType(other, Nullable.GetUnderlyingType(typeof(T)) ?? typeof(T), CultureInfo.InvariantCulture) });
        });
        return rows;
    }

    /// <summary>All that waits goes there and back; a statement that had to change one row and did not throws.</summary>
    private async Task<Request> Go(Func<DbDataReader, Task>? read)
    {
        var request = new Request([.. _waiting], read);
        _waiting.Clear();
        if (request.Statements.Length > 0)
            await carrier.Carry(request);
        for (var i = 0; i < request.Statements.Length; i++)
        {
            if (request.Statements[i].UnlessOneRow is { } otherwise && request.Changed[i] != 1)
                throw otherwise();
        }

        return request;
    }

    /// <summary>Runs the statements of several requests in one go, each request's in its order.</summary>
    private static async Task Execute(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<Request> requests)
    {
        await using var batch = new NpgsqlBatch(connection, transaction);
        var all = SideBySide.Of(requests).ToList();
        foreach (var sent in all)
            batch.BatchCommands.Add(Command(sent.Statements));

        await using (var reader = await batch.ExecuteReaderAsync())
        {
            foreach (var sent in all.Where(sent => sent.Of?.HasRows(sent.At) == true))
            {
                if (sent.Of!.IsRead(sent.At))
                    await sent.Of.Read!(reader);
                await reader.NextResultAsync();
            }
        }

        foreach (var (sent, i) in all.Select((sent, i) => (sent, i)))
            sent.Of?.Changed[sent.At] = (int)batch.BatchCommands[i].RecordsAffected;
    }

    private static NpgsqlBatchCommand Command(IReadOnlyList<Statement> rows)
    {
        var first = rows[0];
        var makers = first.Values is { } values ? Known.GetOrAdd((first.Sql, values.GetType()), key => MakersOf(key.Sql, key.Values)) : [];
        if (rows.Count == 1)
        {
            var command = new NpgsqlBatchCommand(first.Sql);
            if (first.NewId is { } id)
                command.Parameters.Add(new NpgsqlParameter<long>(Id, id));
            foreach (var maker in makers)
                command.Parameters.Add(maker.Make(first.Values!, maker.Name));
            return command;
        }

        var names = first.Row!.Parameters;
        var several = new NpgsqlBatchCommand(first.Row.Text(rows.Count));
        var inOrder = names.Select(name => makers.FirstOrDefault(maker => maker.Name.Equals(name, StringComparison.OrdinalIgnoreCase))).ToArray();
        foreach (var row in rows)
        {
            foreach (var maker in inOrder)
                several.Parameters.Add(maker is null ? new NpgsqlParameter<long> { TypedValue = row.NewId!.Value } : maker.Make(row.Values!, null));
        }

        return several;
    }

    /// <summary>A parameter for each property that the statement names; its type is the property's, so that an absent value has one, too.</summary>
    private static Maker[] MakersOf(string sql, Type values) => [.. values.GetProperties().Where(property => Regex.IsMatch(sql, $@"@{property.Name}\b", RegexOptions.IgnoreCase)).Select(property =>
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        DbType? kind = type == typeof(string) ? DbType.String : type == typeof(long) ? DbType.Int64 : type == typeof(int) ? DbType.Int32 : type == typeof(byte[]) ? DbType.Binary : type == typeof(bool) ? DbType.Boolean : null;
        return new Maker(property.Name, (from, name) =>
        {
            var parameter = new NpgsqlParameter { ParameterName = name, Value = property.GetValue(from) ?? DBNull.Value };
            if (kind is { } known)
                parameter.DbType = known;
            return parameter;
        });
    })];

    /// <summary>Makes a parameter of a property.</summary>
    /// <param name="Name">The property's.</param>
    /// <param name="Make">From the object and the parameter's name, if it has one.</param>
    private sealed record Maker(string Name, Func<object, string?, NpgsqlParameter> Make);

    /// <summary>A statement that waits.</summary>
    /// <param name="Sql">The statement.</param>
    /// <param name="Values">Its parameters, by their properties.</param>
    internal sealed record Statement(string Sql, object? Values)
    {
        /// <summary>The id of the row that it adds, when one was set aside.</summary>
        public long? NewId { get; init; }

        /// <summary>Its parameters with the id, for Dapper.</summary>
        public object? Parameters
        {
            get
            {
                if (NewId is not { } id)
                    return Values;
                var all = new DynamicParameters(Values);
                all.Add(Id, id);
                return all;
            }
        }

        /// <summary>What to throw when it changed another number of rows than one.</summary>
        public Func<Exception>? UnlessOneRow { get; init; }

        /// <summary>Whether somebody wants to know how many rows it changed.</summary>
        public bool IsCounted { get; init; }

        /// <summary>The row that it adds, when it may go with others.</summary>
        public RowInsert? Row => MayGoWithOthers ? RowInsert.Of(Sql) : null;

        private bool MayGoWithOthers => !IsCounted && UnlessOneRow is null;

        /// <summary>Whether this adds a row in the same way as another one that may go with others.</summary>
        public bool IsLike(Statement other) => MayGoWithOthers && Sql == other.Sql && Values?.GetType() == other.Values?.GetType();
    }

    /// <summary>Statements of one unit that go there together.</summary>
    /// <param name="statements">In order.</param>
    /// <param name="read">Reads the answer of the last one, when that is a query.</param>
    internal sealed class Request(Statement[] statements, Func<DbDataReader, Task>? read)
    {
        public Statement[] Statements => statements;

        public Func<DbDataReader, Task>? Read => read;

        /// <summary>Whether that statement's answer is the one that is read.</summary>
        public bool IsRead(int at) => read is not null && at == statements.Length - 1;

        /// <summary>Whether a statement's answer has rows: a lock is a query, too.</summary>
        public bool HasRows(int at) => IsRead(at) || statements[at].Sql.StartsWith("select", StringComparison.Ordinal);

        /// <summary>How many rows each statement changed, once they came back.</summary>
        public int[] Changed { get; } = new int[statements.Length];
    }

    /// <summary>Takes requests to the database and back.</summary>
    internal interface ICarrier
    {
        /// <summary>Ends when the request was answered.</summary>
        Task Carry(Request request);
    }

    /// <summary>As <see cref="ICarrier"/>, for units that run side by side.</summary>
    internal interface ISharedCarrier : ICarrier
    {
        /// <summary>A unit has ended, well or not.</summary>
        Task Leave();
    }

    /// <summary>Runs units of work side by side, to the end of each.</summary>
    /// <param name="works">The work of each.</param>
    /// <param name="begin">Makes a unit.</param>
    /// <param name="carrier">What all of them share.</param>
    internal static Task<Unit[]> Run(IReadOnlyList<Func<Unit, Task>> works, Func<Unit> begin, ISharedCarrier carrier) => Task.WhenAll(works.Select(work => Task.Run(async () =>
    {
        try
        {
            var unit = begin();
            await work(unit);
            await unit.Finish();
            return unit;
        }
        finally
        {
            await carrier.Leave();
        }
    }, CancellationToken.None)));

    /// <summary>One unit's own transaction.</summary>
    internal sealed class Alone(NpgsqlConnection connection, NpgsqlTransaction transaction) : ICarrier
    {
        /// <inheritdoc/>
        public Task Carry(Request request) => Execute(connection, transaction, [request]);
    }

    /// <summary>
    /// One transaction for several units that run side by side: once each of them waits for an answer or has ended, all
    /// that they ask goes in one go. Each trip wakes both sides up, which costs more than most statements do.
    /// </summary>
    /// <param name="connection">The connection.</param>
    /// <param name="transaction">The transaction of all.</param>
    /// <param name="units">How many there are.</param>
    internal sealed class Together(NpgsqlConnection connection, NpgsqlTransaction transaction, int units) : ISharedCarrier
    {
        private readonly Lock _gate = new();
        private readonly List<(Request Request, TaskCompletionSource Answered)> _asked = [];
        private int _busy = units;

        /// <inheritdoc/>
        public async Task Carry(Request request)
        {
            var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_gate)
                _asked.Add((request, answered));
            await OneLess();
            await answered.Task;
        }

        /// <inheritdoc/>
        public Task Leave() => OneLess();

        private async Task OneLess()
        {
            (Request Request, TaskCompletionSource Answered)[] all;
            lock (_gate)
            {
                if (--_busy > 0 || _asked.Count == 0)
                    return;
                all = [.. _asked];
                _asked.Clear();
                _busy = all.Length;
            }

            try
            {
                await Execute(connection, transaction, [.. all.Select(each => each.Request)]);
            }
            catch (Exception failure)
            {
                foreach (var (_, answered) in all)
                    answered.SetException(failure);
                return;
            }

            foreach (var (_, answered) in all)
                answered.SetResult();
        }
    }
}
