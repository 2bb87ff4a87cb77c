using Amends.Domain.Calendars;
using Amends.Domain.CallBacks;
using Amends.Domain.CheckBacks;
using Amends.Domain.People;

namespace Amends.Domain.Cases;

/// <summary>Asking the customer whether it is really put right (T12, T13, T14; guard G5). Silence is never a yes.</summary>
public sealed partial class Case
{
    /// <summary>Another time or manner for the question, as the customer wishes. What we promised moves with it.</summary>
    public void AgreeCheckBack(DateTimeOffset dueAt, CheckBackManner manner, Actor by, DateTimeOffset at)
    {
        if (by.Kind != ActorKind.Customer)
            MustBeOneOfUs(by);
        MustBeIn(CaseStage.Offered, CaseStage.Delivering, CaseStage.CheckBack);
        if (dueAt <= at)
            throw new Refused("check_back_in_the_past", "Choose a later time.");
        Tell(new CheckBackAgreed(at, by, dueAt, manner, Wished: true));
        if (State is { Stage: CaseStage.CheckBack, NextContact: { Call: null } promise })
        {
            var due = dueAt.AddHours(1);
            MissIfLate(promise, at);
            Tell(new Promises.NextContactMoved(at, by, promise.Id, promise.DueAt, due, "The customer chose another day."));
            Tell(new Promises.NextContactPromised(at, by, State.Promises.Count + 1, promise.What, due, due));
        }
    }

    /// <summary>Refuses a date while we ask whether it is put right that leaves the customer without a word for too long, unless it is the day that they agreed to.</summary>
    /// <param name="stage">Where the case is.</param>
    /// <param name="agreed">When we ask, as agreed with the offer or as they wished.</param>
    /// <param name="dueAt">The date.</param>
    /// <param name="calendar">For the longest silence.</param>
    /// <param name="at">Now.</param>
    /// <exception cref="Refused"><c>promise_too_far</c>.</exception>
    public static void MustAskAsAgreed(CaseStage stage, DateTimeOffset? agreed, DateTimeOffset dueAt, Calendar calendar, DateTimeOffset at)
    {
        if (stage == CaseStage.CheckBack && dueAt > calendar.LatestWord(at) && !(dueAt <= agreed + CallWithin))
            throw new Refused("promise_too_far", $"Nobody waits longer than {Texts.Count(calendar.LongestSilence.Days, "day")} without a word, unless they agreed to a later day to be asked. Choose an earlier day, or agree on the day with them first.");
    }

    /// <summary>
    /// The customer's answer, their own or quoted. Yes closes the case as confirmed (T12); partly or no goes back to work (T13).
    /// An answer that comes after we stopped asking counts as well. The survey is optional, and nothing follows from it.
    /// </summary>
    public void AnswerCheckBack(CheckBackAnswer answer, int? score, Channel via, string? words, Actor by, Calendar calendar, DateTimeOffset at, Survey? survey = null)
    {
        if (!State.TakesCheckBackAnswer)
            MustBeIn(CaseStage.CheckBack);
        MustBeCustomersWord(by, words, via, at);
        if (!Enum.IsDefined(answer))
            throw new Refused("answer", "Please say whether it is put right: yes, partly, or no.");
        if (score is < 1 or > 5)
            throw new Refused("score", "The score goes from 1 to 5. Choose one of them, or leave it open.");
        survey?.Check();

        var late = !State.IsOpen;
        Tell(new CheckBackAnswered(at, by, answer, score, via, words, survey is { IsEmpty: false } ? survey : null));
        Kept(by, at);
        if (answer == CheckBackAnswer.Yes)
        {
            DropCall(by, at);
            Tell(new CaseClosed(at, by, CloseReason.Confirmed, null));
            return;
        }

        if (late)
            Tell(new CaseReopened(at, by, "The customer says that it is not put right."));
        MakePromise("how we put right what is still wrong", calendar.After(calendar.NextOpen(at), FirstContactWithin), by, calendar, at);
        TellLead(State.Failures > 1 ? $"The customer says that it is not put right. What we did has failed them {(State.Failures == 2 ? "twice" : $"{State.Failures} times")} now." : "The customer says that it is not put right.", Actor.Amends, at);
    }

    /// <summary>Notes how often we ask and how the customer can be reached; the store does it when the asking begins, and again after each attempt. Noting the same changes nothing.</summary>
    public void PlanCheckBack(CheckBackPlan plan, DateTimeOffset at)
    {
        if (State is not { Stage: CaseStage.CheckBack, CheckBack: { Answer: null, Waived: false } check } || check.Plan == plan)
            return;
        if (CheckBackPlan.Wrong(plan.Attempts, plan.DaysBetween) is { } wrong)
            throw new Refused("check_back_plan", wrong);
        Tell(new CheckBackPlanned(at, Actor.Amends, plan));
    }

    /// <summary>We rang with the question and did not speak. It counts as the attempt; the next one follows in its time, another way when the number is wrong.</summary>
    /// <exception cref="Refused"><c>no_call_due</c> when no call is due; <c>outcome</c>.</exception>
    public void TryCheckBackCall(CallOutcome outcome, string? note, Actor by, DateTimeOffset at)
    {
        MustBeOneOfUs(by);
        MustBeIn(CaseStage.CheckBack);
        if (State.CheckBack is not { CallDueAt: not null } check)
            throw new Refused("no_call_due", "No call is due with the question whether it is put right.");
        if (outcome is not (CallOutcome.NoAnswer or CallOutcome.WrongNumber))
            throw new Refused("outcome", "Say what came of it: no answer, or a wrong number. If you spoke, write down their answer.");
        Tell(new CheckBackTried(at, by, check.Attempts, outcome, string.IsNullOrWhiteSpace(note) ? null : Needed(note, "note", "", 500)));
        KeepByAsking(by, at);
    }

    /// <summary>
    /// The customer needs no follow-up: the case ends, unconfirmed; before everything is done it ends so once it is.
    /// </summary>
    public void WaiveCheckBack(Channel via, string? words, Actor by, DateTimeOffset at)
    {
        MustBeIn(CaseStage.Offered, CaseStage.Delivering, CaseStage.CheckBack);
        MustBeCustomersWord(by, words, via, at);
        Tell(new CheckBackWaived(at, by, via));
        if (State.Stage != CaseStage.CheckBack)
            return;
        DropCall(by, at);
        Kept(by, at);
        Tell(new CaseClosed(at, by, CloseReason.Unconfirmed, words));
    }

    private IEnumerable<Alarm> CheckBackAlarms()
    {
        if (State is not { Stage: CaseStage.CheckBack, CheckBack: { Answer: null } checkBack })
            yield break;
        if (checkBack.CallDueAt is { } since)
        {
            if (State.CheckBackWays[Math.Min(checkBack.Attempts, checkBack.Rules.Attempts) - 1] == CheckBackManner.Mail) // since it was due we heard that they want no calls
                yield return new Alarm(since, at => Ask(checkBack.Attempts, CheckBackManner.Mail, at));
            yield break; // a call that is due waits until somebody has made it
        }

        if (checkBack.Attempts >= checkBack.Rules.Attempts && State.CallBack is not null)
            yield break; // nobody is given up while a call is agreed

        yield return new Alarm(checkBack.DueAt, at =>
        {
            if (State.NextCheckBackWay is { } way)
            {
                Ask(checkBack.Attempts + 1, way, at);
                return;
            }

            DropCall(Actor.Amends, at);
            Kept(Actor.Amends, at);
            Tell(new CaseClosed(at, Actor.Amends, CloseReason.Unconfirmed, $"No answer after {Tried(checkBack)}."));
        });
    }

    private void Ask(int attempt, CheckBackManner way, DateTimeOffset at)
    {
        Tell(new CheckBackAsked(at, Actor.Amends, attempt, way));
        if (way == CheckBackManner.Mail) // a call keeps the promise when somebody has made it
            KeepByAsking(Actor.Amends, at);
    }

    private void KeepByAsking(Actor by, DateTimeOffset at)
    {
        Kept(by, at);
        var due = State.CheckBack!.DueAt + (State.NextCheckBackWay == CheckBackManner.Phone ? CallWithin : TimeSpan.FromHours(1));
        PromiseAt("whether it is really put right for you", due, due, by, at);
    }

    /// <summary>A call that becomes due on a Friday evening is made on Monday in time.</summary>
    private static readonly TimeSpan CallWithin = TimeSpan.FromDays(3);

    private static string Tried(CheckBack check)
    {
        var (calls, all) = (check.Asked.Count(way => way == CheckBackManner.Phone), check.Attempts);
        return $"{(all == 1 ? "one attempt" : $"{all} attempts")}: {(calls == 0 ? "by mail" : calls == all ? "by phone" : $"{all - calls} by mail, {calls} by phone")}";
    }
}
