using Amends.Domain.Cases;
using Amends.Domain.Remedies;
using Amends.Domain.Vouchers;

namespace Amends.Domain.Ledger;

/// <summary>The accounts of the books. Companies give each a code of their own.</summary>
public enum Account
{
    /// <summary>What putting things right costs us.</summary>
    Expense = 1,

    /// <summary>What customers have chosen and not yet got: a liability.</summary>
    Owed,

    /// <summary>Money that went out.</summary>
    Cash,

    /// <summary>Vouchers and credit that were issued: a liability until they are used.</summary>
    Vouchers,

    /// <summary>Things and work that we gave.</summary>
    Goods,
}

/// <summary>What an entry tells.</summary>
public enum EntryKind
{
    /// <summary>The customer chose it: we owe it.</summary>
    Owed = 1,

    /// <summary>They have it.</summary>
    Paid,

    /// <summary>It is not owed any more: the entry that owed it, turned round.</summary>
    Reversed,

    /// <summary>Something was bought with a voucher or credit.</summary>
    Used,

    /// <summary>A voucher or credit lapsed with something left on it.</summary>
    Lapsed,

    /// <summary>Money that went out came back to us, and is owed again: the entry that paid it, turned round.</summary>
    Returned,
}

/// <summary>One side of an entry.</summary>
/// <param name="Account">Which account.</param>
/// <param name="Amount">What is debited; what is credited is negative.</param>
public readonly record struct Line(Account Account, Money Amount);

/// <summary>An entry of the books: its lines sum to zero.</summary>
/// <param name="Kind">What it tells.</param>
/// <param name="Remedy">The remedy's id in its case.</param>
/// <param name="Of">The remedy's kind.</param>
/// <param name="Lines">The two sides.</param>
/// <param name="At">When.</param>
/// <param name="ApprovedBy">The second person who agreed to it.</param>
/// <param name="Law">The law that gives it to the customer.</param>
public sealed record Entry(EntryKind Kind, int Remedy, RemedyKind Of, IReadOnlyList<Line> Lines, DateTimeOffset At, string? ApprovedBy, string? Law = null);

/// <summary>
/// What happened to a case, as entries of the books (double-entry). An entry is never changed: what was wrong is turned round by another.
/// </summary>
public static class Postings
{
    /// <summary>The entries that follow from what happened, in order.</summary>
    /// <param name="before">The case before.</param>
    /// <param name="news">What happened to it.</param>
    public static IEnumerable<Entry> Of(CaseState before, IReadOnlyList<CaseEvent> news)
    {
        if (before.Remedies.Count == 0 && !news.Any(each => each is RemedyAdded))
            yield break;
        var state = before;
        foreach (var each in news)
        {
            var was = state;
            state = state.After(each);
            foreach (var (kind, remedy, amount) in Moves(each, was, state))
            {
                if (amount.Minor > 0)
                    yield return Make(kind, remedy, amount, each.At);
            }
        }
    }

    /// <summary>An entry for all of a remedy.</summary>
    public static Entry Make(EntryKind kind, Remedy remedy, DateTimeOffset at) => Make(kind, remedy, remedy.Value, at);

    private static Entry Make(EntryKind kind, Remedy remedy, Money amount, DateTimeOffset at)
    {
        var (debit, credit) = kind switch
        {
            EntryKind.Owed => (Account.Expense, Account.Owed),
            EntryKind.Paid => (Account.Owed, OutOf(remedy.Kind)),
            EntryKind.Used => (Account.Vouchers, Account.Goods),
            EntryKind.Lapsed => (Account.Vouchers, Account.Expense),
            EntryKind.Returned => (OutOf(remedy.Kind), Account.Owed),
            _ => (Account.Owed, Account.Expense),
        };
        return new Entry(kind, remedy.Id, remedy.Kind, [new Line(debit, amount), new Line(credit, new Money(-amount.Minor, amount.Currency))], at, remedy.ApprovedBy, remedy.Law?.Name);
    }

    /// <summary>Where a remedy is given from.</summary>
    public static Account OutOf(RemedyKind kind) =>
        RemedyTypes.Of(kind).IsMoney ? Account.Cash : kind is RemedyKind.Voucher or RemedyKind.Credit ? Account.Vouchers : Account.Goods;

    /// <summary>What an event changes: what began or ceased to be owed, whatever made it so, and what became of vouchers.</summary>
    private static IEnumerable<(EntryKind, Remedy, Money)> Moves(CaseEvent news, CaseState was, CaseState state)
    {
        switch (news)
        {
            case CaseClosed: // withdrawn, or goes on elsewhere
                return state.Remedies.Where(each => each.IsOpen).Select(each => (EntryKind.Reversed, each, each.Value));
            case CaseReopened:
                return state.Remedies.Where(each => each.IsOpen).Select(each => (EntryKind.Owed, each, each.Value));
            case VoucherUsed used:
                return [(EntryKind.Used, state.Remedies.First(each => each.Id == used.Id), used.Amount)];
            case VoucherExpired expired:
                return [(EntryKind.Lapsed, state.Remedies.First(each => each.Id == expired.Id), expired.Lost)];
            case Payments.PaymentReturned returned:
                return [(EntryKind.Returned, state.Remedies.First(each => each.Id == returned.RemedyId), state.Payments.First(each => each.Id == returned.Id).Amount)];
            default:
                return from remedy in state.Remedies
                    let before = was.Remedies.FirstOrDefault(each => each.Id == remedy.Id)
                    where (before?.IsOpen ?? false) != remedy.IsOpen
                    select (remedy.IsOpen ? EntryKind.Owed : remedy.DoneAt is not null ? EntryKind.Paid : EntryKind.Reversed, remedy, remedy.Value);
        }
    }
}

/// <summary>Tax inside an amount.</summary>
public static class Tax
{
    /// <summary>The tax in a gross amount, rounded half to even to the minor unit.</summary>
    /// <param name="gross">With tax.</param>
    /// <param name="points">The rate in hundredths of a per cent: 1900 is 19 %.</param>
    public static Money In(Money gross, int points) =>
        new((long)decimal.Round(gross.Minor * (decimal)points / (10_000 + points), 0, MidpointRounding.ToEven), gross.Currency);
}
