using System.Data.Common;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Dapper;

namespace Amends.Data;

/// <summary>
/// Brings the schema up to date: numbered SQL files, forward only, a transaction each, with its checksum written in the
/// same transaction. Killed at any statement, the next start goes on where it was; two nodes wait for one another.
/// </summary>
public sealed partial class Migrator(Database database)
{
    private const long LockKey = 0x416D656E6473; // "Amends"
    private const string StepsTable = "create table if not exists schema_steps (name text primary key, checksum text not null, at bigint not null)";

    /// <summary>Called before each statement; tests stop there.</summary>
    internal Action<string>? BeforeStatement { get; init; }

    /// <summary>Runs what is missing; returns the names of the files that ran.</summary>
    /// <exception cref="BadSetting">A file that ran has changed since, or the database is newer than this program.</exception>
    public async Task<IReadOnlyList<string>> Run(CancellationToken ct = default)
    {
        await using var connection = await database.Connect(ct);
        var postgres = database.Dialect == "postgres";
        if (postgres) // held by the session: it ends with the process, however that ends
            await connection.ExecuteAsync("select pg_advisory_lock(@LockKey)", new { LockKey });
        try
        {
            return await RunLocked(connection, postgres, ct);
        }
        finally
        {
            if (postgres)
                await connection.ExecuteAsync("select pg_advisory_unlock(@LockKey)", new { LockKey });
        }
    }

    /// <summary>The files for this kind of database, in order.</summary>
    public IReadOnlyList<Step> Steps() =>
        [.. from name in Assembly.GetExecutingAssembly().GetManifestResourceNames()
            let file = FileName().Match(name)
            where file.Success && (file.Groups["dialect"].Length == 0 || file.Groups["dialect"].Value == database.Dialect)
            let step = file.Groups["step"].Value
            orderby step
            select new Step(step, database.Translate(TextOf(name)))];

    /// <summary>Runs the named steps, which have not run yet, inside the caller's transaction, so that a restore is all or nothing.</summary>
    internal async Task Make(DbConnection connection, DbTransaction transaction, IReadOnlyCollection<string> names)
    {
        await connection.ExecuteAsync(StepsTable, transaction: transaction);
        foreach (var step in Steps().Where(step => names.Contains(step.Name)))
            await Apply(connection, transaction, step);
    }

    private async Task Apply(DbConnection connection, DbTransaction transaction, Step step)
    {
        foreach (var statement in step.Statements)
        {
            BeforeStatement?.Invoke(statement);
            await connection.ExecuteAsync(statement, transaction: transaction);
        }

        await connection.ExecuteAsync("insert into schema_steps (name, checksum, at) values (@Name, @Checksum, @At)",
            new { step.Name, step.Checksum, At = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() }, transaction);
    }

    private async Task<IReadOnlyList<string>> RunLocked(DbConnection connection, bool postgres, CancellationToken ct)
    {
        await connection.ExecuteAsync(StepsTable);
        var ran = new List<string>();
        var steps = Steps();
        foreach (var step in steps)
        {
            await using var transaction = await Begin(connection, postgres, ct);
            var known = await connection.ExecuteScalarAsync<string?>("select checksum from schema_steps where name = @Name", new { step.Name }, transaction);
            if (known is not null && known != step.Checksum)
                throw new BadSetting("The database", $"was made with another {step.Name}; restore the program that belongs to it");
            if (known is not null)
                continue;

            await Apply(connection, transaction, step);
            await transaction.CommitAsync(ct);
            ran.Add(step.Name);
        }

        var newer = (await connection.QueryAsync<string>("select name from schema_steps")).Except(steps.Select(step => step.Name)).Order().FirstOrDefault();
        return newer is null ? ran : throw new BadSetting("The database", $"has the step {newer} that this program does not know; start the newer program");
    }

    private static async Task<DbTransaction> Begin(DbConnection connection, bool postgres, CancellationToken ct) => postgres
        ? await connection.BeginTransactionAsync(ct)
        : ((Microsoft.Data.Sqlite.SqliteConnection)connection).BeginTransaction(deferred: false);

    private static string TextOf(string resource)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    [GeneratedRegex(@"\.(?<step>\d{4}_[a-z_]+)(\.(?<dialect>sqlite|postgres))?\.sql$")]
    private static partial Regex FileName();

    /// <summary>One numbered file. Statements end with a semicolon at the end of a line.</summary>
    public sealed record Step(string Name, string Sql)
    {
        /// <summary>SHA-256 of the text, in hex.</summary>
        public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Sql)));

        /// <summary>The statements in order.</summary>
        public IEnumerable<string> Statements => Sql.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(statement => statement.Split('\n').Any(line => line.Trim() is { Length: > 0 } text && !text.StartsWith("--", StringComparison.Ordinal)));
    }
}
