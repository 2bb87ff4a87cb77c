// long: one record for each thing that a program reads of a case
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Handling;
using Amends.Domain.People;
using Amends.Domain.Referrals;
using Amends.Domain.Remedies;

namespace Amends.Features.Api;

/// <summary>Somebody or something by number and name.</summary>
public sealed record Named(long Id, string Name);

/// <summary>A page of a list.</summary>
/// <param name="Items">In order.</param>
/// <param name="NextCursor">Sent as <c>cursor</c> it gives the next page; <c>null</c> at the end.</param>
public sealed record CaseListAnswer(IReadOnlyList<CaseItem> Items, string? NextCursor);

/// <summary>A case in a list.</summary>
public sealed record CaseItem(
    long Number, CaseStage State, CaseKind Kind, Channel Channel, Severity Severity, string Subject, Named Customer, Named? Owner,
    DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, CloseReason? CloseReason, DateTimeOffset? PromiseDueAt, bool PromiseMissed, DateTimeOffset UpdatedAt);

/// <summary>A case with everything about it.</summary>
public sealed record CaseAnswer
{
    public required long Number { get; init; }
    public required CaseStage State { get; init; }
    public required CaseKind Kind { get; init; }
    public required Channel Channel { get; init; }
    public required Severity Severity { get; init; }
    public required string Subject { get; init; }
    public required Named Customer { get; init; }
    public required Named? Owner { get; init; }

    /// <summary>Addresses of the customer that mail came back from.</summary>
    public IReadOnlyList<BouncedAddress> BouncedAddresses { get; init; } = [];
    public required DateTimeOffset OpenedAt { get; init; }
    public required DateTimeOffset? AcknowledgedAt { get; init; }
    public required DateTimeOffset? ClosedAt { get; init; }
    public required CloseReason? CloseReason { get; init; }

    /// <summary>The case in which it goes on, while it is closed.</summary>
    public long? GoesOnIn { get; init; }

    /// <summary>The earlier case of the customer that it follows.</summary>
    public long? Follows { get; init; }

    /// <summary>Closed cases about the same matter, which go on here.</summary>
    public IReadOnlyList<long> Duplicates { get; init; } = [];

    /// <summary>In the customer's own words.</summary>
    public required string Story { get; init; }
    public required string? WantedOutcome { get; init; }

    /// <summary>The playbook from which the newest such offer began, in the version that held.</summary>
    public PlaybookAnswer? Playbook { get; init; }

    /// <summary>The steps of the company's framework, each lit by what happened.</summary>
    public FrameworkAnswer? Steps { get; init; }

    /// <summary>How the newest words of the customer sound; <c>null</c> where nothing was heard.</summary>
    public ToneAnswer? Tone { get; init; }

    /// <summary>Why it is better to ring than to write; none when writing will do.</summary>
    public IReadOnlyList<Domain.CallBacks.NudgeReason> PhoneNudge { get; init; } = [];

    /// <summary>The policies that offers followed or went beyond, in the versions that held.</summary>
    public IReadOnlyList<PolicyAnswer> Policies { get; init; } = [];

    /// <summary>What it means for them, in their words.</summary>
    public required string? Impact { get; init; }

    /// <summary>Where on their way with you it went wrong.</summary>
    public required Domain.Listening.JourneyStage? JourneyStage { get; init; }
    public required CategoryAnswer? Category { get; init; }

    /// <summary>The one thing that brings it on.</summary>
    public required NextAction NextAction { get; init; }
    public required SourceAnswer? Source { get; init; }
    public required IReadOnlyList<AnswerAnswer> Answers { get; init; }
    public required IReadOnlyList<WhyAnswer> Whys { get; init; }
    /// <summary>What we learned from it, oldest first.</summary>
    public required IReadOnlyList<string> Lessons { get; init; }
    public required IReadOnlyList<SpokenAnswer> Calls { get; init; }

    /// <summary>What the customer hears next, and by when.</summary>
    public required PromiseAnswer? Promise { get; init; }

    /// <summary>Our words for it; the newest.</summary>
    public required SummaryAnswer? Summary { get; init; }

    /// <summary>What the customer raised, one by one, with what we decided on each.</summary>
    public required IReadOnlyList<IssueAnswer> Issues { get; init; }

    /// <summary>How far it went to a body outside; <c>null</c> when it did not.</summary>
    public required ReferralAnswer? Referral { get; init; }

    /// <summary>What rules ask for, by when; what was missed stays so.</summary>
    public required IReadOnlyList<DeadlineAnswer> Deadlines { get; init; }

    /// <summary>The newest.</summary>
    public required OfferAnswer? Offer { get; init; }
    public required IReadOnlyList<RemedyAnswer> Remedies { get; init; }

    /// <summary>Where somebody may be in danger: whether it is sold on, and who else has it.</summary>
    public StopSaleAnswer? StopSale { get; init; }
    public required CheckBackState? CheckBack { get; init; }

    /// <summary>The call that we owe.</summary>
    public required CallAnswer? Call { get; init; }
    public required string? Cause { get; init; }

    /// <summary>When the next of what is owed is due, by when what the customer said last is answered, and until when it rests.</summary>
    public required DateTimeOffset? FixDueAt { get; init; }

    /// <summary>When all of it is to be put right.</summary>
    public DateTimeOffset? PutRightBy { get; init; }
    public required DateTimeOffset? ReplyDueAt { get; init; }
    public required DateTimeOffset? SnoozedUntil { get; init; }

    /// <summary>For whom it waits, and how early it comes among those that are due; <c>null</c> once it is closed.</summary>
    public required WaitsFor? WaitsFor { get; init; }
    public required Urgency? Urgency { get; init; }

    /// <summary>How often what we did to put it right failed them: lines that failed, and answers that it is not put right; more than none is a double failure.</summary>
    public required int Failures { get; init; }
    public required bool DoubleFailure { get; init; }

    /// <summary>What they wanted and got, what it cost them, and what followed.</summary>
    public required OutcomeState Outcome { get; init; }
    public required EffortState Effort { get; init; }
    public required FollowOnState? FollowOn { get; init; }

    /// <summary>What the person needs from us.</summary>
    public required IReadOnlyList<SupportNeed> SupportNeeds { get; init; }

    /// <summary>What they want to be called, how they want to hear from us, and who acts for them.</summary>
    public string? PreferredName { get; init; }
    public Domain.Customers.PreferredChannel? PreferredChannel { get; init; }
    public RepresentativeAnswer? Representative { get; init; }

    /// <summary>The second stage; <c>null</c> in the first.</summary>
    public required ReviewAnswer? Review { get; init; }

    /// <summary>Nothing of it may be deleted.</summary>
    public required bool LegalHold { get; init; }

    /// <summary>What happened, oldest first; the newest five hundred.</summary>
    public required IReadOnlyList<EventAnswer> Events { get; init; }

    /// <summary>What was said, oldest first; the newest two hundred.</summary>
    public required IReadOnlyList<MessageAnswer> Messages { get; init; }
}

/// <summary>Something that a set of deadlines asks for: due, met, missed or not owed any more, with the message that met it, and the versions that the date was counted with.</summary>
public sealed record DeadlineAnswer(int Id, string Preset, int PresetVersion, string Name, string Title, DateTimeOffset StartedAt, DateTimeOffset DueAt, string Calendar, int CalendarVersion, DateTimeOffset? MetAt, long? MessageId, DateTimeOffset? MissedAt, DateTimeOffset? DroppedAt, bool IsTarget, IReadOnlyList<ExtensionAnswer> Extensions)
{
    /// <summary>Since when an aim of our own stands still because we wait for the customer, and how many minutes it stood still before.</summary>
    public DateTimeOffset? PausedAt { get; init; }
    public long PausedMinutes { get; init; }
}

/// <summary>More time for a deadline, with the message that told the customer.</summary>
public sealed record ExtensionAnswer(DateTimeOffset From, DateTimeOffset To, string Reason, long MessageId);

/// <summary>What the customer was told to hear, and by when.</summary>
public sealed record PromiseAnswer(string What, DateTimeOffset DueAt, DateTimeOffset? MissedAt);

/// <summary>What we understood.</summary>
public sealed record SummaryAnswer(int Version, string Happened, string Matters, string Promised, DateTimeOffset WrittenAt, DateTimeOffset? SentAt, DateTimeOffset? ConfirmedAt, DateTimeOffset? CorrectedAt, string? Correction, string? Impact);

/// <summary>What it is about: the code that counts now, what it looked like at first, and what was confirmed.</summary>
public sealed record CategoryAnswer(string Code, string? FirstImpression, string? Confirmed);

/// <summary>Where exactly it came from.</summary>
public sealed record SourceAnswer(string? Place, string? Handle, string? Link, string? InPublic, int? Stars, DateOnly? Dated);

/// <summary>An answer to a question of the question bank.</summary>
public sealed record AnswerAnswer(string Code, string Question, string Words, DateTimeOffset At, string By);

/// <summary>A step of the ladder of whys.</summary>
public sealed record WhyAnswer(int Id, int? Under, string Why, string? Evidence, bool CanChange, DateTimeOffset At, string By);

/// <summary>A call that was logged; <c>their_share</c> is 0 to 1 where it was tapped.</summary>
public sealed record SpokenAnswer(long MessageId, bool TheyRang, int? Minutes, Domain.Listening.TalkBalance? Balance, double? TheirShare, DateTimeOffset At, string By);

/// <summary>An amount in minor units, such as cents.</summary>
public sealed record Amount(long Minor, string Currency);

/// <summary>Something that the customer raised. One that was raised by mistake has <c>withdrawn_at</c> and the reason.</summary>
public sealed record IssueAnswer(int Id, string Words, DateTimeOffset RaisedAt, string RaisedBy, DateTimeOffset? WithdrawnAt, int? MergedInto, string? Reason, DecisionAnswer? Decision, DateTimeOffset? ToldAt);

/// <summary>The way outside.</summary>
public sealed record ReferralAnswer(ReferralStage Stage, string? Body, DateOnly? ReferredOn, DateOnly? DecidedOn, string? Outcome);

/// <summary>Whose a line is.</summary>
public sealed record LineOwner(long? PersonId, string Name);

/// <summary>Whether something dangerous is sold on, as a lead answered, and how many orders of others have it, as somebody counted.</summary>
public sealed record StopSaleAnswer(DateTimeOffset AskedAt, DateTimeOffset? AnsweredAt, bool? IsStopped, string? Words, string Product, string Lot, int? AffectedOrders, int? AffectedCustomers);

/// <summary>Something that puts it right.</summary>
public sealed record RemedyAnswer(int Id, RemedyKind Kind, string What, Amount Value, DateTimeOffset DueAt, DateTimeOffset? DoneAt, DateTimeOffset? FailedAt)
{
    /// <summary>The last step that it reached.</summary>
    public RemedyStep? Step { get; init; }

    /// <summary>A law gives it, and which.</summary>
    public bool Statutory { get; init; }
    public string? Law { get; init; }

    /// <summary>It waits for a parcel, and is not due before.</summary>
    public bool Waits { get; init; }

    /// <summary>Whose it is: a colleague, or somebody outside, whose id is <c>null</c>; <c>null</c> while it is left to whoever has the case.</summary>
    public LineOwner? Owner { get; init; }

    /// <summary>When we saw that its day had passed.</summary>
    public DateTimeOffset? LateAt { get; init; }

    /// <summary>When it lapsed.</summary>
    public DateTimeOffset? LapsedAt { get; init; }

    /// <summary>When the customer chose something else before it had begun.</summary>
    public DateTimeOffset? ReplacedAt { get; init; }

    /// <summary>What is sent back.</summary>
    public ReturnAnswer? Return { get; init; }

    /// <summary>When somebody comes.</summary>
    public VisitAnswer? Visit { get; init; }

    /// <summary>When the customer agreed to a substitute.</summary>
    public DateTimeOffset? AgreedAt { get; init; }
}

/// <summary>Whether the customer feels that it is put right.</summary>
/// <param name="DueAt">When we ask next, or since when the call is due.</param>
/// <param name="Attempts">How often we asked.</param>
/// <param name="Answer">The customer's answer.</param>
/// <param name="Score">1 to 5.</param>
/// <param name="Survey">What they said beside it.</param>
/// <param name="MostAttempts">How often we ask at the most.</param>
/// <param name="Asked">The way of each attempt so far.</param>
/// <param name="CallDueAt">Since when a call of ours is due with the question.</param>
public sealed record CheckBackState(DateTimeOffset DueAt, int Attempts, CheckBackAnswer? Answer, int? Score, Survey? Survey, int MostAttempts, IReadOnlyList<CheckBackManner> Asked, DateTimeOffset? CallDueAt);

/// <summary>What the customer wanted beside what they got.</summary>
public sealed record OutcomeState(string? Wanted, IReadOnlyList<string> Offered, string? Accepted, bool AcceptedAsWanted, OutcomeMet? Met);

/// <summary>What it cost the customer in effort, counted from the log.</summary>
public sealed record EffortState(int Contacts, IReadOnlyList<Channel> Channels, int Transfers, int Repeats, int Forms, int Days);

/// <summary>The thank-you letter after a good end.</summary>
public sealed record FollowOnState(DateTimeOffset SentAt, bool AsksForReview, string? Code);

/// <summary>Something that happened, by the name that it has in the log.</summary>
/// <param name="Seq">Counts up within the case.</param>
/// <param name="At">When.</param>
/// <param name="Name">Its name.</param>
/// <param name="ByKind">Who did it: a person, the customer, a program, or Amends.</param>
/// <param name="ByName">Their name.</param>
/// <param name="Program">The program by which a person did it.</param>
public sealed record EventAnswer(int Seq, DateTimeOffset At, string Name, ActorKind ByKind, string ByName, string? Program);

/// <summary>Something that was said.</summary>
/// <param name="Direction">in, out, note or call.</param>
/// <param name="Sender">Who sent it, for mail that came in.</param>
public sealed record MessageAnswer(long Id, DateTimeOffset At, Data.Direction Direction, Channel Channel, string Author, string Subject, string Text, bool Automatic, SenderAnswer? Sender);

/// <summary>Who sent a mail.</summary>
/// <param name="Address">The address that it names as its sender.</param>
/// <param name="IsCustomers">Whether that is an address of the case's customer, and nothing says that the mail is forged.</param>
/// <param name="Verdict">How far it is who it says.</param>
/// <param name="SignedBy">Whose signature speaks for the address, as we checked it ourselves.</param>
/// <param name="Receiver">The receiving server that is believed, when it wrote something down.</param>
/// <param name="Results">What that server wrote down.</param>
/// <param name="Signatures">The signatures, as we checked them ourselves.</param>
public sealed record SenderAnswer(
    string Address, bool IsCustomers, Amends.Mail.Trust.SenderVerdict Verdict, string? SignedBy, string? Receiver, IReadOnlyList<Channels.Email.SenderDetail.Result> Results,
    IReadOnlyList<Channels.Email.SenderDetail.Signature> Signatures);

/// <summary>A customer.</summary>
public sealed record CustomerAnswer(
    long Id, string Name, string? Phone, string? Place, string? Language, DateTimeOffset Since, IReadOnlyList<string> Addresses, IReadOnlyList<OrderAnswer> Orders, IReadOnlyList<CustomerCase> Cases)
{
    /// <summary>Addresses that mail came back from, as the last report says.</summary>
    public IReadOnlyList<BouncedAddress> BouncedAddresses { get; init; } = [];

    /// <summary>What they want to be called, and how they want to hear from us.</summary>
    public string? PreferredName { get; init; }
    public Domain.Customers.PreferredChannel? PreferredChannel { get; init; }

    /// <summary>What they need from us, kept because they agreed.</summary>
    public IReadOnlyList<Domain.Handling.SupportNeed> SupportNeeds { get; init; } = [];

    /// <summary>Who acts for them.</summary>
    public RepresentativeAnswer? Representative { get; init; }

    /// <summary>Customers who turned out to be this one; their ids lead here.</summary>
    public IReadOnlyList<long> JoinedIds { get; init; } = [];

    /// <summary>The code that they came with, and how many came with a code of theirs.</summary>
    public string? SentBy { get; init; }
    public long Brought { get; init; }
}

/// <summary>Who acts for a customer, how far they may go, and who gets the letters.</summary>
public sealed record RepresentativeAnswer(string Name, string Relation, string? Email, string? Phone, Domain.Customers.Mandate May, Domain.Customers.LettersTo LettersTo, DateTimeOffset? Until)
{
    /// <summary>The same for a case or a customer; <c>null</c> when they speak for themselves.</summary>
    public static RepresentativeAnswer? Of(Domain.Customers.Representative? who) => who is null ? null : new(who.Name, who.Relation, who.Email, who.Phone, who.May, who.LettersTo, who.Until);
}

/// <summary>That mail to an address came back: whether the address itself is at fault, why in one word and in a sentence, and when.</summary>
public sealed record BouncedAddress(string Address, bool Hard, string Reason, string Words, DateTimeOffset At);

/// <summary>An order; the newest two hundred are listed.</summary>
public sealed record OrderAnswer(string Number, DateTimeOffset PlacedAt, Amount Total, string Product, string Status);

/// <summary>A case of a customer; the newest two hundred are listed.</summary>
public sealed record CustomerCase(long Number, string Subject, CaseKind Kind, CaseStage State, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt);

/// <summary>A case that was opened.</summary>
public sealed record OpenedAnswer(long Number, long CustomerId, bool Acknowledged, DateTimeOffset PromiseDueAt);

/// <summary>A message that was stored.</summary>
public sealed record WrittenAnswer(long Id, long Number);

/// <summary>Who looks at it the second time, since when and why.</summary>
public sealed record ReviewAnswer(DateTimeOffset BegunAt, string Why, string Reviewer);

/// <summary>A policy that an offer followed or went beyond: version 0 is the text as it ships, in that edition.</summary>
public sealed record PolicyAnswer(string Key, int Version, int Edition, string Title, bool Beyond, int OfferId, DateTimeOffset At);

/// <summary>A playbook that was used.</summary>
public sealed record PlaybookAnswer(string Key, int Version, string Title, DateTimeOffset At);

/// <summary>How words sound.</summary>
/// <param name="Level"><c>calm</c>, <c>annoyed</c>, <c>upset</c> or <c>very_upset</c>: of the words, never of the person.</param>
/// <param name="Score">The same from 0 to 1000, as it was heard.</param>
/// <param name="Course">From the message before to the newest.</param>
/// <param name="IsFallback">By a list of words alone, since it is not in English.</param>
/// <param name="IsCorrected">One of us put the level right.</param>
/// <param name="Signs">What somebody should know at once, of all messages, such as <c>churn</c>.</param>
public sealed record ToneAnswer(string Level, int Score, Domain.Listening.ToneCourse Course, bool IsFallback, bool IsCorrected, IReadOnlyList<string> Signs)
{
    /// <summary>The language of the newest words, two letters; <c>null</c> when they are too few to tell.</summary>
    public string? Language { get; init; }

    /// <summary>How upset they are likely to be in this case: the words with what the case knows beside them.</summary>
    public CaseUpsetAnswer? Case { get; init; }
}

/// <summary>How upset a customer is likely to be, with the reasons that the case adds to the words.</summary>
/// <param name="Level">One above the words at the most.</param>
/// <param name="Score">From 0 to 1000.</param>
/// <param name="Reasons">What the case adds, the weightiest first.</param>
public sealed record CaseUpsetAnswer(string Level, int Score, IReadOnlyList<Domain.Listening.UpsetReason> Reasons);
