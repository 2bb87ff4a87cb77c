using Amends.Domain.Payments;

namespace Amends.Domain.Cases;

/// <summary>Refunds on their way.</summary>
public sealed partial record CaseState
{
    /// <summary>All payments that were ever asked for.</summary>
    public IReadOnlyList<Payment> Payments { get; init; } = [];

    /// <summary>The refund is owed again, from its first step; who was being asked whether it is put right is asked anew when it is.</summary>
    private CaseState WithReturned(PaymentReturned e) => WithPayment(e.Id, payment => payment with { State = PaymentState.Failed, Problem = e.Problem, ReturnedAt = e.At })
        .WithRemedy(e.RemedyId, remedy => remedy with { DoneAt = null, Step = null, DueAt = e.DueAt }) with
    {
        Stage = e.GoesOn ? CaseStage.Delivering : Stage,
        CheckBack = e.GoesOn && CheckBack is { Answer: null } check ? check with { CallDueAt = null, Attempts = 0, Asked = [] } : CheckBack,
    };

    private CaseState WithPayment(int id, Func<Payment, Payment> change) => this with { Payments = Replace(Payments, payment => payment.Id == id, change) };
}
