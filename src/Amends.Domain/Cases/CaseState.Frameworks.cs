using Amends.Domain.Frameworks;

namespace Amends.Domain.Cases;

/// <summary>What our letters said, as far as a framework's steps ask for it.</summary>
public sealed partial record CaseState
{
    /// <summary>Each thing that a letter of one of us said, where first; oldest first.</summary>
    public IReadOnlyList<SaidOnce> Said { get; init; } = [];

    private IReadOnlyList<SaidOnce> WithSaid(WeSpoke spoke) => spoke.Said is not { Count: > 0 } parts || parts.All(part => Said.Any(said => said.Part == part)) ? Said
        : [.. Said, .. parts.Where(part => Said.All(said => said.Part != part)).Select(part => new SaidOnce(part, spoke.At, spoke.MessageId))];
}
