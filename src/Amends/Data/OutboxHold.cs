using System.Data.Common;
using System.Globalization;
using Dapper;

namespace Amends.Data;

/// <summary>
/// After a restore no letter leaves until a person decides. The desk that made the backup may have gone on, and may have sent
/// what waited in it; what was due since then is due again here.
/// </summary>
/// <param name="BackupOf">When the backup was made. What was queued until then waited in it.</param>
/// <param name="RestoredAt">When it was restored.</param>
public sealed record OutboxHold(DateTimeOffset BackupOf, DateTimeOffset RestoredAt)
{
    /// <summary>The setting's name; mail is held while it is there.</summary>
    public const string Setting = "held_mail";

    private const string Waiting = "state in (1, 2, 4)"; // queued, sending, deferred
    private const string MayHaveGone = "It waited in the backup that this desk was restored from, and may have gone since. It was not sent again.";

    /// <summary>When the backup was made, for people.</summary>
    public string Backup => BackupOf.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Whether a letter queued then waited in the backup already.</summary>
    public bool Waited(long queuedAt) => queuedAt <= BackupOf.ToUnixTimeMilliseconds();

    /// <summary>How many letters wait, and how many of them waited in the backup already.</summary>
    public Task<(long All, long Waited)> Count(DbConnection connection) => connection.QuerySingleAsync<(long, long)>(
        $"select count(*), count(case when queued_at <= @until then 1 end) from outbox where {Waiting}", new { until = BackupOf.ToUnixTimeMilliseconds() });

    /// <summary>
    /// Lets mail go out again. Letters that waited in the backup go only when that is said; otherwise they are shown as not
    /// arrived, and the case's owner hears of it. Does nothing when somebody was faster.
    /// </summary>
    public async Task Release(Unit unit, bool alsoWaited, DateTimeOffset now)
    {
        if (await unit.Run("delete from settings where name = @Setting", new { Setting }) == 0 || alsoWaited)
            return;
        var kept = await unit.List<OutboxRow>(
            $"update outbox set state = {(int)OutboxState.Failed}, reply = @MayHaveGone, done_at = @at where {Waiting} and queued_at <= @until returning id, case_number, recipient",
            new { MayHaveGone, at = now.ToUnixTimeMilliseconds(), until = BackupOf.ToUnixTimeMilliseconds() });
        foreach (var letter in kept)
        {
            await Notices.TellOwner(unit, letter.CaseNumber, $"mail failed:{letter.Id}",
                $"A mail to {letter.Recipient} was waiting when the backup of {Backup} was made. It may have gone since; look before you write again.", now);
        }
    }

    /// <summary>Takes one letter out while mail is held; <c>false</c> when it does not wait any more.</summary>
    public static async Task<bool> Drop(Unit unit, long id, DateTimeOffset now) => await unit.Run(
        $"update outbox set state = {(int)OutboxState.TakenBack}, reply = 'Taken out while mail was held after a restore.', done_at = @at where id = @id and {Waiting} and exists (select 1 from settings where name = @Setting)",
        new { id, Setting, at = now.ToUnixTimeMilliseconds() }) > 0;
}
