namespace Amends.Features.Shared;

/// <summary>The five steps of a recovery in the agents' and in the customer's words.</summary>
public static class Steps
{
    /// <summary>What the desk does, one word each.</summary>
    public static readonly IReadOnlyList<string> Agent = ["Listen", "Confirm", "Offer", "Put right", "Check back"];

    /// <summary>What the customer sees; the last word is theirs.</summary>
    public static readonly IReadOnlyList<string> Customer = ["You told us", "We understood", "You choose", "We put it right", "You tell us it is right"];

    /// <summary>An icon for each of the agents' steps.</summary>
    public static readonly IReadOnlyList<string> Icons = ["message-circle", "circle-check", "gift", "wrench", "repeat"];

    /// <summary>"Step 3 of 5: Offer" for 3, "All five steps done" above 5.</summary>
    public static string Label(int now) => now is >= 1 and <= 5 ? $"Step {now} of 5: {Agent[now - 1]}" : "All five steps done";
}
