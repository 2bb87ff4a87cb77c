namespace Amends.Domain.Listening.Emotion;

/// <summary>What a message is heard as.</summary>
/// <param name="Score">How upset its words are, 0 to 1.</param>
/// <param name="Angry">How angry they are, 0 to 1.</param>
/// <param name="Level">The level of the score.</param>
/// <param name="Language">Its language, two letters; <c>null</c> when it is too short to tell.</param>
/// <param name="IsFallback">Heard by a list of words alone, or not at all (then it is calm): another language than English.</param>
/// <param name="Phrases">The words that led to it, in their order; none when it is calm.</param>
public sealed record Heard(float Score, float Angry, UpsetLevel Level, string? Language, bool IsFallback, IReadOnlyList<HeardPhrase> Phrases);
