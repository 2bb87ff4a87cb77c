using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Contents;
using Amends.Domain.Customers;
using Amends.Domain.Deadlines;
using Amends.Domain.FollowOns;
using Amends.Domain.Handling;
using Amends.Domain.Issues;
using Amends.Domain.Listening;
using Amends.Domain.Offers;
using Amends.Domain.Payments;
using Amends.Domain.People;
using Amends.Domain.Playbooks;
using Amends.Domain.Promises;
using Amends.Domain.Referrals;
using Amends.Domain.Remedies;
using Amends.Domain.Returns;
using Amends.Domain.Signals;
using Amends.Domain.Visits;
using Amends.Domain.Vouchers;
using Amends.Features.Shared;

namespace Amends.Features.Cases;

/// <summary>What happened to a case, in a sentence that a person would say. Messages say themselves and have none.</summary>
/// <param name="State">The case as it is now; names options and lines that events only number.</param>
/// <param name="Me">The reader's id: they are "you".</param>
/// <param name="Now">The time to compare with.</param>
/// <param name="Zone">The company's zone.</param>
public sealed record EventWords(CaseState State, long Me, DateTimeOffset Now, TimeZoneInfo Zone)
{
    /// <summary>What categories are called.</summary>
    public ContentInForce Content { get; init; } = Data.ContentFiles.AsShipped;

    /// <summary>The sentence; <c>null</c> for what the timeline shows in another way.</summary>
    public Line? Of(CaseEvent news) => news switch
    {
        CaseOpened e => new("inbox", $"Reached us {Via(e.Channel)} as {KindWords(e.Kind)}{(e.Follows is { } earlier ? $", after case {earlier}" : "")}"),
        FoundNew e => new("circle-help", $"{Who(e.By)} said that it is a new matter"),
        CaseFollowed e => new("rotate-ccw", $"{(e.By.Kind == ActorKind.Customer ? "They came back long after the end" : $"{Who(e.By)} opened a new complaint after this one")}: case {e.Number}"),
        ImpactHeard e => new("heart-handshake", $"{(e.By.Kind == ActorKind.Customer ? "They say" : $"{Who(e.By)} heard")} what it means for them: “{e.Impact}”"),
        Domain.Safety.StopSaleAsked => new("shield-alert", "Leads are asked whether it is sold on", true),
        Domain.Safety.StopSaleAnswered { IsStopped: true } e => new("shield-alert", $"{Who(e.By)} stopped the sale of {e.Product}{(e.Lot.Length > 0 ? $", lot {e.Lot}" : "")}: {e.Words}"),
        Domain.Safety.StopSaleAnswered e => new("shield-alert", $"{Who(e.By)} said that it is sold on: {e.Words}"),
        Domain.Safety.AffectedCounted e => new("users", $"{Who(e.By)} counted who else has {e.Product}{(e.Lot.Length > 0 ? $", lot {e.Lot}" : "")}: {Domain.Texts.Count(e.Orders, "order")} of {Domain.Texts.Count(e.Customers, "other customer")}"),
        Domain.Laws.ProblemNamed e => new("scale", $"{Who(e.By)} said what is wrong with what they bought: {Domain.Laws.Problems.Words(e.What.Problem)}{(e.What.HadSince is { } since ? $", had since {since:d MMMM yyyy}" : "")}{(e.What.PromisedFor is { } day ? $", promised for {day:d MMMM yyyy}" : "")}"),
        JourneyPlaced e => new("map-pin", $"{Who(e.By)} placed it: {ChannelWords.Of(e.Stage)}"),
        CategoryGiven e => new("tag", $"{(e.Confirmed ? "Category confirmed" : "First impression")} by {Who(e.By, false)}: {Content.Categories.WordsOf(e.Code) ?? e.Code}"),
        QuestionAnswered e => new("circle-help", $"Asked: {e.Question} “{e.Answer}”"),
        WhyFound e => new("layers", $"{Who(e.By)} asked why: {e.Why}{(e.Evidence is { } shown ? $" ({shown})" : "")}"),
        LessonLearned e => new("lightbulb", $"What we learned: {e.Lesson} ({Who(e.By)})"),
        WhyTakenBack e => new("layers", $"{Who(e.By)} took back “{State.Whys.FirstOrDefault(why => why.Id == e.Id)?.Words}”: {e.Reason}"),
        CallLogged { Minutes: null, Balance: null } => null, // the call itself is shown
        CallLogged e => new("phone", $"{(e.TheyRang ? "They rang" : $"{Who(e.By)} rang")}{(e.Minutes is { } minutes ? $", {Domain.Texts.Count(minutes, "minute")}" : "")}{(e.Balance is { } balance ? $"; {ChannelWords.Of(balance)}" : "")}", e.Balance == TalkBalance.MostlyUs),
        KindChanged e => new("layers", $"{Who(e.By)} marked it as {KindWords(e.To)}"),
        ToneCorrected e => new("heart-handshake", $"{Who(e.By)} read “{Lower(MoodBars.Word((int)e.To))}” where it was heard as “{Lower(MoodBars.Word((int)e.From))}”"),
        CustomerChanged e => new("users", $"{Who(e.By)} said that the customer is {e.CustomerName}"),
        PreferencesNoted e => new("users", $"Noted{(e.Name is { } called ? $" that they want to be called {called}" : "")}{(e is { Name: not null, Channel: not null } ? "; " : " ")}{(e.Channel is { } channel ? ContactWords.Prefers(channel).TrimEnd('.').ToLowerInvariant() : e.Name is null ? "that they have no wishes any more" : "")}".TrimEnd()),
        RepresentativeNamed e => new("users", $"{e.Who.Name} ({e.Who.Relation}) acts for them: {ContactWords.Of(e.Who.May)}. {ContactWords.Of(e.Who.LettersTo, State.CustomerName, e.Who.Name)}"),
        RepresentativeEnded e => new("users", $"Nobody acts for them any more: {Lower(e.Why)}"),
        CustomersMerged e => new("users", $"{Who(e.By)} made {e.FromName} and {e.CustomerName} one customer: {Lower(e.Why)}"),
        CustomersSplit e => new("users", $"{Who(e.By)} said that this is {e.CustomerName}’s case, not {e.FromName}’s: {Lower(e.Why)}"),
        OwnerChanged { OwnerId: null } e => new("users", $"{Who(e.By)} gave it back to the team"),
        OwnerChanged e when e.OwnerId == e.By.Id && e.By.Kind == ActorKind.Person => new("user-check", $"{Who(e.By)} took it"),
        OwnerChanged e => new("user-check", $"Given to {Person(e.OwnerId, e.OwnerName)}{(e.By.Kind == ActorKind.Person ? $" by {Who(e.By, false)}" : "")}"),
        CaseEscalated e => new("flag", $"A lead was told: {Lower(e.Reason)}", true),
        CaseClosed e => new("check", $"Closed: {(e.GoesOnIn is { } other ? $"it goes on in case {other}" : ClosedWords(e.Reason))}{(e.Note is { } note && (e.By.Kind == ActorKind.Person || e.Reason == CloseReason.Unconfirmed) ? $". {note}" : "")}{(e.Letter is not null ? ". They were told by letter" : e.Told is { } told ? $". How they know: {Lower(told)}" : "")}"),
        CaseJoined e => new("layers", $"{Who(e.By)} joined case {e.Number} with this one: it is the same matter"),
        WaitingNoted { On: WaitsFor.Us } => new("hourglass", "It waits for us again"),
        WaitingNoted e => new("hourglass", $"It waits for {Lower(WaitingWords.Of(e.On))}{(e.What is { } what ? $": {what}" : "")}"),
        SupportNeedsNoted { Needs.Count: 0 } e => new("accessibility", $"{Who(e.By)} noted that they need nothing special{Quote(e.Words)}"),
        SupportNeedsNoted e => new("accessibility", $"They need: {SupportWords.Of(e.Needs)}{Quote(e.Words)}"),
        CaseSnoozed e => new("moon", $"{Who(e.By)} let it rest until {When.Long(e.Until, Now, Zone)}{(e.Why is { } why ? $": {Lower(why)}" : "")}"),
        CaseWoke => new("sun", "It is back from its rest"),
        FixPlanned { DueAt: { } fix } e => new("wrench", $"{Who(e.By)} means to have it put right by {When.Long(fix, Now, Zone)}"),
        FixPlanned e => new("wrench", $"{Who(e.By)} took back the day of the fix"),
        ReplyOverdue e => new("triangle-alert", $"Nobody answered in time: it was due {When.Long(e.DueAt, Now, Zone)}", true),
        ReviewBegun e => new("scale", $"Second stage: {Person(e.ReviewerId, e.Reviewer)} {(e.ReviewerId == Me ? "look" : "looks")} at all of it{Quote(e.Why)}"),
        LegalHoldSet e => new("lock", $"{Who(e.By)} {(e.IsHeld ? "keeps everything of this case from being deleted" : "let go of the legal hold")}: {Lower(e.Why)}"),
        SecondLookDrawn => new("eye", "Drawn by chance for a second look by a lead"),
        SecondLookTaken e => new("eye", $"{Who(e.By)} looked again: {(e.Reason == CloseReason.Answered ? e.IsComplaint ? "it is a complaint" : "no complaint hides here" : e.IsComplaint ? "it goes on" : "it rightly ended so")}", e.IsComplaint),
        CaseReopened e => new("rotate-ccw", $"Opened again: {Lower(e.Reason)}"),
        ListeningBegun e => new("message-circle", $"{Who(e.By)} began to listen"),
        WantedOutcomeHeard { Outcome: { } outcome } => new("heart-handshake", $"What would put it right: “{outcome}”"),
        WantedOutcomeHeard => new("heart-handshake", "Asked what would put it right; they did not say"),
        SafetyChecked { AtRisk: true } => new("shield-alert", "Somebody may be in danger", true),
        SafetyChecked => new("shield-check", "Asked about safety: nobody is in danger"),
        SeveritySet e => new("scale", e.Severity == Severity.High ? $"{Who(e.By)} marked it as serious" : $"{Who(e.By)} marked it as usual"),
        SummarySent => new("send", "Asked the customer whether we understood"),
        SummaryConfirmed e => new("circle-check", $"They said that we understood{ViaWords(e.Via, e.By)}{Quote(e.Words)}"),
        SummaryCorrected e => new("circle-help", $"Not quite{ViaWords(e.Via, e.By)}{Quote(e.Words)}", true),
        NextContactPromised e => new("alarm-clock", $"Promised for {When.Long(e.DueAt, Now, Zone)}: {e.What}"),
        NextContactMoved e => new("calendar-clock", $"Promise moved from {When.Long(e.From, Now, Zone)} to {When.Long(e.To, Now, Zone)}: {e.Reason}"),
        NextContactKept { InTime: true } => new("check", "Promise kept"),
        NextContactKept => new("check", "Promise kept, but late", true),
        NextContactExplained e => new("message-circle", $"Told them why it was missed: {Lower(e.Reason)}"),
        NextContactDueSoon e => new("bell", e.OwnerId is null ? "The team was reminded of the promise" : "Reminded of the promise"),
        NextContactMissed e => new("triangle-alert", $"Promise missed: it was due {When.Long(e.DueAt, Now, Zone)}", true),
        IssueRaised e => new("list", $"{(e.By.Kind == ActorKind.Customer ? "They" : Who(e.By))} raised: “{e.Words}”"),
        IssueWithdrawn { MergedInto: { } into } e => new("list", $"{Who(e.By)} put “{Issue(e.Id)}” together with “{Issue(into)}”: {e.Reason}"),
        IssueWithdrawn e => new("list", $"{Who(e.By)} took out “{Issue(e.Id)}”: {e.Reason}"),
        DecisionRecorded e => new("scale", $"{Who(e.By)} decided on “{Issue(e.IssueId)}”: {FindingWords(e.Finding)}{(e.Remedies is { Count: > 0 } remedies ? $"; {string.Join(", ", remedies.Select(remedy => remedy.What + (remedy.Value.Minor > 0 ? $" ({remedy.Value})" : "")))}" : "")}{(e.Evidence is { } evidence ? $" ({evidence})" : "")}"),
        DecisionSent e => new("scale", $"Decision sent to the customer: {string.Join(" · ", e.Issues.Select(id => $"“{Issue(id)}”"))}{(e.OutsideRoute is null ? "" : ", with where they can go next")}"),
        CaseReferred e => new("external-link", $"With {e.Body} since {e.On:d MMMM yyyy}"),
        OutsideDecided e => new("external-link", $"{State.Referral?.Body} decided on {e.On:d MMMM yyyy}: {e.Outcome}"),
        DutyBreached { IsTarget: false } e => new("triangle-alert", $"Deadline missed: {e.Title}", true),
        DutyMet { InTime: false } e => new("check", $"Done, but late: {e.Title}", true),
        DutyExtended e => new("calendar-clock", $"{Who(e.By)} told them that it takes until {When.Day(e.To.AddTicks(-1), Now, Zone)}: {e.Reason}"),
        DutiesReckoned e => new("calendar", $"{Who(e.By)} had the deadlines counted anew: {Lower(e.Why)}"),
        PresetTakenOff e => new("x", $"{Who(e.By)} took “{e.Title}” off: {Lower(e.Why)}"),
        OfferPrepared { IsDecision: true, NeedsApproval: true } e => new("scale", $"{Who(e.By)} put the decision together; a second person must agree before it goes out"),
        OfferPrepared { IsDecision: true } => null, // the decision says it
        DecisionAdded => new("list-checks", "What we can do is added to what they chose"),
        OfferSent e when IsDecision(e.Id) => null,
        OfferPrepared e => new("gift", $"{Who(e.By)} put {Domain.Texts.Count(e.Options.Count, "option")} together{(e.NeedsApproval ? "; a second person must agree" : "")}"),
        PolicyUsed e => new("book-open", $"The options {(e.Beyond ? "go beyond" : "follow")} the rule “{e.Title}”, {(e.Version > 0 ? $"version {e.Version}" : "as it ships")}"),
        PlaybookUsed e => new("book-open", $"The options began from the playbook “{e.Title}”, version {e.Version}"),
        OfferApproved e => new("badge-check", $"{Who(e.By)} agreed to the {(IsDecision(e.Id) ? "decision" : "offer")}"),
        ApprovalAsked e => e.Why.Contains(ApprovalReason.Asked) ? new("users", $"{Who(e.By)} asked for a second person to look at it") : null, // the offer says it
        OfferRefused e => new("circle-x", $"{Who(e.By)} did not agree to the {(IsDecision(e.Id) ? "decision" : "offer")}: {e.Why}", true),
        ApprovalLapsed => new("hourglass", "What was agreed to did not go out within 48 hours; somebody must agree again", true),
        OfferSent e => new("gift", $"Options sent to the customer{Titles(e.Id)}"),
        OptionChosen e when IsDecision(e.OfferId) => new("circle-check", $"They accepted what we can do{ViaWords(e.Via, e.By)}{Quote(e.Words)}"),
        OfferDeclined e when IsDecision(e.OfferId) => new("circle-x", $"They do not agree with our decision{ViaWords(e.Via, e.By)}{Quote(e.Words)}", true),
        OptionChosen e => new("circle-check", $"They chose{ViaWords(e.Via, e.By)}: {Title(e.OfferId, e.OptionId)}{Quote(e.Words)}"),
        ChoiceChanged e => new("rotate-ccw", $"They changed their mind{ViaWords(e.Via, e.By)}: {Title(e.OfferId, e.OptionId)}{Quote(e.Words)}"),
        OfferDeclined e => new("circle-x", $"None of the options helps{ViaWords(e.Via, e.By)}{Quote(e.Words)}", true),
        OfferUnanswered => new("hourglass", "The time to answer passed without a word from them"),
        OfferReminded e => new(e.Via == Channel.Phone ? "phone" : "send", $"{Who(e.By)} asked once more (reminder {e.Number} of {e.Of}); they have until {When.Long(e.WaitsUntil, Now, Zone)}"),
        RemedyAdded e => new("list-checks", $"Owed by {When.Long(e.DueAt, Now, Zone)}: {e.What}{(e.Law is { } law ? $" ({law})" : "")}"),
        RemedyDone e => new("check", $"Done: {Remedy(e.Id)}{(e.Note is { } note ? $". {note}" : "")}"),
        RemedyMoved e => new("list-checks", $"{Remedy(e.Id)}: {RemedyTypes.NameOf(e.Step).ToLowerInvariant()}{(e.Proof is { } proof ? $" ({proof})" : "")}{(e.Note is { } said ? $". {said}" : "")}"),
        RemedyReleased e => new("list-checks", $"Due {When.Long(e.DueAt, Now, Zone)}: {Remedy(e.Id)}{(e.Why is { } let ? $". {Who(e.By)} let it go without the parcel: {let}" : "")}"),
        RemedyHanded e => new("user-check", e.Name is null ? $"{Who(e.By)} gave it back to whoever has the case: {Remedy(e.Id)}" : $"{Who(e.By)} handed it to {(e.PersonId == Me ? "you" : e.Name)}: {Remedy(e.Id)}"),
        RemedyOverdue e => new("triangle-alert", $"Late, it was due {When.Long(e.DueAt, Now, Zone)}: {e.What}", true),
        ChargeDropped e => new("scale", $"They pay nothing for: {Remedy(e.Id)}"),
        SubstituteAgreed e => new("circle-check", $"They agreed to something different{ViaWords(e.Via, e.By)}: {Remedy(e.Id)}{Quote(e.Words)}"),
        ReturnIssued e => new("truck", $"Label {e.Number} with {e.Label.Carrier}, good until {When.Long(e.Label.ExpiresAt, Now, Zone)}"),
        ReturnScanned e => new("truck", $"The parcel {(e.Step == RemedyStep.Received ? "is here" : "is with the carrier")}{(e.Where is { } where ? $", {where}" : "")}"),
        ReturnInspected e => new("eye", $"{Who(e.By)} looked at what came back: {e.Result switch { Inspection.Pass => "as agreed", Inspection.Fail => "not as agreed", _ => "something else" }}{(e.Note is { } found ? $". {found.TrimEnd('.')}" : "")}{(ReturnMark.Fits(e.Mark, e.Sent) is not { } same ? "" : same ? $". {e.Mark}, as it was sent" : $". Another number: {e.Mark} came back, {e.Sent} was sent")}", e.Result != Inspection.Pass || ReturnMark.Fits(e.Mark, e.Sent) == false),
        ReturnLapsesSoon => new("bell", "They were reminded that the label lapses soon"),
        ReturnExpired => new("hourglass", "The label has lapsed, and no parcel was seen", true),
        VisitOffered e => new("calendar", $"{Who(e.By)} offered {Domain.Texts.Count(e.Times.Count, "time")} for a visit"),
        VisitBooked e => new("calendar", $"A visit is agreed: {When.Long(e.From, Now, Zone)}, {e.Address}{Quote(e.Words)}"),
        VisitDone e => new("wrench", $"{e.Technician ?? Who(e.By)} was there: {e.Diagnosis}"),
        VisitSignedOff e => new("circle-check", $"They say that it was done{ViaWords(e.Via, e.By)}{Quote(e.Words)}"),
        VisitMissed e => new("triangle-alert", $"The visit did not take place: {(e.Whose == VisitMiss.Ours ? "nobody of us came" : "nobody opened")}{(e.Note is { } missed ? $". {missed}" : "")}", true),
        VoucherIssued e => new("gift", $"A code worth {e.Face} went to them"),
        VoucherUsed e => new("gift", $"{e.Amount} of the code were used for {e.Reference}; {e.Left} are left"),
        VoucherExpired e => new("hourglass", $"The code lapsed with {e.Lost} on it"),
        RemedyFailed e => new("triangle-alert", $"Did not work: {Remedy(e.Id)}. {e.Note}", true),
        SuspicionRaised e => new("eye", $"{Who(e.By)} asked a second person whether the claim may be made up"),
        SuspicionAnswered e => new("eye", $"{Who(e.By)} {(e.IsShared ? "shares" : "does not share")} the suspicion"),
        PaymentRequested e => new("wallet", $"{Who(e.By)} asked for a payment of {e.Amount}{(e.IsOtherRoute ? ", another way than they paid" : "")}"),
        PaymentAuthorised { By.Kind: ActorKind.Amends } => null, // within what may be given
        PaymentAuthorised e => new("badge-check", $"{Who(e.By)} agreed to the payment"),
        PaymentSent e => new("wallet", $"The payment is said to have gone out{(e.Reference is { } reference ? $" ({reference})" : "")}"),
        PaymentConfirmed e => new("check", $"The payment was seen: {e.Proof}"),
        PaymentReturned e => new("triangle-alert", $"The money came back to us, and is owed again: {e.Problem}", true),
        PaymentFailed e => new("triangle-alert", $"The payment did not go through: {e.Problem}", true),
        DeliveryCompleted => new("wrench", "Everything that was chosen is done"),
        CheckBackAgreed e => new("repeat", $"{(e.Manner == CheckBackManner.Phone ? "We call and ask" : "We ask")} whether it is put right {When.Long(e.DueAt, Now, Zone)}{(e.Wished ? ", as they wished" : "")}"),
        CheckBackAsked { Manner: CheckBackManner.Phone } e => new("phone", $"Time to call and ask whether it is put right (time {e.Attempt})"),
        CheckBackTried e => new("phone-outgoing", $"{Who(e.By)} rang to ask whether it is put right: {OutcomeWords(e.Outcome)}{(e.Note is { } note ? $". {note}" : "")}", e.Outcome == CallOutcome.WrongNumber),
        Domain.Improvements.ChangeTold e => new("lightbulb", $"{Who(e.By)} told them what changed because of them"),
        FollowOnSent e => new("heart-handshake", $"{Who(e.By)} thanked them{(e.AsksForReview ? ", and asked for a recommendation" : "")}{(e.Code is { } code ? $"; a friend can name {code}" : "")}"),
        CheckBackAsked e => new("repeat", e.Attempt == 1 ? "Asked whether it is put right" : $"Asked again whether it is put right (time {e.Attempt})"),
        CheckBackAnswered e => new(e.Answer == CheckBackAnswer.Yes ? "circle-check" : "circle-x", $"{AnswerWords(e.Answer)}{(e.Score is { } score ? $" ({score} of 5)" : "")}{ViaWords(e.Via, e.By)}{Quote(e.Words)}{SurveyWords(e.Survey)}", e.Answer != CheckBackAnswer.Yes),
        CheckBackWaived => new("repeat", "They need no follow-up"),
        CallBooked { Reason: CallReason.TheyRang } => new("phone", "We owe them a call"),
        CallBooked e => new("phone", $"{Who(e.By)} agreed on a call: {When.Long(e.From, Now, Zone)}, on {e.Phone}"),
        CallMoved { Reason: CallReason.Again } e => new("phone", $"The next attempt to call: {When.Long(e.From, Now, Zone)}"),
        CallMoved e => new("phone", $"{Who(e.By)} moved the call to {When.Long(e.From, Now, Zone)}, on {e.Phone}"),
        CallDue e => new("bell", e.OwnerId is null ? "The team was told that it is time to call" : "Told that it is time to call"),
        CallTried e => new("phone-outgoing", $"{Who(e.By)} rang: {OutcomeWords(e.Outcome)}{(e.Note is { } note ? $". {note}" : "")}", e.Outcome == CallOutcome.WrongNumber),
        CallMissed e => new("triangle-alert", $"The call of {When.Long(e.From, Now, Zone)} was missed", true),
        CallEnded { How: CallEnd.CalledOff } e => new("x", $"{Who(e.By)} called the call off{(e.Why is { } why ? $": {why}" : "")}"),
        CallEnded { How: CallEnd.NotReached } => new("phone", "Not reached on the phone; we write instead"),
        TheyRang e => new("phone-incoming", $"They rang {When.Long(e.RangAt, Now, Zone)} from {e.Phone}, and nobody answered", true),
        PhoneNudged e => new("phone-call", $"Better on the phone: {Lower(NudgeCard.Words(e.Reasons))}"),
        PhoneNudgeSetAside e => new("pencil", $"{Who(e.By)} writes instead of ringing ({Lower(NudgeCard.Words(e.Reasons))}): {e.Why}"),
        AgreedAfterCall e => new("alarm-clock", $"Promised for {When.Long(e.DueAt, Now, Zone)}, after the call: {e.What}"),
        _ => null, // messages, notes, acknowledgements and summaries are shown as themselves
    };

    /// <summary>"you", or the name; with the program by which somebody acted.</summary>
    /// <param name="by">Who acted.</param>
    /// <param name="begins">It begins the sentence.</param>
    public string Who(Actor by, bool begins = true) => by switch
    {
        { Kind: ActorKind.Person } when by.Id == Me => begins ? "You" : "you",
        { Kind: ActorKind.Customer } => by.Through is { } through ? $"{through}, for {State.CustomerName}," : State.CustomerName,
        _ => by.Name,
    } + (by.Program is { } program ? $" (by {program})" : "");

    /// <summary>A kind with its article: "a complaint".</summary>
    public static string KindWords(CaseKind kind) => kind switch
    {
        CaseKind.Idea => "an idea",
        CaseKind.Praise => "praise",
        CaseKind.Other => "something else",
        _ => $"a {kind.ToString().ToLowerInvariant()}",
    };

    /// <summary>"by mail", "by phone".</summary>
    public static string Via(Channel channel) => ChannelWords.Via(channel);

    private static string ClosedWords(CloseReason reason) => reason switch
    {
        CloseReason.Confirmed => "they said that it is put right",
        CloseReason.Unconfirmed => "without an answer; not counted as satisfied",
        CloseReason.Withdrawn => "they took it back",
        CloseReason.Duplicate => "it goes on in another case",
        CloseReason.OutOfScope => "it is not ours",
        CloseReason.Deadlock => "we could not agree; not counted as satisfied",
        CloseReason.OutsideDecision => "somebody outside has decided",
        _ => "answered",
    };

    private string Person(long? id, string? name) => id == Me ? "you" : name ?? "nobody";

    private string ViaWords(Channel via, Actor by) => (by.Through is { } through ? $" through {through}" : "") + Way(via, by);

    private string Way(Channel via, Actor by) => via == Channel.Page ? " on their page" : by.Kind == ActorKind.Person ? $" {Via(via)}, recorded by {Who(by, false)}" : $" {Via(via)}";

    private string Titles(int offer) => State.Offers.FirstOrDefault(each => each.Id == offer) is { } found ? ": " + string.Join(" · ", found.Options.Select(option => option.Title)) : "";

    private string Title(int offer, int option) => State.Offers.FirstOrDefault(each => each.Id == offer)?.Options.FirstOrDefault(each => each.Id == option)?.Title ?? $"option {option}";

    private bool IsDecision(int offer) => State.Offers.Any(each => each.Id == offer && each.IsDecision);

    private string Issue(int id) => State.Issues.FirstOrDefault(issue => issue.Id == id)?.Words ?? $"issue {id}";

    /// <summary>A finding as we say it among ourselves.</summary>
    public static string FindingWords(Finding finding) => finding switch { Finding.Upheld => "upheld", Finding.PartlyUpheld => "partly upheld", _ => "not upheld" };

    private string Remedy(int id) => State.Remedies.FirstOrDefault(remedy => remedy.Id == id)?.What ?? $"line {id}";

    private static string OutcomeWords(CallOutcome outcome) => outcome switch
    {
        CallOutcome.Reached => "reached them",
        CallOutcome.NoAnswer => "no answer",
        CallOutcome.WrongNumber => "a wrong number",
        _ => "they asked for another time",
    };

    private static string AnswerWords(CheckBackAnswer answer) => answer switch
    {
        CheckBackAnswer.Yes => "Yes, it is put right",
        CheckBackAnswer.Partly => "It is put right in part",
        _ => "No, it is not put right",
    };

    private static string SurveyWords(Survey? survey)
    {
        if (survey is null)
            return "";
        string?[] parts =
        [
            survey.Heard is { } heard ? $"taken seriously {heard} of {Survey.MostHeard}" : null,
            survey.Ease is { } ease ? $"easy {ease} of {Survey.MostEase}" : null,
            survey.Met switch { OutcomeMet.Exceeded => "more than they wanted", OutcomeMet.Met => "what they wanted", OutcomeMet.Missed => "less than they wanted", _ => null },
            survey.Return switch { WouldReturn.Yes => "would come back", WouldReturn.Perhaps => "would perhaps come back", WouldReturn.No => "would not come back", _ => null },
            survey.Recommend is { } recommend ? $"would recommend us {recommend} of {Survey.MostRecommend}" : null,
        ];
        return $" · {string.Join(", ", parts.Where(part => part is not null))}";
    }

    private static string Quote(string? words) => string.IsNullOrWhiteSpace(words) ? "" : $": “{words}”";

    private static string Lower(string words) => words.Length > 1 && char.IsUpper(words[0]) && char.IsLower(words[1]) ? char.ToLowerInvariant(words[0]) + words[1..].TrimEnd('.') : words.TrimEnd('.');

    /// <summary>A sentence of the timeline.</summary>
    /// <param name="Icon">Its icon.</param>
    /// <param name="Words">The sentence.</param>
    /// <param name="IsBad">Something went wrong.</param>
    public sealed record Line(string Icon, string Words, bool IsBad = false);
}
