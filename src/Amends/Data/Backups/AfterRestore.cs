namespace Amends.Data.Backups;

/// <summary>
/// What must not simply go on where the backup stopped: whoever made it may have gone on since. Mail that waited may have
/// gone already, so it is not sent again unless that is asked for.
/// </summary>
internal static class AfterRestore
{
    private const string Words = "It waited when the backup was made and may have gone since. It was not sent again.";

    /// <summary>Puts it right, in the transaction of the restore.</summary>
    public static async Task Run(Unit unit, RestoreChoices choices, DateTimeOffset madeAt, DateTimeOffset now)
    {
        var at = now.ToUnixTimeMilliseconds();
        await unit.Run("update jobs set lease_until = 0");
        await unit.Run("update intake set lease_until = 0 where state = 1");
        await unit.Run("update outbox set lease_until = 0 where state in (1, 2, 4)");
        if (!choices.SendWaiting)
        {
            var waiting = await unit.List<Waiting>($"select id, case_number, recipient from outbox where state in ({(int)OutboxState.Queued}, {(int)OutboxState.Sending}, {(int)OutboxState.Deferred}) order by id");
            foreach (var mail in waiting)
            {
                await unit.Run($"update outbox set state = {(int)OutboxState.Failed}, reply = @Words, done_at = @at where id = @Id", new { mail.Id, Words, at });
                await Notices.TellOwner(unit, mail.CaseNumber, $"mail failed:{mail.Id}",
                    $"A mail to {mail.Recipient} was waiting when the backup of {madeAt:yyyy-MM-dd HH:mm} UTC was made. It may have gone since; look before you write again.", now);
            }

            // A reply in its few seconds of grace becomes what its writer was writing.
            await unit.Run("""
                insert into drafts (person_id, case_number, kind, text, html, device, saved_at)
                select person_id, case_number, 1, text, html, 0, @at from held_replies where id in (select max(id) from held_replies group by person_id, case_number) on conflict do nothing
                """, new { at });
            await unit.Run("delete from held_files");
            await unit.Run("delete from held_replies");
        }

        if (!choices.Quiet)
            return;
        await unit.Run("delete from settings where name = @name", new { name = "outgoing" });
        await unit.Run("update mailboxes set active = 0");
    }

    private sealed class Waiting
    {
        public long Id { get; init; }
        public long CaseNumber { get; init; }
        public string Recipient { get; init; } = "";
    }
}
