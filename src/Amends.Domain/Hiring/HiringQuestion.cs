namespace Amends.Domain.Hiring;

/// <summary>A situation to talk about, with what to listen for.</summary>
/// <param name="Title">In a few words.</param>
/// <param name="Scenario">What happens.</param>
/// <param name="Ask">What to ask.</param>
/// <param name="Listen">What to listen for.</param>
/// <param name="Guide">What 1, 2, 3 and 4 points sound like.</param>
public sealed record HiringQuestion(string Title, string Scenario, string Ask, IReadOnlyList<string> Listen, IReadOnlyList<string> Guide);
