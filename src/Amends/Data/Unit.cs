using System.Data.Common;
using Dapper;

namespace Amends.Data;

/// <summary>One unit of work on an open transaction: SQL with named parameters, and what to do once it is durable.</summary>
public sealed class Unit
{
    private readonly DbConnection _connection;
    private readonly DbTransaction _transaction;
    private readonly RoundTrip? _roundTrip;
    private readonly bool _isShared;
    private readonly SqliteUnits? _besides;
    private readonly Dictionary<string, Queue<long>> _setAside = [];
    private List<Action>? _afterCommit;
    private List<(string Sql, object Values)>? _last;

    internal Unit(DbConnection connection, DbTransaction transaction)
    {
        (_connection, _transaction) = (connection, transaction);
        IsPostgres = connection is Npgsql.NpgsqlConnection;
        _roundTrip = IsPostgres ? new RoundTrip(new RoundTrip.Alone((Npgsql.NpgsqlConnection)connection, (Npgsql.NpgsqlTransaction)transaction)) : null;
    }

    /// <summary>A unit that shares a transaction with others, which run beside it.</summary>
    internal Unit(DbConnection connection, DbTransaction transaction, RoundTrip.ISharedCarrier carrier)
    {
        (_connection, _transaction, _besides) = (connection, transaction, carrier as SqliteUnits);
        (_roundTrip, _isShared, IsPostgres) = (new RoundTrip(carrier), true, _besides is null);
    }

    /// <summary>Which kind of database this is, for the few statements that differ.</summary>
    public bool IsPostgres { get; }

    /// <summary>Whether the next statement goes with others.</summary>
    private bool Travels => _roundTrip is not null && (_isShared || _roundTrip.IsWaiting);

    /// <summary>
    /// Runs a statement whose outcome nobody needs. On PostgreSQL, and beside other units, it travels with the next statement that somebody waits
    /// for, in order; when it fails, that one fails.
    /// </summary>
    /// <param name="sql">The statement.</param>
    /// <param name="values">Its parameters.</param>
    /// <param name="unlessOneRow">What to throw when it changed another number of rows than one; any number is right without it.</param>
    public async Task Put(string sql, object values, Func<Exception>? unlessOneRow = null)
    {
        if (_roundTrip is not null)
            _roundTrip.Add(new(sql, values) { UnlessOneRow = unlessOneRow });
        else if (await Run(sql, values) != 1 && unlessOneRow is not null)
            throw unlessOneRow();
    }

    /// <summary>
    /// As <see cref="Put"/>, for a statement whose rows nothing in this transaction reads: on SQLite it runs just before the
    /// commit, after those of all units that share it. A full-text index writes a piece of its own for each unit otherwise.
    /// </summary>
    /// <param name="sql">The statement.</param>
    /// <param name="values">Its parameters.</param>
    public Task PutLast(string sql, object values)
    {
        if (IsPostgres)
            return Put(sql, values);
        (_last ??= []).Add((sql, values));
        return Task.CompletedTask;
    }

    /// <summary>Sets ids aside for rows that <see cref="Insert"/> will add: on PostgreSQL none of those has to go there and back for its id.</summary>
    /// <param name="keys">The key column of each row to come, as <c>table.column</c>; one twice for two rows.</param>
    public async Task SetAside(params string[] keys)
    {
        if (!IsPostgres)
            return;
        var ids = await List<long>($"select unnest(array[{string.Join(", ", keys.Select(key => $"nextval('{key.Replace('.', '_')}_seq')"))}])");
        foreach (var (key, id) in keys.Zip(ids))
            (_setAside.TryGetValue(key, out var kept) ? kept : _setAside[key] = new()).Enqueue(id);
    }

    /// <summary>The id of a row that the caller adds later, before any other of its table.</summary>
    /// <param name="key">The key column, as <c>table.column</c>.</param>
    public async Task<long> NewId(string key)
    {
        if (_setAside.TryGetValue(key, out var kept) && kept.TryDequeue(out var id))
            return id;
        var (table, column) = (key[..key.IndexOf('.')], key[(key.IndexOf('.') + 1)..]);
        if (_besides is not null)
            return await _besides.NewId(table);
        return IsPostgres
            ? await Value<long>($"select nextval('{table}_{column}_seq')")
            : await Value<long>("select coalesce((select seq from sqlite_sequence where name = @table), 0) + 1", new { table });
    }

    /// <summary>
    /// Whether a row may refer to one that comes later in this unit. The schema says so on PostgreSQL, where a row that is
    /// changed at once is written to every index twice; SQLite would compile all its statements anew.
    /// </summary>
    public bool AllowsLaterRows => IsPostgres;

    /// <summary>Adds a row; returns its id.</summary>
    /// <param name="key">The key column, as <c>table.column</c>.</param>
    /// <param name="columns">The other columns.</param>
    /// <param name="values">Their values in SQL.</param>
    /// <param name="row">The parameters.</param>
    /// <param name="newId">Its id, when <see cref="NewId"/> gave one.</param>
    public async Task<long> Insert(string key, string columns, string values, object row, long? newId = null)
    {
        var (table, column) = (key[..key.IndexOf('.')], key[(key.IndexOf('.') + 1)..]);
        if (newId is null && (_besides is not null || (_setAside.TryGetValue(key, out var kept) && kept.Count > 0)))
            newId = await NewId(key);
        if (newId is not { } id)
            return await Value<long>($"insert into {table} ({columns}) values ({values}) returning {column}", row);
        var sql = $"insert into {table} ({column}, {columns}) values (@{RoundTrip.Id}, {values})";
        if (_roundTrip is not null)
            _roundTrip.Add(new(sql, row) { NewId = id });
        else
            await Run(sql, new RoundTrip.Statement(sql, row) { NewId = id }.Parameters);
        return id;
    }

    /// <summary>Runs a statement; returns the number of rows it changed.</summary>
    public Task<int> Run(string sql, object? values = null) =>
        Travels ? _roundTrip!.Run(sql, values) : _connection.ExecuteAsync(sql, values, _transaction);

    /// <summary>All rows of a query.</summary>
    public async Task<List<T>> List<T>(string sql, object? values = null) =>
        Travels ? await _roundTrip!.List<T>(sql, values) : (await _connection.QueryAsync<T>(sql, values, _transaction)).AsList();

    /// <summary>The only row, or the default when there is none.</summary>
    public async Task<T?> One<T>(string sql, object? values = null) =>
        Travels ? (await _roundTrip!.List<T>(sql, values)).SingleOrDefault() : await _connection.QuerySingleOrDefaultAsync<T>(sql, values, _transaction);

    /// <summary>The first column of the only row, such as an id from <c>returning</c>.</summary>
    public async Task<T?> Value<T>(string sql, object? values = null) =>
        Travels ? (await _roundTrip!.List<T>(sql, values)).FirstOrDefault() : await _connection.ExecuteScalarAsync<T>(sql, values, _transaction);

    /// <summary>Runs once the work is durable, never otherwise. Must be quick and must not throw.</summary>
    public void AfterCommit(Action action) => (_afterCommit ??= []).Add(action);

    /// <summary>What was said in this unit of work, by the message's id: the chain covers it without reading it again.</summary>
    internal Dictionary<long, Said> SaidHere { get; } = [];

    /// <summary>Sends what is still waiting; must be called before the commit.</summary>
    internal Task Finish() => _roundTrip is { IsWaiting: true } ? _roundTrip.Send() : Task.CompletedTask;

    /// <summary>Runs what was put last.</summary>
    internal async Task RunLast()
    {
        foreach (var (sql, values) in _last ?? [])
            await _connection.ExecuteAsync(sql, values, _transaction);
    }

    internal void Committed()
    {
        foreach (var action in _afterCommit ?? [])
            action();
    }
}
