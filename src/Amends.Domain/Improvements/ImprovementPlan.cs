using Amends.Domain.Causes;

namespace Amends.Domain.Improvements;

/// <summary>What an improvement is about, and who does it by when.</summary>
/// <param name="What">What is to change, in a line.</param>
/// <param name="Problem">What is wrong, and for whom.</param>
public sealed record ImprovementPlan(string What, string Problem)
{
    /// <summary>The longest line, the longest problem, and the most that money can be, in minor units.</summary>
    public const int LongestWhat = 200, LongestProblem = 2000;

    /// <summary>The most that it may cost or bring, in minor units.</summary>
    public const long MostMinor = 1_000_000_000_000;

    /// <summary>The most days that an order may take to bring a complaint.</summary>
    public const int MostSettleDays = 365;

    /// <summary>Days within which a complaint about an order usually comes.</summary>
    public const int UsualSettleDays = 14;

    /// <summary>Who sees to it; <c>null</c> for nobody yet.</summary>
    public long? OwnerId { get; init; }

    /// <summary>The name of the owner; empty without one.</summary>
    public string Owner { get; init; } = "";

    /// <summary>By when it is to be done.</summary>
    public DateOnly? Due { get; init; }

    /// <summary>What it costs once, in minor units of the company's currency; <c>null</c> when nobody said.</summary>
    public long? CostMinor { get; init; }

    /// <summary>What it is to bring in a year, in the same units; <c>null</c> when nobody said.</summary>
    public long? BenefitMinor { get; init; }

    /// <summary>What is counted to see whether it helps.</summary>
    public Dimension By { get; init; }

    /// <summary>Of which product, lot, carrier, supplier, place, category or cause; empty for promises.</summary>
    public string Of { get; init; } = "";

    /// <summary>The first and the last day of the trouble that made us look. They do not count as "before": whatever is picked because it was bad looks better afterwards by itself.</summary>
    public DateOnly? TriggerFrom { get; init; }

    /// <inheritdoc cref="TriggerFrom"/>
    public DateOnly? TriggerUntil { get; init; }

    /// <summary>A complaint counts when it comes within so many days of its order, before the change as after it; 0 counts all.</summary>
    public int SettleDays { get; init; } = UsualSettleDays;

    /// <summary>Whether two plans are measured in the same way.</summary>
    public bool IsMeasuredAs(ImprovementPlan other) => (By, Of, TriggerFrom, TriggerUntil, SettleDays) == (other.By, other.Of, other.TriggerFrom, other.TriggerUntil, other.SettleDays);

    /// <summary>The plan without blanks around its words.</summary>
    /// <param name="colleagues">Names of people who work here: a person is never the problem.</param>
    /// <exception cref="Refused">The code is the field: <c>what</c>, <c>problem</c>, <c>person</c>, <c>cost</c>, <c>benefit</c>, <c>of</c>, <c>trigger</c>, <c>settle</c>.</exception>
    public ImprovementPlan Whole(IReadOnlyList<string> colleagues)
    {
        var (what, problem) = (What.Trim(), Problem.Trim());
        if (what.Length is 0 or > LongestWhat)
            throw new Refused("what", what.Length == 0 ? "Say in a line what is to change." : $"Keep it under {LongestWhat} characters.");
        if (problem.Length is 0 or > LongestProblem)
            throw new Refused("problem", problem.Length == 0 ? "Say what is wrong, and for whom." : $"Keep it under {LongestProblem} characters.");
        Listening.Why.MustNameNobody(problem, colleagues);
        if (CostMinor is < 0 or > MostMinor)
            throw new Refused("cost", "Say what it costs: 0 or more.");
        if (BenefitMinor is < 0 or > MostMinor)
            throw new Refused("benefit", "Say what it brings in a year: 0 or more.");
        if (!Enum.IsDefined(By))
            throw new Refused("of", "Choose what is counted.");
        var of = By is Dimension.None or Dimension.Promises ? "" : Of.Trim();
        if (of.Length == 0 && By is not (Dimension.None or Dimension.Promises))
            throw new Refused("of", "Say which one is counted, as it stands in the orders or in the list.");
        if (TriggerUntil < TriggerFrom || TriggerFrom is null != TriggerUntil is null)
            throw new Refused("trigger", TriggerUntil < TriggerFrom ? "It would end before it begins." : "Give both days, the first and the last one.");
        if (SettleDays is < 0 or > MostSettleDays)
            throw new Refused("settle", $"Give days from 0 to {MostSettleDays}.");
        return this with { What = what, Problem = problem, Of = of };
    }
}
