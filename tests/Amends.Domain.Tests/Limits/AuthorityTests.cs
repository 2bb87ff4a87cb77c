using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Remedies;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Limits;

/// <summary>Who may give how much: the boundary, the sum of a case, kinds with limits of their own, what the law gives.</summary>
public sealed class AuthorityTests
{
    private static readonly Authority Small = Authority.Of(AuthorityProfile.SmallTeam, "EUR");

    [Theory]
    [InlineData(Role.Agent, 5000, false)]
    [InlineData(Role.Agent, 5001, true)]
    [InlineData(Role.Lead, 25000, false)]
    [InlineData(Role.Lead, 25001, true)]
    [InlineData(Role.Manager, 100000, false)]
    [InlineData(Role.Manager, 100001, true)]
    [InlineData(Role.Owner, 99999999, false)]
    [InlineData(Role.Reader, 1, true)]
    public void Exactly_the_limit_may_be_given_and_a_cent_more_may_not(Role role, long minor, bool asks) =>
        Assert.Equal(asks, Small.WhyApproval(role, [Gift(minor)], [], null).Contains(ApprovalReason.Case));

    [Fact]
    public void What_a_case_gave_before_counts_and_what_failed_does_not()
    {
        var given = new Remedy(1, RemedyKind.Refund, "x", new Money(3000, "EUR"), Start, null);
        Assert.Equal([ApprovalReason.Case], Small.WhyApproval(Role.Agent, [Gift(2001)], [given], null));
        Assert.Empty(Small.WhyApproval(Role.Agent, [Gift(2000)], [given], null));
        Assert.Empty(Small.WhyApproval(Role.Agent, [Gift(2001)], [given with { FailedAt = Start }], null));
    }

    [Fact]
    public void What_the_customer_got_and_what_was_given_today_count_across_cases()
    {
        var before = new Dictionary<RemedyKind, Given> { [RemedyKind.Voucher] = new(Customer: 6000, Day: 26000) };
        Assert.Equal([ApprovalReason.Customer, ApprovalReason.Day], Small.WhyApproval(Role.Agent, [Gift(4001)], [], before));
        Assert.Empty(Small.WhyApproval(Role.Agent, [Gift(4000)], [], before));
    }

    [Fact]
    public void A_kind_with_limits_of_its_own_counts_by_itself()
    {
        var own = Small with { Limits = [.. Small.Limits, new Limit(Role.Agent, RemedyKind.Voucher) { PerCase = 10000 }] };
        Assert.Empty(own.WhyApproval(Role.Agent, [Gift(5000), Gift(10000, RemedyKind.Voucher)], [], null));
        Assert.Equal([ApprovalReason.Case], own.WhyApproval(Role.Agent, [Gift(10001, RemedyKind.Voucher)], [], null));
        Assert.Equal([ApprovalReason.Case], own.WhyApproval(Role.Agent, [Gift(5001)], [], null));
    }

    [Fact]
    public void What_the_law_gives_counts_against_nothing()
    {
        var law = Gift(900_000) with { IsStatutory = true };
        Assert.Empty(Small.WhyApproval(Role.Agent, [law, Gift(5000)], [new Remedy(1, RemedyKind.Refund, "x", new Money(90000, "EUR"), Start, null) { IsStatutory = true }], null));
        Assert.False(Authority.Of(AuthorityProfile.TrustFirst, "EUR").NeedsEvidence(Role.Agent, [law]));
    }

    [Fact]
    public void Lent_limits_raise_whoever_has_them_and_nobody_who_only_reads()
    {
        var lent = Small with { Lent = Role.Manager };
        Assert.Equal(Role.Manager, lent.RoleOf(Jo));
        Assert.Equal(Role.Owner, lent.RoleOf(Max));
        Assert.Equal(Role.Reader, lent.RoleOf(Rita));
    }

    [Theory]
    [InlineData(AuthorityProfile.SmallTeam, Role.Agent, 5000L)]
    [InlineData(AuthorityProfile.TrustFirst, Role.Agent, 200000L)]
    [InlineData(AuthorityProfile.Solo, Role.Agent, null)]
    [InlineData(AuthorityProfile.SmallTeam, Role.Owner, 25000L)] // unlimited, and two look above it
    public void A_profile_says_how_much(AuthorityProfile profile, Role role, long? minor) => Assert.Equal(minor, Authority.Of(profile, "EUR").MostOf(role)?.Minor);

    [Theory]
    [InlineData(19, 19, false)]
    [InlineData(20, 20, true)]
    [InlineData(20, 19, false)] // 95 %, not more
    [InlineData(40, 39, true)]
    public void A_limit_that_is_nearly_always_lifted_unchanged_could_be_higher(int answers, int unchanged, bool suggests) =>
        Assert.Equal(suggests, new ApprovalTally(Role.Agent, answers, answers, unchanged, [.. Enumerable.Repeat(TimeSpan.FromHours(1), answers)]).SuggestsMore);

    [Fact]
    public void The_middle_wait_is_the_mean_of_two_when_there_is_no_single_middle()
    {
        static ApprovalTally Of(params int[] hours) => new(Role.Agent, 0, 0, 0, [.. hours.Select(each => TimeSpan.FromHours(each))]);
        Assert.Null(Of().MedianWait);
        Assert.Equal(TimeSpan.FromHours(3), Of(9, 1, 3).MedianWait);
        Assert.Equal(TimeSpan.FromHours(2), Of(9, 1, 3, 1).MedianWait);
    }

    private static OptionRemedy Gift(long minor, RemedyKind kind = RemedyKind.Refund) => new(kind, "Money back", new Money(minor, "EUR"), Start.AddDays(2));
}
