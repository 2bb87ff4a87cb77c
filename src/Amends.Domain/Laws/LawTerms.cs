using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.Deadlines;
using Amends.Domain.Remedies;

namespace Amends.Domain.Laws;

/// <summary>What the remedy laws that are switched on ask of an offer in one case.</summary>
/// <param name="Book">The presets, and which of them are on.</param>
public sealed record LawTerms(DeadlineBook Book)
{
    /// <summary>The case is about an order of ours.</summary>
    public bool HasOrder { get; init; }

    /// <summary>The day of the order.</summary>
    public DateOnly? OrderedOn { get; init; }

    /// <summary>What was answered just now about what is wrong; <c>null</c> when nothing was.</summary>
    public NamedProblem? Said { get; init; }

    /// <summary>The customer is there and has chosen: one of what they may choose between is enough.</summary>
    public bool HasChosen { get; init; }

    /// <summary>The remedy laws that are switched on and were not taken off the case.</summary>
    public IEnumerable<Preset> Laws(CaseState state) =>
        Book.Presets.Where(preset => preset.Law is not null && state.Presets.LastOrDefault(each => each.Key == preset.Key) is var matched && (matched?.Applies ?? (Book.On.Contains(preset.Key)
            && (preset.EffectiveFrom is not { } from || LocalDay.Of(state.OpenedAt, Book.Rules.Zone) >= from))));

    /// <summary>What is wrong, as somebody answered, or with an order as the category says; <c>null</c> while nobody knows.</summary>
    public Problem? ProblemOf(CaseState state) => (Said ?? state.Problem)?.Problem ?? (HasOrder ? Problems.Of(state.Category?.Code) : null);

    /// <summary>Whether it must be asked what is wrong: a law may fit, and neither the category nor anybody says.</summary>
    public bool MustAsk(CaseState state) => HasOrder && ProblemOf(state) is null && Laws(state).Any();

    /// <summary>The laws that apply to the case: those that are on it, and those that fit it.</summary>
    public IEnumerable<Preset> Applying(CaseState state) =>
        ProblemOf(state) is var problem ? Laws(state).Where(preset => state.Presets.Any(each => each.Key == preset.Key && each.Applies) || (problem is { } what && preset.Law!.Fits(what))) : [];

    /// <summary>What they give today.</summary>
    /// <param name="state">The case.</param>
    /// <param name="at">Now.</param>
    public IEnumerable<(Preset Preset, Entitlement What)> Gives(CaseState state, DateTimeOffset at) =>
        FactsOf(state, at) is { } facts ? Applying(state).SelectMany(preset => preset.Law!.Gives(facts).Select(what => (preset, what))) : [];

    /// <summary>What the laws ask about; <c>null</c> while nobody knows what is wrong.</summary>
    public LawFacts? FactsOf(CaseState state, DateTimeOffset at)
    {
        if (ProblemOf(state) is not { } problem)
            return null;
        var (zone, named) = (Book.Rules.Zone, Said ?? state.Problem);
        var fixes = state.Remedies.Where(remedy => remedy.Kind is RemedyKind.Repair or RemedyKind.Replacement && remedy.ReplacedAt is null).ToList();
        var noted = state.ClockStarts.FirstOrDefault(start => start.StartsOn == StartsOn.OrderPromiseDate)?.When;
        return new LawFacts(problem, LocalDay.Of(at, zone))
        {
            OrderedOn = OrderedOn, DeliveredOn = named?.HadSince, PromisedOn = named?.PromisedFor ?? (noted is { } promised ? LocalDay.Of(promised, zone) : null), IsMajor = named?.IsMajor,
            FailedFixes = fixes.Count(remedy => remedy.FailedAt is not null),
            DaysBeingFixed = fixes.Where(remedy => remedy.AddedAt is not null).Sum(remedy => LocalDay.Of(remedy.DoneAt ?? remedy.FailedAt ?? at, zone).DayNumber - LocalDay.Of(remedy.AddedAt!.Value, zone).DayNumber),
        };
    }
}
