using Amends.Domain.Calendars;
using Amends.Domain.CallBacks;
using Amends.Domain.People;
using Amends.Domain.Promises;

namespace Amends.Domain.Cases;

/// <summary>What we told the customer we would do, and by when. An open case always has a next contact.</summary>
public sealed partial class Case
{
    /// <summary>Open time between the reminder of the owner and the promise.</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromHours(2);

    /// <summary>We contacted the customer as promised, and say when the next contact is.</summary>
    /// <exception cref="Refused">The next date is not in the future, or too far in it, or nothing is promised.</exception>
    public void KeepPromise(string next, DateTimeOffset dueAt, Actor by, Calendar calendar, DateTimeOffset at)
    {
        MustBeOpen();
        MustBeOneOfUs(by);
        MustHearSoon(State.Stage, dueAt, calendar, at);
        Kept(by, at);
        MakePromise(next, dueAt, by, calendar, at);
    }

    /// <summary>Gives the promise another date. The reason is kept; a promise that is overdue was missed all the same.</summary>
    public void MovePromise(DateTimeOffset dueAt, string reason, Actor by, Calendar calendar, DateTimeOffset at)
    {
        MustBeOpen();
        MustBeOneOfUs(by);
        var because = Needed(reason, "reason", "Say why the promise moves.", 500);
        if (dueAt <= at)
            throw new Refused("promise_in_the_past", "A promise is kept in the future. Choose a later time.");
        MustHearSoon(State.Stage, dueAt, calendar, at);

        var promise = State.NextContact!;
        if (promise.Call is not null && State.CallBack is not null)
            throw new Refused("call_agreed", "A call is agreed for then. Give the call another time instead.");
        MissIfLate(promise, at);
        Tell(new NextContactMoved(at, by, promise.Id, promise.DueAt, dueAt, because));
        MakePromise(promise.What, dueAt, by, calendar, at);
    }

    private void MakePromise(string? what, DateTimeOffset dueAt, Actor by, Calendar calendar, DateTimeOffset at)
    {
        if (dueAt <= at)
            throw new Refused("promise_in_the_past", "A promise is kept in the future. Choose a later time.");

        var words = Needed(what, "promise", "Say what the customer will hear.", 500);
        PromiseAt(words, dueAt, calendar.Before(dueAt, Notice), by, at);
    }

    /// <summary>The next contact, or what comes after a call that is agreed; an earlier date goes before the call.</summary>
    private void PromiseAt(string words, DateTimeOffset dueAt, DateTimeOffset remindAt, Actor by, DateTimeOffset at)
    {
        if (State.CallBack is { } call && dueAt >= call.To && (call.To > at || State.NextContact is { Call: not null }))
        {
            Tell(new AgreedAfterCall(at, by, call.Id, words, dueAt));
            if (State.NextContact is null)
                PromiseCall(by, at);
            return;
        }

        if (State.NextContact is { Call: not null } calls)
        {
            MissIfLate(calls, at);
            Tell(new NextContactMoved(at, by, calls.Id, calls.DueAt, dueAt, "Something is promised before the call."));
        }

        Tell(new NextContactPromised(at, by, State.Promises.Count + 1, words, dueAt, remindAt));
    }

    private void Kept(Actor by, DateTimeOffset at)
    {
        if (State.NextContact is not { } promise || (promise.Call is not null && State.CallBack is not null))
            return; // what is written keeps no promise to call
        MissIfLate(promise, at);
        Tell(new NextContactKept(at, by, promise.Id, at <= promise.DueAt));
    }

    /// <summary>Whoever acts after the time, but before the clock came by, has missed it all the same, and the lead is told.</summary>
    private void MissIfLate(NextContact promise, DateTimeOffset at)
    {
        if (promise.MissedAt is null && promise.DueAt < at)
            Miss(promise, at);
    }

    private void Miss(NextContact promise, DateTimeOffset at)
    {
        Tell(new NextContactMissed(at, Actor.Amends, promise.Id, promise.DueAt, State.OwnerId));
        TellLead($"Promise missed: {promise.What}", Actor.Amends, at);
    }

    private IEnumerable<Alarm> PromiseAlarms()
    {
        if (State.NextContact is not { MissedAt: null } promise || !State.IsOpen)
            yield break;

        if (promise.RemindedAt is null && promise.RemindAt < promise.DueAt)
        {
            yield return new Alarm(promise.RemindAt, at =>
            {
                if (at < promise.DueAt)
                    Tell(new NextContactDueSoon(at, Actor.Amends, promise.Id, promise.DueAt, State.OwnerId));
                else
                    Miss(promise, at); // the clock stood still meanwhile: nobody is reminded of what is broken
            });
        }

        yield return new Alarm(promise.DueAt, at => Miss(promise, at));
    }
}
