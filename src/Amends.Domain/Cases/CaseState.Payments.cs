using Amends.Domain.Payments;

namespace Amends.Domain.Cases;

/// <summary>Refunds on their way.</summary>
public sealed partial record CaseState
{
    /// <summary>All payments that were ever asked for.</summary>
    public IReadOnlyList<Payment> Payments { get; init; } = [];

    private CaseState WithPayment(int id, Func<Payment, Payment> change) => this with { Payments = Replace(Payments, payment => payment.Id == id, change) };
}
