using Amends.Domain.Cases;
using Amends.Domain.FollowOns;
using Amends.Domain.People;

namespace Amends.Domain.Improvements;

/// <summary>A customer was told what changed because of their complaint. The words are in the message.</summary>
public sealed record ChangeTold(DateTimeOffset At, Actor By, long MessageId, long ImprovementId) : CaseEvent(At, By), IHasMessage;

/// <summary>A letter that told a customer what changed because of them.</summary>
/// <param name="ImprovementId">What changed.</param>
/// <param name="At">When it went.</param>
public sealed record ToldChange(long ImprovementId, DateTimeOffset At);

/// <summary>
/// When a customer may be told what changed because of them: as a letter of thanks, only after their own yes, and never where it would use their trouble; a letter of thanks that went
/// before does not stand against it, since it asks for nothing. Pure.
/// </summary>
public static class ChangeLetterRule
{
    /// <summary>What stands against it; empty when it may be written.</summary>
    /// <param name="state">The case.</param>
    /// <param name="improvement">What changed.</param>
    /// <param name="wantsNone">The customer said no to such letters.</param>
    public static IReadOnlyList<FollowOnRefusal> Against(CaseState state, long improvement, bool wantsNone) =>
        [.. FollowOnRule.Against(state, wantsNone).Where(each => each != FollowOnRefusal.SentAlready), .. state.ToldChanges.Any(told => told.ImprovementId == improvement) ? [FollowOnRefusal.SentAlready] : Array.Empty<FollowOnRefusal>()];

    /// <summary>Whether something has changed that customers can be told of.</summary>
    public static bool HasChanged(ImprovementItem item) => item is { HoldsFrom: not null, State: ImprovementState.Done or ImprovementState.Watching or ImprovementState.Effective };

    /// <summary>Whatever stands in quotation marks must be the customer's own words.</summary>
    /// <param name="text">The letter.</param>
    /// <param name="said">Everything that they wrote or said.</param>
    /// <exception cref="Refused"><c>text</c>, with the words that are not theirs.</exception>
    public static void MustQuote(string text, IEnumerable<string> said)
    {
        var theirs = said.Select(Plain).ToList();
        for (var open = text.IndexOf('“', StringComparison.Ordinal); open >= 0; open = text.IndexOf('“', open + 1))
        {
            var close = text.IndexOf('”', open);
            var words = Plain(close < 0 ? text[(open + 1)..] : text[(open + 1)..close]).TrimEnd('…', '.', ' ');
            if (words.Length > 0 && !theirs.Any(each => each.Contains(words, StringComparison.OrdinalIgnoreCase)))
                throw new Refused("text", $"“{Texts.Cut(words, 60)}” stands in quotation marks, and is not what they said. Quote their own words, or leave the marks out.");
        }
    }

    private static string Plain(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace('“', '\'').Replace('”', '\'').Replace('‘', '\'').Replace('’', '\'').Replace('"', '\'');
}
