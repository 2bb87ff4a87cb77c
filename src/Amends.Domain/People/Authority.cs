using Amends.Domain.Offers;
using Amends.Domain.Remedies;

namespace Amends.Domain.People;

/// <summary>Ready-made sets of limits.</summary>
public enum AuthorityProfile
{
    /// <summary>Modest limits that grow with the role.</summary>
    SmallTeam = 1,

    /// <summary>One person alone: nobody could be asked, so nothing waits; what is above a threshold is marked and kept.</summary>
    Solo,

    /// <summary>A large fixed sum for everybody, looked at afterwards instead of before.</summary>
    TrustFirst,

    /// <summary>Limits of the company's own.</summary>
    Own,
}

/// <summary>Why a second person must agree.</summary>
public enum ApprovalReason
{
    /// <summary>More than may be given in one case.</summary>
    Case = 1,

    /// <summary>More than this customer may be given within <see cref="Authority.CustomerDays"/> days.</summary>
    Customer,

    /// <summary>More than one person may give on a day.</summary>
    Day,

    /// <summary>Above this sum two people always look.</summary>
    SecondPerson,

    /// <summary>The one who prepared it asked for it.</summary>
    Asked,

    /// <summary>The customer is one of us, or close to one of us.</summary>
    Related,
}

/// <summary>What one role may give unaided, of one kind of remedy or of all that have no row of their own. Amounts are minor units; <c>null</c> is without limit.</summary>
/// <param name="Role">Whose limit.</param>
/// <param name="Kind">The kind of remedy; <c>null</c> for all others.</param>
public sealed record Limit(Role Role, RemedyKind? Kind = null)
{
    /// <summary>In one case, all its remedies together.</summary>
    public long? PerCase { get; init; }

    /// <summary>To one customer within <see cref="Authority.CustomerDays"/> days, whoever gave it.</summary>
    public long? PerCustomer { get; init; }

    /// <summary>By one person on a day.</summary>
    public long? PerDay { get; init; }

    /// <summary>Above it a second person agrees, whatever the other limits say.</summary>
    public long? SecondPersonAbove { get; init; }

    /// <summary>Above it the offer says what it rests on: a photo, an order, a tracking number.</summary>
    public long? EvidenceAbove { get; init; }
}

/// <summary>What was given up to now, of one kind of remedy, in minor units.</summary>
/// <param name="Customer">To this customer within <see cref="Authority.CustomerDays"/> days.</param>
/// <param name="Day">By this person today.</param>
public readonly record struct Given(long Customer, long Day);

/// <summary>
/// How much each role may give unaided (delegation of authority). What the law gives the customer counts against nothing: it is
/// only recorded. Limits are in the company's currency, and count what a remedy costs us, where that is known; else what it is worth.
/// </summary>
/// <param name="Profile">The set that it began with.</param>
/// <param name="Currency">The company's.</param>
/// <param name="Limits">A row a role, and rows for single kinds.</param>
public sealed record Authority(AuthorityProfile Profile, string Currency, IReadOnlyList<Limit> Limits)
{
    /// <summary>How far back what a customer got is counted.</summary>
    public const int CustomerDays = 90;

    /// <summary>A role that somebody lent to the one who acts, until a date.</summary>
    public Role? Lent { get; init; }

    /// <summary>The roles of the others who work here; <c>null</c> when nobody looked them up, and then somebody is taken to be there.</summary>
    public IReadOnlyList<Role>? Others { get; init; }

    /// <summary>Nobody else is there to be asked: nothing waits, and what would is marked.</summary>
    public bool IsAlone => Profile == AuthorityProfile.Solo;

    /// <summary>The limits of a profile. <see cref="AuthorityProfile.Own"/> begins as a small team.</summary>
    /// <param name="profile">Which.</param>
    /// <param name="currency">The company's.</param>
    public static Authority Of(AuthorityProfile profile, string currency)
    {
        long Minor(int major) => Money.FromMajor(major, currency).Minor;
        IReadOnlyList<Limit> limits = profile switch
        {
            AuthorityProfile.Solo => [.. Working.Select(role => new Limit(role) { SecondPersonAbove = Minor(250) })],
            AuthorityProfile.TrustFirst => [.. Working.Select(role => new Limit(role) { PerCase = role == Role.Owner ? null : Minor(2000), EvidenceAbove = role == Role.Owner ? null : Minor(500) })],
            _ =>
            [
                new(Role.Agent) { PerCase = Minor(50), PerCustomer = Minor(100), PerDay = Minor(300) },
                new(Role.Lead) { PerCase = Minor(250), PerCustomer = Minor(500), PerDay = Minor(1500) },
                new(Role.Manager) { PerCase = Minor(1000), PerCustomer = Minor(2000), SecondPersonAbove = Minor(250) },
                new(Role.Owner) { SecondPersonAbove = Minor(250) },
            ],
        };
        return new Authority(profile, currency, limits);
    }

    /// <summary>The roles that give anything.</summary>
    public static IReadOnlyList<Role> Working { get; } = [Role.Agent, Role.Lead, Role.Manager, Role.Owner];

    /// <summary>The role whose limits hold for somebody: their own, or a higher one that was lent to them.</summary>
    public Role RoleOf(Actor by) => Lent is { } lent && lent > by.Role && by.Kind == ActorKind.Person && by.Role != Role.Reader ? lent : by.Role;

    /// <summary>The row that holds for a role and a kind of remedy; a role without one may give nothing.</summary>
    public Limit For(Role role, RemedyKind kind) => Limits.FirstOrDefault(limit => limit.Role == role && limit.Kind == kind) ?? General(role);

    /// <summary>The row that holds for a role in general.</summary>
    public Limit General(Role role) => Limits.FirstOrDefault(limit => limit.Role == role && limit.Kind is null) ?? new Limit(role) { PerCase = 0, PerCustomer = 0, PerDay = 0 };

    /// <summary>What a role may give in a case of no particular kind; <c>null</c> is without limit.</summary>
    public Money? MostOf(Role role) => General(role) is var limit && Least(limit.PerCase, IsAlone ? null : limit.SecondPersonAbove) is { } most ? new Money(most, Currency) : null;

    /// <summary>Why a second person must agree to one option; empty when nobody needs to.</summary>
    /// <param name="role">Whose limits hold, as <see cref="RoleOf"/> says.</param>
    /// <param name="remedies">What the option holds.</param>
    /// <param name="before">What the case owes or gave already.</param>
    /// <param name="given">What was given outside the case, by kind; <c>null</c> when it was not looked up.</param>
    public IReadOnlyList<ApprovalReason> WhyApproval(Role role, IReadOnlyList<OptionRemedy> remedies, IReadOnlyList<Remedy> before, IReadOnlyDictionary<RemedyKind, Given>? given)
    {
        var why = new SortedSet<ApprovalReason>();
        foreach (var sum in Sums(role, remedies))
        {
            var inCase = before.Where(remedy => !remedy.IsStatutory && remedy.FailedAt is null && remedy.ReplacedAt is null && remedy.Value.Currency == Currency && ReferenceEquals(For(role, remedy.Kind), sum.Limit)).Sum(remedy => remedy.Cost.Minor);
            var outside = (given ?? new Dictionary<RemedyKind, Given>()).Where(each => ReferenceEquals(For(role, each.Key), sum.Limit)).Select(each => each.Value).ToList();
            if (sum.Minor + inCase > sum.Limit.PerCase)
                why.Add(ApprovalReason.Case);
            if (sum.Minor + outside.Sum(each => each.Customer) > sum.Limit.PerCustomer)
                why.Add(ApprovalReason.Customer);
            if (sum.Minor + outside.Sum(each => each.Day) > sum.Limit.PerDay)
                why.Add(ApprovalReason.Day);
            if (sum.Minor > sum.Limit.SecondPersonAbove)
                why.Add(ApprovalReason.SecondPerson);
        }

        return [.. why];
    }

    /// <summary>Whether anybody else could agree to a sum as the second person: a lead or somebody above, within their own limit for a case.</summary>
    /// <param name="minor">The sum, minor units.</param>
    public bool HasSecond(long minor) => Others is null || Others.Any(role => role >= Role.Lead && !(General(role).PerCase < minor));

    /// <summary>Above which sum two people know of what one does: where two always look, or what one may give alone in a case; <c>null</c> for none.</summary>
    /// <param name="role">Whose limits hold.</param>
    public Money? TwoAbove(Role role) => !IsAlone && Least(General(role).PerCase, General(role).SecondPersonAbove) is { } most ? new Money(most, Currency) : null;

    /// <summary>Whether an option must say what it rests on.</summary>
    public bool NeedsEvidence(Role role, IReadOnlyList<OptionRemedy> remedies) => Sums(role, remedies).Any(sum => sum.Minor > sum.Limit.EvidenceAbove);

    /// <summary>What an option gives beyond the law, by the row that it counts against; rows that it does not touch are left out.</summary>
    /// <exception cref="Refused"><c>currency</c>: a worth in another currency than the limits.</exception>
    internal IEnumerable<(Limit Limit, long Minor)> Sums(Role role, IReadOnlyList<OptionRemedy> remedies)
    {
        var counts = remedies.Where(remedy => remedy is { IsStatutory: false, Value.Minor: > 0 }).ToList();
        if (counts.Any(remedy => remedy.Value.Currency != Currency))
            throw new Refused("currency", $"Limits are in {Currency}. Give the worth in {Currency}, too.");
        var general = General(role);
        return counts.GroupBy(remedy => Limits.FirstOrDefault(limit => limit.Role == role && limit.Kind == remedy.Kind) ?? general, ReferenceEqualityComparer.Instance)
            .Select(group => ((Limit)group.Key!, group.Sum(remedy => remedy.Cost.Minor)));
    }

    private static long? Least(long? left, long? right) => left is null ? right : right is null ? left : Math.Min(left.Value, right.Value);
}
