namespace Amends.Domain.Listening.Drafts;

/// <summary>A sentence that was taken over as somebody wrote it.</summary>
/// <param name="Words">Its words: a stretch of the source, with runs of white space as one space.</param>
/// <param name="Source">Where it comes from.</param>
/// <param name="Id">The message, with 0 for the story that the case began with; or the promise.</param>
/// <param name="At">When it was said or promised.</param>
/// <param name="Reasons">Why it was chosen.</param>
public sealed record DraftSentence(string Words, DraftSource Source, long Id, DateTimeOffset At, IReadOnlyList<DraftReason> Reasons)
{
    /// <summary>It is the beginning of a longer sentence.</summary>
    public bool IsCut { get; init; }
}

/// <summary>Where a sentence comes from.</summary>
public enum DraftSource
{
    /// <summary>The customer.</summary>
    Customer = 1,

    /// <summary>A message of ours.</summary>
    OurMessage,

    /// <summary>A promise on the case.</summary>
    Promise,
}

/// <summary>Why a sentence was chosen.</summary>
public enum DraftReason
{
    /// <summary>It is in the message that the case began with.</summary>
    FirstMessage = 1,

    /// <summary>It says what went wrong.</summary>
    Problem,

    /// <summary>It names a day or a time.</summary>
    Time,

    /// <summary>It names an amount.</summary>
    Amount,

    /// <summary>It names an order or another number.</summary>
    Number,

    /// <summary>It says what they want.</summary>
    Wish,

    /// <summary>It says what it meant for them.</summary>
    Impact,

    /// <summary>It promises something.</summary>
    Promise,

    /// <summary>It is among the newest.</summary>
    Newest,

    /// <summary>The promise is still open.</summary>
    Open,
}
