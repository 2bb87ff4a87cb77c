using Amends.Domain.Cases;
using Amends.Domain.Remedies;

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
public sealed record Entry(EntryKind Kind, int Remedy, RemedyKind Of, IReadOnlyList<Line> Lines, DateTimeOffset At, string? ApprovedBy);

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
        if (!news.Any(each => each is RemedyAdded or RemedyDone or RemedyFailed or CaseClosed or CaseReopened))
            yield break;
        var state = before;
        foreach (var each in news)
        {
            var was = state;
            state = state.After(each);
            foreach (var (kind, remedy) in Moves(each, was, state))
            {
                if (remedy.Value.Minor > 0)
                    yield return Make(kind, remedy, each.At);
            }
        }
    }

    /// <summary>An entry for a remedy.</summary>
    public static Entry Make(EntryKind kind, Remedy remedy, DateTimeOffset at)
    {
        var (debit, credit) = kind switch
        {
            EntryKind.Owed => (Account.Expense, Account.Owed),
            EntryKind.Paid => (Account.Owed, OutOf(remedy.Kind)),
            _ => (Account.Owed, Account.Expense),
        };
        return new Entry(kind, remedy.Id, remedy.Kind, [new Line(debit, remedy.Value), new Line(credit, new Money(-remedy.Value.Minor, remedy.Value.Currency))], at, remedy.ApprovedBy);
    }

    /// <summary>Where a remedy is given from.</summary>
    public static Account OutOf(RemedyKind kind) => kind switch
    {
        RemedyKind.Refund => Account.Cash,
        RemedyKind.Voucher => Account.Vouchers,
        _ => Account.Goods,
    };

    private static IEnumerable<(EntryKind, Remedy)> Moves(CaseEvent news, CaseState was, CaseState state) => news switch
    {
        RemedyAdded e => [(EntryKind.Owed, state.Remedies.First(each => each.Id == e.Id))],
        RemedyDone e when was.Remedies.Any(each => each.Id == e.Id && each.IsOpen) => [(EntryKind.Paid, state.Remedies.First(each => each.Id == e.Id))],
        RemedyFailed e when was.Remedies.Any(each => each.Id == e.Id && each.IsOpen) => [(EntryKind.Reversed, state.Remedies.First(each => each.Id == e.Id))],
        CaseClosed => state.Remedies.Where(each => each.IsOpen).Select(each => (EntryKind.Reversed, each)), // withdrawn, or goes on elsewhere
        CaseReopened => state.Remedies.Where(each => each.IsOpen).Select(each => (EntryKind.Owed, each)),
        _ => [],
    };
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
