namespace Amends.Domain.Cases;

/// <summary>Where a case stands. Acknowledgement, severity and escalation are facts beside it, not states.</summary>
public enum CaseStage
{
    /// <summary>Captured; the clock runs.</summary>
    Received = 1,

    /// <summary>Hearing and understanding.</summary>
    Listening,

    /// <summary>Finding out, deciding.</summary>
    Working,

    /// <summary>Options are with the customer.</summary>
    Offered,

    /// <summary>The remedy is being carried out.</summary>
    Delivering,

    /// <summary>Waiting for the customer's own answer.</summary>
    CheckBack,

    /// <summary>Ended, with a reason.</summary>
    Closed,
}

/// <summary>What somebody wrote to us for. Only a complaint walks the recovery path.</summary>
public enum CaseKind
{
    /// <summary>Dissatisfaction where a response is expected.</summary>
    Complaint = 1,

    /// <summary>Somebody wants to know something.</summary>
    Question,

    /// <summary>Somebody asks for something a first time.</summary>
    Request,

    /// <summary>A proposal.</summary>
    Idea,

    /// <summary>Thanks.</summary>
    Praise,

    /// <summary>Anything else.</summary>
    Other,
}

/// <summary>How a case reached us, or how an answer was given.</summary>
public enum Channel
{
    /// <summary>Electronic mail.</summary>
    Mail = 1,

    /// <summary>A call.</summary>
    Phone,

    /// <summary>Our contact form.</summary>
    Form,

    /// <summary>The customer's own pages, by secure link.</summary>
    Page,

    /// <summary>Face to face.</summary>
    InPerson,

    /// <summary>A letter.</summary>
    Letter,

    /// <summary>A program, through the interface.</summary>
    Api,

    /// <summary>A text message.</summary>
    Sms,

    /// <summary>A social network, where others may read along.</summary>
    Social,

    /// <summary>A site on which people rate companies.</summary>
    ReviewSite,
}

/// <summary>Why a case ended.</summary>
public enum CloseReason
{
    /// <summary>The customer said that it is put right.</summary>
    Confirmed = 1,

    /// <summary>No answer after the agreed attempts, or none wanted. Never counted as satisfied.</summary>
    Unconfirmed,

    /// <summary>The customer took it back.</summary>
    Withdrawn,

    /// <summary>The same complaint lives on in another case.</summary>
    Duplicate,

    /// <summary>Not ours; the customer was told whose.</summary>
    OutOfScope,

    /// <summary>Not a complaint; answered plainly.</summary>
    Answered,

    /// <summary>We and the customer could not agree; they know where they can go next. Never counted as satisfied.</summary>
    Deadlock,

    /// <summary>A body outside decided, and that ended it.</summary>
    OutsideDecision,
}

/// <summary>Seriousness of the effect on the person.</summary>
public enum Severity
{
    /// <summary>The usual care.</summary>
    Normal = 1,

    /// <summary>Harm, hardship, or much at stake: the summary must be confirmed.</summary>
    High,
}
