using Amends.Domain.Cases;
using Amends.Domain.People;

namespace Amends.Domain.FollowOns;

/// <summary>The thank-you letter went out. Its words are in the message.</summary>
public sealed record FollowOnSent(DateTimeOffset At, Actor By, long MessageId, bool AsksForReview, string? Code) : CaseEvent(At, By), IHasMessage;
