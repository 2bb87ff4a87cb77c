namespace Amends.Data;

/// <summary>Each form that is shown has an id of its own; an answer counts once, however often it arrives.</summary>
public static class AnsweredForms
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(3);
    private const int LongestId = 64;

    /// <summary>An id for a form that is about to be shown.</summary>
    public static string NewId() => Guid.NewGuid().ToString("n");

    /// <summary>Takes the first answer to a form; <c>false</c> for every later one. A form without an id always counts as the first.</summary>
    public static async Task<bool> TakeFirst(Unit unit, string? id, DateTimeOffset at)
    {
        if (string.IsNullOrEmpty(id) || id.Length > LongestId)
            return true;
        var now = at.ToUnixTimeMilliseconds();
        await unit.Run("delete from answered_forms where at < @old", new { old = now - (long)Kept.TotalMilliseconds });
        return await unit.Run("insert into answered_forms (id, at) values (@id, @now) on conflict do nothing", new { id, now }) == 1;
    }
}
