using Amends.Domain.Listening.Emotion;

namespace Amends.Domain.Listening;

/// <summary>What the words of one message were heard as: of the words, never of the person.</summary>
/// <param name="Level">How upset they are.</param>
/// <param name="Score">The same from 0 to 1000.</param>
/// <param name="IsFallback">Heard by a list of words alone, since they are not in English.</param>
/// <param name="Signs">What somebody should know at once, by code, such as <c>churn</c> or <c>safety</c>.</param>
public sealed record Tone(UpsetLevel Level, int Score, bool IsFallback, IReadOnlyList<string> Signs)
{
    /// <summary>The language of the words, two letters; <c>null</c> when they are too few to tell.</summary>
    public string? Language { get; init; }

    /// <summary>The code of words that may mean danger.</summary>
    public const string Safety = "safety";

    /// <summary>The code of insults at whoever reads.</summary>
    public const string Abuse = "abuse";
}

/// <summary>The tone of one message of a case.</summary>
/// <param name="MessageId">The message; 0 for the one that the case began with.</param>
/// <param name="At">When it was said.</param>
/// <param name="Tone">As it was heard.</param>
/// <param name="Corrected">What one of us says that it is; <c>null</c> while nobody did.</param>
public sealed record HeardTone(long MessageId, DateTimeOffset At, Tone Tone, UpsetLevel? Corrected = null)
{
    /// <summary>What counts: a person's word before the program's.</summary>
    public UpsetLevel Level => Corrected ?? Tone.Level;
}

/// <summary>Where the tone of a case goes.</summary>
public enum ToneCourse
{
    /// <summary>As before, or there was only one message.</summary>
    Steady,

    /// <summary>More upset than the time before.</summary>
    Rising,

    /// <summary>Calmer than the time before.</summary>
    Falling,
}
