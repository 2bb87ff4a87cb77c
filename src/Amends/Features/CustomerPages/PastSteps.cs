using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Issues;
using Amends.Domain.Listening;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Promises;
using Amends.Domain.Referrals;
using Amends.Domain.Remedies;
using Amends.Features.Shared;
using Dapper;

namespace Amends.Features.CustomerPages;

/// <summary>One thing that happened, in words for the customer.</summary>
/// <param name="At">When.</param>
/// <param name="Words">What; never a note of ours.</param>
/// <param name="Icon">Its picture.</param>
public sealed record PastStep(DateTimeOffset At, string Words, string Icon);

/// <summary>The case's log as the customer reads it. What is not named here stays with us.</summary>
public static class PastSteps
{
    /// <summary>The steps, newest first.</summary>
    public static async Task<IReadOnlyList<PastStep>> Read(Database database, long number, CaseState state, CancellationToken ct)
    {
        var rows = await database.Read(async connection => (await connection.QueryAsync<Row>(
            "select kind, body from events where case_number = @number order by seq", new { number })).ToList(), ct);
        return [.. rows.Select(row => CaseJson.Event(row.Kind, row.Body)).Select(news => Told(news, state)).OfType<PastStep>().Reverse()];
    }

    private static PastStep? Told(CaseEvent news, CaseState state) => news switch
    {
        CaseOpened e => Step(e, ChannelWords.YouTold(e.Channel), "message-square"),
        OwnerChanged { OwnerName: { } name } e => Step(e, $"{name} looks after it", "user-check"),
        CaseAcknowledged e => Step(e, "We told you that we have it", "mail-check"),
        CustomerSpoke { By: { Kind: ActorKind.Customer, Id: 0 } } => null, // somebody whom we do not know wrote into the case: for us alone
        CustomerSpoke e => Step(e, e.Channel switch { Channel.Phone => "You called us", Channel.InPerson => "You spoke with us", Channel.Page => "You told us more", _ => "You wrote to us" }, "message-square"),
        WeSpoke e => Step(e, e.Channel is Channel.Phone or Channel.InPerson ? "We spoke with you" : "We wrote to you", e.Channel == Channel.Phone ? "phone" : "mail"),
        SummarySent e => Step(e, "We wrote down what we understood", "file-text"),
        SummaryConfirmed e => Step(e, "You said: yes, that is right", "check"),
        SummaryCorrected e => Step(e, "You told us what was missing", "pencil"),
        ImpactHeard { By.Kind: ActorKind.Customer } e => Step(e, "You told us what it means for you", "message-square"),
        IssueRaised { By.Kind: ActorKind.Customer } e => Step(e, $"You raised: {e.Words}", "message-square"),
        DecisionSent e when !IsWithOptions(state, e) => Step(e, "We told you what we found", "scale"),
        CaseReferred e => Step(e, $"It lies with {e.Body}", "external-link"),
        OutsideDecided e => Step(e, $"{state.Referral?.Body} has decided", "external-link"),
        OfferSent e when IsDecision(state, e.Id) => null,
        OptionChosen e when IsDecision(state, e.OfferId) => Step(e, "You accepted what we can do", "check"),
        OfferDeclined e when IsDecision(state, e.OfferId) => Step(e, "You see it differently", "message-square"),
        OfferSent e => Step(e, "We sent you what we can do", "gift"),
        OptionChosen e => Step(e, $"You chose: {TitleOf(state, e)}", "check"),
        ChoiceChanged e => Step(e, $"You changed your mind: {state.Offers.FirstOrDefault(offer => offer.Id == e.OfferId)?.Options.FirstOrDefault(option => option.Id == e.OptionId)?.Title}", "check"),
        OfferDeclined e => Step(e, "You asked for something else", "message-square"),
        Domain.Returns.ReturnIssued e => Step(e, "You got a label to send it back", "mail"),
        Domain.Returns.ReturnScanned e => Step(e, e.Step == RemedyStep.Received ? "Your parcel arrived here" : "Your parcel was handed in", "truck"),
        Domain.Returns.ReturnExpired e => Step(e, "The label lapsed", "clock"),
        Domain.Visits.VisitBooked e => Step(e, "We agreed when we come", "calendar"),
        Domain.Visits.VisitDone e => Step(e, "We were with you", "wrench"),
        Domain.Visits.VisitMissed { Whose: Domain.Visits.VisitMiss.Ours } e => Step(e, "We did not come as agreed", "triangle-alert"),
        Domain.Visits.VisitMissed e => Step(e, "We did not meet you", "calendar"),
        RemedyMoved { Step: RemedyStep.Paid or RemedyStep.Shipped or RemedyStep.Fixed or RemedyStep.CheckedIn } e => Step(e, $"{WhatOf(state, e.Id)}: {RemedyTypes.ForCustomer(state.Remedies.First(remedy => remedy.Id == e.Id).Kind, e.Step)}", "circle-check"),
        RemedyDone e => Step(e, $"Done: {WhatOf(state, e.Id)}", "circle-check"),
        RemedyFailed e => Step(e, $"This did not work: {WhatOf(state, e.Id)}", "triangle-alert"),
        CheckBackAgreed { Wished: true } e when e.DueAt == state.CheckBack?.DueAt => Step(e, "You chose when we ask you", "calendar"),
        CheckBackAsked { Manner: CheckBackManner.Phone } => null, // told when somebody has rung
        CheckBackTried e => Step(e, "We called you, and did not reach you", "phone"),
        CheckBackAsked e => Step(e, "We asked you whether it is put right", "mail"),
        CheckBackAnswered e => Step(e, e.Answer switch { CheckBackAnswer.Yes => "You said: yes, it is put right", CheckBackAnswer.Partly => "You said: partly", _ => "You said: no, it is not" }, "message-square-quote"),
        CheckBackWaived e => Step(e, "You said that you need no follow-up", "check"),
        OfferReminded e => Step(e, "We asked you once more", e.Via == Channel.Phone ? "phone" : "mail"),
        CaseClosed { Unanswered: not null } e => Step(e, "We had no answer from you, and closed it for now", "archive"),
        CaseClosed { Reason: CloseReason.Unconfirmed, By.Kind: ActorKind.Amends } e => Step(e, "We had no answer from you, and stopped asking", "archive"),
        CaseClosed { Reason: CloseReason.Withdrawn or CloseReason.Duplicate or CloseReason.OutOfScope or CloseReason.Answered } e => Step(e, "We closed it", "archive"),
        CaseClosed { Reason: CloseReason.Deadlock } e => Step(e, "We could not agree, and closed it", "archive"),
        CaseClosed { Reason: CloseReason.OutsideDecision } e => Step(e, "We closed it after the decision from outside", "archive"),
        CaseReopened e => Step(e, "We go on with it", "rotate-ccw"),
        NextContactMissed e when state.Promises.FirstOrDefault(promise => promise.Id == e.Id) is { } promise => Step(e, $"We were late with what we promised: {promise.What}", "clock"),
        _ => null,
    };

    private static PastStep Step(CaseEvent news, string words, string icon) => new(news.At, words, icon);

    private static string TitleOf(CaseState state, OptionChosen chosen) =>
        state.Offers.FirstOrDefault(offer => offer.Id == chosen.OfferId)?.Options.FirstOrDefault(option => option.Id == chosen.OptionId)?.Title ?? "";

    private static bool IsDecision(CaseState state, int offer) => state.Offers.Any(each => each.Id == offer && each.IsDecision);

    private static bool IsWithOptions(CaseState state, DecisionSent sent) => state.Offers.Any(offer => offer.SentAt == sent.At && !offer.IsDecision);

    private static string WhatOf(CaseState state, int id) => state.Remedies.FirstOrDefault(remedy => remedy.Id == id)?.What ?? "";

    private sealed class Row
    {
        public string Kind { get; init; } = "";
        public string Body { get; init; } = "";
    }
}
