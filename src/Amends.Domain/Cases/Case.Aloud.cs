using Amends.Domain.Calendars;
using Amends.Domain.Issues;
using Amends.Domain.Offers;
using Amends.Domain.People;

namespace Amends.Domain.Cases;

/// <summary>Options that are read aloud, while the customer is on the phone or across the counter (T4).</summary>
public sealed partial class Case
{
    /// <summary>
    /// The options were read to the customer. All guards of sending them hold; as nothing is written, the customer must have said that we
    /// understood before.
    /// </summary>
    /// <exception cref="Refused"><c>confirm_first</c> without their yes; <c>limit</c> when a second person has to agree; <c>danger</c> when somebody is at risk.</exception>
    public void OfferAloud(int id, Channel via, Actor by, Calendar calendar, DateTimeOffset at, Power? power = null)
    {
        MustBeOneOfUs(by);
        if (via is not (Channel.Phone or Channel.InPerson))
            throw new Refused("via", "Read options aloud on the phone or in person. Otherwise send them.");
        var offer = OfferOf(State.Offer, id);
        if (offer.SentAt is not null)
            return;
        MustBeIn(CaseStage.Working, CaseStage.Offered);
        if (State.AtRisk == true)
            throw new Refused("danger", "Somebody may be in danger: a lead looks at this first. Leave the options out, and save what was said.");
        if (State.Summary is not { ConfirmedAt: not null, CorrectedAt: null })
            throw new Refused("confirm_first", "Read back first what you understood, and write down their yes.");
        if (offer is { NeedsApproval: true, ApprovedBy: null })
            throw new Refused("limit", "This is above what you may give unaided. Choose “they want it in writing”: a second person looks at it, and then it goes to them.");
        MustBeApproved(offer, at);
        PutToCustomer(offer, by, calendar, at, power);
    }
}
