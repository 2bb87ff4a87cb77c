using Amends.Domain.People;

namespace Amends.Domain.Contents;

/// <summary>How a version comes to hold: somebody proposes it and says why, somebody else agrees or says why not.</summary>
public static class Agreement
{
    /// <summary>The most characters of a reason.</summary>
    public const int LongestReason = 500;

    /// <summary>Looks at what goes with a proposal; gives the reason without spaces around it.</summary>
    /// <param name="proposed">The version; its days are looked at.</param>
    /// <param name="why">Why, in a sentence.</param>
    /// <param name="today">The day at the desk.</param>
    /// <exception cref="Refused"><c>effective_from</c> for a day that has passed, <c>effective_until</c> for an end before the beginning, <c>why</c> for no reason or too long a one.</exception>
    public static string ToPropose(IDated proposed, string? why, DateOnly today)
    {
        if (proposed.EffectiveFrom < today)
            throw new Refused("effective_from", "Choose today or a later day: what was said until now stays as it was.");
        if (proposed.EffectiveUntil < proposed.EffectiveFrom)
            throw new Refused("effective_until", "It would end before it begins. Choose a later day, or leave it empty.");
        return Reason(why, "why", "Say in a sentence why. Whoever agrees reads it.");
    }

    /// <summary>Whether somebody may decide on a proposal, and the reason for a no; <c>null</c> for a yes.</summary>
    /// <param name="yes">Whether it is to hold.</param>
    /// <param name="why">Why not.</param>
    /// <param name="by">Who decides.</param>
    /// <param name="proposedBy">Who proposed it; <c>null</c> for no person.</param>
    /// <param name="isAlone">Nobody else works here, so there is no second person to ask.</param>
    /// <exception cref="Refused"><c>not_allowed</c> below a manager; <c>second_person</c> for one's own; <c>why_not</c> for a no without a reason.</exception>
    public static string? ToDecide(bool yes, string? why, Actor by, long? proposedBy, bool isAlone)
    {
        if (by.Role < Role.Manager)
            throw new Refused("not_allowed", "A manager decides on this.");
        if (proposedBy == by.Id && !isAlone)
            throw new Refused("second_person", "Somebody else must decide on this: nobody approves their own proposal.");
        return yes ? null : Reason(why, "why_not", "Say why not, so that a better one can be proposed.");
    }

    private static string Reason(string? words, string code, string needed)
    {
        var said = words?.Trim() ?? "";
        return said.Length == 0 ? throw new Refused(code, needed) : said.Length > LongestReason ? throw new Refused(code, $"Keep it under {LongestReason} characters.") : said;
    }
}
