using Amends.Domain.Calendars;
using Amends.Domain.Laws;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Playbooks;
using Amends.Domain.Remedies;

namespace Amends.Domain.Cases;

/// <summary>Put right while the customer is still there, in one go (T6). Every step is told as if it had been taken by itself.</summary>
public sealed partial class Case
{
    /// <summary>
    /// Hears, sums up, offers, takes the yes and begins to deliver (T6), with all the guards of the single steps: the customer's
    /// words confirm the summary and choose, the value is within one's own limit, and there is another way, or it is what they asked for.
    /// </summary>
    /// <param name="settled">What was agreed.</param>
    /// <param name="via">How they said yes: by phone or in person.</param>
    /// <param name="by">Who agreed it with them.</param>
    /// <param name="calendar">The open hours.</param>
    /// <param name="at">Now.</param>
    /// <param name="power">The limits that hold; those of a small team without them.</param>
    /// <exception cref="Refused"><c>danger</c> when somebody is at risk; <c>limit</c> above one's own limit; else as the single steps.</exception>
    public void ResolveNow(OnTheSpot settled, Channel via, Actor by, Calendar calendar, DateTimeOffset at, Power? power = null)
    {
        MustBeComplaint();
        MustBeOneOfUs(by);
        MustBeIn(CaseStage.Received, CaseStage.Listening);
        if (via is not (Channel.Phone or Channel.InPerson))
            throw new Refused("via", "On the spot means on the phone or in person. Otherwise send them options.");
        Needed(settled.Words, "words", "Quote how they said yes.");
        BeginListening(by, at);
        if (via == Channel.Phone)
            ReachCall(by, at); // a call that was agreed is made
        HearWantedOutcome(settled.WantedOutcome, by, at);
        if (State.AtRisk == true)
            throw new Refused("danger", "Somebody may be in danger: a lead looks at this first. Write down what you understood, and go on step by step.");

        WriteSummary(settled.Happened, settled.Matters, settled.Title, by, at);
        ConfirmSummary(State.Summaries.Count, via, settled.Words, by, at);
        PrepareOffer(settled.Draft(), by, at, power, settled.Laws is { } laws ? laws with { HasChosen = true } : null);
        var offer = State.Offer!;
        if (offer.NeedsApproval)
            throw new Refused("limit", "This is above what you may give unaided. Open the case and offer it: a second person approves it.");

        Tell(new OfferSent(at, by, offer.Id)); // said, not written: the customer gets all of it in writing with the confirmation of the choice
        Reserve(State.Offer!, calendar, at, power);
        Choose(offer.Id, 1, via, settled.Words, by, calendar, at);
        if (!settled.IsDone)
            return;
        foreach (var remedy in State.Remedies.Where(remedy => remedy.IsOpen).ToList())
            FinishRemedy(remedy.Id, null, by, at);
        CompleteDelivery(settled.Cause, settled.CheckBackAt, by, calendar, at);
    }
}

/// <summary>What was agreed with a customer on the spot.</summary>
/// <param name="WantedOutcome">What they said would put it right; <c>null</c> when they were asked and did not say.</param>
/// <param name="Happened">What happened, as read back to them.</param>
/// <param name="Matters">What matters most to them, as read back.</param>
/// <param name="Title">What we do, in a few words.</param>
/// <param name="Remedy">What we do, with its worth and date.</param>
/// <param name="IsAsWanted">Exactly what they asked for.</param>
/// <param name="Other">What else they could have had; needed when it is not what they asked for.</param>
/// <param name="Words">How they said yes, quoted.</param>
/// <param name="IsDone">They have it already.</param>
/// <param name="Cause">Code of the cause, when it is done; unknown without it.</param>
/// <param name="CheckBackAt">When we ask whether it is really put right.</param>
public sealed record OnTheSpot(
    string? WantedOutcome, string Happened, string Matters, string Title, OptionRemedy Remedy, bool IsAsWanted, string? Other, string Words, bool IsDone, string? Cause, DateTimeOffset CheckBackAt)
{
    /// <summary>The playbook that suits the case: what a law gives is what they get, or they asked for something else; <c>null</c> without one.</summary>
    public PlaybookTerms? Playbook { get; init; }

    /// <summary>The remedy laws that are switched on; <c>null</c> when they were not looked up.</summary>
    public LawTerms? Laws { get; init; }

    internal Case.Draft Draft()
    {
        var chosen = new Option(0, Title, IsAsWanted ? "It is what you asked for." : "You chose it when we spoke.", [Remedy], IsAsWanted);
        Option[] others = string.IsNullOrWhiteSpace(Other) ? [] : [new Option(0, Other.Trim(), "It was the other way.", [new OptionRemedy(RemedyKind.Other, Other.Trim(), Money.Zero(Remedy.Value.Currency), Remedy.DueAt)], false)];
        return new Case.Draft([chosen, .. others], null, CheckBackAt, CheckBackAt) { Playbook = Playbook };
    }
}
