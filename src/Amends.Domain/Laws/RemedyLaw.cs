using Amends.Domain.Deadlines;
using Amends.Domain.Remedies;

namespace Amends.Domain.Laws;

/// <summary>
/// What a law gives a consumer, by what is wrong and by the day: data in the preset's file, which has the source and the date of it all. A
/// switched-on law applies by itself to the cases that it fits.
/// </summary>
/// <param name="Name">As people name the law, such as <c>Consumer Rights Act 2015</c>.</param>
/// <param name="Grants">What it gives, and when.</param>
public sealed record RemedyLaw(string Name, IReadOnlyList<Grant> Grants)
{
    /// <summary>What holds when an order goes out later than promised; <c>null</c> where the law says nothing of it.</summary>
    public DelayRule? Delay { get; init; }

    /// <summary>Whether it has anything to say about a problem.</summary>
    public bool Fits(Problem problem) => Grants.Any(grant => grant.On.Contains(problem));

    /// <summary>What it gives in a case today.</summary>
    /// <param name="facts">The case's facts.</param>
    public IReadOnlyList<Entitlement> Gives(LawFacts facts) =>
        [.. Grants.Where(grant => grant.Holds(facts)).Select(grant => new Entitlement(grant.Words, grant.Needs, grant.Source, grant.LastDay(facts)))];
}

/// <summary>From which day a law counts.</summary>
public enum CountsFrom
{
    /// <summary>The day of the order.</summary>
    Ordered = 1,

    /// <summary>The day on which they got it; the day of the order while nobody noted that.</summary>
    Delivered,

    /// <summary>The day that it was promised for; without one the day that <see cref="Span.Unpromised"/> names.</summary>
    Promised,
}

/// <summary>A stretch of time by a law.</summary>
/// <param name="From">Day 0.</param>
/// <param name="Term">How long, in calendar days, weeks or months.</param>
public sealed record Span(CountsFrom From, Term Term)
{
    /// <summary>Where no day was promised: so long after the order it should be there.</summary>
    public Term? Unpromised { get; init; }

    /// <summary>The last day of it; <c>null</c> while the day is not known from which it counts.</summary>
    internal DateOnly? End(LawFacts facts)
    {
        var from = From switch
        {
            CountsFrom.Ordered => facts.OrderedOn,
            CountsFrom.Delivered => facts.DeliveredOn ?? facts.OrderedOn,
            _ => facts.PromisedOn ?? (Unpromised is { } usual && facts.OrderedOn is { } ordered ? Add(ordered, usual) : null),
        };
        return from is { } day ? Add(day, Term) : null;
    }

    private static DateOnly Add(DateOnly day, Term term) => term.Unit switch
    {
        TimeUnit.CalendarDays => day.AddDays(term.Amount),
        TimeUnit.Weeks => day.AddDays(7 * term.Amount),
        TimeUnit.Months => day.AddMonths(term.Amount),
        _ => throw new InvalidOperationException("A remedy law counts calendar days, weeks or months."),
    };
}

/// <summary>One thing that a law gives.</summary>
/// <param name="Words">In words that follow "gives them".</param>
/// <param name="On">For which problems.</param>
/// <param name="Source">Where in the law, or in accounts of it.</param>
public sealed record Grant(string Words, IReadOnlyList<Problem> On, string Source)
{
    /// <summary>Of each group one is among the options. Several groups: they choose between them. None: it only has to be known.</summary>
    public IReadOnlyList<IReadOnlyList<RemedyKind>> Needs { get; init; } = [];

    /// <summary>Only until the end of this.</summary>
    public Span? Within { get; init; }

    /// <summary>Only after the end of this.</summary>
    public Span? After { get; init; }

    /// <summary>Only after, or only before, a repair or the same again has failed; <c>null</c> for both.</summary>
    public bool? FixFailed { get; init; }

    /// <summary>Only for a major failure, or only for a minor one; <c>null</c> for both. What nobody said counts as major, in their favour.</summary>
    public bool? IsMajor { get; init; }

    /// <summary>The days stand still while it is being repaired or sent anew.</summary>
    public bool StandsStill { get; init; }

    /// <summary>Whether it holds today. Where the day is not known from which it counts, it holds: doubt is in the customer's favour.</summary>
    internal bool Holds(LawFacts facts) =>
        On.Contains(facts.Problem)
        && (FixFailed is not { } failed || failed == facts.FailedFixes > 0)
        && (IsMajor is not { } major || major == (facts.IsMajor ?? true))
        && (Within is null || LastDay(facts) is not { } last || facts.Today <= last)
        && (After is null || Ended(After, facts) is not { } end || facts.Today > end);

    /// <summary>The last day on which it holds; <c>null</c> when it does not end, or nobody knows when.</summary>
    internal DateOnly? LastDay(LawFacts facts) => Within is null ? null : Ended(Within, facts);

    private DateOnly? Ended(Span span, LawFacts facts) => span.End(facts)?.AddDays(StandsStill ? facts.DaysBeingFixed : 0);
}

/// <summary>What of a case a law asks about.</summary>
/// <param name="Problem">What is wrong.</param>
/// <param name="Today">The day at the desk.</param>
public sealed record LawFacts(Problem Problem, DateOnly Today)
{
    /// <summary>The day of the order.</summary>
    public DateOnly? OrderedOn { get; init; }

    /// <summary>The day on which they got it.</summary>
    public DateOnly? DeliveredOn { get; init; }

    /// <summary>The day that it was promised for.</summary>
    public DateOnly? PromisedOn { get; init; }

    /// <summary>How many repairs and replacements of this case have failed.</summary>
    public int FailedFixes { get; init; }

    /// <summary>Days that repairs and replacements took, and take.</summary>
    public int DaysBeingFixed { get; init; }

    /// <summary>Whether the failure is a major one; <c>null</c> when nobody said.</summary>
    public bool? IsMajor { get; init; }

    /// <summary>How many days late it is: 0 in time or not known.</summary>
    public int DaysLate => Problem is Problem.Late or Problem.Lost && PromisedOn is { } day && Today > day ? Today.DayNumber - day.DayNumber : 0;
}

/// <summary>What a law gives in a case today.</summary>
/// <param name="Words">In words that follow "gives them".</param>
/// <param name="Needs">Of each group one is among the options.</param>
/// <param name="Source">Where that is written.</param>
/// <param name="Until">Until when, where it ends.</param>
public sealed record Entitlement(string Words, IReadOnlyList<IReadOnlyList<RemedyKind>> Needs, string Source, DateOnly? Until);

/// <summary>The law that gives a remedy to the customer.</summary>
/// <param name="Key">The preset's key; <c>null</c> for a law that is not among them.</param>
/// <param name="Name">The law's name.</param>
public sealed record LegalBasis(string? Key, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => $"given by law: {Name}";
}
