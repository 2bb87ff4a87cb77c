using Amends.Domain.Offers;
using Amends.Domain.Remedies;

namespace Amends.Domain.Returns;

/// <summary>
/// Up to which worth customers keep what they have when they get their money back or another; above it the return is proposed, and to do without has a reason.
/// It advises: what the law gives is never asked about.
/// </summary>
/// <param name="Above">The most for which nothing comes back.</param>
/// <param name="Order">What the order of the case cost, for remedies that name no worth; <c>null</c> when not known.</param>
public sealed record ReturnRule(Money Above, Money? Order = null)
{
    /// <summary>Whether something should come back for this: money for the whole thing, the same again or something else, of more worth than the rule's.</summary>
    public bool Proposes(OptionRemedy remedy) =>
        remedy.Kind is RemedyKind.Refund or RemedyKind.Replacement or RemedyKind.Substitute
        && (remedy.Value.Minor > 0 ? remedy.Value : Order) is { } worth && worth.Currency == Above.Currency && worth.Minor > Above.Minor;

    /// <summary>The first remedy of an option that should come back, does not, and has no reason; <c>null</c> when there is none.</summary>
    public OptionRemedy? Lacks(Option option) => option.Remedies.Any(remedy => remedy.Kind == RemedyKind.Return) ? null
        : option.Remedies.FirstOrDefault(remedy => Proposes(remedy) && !remedy.IsStatutory && remedy.Data is not { ReleaseOn: not null } and not { KeepsWhy: not null });
}
