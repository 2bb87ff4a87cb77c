using Amends.Domain.Calendars;
using Amends.Domain.Deadlines;
using Amends.Domain.Issues;
using Amends.Domain.Laws;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Playbooks;

namespace Amends.Domain.Cases;

/// <summary>Remedy laws: they apply by themselves where they fit, what they give is among the options, and whoever says "the law gives it" names the law.</summary>
public sealed partial class Case
{
    /// <summary>Notes what is wrong with what was bought, and puts the case under the remedy laws that fit. One that a lead took off stays off.</summary>
    /// <param name="terms">The laws that are switched on; <c>null</c> leaves everything as it is.</param>
    /// <param name="by">One of us.</param>
    /// <param name="at">Now.</param>
    /// <exception cref="Refused"><c>problem</c> while a law may fit, and neither the category nor anybody says what is wrong; <c>since</c> and <c>promised</c> for days that cannot be.</exception>
    public void ApplyLaws(LawTerms? terms, Actor by, DateTimeOffset at)
    {
        if (terms is null)
            return;
        MustBeOneOfUs(by);
        var zone = terms.Book.Rules.Zone;
        if (terms.Said is { } said && said != State.Problem)
        {
            if (!Enum.IsDefined(said.Problem))
                throw new Refused("problem", AskProblem);
            if (said.HadSince > LocalDay.Of(at, zone))
                throw new Refused("since", "They cannot have had it since a day that has not come yet.");
            if (said.HadSince < terms.OrderedOn)
                throw new Refused("since", $"They ordered it on {terms.OrderedOn:d MMMM yyyy}, and got it on that day or later.");
            if (said.PromisedFor < terms.OrderedOn)
                throw new Refused("promised", $"They ordered it on {terms.OrderedOn:d MMMM yyyy}; it was promised for that day or a later one.");
            Tell(new ProblemNamed(at, by, said));
            if (said.PromisedFor is { } day && LocalDay.Begins(day, zone) is var when && State.ClockStarts.All(start => start.StartsOn != StartsOn.OrderPromiseDate || start.When != when))
                Tell(new ClockStarted(at, by, StartsOn.OrderPromiseDate, when));
        }

        if (terms.MustAsk(State))
            throw new Refused("problem", AskProblem);
        Match([.. terms.Applying(State).Where(preset => State.Presets.All(each => each.Key != preset.Key))], terms.Book, Actor.Amends, at);
    }

    private const string AskProblem = "Say what is wrong with what they bought: a law that is switched on may give them something.";

    /// <summary>What a playbook says about laws that speak for themselves counts no more: they know the day.</summary>
    private static PlaybookTerms? Beside(LawTerms? laws, PlaybookTerms? playbook) => laws is null || playbook is null ? playbook : playbook with
    {
        Minimum = [.. playbook.Minimum.Select(minimum => minimum with { Presets = [.. minimum.Presets.Where(key => laws.Book.Find(key)?.Law is null)] })],
    };

    /// <summary>
    /// What laws give today is among the options, unless the customer asked for something else, or all that they answer was found not to be
    /// justified. It counts against no limit, so nothing holds it up.
    /// </summary>
    /// <exception cref="Refused"><c>statutory_minimum</c> with what is missing.</exception>
    private void MustHoldLaw(LawTerms? terms, IReadOnlyList<Option> options, IReadOnlyList<int> issues, DateTimeOffset at)
    {
        if (terms is null || options.Any(option => option.IsAsWanted))
            return;
        if (issues.Count > 0 && State.Raised.Where(issue => issues.Contains(issue.Id)).All(issue => issue.Decision?.Finding == Finding.NotUpheld))
            return;
        foreach (var (preset, gives) in terms.Gives(State, at).Where(each => each.What.Needs.Count > 0))
        {
            var met = gives.Needs.Count(kinds => options.Any(option => option.Remedies.Any(remedy => remedy.IsStatutory && kinds.Contains(remedy.Kind))));
            if (met == gives.Needs.Count || (terms.HasChosen && met > 0))
                continue;
            throw new Refused("statutory_minimum", $"“{preset.Law!.Name}” gives them {gives.Words}. Put it among the options and choose this law at “Given by law”; no limit holds it up. Or tick “Exactly what they asked for” at what they want instead.");
        }
    }

    /// <summary>The line with the law that gives it by its name; without one where no law gives it.</summary>
    /// <exception cref="Refused"><c>law</c> when none is named, or one that does not apply to the case.</exception>
    private OptionRemedy Grounded(OptionRemedy remedy, LawTerms? terms)
    {
        if (!remedy.IsStatutory)
            return remedy with { Law = null };
        if (remedy.Law is not { } law)
            throw new Refused("law", "Say which law gives it to them.");
        if (law.Key is not { Length: > 0 } key)
            return remedy with { Law = new LegalBasis(null, Needed(law.Name, "law", "Write which other law gives it to them.", 200)) };
        var matched = State.Presets.FirstOrDefault(preset => preset.Applies && preset.Key == key);
        if (matched is null || (terms is not null && terms.Book.Find(key)?.Law is null))
            throw new Refused("law", "This law does not apply to the case. Choose one that does, or write which other law it is.");
        return remedy with { Law = law with { Name = terms?.Book.Find(key)?.Law?.Name ?? matched.Title } };
    }
}
