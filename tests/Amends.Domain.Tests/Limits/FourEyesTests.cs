using Amends.Domain.Cases;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Remedies;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Limits;

/// <summary>Where two people look: large sums whoever gives them, customers who are close to us, and what is turned round; and that limits count what a thing costs.</summary>
public sealed class FourEyesTests
{
    private static readonly Authority Small = Authority.Of(AuthorityProfile.SmallTeam, "EUR");

    [Fact]
    public void Two_look_at_more_than_250_of_an_owner_where_somebody_could_and_it_is_marked_where_nobody_can()
    {
        var team = new Power(Small with { Others = [Role.Agent, Role.Manager] });
        Assert.Equal([ApprovalReason.SecondPerson], Prepared(Max, 251, team).WhyApproval);
        Assert.False(Prepared(Max, 250, team).NeedsApproval);
        Assert.True(Prepared(Max, 251, new Power(Small with { Others = [Role.Agent] })) is { NeedsApproval: false, GivenAlone: true });
        Assert.True(Prepared(Max, 1001, team) is { NeedsApproval: false, GivenAlone: true }); // above what the manager may agree to
        Assert.True(Prepared(Max, 251, new Power(Small with { Others = [] })) is { NeedsApproval: false, GivenAlone: true });

        var @case = Understood();
        @case.PrepareOffer(Draft(300, 1, asWanted: true), Max, Start, team);
        Assert.Equal("second_person", Code(() => @case.ApproveOffer(1, Max, Start, team)));
        @case.ApproveOffer(1, Actor.Person(9, "Marta", Role.Manager), Start, new Power(Small));
        @case.SendOffer(1, Max, Hours, Start);
        Assert.Equal(CaseStage.Offered, @case.State.Stage);
    }

    [Fact]
    public void A_customer_who_is_close_to_one_of_us_needs_somebody_who_is_not()
    {
        var power = new Power(Small with { Others = [Role.Lead, Role.Owner] }) { Related = [Lea.Id] };
        Assert.Equal([ApprovalReason.Related], Prepared(Jo, 1, power).WhyApproval);
        var @case = Understood();
        @case.PrepareOffer(Draft(1, 1, asWanted: true), Jo, Start, power);
        Assert.Equal("second_person", Code(() => @case.ApproveOffer(1, Lea, Start, power)));
        @case.ApproveOffer(1, Max, Start, power);

        var law = Understood();
        law.PrepareOffer(new Case.Draft([new Option(0, "It", "The law.", [new OptionRemedy(RemedyKind.Refund, "Money back", new Money(90000, "EUR"), Start.AddDays(2)) { IsStatutory = true, Law = new Amends.Domain.Laws.LegalBasis(null, "The law on sales") }], true)], null, Start.AddDays(3), Start.AddDays(7)), Jo, Start, power);
        Assert.False(law.State.Offer!.NeedsApproval); // what the law gives is held up by nothing
    }

    [Fact]
    public void Whoever_gave_more_than_their_limit_does_not_say_alone_that_it_was_not_given()
    {
        var power = new Power(Small with { Others = [Role.Agent, Role.Lead] });
        Case Given(long euros)
        {
            var @case = Understood();
            @case.PrepareOffer(Draft(euros, 1, asWanted: true), Jo, Start, power);
            if (@case.State.Offer!.NeedsApproval)
                @case.ApproveOffer(1, Lea, Start, power);
            @case.SendOffer(1, Jo, Hours, Start);
            @case.Choose(1, 1, Channel.Page, null, Amara, Hours, Start.AddHours(1));
            return @case;
        }

        var high = Given(60);
        Assert.Equal("second_person", Code(() => high.FailRemedy(1, "It came back.", Jo, Hours, Start.AddHours(2), power)));
        Given(50).FailRemedy(1, "It came back.", Jo, Hours, Start.AddHours(2), power);
        Given(60).FailRemedy(1, "It came back.", Jo, Hours, Start.AddHours(2), new Power(Small with { Others = [] })); // nobody else is there
        high.FailRemedy(1, "It came back.", Actor.Person(9, "Ben", Role.Agent), Hours, Start.AddHours(2), power);
        Assert.Equal(new TakeBackMoney(RemedyKind.Refund, new Money(6000, "EUR")), high.Claims.OfType<TakeBackMoney>().Single());
    }

    [Fact]
    public void Limits_and_what_is_set_aside_count_what_goods_and_extras_cost_us()
    {
        var power = new Power(Small) { CostShare = 0.60m };
        var @case = Understood();
        @case.PrepareOffer(new Case.Draft([new Option(0, "A new one", "Because of tea.", [Of(RemedyKind.Replacement, 8000), Of(RemedyKind.ValueAdd, 3000) with { Data = new RemedyData { Extra = "A lid", Cost = new Money(200, "EUR") } }], true)], null, Start.AddDays(3), Start.AddDays(7)), Jo, Start, power);
        Assert.False(@case.State.Offer!.NeedsApproval); // 48 and 2 of 50
        @case.SendOffer(1, Jo, Hours, Start, power);
        Assert.Equal([4800L, 200L], @case.Claims.OfType<GiveMoney>().Single().Gifts.Select(gift => gift.Value.Minor));
        Assert.Equal([5000L, 5000L], @case.Claims.OfType<GiveMoney>().Single().Caps.Select(cap => cap.Adds));
        @case.Choose(1, 1, Channel.Page, null, Amara, Hours, Start.AddHours(1));
        @case.FailRemedy(1, "It broke.", Jo, Hours, Start.AddHours(2));
        Assert.Equal(4800, @case.Claims.OfType<TakeBackMoney>().Single().Value.Minor); // what was set aside comes back, whatever the share is by then

        Assert.Equal([ApprovalReason.Case], Prepared(Jo, 51, power).WhyApproval); // money costs what it is
        var unknown = Understood();
        unknown.PrepareOffer(new Case.Draft([new Option(0, "A new one", "Because of tea.", [Of(RemedyKind.Replacement, 8000)], true)], null, Start.AddDays(3), Start.AddDays(7)), Jo, Start, new Power(Small));
        Assert.Equal([ApprovalReason.Case], unknown.State.Offer!.WhyApproval); // nobody said what goods cost
    }

    [Theory]
    [InlineData("lea@shop.example", null, new[] { 2L })] // herself
    [InlineData("kim@home.example", "+44 113 496 0142", new[] { 2L })] // the number of her own customer's page
    [InlineData("kim@SHOP.example", null, new[] { 0L })] // our own domain
    [InlineData("kim@gmail.com", null, new long[0])] // shared by everybody
    [InlineData("kim@home.example", "0142", new long[0])] // too short to say anything
    public void A_customer_is_close_by_address_by_number_or_by_our_own_domain(string address, string? phone, long[] related) =>
        Assert.Equal(related, Relations.Of([address], phone, [(1, "jo@gmail.com", null), (2, "Lea@shop.example", "0113 496 0142")]));

    private static Offer Prepared(Actor by, long euros, Power power)
    {
        var @case = Understood();
        @case.PrepareOffer(Draft(euros, 1, asWanted: true), by, Start, power);
        return @case.State.Offer!;
    }

    private static OptionRemedy Of(RemedyKind kind, long minor) => new(kind, kind.ToString(), new Money(minor, "EUR"), Start.AddDays(2));

    private static string Code(Action act) => Assert.Throws<Refused>(act).Code;
}
