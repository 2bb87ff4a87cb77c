using Amends.Domain.Calendars;
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
            throw new Refused("score", "The score goes from 1 to 5.");
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
        TellLead("The customer says that it is not put right.", Actor.Amends, at);
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
        if (checkBack.Attempts >= CheckBack.MaxAttempts && State.CallBack is not null)
            yield break; // nobody is given up while a call is agreed

        yield return new Alarm(checkBack.DueAt, at =>
        {
            if (checkBack.Attempts < CheckBack.MaxAttempts)
            {
                Tell(new CheckBackAsked(at, Actor.Amends, checkBack.Attempts + 1));
                if (!State.CheckBack!.IsByPhone) // a call keeps the promise when somebody has made it
                    KeepByAsking(at);
                return;
            }

            DropCall(Actor.Amends, at);
            Kept(Actor.Amends, at);
            Tell(new CaseClosed(at, Actor.Amends, CloseReason.Unconfirmed, "No answer after the agreed attempts."));
        });
    }

    private void KeepByAsking(DateTimeOffset at)
    {
        Kept(Actor.Amends, at);
        var due = State.CheckBack!.DueAt.AddHours(1);
        PromiseAt("whether it is really put right for you", due, due, Actor.Amends, at);
    }
}
