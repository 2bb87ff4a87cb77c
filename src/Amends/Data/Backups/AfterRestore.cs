using System.Text.Json;
using Amends.Domain.People;

namespace Amends.Data.Backups;

/// <summary>
/// What must not simply go on where the backup stopped: whoever made it may have gone on since. Mail that waited may have
/// gone already, so nothing is sent until a person decides.
/// </summary>
internal static class AfterRestore
{
    /// <summary>Puts it right, in the transaction of the restore.</summary>
    public static async Task Run(Unit unit, RestoreChoices choices, DateTimeOffset madeAt, DateTimeOffset now)
    {
        var at = now.ToUnixTimeMilliseconds();
        await unit.Run("update jobs set lease_until = 0");
        await unit.Run("update intake set lease_until = 0 where state = 1");
        await unit.Run("update outbox set lease_until = 0 where state in (1, 2, 4)");
        await unit.Run("update exports set state = 1, lease_until = 0 where state = 2");
        await unit.Run("update exports set state = 6, note = 'Files are in no backup; ask for it again.' where state = 3");
        await unit.Run("delete from settings where name = @Setting", new { OutboxHold.Setting }); // of a restore before the backup
        if (!choices.SendWaiting)
        {
            if (!await IsDemo(unit)) // a demo sends nothing anyway
            {
                var held = new OutboxHold(madeAt, now);
                await StoredSettings.SetIn(unit, OutboxHold.Setting, held);
                await Notices.TellAll(unit, Role.Lead, null, $"restored:{at}", $"This desk was restored from the backup of {held.Backup}. No mail goes out until you decide under Outbox.", now);
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

    private static async Task<bool> IsDemo(Unit unit) =>
        await unit.Value<string?>("select value from settings where name = 'company'") is { } company && JsonSerializer.Deserialize<Company>(company, JsonSerializerOptions.Web)!.IsDemo;
}
