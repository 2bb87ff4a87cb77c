using Amends.Domain.Cases;

namespace Amends.Domain.CheckBacks;

/// <summary>What the customer wanted, beside what we offered, what they accepted, and what they say of it in the end (practices 2-17, 4-3).</summary>
/// <param name="Wanted">In their words; <c>null</c> when they did not say.</param>
/// <param name="Offered">The options that went to them, of all offers.</param>
/// <param name="Accepted">The option that they chose last; <c>null</c> when none.</param>
/// <param name="AcceptedAsWanted">It was marked as exactly what they asked for.</param>
/// <param name="Met">What they say; <c>null</c> when they were not asked or did not say.</param>
public sealed record OutcomeGap(string? Wanted, IReadOnlyList<string> Offered, string? Accepted, bool AcceptedAsWanted, OutcomeMet? Met)
{
    /// <summary>The comparison for a case.</summary>
    public static OutcomeGap Of(CaseState state)
    {
        var sent = state.Offers.Where(offer => offer is { SentAt: not null, IsAddition: false }).ToList();
        var chosen = sent.LastOrDefault(offer => offer.ChosenId is not null);
        var option = chosen?.Options.FirstOrDefault(each => each.Id == chosen.ChosenId);
        return new(state.WantedOutcome, [.. sent.SelectMany(offer => offer.Options).Select(each => each.Title).Distinct()], option?.Title, option?.IsAsWanted == true, state.CheckBack?.Survey?.Met);
    }
}
