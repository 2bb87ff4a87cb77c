using Amends.Domain.Offers;
using Amends.Domain.Remedies;
using Amends.Domain.Returns;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Returns;

public sealed class ReturnRuleTests
{
    private static readonly ReturnRule Rule = new(new Money(3000, "EUR"), new Money(9000, "EUR"));

    [Theory]
    [InlineData(RemedyKind.Refund, 3000, false)] // up to it they keep it
    [InlineData(RemedyKind.Refund, 3001, true)]
    [InlineData(RemedyKind.Replacement, 0, true)] // worth what the order cost
    [InlineData(RemedyKind.Substitute, 100, false)]
    [InlineData(RemedyKind.PriceReduction, 8000, false)] // they keep it anyway
    [InlineData(RemedyKind.Voucher, 8000, false)]
    [InlineData(RemedyKind.Repair, 8000, false)]
    public void The_return_is_proposed_above_the_worth_and_for_the_whole_thing_alone(RemedyKind kind, long minor, bool proposes) => Assert.Equal(proposes, Rule.Proposes(Of(kind, minor)));

    [Fact]
    public void Without_an_order_what_names_no_worth_is_not_asked_about_and_other_currencies_are_not_compared()
    {
        Assert.False((Rule with { Order = null }).Proposes(Of(RemedyKind.Replacement, 0)));
        Assert.False(Rule.Proposes(Of(RemedyKind.Refund, 9000) with { Value = new Money(9000, "JPY") }));
    }

    [Fact]
    public void Doing_without_has_a_reason_and_what_the_law_gives_is_not_asked_about()
    {
        string? Prepare(OptionRemedy remedy, ReturnRule? rule)
        {
            var @case = Understood();
            try
            {
                @case.PrepareOffer(Draft(20) with { Options = [new Option(0, "Money", "It suits.", remedy.WithReturn(), true)], Returns = rule }, Jo, Start.AddHours(1));
                return null;
            }
            catch (Refused no)
            {
                return no.Code;
            }
        }

        var refund = Of(RemedyKind.Refund, 4000);
        Assert.Equal("keeps_why", Prepare(refund, Rule));
        Assert.Null(Prepare(refund, null));
        Assert.Null(Prepare(refund with { IsStatutory = true, Law = new Amends.Domain.Laws.LegalBasis(null, "The law on sales") }, Rule));
        Assert.Null(Prepare(refund with { Data = new RemedyData { KeepsWhy = "It is broken glass." } }, Rule));
        Assert.Null(Prepare(refund with { Data = new RemedyData { ReleaseOn = ReleaseOn.Scan } }, Rule));
        Assert.Null(Prepare(Of(RemedyKind.Refund, 3000), Rule));
    }

    private static OptionRemedy Of(RemedyKind kind, long minor) => new(kind, "it", new Money(minor, "EUR"), Start.AddDays(3)) { Data = kind == RemedyKind.Substitute ? new RemedyData { InsteadOf = "the blue one" } : null };
}
