using Amends.Domain.Cases;
using Amends.Domain.Listening.Emotion;

namespace Amends.Domain.Listening;

/// <summary>
/// How upset the customer of a case is likely to be: what their newest words were heard as, and what the case knows beside them, each with
/// its reason. The figure of a message stays as it is. The weights are ours, plain and bounded: nothing is learnt, nothing depends on the
/// clock (what counts is how things stood at the last thing that happened), and all of it together moves the words by one level at the most.
/// </summary>
/// <param name="Words">The level of the newest words, a person's correction before the program's.</param>
/// <param name="Base">Their score, 0 to 1000, inside that level.</param>
/// <param name="Reasons">What the case adds, the weightiest first.</param>
public sealed record CaseUpset(UpsetLevel Words, int Base, IReadOnlyList<UpsetReason> Reasons)
{
    /// <summary>The most that the case adds, in thousandths of the score.</summary>
    public const int Most = 250;

    /// <summary>Days after which a wait counts, and counts more.</summary>
    private static readonly (int Days, int Points)[] Waits = [(14, 180), (7, 120), (3, 60)];

    private static readonly (int Times, int Points)[] Contacts = [(5, 150), (4, 110), (3, 60)], Promises = [(3, 200), (2, 160), (1, 100)];

    /// <summary>What an earlier complaint, and what a failed remedy or a reopened case adds.</summary>
    private const int Repeated = 50, LetDown = 120;

    /// <summary>What the case adds altogether, bounded by <see cref="Most"/>.</summary>
    public int Added => Math.Min(Most, Reasons.Sum(reason => reason.Points));

    /// <summary>The score of the case, 0 to 1000.</summary>
    public int Score => Math.Min(1000, Base + Added);

    /// <summary>The level of the case: that of its score, and one above the words at the most.</summary>
    public UpsetLevel Level => (UpsetLevel)Math.Min((int)UpsetLevels.Of(Score / 1000f), Math.Min((int)Words + 1, (int)UpsetLevel.VeryUpset));

    /// <summary>The case lifts the words by a level.</summary>
    public bool IsLifted => Level > Words;

    /// <summary>Reads a case; <c>null</c> where nothing of theirs was heard.</summary>
    /// <param name="state">The case.</param>
    public static CaseUpset? Of(CaseState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Tone is not { } newest)
            return null;
        var (low, high) = BandOf(newest.Level);
        return new CaseUpset(newest.Level, Math.Clamp(newest.Tone.Score, low, high), [.. ReasonsIn(state, newest).OrderByDescending(reason => reason.Points)]);
    }

    private static IEnumerable<UpsetReason> ReasonsIn(CaseState state, HeardTone newest)
    {
        var last = new[] { newest.At, state.LastCustomerAt, state.ReplyOverdueAt, state.Promises.Max(promise => promise.MissedAt) }.Max() ?? newest.At;
        var days = state.Stage is CaseStage.CheckBack or CaseStage.Closed ? 0 : (int)(last - state.OpenedAt).TotalDays;
        if (Points(Waits, days) is > 0 and var waited)
            yield return new(UpsetCause.Waited, days, waited);
        var contacts = state.Tones.Count + state.Calls.Count(call => call.TheyRang);
        if (Points(Contacts, contacts) is > 0 and var often)
            yield return new(UpsetCause.Contacts, contacts, often);
        var missed = state.Promises.Count(promise => promise.MissedAt is not null);
        if (Points(Promises, missed) is > 0 and var broken)
            yield return new(UpsetCause.MissedPromises, missed, broken);
        var failed = Math.Max(state.Failures, state.Reopened);
        if (failed > 0)
            yield return new(UpsetCause.LetDown, failed, LetDown);
        if (state.Repeat)
            yield return new(UpsetCause.Repeat, 1, Repeated);
    }

    private static int Points((int From, int Points)[] steps, int count) => Array.Find(steps, step => count >= step.From).Points;

    /// <summary>Where the scores of a level lie: a level that a person gave, or that is not the score's own, counts before the score.</summary>
    private static (int Low, int High) BandOf(UpsetLevel level) => level switch
    {
        UpsetLevel.Calm => (0, Below(UpsetLevels.AnnoyedFrom)),
        UpsetLevel.Annoyed => (At(UpsetLevels.AnnoyedFrom), Below(UpsetLevels.UpsetFrom)),
        UpsetLevel.Upset => (At(UpsetLevels.UpsetFrom), Below(UpsetLevels.VeryUpsetFrom)),
        _ => (At(UpsetLevels.VeryUpsetFrom), 1000),
    };

    private static int At(float border) => (int)MathF.Ceiling(border * 1000);

    private static int Below(float border) => At(border) - 1;
}

/// <summary>What a case knows beside the words.</summary>
public enum UpsetCause
{
    /// <summary>It is days since they came to us, and it is not put right. The count is days.</summary>
    Waited = 1,

    /// <summary>They wrote or rang several times.</summary>
    Contacts,

    /// <summary>We were not in touch when we had promised it.</summary>
    MissedPromises,

    /// <summary>What we did did not put it right, or the case was opened again.</summary>
    LetDown,

    /// <summary>It is not their first complaint.</summary>
    Repeat,
}

/// <summary>One thing that the case adds to the words.</summary>
/// <param name="Cause">What.</param>
/// <param name="Count">Days, or how often.</param>
/// <param name="Points">How much, in thousandths of the score.</param>
public sealed record UpsetReason(UpsetCause Cause, int Count, int Points);
