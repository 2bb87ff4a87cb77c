using Amends.Domain.Issues;
using Amends.Domain.Offers;
using Amends.Domain.Playbooks;

namespace Amends.Domain.Cases;

/// <summary>What a playbook asks of an offer: what the law gives is in it, whatever else is.</summary>
public sealed partial class Case
{
    /// <summary>
    /// What a law gives is among the options, or in what we can do by a decision, unless the customer asked for something else, or all that
    /// they answer was found not to be justified. It counts against no limit (<see cref="OptionRemedy.IsStatutory"/>), so nothing holds it up.
    /// </summary>
    /// <exception cref="Refused"><c>statutory_minimum</c> with what is missing.</exception>
    private void MustHoldMinimum(PlaybookTerms? terms, IReadOnlyList<Option> options, IReadOnlyList<int> issues, bool isDecision = false)
    {
        if (terms is null || options.Any(option => option.IsAsWanted))
            return;
        if (issues.Count > 0 && State.Raised.Where(issue => issues.Contains(issue.Id)).All(issue => issue.Decision?.Finding == Finding.NotUpheld))
            return;
        foreach (var minimum in terms.Minimum)
        {
            if (State.Presets.FirstOrDefault(preset => preset.Applies && minimum.Presets.Contains(preset.Key)) is { } law
                && !options.Any(option => option.Remedies.Any(remedy => remedy.IsStatutory && minimum.Kinds.Contains(remedy.Kind)))
                && !(isDecision && State.Remedies.Any(remedy => remedy is { IsStatutory: true, FailedAt: null, ReplacedAt: null } && minimum.Kinds.Contains(remedy.Kind))))
                throw new Refused("statutory_minimum", $"“{law.Title}” gives them {minimum.Words}. " + (isDecision
                    ? "Make it what we can do, and choose the law at “Given by law”; no limit holds it up."
                    : "Put it among the options and choose the law at “Given by law”; no limit holds it up. Or tick “Exactly what they asked for” at what they want instead."));
        }
    }
}
