using Amends.Domain;
using Amends.Jobs;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Amends.Data.Exports;

/// <summary>
/// Makes the files that were asked for, one at a time on each node, and takes away those whose time is over. A file that was not finished, because
/// the node died or stopped, is made from its beginning by whoever takes it up; its pieces carry their epoch, so that no two makings are mixed.
/// </summary>
public sealed class MakeExports(Database database, ExportDesk desk, StoredSettings settings, TimeProvider clock, LoopHealth health, ILogger<MakeExports> log) : Loop(TimeSpan.FromSeconds(5), health, log)
{
    private const string NoRoom = "There is no room left where the database is. Ask whoever looks after it, or choose fewer days.";
    private const int SqliteFull = 13;

    private readonly LoopHealth _health = health;
    private readonly ILogger _log = log;

    /// <summary>How large the parts are.</summary>
    internal ExportSizes Sizes { get; set; } = ExportSizes.Usual;

    /// <summary>Runs before each page of rows, with how many are written; tests stop there.</summary>
    internal Func<long, Task>? BeforePage { get; set; }

    /// <inheritdoc/>
    public override async Task<bool> RunOnce(CancellationToken ct)
    {
        while (await desk.Tidy(ct))
        {
        }

        if (await desk.Claim(ct) is not { } export)
            return false;
        try
        {
            if (await desk.WhyNot(export, ct) is { } why)
                await desk.Fail(export, why);
            else
                await Make(export, ct);
        }
        catch (ExportRun.NotOurs)
        {
            // cancelled, or another node has it: what is written so far goes with the next tidying
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            await desk.Release(export);
            throw;
        }
        catch (Refused no)
        {
            await desk.Fail(export, no.Message);
        }
        catch (Exception failure) when (failure is SqliteException { SqliteErrorCode: SqliteFull } or PostgresException { SqlState: PostgresErrorCodes.DiskFull })
        {
            await desk.Fail(export, NoRoom);
        }
        catch (Exception failure)
        {
            LogFailure(_log, export.Id, Fault.Of(failure), null);
            await desk.Stumble(export);
        }

        return true;
    }

    private async Task Make(AskedExport export, CancellationToken ct)
    {
        var zone = (await settings.Company(ct)).Zone();
        await using var pulse = new Pulse(() => desk.Prolong(export));
        await new ExportRun(database, desk, export, zone, Sizes, clock, async rows =>
        {
            _health.Began(nameof(MakeExports)); // a long file is no loop that hangs
            if (BeforePage is { } before)
                await before(rows);
        }).Run(ct);
    }

    private static readonly Action<ILogger, long, string, Exception?> LogFailure =
        LoggerMessage.Define<long, string>(LogLevel.Warning, new EventId(3, "ExportFailed"), "Export {Export} failed: {Failure}");
}
