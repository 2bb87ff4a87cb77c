using System.Data.Common;
using Dapper;

namespace Amends.Data;

/// <summary>One unit of work on an open transaction: SQL with named parameters, and what to do once it is durable.</summary>
public sealed class Unit(DbConnection connection, DbTransaction transaction)
{
    private List<Action>? _afterCommit;

    /// <summary>Runs a statement; returns the number of rows it changed.</summary>
    public Task<int> Run(string sql, object? values = null) => connection.ExecuteAsync(sql, values, transaction);

    /// <summary>All rows of a query.</summary>
    public async Task<List<T>> List<T>(string sql, object? values = null) => (await connection.QueryAsync<T>(sql, values, transaction)).AsList();

    /// <summary>The only row, or the default when there is none.</summary>
    public Task<T?> One<T>(string sql, object? values = null) => connection.QuerySingleOrDefaultAsync<T>(sql, values, transaction);

    /// <summary>The first column of the only row, such as an id from <c>returning</c>.</summary>
    public Task<T?> Value<T>(string sql, object? values = null) => connection.ExecuteScalarAsync<T>(sql, values, transaction);

    /// <summary>Runs once the work is durable, never otherwise. Must be quick and must not throw.</summary>
    public void AfterCommit(Action action) => (_afterCommit ??= []).Add(action);

    internal void Committed()
    {
        foreach (var action in _afterCommit ?? [])
            action();
    }
}
