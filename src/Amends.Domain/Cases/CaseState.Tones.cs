using Amends.Domain.Listening;
using Amends.Domain.Listening.Emotion;

namespace Amends.Domain.Cases;

/// <summary>How the customer's words sounded, message by message.</summary>
public sealed partial record CaseState
{
    /// <summary>Each message of the customer's that was heard, oldest first.</summary>
    public IReadOnlyList<HeardTone> Tones { get; init; } = [];

    /// <summary>The newest of them.</summary>
    public HeardTone? Tone => Tones.Count == 0 ? null : Tones[^1];

    /// <summary>Where it goes, from the message before to the newest.</summary>
    public ToneCourse ToneCourse =>
        Tones.Count < 2 || Tones[^1].Level == Tones[^2].Level ? ToneCourse.Steady : Tones[^1].Level > Tones[^2].Level ? ToneCourse.Rising : ToneCourse.Falling;

    /// <summary>The newest words are very upset.</summary>
    public bool IsVeryUpset => Tone?.Level == UpsetLevel.VeryUpset;

    /// <summary>How upset they are likely to be: the newest words with what the case knows beside them; <c>null</c> where nothing was heard.</summary>
    public CaseUpset? Upset => CaseUpset.Of(this);

    /// <summary>Words of theirs may mean danger, and nobody has asked yet.</summary>
    public bool MayBeDanger => AtRisk is null && HasSign(Listening.Tone.Safety);

    /// <summary>Whether a message of theirs has a sign.</summary>
    public bool HasSign(string code) => Tones.Any(heard => heard.Tone.Signs.Contains(code));

    private IReadOnlyList<HeardTone> WithTone(long messageId, DateTimeOffset at, Tone? tone) => tone is null ? Tones : [.. Tones, new HeardTone(messageId, at, tone)];
}
