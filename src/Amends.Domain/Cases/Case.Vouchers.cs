using Amends.Domain.People;
using Amends.Domain.Remedies;
using Amends.Domain.Vouchers;

namespace Amends.Domain.Cases;

/// <summary>Vouchers and credit: issued with the remedy, used whenever the customer likes, also long after the case has ended.</summary>
public sealed partial class Case
{
    /// <summary>Gives the customer a code, and with it the remedy is done. A second time changes nothing.</summary>
    /// <param name="id">The remedy: a voucher or credit that is worth something.</param>
    /// <param name="code">A fresh code.</param>
    /// <param name="expiresAt">Until when it is good; <c>null</c> as was offered.</param>
    /// <param name="by">One of us.</param>
    /// <param name="at">Now.</param>
    public void IssueVoucher(int id, string code, DateTimeOffset? expiresAt, Actor by, DateTimeOffset at)
    {
        MustBeOneOfUs(by);
        MustBeIn(CaseStage.Working, CaseStage.Offered, CaseStage.Delivering);
        var remedy = RemedyOf(id);
        if (remedy.Voucher is not null)
            return;
        if (remedy.Kind is not (RemedyKind.Voucher or RemedyKind.Credit))
            throw new Refused("remedy", $"“{remedy.What}” is no voucher.");
        if (!remedy.IsOpen)
            throw new Refused("remedy", "This line is already settled.");
        if (remedy.Value.Minor <= 0)
            throw new Refused("amount", "A voucher without a worth has no code of ours. Mark it as done, with the code that you gave them.");
        if (expiresAt <= at)
            throw new Refused("valid_until", "It would have lapsed already. Choose a later day.");
        if (VoucherCode.Clean(code) is not { } clean)
            throw new ArgumentException("This is no code.", nameof(code));
        var until = expiresAt ?? (remedy.Data?.ValidUntil is { } offered && offered > at ? offered : null);
        _claims.Add(new KeepVoucher(clean, id, remedy.Value, remedy.Value, until));
        Tell(new VoucherIssued(at, by, id, clean, remedy.Value, until, remedy.Data?.Transferable ?? remedy.Kind == RemedyKind.Voucher));
        Reach(State.Remedies.First(each => each.Id == id), RemedyStep.Issued, null, null, by, at);
    }

    /// <summary>Something is paid with it. The same reference counts once.</summary>
    /// <param name="code">Its code.</param>
    /// <param name="amount">How much.</param>
    /// <param name="reference">The order or receipt.</param>
    /// <param name="by">One of us, or a program.</param>
    /// <param name="at">Now.</param>
    /// <exception cref="Refused"><c>expired</c>; <c>amount</c> with what is left; <c>reference</c> when it stands for another amount already.</exception>
    public void UseVoucher(string code, Money amount, string? reference, Actor by, DateTimeOffset at)
    {
        MustBeOneOfUsOrAProgram(by);
        if (State.Remedies.FirstOrDefault(each => each.Voucher?.Code == code) is not { Voucher: { } voucher } remedy)
            throw new Refused("code", "There is no such code.");
        var what = Needed(reference, "reference", "Say for which order or receipt it is used.", 100);
        if (voucher.Uses.FirstOrDefault(use => use.Reference == what) is { } before)
        {
            if (before.Amount != amount)
                throw new Refused("reference", $"{before.Amount} were used for {what} already. Give this one another reference.");
            return;
        }

        if (voucher.ExpiredAt is not null || voucher.ExpiresAt <= at)
            throw new Refused("expired", $"It was good until {voucher.ExpiresAt:d MMMM yyyy}. Somebody of us can give a new one.");
        if (amount.Currency != voucher.Left.Currency)
            throw new Refused("amount", $"It is worth {voucher.Left}; an amount in {amount.Currency} cannot be taken from that.");
        if (amount.Minor <= 0)
            throw new Refused("amount", "Say how much is used, more than nothing.");
        if (amount > voucher.Left)
            throw new Refused("amount", $"{voucher.Left} are left on it. Use that much at the most.");
        var left = new Money(voucher.Left.Minor - amount.Minor, amount.Currency);
        _claims.Add(new KeepVoucher(code, remedy.Id, remedy.Value, left, voucher.ExpiresAt));
        Tell(new VoucherUsed(at, by, remedy.Id, amount, left, what));
    }

    private IEnumerable<Alarm> VoucherAlarms()
    {
        foreach (var remedy in State.Remedies)
        {
            if (remedy.Voucher is { ExpiredAt: null, ExpiresAt: { } until, Left.Minor: > 0 } voucher)
            {
                yield return new Alarm(until, at =>
                {
                    _claims.Add(new KeepVoucher(voucher.Code, remedy.Id, remedy.Value, Money.Zero(voucher.Left.Currency), until));
                    Tell(new VoucherExpired(at, Actor.Amends, remedy.Id, voucher.Left));
                });
            }
        }
    }
}

/// <summary>A code, for this case and no other, and what is left of it: the list of what we owe is kept by it.</summary>
/// <param name="Code">Its code.</param>
/// <param name="RemedyId">The remedy.</param>
/// <param name="Face">What it was worth at first.</param>
/// <param name="Left">What is left.</param>
/// <param name="ExpiresAt">Until when it is good.</param>
public sealed record KeepVoucher(string Code, int RemedyId, Money Face, Money Left, DateTimeOffset? ExpiresAt) : Claim;
