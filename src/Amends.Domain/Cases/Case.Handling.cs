using Amends.Domain.Calendars;
using Amends.Domain.Handling;
using Amends.Domain.People;

namespace Amends.Domain.Cases;

/// <summary>What is true of a case beside its stage: for whom it waits, what the person needs, when it is to be put right, what may not be deleted.</summary>
public sealed partial class Case
{
    /// <summary>Says for whom the case waits. It changes no promise: the customer hears from us all the same.</summary>
    public void WaitFor(WaitsFor on, string? what, Actor by, DateTimeOffset at)
    {
        MustBeOpen();
        MustBeOneOfUs(by);
        if (!Enum.IsDefined(on))
            throw new Refused("waits_for", "Say for whom the case waits.");
        var words = on == WaitsFor.Us ? null : Given(what, 200);
        if ((State.WaitsFor, State.WaitsForWhat) != (on, words))
            Tell(new WaitingNoted(at, by, on, words));
    }

    /// <summary>Notes what the person needs from us. The case comes earlier in lists, and nobody is marked: it says what to do, not why.</summary>
    public void NoteSupportNeeds(IReadOnlyList<SupportNeed> needs, string? words, Actor by, DateTimeOffset at)
    {
        MustBeOpen();
        MustBeOneOfUs(by);
        if (needs.Any(need => !Enum.IsDefined(need)))
            throw new Refused("support_needs", "Choose from the list what they need.");
        if (needs.Contains(SupportNeed.CallsOnly) && needs.Contains(SupportNeed.WritingOnly))
            throw new Refused("support_needs", "Calls only and writing only exclude each other. Choose one.");
        var chosen = needs.Distinct().Order().ToList();
        var said = Given(words, 500);
        if (!chosen.SequenceEqual(State.SupportNeeds) || said != State.SupportWords)
            Tell(new SupportNeedsNoted(at, by, chosen, said));
    }

    /// <summary>
    /// Puts the case aside. It is never asleep past the promise, and comes back at once when the customer speaks or something nearer
    /// is promised.
    /// </summary>
    /// <exception cref="Refused"><c>snooze</c> when the time is not between now and the promise.</exception>
    public void Snooze(DateTimeOffset until, string? why, Actor by, DateTimeOffset at)
    {
        MustBeOpen();
        MustBeOneOfUs(by);
        if (until <= at)
            throw new Refused("snooze", "Choose a later time.");
        if (State.NextContact is not { MissedAt: null } promise || promise.DueAt < at)
            throw new Refused("snooze", "The promise is overdue. Contact the customer first; then the case can rest.");
        if (until > promise.DueAt)
            throw new Refused("snooze", "The customer hears from us before that, as promised. Choose an earlier time, or move the promise first.");
        if (State.ReplyDueAt is not null || State.LastContactAt is null)
            throw new Refused("snooze", "The customer wrote and waits for an answer. Answer first.");
        Tell(new CaseSnoozed(at, by, until, Given(why, 200)));
    }

    /// <summary>Takes the case out of its rest.</summary>
    public void EndSnooze(Actor by, DateTimeOffset at)
    {
        MustBeOneOfUs(by);
        if (State.SnoozedUntil is not null)
            Tell(new CaseWoke(at, by, State.OwnerId));
    }

    /// <summary>Gives the fix a date of its own, before anything is chosen; what is chosen later has its own dates.</summary>
    public void PlanFix(DateTimeOffset? dueAt, Actor by, DateTimeOffset at)
    {
        MustBeComplaint();
        MustBeOneOfUs(by);
        MustBeOpen();
        if (dueAt <= at)
            throw new Refused("fix_in_the_past", "It is put right in the future. Choose a later time.");
        if (dueAt != State.FixPlannedFor)
            Tell(new FixPlanned(at, by, dueAt));
    }

    /// <summary>Keeps everything of this case from being deleted, or lets go of it. A lead answers for it.</summary>
    public void SetLegalHold(bool isHeld, string why, Actor by, DateTimeOffset at)
    {
        if (by is not { Kind: ActorKind.Person, Role: >= Role.Lead })
            throw new Refused("not_a_lead", "A lead decides whether something may be deleted.");
        var because = Needed(why, "reason", "Say why: who asked for it, or what is over.", 500);
        if (isHeld != State.LegalHold)
            Tell(new LegalHoldSet(at, by, isHeld, because));
    }

    /// <summary>
    /// Begins the second stage: the customer does not accept our decision, and somebody who did not handle it looks at all of it. The
    /// case is theirs from then on, with a fresh promise.
    /// </summary>
    /// <exception cref="Refused"><c>too_early</c> before we decided or offered anything that the customer declined; <c>same_person</c> when the first handler would look again.</exception>
    public void BeginReview(Actor reviewer, string why, Actor by, Calendar calendar, DateTimeOffset at)
    {
        MustBeComplaint();
        MustBeOneOfUs(by);
        MustBeOneOfUs(reviewer);
        MustBeIn(CaseStage.Working, CaseStage.Offered);
        if (State.Review is not null)
            throw new Refused("second_stage", "This is the second stage already. What comes after it is an outside body.");
        if (State.Declines == 0 && State.Issues.All(issue => issue.ToldAt is null))
            throw new Refused("too_early", "Nothing was decided or declined yet. Send them what we decide first.");
        if (reviewer.Id == State.OwnerId)
            throw new Refused("same_person", $"{reviewer.Name} handled it until now. Somebody else looks at it the second time.");
        var words = Needed(why, "reason", "Write what the customer does not accept, in their words.", 2000);

        Tell(new ReviewBegun(at, by, reviewer.Id, reviewer.Name, words));
        Assign(reviewer, by, at);
        Kept(by, at);
        MakePromise("what we find when somebody else looks at all of it", calendar.After(calendar.NextOpen(at), FirstContactWithin), by, calendar, at);
    }

    private void MustNotDecideAgain(Actor by)
    {
        if (State.Review is { FirstHandlerId: { } first } && first == by.Id)
            throw new Refused("same_person", "You handled it the first time. Whoever looks at it now decides.");
    }

    private IEnumerable<Alarm> HandlingAlarms()
    {
        if (State is { SnoozedUntil: { } until })
            yield return new Alarm(until, at => Tell(new CaseWoke(at, Actor.Amends, State.OwnerId)));
        if (State is { ReplyDueAt: { } due, IsOpen: true, ReplyOverdueAt: null })
            yield return new Alarm(due, at => Tell(new ReplyOverdue(at, Actor.Amends, due, State.OwnerId)));
    }
}
