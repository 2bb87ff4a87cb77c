using Amends.Data;
using Amends.Domain.People;
using Dapper;

namespace Amends.Commands.Checks;

/// <summary>What waits, and whether anybody is there to see to it.</summary>
internal static class CheckWork
{
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(10);

    /// <summary>What is to say of it.</summary>
    public static async IAsyncEnumerable<Finding> Of(Database database, TimeProvider clock)
    {
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var late = now - (long)Late.TotalMilliseconds;
        yield return await Count("select count(*) from people where active = 1 and password_hash is not null and role = @owner") > 0
            ? new Finding(Level.Ok, "owner", "somebody can sign in as an owner")
            : new Finding(Level.Warn, "owner", "nobody can sign in as an owner", "amends user recover EMAIL makes somebody one; on the first start the page /setup does.");

        var held = await Count("select count(*) from intake where state = 3");
        yield return held == 0 ? new Finding(Level.Ok, "quarantine", "empty") : new Finding(Level.Warn, "quarantine", $"{held:N0} mails wait for a person", "Open Quarantine and place or discard each.");
        var unread = await Count("select count(*) from intake where state = 1 and due_at < @late");
        yield return unread == 0 ? new Finding(Level.Ok, "arrived mail", "all of it is read") : new Finding(Level.Warn, "arrived mail", $"{unread:N0} mails are stored and not read for more than ten minutes", "They are read while Amends runs; if it runs, its log says why.");
        var waiting = await Count("select count(*) from outbox where state in (1, 2, 4)");
        var overdue = await Count("select count(*) from outbox where state in (1, 2, 4) and due_at < @late");
        yield return overdue == 0 ? new Finding(Level.Ok, "outbox", waiting == 0 ? "nothing waits" : $"{waiting:N0} letters wait for their time") : new Finding(Level.Warn, "outbox", $"{overdue:N0} letters should have gone", "They go while Amends runs and the outgoing server answers.");
        var lost = await Count("select count(*) from outbox where state = 5 and done_at > @week");
        if (lost > 0)
            yield return new Finding(Level.Warn, "outbox", $"{lost:N0} letters of the last seven days did not arrive", "Sent mail, did not arrive, shows them and why.");
        var failed = await Count("select count(*) from jobs where failed_at is not null");
        yield return failed == 0 ? new Finding(Level.Ok, "jobs", "none has failed") : new Finding(Level.Bad, "jobs", $"{failed:N0} gave up; the last said: {await database.Read(connection => connection.ExecuteScalarAsync<string>("select error from jobs where failed_at is not null order by failed_at desc limit 1"))}", "Its log says more. Report it if it is not the surroundings' fault.");
        var asleep = await Count("select (select count(*) from cases where wake_at < @late) + (select count(*) from jobs where failed_at is null and due_at < @late)");
        yield return asleep == 0 ? new Finding(Level.Ok, "clockwork", "no reminder and no job is late") : new Finding(Level.Warn, "clockwork", $"{asleep:N0} reminders or jobs are more than ten minutes late", "They run while Amends runs; if it runs, /readyz and its log say why.");

        Task<long> Count(string sql) => database.Read(connection => connection.ExecuteScalarAsync<long>(sql, new { late, owner = (int)Role.Owner, week = now - (long)TimeSpan.FromDays(7).TotalMilliseconds }));
    }
}
