using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Ledger;
using Amends.Domain.Payments;
using Amends.Domain.People;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Cases;

/// <summary>Money that was seen and came back.</summary>
public sealed class ReturnedPaymentTests
{
    [Fact]
    public void It_is_owed_again_from_the_first_step_and_the_books_turn_the_payment_round()
    {
        var @case = Paid();
        @case.ReturnPayment(1, "The card had expired.", Hours, Start.AddDays(2));
        @case.ReturnPayment(1, "Told twice.", Hours, Start.AddDays(2).AddHours(1));

        var (payment, remedy) = (@case.State.Payments[0], @case.State.Remedies[0]);
        Assert.Equal((PaymentState.Failed, "The card had expired.", Start.AddDays(2)), (payment.State, payment.Problem!, payment.ReturnedAt!.Value));
        Assert.Equal((true, null), (remedy.IsOpen, remedy.Step));
        Assert.Equal(CaseStage.Delivering, @case.State.Stage);
        var last = Postings.Of(new CaseState(), [.. @case.News]).ToList();
        Assert.Equal([EntryKind.Owed, EntryKind.Paid, EntryKind.Returned], last.Select(entry => entry.Kind));
        Assert.Equal([(Account.Cash, 2000L), (Account.Owed, -2000L)], last[^1].Lines.Select(line => (line.Account, line.Amount.Minor)));

        @case.RequestPayment(1, "manual", false, Jo, Start.AddDays(3));
        @case.ConfirmPayment(2, "Statement 2", Jo, Start.AddDays(3));
        Assert.False(@case.State.Remedies[0].IsOpen);
        Assert.Equal(EntryKind.Paid, Postings.Of(new CaseState(), [.. @case.News]).Last().Kind);
    }

    [Fact]
    public void The_customer_hears_of_it_soon_and_what_is_promised_sooner_or_broken_stays_theirs()
    {
        var @case = Paid();
        var later = Start.AddDays(6);
        @case.KeepPromise("how far we are", later, Jo, Hours, Start.AddHours(5));
        @case.ReturnPayment(1, "no", Hours, Start.AddHours(6));
        Assert.Contains("did not arrive", @case.State.NextContact!.What);
        Assert.True(@case.State.NextContact.DueAt < later);

        var broken = Paid();
        broken.Wake(broken.State.NextContact!.DueAt.AddHours(1));
        broken.ReturnPayment(1, "no", Hours, broken.State.NextContact!.DueAt.AddHours(2));
        Assert.NotNull(broken.State.NextContact!.MissedAt);
    }

    [Fact]
    public void A_case_that_is_asked_about_or_closed_goes_on_and_asks_anew()
    {
        var @case = Paid();
        @case.CompleteDelivery(null, Start.AddDays(3), Jo, Hours, Start.AddDays(1));
        @case.Wake(Start.AddDays(3).AddHours(1));
        Assert.Equal(CaseStage.CheckBack, @case.State.Stage);
        @case.ReturnPayment(1, "no", Hours, Start.AddDays(4));
        Assert.Equal((CaseStage.Delivering, 0), (@case.State.Stage, @case.State.CheckBack!.Attempts));
        Assert.Equal("remedies_open", Assert.Throws<Refused>(() => @case.CompleteDelivery(null, null, Jo, Hours, Start.AddDays(4))).Code);

        var closed = Paid();
        closed.CompleteDelivery(null, Start.AddDays(3), Jo, Hours, Start.AddDays(1));
        closed.AnswerCheckBack(CheckBackAnswer.Yes, 5, Channel.Page, null, Amara, Hours, Start.AddDays(2));
        Assert.False(closed.State.IsOpen);
        closed.ReturnPayment(1, "no", Hours, Start.AddDays(9));
        Assert.Equal((CaseStage.Delivering, 1), (closed.State.Stage, closed.State.Reopened));
        Assert.NotNull(closed.State.NextContact);
        Assert.Equal([EntryKind.Owed, EntryKind.Paid, EntryKind.Returned], Postings.Of(new CaseState(), [.. closed.News]).Select(entry => entry.Kind));
    }

    [Theory]
    [InlineData("amends-17-3", 17, 3)]
    [InlineData("amends-17", null, null)]
    [InlineData("amends-17-3-4", null, null)]
    [InlineData("other-17-3", null, null)]
    [InlineData("amends--17-3", null, null)]
    [InlineData("amends-99999999999999999999-3", null, null)]
    public void A_key_names_its_payment(string key, int? number, int? id) => Assert.Equal(number is null ? null : ((long)number, id!.Value), Payment.OfKey(key));

    private static Case Paid()
    {
        var @case = Delivering();
        @case.RequestPayment(1, "manual", false, Jo, Start.AddHours(3));
        @case.ConfirmPayment(1, "Statement 1", Jo, Start.AddHours(4));
        return @case;
    }
}
