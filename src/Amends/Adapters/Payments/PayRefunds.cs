using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Payments;

namespace Amends.Adapters.Payments;

/// <summary>Somebody who pays refunds: a payment provider, or one of us at the bank.</summary>
public interface IPayRefunds
{
    /// <summary>A short name that is stored with each payment; never changed once payments have it.</summary>
    string Name { get; }

    /// <summary>
    /// Pays. The same key pays once, however often it is asked; what has stalled is asked again with it. Throws when it cannot be
    /// known what became of it.
    /// </summary>
    Task<PayAnswer> Pay(PayOrder order, CancellationToken ct);

    /// <summary>What really went out, or is on its way, under the order's key, as the provider's statement has it; empty when nothing is.</summary>
    Task<IReadOnlyList<PaidOut>> Find(PayOrder order, CancellationToken ct);

    /// <summary>
    /// Whether money that went out has come back since: why, in words, or <c>null</c> while it stands, as far as is known. A bank may refuse it days after it was seen.
    /// </summary>
    /// <param name="order">The order.</param>
    /// <param name="reference">What the provider calls it.</param>
    /// <param name="ct">Stops it.</param>
    Task<string?> WhyReturned(PayOrder order, string? reference, CancellationToken ct);
}

/// <summary>What is to be paid.</summary>
/// <param name="Key">Paying twice under one key pays once.</param>
/// <param name="Amount">How much.</param>
/// <param name="CaseNumber">For which case.</param>
/// <param name="CustomerId">To whom.</param>
/// <param name="Original">The customer's own payment, as the provider calls it; <c>null</c> where none is known.</param>
public sealed record PayOrder(string Key, Money Amount, long CaseNumber, long CustomerId, string? Original = null)
{
    /// <summary>The order for a payment of a case.</summary>
    public static PayOrder Of(CaseState state, long number, Payment payment) => new(Payment.KeyOf(number, payment.Id), payment.Amount, number, state.CustomerId, payment.Original);
}

/// <summary>What the provider says.</summary>
/// <param name="Outcome">Whether it went out.</param>
/// <param name="Reference">What the provider calls it.</param>
/// <param name="Problem">Why it did not.</param>
public sealed record PayAnswer(PayOutcome Outcome, string? Reference = null, string? Problem = null);

/// <summary>The three answers.</summary>
public enum PayOutcome
{
    /// <summary>It went out.</summary>
    Sent,

    /// <summary>It did not.</summary>
    Failed,

    /// <summary>One of us does it by hand and says so.</summary>
    ByHand,
}

/// <summary>A line of the provider's statement.</summary>
/// <param name="Reference">What the provider calls it.</param>
/// <param name="Amount">How much went out.</param>
/// <param name="IsPending">It is on its way: a bank takes days.</param>
public sealed record PaidOut(string Reference, Money Amount, bool IsPending = false);

/// <summary>One of us makes the transfer and confirms it with proof.</summary>
public sealed class ByHand : IPayRefunds
{
    /// <inheritdoc/>
    public string Name => Key;

    /// <summary>The name.</summary>
    public const string Key = "manual";

    /// <inheritdoc/>
    public Task<PayAnswer> Pay(PayOrder order, CancellationToken ct) => Task.FromResult(new PayAnswer(PayOutcome.ByHand));

    /// <inheritdoc/>
    public Task<IReadOnlyList<PaidOut>> Find(PayOrder order, CancellationToken ct) => Task.FromResult<IReadOnlyList<PaidOut>>([]);

    /// <inheritdoc/>
    public Task<string?> WhyReturned(PayOrder order, string? reference, CancellationToken ct) => Task.FromResult<string?>(null);
}
