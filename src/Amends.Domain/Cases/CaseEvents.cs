using Amends.Domain.People;

namespace Amends.Domain.Cases;

/// <summary>A case was opened.</summary>
public sealed record CaseOpened(DateTimeOffset At, Actor By, Channel Channel, CaseKind Kind, [property: Words] string Subject, [property: Words] string Story, long CustomerId, [property: Words] string CustomerName, bool HighValue, bool Repeat, [property: Words] Source? Source = null, Listening.Tone? Tone = null, bool? RingsForValue = null) : CaseEvent(At, By)
{
    /// <summary>The earlier case of the same customer that it follows.</summary>
    public long? Follows { get; init; }

    /// <summary>They wrote on in that one long after it was closed: somebody says whether it is the same matter.</summary>
    public bool? MayGoOn { get; init; }

    /// <summary>The team that answers for what it seems to be about; <c>null</c> where none does.</summary>
    public NamedTeam? Team { get; init; }
}

/// <summary>It is a new matter, not the one that it follows.</summary>
public sealed record FoundNew(DateTimeOffset At, Actor By) : CaseEvent(At, By);

/// <summary>The customer came back after this one was closed; the other case follows it.</summary>
public sealed record CaseFollowed(DateTimeOffset At, Actor By, long Number) : CaseEvent(At, By);

/// <summary>The case turned out to be of another kind.</summary>
public sealed record KindChanged(DateTimeOffset At, Actor By, CaseKind From, CaseKind To) : CaseEvent(At, By);

/// <summary>The case is another customer's: whoever wrote to us handed it on.</summary>
public sealed record CustomerChanged(DateTimeOffset At, Actor By, long CustomerId, [property: Words] string CustomerName) : CaseEvent(At, By);

/// <summary>One named person took the case, or was given it; <c>null</c> puts it back to the team.</summary>
public sealed record OwnerChanged(DateTimeOffset At, Actor By, long? OwnerId, string? OwnerName) : CaseEvent(At, By);

/// <summary>The customer was told that we have it, who looks after it, and by when they hear from us.</summary>
public sealed record CaseAcknowledged(DateTimeOffset At, Actor By, long MessageId) : CaseEvent(At, By), IHasMessage;

/// <summary>The customer wrote or called. The words are in the message.</summary>
public sealed record CustomerSpoke(DateTimeOffset At, Actor By, Channel Channel, long MessageId, DateTimeOffset? ReplyDueAt = null, Listening.Tone? Tone = null) : CaseEvent(At, By), IHasMessage;

/// <summary>One of us said how upset a message really is; 0 is the message that the case began with.</summary>
public sealed record ToneCorrected(DateTimeOffset At, Actor By, long MessageId, Listening.Emotion.UpsetLevel From, Listening.Emotion.UpsetLevel To) : CaseEvent(At, By);

/// <summary>We wrote to the customer or spoke to them. The words are in the message.</summary>
public sealed record WeSpoke(DateTimeOffset At, Actor By, Channel Channel, long MessageId) : CaseEvent(At, By), IHasMessage
{
    /// <summary>What the letter said, as it was read when it went out; <c>null</c> where it was not read.</summary>
    public IReadOnlyList<Frameworks.SaidPart>? Said { get; init; }
}

/// <summary>A note for the team. The words are in the message.</summary>
public sealed record NoteWritten(DateTimeOffset At, Actor By, long MessageId) : CaseEvent(At, By), IHasMessage
{
    /// <summary>They are somebody's exact words.</summary>
    [Words]
    public Listening.Quote? Quote { get; init; }
}

/// <summary>A lead was told.</summary>
public sealed record CaseEscalated(DateTimeOffset At, Actor By, int Level, [property: Words] string Reason) : CaseEvent(At, By);

/// <summary>The case ended.</summary>
public sealed record CaseClosed(DateTimeOffset At, Actor By, CloseReason Reason, [property: Words] string? Note) : CaseEvent(At, By)
{
    /// <summary>The offer that the customer did not answer, where that ended it.</summary>
    public int? Unanswered { get; init; }

    /// <summary>The case in which it goes on.</summary>
    public long? GoesOnIn { get; init; }

    /// <summary>Code of the cause, where it was asked for now.</summary>
    public string? Cause { get; init; }

    /// <summary>The letter that told the customer.</summary>
    public long? Letter { get; init; }

    /// <summary>How they were told otherwise, or why not.</summary>
    [Words]
    public string? Told { get; init; }
}

/// <summary>Another case turned out to be about the same matter; it goes on here.</summary>
public sealed record CaseJoined(DateTimeOffset At, Actor By, long Number) : CaseEvent(At, By);

/// <summary>Chance put a case that had ended before the leads.</summary>
public sealed record SecondLookDrawn(DateTimeOffset At, Actor By) : CaseEvent(At, By);

/// <summary>A lead looked once more.</summary>
public sealed record SecondLookTaken(DateTimeOffset At, Actor By, bool IsComplaint, CloseReason Reason = CloseReason.Answered) : CaseEvent(At, By);

/// <summary>The same matter goes on.</summary>
public sealed record CaseReopened(DateTimeOffset At, Actor By, [property: Words] string Reason) : CaseEvent(At, By);
