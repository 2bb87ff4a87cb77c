using Amends.Domain.Wording;

namespace Amends.Domain.Frameworks;

/// <summary>What a letter of ours said to the customer, as the reading of drafts found it when it went out.</summary>
public enum SaidPart
{
    /// <summary>That we are sorry, and for what.</summary>
    Apology = 1,

    /// <summary>That it was us.</summary>
    Responsibility,

    /// <summary>What we do about it.</summary>
    Repair,

    /// <summary>What went wrong.</summary>
    Explanation,

    /// <summary>Their own story, taken up in their words: enough of it that the letter fits nobody else.</summary>
    Empathy,

    /// <summary>Thanks for something that is named.</summary>
    Thanks,

    /// <summary>When and how they hear from us next.</summary>
    NextContact,

    /// <summary>No words that burn: nothing that one is asked about before sending.</summary>
    Calm,
}

/// <summary>What a letter said first, and when.</summary>
/// <param name="Part">What.</param>
/// <param name="At">When it went.</param>
/// <param name="MessageId">The message.</param>
public sealed record SaidOnce(SaidPart Part, DateTimeOffset At, long MessageId);

/// <summary>Reads what a letter said from the report of the lint, so that nothing is read twice.</summary>
public static class SaidParts
{
    /// <summary>What was said, in the order of <see cref="SaidPart"/>; calm alone where nothing else was found.</summary>
    /// <param name="report">The letter as the lint read it.</param>
    public static IReadOnlyList<SaidPart> Of(DraftReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return [.. Enum.GetValues<SaidPart>().Where(part => Says(report, part))];
    }

    private static bool Says(DraftReport report, SaidPart part) => part switch
    {
        SaidPart.Apology => report.Apology.Parts.ContainsKey(ApologyPart.Regret),
        SaidPart.Responsibility => report.Apology.Parts.ContainsKey(ApologyPart.Responsibility),
        SaidPart.Repair => report.Apology.Parts.ContainsKey(ApologyPart.Repair),
        SaidPart.Explanation => report.Apology.Parts.ContainsKey(ApologyPart.Explanation),
        SaidPart.Empathy => report.Empathy.Level >= EmpathyLevel.Some,
        SaidPart.Thanks => report.Has(MarkerKind.Thanks),
        SaidPart.NextContact => report.Has(MarkerKind.NextContact),
        _ => !report.AsksOnce && !report.Blocks,
    };
}
