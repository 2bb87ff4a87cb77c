namespace Amends.Domain.CallBacks;

/// <summary>A call that we owe a customer. While it is agreed it is the case's next contact.</summary>
/// <param name="Id">Counts up within the case.</param>
/// <param name="Phone">The number to call, as the customer wrote it.</param>
/// <param name="From">When we call.</param>
/// <param name="To">Until when at the latest; later it is missed.</param>
/// <param name="Reason">How it came about.</param>
/// <param name="AskedAt">When it was agreed.</param>
/// <param name="AskedBy">By whom.</param>
public sealed record CallBack(int Id, string Phone, DateTimeOffset From, DateTimeOffset To, CallReason Reason, DateTimeOffset AskedAt, string AskedBy)
{
    /// <summary>The zone that the customer read the times in; the company's when <c>null</c>.</summary>
    public string? Zone { get; init; }

    /// <summary>Counts up with each change, so that the customer's calendar follows (RFC 5545, SEQUENCE).</summary>
    public int Sequence { get; init; }

    /// <summary>How often we rang and nobody answered.</summary>
    public int Attempts { get; init; }

    /// <summary>When we last rang, and what came of it.</summary>
    public DateTimeOffset? TriedAt { get; init; }
    public CallOutcome? Outcome { get; init; }

    /// <summary>When somebody of us was told that it is time.</summary>
    public DateTimeOffset? ToldAt { get; init; }

    /// <summary>When its time had passed and nobody had rung; it is still owed.</summary>
    public DateTimeOffset? MissedAt { get; init; }

    /// <summary>When it was over, and how.</summary>
    public DateTimeOffset? EndedAt { get; init; }
    public CallEnd? End { get; init; }

    /// <summary>What was promised for after the call.</summary>
    public AfterCall? Then { get; init; }

    /// <summary>Whether we still owe it.</summary>
    public bool IsOpen => EndedAt is null;

    /// <summary>Its time.</summary>
    public CallTime Time => new(From, To);
}

/// <summary>What the customer hears after the call.</summary>
public sealed record AfterCall(string What, DateTimeOffset DueAt);

/// <summary>How a call came about.</summary>
public enum CallReason
{
    /// <summary>A time was chosen.</summary>
    Booked = 1,

    /// <summary>Nobody answered; this is the next attempt.</summary>
    Again,

    /// <summary>They rang us, and nobody of us answered.</summary>
    TheyRang,
}

/// <summary>What came of ringing.</summary>
public enum CallOutcome
{
    /// <summary>We spoke.</summary>
    Reached = 1,

    /// <summary>Nobody answered.</summary>
    NoAnswer,

    /// <summary>The number is somebody else's, or nobody's.</summary>
    WrongNumber,

    /// <summary>They asked us to call at another time.</summary>
    Later,
}

/// <summary>How a call ended.</summary>
public enum CallEnd
{
    /// <summary>We spoke.</summary>
    Reached = 1,

    /// <summary>The customer, or somebody of us, called it off.</summary>
    CalledOff,

    /// <summary>Nobody answered, as often as we tried.</summary>
    NotReached,

    /// <summary>There is no number to call.</summary>
    WrongNumber,

    /// <summary>The case ended before.</summary>
    CaseClosed,
}
