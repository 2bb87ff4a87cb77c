using System.Data;
using System.Data.Common;
using Amends.Domain;
using Dapper;
using Microsoft.Data.Sqlite;

namespace Amends.Data.Backups;

/// <summary>What whoever restores decides.</summary>
/// <param name="Replace">Throws away what the database holds.</param>
/// <param name="SendWaiting">Mail goes out as usual, also what waited when the backup was made; otherwise all of it is held until a person decides.</param>
/// <param name="Quiet">Without the outgoing server and with all mailboxes off, to look at a backup without telling anybody.</param>
public sealed record RestoreChoices(bool Replace = false, bool SendWaiting = false, bool Quiet = false);

/// <summary>Puts a backup into a database, of either kind, in one transaction: all of it or nothing.</summary>
public sealed class RestoreBackup(Database database, TimeProvider clock)
{
    /// <summary>Restores; returns the schema steps that ran afterwards because this program is newer than the backup.</summary>
    /// <exception cref="Refused">The backup or the database is not fit for it; nothing was changed.</exception>
    public async Task<IReadOnlyList<string>> Run(BackupFile backup, RestoreChoices choices, CancellationToken ct = default)
    {
        var migrator = new Migrator(database);
        var known = migrator.Steps().Select(step => step.Name).ToHashSet();
        if (backup.Manifest.Steps.Where(step => !known.Contains(step)).Order(StringComparer.Ordinal).FirstOrDefault() is { } newer)
            throw new Refused("newer", $"This backup was made by a newer Amends: it has the schema step {newer}. Restore it with that version.");
        var later = known.Except(backup.Manifest.Steps).Order(StringComparer.Ordinal).ToList();
        await using var connection = await database.Connect(ct);
        await RefuseWhenRunning(connection);
        if (database.Dialect == "sqlite")
            await connection.ExecuteAsync("pragma foreign_keys = 0"); // checked at the end instead; it cannot be changed inside a transaction
        await using (var transaction = connection is SqliteConnection sqlite ? sqlite.BeginTransaction(deferred: false) : await connection.BeginTransactionAsync(ct))
        {
            await Clear(connection, transaction, choices.Replace);
            await migrator.Make(connection, transaction, [.. backup.Manifest.Steps]);
            await Load(backup, connection, transaction, ct);
            await migrator.Make(connection, transaction, later);
            await AfterRestore.Run(new Unit(connection, transaction), choices, backup.Manifest.MadeAt, clock.GetUtcNow());
            await transaction.CommitAsync(CancellationToken.None);
        }

        await connection.ExecuteAsync(database.Dialect == "sqlite" ? "pragma foreign_keys = 1; pragma wal_checkpoint(truncate)" : "analyze", commandType: CommandType.Text);
        return later;
    }

    /// <summary>A program that runs on what is replaced under it would go on with what it remembers.</summary>
    private static async Task RefuseWhenRunning(DbConnection connection)
    {
        var running = false;
        if (connection is SqliteConnection)
        {
            try // leaving WAL needs the file for oneself alone
            {
                running = await connection.ExecuteScalarAsync<string>("pragma journal_mode = delete", commandTimeout: 1) != "delete";
                await connection.ExecuteAsync("pragma journal_mode = wal", commandTimeout: 1);
            }
            catch (SqliteException busy) when (busy.SqliteErrorCode is 5 or 6) // SQLITE_BUSY, SQLITE_LOCKED
            {
                running = true;
            }
        }
        else
        {
            running = await connection.ExecuteScalarAsync<long>(
                "select count(*) from pg_stat_activity where datname = current_database() and application_name = 'amends' and pid <> pg_backend_pid()") > 0;
        }

        if (running)
            throw new Refused("running", "Another program has this database open. Stop Amends first, on every node.");
    }

    private async Task Clear(DbConnection connection, DbTransaction transaction, bool replace)
    {
        var names = (await connection.QueryAsync<string>(database.Dialect == "sqlite"
            ? "select name from pragma_table_list where schema = 'main' and type in ('table', 'virtual') and name not like 'sqlite!_%' escape '!'"
            : "select tablename from pg_tables where schemaname = current_schema()", transaction: transaction)).ToList();
        if (names.Count == 0)
            return;
        if (!names.Contains("schema_steps"))
            throw new Refused("not_ours", "This database holds tables that are not of Amends. Restore into an empty one.");
        var filled = new List<string>();
        foreach (var name in names.Intersect(["people", "customers", "cases", "orders"]))
        {
            if (await connection.ExecuteScalarAsync<long>($"select count(*) from (select 1 as one from \"{name}\" limit 1) first", transaction: transaction) > 0)
                filled.Add(name);
        }

        if (filled.Count > 0 && !replace)
            throw new Refused("not_empty", "There is data in this database already. Restore into an empty one, or say --replace to throw away everything that it holds now.");
        foreach (var name in names)
            await connection.ExecuteAsync($"drop table if exists \"{name}\"{(database.Dialect == "sqlite" ? "" : " cascade")}", transaction: transaction);
    }

    private async Task Load(BackupFile backup, DbConnection connection, DbTransaction transaction, CancellationToken ct)
    {
        if (database.Dialect == "postgres") // rows that others refer to come first here, and what follows changes tables
            await connection.ExecuteAsync("set constraints all immediate", transaction: transaction);
        var tables = await Table.All(connection, transaction, database.Dialect);
        var parts = backup.Manifest.Tables.ToDictionary(part => part.Name);
        if (parts.Keys.Except(tables.Select(table => table.Name)).Order(StringComparer.Ordinal).FirstOrDefault() is { } unknown)
            throw new Refused("unknown", $"This backup has a table that its version of Amends does not have: {unknown}. Nothing was restored.");
        foreach (var table in tables)
        {
            await connection.ExecuteAsync($"delete from \"{table.Name}\"", transaction: transaction); // what a schema step put there is in the backup, too
            if (!parts.TryGetValue(table.Name, out var part))
                throw new Refused("missing", $"This backup lacks the table {table.Name}. Nothing was restored.");
            var columns = part.Columns.Select(name => table.Columns.FirstOrDefault(column => column.Name == name)
                ?? throw new Refused("unknown", $"This backup has a column that its version of Amends does not have: {table.Name}.{name}. Nothing was restored.")).ToList();
            await using var insert = Insert(connection, transaction, table.Name, columns);
            await backup.Rows(part, columns, async values =>
            {
                for (var i = 0; i < values.Length; i++)
                    insert.Parameters[i].Value = values[i];
                await insert.ExecuteNonQueryAsync(ct);
            }, ct);
            await table.CountFrom(connection, transaction, part.NextId);
        }

        if (database.Dialect == "sqlite" && (await connection.QueryAsync<string>("select \"table\" from pragma_foreign_key_check limit 1", transaction: transaction)).FirstOrDefault() is { } loose)
            throw new Refused("loose", $"This backup is damaged: a row of {loose} refers to something that is not there. Nothing was restored.");
    }

    private static DbCommand Insert(DbConnection connection, DbTransaction transaction, string table, IReadOnlyList<Column> columns)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"insert into \"{table}\" ({string.Join(", ", columns.Select(column => $"\"{column.Stored?.Name ?? column.Name}\""))}) values ({string.Join(", ", columns.Select((column, i) => string.Format(column.Stored?.Value ?? "{0}", $"@p{i}")))})";
        for (var i = 0; i < columns.Count; i++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"p{i}";
            parameter.DbType = columns[i].Holds switch { Holds.Number => DbType.Int64, Holds.Bytes => DbType.Binary, _ => DbType.String };
            command.Parameters.Add(parameter);
        }

        command.Prepare();
        return command;
    }
}
