namespace Amends.Domain.Outreach;

/// <summary>How many notices may leave now, so that replies can be answered and a mistake can be stopped.</summary>
public static class Batch
{
    /// <summary>The fewest and the most an hour.</summary>
    public const int Least = 10, Most = 2000;

    /// <summary>How many may leave now: what the time since the beginning allows, less what has left; never more than five minutes' worth at once.</summary>
    /// <param name="perHour">How many an hour, from <see cref="Least"/> to <see cref="Most"/>.</param>
    /// <param name="since">Since sending began.</param>
    /// <param name="left">How many have left.</param>
    public static int Now(int perHour, TimeSpan since, int left)
    {
        var allowed = (long)Math.Floor(since.TotalHours * perHour) + 1; // the first leaves at once
        return (int)Math.Clamp(allowed - left, 0, Math.Max(1, perHour / 12));
    }
}
