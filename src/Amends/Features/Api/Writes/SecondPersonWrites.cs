using Amends.Data;
using Amends.Domain.Cases;

namespace Amends.Features.Api.Writes;

/// <summary>What somebody else looks at: a lead, the second stage, a suspicion, a body outside.</summary>
public sealed class SecondPersonWrites(CaseWrite write)
{
    private const int LongestReason = 500, LongestWords = 1000;

    /// <summary>A lead is asked to look at it.</summary>
    public Task<IResult> Escalate(long number, HttpContext context) => write.Do<EscalateCase>(number, context, asked =>
    {
        var reason = Checked.Needed("reason", asked.Value.Reason, LongestReason);
        return work => work.Case.Escalate(reason, work.By, work.Now);
    });

    /// <summary>The second stage begins: somebody who did not handle it looks at all of it, and decides.</summary>
    public Task<IResult> Review(long number, HttpContext context) => write.Send<BeginReview>(number, context, asked =>
    {
        var id = asked.Value.ReviewerId ?? throw new BadField("reviewer_id", "Say who looks at it.");
        var why = Checked.Needed("why", asked.Value.Why, 2000);
        return async work =>
        {
            var reviewer = await Colleagues.Find(work.Unit, id) ?? throw new BadField("reviewer_id", "Nobody who handles cases here has this id.");
            work.Case.BeginReview(reviewer.Actor, why, work.By, work.Calendar, work.Now);
        };
    }, state => new ReviewStep(number, state.Stage, state.Review!.ReviewerId, state.Review.BegunAt, state.NextContact?.DueAt, DutiesStep.OwedIn(state)));

    /// <summary>A lead looked again at what had ended unasked.</summary>
    public Task<IResult> LookAgain(long number, HttpContext context) => write.Do<LookAgain>(number, context, asked =>
    {
        var found = asked.Value.Complaint ?? throw new BadField("complaint", "Say whether a complaint was found in it: true or false.");
        return work => work.Case.TakeSecondLook(found, work.By, work.Calendar, work.Now);
    });

    /// <summary>Says how a signal is explained; what was counted until now counts no more.</summary>
    public Task<IResult> Explain(long number, HttpContext context) => write.Send<ExplainSignal>(number, context, asked =>
    {
        var kind = Checked.Chosen("kind", asked.Value.Kind, "Say which signal: not_received, contents_missing, more_than_peers or shared_phone.");
        var why = Checked.Needed("why", asked.Value.Why, LongestReason);
        return work => SignalDesk.Explain(work.Unit, work.Case.State.CustomerId, kind, why, work.By.Id, work.Now);
    });

    /// <summary>Says what makes one think that the claim is made up; a lead is asked.</summary>
    public Task<IResult> Suspect(long number, HttpContext context) => write.Do<RaiseSuspicion>(number, context, asked =>
    {
        var words = Checked.Needed("words", asked.Value.Words, LongestWords);
        return work => work.Case.RaiseSuspicion(words, work.By, work.Now);
    });

    /// <summary>A second person shares the suspicion, or does not.</summary>
    public Task<IResult> AnswerSuspicion(long number, HttpContext context) => write.Do<AnswerSuspicion>(number, context, asked =>
    {
        var shared = asked.Value.Shared ?? throw new BadField("shared", "Say whether you share it: true or false.");
        var words = Checked.Needed("words", asked.Value.Words, LongestWords);
        return work => work.Case.AnswerSuspicion(shared, words, work.By, work.Now);
    });

    /// <summary>The case lies with a body outside.</summary>
    public Task<IResult> Refer(long number, HttpContext context) => write.Do<ReferCase>(number, context, asked =>
    {
        var (body, on) = (Checked.Needed("body", asked.Value.Body, 200), Checked.Day("on", asked.Value.On, asked.Now) ?? throw new BadField("on", "Give the day on which it went there."));
        return work => work.Case.Refer(body, on, work.By, work.Now);
    }, state => OutsideStep.Of(number, state));

    /// <summary>The body outside decided: the case ends, or goes on here.</summary>
    public Task<IResult> DecidedOutside(long number, HttpContext context) => write.Do<RecordOutsideDecision>(number, context, asked =>
    {
        var (outcome, on) = (Checked.Needed("outcome", asked.Value.Outcome, 4000), Checked.Day("on", asked.Value.On, asked.Now) ?? throw new BadField("on", "Give the day on which it was decided."));
        var ends = asked.Value.Ends ?? throw new BadField("ends", "Say whether the case ends with it: true or false.");
        var cause = Checked.Cause("cause", asked.Value.Cause, asked.Company);
        if (cause is not null && !ends)
            throw new BadField("cause", "The cause is asked for at the end. Leave it out.");
        return work => work.Case.RecordOutsideDecision(outcome, on, ends, work.By, work.Calendar, work.Now, cause);
    }, state => OutsideStep.Of(number, state));
}

/// <summary>What a lead should look at.</summary>
public sealed record EscalateCase(string? Reason);

/// <summary>Who looks at it the second time, and what the customer does not accept, in their words.</summary>
public sealed record BeginReview(long? ReviewerId, string? Why);

/// <summary>Whether a complaint was found in it.</summary>
public sealed record LookAgain(bool? Complaint);

/// <summary>A signal, and what the customer or the carrier says to it.</summary>
public sealed record ExplainSignal(Domain.Signals.SignalKind? Kind, string? Why);

/// <summary>What it rests on: facts, not a feeling.</summary>
public sealed record RaiseSuspicion(string? Words);

/// <summary>Whether a second person shares it, and why.</summary>
public sealed record AnswerSuspicion(bool? Shared, string? Words);

/// <summary>With whom it lies: an ombudsman, a mediator, a court; and since which day.</summary>
public sealed record ReferCase(string? Body, DateOnly? On);

/// <summary>What was decided there.</summary>
/// <param name="Outcome">In words.</param>
/// <param name="On">On which day.</param>
/// <param name="Ends">The case ends with it; otherwise it goes on here, with a fresh promise.</param>
/// <param name="Cause">What caused it, where the case ends; as found before, or unknown, when left out.</param>
public sealed record RecordOutsideDecision(string? Outcome, DateOnly? On, bool? Ends, string? Cause = null);

/// <summary>The second stage: whose it is, since when, by when the customer hears of it, and what rules ask for.</summary>
public sealed record ReviewStep(long Number, CaseStage State, long ReviewerId, DateTimeOffset BegunAt, DateTimeOffset? PromiseDueAt, IReadOnlyList<OwedAnswer> Owed);

/// <summary>How far it is outside.</summary>
public sealed record OutsideStep(long Number, CaseStage State, Domain.Referrals.ReferralStage? Referral, DateOnly? ReferredOn, DateOnly? DecidedOn, CloseReason? CloseReason)
{
    /// <summary>Of a case.</summary>
    internal static OutsideStep Of(long number, CaseState state) => new(number, state.Stage, state.Referral?.Stage, state.Referral?.ReferredOn, state.Referral?.DecidedOn, state.CloseReason);
}
