namespace Amends.Domain.FollowOns;

/// <summary>The one thank-you letter after a case that the customer says is put right.</summary>
/// <param name="SentAt">When it went.</param>
/// <param name="MessageId">The letter.</param>
/// <param name="AsksForReview">It asks for a recommendation.</param>
/// <param name="Code">The code that a friend can name; <c>null</c> without one.</param>
public sealed record FollowOn(DateTimeOffset SentAt, long MessageId, bool AsksForReview, string? Code);
