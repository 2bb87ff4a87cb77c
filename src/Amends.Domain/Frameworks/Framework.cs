using Amends.Domain.Cases;

namespace Amends.Domain.Frameworks;

/// <summary>A way of going about a complaint in steps that people know by name. All of them are read from the same case.</summary>
/// <param name="Key">Its code, such as <c>heard</c>.</param>
/// <param name="Name">As people say it.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Checked">When that was looked up.</param>
/// <param name="Note">What is particular about it; empty for nothing.</param>
/// <param name="Steps">In their order.</param>
public sealed record Framework(string Key, string Name, string Source, DateOnly Checked, string Note, IReadOnlyList<FrameworkStep> Steps)
{
    /// <summary>The steps with what lights them in a case. The order of steps is advice: a later one may be lit before an earlier one.</summary>
    /// <param name="state">The case.</param>
    public IReadOnlyList<LitStep> On(CaseState state)
    {
        var found = EvidenceOf.Case(state);
        return [.. Steps.Select(step => step.On(found))];
    }
}

/// <summary>A step of a framework.</summary>
/// <param name="Name">In a word or two.</param>
/// <param name="How">What one does.</param>
/// <param name="All">What must all have happened.</param>
/// <param name="Any">Of what at least one must have happened, too; empty asks for nothing more.</param>
public sealed record FrameworkStep(string Name, string How, IReadOnlyList<Evidence> All, IReadOnlyList<Evidence> Any)
{
    internal LitStep On(IReadOnlyDictionary<Evidence, DateTimeOffset?> found)
    {
        var missing = All.Where(each => !found.ContainsKey(each)).ToList();
        var other = Any.Where(found.ContainsKey).ToList();
        if (Any.Count > 0 && other.Count == 0)
            missing.AddRange(Any);
        var by = All.Where(found.ContainsKey).Concat(other).ToList();
        return new LitStep(this, missing.Count == 0, by, missing, missing.Count == 0 ? Since(found, other) : null);
    }

    private DateTimeOffset? Since(IReadOnlyDictionary<Evidence, DateTimeOffset?> found, List<Evidence> other) =>
        All.Select(each => found[each]).Append(other.Count == 0 ? null : other.Min(each => found[each])).Max();
}

/// <summary>A step in a case.</summary>
/// <param name="Step">The step.</param>
/// <param name="IsLit">It was taken.</param>
/// <param name="By">What of it happened.</param>
/// <param name="Missing">What has not happened yet; where one of several is enough, all of them.</param>
/// <param name="At">Since when it is lit, where that is known.</param>
public sealed record LitStep(FrameworkStep Step, bool IsLit, IReadOnlyList<Evidence> By, IReadOnlyList<Evidence> Missing, DateTimeOffset? At);
