// long: everything that anybody can try is one list
using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Customers;
using Amends.Domain.Deadlines;
using Amends.Domain.Handling;
using Amends.Domain.Issues;
using Amends.Domain.Listening;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Promises;
using Amends.Domain.Remedies;
using Amends.Domain.Signals;
using Amends.Domain.Returns;
using Amends.Domain.Visits;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Cases;

/// <summary>
/// What anybody may try on a case at any time, refusals included; it leans towards what makes progress, so that histories
/// reach every stage. In memory and on the databases the same.
/// </summary>
internal static class RandomVerbs
{
    /// <summary>Tries one verb; which one, by whom and with what follows from the step.</summary>
    /// <param name="case">The case.</param>
    /// <param name="step">Any number up to 99,999.</param>
    /// <param name="at">Now.</param>
    /// <param name="lean">0 where we and the customer tend not to agree, 1 where more comes up while something is being put right.</param>
    /// <param name="book">The presets and calendars that hold.</param>
    /// <exception cref="Refused">Mostly.</exception>
    public static void Try(Case @case, int step, DateTimeOffset at, int lean, DeadlineBook book)
    {
        var who = new[] { Jo, Lea, Max, Rita, Jo }[step % 5];
        var state = @case.State;
        switch (step % 3 == 0 ? (lean == 0 ? Apart(state) : lean == 1 ? OnTop(state) : null) ?? Forward(state) : Verb(step))
        {
            case 0 or 1: @case.HearWantedOutcome(step % 2 == 0 ? "Money" : null, who, at); break;
            case 2: @case.CheckSafety(step % 7 == 0, who, at); break;
            case 3 or 4: @case.WriteSummary($"h{step}", "m", "p", who, at); break;
            case 5: @case.SendSummary(who, at); break;
            case 6: @case.ConfirmSummary(state.Summaries.Count, Channel.Page, null, Amara, at); break;
            case 7: @case.CorrectSummary(state.Summaries.Count, Channel.Page, $"c{step}", Amara, at); break;
            case 8 or 9: @case.PrepareOffer(Mixed(Draft(step % 400, 1 + step % 2, step % 3 == 0), step) with { AnswerBy = at.AddDays(1 + step % 12), CheckBackAt = at.AddDays(2) }, who, at); break;
            case 10: @case.ApproveOffer(state.Offers.Count, step % 4 == 0 ? Lea : who, at); break;
            case 11 or 12: @case.SendOffer(state.Offers.Count, who, Hours, at); break;
            case 13 or 14: @case.Choose(state.Offers.Count, 1, Channel.Page, null, Amara, Hours, at); break;
            case 15: @case.Decline(state.Offers.Count, Channel.Page, $"d{step}", Amara, Hours, at); break;
            case 16 or 17: @case.FinishRemedy(state.Remedies.Count, null, who, at); break;
            case 18: @case.FailRemedy(state.Remedies.Count, "broke", who, Hours, at); break;
            case 19 or 20: @case.CompleteDelivery(null, null, who, Hours, at); break;
            case 21: @case.AnswerCheckBack((CheckBackAnswer)(step % 4), step % 6, step % 2 == 0 ? Channel.Page : Channel.Phone, step % 3 == 0 ? "w" : null, step % 2 == 0 ? Amara : who, Hours, at); break;
            case 22: @case.Wake(at); break;
            case 23: @case.KeepPromise("next", at.AddHours(step % 50 - 2), who, Hours, at); break;
            case 24 when step % 4 == 0: @case.Withdraw(CloseReason.Withdrawn, "no longer needed", Told.Without("They said so themselves."), who, at); break;
            case 24: @case.Hear(step, Channel.Mail, Amara, Hours, at); break;
            case 26: @case.AgreeCheckBack(at.AddDays(step % 9 - 1), step % 2 == 0 ? CheckBackManner.Mail : CheckBackManner.Phone, step % 3 == 0 ? who : Amara, at); break;
            case 27 when step % 3 == 0: @case.WaiveCheckBack(step % 2 == 0 ? Channel.Page : Channel.Phone, "No need.", step % 2 == 0 ? Amara : who, at); break;
            case 28: @case.ChangeKind((CaseKind)(1 + step % 6), who, at); break;
            case 29: @case.Speak(step, Channel.Mail, who, at); break;
            case 30: @case.CloseAsAnswered(step % 20 / 20d, who, at); break;
            case 31 when step % 2 == 0: @case.TakeSecondLook(step % 4 == 0, who, Hours, at); break;
            case 32: @case.SetSeverity((Severity)(1 + step % 2), who, at); break;
            case 33: @case.Assign(step % 3 == 0 ? null : Lea, who, at); break;
            case 34: @case.Acknowledge(step, at); break;
            case 35: @case.Note(step, who, at); break;
            case 36: @case.BeginListening(who, at); break;
            case 37: @case.RaiseIssue($"i{step % 9}", step % 2 == 0 ? Amara : who, at); break;
            case 38 when step % 4 == 0: @case.WithdrawIssue(1 + step % 3, $"x{step}", step % 8 == 0 ? 1 : null, who, at); break;
            case 38 or 39: @case.Decide(Undecided(state, step), (Finding)(1 + step % 4), step % 7 == 0 ? " " : $"r{step}", step % 11 == 0 ? null : $"can{step}", null, who, at, onSuspicion: step % 9 == 0, remedies: Doing(step, at)); break;
            case 40 or 41: @case.SendDecision(new(at.AddDays(1), at.AddDays(2 + step % 13), at.AddDays(3), step % 3 == 0 ? null : "Ombudsman", "EUR"), who, Hours, at); break;
            case 85: @case.PrepareDecision(new(at.AddDays(1), at.AddDays(2), at.AddDays(3), "Ombudsman", "EUR"), who, at); break;
            case 86: @case.SetNudgeAside($"n{step}", who, at); break;
            case 42: @case.DeclareDeadlock("no", who, at); break;
            case 43: @case.Refer("Ombudsman", DateOnly.FromDateTime(at.UtcDateTime), who, at); break;
            case 44: @case.RecordOutsideDecision($"o{step}", DateOnly.FromDateTime(at.UtcDateTime), step % 2 == 0, who, Hours, at); break;
            case 45: @case.Escalate("look", who, at); break;
            case 31: @case.Reopen("it goes on", who, Hours, at); break;
            case 25 when step % 2 == 0: @case.ResolveNow(Spot(step % 90, other: step % 4 == 0, at, done: step % 3 == 0), step % 5 == 0 ? Channel.InPerson : Channel.Phone, who, Hours, at); break;
            case 25: @case.Update(step, new Update(step % 3 == 0 ? [] : ["looked"], step % 9 == 0 ? [] : ["look"], true, step % 4 == 0 ? null : $"r{step}", "news", at.AddHours(step % 200)), who, Hours, at); break;
            case 46 or 47: @case.BookCall("0113 496 0142", CallTimes.Offered(Hours, Calls, at).ElementAt(step % 30), null, Calls, step % 2 == 0 ? Amara : who, Hours, at); break;
            case 48 when step % 2 == 0: @case.TryCall((CallOutcome)(step % 5), null, CallTimes.Offered(Hours, Calls, at).First(), [.. CallTimes.Offered(Hours, Calls, at)], Calls, who, Hours, at); break;
            case 48: @case.ReachCall(who, at); @case.KeepPromise("next", at.AddHours(step % 50 + 1), who, Hours, at); break;
            case 49: @case.CallOff(null, step % 2 == 0 ? Amara : who, Hours, at); break;
            case 50: @case.TheyRang("0113 496 0142", at.AddHours(-step % 9), who, Hours, at); break;
            case 51 when step % 2 == 0: @case.Snooze(at.AddHours(step % 60), null, who, at); break;
            case 51: @case.EndSnooze(who, at); break;
            case 52: @case.NoteSupportNeeds(step % 3 == 0 ? [] : [(SupportNeed)(1 + step % 9), (SupportNeed)(1 + step % 8)], null, who, at); break;
            case 53: @case.WaitFor((WaitsFor)(step % 7), $"w{step % 3}", who, at); break;
            case 54: @case.PlanFix(step % 4 == 0 ? null : at.AddHours(step % 99 - 2), who, at); break;
            case 55 when step % 2 == 0: @case.SetLegalHold(step % 4 == 0, "asked for", who, at); break;
            case 55: @case.BeginReview(step % 3 == 0 ? Max : Lea, $"v{step}", who, Hours, at); break;
            case 56: @case.AdvanceRemedy(1 + step % 3, (RemedyStep)(1 + step % 25), null, step % 2 == 0 ? "T1" : null, who, at); break;
            case 57: @case.IssueReturn(ReturnOf(state), new ReturnLabel("Parcel post", $"T{step}", null, "Hand it in.", at.AddDays(step % 12 - 1)), step, who, at); break;
            case 58: @case.ScanReturn(ReturnOf(state), step % 2 == 0 ? RemedyStep.InTransit : RemedyStep.Received, at, null, who, Hours, at); break;
            case 59: @case.InspectReturn(ReturnOf(state), (Inspection)(1 + step % 3), step % 2 == 0 ? "scratched" : null, who, at, step % 5 == 0 ? $"S{step % 7}" : null, step % 3 == 0 ? "S3" : null); break;
            case 60: @case.OfferVisit(VisitOf(state), [.. VisitTimes.All(Hours, Desk.Windows, at).Skip(step % 7).Take(1 + step % 3)], "12 Mill Lane", Desk.Windows, who, Hours, at); break;
            case 61: @case.BookVisit(VisitOf(state), state.Remedies.FirstOrDefault(remedy => remedy.Visit?.Times.Count > 0)?.Visit!.Times[0] ?? default, null, Channel.Page, null, Desk.Windows, Amara, Hours, at); break;
            case 62 when step % 3 == 0: @case.MissVisit(VisitOf(state), (VisitMiss)(step % 3), null, who, Hours, at); break;
            case 62 when step % 3 == 1: @case.EndVisit(VisitOf(state), "a loose wire", null, "Ben", who, at); @case.SignOffVisit(VisitOf(state), Channel.Page, null, Amara, at); break;
            case 62: @case.ReleaseRemedy(1 + step % 3, "they need it", who, Hours, at); break;
            case 63: @case.RefuseOffer(state.Offers.Count, $"n{step}", who, at); break;
            case 64: @case.AskApproval(state.Offers.Count, who, at); break;
            case 65: @case.RequestPayment(state.Remedies.Count, "manual", step % 2 == 0, who, at); break;
            case 66: @case.AuthorisePayment(state.Payments.Count, who, at, new Power(Authority.Of(AuthorityProfile.SmallTeam, "EUR"))); break;
            case 67 when step % 3 == 0: @case.FailPayment(state.Payments.Count, "no", step % 2 == 0 ? Actor.Amends : who, at); break;
            case 67: @case.ConfirmPayment(state.Payments.Count, $"proof{step}", who, at); break;
            case 88: @case.Learn($"l{step % 9}", who, at); break;
            case 87: @case.ReturnPayment(1 + step % Math.Max(1, state.Payments.Count), $"bounced{step}", Hours, at); break;
            case 68: @case.ExtendDuty(1 + step % 9, DateOnly.FromDateTime(at.UtcDateTime.AddDays(step % 60)), step % 5 == 0 ? null : "e", false, step, book, who, at); break;
            case 69 when step % 3 == 0: @case.KeepLetter((LetterKind)(1 + step % 6), step, "ab", who, at); break;
            case 69: @case.StartClock((StartsOn)(1 + step % 8), at.AddHours(-step % 40), book, who, at); break;
            case 70 when step % 4 == 0: @case.TakeOff(step % 8 == 0 ? "shop" : "law", "no", who, at); break;
            case 70: @case.PutUnder(step % 3 == 0 ? "by-hand" : step % 3 == 1 ? "shop" : "law", book, who, at); break;
            case 71: @case.HearImpact($"e{step}", step % 2 == 0 ? Amara : who, at); @case.PlaceOnJourney((JourneyStage)(step % 9), who, at); break;
            case 72: @case.Categorise(step % 3 == 0 ? "HND" : "DEL.late", step % 2 == 0, who, at); @case.Answer("ANY.since", "Since when?", $"a{step}", who, at); break;
            case 73 when step % 4 == 0: @case.TakeBackWhy(1 + step % 5, $"t{step}", who, at); break;
            case 73: @case.AskWhy($"y{step}", step % 3 == 0 ? 1 : null, step % 2 == 0 ? null : $"v{step}", step % 7 == 0, who, at); break;
            case 74: @case.LogCall(step, step % 2 == 0, step % 500, (TalkBalance)(step % 4), step % 3 == 0 ? (step % 60, 30) : null, who, at); @case.CorrectNote(new(step, 1, at), step, who, at); break;
            case 75: @case.ChangeChoice(state.Offers.Count, 1 + step % 3, Channel.Page, null, step % 2 == 0 ? Amara : who, Hours, at); break;
            case 76: @case.PrepareOffer(Draft(step % 90) with { AnswerBy = at.AddDays(1), CheckBackAt = at.AddDays(2), Playbook = new("broken", 1, "It broke", Money.Zero("EUR"), [new(["law", "by-hand"], [RemedyKind.Replacement], "the same again")], true), Policies = [new("policy.returns", step % 3, 1, "Returns", step % 2 == 0)] }, who, at); break;
            case 83: @case.RaiseSuspicion($"s{step}", who, at); break;
            case 84: @case.AnswerSuspicion(step % 3 != 0, $"a{step}", step % 2 == 0 ? Lea : who, at); break;
            case 80: @case.PlanCheckBack(new CheckBackPlan(2 + step % 5, 2 + step % 13, step % 2 == 0, step % 3 > 0), at); break;
            case 81: @case.TryCheckBackCall(step % 2 == 0 ? CallOutcome.NoAnswer : CallOutcome.WrongNumber, null, who, at); break;
            case 82 when step % 3 == 0: @case.TellChange(1 + step % 2, step, step % 7 == 0, who, at); break;
            case 82: @case.SendFollowOn(step, step % 2 == 0, null, step % 7 == 0, who, at); break;
            case 77: @case.NotePreferences(step % 3 == 0 ? null : "Amy", (PreferredChannel)(step % 5), who, at); break;
            case 78 when step % 4 == 0: @case.EndRepresentative("over", who, at); break;
            case 78: @case.NameRepresentative(new("Nell", "daughter", "nell@mail.example", null, (Mandate)(1 + step % 2), "a letter", DateOnly.FromDateTime(at.UtcDateTime), step % 3 == 0 ? at.AddDays(2) : null, (LettersTo)(1 + step % 3)), who, at); break;
            case 79 when step % 3 == 0: @case.Choose(state.Offers.Count, 1, Channel.Page, null, Amara with { Through = "Nell" }, Hours, at); break;
            case 79 when step % 3 == 1: @case.JoinCustomer(8 + step % 3, "Amara", 7, "Amara", $"j{step}", who, at); break;
            case 79: @case.LeaveCustomer(7, "Amara", 8, "Amara", $"l{step}", who, at); break;
            case 100 or 101: @case.RemindOfOffer(state.Offers.Count, new(1 + step % 2, 2 + step % 3), step % 3 == 0 ? Channel.Phone : Channel.Mail, step, who, Hours, at); break;
            case 102: @case.CloseUnanswered(step % 4 == 0 ? Told.Without(step % 8 == 0 ? null : "by phone") : Told.By(step), null, who, at); break;
            case 103: @case.Withdraw(step % 2 == 0 ? CloseReason.Duplicate : CloseReason.OutOfScope, "the same", Told.Without("by phone"), who, at, 1, step % 16 == 0 ? null : new(77, Opened().State)); break;
            case 110: @case.AnswerStopSale(step % 3 > 0, $"s{step}", "Kettle", step % 2 == 0 ? "L7" : null, step % 4 == 0 ? who : Lea, at); break;
            case 111: @case.CountAffected("Kettle", step % 2 == 0 ? "L7" : null, step % 9, step % 5, who, at); break;
            case 112: @case.CompleteDelivery("product", null, who, Hours, at, new SystemicCause(step % 2 == 0 ? $"w{step}" : null)); break;
            case 113: @case.KeepLetter(LetterKind.Final, step, "ab", who, at, step % 2 == 0 ? "Ombudsman" : null); break;
            default: @case.MovePromise(at.AddHours(3), "late", who, Hours, at); break;
        }
    }

    /// <summary>Any verb: their numbers are 0 to 88, 100 to 103 and 110 to 113. A prime, so that no verb is tied to what a step decides otherwise.</summary>
    private static int Verb(int step) => (step / 5 % 97) switch { < 89 and var verb => verb, < 93 and var verb => verb + 11, var verb => verb + 17 };

    /// <summary>The verb that leads on from here, by its number above.</summary>
    private static int Forward(CaseState state) => state switch
    {
        { Stage: CaseStage.Received or CaseStage.Listening, OutcomeAsked: false } => 0,
        { Stage: CaseStage.Received or CaseStage.Listening, AtRisk: null } => 2,
        { Stage: CaseStage.Received or CaseStage.Listening } => 3,
        { Stage: CaseStage.Working, Offer: null or { DeclinedAt: not null } or { ChosenId: not null } } => 8,
        { Stage: CaseStage.Working, Offer: { NeedsApproval: true, ApprovedBy: null } } => 10,
        { Stage: CaseStage.Working, NeedsConfirmation: true, Summary: { SentAt: not null, ConfirmedAt: null } } => 6,
        { Stage: CaseStage.Working } => 11,
        { Stage: CaseStage.Delivering } when state.Remedies.All(remedy => !remedy.IsOpen) && state.OpenIssues.Any(issue => issue.Decision is null) => 39,
        { Stage: CaseStage.Delivering } when state.Remedies.All(remedy => !remedy.IsOpen) && state.OpenIssues.Any() => 40,
        { Stage: CaseStage.Offered } => 13,
        { Stage: CaseStage.Delivering } when state.Remedies.Any(remedy => remedy.IsOpen) => 16,
        { Stage: CaseStage.Delivering, AtRisk: true, StopSale.IsOpen: true } => 110,
        { Stage: CaseStage.Delivering, AtRisk: true, StopSale.Affected: null } => 111,
        { Stage: CaseStage.Delivering } => 19,
        { Stage: CaseStage.CheckBack } => 21,
        _ => 24,
    };

    /// <summary>The verb that leads on when we and the customer do not agree; <c>null</c> where that makes no difference.</summary>
    private static int? Apart(CaseState state) => state switch
    {
        { Stage: CaseStage.Working, Summary: { SentAt: null, ConfirmedAt: null } } => 5,
        { Stage: CaseStage.Working, Summary: not null } when state.Raised.Any(issue => issue.Decision is null) => 39,
        { Stage: CaseStage.Working, Offer: { IsDecision: true, AwaitsApproval: true } } => 10,
        { Stage: CaseStage.Working, Offer: { IsDecision: true, SentAt: null, ApprovedBy: not null } } => 11,
        { Stage: CaseStage.Working, OutsideRoute: null } => 40,
        { Stage: CaseStage.Working or CaseStage.Offered, OutsideRoute: not null } => 42,
        { Stage: CaseStage.Offered, SentOffer: { IsDecision: true, Id: var id } decided } when id % 3 > 0 && decided.Options[0].Value.Minor > 0 => 13,
        { Stage: CaseStage.Offered } => 15,
        _ => null,
    };

    /// <summary>The verb that leads on when more comes up while something is being put right, and is decided; <c>null</c> where that makes no difference.</summary>
    private static int? OnTop(CaseState state) => state switch
    {
        { Stage: not CaseStage.Delivering } => null,
        { Offer: { IsAddition: true, AwaitsApproval: true } } => 10,
        { Offer: { IsAddition: true, SentAt: null, ApprovedBy: not null } } => 11,
        _ when state.OpenIssues.Any(issue => issue.Decision is null) => 39,
        _ when state.OpenIssues.Any() => 40,
        _ => state.Raised.Count() < 3 ? 37 : null,
    };

    /// <summary>What a decision does: words alone, money around a limit, or something of another kind.</summary>
    private static IReadOnlyList<OptionRemedy>? Doing(int step, DateTimeOffset at) => (step / 15 % 4) switch
    {
        0 => [new(RemedyKind.PriceReduction, $"part{step}", new Money(step % 140 * 100, "EUR"), at.AddDays(1)) { Data = new() { Reason = "w" } }],
        1 => [new(RemedyKind.Voucher, $"code{step}", new Money(step % 140 * 100, "EUR"), at.AddDays(2)) { Data = step % 25 == 0 ? null : new() { Reason = "w" } }, new(RemedyKind.Repair, "mend", Money.Zero("EUR"), at.AddDays(1)) { Data = new() { Reason = "w" }, CustomerCharge = step % 7 == 0 ? new Money(100, "EUR") : null }],
        2 => [new(step % 8 == 0 ? RemedyKind.Substitute : RemedyKind.Apology, $"else{step}", Money.Zero("EUR"), at.AddDays(1)) { Data = new() { InsteadOf = "The blue one", Reason = "w" } }],
        _ => null,
    };

    /// <summary>Options of many kinds, some with a charge that is refused unless nothing is our fault.</summary>
    private static Case.Draft Mixed(Case.Draft draft, int step) => draft with
    {
        Options = [.. draft.Options.Select((Option option, int i) => ((step / 7 + i) % 5) switch
        {
            1 => option with { Remedies = [new(RemedyKind.Return, "Send it back", Money.Zero("EUR"), option.Remedies[0].DueAt), option.Remedies[0] with { Data = new RemedyData { ReleaseOn = (ReleaseOn)(1 + step % 3) } }] },
            2 => option with { Remedies = [option.Remedies[0] with { Kind = RemedyKind.Visit, Data = new RemedyData { Address = "12 Mill Lane" } }] },
            3 => option with { Remedies = [option.Remedies[0] with { Kind = RemedyKind.Substitute, Data = step % 2 == 0 ? null : new RemedyData { InsteadOf = "The blue one" } }] },
            4 => option with { Remedies = [option.Remedies[0] with { Kind = RemedyKind.Repair, CustomerCharge = new Money(step % 3 * 100, "EUR") }] },
            _ => option,
        })],
    };

    private static int ReturnOf(CaseState state) => state.Remedies.LastOrDefault(remedy => remedy.Kind == RemedyKind.Return)?.Id ?? 1;

    private static int VisitOf(CaseState state) => state.Remedies.LastOrDefault(remedy => remedy.Kind == RemedyKind.Visit)?.Id ?? 1;

    private static int Undecided(CaseState state, int step) => step % 6 == 0 ? 1 : state.Raised.FirstOrDefault(issue => issue.Decision is null)?.Id ?? 1;
}
