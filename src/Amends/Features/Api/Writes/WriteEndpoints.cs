using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Api.Writes;

/// <summary>The recovery path for programs that act for one of us: each verb of a case at an address of its own, under <c>/cases/{number}</c>.</summary>
internal static class WriteEndpoints
{
    /// <summary>What they need.</summary>
    public static void AddRecoveryWrites(this IServiceCollection services) => services.AddSingleton<CaseWrite>().AddSingleton<ListeningWrites>().AddSingleton<PromiseWrites>().AddSingleton<OfferWrites>()
        .AddSingleton<DecisionWrites>().AddSingleton<DeliveryWrites>().AddSingleton<PaymentWrites>().AddSingleton<HandlingWrites>().AddSingleton<SecondPersonWrites>()
        .AddSingleton<ReturnWrites>().AddSingleton<VisitWrites>().AddSingleton<LetterWrites>().AddSingleton<DeadlineWrites>().AddSingleton<AskingWrites>().AddSingleton<ContactWrites>()
        .AddSingleton<NoteWrites>().AddSingleton<ResolveWrites>().AddSingleton<SafetyWrites>().AddSingleton<ImprovementWrites>().AddSingleton<LearnWrites>();

    private static void MapLearning(this IEndpointRouteBuilder api)
    {
        api.MapPost("/learn", (HttpContext context, LearnWrites learn, [FromHeader(Name = DoOnce.Header)] string? key) => learn.Keep(context))
            .Says<KeepWeek, LearnStep>("Keeps what a lead and their team decided in the ten minutes of a week");
        api.MapPost("/learn/cases", (HttpContext context, LearnWrites learn, [FromHeader(Name = DoOnce.Header)] string? key) => learn.Approve(context))
            .Says<ApproveStory, LearnStep>("Approves the story of a hard case that went well, so that everybody who handles cases may read it");
        api.MapPost("/learn/cases/{number:long}/taken-back", (long number, HttpContext context, LearnWrites learn, [FromHeader(Name = DoOnce.Header)] string? key) => learn.TakeBack(number, context))
            .Says<GiveReason, LearnStep>("Takes an approved story back, with a reason; nobody but leads sees it any more");
    }

    private static void MapImprovements(this IEndpointRouteBuilder api)
    {
        api.MapPost("/improvements", (HttpContext context, ImprovementWrites improvements, [FromHeader(Name = DoOnce.Header)] string? key) => improvements.Propose(context))
            .Says<ProposeImprovement, ImprovementStep>("Proposes an improvement, with complaints that show its problem");
        var on = api.MapGroup("/improvements/{id:long}");
        on.MapPost("/plan", (long id, HttpContext context, ImprovementWrites improvements, [FromHeader(Name = DoOnce.Header)] string? key) => improvements.Change(id, context))
            .Says<ChangeImprovement, ImprovementStep>("Changes what it is about, its owner, day, money, or what is counted, with a reason once it was agreed to");
        on.MapPost("/moves", (long id, HttpContext context, ImprovementWrites improvements, [FromHeader(Name = DoOnce.Header)] string? key) => improvements.Move(id, context))
            .Says<MoveImprovement, ImprovementStep>("Moves it: agreed, declined, begun, done, watched, judged, or reopened");
        on.MapPost("/cases", (long id, HttpContext context, ImprovementWrites improvements, [FromHeader(Name = DoOnce.Header)] string? key) => improvements.AddCases(id, context))
            .Says<AddEvidence, ImprovementStep>("Adds complaints that show its problem");
        on.MapPost("/cases/{number:long}/removal", (long id, long number, HttpContext context, ImprovementWrites improvements, [FromHeader(Name = DoOnce.Header)] string? key) => improvements.RemoveCase(id, number, context))
            .Says<Nothing, ImprovementStep>("Takes a complaint out that does not show it after all");
        on.MapPost("/whys", (long id, HttpContext context, ImprovementWrites improvements, [FromHeader(Name = DoOnce.Header)] string? key) => improvements.AskWhy(id, context))
            .Says<AddStep, ImprovementStep>("Adds a step of why upon why, with the case that shows it");
        on.MapPost("/whys/{why:int}/taken-back", (long id, int why, HttpContext context, ImprovementWrites improvements, [FromHeader(Name = DoOnce.Header)] string? key) => improvements.TakeBackWhy(id, why, context))
            .Says<TakeBackStep, ImprovementStep>("Takes back a step that was wrong; it stays to be read");
        on.MapPost("/letters", (long id, HttpContext context, ImprovementWrites improvements, [FromHeader(Name = DoOnce.Header)] string? key) => improvements.Tell(id, context))
            .Says<TellCustomer, ImprovementStep>("Tells the customer of a complaint what changed because of them");
    }

    /// <summary>Maps all of them.</summary>
    public static void MapRecoveryWrites(this IEndpointRouteBuilder api)
    {
        api.MapImprovements();
        api.MapLearning();
        var on = api.MapGroup("/cases/{number:long}");
        on.MapPost("/listening", (long number, HttpContext context, ListeningWrites listening, [FromHeader(Name = DoOnce.Header)] string? key) => listening.Listen(number, context))
            .Says<HearCase, CaseStep>("Writes down what was heard: the wanted outcome, what it means for them, danger, what they need, issues");
        on.MapPost("/summaries", (long number, HttpContext context, ListeningWrites listening, [FromHeader(Name = DoOnce.Header)] string? key) => listening.SumUp(number, context))
            .Says<WriteSummary, SummaryStep>("Writes down what was understood, and sends it to be confirmed");
        on.MapPost("/summaries/{version:int}/confirmation", (long number, int version, HttpContext context, ListeningWrites listening, [FromHeader(Name = DoOnce.Header)] string? key) => listening.Confirm(number, version, context))
            .Says<ConfirmSummary, CaseStep>("Records the customer's yes to a summary, or what is missing, in their words");
        on.MapPost("/promises", (long number, HttpContext context, PromiseWrites promises, [FromHeader(Name = DoOnce.Header)] string? key) => promises.Promise(number, context))
            .Says<MakePromise, CaseStep>("Records a talk, which keeps the promise, and promises the next word; or moves the promise with a reason");
        on.MapPost("/updates", (long number, HttpContext context, PromiseWrites promises, [FromHeader(Name = DoOnce.Header)] string? key) => promises.Update(number, context))
            .Says<SendUpdate, CaseStep>("Writes to the customer how far it is, which keeps the promise, and promises the next word");
        on.MapPost("/nudge/aside", (long number, HttpContext context, PromiseWrites promises, [FromHeader(Name = DoOnce.Header)] string? key) => promises.SetNudgeAside(number, context))
            .Says<SetAside, CaseStep>("Says why writing will do although the case says to ring");
        on.MapPost("/owner", (long number, HttpContext context, PromiseWrites promises, [FromHeader(Name = DoOnce.Header)] string? key) => promises.Own(number, context))
            .Says<ChangeOwner, CaseStep>("Takes the case, gives it to somebody, or back to the team");
        on.MapPost("/offers", (long number, HttpContext context, OfferWrites offers, [FromHeader(Name = DoOnce.Header)] string? key) => offers.Prepare(number, context))
            .Says<PrepareOffer, OfferStep>("Puts options together and sends them, unless a second person has to agree first");
        on.MapPost("/offers/{id:int}/sending", (long number, int id, HttpContext context, OfferWrites offers, [FromHeader(Name = DoOnce.Header)] string? key) => offers.SendOffer(number, id, context))
            .Says<Nothing, OfferStep>("Sends options that were prepared, or agreed to since");
        on.MapPost("/offers/{id:int}/approval", (long number, int id, HttpContext context, OfferWrites offers, [FromHeader(Name = DoOnce.Header)] string? key) => offers.Approve(number, id, context))
            .Says<Nothing, OfferStep>("Agrees to an offer as the second person; never to one's own");
        on.MapPost("/offers/{id:int}/refusal", (long number, int id, HttpContext context, OfferWrites offers, [FromHeader(Name = DoOnce.Header)] string? key) => offers.Refuse(number, id, context))
            .Says<RefuseOffer, OfferStep>("Does not agree to an offer, with a reason that can be passed on");
        on.MapPost("/offers/{id:int}/reminder", (long number, int id, HttpContext context, OfferWrites offers, [FromHeader(Name = DoOnce.Header)] string? key) => offers.Remind(number, id, context))
            .Says<RemindOffer, CaseStep>("Asks the customer once more, by a letter or after a call, when the time to answer has passed");
        on.MapPost("/choice", (long number, HttpContext context, OfferWrites offers, [FromHeader(Name = DoOnce.Header)] string? key) => offers.Choose(number, context))
            .Says<RecordChoice, CaseStep>("Records what the customer chose, in their words; also another choice while nothing has begun");
        on.MapPost("/decline", (long number, HttpContext context, OfferWrites offers, [FromHeader(Name = DoOnce.Header)] string? key) => offers.Decline(number, context))
            .Says<DeclineOffer, CaseStep>("Records that the customer wants none of the options, in their words");
        on.MapPost("/decisions", (long number, HttpContext context, DecisionWrites decisions, [FromHeader(Name = DoOnce.Header)] string? key) => decisions.Decide(number, context))
            .Says<DecideIssues, DecisionStep>("Decides issue by issue what is justified, and sends the letter when asked to");
        on.MapPost("/closing", (long number, HttpContext context, DecisionWrites decisions, [FromHeader(Name = DoOnce.Header)] string? key) => decisions.Close(number, context))
            .Says<CloseCase, CaseStep>("Ends a case for a reason that people may end it for");
        on.MapPost("/reopening", (long number, HttpContext context, DecisionWrites decisions, [FromHeader(Name = DoOnce.Header)] string? key) => decisions.Reopen(number, context))
            .Says<ReopenCase, CaseStep>("Opens a closed case again: the same matter goes on; for a new one open a case that follows it");
        on.MapPost("/continuation", (long number, HttpContext context, DecisionWrites decisions, [FromHeader(Name = DoOnce.Header)] string? key) => decisions.Continue(number, context))
            .Says<ContinueCase, CaseStep>("Says of a case that came long after the end of another whether the old matter goes on there, or it is a new one");
        on.MapPost("/remedies/{id:int}/steps", (long number, int id, HttpContext context, DeliveryWrites delivery, [FromHeader(Name = DoOnce.Header)] string? key) => delivery.Step(number, id, context))
            .Says<TakeStep, RemedyLine>("Brings a line a step further, or says that it is done");
        on.MapPost("/remedies/{id:int}/failure", (long number, int id, HttpContext context, DeliveryWrites delivery, [FromHeader(Name = DoOnce.Header)] string? key) => delivery.Fail(number, id, context))
            .Says<FailStep, RemedyLine>("Says that a line did not work: back to work, and a lead is told");
        on.MapPost("/remedies/{id:int}/owner", (long number, int id, HttpContext context, DeliveryWrites delivery, [FromHeader(Name = DoOnce.Header)] string? key) => delivery.Hand(number, id, context))
            .Says<HandLine, RemedyLine>("Hands a line to a colleague or to somebody outside, or back to whoever has the case");
        on.MapPost("/delivery", (long number, HttpContext context, DeliveryWrites delivery, [FromHeader(Name = DoOnce.Header)] string? key) => delivery.Complete(number, context))
            .Says<CompleteDelivery, CaseStep>("Says that everything is done, with the cause; next the customer is asked");
        on.MapPost("/check-back/answer", (long number, HttpContext context, DeliveryWrites delivery, [FromHeader(Name = DoOnce.Header)] string? key) => delivery.Answer(number, context))
            .Says<AnswerCheckBack, CaseStep>("Records the customer's answer whether it is put right, in their words");
        on.MapPost("/payments", (long number, HttpContext context, PaymentWrites payments, [FromHeader(Name = DoOnce.Header)] string? key) => payments.Request(number, context))
            .Says<RequestPayment, PaymentStep>("Asks for the payment of a refund");
        on.MapPost("/payments/{id:int}/authorisation", (long number, int id, HttpContext context, PaymentWrites payments, [FromHeader(Name = DoOnce.Header)] string? key) => payments.Authorise(number, id, context))
            .Says<Nothing, PaymentStep>("Agrees to a payment as the second person; never to one's own");
        on.MapPost("/payments/{id:int}/confirmation", (long number, int id, HttpContext context, PaymentWrites payments, [FromHeader(Name = DoOnce.Header)] string? key) => payments.Confirm(number, id, context))
            .Says<ConfirmPayment, PaymentStep>("Says with proof that a payment was seen: the refund is done");
        on.MapPost("/payments/{id:int}/failure", (long number, int id, HttpContext context, PaymentWrites payments, [FromHeader(Name = DoOnce.Header)] string? key) => payments.Fail(number, id, context))
            .Says<FailPayment, PaymentStep>("Says that a payment did not go out: the refund stays owed");
        MapHandling(on);
        MapSecondPerson(on);
        MapLines(on);
        MapLetters(on);
        MapAsking(on);
        MapContacts(on);
    }

    private static void MapHandling(RouteGroupBuilder on)
    {
        Post<HandlingWrites>(on, "/kind", writes => writes.Kind).Says<ChangeKind, CaseStep>("Corrects the first impression of what it is");
        Post<HandlingWrites>(on, "/customer", writes => writes.Customer).Says<NameCustomer, CustomerStep>("Says that the customer is whoever wrote the mail that a message hands on");
        Post<HandlingWrites>(on, "/waiting", writes => writes.Wait).Says<WaitForSomebody, CaseStep>("Says for whom it waits; no promise changes by that");
        Post<HandlingWrites>(on, "/rest", writes => writes.Rest).Says<RestCase, RestStep>("Puts it aside until then, never past the promise");
        Post<HandlingWrites>(on, "/rest/end", writes => writes.EndRest).Says<Nothing, RestStep>("Takes it out of its rest");
        Post<HandlingWrites>(on, "/fix", writes => writes.Fix).Says<PlanFix, CaseStep>("Says when it is to be put right, before anything is chosen");
        Post<SafetyWrites>(on, "/stop-sale", writes => writes.Stop).Says<AnswerStop, CaseStep>("Says, where somebody may be in danger, whether the product is sold on; a lead answers for it");
        Post<SafetyWrites>(on, "/affected", writes => writes.Count).Says<CountAffected, AffectedStep>("Counts who else has the product or lot, and keeps it with the case");
        Post<HandlingWrites>(on, "/hold", writes => writes.Hold).Says<HoldCase, CaseStep>("Keeps everything of it from being deleted, or lets go of it; a lead answers for it");
    }

    private static void MapSecondPerson(RouteGroupBuilder on)
    {
        Post<SecondPersonWrites>(on, "/escalation", writes => writes.Escalate).Says<EscalateCase, CaseStep>("Asks a lead to look at it");
        Post<SecondPersonWrites>(on, "/review", writes => writes.Review).Says<BeginReview, ReviewStep>("Begins the second stage: somebody who did not handle it looks at all of it, and decides");
        Post<SecondPersonWrites>(on, "/second-look", writes => writes.LookAgain).Says<LookAgain, CaseStep>("Says what a lead found in a case that had ended unasked");
        Post<SecondPersonWrites>(on, "/signals/explanation", writes => writes.Explain).Says<ExplainSignal, CaseStep>("Says how a signal is explained; what was counted until now counts no more");
        Post<SecondPersonWrites>(on, "/suspicion", writes => writes.Suspect).Says<RaiseSuspicion, CaseStep>("Says what makes one think that a claim is made up; a lead is asked");
        Post<SecondPersonWrites>(on, "/suspicion/answer", writes => writes.AnswerSuspicion).Says<AnswerSuspicion, CaseStep>("Says whether a second person shares a suspicion");
        Post<SecondPersonWrites>(on, "/referral", writes => writes.Refer).Says<ReferCase, OutsideStep>("Says with which body outside it lies");
        Post<SecondPersonWrites>(on, "/outside-decision", writes => writes.DecidedOutside).Says<RecordOutsideDecision, OutsideStep>("Says what was decided outside, and whether it ends with that");
        PostOn<OfferWrites>(on, "/offers/{id:int}/asking", writes => writes.Ask).Says<Nothing, OfferStep>("Asks a second person to look at an offer");
    }

    private static void MapLines(RouteGroupBuilder on)
    {
        PostOn<ReturnWrites>(on, "/remedies/{id:int}/return", writes => writes.Label).Says<IssueLabel, ReturnStep>("Gives the customer a label that you pay for, or says how the parcel is collected");
        PostOn<ReturnWrites>(on, "/remedies/{id:int}/return/carrier", writes => writes.AskCarrier).Says<Nothing, ReturnStep>("Has the carrier's program make the label");
        PostOn<ReturnWrites>(on, "/remedies/{id:int}/return/inspection", writes => writes.Inspect).Says<InspectParcel, ReturnStep>("Says what was found in a parcel that came back; its lot or serial number is compared with what was sent");
        PostOn<ReturnWrites>(on, "/remedies/{id:int}/release", writes => writes.Release).Says<ReleaseLine, RemedyLine>("Lets go what waits for a parcel, with the reason");
        PostOn<ReturnWrites>(on, "/remedies/{id:int}/consent", writes => writes.Agree).Says<AgreeToSubstitute, RemedyLine>("Records that the customer agrees to a substitute, in their words");
        on.MapGet("/remedies/{id:int}/visit/times", async (long number, int id, VisitWrites visits, CancellationToken ct) => await visits.Free(number, id, ct) is { } found ? ApiJson.Answer(found) : TypedResults.NotFound())
            .Describe<VisitTimesAnswer>("Times that can be offered for a visit", Scopes.CasesRead).ProducesProblem(404);
        PostOn<VisitWrites>(on, "/remedies/{id:int}/visit", writes => writes.Offer).Says<OfferVisit, VisitStep>("Holds times of a visit for the customer to choose from");
        PostOn<VisitWrites>(on, "/remedies/{id:int}/visit/booking", writes => writes.Book).Says<BookVisit, VisitStep>("Records which time the customer chose, in their words");
        PostOn<VisitWrites>(on, "/remedies/{id:int}/visit/done", writes => writes.End).Says<EndVisit, VisitStep>("Says what was found and done at a visit");
        PostOn<VisitWrites>(on, "/remedies/{id:int}/visit/sign-off", writes => writes.SignOff).Says<SignOffVisit, VisitStep>("Records the customer's word that a visit was done");
        PostOn<VisitWrites>(on, "/remedies/{id:int}/visit/missed", writes => writes.Miss).Says<MissVisit, VisitStep>("Says that a visit did not take place, and by whose doing");
    }

    private static void MapLetters(RouteGroupBuilder on)
    {
        on.MapGet("/letters", async (long number, LetterWrites letters, CancellationToken ct) => await letters.All(number, ct) is { } found ? ApiJson.Answer(found) : TypedResults.NotFound())
            .Describe<LetterListAnswer>("What was written to the customer, newest first", Scopes.CasesRead).ProducesProblem(404);
        on.MapPost("/letters/draft", (long number, HttpContext context, LetterWrites letters) => letters.Draft(number, context))
            .Accepts<WriteLetter>("application/json").Describe<LetterDraftAnswer>("Drafts a letter, or looks through one, and says what rules want in it that is not there; nothing is kept", Scopes.RecoveryWrite).ProducesProblem(400).ProducesProblem(404);
        Post<LetterWrites>(on, "/letters", writes => writes.Send).Says<WriteLetter, LetterStep>("Sends a letter that a rule asks for, once nothing is missing in it");
        Post<DeadlineWrites>(on, "/presets", writes => writes.PutUnder).Says<ChoosePreset, DutiesStep>("Puts the case under a set of deadlines");
        Post<DeadlineWrites>(on, "/presets/removal", writes => writes.TakeOff).Says<RemovePreset, DutiesStep>("Takes a set of deadlines off the case; a lead answers for it");
        Post<DeadlineWrites>(on, "/clock-starts", writes => writes.Start).Says<StartClock, DutiesStep>("Notes a day from which deadlines are counted");
        Post<DeadlineWrites>(on, "/reckoning", writes => writes.Reckon).Says<ReckonDeadlines, DutiesStep>("Counts the open deadlines anew");
        Post<DeadlineWrites>(on, "/extensions", writes => writes.Extend).Says<ExtendDeadline, DutiesStep>("Gives a deadline more time, with the letter to the customer that says so");
    }

    private static void MapAsking(RouteGroupBuilder on)
    {
        Post<AskingWrites>(on, "/answers", writes => writes.Answer).Says<AnswerQuestions, CaseStep>("Writes down what the customer answered to questions of the bank");
        Post<AskingWrites>(on, "/whys", writes => writes.Why).Says<AskWhy, WhyStep>("Adds a step to the ladder of whys");
        PostOn<AskingWrites>(on, "/whys/{id:int}/taken-back", writes => writes.TakeBackWhy).Says<GiveReason, WhyStep>("Takes a step of the ladder back");
        PostOn<AskingWrites>(on, "/issues/{id:int}/withdrawal", writes => writes.WithdrawIssue).Says<WithdrawIssue, IssuesStep>("Takes an issue out, or puts it together with another one");
    }

    private static void MapContacts(RouteGroupBuilder on)
    {
        Post<ResolveWrites>(on, "/resolution", writes => writes.Resolve).Says<ResolveOnTheSpot, CaseStep>("Puts it right while the customer is still there: heard, summed up, agreed and, if they have it, done");
        Post<ContactWrites>(on, "/answered", writes => writes.Elsewhere).Says<AnsweredElsewhere, CaseStep>("Writes down what was answered elsewhere, which keeps the promise, and promises the next word");
        Post<ContactWrites>(on, "/call/attempts", writes => writes.Attempt).Says<TryCall, CallStep>("Says that a call which is owed was tried, and what came of it");
        Post<ContactWrites>(on, "/call/they-rang", writes => writes.TheyRang).Says<NoteRing, CallStep>("Says that the customer rang and nobody answered; somebody rings back");
        Post<ContactWrites>(on, "/check-back/attempts", writes => writes.AttemptCheckBack).Says<TryCheckBack, CheckBackStep>("Says that the call with the question whether it is put right was tried");
        Post<ContactWrites>(on, "/check-back/agreement", writes => writes.AgreeCheckBack).Says<AgreeCheckBack, CheckBackStep>("Says when and how the customer wants to be asked whether it is put right");
        Post<ContactWrites>(on, "/follow-on", writes => writes.Thank).Says<SendThanks, CaseStep>("Sends a letter of thanks after a good end");
        Post<NoteWrites>(on, "/notes", writes => writes.Add).Says<WriteNote, NoteStep>("Writes a note, as somebody's exact words where they are");
        on.MapPost("/notes/{note:long}", (long number, long note, HttpContext context, NoteWrites notes, [FromHeader(Name = DoOnce.Header)] string? key) => notes.Change(number, note, context))
            .Says<ChangeNote, NoteStep>("Puts a note right within its first minutes, or adds a correction");
    }

    private static RouteHandlerBuilder Post<T>(RouteGroupBuilder on, string path, Func<T, Func<long, HttpContext, Task<IResult>>> verb) where T : class =>
        Post(on, path, (number, context) => verb(context.RequestServices.GetRequiredService<T>())(number, context));

    /// <summary>As above, for something that the case has several of.</summary>
    private static RouteHandlerBuilder PostOn<T>(RouteGroupBuilder on, string path, Func<T, Func<long, int, HttpContext, Task<IResult>>> verb) where T : class =>
        PostOn(on, path, (number, id, context) => verb(context.RequestServices.GetRequiredService<T>())(number, id, context));

    private static RouteHandlerBuilder Post(RouteGroupBuilder on, string path, Func<long, HttpContext, Task<IResult>> verb) =>
        on.MapPost(path, (long number, HttpContext context, [FromHeader(Name = DoOnce.Header)] string? key) => verb(number, context));

    private static RouteHandlerBuilder PostOn(RouteGroupBuilder on, string path, Func<long, int, HttpContext, Task<IResult>> verb) =>
        on.MapPost(path, (long number, int id, HttpContext context, [FromHeader(Name = DoOnce.Header)] string? key) => verb(number, id, context));

    private static void Says<TAsked, TAnswer>(this RouteHandlerBuilder endpoint, string what) where TAsked : notnull => endpoint
        .Accepts<TAsked>("application/json").Describe<TAnswer>(what, Scopes.RecoveryWrite, StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
}
