namespace Amends.Domain.Worth;

/// <summary>
/// Minutes of work on a case, for what a complaint costs and for nothing else. Signs of work (a page of the case that is opened, words that are typed, something that is sent) follow one another; the time between two of one
/// person counts for the case of the first, unless it is so long that they were away. Only the sum of a case is kept: who it was is forgotten with the next sign.
/// </summary>
public static class WorkClock
{
    /// <summary>A longer pause between two signs is no work.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(5);

    /// <summary>How much work lies between two signs of the same person: all of the time, or none when it is longer than <see cref="Idle"/> or goes backwards.</summary>
    public static TimeSpan Between(DateTimeOffset sign, DateTimeOffset next) => next - sign is var pause && pause > TimeSpan.Zero && pause <= Idle ? pause : TimeSpan.Zero;
}
