using Amends.Domain.Calendars;
using Amends.Domain.People;
using Amends.Domain.Referrals;

namespace Amends.Domain.Cases;

/// <summary>When we cannot agree: a lead is asked, a deadlock is declared, somebody outside decides (T9, T17, T18).</summary>
public sealed partial class Case
{
    /// <summary>Asks a lead by hand (T17).</summary>
    public void Escalate(string reason, Actor by, DateTimeOffset at)
    {
        MustBeOpen();
        MustBeOneOfUs(by);
        TellLead(Needed(reason, "reason", "Say what the lead should look at.", 500), by, at);
    }

    /// <summary>
    /// We and the customer cannot agree (T9). A lead says so, after our final decision said where the customer can go next. It is never
    /// counted as put right.
    /// </summary>
    /// <exception cref="Refused"><c>not_a_lead</c>; <c>final_response</c> while the customer has no final decision with the way outside.</exception>
    public void DeclareDeadlock(string why, Actor by, DateTimeOffset at)
    {
        MustBeComplaint();
        if (by is not { Kind: ActorKind.Person, Role: >= Role.Lead })
            throw new Refused("not_a_lead", "A lead declares a deadlock.");
        MustBeIn(CaseStage.Working, CaseStage.Offered);
        if (State.Stage == CaseStage.Working && State.Declines == 0)
            throw new Refused("deadlock", "The customer has not said no to anything yet. Send them what you can do first.");
        if (State.OpenIssues.ToList() is { Count: > 0 } open)
            throw new Refused("issues_open", $"These still need an answer: {Listed(open)}. Send the decision on them first.");
        if (State.OutsideRoute is null)
            throw new Refused("final_response", "Send the decision letter first, with where they can go next. The words for that are under Settings, Company, and for single rules under Settings, Deadlines.");
        MustOweNothing();
        MustBeSafe();
        End(CloseReason.Deadlock, Needed(why, "reason", "Say what we could not agree on.", 2000), by, at);
    }

    /// <summary>The case lies with an outside body now (T18), whether it is open here or not.</summary>
    public void Refer(string body, DateOnly on, Actor by, DateTimeOffset at)
    {
        MustBeComplaint();
        MustBeOneOfUs(by);
        var name = Needed(body, "body", "Name who decides: an ombudsman, a mediator, a court.", 200);
        MustBePast(on, at);
        if ((State.Referral?.Body, State.Referral?.ReferredOn) != (name, on))
            Tell(new CaseReferred(at, by, name, on));
    }

    /// <summary>
    /// The outside body decided (T18). It ends the case, or the case goes on here, with a fresh promise when it was closed.
    /// </summary>
    /// <exception cref="Refused"><c>not_referred</c> when it never lay outside; <c>remedies_open</c> when it would end while we owe something.</exception>
    public void RecordOutsideDecision(string outcome, DateOnly on, bool ends, Actor by, Calendar calendar, DateTimeOffset at)
    {
        MustBeComplaint();
        MustBeOneOfUs(by);
        if (State.Referral is not { Body: { } body })
            throw new Refused("not_referred", "Record first with whom the case lies.");
        var words = Needed(outcome, "outcome", "Write what was decided there.", 4000);
        MustBePast(on, at);
        if (ends)
        {
            MustOweNothing();
            MustBeSafe();
        }

        Tell(new OutsideDecided(at, by, on, words));
        if (!ends)
            Reopen($"{body} has decided, and we act on it.", by, calendar, at);
        else if (State.IsOpen || State.CloseReason == CloseReason.Deadlock)
            End(CloseReason.OutsideDecision, null, by, at);
    }

    /// <summary>A case in which we still owe something does not end, other than for the reasons of <see cref="Withdraw"/>.</summary>
    private void MustOweNothing()
    {
        if (State.Remedies.Where(remedy => remedy.IsOpen).Select(remedy => remedy.What).FirstOrDefault() is { } open)
            throw new Refused("remedies_open", $"Not everything is done yet: {open}.");
    }

    private static void MustBePast(DateOnly on, DateTimeOffset at)
    {
        if (on > DateOnly.FromDateTime(at.UtcDateTime.AddDays(1))) // a day ahead is today, further east
            throw new Refused("on", "This day has not come yet.");
    }
}
