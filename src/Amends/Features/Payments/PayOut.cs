using Amends.Adapters.Payments;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Payments;
using Amends.Domain.People;
using Amends.Jobs;

namespace Amends.Features.Payments;

/// <summary>A payment may go out: whoever pays is asked, with the key of the payment, as often as it takes.</summary>
public sealed class PayOut(CaseStore cases, IEnumerable<IPayRefunds> providers, Database database, TimeProvider clock) : IReact<PaymentAuthorised>
{
    /// <inheritdoc/>
    public async Task React(long number, PaymentAuthorised news, Job job, CancellationToken ct)
    {
        if (await cases.Find(number, ct) is not { } state || state.Payments.FirstOrDefault(payment => payment.Id == news.Id) is not { State: PaymentState.Authorised } payment)
            return; // done, or given up meanwhile
        if (!state.IsOpen || !state.Remedies.First(remedy => remedy.Id == payment.RemedyId).IsOpen)
        {
            await cases.Change(number, @case => @case.FailPayment(payment.Id, "The refund was not owed any more.", Actor.Amends, clock.GetUtcNow()), ct);
            return;
        }

        if (providers.FirstOrDefault(each => each.Name == payment.Provider) is not { } provider)
            throw new InvalidOperationException($"Nobody here pays as {payment.Provider}.");
        var order = PayOrder.Of(state, number, payment);
        // A provider may forget a key after a day, and a database that was restored does not know what it asked for: the statement does.
        var answer = await provider.Find(order, ct) is [{ } before, ..] ? new PayAnswer(PayOutcome.Sent, before.Reference) : await provider.Pay(order, ct);
        if (answer.Outcome == PayOutcome.Failed && await provider.Find(order, ct) is [{ } line, ..])
            answer = new PayAnswer(PayOutcome.Sent, line.Reference); // it said no, and did it
        switch (answer.Outcome)
        {
            case PayOutcome.Sent:
                await cases.Change(number, @case => @case.SendPayment(payment.Id, answer.Reference, clock.GetUtcNow()), ct);
                break;
            case PayOutcome.Failed:
                await cases.Change(number, @case => @case.FailPayment(payment.Id, answer.Problem ?? "Whoever pays refused it.", Actor.Amends, clock.GetUtcNow()), ct);
                break;
            default:
                await database.Write(unit => Notices.TellOwner(unit, number, $"{nameof(PayOut)}:{job.Id}", $"Please transfer {payment.Amount} to {state.CustomerName}, and confirm it on the case's payments.", clock.GetUtcNow()), ct);
                break;
        }
    }
}
