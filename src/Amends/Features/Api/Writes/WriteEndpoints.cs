using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Api.Writes;

/// <summary>The recovery path for programs that act for one of us: each verb of a case at an address of its own, under <c>/cases/{number}</c>.</summary>
internal static class WriteEndpoints
{
    /// <summary>What they need.</summary>
    public static void AddRecoveryWrites(this IServiceCollection services) => services.AddSingleton<CaseWrite>().AddSingleton<ListeningWrites>().AddSingleton<PromiseWrites>().AddSingleton<OfferWrites>()
        .AddSingleton<DecisionWrites>().AddSingleton<DeliveryWrites>().AddSingleton<PaymentWrites>();

    /// <summary>Maps all of them.</summary>
    public static void MapRecoveryWrites(this IEndpointRouteBuilder api)
    {
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
    }

    private static void Says<TAsked, TAnswer>(this RouteHandlerBuilder endpoint, string what) where TAsked : notnull => endpoint
        .Accepts<TAsked>("application/json").Describe<TAnswer>(what, Scopes.RecoveryWrite, StatusCodes.Status201Created).ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
}
