using Amends.Domain.Cases;
using Amends.Domain.People;

namespace Amends.Domain.Contents;

/// <summary>An offer follows a policy, or goes beyond it; the version that held stays with the case.</summary>
public sealed record PolicyUsed(DateTimeOffset At, Actor By, string Key, int Version, int Edition, string Title, bool Beyond, int OfferId) : CaseEvent(At, By);

/// <summary>A policy that whoever prepares an offer says it rests on.</summary>
/// <param name="Key">Which.</param>
/// <param name="Version">The company's version that holds; 0 for the text as it ships.</param>
/// <param name="Edition">The shipped edition that it is or was written from; 0 where none is.</param>
/// <param name="Title">Its name, for the timeline.</param>
/// <param name="Beyond">The offer gives more than the rule does.</param>
public sealed record PolicyTerms(string Key, int Version, int Edition, string Title, bool Beyond)
{
    /// <summary>A policy as it holds now.</summary>
    public static PolicyTerms Of(ContentItem policy, bool beyond) => new(policy.Key, policy.Version, policy.Edition, policy.Title, beyond);
}

/// <summary>A policy as it was used in a case.</summary>
/// <param name="Key">Which.</param>
/// <param name="Version">The version that held; 0 for the text as it ships.</param>
/// <param name="Edition">The shipped edition that it was or was written from.</param>
/// <param name="Title">Its name then.</param>
/// <param name="Beyond">The offer gave more than the rule does.</param>
/// <param name="At">When.</param>
/// <param name="OfferId">For which offer.</param>
public sealed record PinnedPolicy(string Key, int Version, int Edition, string Title, bool Beyond, DateTimeOffset At, int OfferId);
