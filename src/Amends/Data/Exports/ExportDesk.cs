using System.Globalization;
using Amends.Domain;
using Amends.Domain.Exports;
using Amends.Domain.People;
using Amends.Jobs;
using Amends.Web;
using Dapper;

namespace Amends.Data.Exports;

/// <summary>
/// Which exports were asked for and where they stand. Whoever makes one holds a lease and an epoch: a change by an older epoch, or to one that
/// was cancelled meanwhile, changes nothing.
/// </summary>
public sealed class ExportDesk(Database database, LiveSignals live, TimeProvider clock)
{
    /// <summary>How many are listed.</summary>
    public const int Shown = 50;

    private const int MostTries = 3, MostEpochs = 30, PiecesAtOnce = 64;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10), Long = TimeSpan.FromMinutes(1), Remembered = TimeSpan.FromDays(365);

    private const string Columns = "id, person_id, token_id, by_name, what, from_day, to_day, category, cases_in, format, state, row_count, total, byte_count, note, asked_at, begun_at, ended_at, epoch, tries";
    private const string Theirs = "(@all = 1 or person_id = @person or token_id = @token)";

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Asks for one.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="plan">What.</param>
    /// <returns>Its id.</returns>
    /// <exception cref="Refused">It cannot be made, or not for them, or two of theirs are in the making.</exception>
    public async Task<long> Add(Unit unit, ExportAsker by, ExportPlan plan)
    {
        plan.MustBeFor(by.Role);
        if (plan.Category is { } category && CategorySet.WordsOf(category) is null)
            throw new Refused("category", "Choose one of the categories.");
        // one after the other, so that two at a moment are not let in as one
        await unit.Value<long?>($"select id from {(by.PersonId is null ? "api_tokens" : "people")} where id = @id{database.ForUpdate}", new { id = by.PersonId ?? by.TokenId });
        if (await unit.Value<long>("select count(*) from exports where state in (1, 2) and (person_id = @PersonId or token_id = @TokenId)", new { by.PersonId, by.TokenId }) >= ExportPlan.MostAtATime)
            throw new Refused("too_many", $"{ExportPlan.MostAtATime} of your exports wait or are being made. Wait for one of them, or cancel it.");
        var id = await unit.Value<long>(
            """
            insert into exports (person_id, token_id, by_name, what, from_day, to_day, category, cases_in, format, state, asked_at)
            values (@PersonId, @TokenId, @Name, @what, @from, @to, @Category, @cases, @format, 1, @at) returning id
            """,
            new { by.PersonId, by.TokenId, by.Name, what = (int)plan.What, from = Day(plan.From), to = Day(plan.To), plan.Category, cases = (int)plan.Cases, format = (int)plan.Format, at = Now });
        Tell(unit, id, by.PersonId);
        return id;
    }

    /// <summary>The newest of theirs, or of all for the owner.</summary>
    public Task<IReadOnlyList<AskedExport>> List(ExportAsker by, CancellationToken ct = default) => database.Read(async connection => (IReadOnlyList<AskedExport>)(await connection.QueryAsync<AskedExport>(
        $"select {Columns} from exports where {Theirs} order by id desc limit {Shown}", Whose(by))).AsList(), ct);

    /// <summary>One of theirs; <c>null</c> when there is none, when it is somebody else's, and when they may not have such rows any more.</summary>
    public async Task<AskedExport?> Find(long id, ExportAsker by, CancellationToken ct = default)
    {
        var found = await database.Read(connection => connection.QuerySingleOrDefaultAsync<AskedExport>($"select {Columns} from exports where id = @id and {Theirs}", Whose(by, id)), ct);
        return found is not null && by.Role >= ExportPlan.Needs(found.Plan.What) ? found : null;
    }

    /// <summary>Cancels one that waits or is made; removes the file of one that is done.</summary>
    /// <returns>Where it stands now; <c>null</c> when they have no such one.</returns>
    public async Task<ExportState?> End(Unit unit, long id, ExportAsker by)
    {
        var found = await unit.One<AskedExport>($"select {Columns} from exports where id = @id and {Theirs}{database.ForUpdate}", Whose(by, id));
        if (found is null)
            return null;
        var next = found.IsOpen ? ExportState.Cancelled : found.State == ExportState.Done ? ExportState.Removed : found.State;
        if (next == found.State)
            return next;
        await unit.Run("update exports set state = @next, ended_at = @at, lease_until = 0 where id = @id", new { id, next = (int)next, at = Now });
        Tell(unit, id, found.PersonId);
        return next;
    }

    /// <summary>Takes away files whose time is over, pieces that belong to no file, and lines of a year ago.</summary>
    /// <returns>Whether there may be more.</returns>
    internal async Task<bool> Tidy(CancellationToken ct)
    {
        var (now, old, forgotten) = (Now, Now - (long)ExportPlan.Kept.TotalMilliseconds, Now - (long)Remembered.TotalMilliseconds);
        const string loose = "from export_pieces p join exports e on e.id = p.export_id where e.state not in (2, 3) or p.epoch <> e.epoch";
        if (await database.Read(connection => connection.ExecuteScalarAsync<long>(
            $"select case when exists (select 1 from exports where state = 3 and ended_at <= @old or ended_at <= @forgotten) or exists (select 1 {loose}) then 1 else 0 end", new { old, forgotten }), ct) == 0)
            return false;
        return await database.Write(async unit =>
        {
            await unit.Run("update exports set state = 6, note = '' where state = 3 and ended_at <= @old", new { old });
            var pieces = await unit.Run($"delete from export_pieces where (export_id, epoch, piece) in (select p.export_id, p.epoch, p.piece {loose} limit {PiecesAtOnce})");
            await unit.Run("delete from exports where state > 3 and ended_at <= @forgotten and not exists (select 1 from export_pieces p where p.export_id = exports.id)", new { forgotten });
            return pieces == PiecesAtOnce;
        }, ct);
    }

    /// <summary>Takes one that waits, or whose maker is gone, for this node; <c>null</c> when there is none.</summary>
    internal async Task<AskedExport?> Claim(CancellationToken ct)
    {
        var now = Now;
        if (await database.Read(connection => connection.ExecuteScalarAsync<long>("select count(*) from exports where state in (1, 2) and lease_until < @now", new { now }), ct) == 0)
            return null;
        var claimed = await database.Write(unit => unit.One<AskedExport>(
            $"""
            update exports set state = 2, lease_until = @until, epoch = epoch + 1, begun_at = @now, row_count = 0, total = null, byte_count = 0, at_id = 0, note = ''
            where id in (select id from exports where state in (1, 2) and lease_until < @now order by id limit 1{database.SkipLocked}) returning {Columns}
            """, new { now, until = Until() }), ct);
        if (claimed is not { Epoch: > MostEpochs })
            return claimed;
        await Fail(claimed, $"It was begun {MostEpochs} times and never came to its end. Choose fewer days, and ask again.");
        return null;
    }

    /// <summary>Why an export may not be made any more; <c>null</c> when it may.</summary>
    internal async Task<string?> WhyNot(AskedExport export, CancellationToken ct)
    {
        if (export.PersonId is not { } id)
            return await database.Read(connection => connection.ExecuteScalarAsync<long>("select count(*) from api_tokens where id = @TokenId and revoked_at is null", new { export.TokenId }), ct) > 0 ? null : "The program's token was revoked.";
        var (role, active) = await database.Read(connection => connection.QuerySingleAsync<(int, int)>("select role, active from people where id = @id", new { id }), ct);
        return active == 0 ? "They do not work here any more." : (Role)role < ExportPlan.Needs(export.Plan.What) ? "They may not have such a file any more." : null;
    }

    /// <summary>Keeps the lease while a statement takes long.</summary>
    internal Task Prolong(AskedExport export) => database.Write(unit => unit.Run("update exports set lease_until = @until where id = @Id and epoch = @Epoch and state = 2", new { export.Id, export.Epoch, until = Until() }));

    /// <summary>Writes down how far it is; <c>false</c> when it is not wanted any more or somebody else's.</summary>
    internal Task<bool> Progress(AskedExport export, long rows, long? total, long bytes, long at) => database.Write(async unit =>
    {
        var isOurs = await unit.Run("update exports set row_count = @rows, total = @total, byte_count = @bytes, at_id = @at, lease_until = @until where id = @Id and epoch = @Epoch and state = 2", new { export.Id, export.Epoch, rows, total, bytes, at, until = Until() }) == 1;
        if (isOurs)
            Tell(unit, export.Id, export.PersonId);
        return isOurs;
    });

    /// <summary>Stores a piece of the file; <c>false</c> when it is not wanted any more or somebody else's.</summary>
    internal async Task<bool> Put(AskedExport export, int piece, int size, bool packed, byte[] data) => await database.Write(unit => unit.Run(
        """
        insert into export_pieces (export_id, epoch, piece, size, packed, data)
        select @Id, @Epoch, @piece, @size, @packed, @data where exists (select 1 from exports where id = @Id and epoch = @Epoch and state = 2)
        """, new { export.Id, export.Epoch, piece, size, packed = packed ? 1 : 0, data })) == 1;

    /// <summary>The file is whole and can be fetched; <c>false</c> when it is not wanted any more or somebody else's.</summary>
    internal Task<bool> Publish(AskedExport export, long rows, long bytes, string note) => database.Write(async unit =>
    {
        if (await unit.Run("update exports set state = 3, row_count = @rows, total = @rows, byte_count = @bytes, note = @note, ended_at = @at, lease_until = 0 where id = @Id and epoch = @Epoch and state = 2", new { export.Id, export.Epoch, rows, bytes, note, at = Now }) == 0)
            return false;
        if (export.PersonId is { } person && Now - export.AskedAt > Long.TotalMilliseconds) // whoever still looks at it sees it
            await Notices.Tell(unit, person, null, $"export:{export.Id}", $"Your export {export.Plan.FileName} is ready: Reports, Exports.", clock.GetUtcNow());
        Tell(unit, export.Id, export.PersonId);
        return true;
    });

    /// <summary>It cannot be made; the pieces go with the next tidying.</summary>
    internal Task Fail(AskedExport export, string why) => database.Write(async unit =>
    {
        await unit.Run("update exports set state = 5, note = @why, ended_at = @at, lease_until = 0 where id = @Id and epoch = @Epoch and state = 2", new { export.Id, export.Epoch, why, at = Now });
        if (export.PersonId is { } person && Now - export.AskedAt > Long.TotalMilliseconds)
            await Notices.Tell(unit, person, null, $"export:{export.Id}", $"Your export {export.Plan.FileName} could not be made: Reports, Exports.", clock.GetUtcNow());
        Tell(unit, export.Id, export.PersonId);
    });

    /// <summary>Something went wrong that may go well the next time: it is made anew after a pause, a few times.</summary>
    internal async Task Stumble(AskedExport export)
    {
        if (export.Tries + 1 >= MostTries)
            await Fail(export, $"It failed {MostTries} times. The log of the program says where; ask whoever looks after it.");
        else
            await database.Write(unit => unit.Run("update exports set state = 1, tries = tries + 1, lease_until = @until where id = @Id and epoch = @Epoch and state = 2", new { export.Id, export.Epoch, until = Now + (long)Pause.TotalMilliseconds }));
    }

    /// <summary>This node stops: any may take it at once.</summary>
    internal Task Release(AskedExport export) => database.Write(unit => unit.Run("update exports set state = 1, lease_until = 0 where id = @Id and epoch = @Epoch and state = 2", new { export.Id, export.Epoch }));

    private long Until() => Now + (long)Pulse.Lease.TotalMilliseconds;

    private void Tell(Unit unit, long id, long? person) => live.Announce(unit, new LiveSignal("export", id, 0, person));

    private static object Whose(ExportAsker by, long id = 0) => new { id, all = by.SeesAll ? 1 : 0, person = by.PersonId, token = by.TokenId };

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
