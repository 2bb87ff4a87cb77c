using Amends.Domain.CallBacks;
using Amends.Domain.CheckBacks;
using Amends.Domain.Contents;
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
using Amends.Domain.Signals;

namespace Amends.Domain.Cases;

/// <summary>What each event means for the state. The only place where state comes from, so a fold of the log gives it again.</summary>
public sealed partial record CaseState
{
    /// <summary>The state after one more event. Pure. A case that rests wakes when the customer does something, when it is time to ring, with a broken promise, and with money that came back; one that waits for the customer waits no longer when they do something.</summary>
    public CaseState After(CaseEvent news)
    {
        var told = Told(news);
        if (told.WaitsFor == WaitsFor.Customer && (news.By.Kind == ActorKind.Customer || news is CustomerSpoke))
            told = told with { WaitsFor = WaitsFor.Us, WaitsForWhat = null }; // they have done something
        told = told.WithPauses(news.At);
        if (told.NudgeAside is { Reasons.Count: > 0 } aside && PhoneNudge.Holding(told, null) is var holds && !aside.Reasons.All(holds.Contains))
            told = told with { NudgeAside = aside with { Reasons = [.. aside.Reasons.Where(holds.Contains)] } };
        return told.SnoozedUntil is not null && (news.By.Kind == ActorKind.Customer || news is CallDue or NextContactMissed or OfferUnanswered or PaymentReturned) ? told with { SnoozedUntil = null } : told;
    }

    private CaseState Told(CaseEvent news) => news switch
    {
        CaseOpened e => this with
        {
            Channel = e.Channel, Kind = e.Kind, Subject = e.Subject, Story = e.Story, CustomerId = e.CustomerId, CustomerName = e.CustomerName,
            HighValue = e.HighValue, RingsForValue = e.RingsForValue, Repeat = e.Repeat, OpenedAt = e.At, LastCustomerAt = e.At, LastCallAt = e.Channel == Channel.Phone ? e.At : null, Source = e.Source, Tones = WithTone(0, e.At, e.Tone), Follows = e.Follows, MayGoOn = e.MayGoOn == true, Team = e.Team,
        },
        KindChanged e => this with
        {
            Kind = e.To,
            Stage = e.To == CaseKind.Complaint && OwnerId is not null ? CaseStage.Listening : e.To == CaseKind.Complaint ? CaseStage.Received : Stage,
        },
        CustomerChanged e => this with { CustomerId = e.CustomerId, CustomerName = e.CustomerName },
        OwnerChanged e => this with { OwnerId = e.OwnerId, OwnerName = e.OwnerName },
        CaseAcknowledged e => this with { AcknowledgedAt = e.At },
        CustomerSpoke e => this with
        {
            LastCustomerAt = e.At,
            SnoozedUntil = null, // also when one of us wrote down what they said
            ReplyDueAt = ReplyDueAt ?? e.ReplyDueAt,
            WrittenRounds = e.Channel is not (Channel.Phone or Channel.InPerson) && LastContactAt >= LastCustomerAt ? WrittenRounds + 1 : WrittenRounds,
            Tones = WithTone(e.MessageId, e.At, e.Tone),
        },
        ToneCorrected e => this with { Tones = Replace(Tones, heard => heard.MessageId == e.MessageId, heard => heard with { Corrected = e.To }) },
        WeSpoke { Channel: Channel.Phone } e => this with { LastContactAt = e.At, LastCallAt = e.At, WrittenRounds = 0, ReplyDueAt = null, ReplyOverdueAt = null },
        WeSpoke e => this with { LastContactAt = e.At, ReplyDueAt = null, ReplyOverdueAt = null, Said = WithSaid(e) },
        NoteWritten or NoteEdited or NoteCorrected => this, // their words are beside the case
        CaseEscalated e => this with { Escalation = e.Level },
        CaseClosed e => this with { Stage = CaseStage.Closed, CloseReason = e.Reason, ClosedAt = e.At, SnoozedUntil = null, ReplyDueAt = null, ReplyOverdueAt = null, CheckBack = CheckBack is { CallDueAt: not null } check ? check with { CallDueAt = null } : CheckBack, Cause = e.Cause ?? Cause, EndedUnanswered = e.Unanswered is not null, GoesOnIn = e.GoesOnIn, MayGoOn = false },
        FoundNew => this with { MayGoOn = false },
        CaseFollowed e => this with { GoesOnIn = IsOpen ? null : GoesOnIn ?? e.Number },
        CaseJoined => this, // the other one knows that it goes on here
        CaseReopened => this with { Stage = CaseStage.Working, CloseReason = null, ClosedAt = null, EndedUnanswered = false, GoesOnIn = null, CheckBack = CheckBack is { Answer: not null } ? CheckBack : null, Reopened = Reopened + 1 },

        WaitingNoted e => this with { WaitsFor = e.On, WaitsForWhat = e.What },
        SupportNeedsNoted e => this with { SupportNeeds = e.Needs, SupportWords = e.Words },
        CaseSnoozed e => this with { SnoozedUntil = e.Until },
        CaseWoke => this with { SnoozedUntil = null },
        FixPlanned e => this with { FixPlannedFor = e.DueAt },
        ReplyOverdue e => this with { ReplyOverdueAt = e.At },
        ReviewBegun e => this with { Review = new Review(e.At, e.Why, e.ReviewerId, e.Reviewer, OwnerId) },
        LegalHoldSet e => this with { LegalHold = e.IsHeld },

        SecondLookDrawn e => this with { SecondLook = new SecondLook(e.At) { Reason = CloseReason ?? Cases.CloseReason.Answered } },
        SecondLookTaken e => this with { SecondLook = SecondLook! with { TakenAt = e.At, Found = e.IsComplaint } },

        ListeningBegun => this with { Stage = CaseStage.Listening },
        WantedOutcomeHeard e => this with { OutcomeAsked = true, WantedOutcome = e.Outcome },
        SafetyChecked e => this with { AtRisk = e.AtRisk },
        Safety.StopSaleAsked e => this with { StopSale = new Safety.StopSale(e.At) },
        Safety.StopSaleAnswered e => this with { StopSale = StopSale! with { AnsweredAt = e.At, By = e.By.Name, IsStopped = e.IsStopped, Words = e.Words, Product = e.Product, Lot = e.Lot } },
        Safety.AffectedCounted e => this with { StopSale = StopSale! with { Affected = new Safety.Affected(e.At, e.By.Name, e.Product, e.Lot, e.Orders, e.Customers) } },
        SeveritySet e => this with { Severity = e.Severity },
        SummaryWritten e => this with
        {
            Stage = Stage is CaseStage.Received or CaseStage.Listening ? CaseStage.Working : Stage,
            Summaries = [.. Summaries, new Summary(e.Version, e.Happened, e.Matters, e.Promised, e.At, e.By.Name) { Impact = e.Impact }],
            Impact = e.Impact ?? Impact,
        },
        SummarySent e => WithSummary(e.Version, summary => summary with { SentAt = e.At }),
        SummaryConfirmed e => WithSummary(e.Version, summary => summary with { ConfirmedAt = e.At, Words = e.Words, Via = Via(e.Via, e) }) with { WrittenRounds = 0 },
        SummaryCorrected e => WithSummary(e.Version, summary => summary with { CorrectedAt = e.At, Correction = e.Words, Via = Via(e.Via, e) })
            with { Stage = Stage is CaseStage.Working or CaseStage.Offered ? CaseStage.Listening : Stage, Promises = Replace(Promises, promise => promise is { IsOpen: true, Offer: not null }, promise => promise with { Offer = null }) },

        ImpactHeard e => this with { Impact = e.Impact },
        JourneyPlaced e => this with { Journey = e.Stage },
        CategoryGiven e => this with { Categories = [.. Categories, new Categorised(e.Code, e.Confirmed, e.At, e.By.Name)] },
        QuestionAnswered e => this with { Answers = [.. Answers, new Answered(e.Code, e.Question, e.Answer, e.At, e.By.Name)] },
        WhyFound e => this with { Whys = [.. Whys, new Why(e.Id, e.Under, e.Why, e.Evidence, e.CanChange, e.At, e.By.Name)] },
        WhyTakenBack e => this with { Whys = Replace(Whys, why => why.Id == e.Id, why => why with { TakenBackAt = e.At, Reason = e.Reason }) },
        LessonLearned e => this with { Lessons = [.. Lessons, new Lesson(e.Lesson, e.At, e.By.Name)] },
        CallLogged e => this with { Calls = [.. Calls, new SpokenCall(e.CallId, e.TheyRang, e.Minutes, e.Balance, e.TheirSeconds, e.OurSeconds, e.At, e.By.Name) { Overlaps = e.Overlaps }] },

        NextContactPromised e => this with { Promises = [.. Promises, new NextContact(e.Id, e.What, e.DueAt, e.RemindAt, e.At, e.By.Name) { Call = e.Call, Offer = e.Offer }], SnoozedUntil = SnoozedUntil > e.DueAt ? null : SnoozedUntil },
        NextContactMoved e => WithPromise(e.Id, promise => promise with { MovedAt = e.At, Reason = e.Reason }),
        NextContactKept e => WithPromise(e.Id, promise => promise with { KeptAt = e.At }),
        NextContactExplained e => WithPromise(e.Id, promise => promise with { WhyMissed = e.Reason }),
        NextContactDueSoon e => WithPromise(e.Id, promise => promise with { RemindedAt = e.At }),
        NextContactMissed e => WithPromise(e.Id, promise => promise with { MissedAt = e.At }),

        OfferPrepared e => this with { Offers = [.. Offers, new Offer(e.Id, e.Options, e.OneOptionReason, e.At, e.By.Id, e.AnswerBy, e.CheckBackAt) { NeedsApproval = e.NeedsApproval, Issues = e.Issues ?? [], IsDecision = e.IsDecision, PreparedByRole = e.Under ?? Role.Agent, GivenAlone = e.GivenAlone, Evidence = e.Evidence, IsAddition = e.IsAddition, OutsideRoute = e.OutsideRoute }] },
        PolicyUsed e => this with { Policies = [.. Policies, new PinnedPolicy(e.Key, e.Version, e.Edition, e.Title, e.Beyond, e.At, e.OfferId)] },
        Laws.ProblemNamed e => this with { Problem = e.What },
        PlaybookUsed e => this with { Playbook = new PinnedPlaybook(e.Key, e.Version, e.Title, e.At, e.OfferId) },
        OfferApproved e => WithOffer(e.Id, offer => offer with { ApprovedBy = e.By.Name, ApprovedAt = e.At, ApprovedById = e.By.Id, ApprovedByRole = e.Under ?? e.By.Role }),
        ApprovalAsked e => WithOffer(e.Id, offer => offer with { NeedsApproval = true, AskedAt = e.At, WhyApproval = e.Why, ApprovedBy = null, ApprovedAt = null, ApprovedById = null }),
        OfferRefused e => WithOffer(e.Id, offer => offer with { RefusedAt = e.At, RefusedBy = e.By.Name, RefusedWhy = e.Why }),
        ApprovalLapsed e => WithOffer(e.Id, offer => offer with { AskedAt = e.At, ApprovedBy = null, ApprovedAt = null, ApprovedById = null }),
        OfferSent e => WithOffer(e.Id, offer => offer with { SentAt = e.At }) with { Stage = CaseStage.Offered },
        DecisionAdded e => WithOffer(e.OfferId, offer => offer with { SentAt = e.At, ChosenId = 1, FirstRemedyId = Remedies.Count + 1 }),
        OptionChosen e => WithOffer(e.OfferId, offer => offer with { ChosenId = e.OptionId, Words = e.Words, FirstRemedyId = Remedies.Count + 1 }) with { Stage = CaseStage.Delivering, WrittenRounds = 0 },
        ChoiceChanged e => WithOffer(e.OfferId, offer => offer with { ChosenId = e.OptionId, Words = e.Words, FirstRemedyId = Remedies.Count + 1, Earlier = [.. offer.Earlier, new EarlierChoice(offer.ChosenId!.Value, offer.Words, e.At)] })
            with { Remedies = Replace(Remedies, remedy => e.Dropped.Contains(remedy.Id), remedy => remedy with { ReplacedAt = e.At }) },
        OfferDeclined e => WithOffer(e.OfferId, offer => offer with { DeclinedAt = e.At, Words = e.Words }) with { Stage = CaseStage.Working },
        OfferUnanswered e => WithOffer(e.OfferId, offer => offer with { UnansweredAt = e.At }),
        OfferReminded e => WithOffer(e.OfferId, offer => offer with { UnansweredAt = null, Reminders = [.. offer.Reminders, new OfferReminder(e.Number, e.Of, e.At, e.Via, e.WaitsUntil)] }),

        IssueRaised e => this with { Issues = [.. Issues, new Issue(e.Id, e.Words, e.At, e.By.Name)] },
        IssueWithdrawn e => WithIssue(e.Id, issue => issue with { WithdrawnAt = e.At, Reason = e.Reason, MergedInto = e.MergedInto }),
        DecisionRecorded e => WithIssue(e.IssueId, issue => issue with { Decisions = [.. issue.Decisions, new Decision(e.Finding, e.Reasons, e.CanDo, e.Evidence, e.At, e.By.Name) { Remedies = e.Remedies ?? [] }], ToldAt = null }),
        DecisionSent e => WithTold(e),
        CaseReferred e => this with { Referral = new Referral(ReferralStage.Referred) { Body = e.Body, ReferredOn = e.On } },
        OutsideDecided e => this with { Referral = Referral! with { Stage = ReferralStage.Decided, DecidedOn = e.On, Outcome = e.Outcome } },

        SuspicionRaised e => this with { Suspicion = new Suspicion(e.Words, e.By.Name, e.By.Id, e.At) },
        SuspicionAnswered e => this with { Suspicion = Suspicion! with { IsShared = e.IsShared, AnsweredBy = e.By.Name, Answer = e.Words } },
        PaymentRequested e => this with { Payments = [.. Payments, new Payment(e.Id, e.RemedyId, e.Amount, e.Provider, e.At, e.By.Id) { IsOtherRoute = e.IsOtherRoute, Original = e.Original }] },
        PaymentAuthorised e => WithPayment(e.Id, payment => payment with { State = PaymentState.Authorised, AuthorisedBy = e.By.Name, AuthorisedById = e.By.Id }),
        PaymentSent e => WithPayment(e.Id, payment => payment with { State = PaymentState.Paid, Reference = e.Reference }),
        PaymentConfirmed e => WithPayment(e.Id, payment => payment with { State = PaymentState.Confirmed, Proof = e.Proof, SeenAt = e.At }),
        PaymentFailed e => WithPayment(e.Id, payment => payment with { State = PaymentState.Failed, Problem = e.Problem }),
        PaymentReturned e => WithReturned(e),
        DeliveryCompleted e => this with { Stage = CaseStage.CheckBack, Cause = e.Cause, Systemic = e.Systemic },

        CheckBackAgreed e => this with { CheckBack = Agreed(e) },
        CheckBackPlanned e => this with { CheckBack = CheckBack! with { Plan = e.Plan } },
        CheckBackAsked e => this with { CheckBack = AskedBy(e) },
        CheckBackTried e => this with { CheckBack = TriedBy(e) },
        CheckBackAnswered e => this with
        {
            CheckBack = CheckBack! with { Answer = e.Answer, Score = e.Score, Words = e.Words, Survey = e.Survey, CallDueAt = null },
            NotPutRight = NotPutRight + (e.Answer == CheckBackAnswer.Yes ? 0 : 1),
            Stage = e.Answer == CheckBackAnswer.Yes ? Stage : CaseStage.Working,
        },
        CheckBackWaived e => this with { CheckBack = (CheckBack ?? new CheckBack(SentOffer?.CheckBackAt ?? e.At)) with { Waived = true, CallDueAt = null } },
        Improvements.ChangeTold e => this with { ToldChanges = [.. ToldChanges, new(e.ImprovementId, e.At)] },
        FollowOnSent e => this with { FollowOn = new FollowOn(e.At, e.MessageId, e.AsksForReview, e.Code) },

        CallBooked e => this with { CallBacks = [.. CallBacks, new CallBack(e.Id, e.Phone, e.From, e.To, e.Reason, e.At, e.By.Name) { Zone = e.Zone }] },
        CallMoved e => WithCall(e.Id, call => call with { Phone = e.Phone, From = e.From, To = e.To, Reason = e.Reason, Zone = e.Zone, Sequence = e.Sequence, ToldAt = null, MissedAt = null }),
        CallDue e => WithCall(e.Id, call => call with { ToldAt = e.At }),
        CallTried e => WithCall(e.Id, call => call with { Attempts = e.Attempt, TriedAt = e.At, Outcome = e.Outcome }),
        CallMissed e => WithCall(e.Id, call => call with { MissedAt = e.At }),
        CallEnded e => WithCall(e.Id, call => call with { EndedAt = e.At, End = e.How, Sequence = e.Sequence }),
        AgreedAfterCall e => WithCall(e.Id, call => call with { Then = new AfterCall(e.What, e.DueAt) }),
        PhoneNudged e => this with { NudgedAt = e.At },
        PhoneNudgeSetAside e => this with
        {
            NudgeAside = new NudgeAside(e.At, [.. (NudgeAside?.Reasons ?? []).Union(e.Reasons).Order()], e.Reasons.Contains(NudgeReason.Circles) ? WrittenRounds : NudgeAside?.Rounds ?? 0, e.Why, e.By.Name),
        },
        TheyRang e => this with { LastCustomerAt = e.At },
        _ => AfterRemedy(news) ?? AfterDeadline(news) ?? AfterCustomer(news) ?? throw new InvalidOperationException($"{news.GetType().Name} has no meaning yet."),
    };

    private static string Via(Channel channel, CaseEvent news) => (channel, news.By.Kind) switch
    {
        (Channel.Page, _) => "on the customer's page",
        (Channel.Phone, _) => $"by phone, recorded by {news.By.Name}",
        (Channel.Mail, _) => $"by mail, recorded by {news.By.Name}",
        (Channel.Sms, _) => $"by text message, recorded by {news.By.Name}",
        _ => $"recorded by {news.By.Name}",
    };

    private CaseState WithSummary(int version, Func<Summary, Summary> change) => this with { Summaries = Replace(Summaries, summary => summary.Version == version, change) };

    private CaseState WithPromise(int id, Func<NextContact, NextContact> change) => this with { Promises = Replace(Promises, promise => promise.Id == id, change) };

    private CaseState WithCall(int id, Func<CallBack, CallBack> change) => this with { CallBacks = Replace(CallBacks, call => call.Id == id, change) };

    private CaseState WithOffer(int id, Func<Offer, Offer> change) => this with { Offers = Replace(Offers, offer => offer.Id == id, change) };

    private static IReadOnlyList<T> Replace<T>(IReadOnlyList<T> items, Func<T, bool> which, Func<T, T> change) =>
        [.. items.Select(item => which(item) ? change(item) : item)];
}
