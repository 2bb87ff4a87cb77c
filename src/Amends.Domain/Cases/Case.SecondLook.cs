using Amends.Domain.Calendars;
using Amends.Domain.People;

namespace Amends.Domain.Cases;

/// <summary>
/// A share of the questions, thanks and other matters that were answered plainly, and of the cases that were closed as duplicate, not
/// ours or taken back, is looked at once more by a lead, so that nobody who complains is dismissed.
/// </summary>
public sealed partial class Case
{
    /// <summary>Puts such a case before the leads. Doing it twice changes nothing.</summary>
    public void DrawSecondLook(DateTimeOffset at)
    {
        if (SecondLook.IsSampled(State.CloseReason) && State.SecondLook is not { TakenAt: null })
            Tell(new SecondLookDrawn(at, Actor.Amends));
    }

    /// <summary>A lead looked again. A complaint that was found goes on as one, with a fresh promise.</summary>
    /// <exception cref="Refused"><c>not_a_lead</c> for anybody below; <c>second_look</c> when none waits.</exception>
    public void TakeSecondLook(bool isComplaint, Actor by, Calendar calendar, DateTimeOffset at)
    {
        if (by is not { Kind: ActorKind.Person, Role: >= Role.Lead })
            throw new Refused("not_a_lead", "A lead takes the second look.");
        if (State.SecondLook is not { TakenAt: null })
            throw new Refused("second_look", "This case does not wait for a second look.");

        Tell(new SecondLookTaken(at, by, isComplaint, State.SecondLook.Reason));
        if (!isComplaint)
            return;
        Reopen(State.SecondLook.Reason == CloseReason.Answered ? "A lead found a complaint in it." : "A lead found that it should not have ended so.", by, calendar, at);
        if (State.Kind != CaseKind.Complaint)
            Tell(new KindChanged(at, by, State.Kind, CaseKind.Complaint));
    }
}
