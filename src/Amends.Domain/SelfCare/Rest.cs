using Amends.Domain.Cases;

namespace Amends.Domain.SelfCare;

/// <summary>When a rest is suggested: several hard cases one after the other. A suggestion, never a block.</summary>
public static class Breather
{
    /// <summary>How many in a row, unless somebody sets it otherwise.</summary>
    public const int Usual = 3;

    /// <summary>The bounds of what can be set.</summary>
    public const int Fewest = 2, Most = 10;

    /// <summary>How many of the newest cases were hard before the first one that was not.</summary>
    /// <param name="newestFirst">The cases in which somebody was last in touch with a customer, each once, the newest first: whether it is a hard one.</param>
    public static int InARow(IEnumerable<bool> newestFirst) => newestFirst.TakeWhile(hard => hard).Count();

    /// <summary>Whether it is time.</summary>
    /// <param name="newestFirst">As above.</param>
    /// <param name="after">How many in a row.</param>
    public static bool IsDue(IEnumerable<bool> newestFirst, int after) => InARow(newestFirst) >= Math.Clamp(after, Fewest, Most);
}

/// <summary>What may be light, and where nothing may be.</summary>
public static class LightSide
{
    /// <summary>
    /// Danger, somebody who needs our support or mourns, and no agreement: no light word, no perspective and no mood stands beside such a case,
    /// whatever anybody switched on.
    /// </summary>
    public static bool IsGrave(CaseState state) => state.AtRisk == true || state.SupportNeeds.Count > 0 || state.CloseReason == CloseReason.Deadlock || state.Referral is not null;

    /// <summary>Whether a light card may follow: the customer is gone, and the case was none of those.</summary>
    public static bool Suits(CaseState state) => !state.IsOpen && !IsGrave(state);
}

/// <summary>A thought in passing beside a hard case. It is chosen from the day and the number alone: nothing of it is kept, and it says nothing about the customer.</summary>
public static class PassingThoughts
{
    private static readonly string[] All =
    [
        "What could be true here?",
        "It may be a bad day, or the last of several: look at their history.",
        "They are angry at what happened. You are the one who can change it.",
        "What would you want to hear now, in their place?",
    ];

    /// <summary>The thought for this case on this day; <c>null</c> for a case that is not hard, and for a grave one.</summary>
    public static string? For(CaseState state, long number, DateOnly day) =>
        state.IsHard && !LightSide.IsGrave(state) ? All[(int)((number + day.DayNumber) % All.Length)] : null;
}

/// <summary>Which closed cases somebody is asked to look back at: one in so many, by a digest that nobody else can compute.</summary>
public static class Sample
{
    /// <summary>The most that "one in" can be.</summary>
    public const int Widest = 100;

    /// <summary>Whether it is drawn; never for 0. The same digest is always drawn, or never.</summary>
    /// <param name="digest">Eight bytes or more, as if by chance.</param>
    /// <param name="oneIn">One in how many.</param>
    public static bool IsDrawn(ReadOnlySpan<byte> digest, int oneIn) => oneIn > 0 && System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(digest) % (ulong)oneIn == 0;
}
