using Amends.Domain.Calendars;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Remedies;

namespace Amends.Domain.Cases;

/// <summary>Money within one's limits, and the second person above them. Nobody approves their own.</summary>
public sealed partial class Case
{
    /// <summary>A second person agrees to what is above the first one's limit, for <see cref="Offer.ApprovalHolds"/>.</summary>
    /// <param name="id">The newest offer's.</param>
    /// <param name="by">The second person.</param>
    /// <param name="at">Now.</param>
    /// <param name="power">The limits that hold for them; those of a small team without them.</param>
    /// <exception cref="Refused"><c>second_person</c> for one's own; <c>limit</c> above one's own limit; <c>refused</c> when somebody said no.</exception>
    public void ApproveOffer(int id, Actor by, DateTimeOffset at, Power? power = null)
    {
        MustBeOneOfUs(by);
        var offer = OfferOf(State.Offer, id);
        if (!offer.NeedsApproval || offer.ApprovedBy is not null || offer.SentAt is not null)
            return;
        MustBeAnother(offer, by);
        if (offer.RefusedAt is not null)
            throw new Refused("refused", $"{offer.RefusedBy} said no to this: {offer.RefusedWhy} Other options can be prepared.");
        power ??= Power.Of(offer.Options);
        var role = power.Authority.RoleOf(by);
        if (power.Related.Contains(by.Id))
            throw new Refused("second_person", "You are close to this customer, so somebody else must decide on this.");
        if (role < Role.Lead || offer.Options.Any(option => power.Authority.WhyApproval(role, option.Remedies, State.Remedies, power.Given).Any(why => why != ApprovalReason.SecondPerson)))
            throw new Refused("limit", "This is above your own limit, too. Ask somebody with a higher one.");
        Tell(new OfferApproved(at, by, id, role));
    }

    /// <summary>Somebody does not agree. The reason is one that can be passed on to the customer.</summary>
    /// <exception cref="Refused"><c>why</c> without a reason; <c>second_person</c> for one's own.</exception>
    public void RefuseOffer(int id, string? why, Actor by, DateTimeOffset at, Power? power = null)
    {
        MustBeOneOfUs(by);
        var offer = OfferOf(State.Offer, id);
        if (offer.RefusedAt is not null)
            return;
        if (!offer.AwaitsApproval)
            throw new Refused("no_approval", "Nobody waits for an answer to this offer any more.");
        MustBeAnother(offer, by);
        if ((power?.Authority.RoleOf(by) ?? by.Role) < Role.Lead)
            throw new Refused("not_allowed", "A lead or somebody above decides on this.");
        Tell(new OfferRefused(at, by, id, Needed(why, "why", "Say why not, in a sentence that can be passed on to the customer.", 500)));
    }

    /// <summary>Asks a second person, for instance because a limit over many cases was reached meanwhile, or to be sure. Asking twice asks once.</summary>
    public void AskApproval(int id, Actor by, DateTimeOffset at)
    {
        MustBeOneOfUs(by);
        var offer = OfferOf(State.Offer, id);
        if (!offer.IsAddition)
            MustBeIn(CaseStage.Working, CaseStage.Offered);
        if (offer.SentAt is not null)
            throw new Refused("offer_sent", "These options have gone out already.");
        if (offer.RefusedAt is not null)
            throw new Refused("refused", $"{offer.RefusedBy} said no to this. Prepare other options.");
        if (!offer.AwaitsApproval)
            Tell(new ApprovalAsked(at, by, id, [ApprovalReason.Asked]));
    }

    private static void MustBeAnother(Offer offer, Actor by)
    {
        if (by.Id == offer.PreparedById)
            throw new Refused("second_person", "Somebody else must decide on this: nobody approves their own offer.");
    }

    private static void MustBeApproved(Offer offer, DateTimeOffset at)
    {
        if (offer.RefusedAt is not null)
            throw new Refused("refused", $"{offer.RefusedBy} said no to this: {offer.RefusedWhy} Prepare other options.");
        if (offer.NeedsApproval && offer.ApprovedBy is null)
            throw new Refused("approval", "This offer is above your limit. A second person must approve it first.");
        if (offer.ApprovedAt + Offer.ApprovalHolds <= at)
            throw new Refused("approval_lapsed", "The approval is older than 48 hours. Ask for it again.");
    }

    /// <summary>Why a second person must agree to any of the options, and whether nobody is there to be asked. Options up to a worth need no proof (practice 2-9).</summary>
    private (IReadOnlyList<ApprovalReason> Why, bool Alone) Weighed(IReadOnlyList<Option> options, string? evidence, Actor by, Power power, Money? noQuestionsUpTo = null)
    {
        var (authority, given) = power;
        var role = authority.RoleOf(by);
        if (string.IsNullOrWhiteSpace(evidence) && options.Any(option => !(noQuestionsUpTo is { } small && option.Value.Currency == small.Currency && option.Value.Minor <= small.Minor) && authority.NeedsEvidence(role, option.Remedies)))
            throw new Refused("evidence", "For a sum like this, say what it rests on: a photo, the order, a tracking number.");
        var why = options.SelectMany(option => authority.WhyApproval(role, option.Remedies, State.Remedies, given)).Distinct().Order().ToList();
        var most = options.Max(option => option.Remedies.Where(remedy => !remedy.IsStatutory).Sum(remedy => remedy.Cost.Minor));
        if (power.Related.Count > 0 && most > 0)
            why.Add(ApprovalReason.Related);
        if (authority.IsAlone)
            return ([], why.Count > 0);
        return authority.HasSecond(most) ? (why, false) : ([.. why.Where(each => each is not (ApprovalReason.SecondPerson or ApprovalReason.Related))], why.Any(each => each is ApprovalReason.SecondPerson or ApprovalReason.Related));
    }

    /// <summary>Whether what comes on top would be above what one may give in a case if the customer changed to another of their options, as they still may.</summary>
    private bool IsAboveWithAnotherChoice(Option onTop, Actor by, Authority authority) => !authority.IsAlone && State.MayChangeChoice && State.SentOffer is { } offer
        && offer.Options.Where(option => option.Id != offer.ChosenId).Any(option =>
            authority.WhyApproval(authority.RoleOf(by), [.. onTop.Remedies, .. option.Remedies], [.. State.Remedies.Except(State.Chosen)], null).Contains(ApprovalReason.Case));

    /// <summary>Sets the money of an offer aside: of each kind the most that any option holds, since the customer can choose one only.</summary>
    private void Reserve(Offer offer, Calendar calendar, DateTimeOffset at, Power? power)
    {
        var most = offer.Options.SelectMany(GiftsOf).GroupBy(gift => (gift.Kind, gift.IsStatutory, gift.Law, gift.Value.Currency))
            .Select(group => group.MaxBy(gift => gift.Value.Minor)!).ToList();
        var (person, role) = offer.ApprovedById is { } second ? (second, offer.ApprovedByRole) : (offer.PreparedById, offer.PreparedByRole);
        IReadOnlyList<Cap> caps = power is null || power.Authority.IsAlone ? [] : [.. Caps(power.Authority, role, offer.Options, calendar, at)];
        _claims.Add(new GiveMoney(offer.Id, person, State.CustomerId, at, most, caps, false, LocalDay.MonthBegins(at, calendar.Zone)) { Extras = [.. offer.Options.SelectMany(ExtrasOf).GroupBy(extra => extra.Key).Select(same => same.MaxBy(extra => extra.Pieces)!)] });
    }

    /// <summary>What was chosen stays given; the rest of what was set aside is free. Looked at again, it is asked of the budgets first, as if it were only offered.</summary>
    private void Grant(Offer offer, Option option, Calendar calendar, DateTimeOffset at, bool looksAgain = false)
    {
        var (since, gifts) = (offer.SentAt ?? at, GiftsOf(option));
        var month = LocalDay.MonthBegins(since, calendar.Zone);
        if (looksAgain)
            _claims.Add(new GiveMoney(offer.Id, offer.ApprovedById ?? offer.PreparedById, State.CustomerId, since, gifts, [], false, month) { Extras = [.. ExtrasOf(option)] });
        _claims.Add(new GiveMoney(offer.Id, offer.ApprovedById ?? offer.PreparedById, State.CustomerId, since, gifts, [], true, month) { Extras = [.. ExtrasOf(option)] });
    }

    private static IReadOnlyList<Gift> GiftsOf(Option option) =>
        [.. option.Remedies.Where(remedy => remedy.Cost.Minor > 0).GroupBy(remedy => (remedy.Kind, remedy.IsStatutory, Law: remedy.Law?.Name, remedy.Value.Currency))
            .Select(group => new Gift(group.Key.Kind, group.Select(remedy => remedy.Cost).Aggregate((left, right) => left + right), group.Key.IsStatutory, group.Key.Law))];

    private static IEnumerable<HeldExtra> ExtrasOf(Option option) =>
        option.Remedies.Where(remedy => remedy.Data?.ExtraKey is not null).GroupBy(remedy => remedy.Data!.ExtraKey!).Select(same => new HeldExtra(same.Key, same.First().Data!.Extra ?? same.First().What, same.Count()));

    private static IEnumerable<Cap> Caps(Authority authority, Role role, IReadOnlyList<Option> options, Calendar calendar, DateTimeOffset at)
    {
        foreach (var sums in options.SelectMany(option => authority.Sums(role, option.Remedies)).GroupBy(sum => sum.Limit))
        {
            var (limit, most) = (sums.Key, sums.Max(sum => sum.Minor));
            RemedyKind[] kinds = [.. Enum.GetValues<RemedyKind>().Where(kind => authority.For(role, kind) == limit)];
            if (limit.PerCustomer is { } customer)
                yield return new Cap(ApprovalReason.Customer, kinds, at.AddDays(-Authority.CustomerDays), customer, most);
            if (limit.PerDay is { } day)
                yield return new Cap(ApprovalReason.Day, kinds, LocalDay.Begins(at, calendar.Zone), day, most);
        }
    }

    private IEnumerable<Alarm> ApprovalAlarms()
    {
        if (State is { IsOpen: true, Offer: { SentAt: null, ApprovedAt: { } approved } offer })
            yield return new Alarm(approved + Offer.ApprovalHolds, at => Tell(new ApprovalLapsed(at, Actor.Amends, offer.Id)));
    }
}

/// <summary>What somebody may give at a moment.</summary>
/// <param name="Authority">The limits.</param>
/// <param name="Given">What was given outside the case by them and to this customer, by kind; <c>null</c> when it was not looked up.</param>
public sealed record Power(Authority Authority, IReadOnlyDictionary<RemedyKind, Given>? Given = null)
{
    /// <summary>What goods cost us of their price, 0 to 1; <c>null</c> when nobody said.</summary>
    public decimal? CostShare { get; init; }

    /// <summary>Those of us who the customer is, or is close to, by id; 0 where it is only known that there is somebody. Empty as a rule.</summary>
    public IReadOnlyList<long> Related { get; init; } = [];

    /// <summary>A small team's, in the currency of the options.</summary>
    internal static Power Of(IReadOnlyList<Option> options) => new(Authority.Of(AuthorityProfile.SmallTeam, options[0].Value.Currency));
}
