using Amends.Domain.Calendars;
using Amends.Domain.CheckBacks;
using Amends.Domain.People;

namespace Amends.Domain.Cases;

/// <summary>The other ways to end, and to go on (T15, T16, T19).</summary>
public sealed partial class Case
{
    /// <summary>A question, thanks or another plain matter was answered (T19). A complaint never ends so; some are looked at again.</summary>
    /// <param name="chance">From 0 to below 1, evenly: decides whether a lead takes a second look.</param>
    /// <param name="by">Who closes it.</param>
    /// <param name="at">Now.</param>
    public void CloseAsAnswered(double chance, Actor by, DateTimeOffset at)
    {
        MustBeOpen();
        MustBeOneOfUs(by);
        if (State.Kind == CaseKind.Complaint)
            throw new Refused("complaint", "A complaint is closed by the customer's own answer, not by a reply.");
        if (State.LastContactAt is null && State.Kind != CaseKind.Praise)
            throw new Refused("answer_first", "Answer it first.");
        End(CloseReason.Answered, null, by, at);
        if (SecondLook.IsDrawn(chance))
            DrawSecondLook(at);
    }

    /// <summary>The customer took it back, it lives on elsewhere, or it is not ours (T15). The reason is kept, and some are looked at again.</summary>
    /// <param name="reason">One of the three.</param>
    /// <param name="why">In words.</param>
    /// <param name="by">Who closes it.</param>
    /// <param name="at">Now.</param>
    /// <param name="chance">From 0 to below 1, evenly: decides whether a lead takes a second look; none without it.</param>
    public void Withdraw(CloseReason reason, string why, Actor by, DateTimeOffset at, double chance = 1)
    {
        MustBeOpen();
        MustBeOneOfUs(by);
        if (reason is not (CloseReason.Withdrawn or CloseReason.Duplicate or CloseReason.OutOfScope))
            throw new Refused("reason", "A case ends here as withdrawn, duplicate or out of scope.");
        if (reason == CloseReason.Withdrawn)
            MustBeSafe(); // they may take it back; others have it all the same
        End(reason, Needed(why, "reason", "Say why, and what the customer was told."), by, at);
        if (SecondLook.IsDrawn(chance))
            DrawSecondLook(at);
    }

    /// <summary>The same matter goes on (T16), with a fresh promise.</summary>
    public void Reopen(string reason, Actor by, Calendar calendar, DateTimeOffset at)
    {
        if (State.IsOpen)
            return;
        Tell(new CaseReopened(at, by, Needed(reason, "reason", "Say why the case goes on.")));
        MakePromise("how we go on with this", calendar.After(calendar.NextOpen(at), FirstContactWithin), by, calendar, at);
    }

    private void End(CloseReason reason, string? note, Actor by, DateTimeOffset at)
    {
        DropCall(by, at);
        DropVisits();
        Kept(by, at);
        if (State.SentOffer is { IsWithCustomer: true })
            _claims.Add(new FreeMoney());
        Tell(new CaseClosed(at, by, reason, note));
    }
}
