using Amends.Domain.Calendars;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Promises;

namespace Amends.Domain.Cases;

/// <summary>
/// A customer who does not answer what we offered or decided (G3): the owner is told, we ask once more, and after the company's rule the
/// case may be closed for now. Silence is never a choice and never a yes; a word from them opens it again.
/// </summary>
public sealed partial class Case
{
    /// <summary>Within which we ask once more. A time that passes on a Friday evening is asked about on Monday.</summary>
    public static readonly TimeSpan AskAgainWithin = TimeSpan.FromDays(3);

    /// <summary>Asks the customer once more whether one of the options suits them, or what they make of the decision.</summary>
    /// <param name="offerId">The newest offer's.</param>
    /// <param name="rule">How often and how long; noted with the reminder.</param>
    /// <param name="via">By mail, or by a call.</param>
    /// <param name="messageId">What we wrote or said.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="calendar">The open hours.</param>
    /// <param name="at">Now.</param>
    /// <exception cref="Refused"><c>answer_time</c> while the time to answer has not passed; <c>answer_first</c> when the customer wrote since.</exception>
    public void RemindOfOffer(int offerId, NoReplyRule rule, Channel via, long messageId, Actor by, Calendar calendar, DateTimeOffset at)
    {
        MustBeOneOfUs(by);
        var offer = Unanswered(offerId, at);
        if ((NoReplyRule.WrongReminders(rule.Reminders) ?? NoReplyRule.WrongDays(rule.Days)) is { } wrong)
            throw new Refused("no_reply_rule", wrong);
        if (via is not (Channel.Mail or Channel.Phone))
            throw new Refused("via", "Remind them by mail, or by a call.");
        var reminder = new OfferReminder(offer.Reminders.Count + 1, rule.Reminders, at, via, rule.Until(calendar, at));
        Speak(messageId, via, by, at);
        Tell(new OfferReminded(at, by, offerId, reminder.Number, reminder.Of, via, reminder.WaitsUntil, messageId));
        Kept(by, at);
        PromiseUntilAnswer(offerId, offer.IsDecision ? "what you make of our decision, or what else would help" : "whether the options suit you, or what else would help", reminder.WaitsUntil, by, calendar, at);
    }

    /// <summary>
    /// Closes the case for now, since the customer did not answer after all reminders of the rule: unconfirmed, neither a choice nor a yes.
    /// They are told that it can be taken up at any time.
    /// </summary>
    /// <param name="told">The letter that tells them, or how they were told otherwise.</param>
    /// <param name="cause">Code of the cause; unknown without it.</param>
    /// <param name="by">Who closes it.</param>
    /// <param name="at">Now.</param>
    /// <exception cref="Refused"><c>remind_first</c> before all reminders; <c>answer_time</c>, <c>answer_first</c>, <c>call_agreed</c> or <c>remedies_open</c>.</exception>
    public void CloseUnanswered(Told told, string? cause, Actor by, DateTimeOffset at)
    {
        MustBeOneOfUs(by);
        var offer = Unanswered(State.SentOffer?.Id ?? 0, at);
        if (offer.Reminders is not [.., { IsLast: true }])
            throw new Refused("remind_first", offer.Reminders.Count == 0 ? "Ask them once more before you close it." : $"They were reminded {offer.Reminders.Count} of {offer.Reminders[^1].Of} times. Ask once more before you close it.");
        if (State.CallBack is not null)
            throw new Refused("call_agreed", "A call is agreed with them. Make it first.");
        MustOweNothing();
        End(CloseReason.Unconfirmed, $"No answer to what we offered, after {Texts.Count(offer.Reminders.Count, "reminder")}.", by, at, told, closed => closed with { Unanswered = offer.Id, Cause = CauseOf(cause) });
    }

    /// <summary>The offer that waits for an answer past its time.</summary>
    private Offer Unanswered(int offerId, DateTimeOffset at)
    {
        MustBeIn(CaseStage.Offered);
        var offer = OfferOf(State.SentOffer, offerId);
        MustBeWithCustomer(offer);
        if (offer.UnansweredAt is null && at >= offer.WaitsUntil)
            NoteUnanswered(offer, at); // the clock has not come by yet
        if (!State.SentOffer!.IsUnanswered)
            throw new Refused("answer_time", "They still have time to answer. Write to them as usual if there is something to say.");
        if (State.LastCustomerAt > State.LastContactAt)
            throw new Refused("answer_first", "They wrote to us since. Answer that first; it is no silence.");
        return State.SentOffer;
    }

    /// <summary>Whether a promise is only that we hear from them by then.</summary>
    private bool WaitsForThem(NextContact promise) =>
        promise.Offer is { } id && State is { Stage: CaseStage.Offered, SentOffer: { IsWithCustomer: true, UnansweredAt: null } offer } && offer.Id == id;

    /// <summary>The offer whose answer is due at a moment; <c>null</c> when none is.</summary>
    private int? OfferDueAt(DateTimeOffset due) =>
        State is { Stage: CaseStage.Offered, SentOffer: { IsWithCustomer: true, UnansweredAt: null } offer } && offer.WaitsUntil == due ? offer.Id : null;

    /// <summary>Promises the next word while the customer thinks it over: by the end of their time, or before where that is too far for silence.</summary>
    private void PromiseUntilAnswer(int offerId, string words, DateTimeOffset answerBy, Actor by, Calendar calendar, DateTimeOffset at)
    {
        if (answerBy > calendar.LatestWord(at))
            MakePromise("whether you have questions about it, and how things stand", calendar.LatestWord(at), by, calendar, at);
        else
            MakePromise(words, answerBy, by, calendar, at, offerId);
    }

    private void NoteUnanswered(Offer offer, DateTimeOffset at)
    {
        Tell(new OfferUnanswered(at, Actor.Amends, offer.Id, offer.Reminders.Count));
        var due = at + AskAgainWithin;
        if (State.NextContact is not { MissedAt: null, Call: null } promise || (promise.Offer != offer.Id && promise.DueAt <= due))
            return; // something is due before, or a call
        Tell(new NextContactMoved(at, Actor.Amends, promise.Id, promise.DueAt, due, "No answer came. We ask once more."));
        PromiseAt(offer.Reminders is [.., { IsLast: true }] ? "how we go on, since we have not heard from you" : "that we ask you once more", due, due.AddHours(-Notice.TotalHours), Actor.Amends, at);
    }

    private IEnumerable<Alarm> OfferAlarms()
    {
        if (State is { Stage: CaseStage.Offered, SentOffer: { IsWithCustomer: true, UnansweredAt: null } offer })
            yield return new Alarm(offer.WaitsUntil, at => NoteUnanswered(offer, at));
    }
}
