using Amends.Domain.Calendars;
using Amends.Domain.CallBacks;
using Amends.Domain.People;
using Amends.Domain.Promises;

namespace Amends.Domain.Cases;

/// <summary>
/// Calls that we owe the customer. A call that is agreed is the next contact: writing neither keeps nor replaces it, and
/// what is promised for later waits until it is over.
/// </summary>
public sealed partial class Case
{
    private readonly List<Claim> _claims = [];

    /// <summary>What the change needs that no single case can guard; the store applies it.</summary>
    public IReadOnlyList<Claim> Claims => _claims;

    /// <summary>Agrees on a call at one of the free times, or moves the one that is agreed there. The customer's wish opens a closed case again.</summary>
    /// <exception cref="Refused"><c>phone</c>; <c>time</c> when it is none of those that are offered; <c>calls_off</c>.</exception>
    public void BookCall(string? phone, CallTime time, string? zone, CallRules rules, Actor by, Calendar calendar, DateTimeOffset at)
    {
        if (by.Kind == ActorKind.Person)
            MustBeOneOfUs(by);
        if (!rules.IsOn)
            throw new Refused("calls_off", "Calls cannot be booked at the moment. Write the times that suit you instead.");
        var number = PhoneNumber.Of(phone);
        var before = State.CallBack;
        if (before is { MissedAt: null } same && same.Phone == number && same.Time == time)
            return;
        if (!CallTimes.Offered(calendar, rules, at).Contains(time))
            throw new Refused("time", "Choose one of the times that are free.");

        if (by.Kind == ActorKind.Customer)
            Reopen("The customer asks for a call.", by, calendar, at);
        MustBeOpen();
        _claims.Add(new TakeCallTime(time, rules.AtOnce));
        Agree(number, time, CallReason.Booked, zone, by, at);
    }

    /// <summary>The call is not wanted any more. What was promised for after it comes next.</summary>
    public void CallOff(string? why, Actor by, Calendar calendar, DateTimeOffset at)
    {
        if (by.Kind == ActorKind.Person)
            MustBeOneOfUs(by);
        var call = CallOwed();
        EndCall(call, CallEnd.CalledOff, by, at, string.IsNullOrWhiteSpace(why) ? null : Needed(why, "why", "", 500));
        DropPromiseOf(call, "The call was called off.", by, at);
        GoOn(call, "how we go on with this", by, calendar, at);
    }

    /// <summary>We rang and did not speak: nobody answered, the number is wrong, or they asked for another time.</summary>
    /// <param name="outcome">What came of it; whoever was reached is told of by <see cref="ReachCall"/>.</param>
    /// <param name="note">What to know next time.</param>
    /// <param name="later">The time that they asked for.</param>
    /// <param name="free">The free times, of which the next attempt takes one.</param>
    /// <param name="rules">How calls are agreed.</param>
    /// <param name="by">Who rang.</param>
    /// <param name="calendar">The open hours.</param>
    /// <param name="at">Now.</param>
    public void TryCall(CallOutcome outcome, string? note, CallTime? later, IReadOnlyList<CallTime> free, CallRules rules, Actor by, Calendar calendar, DateTimeOffset at)
    {
        MustBeOneOfUs(by);
        var call = CallOwed();
        if (outcome is not (CallOutcome.NoAnswer or CallOutcome.WrongNumber or CallOutcome.Later))
            throw new Refused("outcome", "Say what came of it: no answer, a wrong number, or another time.");
        if (outcome == CallOutcome.Later && (later is not { } wished || !free.Contains(wished)))
            throw new Refused("time", "Choose the time that they asked for, one of those that are free.");
        var words = string.IsNullOrWhiteSpace(note) ? null : Needed(note, "note", "", 500);

        MissCallIfLate(call, at);
        var attempt = call.Attempts + (outcome == CallOutcome.NoAnswer ? 1 : 0);
        Tell(new CallTried(at, by, call.Id, attempt, outcome, words));
        KeepCall(by, at);
        switch (outcome)
        {
            case CallOutcome.Later:
                _claims.Add(new TakeCallTime(later!.Value, rules.AtOnce));
                Agree(call.Phone, later.Value, CallReason.Booked, call.Zone, by, at);
                break;
            case CallOutcome.NoAnswer when attempt < CallRules.MostAttempts:
                var (time, isFree) = CallTimes.Again(free, calendar, rules, at);
                _claims.Add(isFree ? new TakeCallTime(time, rules.AtOnce) : new FreeCallTime());
                Agree(call.Phone, time, CallReason.Again, call.Zone, Actor.Amends, at);
                break;
            case CallOutcome.NoAnswer:
                EndCall(call, CallEnd.NotReached, by, at);
                GoOn(call, "in writing what we wanted to say on the phone", by, calendar, at);
                break;
            default:
                EndCall(call, CallEnd.WrongNumber, by, at);
                GoOn(call, "how we reach you, or in writing what we wanted to say", by, calendar, at);
                break;
        }
    }

    /// <summary>We spoke: the call is done and its promise kept. The caller promises the next contact in the same change.</summary>
    public void ReachCall(Actor by, DateTimeOffset at)
    {
        MustBeOneOfUs(by);
        if (State.CallBack is not { } call)
            return;
        MissCallIfLate(call, at);
        Tell(new CallTried(at, by, call.Id, call.Attempts, CallOutcome.Reached, null));
        KeepCall(by, at);
        EndCall(call, CallEnd.Reached, by, at);
    }

    /// <summary>They rang, and nobody of us answered: we ring back within <see cref="CallRules.RingBackWithin"/> of open time. A call that is agreed already stays as it is.</summary>
    public void TheyRang(string? phone, DateTimeOffset rangAt, Actor by, Calendar calendar, DateTimeOffset at)
    {
        MustBeOneOfUs(by);
        var number = PhoneNumber.Of(phone);
        if (rangAt > at)
            throw new Refused("rang_at", "They cannot have rung later than now. Say when it was.");
        Reopen("They rang, and nobody answered.", by, calendar, at);
        Tell(new CallBacks.TheyRang(at, by, number, rangAt));
        if (State.CallBack is not null)
            return;
        var due = calendar.After(calendar.NextOpen(rangAt), CallRules.RingBackWithin);
        var from = calendar.NextOpen(at);
        Agree(number, new CallTime(from, due > from ? due : calendar.After(from, TimeSpan.FromMinutes(30))), CallReason.TheyRang, null, by, at);
    }

    private CallBack CallOwed()
    {
        MustBeOpen();
        return State.CallBack ?? throw new Refused("no_call", "No call is agreed for this case.");
    }

    private void Agree(string phone, CallTime time, CallReason reason, string? zone, Actor by, DateTimeOffset at)
    {
        if (State.CallBack is { } call)
            Tell(new CallMoved(at, by, call.Id, phone, time.From, time.To, reason, zone, call.Sequence + 1));
        else
            Tell(new CallBooked(at, by, State.CallBacks.Count + 1, phone, time.From, time.To, reason, zone));

        if (State.NextContact is { } before)
        {
            MissIfLate(before, at);
            Tell(new NextContactMoved(at, by, before.Id, before.DueAt, time.To, "A call is agreed for then."));
            if (before is { Call: null } && before.DueAt > time.To)
                Tell(new AgreedAfterCall(at, by, State.CallBack!.Id, before.What, before.DueAt));
        }

        PromiseCall(by, at);
    }

    private void PromiseCall(Actor by, DateTimeOffset at)
    {
        var call = State.CallBack!;
        Tell(new NextContactPromised(at, by, State.Promises.Count + 1, "a call from us", call.To, call.To, call.Id)); // told of by CallDue, not reminded
    }

    private void KeepCall(Actor by, DateTimeOffset at)
    {
        if (State.NextContact is not { Call: not null } promise)
            return;
        MissIfLate(promise, at);
        Tell(new NextContactKept(at, by, promise.Id, at <= promise.DueAt));
    }

    private void EndCall(CallBack call, CallEnd how, Actor by, DateTimeOffset at, string? why = null)
    {
        _claims.Add(new FreeCallTime());
        Tell(new CallEnded(at, by, call.Id, how, call.Sequence + 1, why));
    }

    /// <summary>The case ends: no call is owed any more.</summary>
    private void DropCall(Actor by, DateTimeOffset at)
    {
        if (State.CallBack is not { } call)
            return;
        EndCall(call, CallEnd.CaseClosed, by, at);
        DropPromiseOf(call, "The case ended before the call.", by, at);
    }

    private void DropPromiseOf(CallBack call, string why, Actor by, DateTimeOffset at)
    {
        if (State.NextContact is not { } promise || promise.Call != call.Id)
            return;
        MissIfLate(promise, at);
        Tell(new NextContactMoved(at, by, promise.Id, promise.DueAt, at, why));
    }

    private void GoOn(CallBack call, string what, Actor by, Calendar calendar, DateTimeOffset at)
    {
        if (State.NextContact is not null)
            return; // something that is due before
        var then = call.Then is { } after && after.DueAt > at ? after : new AfterCall(what, calendar.After(calendar.NextOpen(at), FirstContactWithin));
        MakePromise(then.What, then.DueAt, by, calendar, at);
    }

    private void MissCallIfLate(CallBack call, DateTimeOffset at)
    {
        if (call.MissedAt is null && call.To < at)
            MissCall(call, at);
    }

    private void MissCall(CallBack call, DateTimeOffset at)
    {
        Tell(new CallMissed(at, Actor.Amends, call.Id, call.From, State.OwnerId));
        if (State.NextContact is { MissedAt: null, Call: not null } promise)
            Miss(promise, at);
        else if (State.NextContact is { Call: null } or null)
            TellLead("A call was missed.", Actor.Amends, at);
    }

    /// <summary>Writing will do although a rule says to ring, for a reason. It is kept, and the case says to ring again when a new reason arises.</summary>
    /// <param name="why">Why, in a sentence.</param>
    /// <param name="by">One of us.</param>
    /// <param name="at">Now.</param>
    /// <exception cref="Refused"><c>aside</c> without a reason; <c>nudge</c> while nothing says to ring.</exception>
    public void SetNudgeAside(string? why, Actor by, DateTimeOffset at)
    {
        MustBeOpen();
        MustBeOneOfUs(by);
        var because = Needed(why, "aside", "Say in a sentence why writing will do.", 500);
        if (PhoneNudge.ReasonsFor(State) is not { Count: > 0 } reasons)
            throw new Refused("nudge", "Nothing says that you should ring at the moment.");
        Tell(new PhoneNudgeSetAside(at, by, reasons, because));
    }

    /// <summary>The rules are looked at whenever the clock comes by, and at once when one of them begins to hold; what they say is written down once until we have spoken, or it was set aside.</summary>
    private IEnumerable<Alarm> NudgeAlarms()
    {
        if ((State.NudgedAt is null || State.NudgedAt < State.LastCallAt || State.NudgedAt < State.NudgeAside?.At) && PhoneNudge.ReasonsFor(State) is { Count: > 0 })
            yield return new Alarm(State.LastCustomerAt ?? State.OpenedAt, at => Tell(new PhoneNudged(at, Actor.Amends, PhoneNudge.ReasonsFor(State))));
    }

    private IEnumerable<Alarm> CallAlarms()
    {
        if (State is not { IsOpen: true, CallBack: { MissedAt: null } call })
            yield break;
        if (call.ToldAt is null)
        {
            yield return new Alarm(call.From, at =>
            {
                if (at < call.To)
                    Tell(new CallDue(at, Actor.Amends, call.Id, call.From, State.OwnerId));
                else
                    MissCall(call, at); // the clock stood still meanwhile
            });
        }

        yield return new Alarm(call.To, at => MissCall(call, at));
    }
}
