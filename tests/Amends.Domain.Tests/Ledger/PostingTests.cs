using Amends.Domain.Cases;
using Amends.Domain.Ledger;
using Amends.Domain.Remedies;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Ledger;

/// <summary>What happened to a case, as entries that sum to zero.</summary>
public sealed class PostingTests
{
    [Fact]
    public void A_chosen_remedy_is_owed_and_a_done_one_is_paid_from_where_it_comes()
    {
        var @case = Offered();
        @case.Choose(1, 1, Channel.Page, null, Amara, Hours, Start);
        @case.FinishRemedy(1, null, Jo, Start.AddHours(1));
        var entries = Postings.Of(new CaseState(), Story(@case)).ToList();

        Assert.Equal([EntryKind.Owed, EntryKind.Paid], entries.Select(entry => entry.Kind));
        Assert.Equal([(Account.Expense, 2000L), (Account.Owed, -2000L)], entries[0].Lines.Select(line => (line.Account, line.Amount.Minor)));
        Assert.Equal([(Account.Owed, 2000L), (Account.Cash, -2000L)], entries[1].Lines.Select(line => (line.Account, line.Amount.Minor)));
    }

    [Fact]
    public void What_failed_is_turned_round()
    {
        var @case = Delivering();
        @case.FailRemedy(1, "It broke.", Jo, Hours, Start.AddHours(2));
        var entry = Postings.Of(new CaseState(), Story(@case)).Last();
        Assert.Equal((EntryKind.Reversed, Account.Owed, Account.Expense), (entry.Kind, entry.Lines[0].Account, entry.Lines[1].Account));
    }

    [Fact]
    public void What_is_open_when_a_case_ends_is_not_owed_any_more_and_owed_again_when_it_goes_on()
    {
        var @case = Delivering();
        @case.Withdraw(CloseReason.Withdrawn, "They found it.", Told.Without("They said so themselves."), Jo, Start.AddHours(2));
        @case.Reopen("They want it after all.", Jo, Hours, Start.AddHours(3));
        var entries = Postings.Of(new CaseState(), Story(@case)).ToList();
        Assert.Equal([EntryKind.Owed, EntryKind.Reversed, EntryKind.Owed], entries.Select(entry => entry.Kind));
        Assert.All(entries, entry => Assert.Equal(0, entry.Lines.Sum(line => line.Amount.Minor)));
    }

    [Theory]
    [InlineData(RemedyKind.Refund, Account.Cash)]
    [InlineData(RemedyKind.Voucher, Account.Vouchers)]
    [InlineData(RemedyKind.Replacement, Account.Goods)]
    [InlineData(RemedyKind.Redo, Account.Goods)]
    public void A_remedy_comes_from_where_it_is_paid(RemedyKind kind, Account account) => Assert.Equal(account, Postings.OutOf(kind));

    [Theory]
    [InlineData(11900, 1900, 1900)]
    [InlineData(100, 1900, 16)] // 15.97
    [InlineData(21, 500, 1)]
    [InlineData(-11900, 1900, -1900)]
    [InlineData(105, 10000, 52)] // 52.5, half to even
    [InlineData(107, 10000, 54)] // 53.5, half to even
    [InlineData(5000, 0, 0)]
    public void The_tax_in_an_amount_is_rounded_half_to_even(long gross, int points, long tax) => Assert.Equal(tax, Tax.In(new Money(gross, "EUR"), points).Minor);

    private static List<CaseEvent> Story(Case @case) => [.. @case.News];
}
