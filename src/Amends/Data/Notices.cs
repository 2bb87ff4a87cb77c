using Amends.Domain.People;

namespace Amends.Data;

/// <summary>What Amends tells somebody of us, on their pages. Each notice has a key, so that telling twice tells once.</summary>
public static class Notices
{
    /// <summary>Tells one person.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="personId">Whom.</param>
    /// <param name="number">The case it is about, or <c>null</c>.</param>
    /// <param name="dedupe">The same key for the same person tells nothing new.</param>
    /// <param name="text">A sentence or two; the case stands beside it.</param>
    /// <param name="at">Now.</param>
    public static Task Tell(Unit unit, long personId, long? number, string dedupe, string text, DateTimeOffset at) => unit.Put(
        "insert into notices (person_id, case_number, dedupe, text, at) values (@personId, @number, @key, @text, @at) on conflict do nothing",
        new { personId, number, key = $"{dedupe}:{personId}", text, at = at.ToUnixTimeMilliseconds() });

    /// <summary>Tells everybody with at least this role.</summary>
    public static Task TellAll(Unit unit, Role from, long? number, string dedupe, string text, DateTimeOffset at) => unit.Put(
        """
        insert into notices (person_id, case_number, dedupe, text, at)
        select id, @number, @dedupe || ':' || id, @text, @at from people where active = 1 and role >= @role on conflict do nothing
        """, new { role = (int)from, number, dedupe, text, at = at.ToUnixTimeMilliseconds() });

    /// <summary>Tells the owner of a case, or the leads while nobody has it.</summary>
    public static async Task TellOwner(Unit unit, long number, string dedupe, string text, DateTimeOffset at)
    {
        if (await unit.Value<long?>("select owner_id from cases where number = @number", new { number }) is { } owner)
            await Tell(unit, owner, number, dedupe, text, at);
        else
            await TellAll(unit, Role.Lead, number, dedupe, text, at);
    }
}
