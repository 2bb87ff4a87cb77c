using Amends.Domain.People;

namespace Amends.Domain.Cases;

/// <summary>
/// A customer who comes back long after their case was closed (T16): what they write is a case of its own that follows the old one, with
/// clocks of its own, until one of us says that the old matter goes on.
/// </summary>
public sealed partial class Case
{
    /// <summary>It is a new matter: it keeps its own way and its own clocks. Saying it twice changes nothing.</summary>
    public void FindNew(Actor by, DateTimeOffset at)
    {
        MustBeOpen();
        MustBeOneOfUs(by);
        if (State.MayGoOn)
            Tell(new FoundNew(at, by));
    }

    /// <summary>The customer came back after this one was closed, and another case follows it.</summary>
    /// <param name="number">The other one.</param>
    /// <param name="by">The customer, or who opened it.</param>
    /// <param name="at">Now.</param>
    public void NoteFollowing(long number, Actor by, DateTimeOffset at)
    {
        if (by.Kind == ActorKind.Person)
            MustBeOneOfUs(by);
        Tell(new CaseFollowed(at, by, number));
    }
}

/// <summary>How long after its end a case opens again by itself when its customer writes.</summary>
public static class ReopenWindow
{
    /// <summary>Bounds of what a company may choose, in days.</summary>
    public const int FewestDays = 7, MostDays = 730;

    /// <summary>Sixty days: what holds until a company chooses something else.</summary>
    public const int DefaultDays = 60;

    /// <summary>What is wrong with a number of days; <c>null</c> when nothing is.</summary>
    public static string? Wrong(int days) =>
        days is < FewestDays or > MostDays ? $"Let a case open again by itself for {FewestDays} to {MostDays} days." : null;

    /// <summary>Whether the customer writes so late that somebody says whether it is the old matter.</summary>
    /// <param name="closedAt">When the case was closed; <c>null</c> while it is open.</param>
    /// <param name="days">The company's window.</param>
    /// <param name="at">Now.</param>
    public static bool IsOver(DateTimeOffset? closedAt, int days, DateTimeOffset at) => closedAt is { } closed && at - closed > TimeSpan.FromDays(days);
}
