using Amends.Adapters.Payments;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Payments;
using Amends.Domain.People;
using Amends.Jobs;

namespace Amends.Features.Payments;

/// <summary>
/// What is said to have gone out is looked for on the statement: seen, it is done; not there, or not as it should be, a lead hears of it. What was seen is looked at again
/// when the provider tells of it, and for some weeks by itself: a bank may give it back.
/// </summary>
public sealed class SeePayment(CaseStore cases, IEnumerable<IPayRefunds> providers, Database database, StoredSettings settings, TimeProvider clock) : IReact<PaymentSent>
{
    /// <summary>Looks before it counts as not there; the queue's pauses between them double from five seconds.</summary>
    public const int Looks = 6;

    /// <summary>Until the next look at a payment that the bank has not carried out yet.</summary>
    public static readonly TimeSpan WhilePending = TimeSpan.FromHours(6);

    /// <summary>A look at a payment, as a job that is queued once however often it is asked for in the same six hours.</summary>
    /// <param name="number">The case.</param>
    /// <param name="id">The payment.</param>
    /// <param name="reference">What the provider calls it.</param>
    /// <param name="due">Not before.</param>
    /// <param name="why">Who asks for it.</param>
    public static Job At(long number, int id, string? reference, DateTimeOffset due, string why) => new()
    {
        Name = typeof(SeePayment).FullName!, CaseNumber = number, Body = CaseJson.Write(new PaymentSent(due, Actor.Amends, id, reference)), DueAt = due.ToUnixTimeMilliseconds(),
        Dedupe = FormattableString.Invariant($"{nameof(SeePayment)}:{why}:{number}:{id}:{due.ToUnixTimeMilliseconds() / (long)WhilePending.TotalMilliseconds}"),
    };

    /// <inheritdoc/>
    public async Task React(long number, PaymentSent news, Job job, CancellationToken ct)
    {
        if (await cases.Find(number, ct) is not { } state || state.Payments.FirstOrDefault(payment => payment.Id == news.Id) is not { State: PaymentState.Paid or PaymentState.Confirmed } payment
            || providers.FirstOrDefault(each => each.Name == payment.Provider) is not { } provider)
            return;
        var order = PayOrder.Of(state, number, payment);
        if (await provider.WhyReturned(order, payment.Reference, ct) is { } why)
        {
            var company = await settings.Company(ct);
            await cases.Change(number, @case => @case.ReturnPayment(payment.Id, why, company.Calendar(), clock.GetUtcNow()), ct);
        }
        else if (payment.State == PaymentState.Paid)
        {
            await See(number, payment, provider, order, job, ct);
        }
    }

    private async Task See(long number, Payment payment, IPayRefunds provider, PayOrder order, Job job, CancellationToken ct)
    {
        var lines = await provider.Find(order, ct);
        var now = clock.GetUtcNow();
        if (lines is [{ IsPending: true }])
            await database.Write(unit => JobQueue.Add(unit, At(number, payment.Id, payment.Reference, now + WhilePending, "pending")), ct);
        else if (lines is [{ } line] && line.Amount == payment.Amount)
            await cases.Change(number, @case => @case.ConfirmPayment(payment.Id, $"On the statement of {provider.Name}: {line.Reference}", Actor.Amends, now), ct);
        else if (lines.Count > 1)
            await cases.Change(number, @case => @case.DoubtPayment(payment.Id, lines[0].Reference, $"it went out {lines.Count} times ({string.Join(", ", lines.Select(each => each.Reference))})", now), ct);
        else if (lines is [{ } other])
            await cases.Change(number, @case => @case.DoubtPayment(payment.Id, other.Reference, $"{other.Amount} went out instead of {payment.Amount}", now), ct);
        else if (job.Tries >= Looks)
            await cases.Change(number, @case => @case.FailPayment(payment.Id, "It was said to have gone out, and is on no statement.", Actor.Amends, now), ct);
        else
            throw new InvalidOperationException($"The payment {Payment.KeyOf(number, payment.Id)} is on no statement yet.");
    }
}

/// <summary>Money came back that had been seen: whoever has the case is told on their pages.</summary>
public sealed class TellOfReturned(CaseStore cases, Database database, TimeProvider clock) : IReact<PaymentReturned>
{
    /// <inheritdoc/>
    public async Task React(long number, PaymentReturned news, Job job, CancellationToken ct)
    {
        if (await cases.Find(number, ct) is not { } state || state.Payments.FirstOrDefault(each => each.Id == news.Id) is not { } payment)
            return;
        await database.Write(unit => Notices.TellOwner(unit, number, job.Dedupe!, $"{payment.Amount} to {state.CustomerName} came back to us. {news.Problem} It is owed again: tell them, and pay it another way under the case's payments.", clock.GetUtcNow()), ct);
    }
}

/// <summary>
/// Looks again at refunds that were seen, every six hours for thirty days, so that what a bank gives back is found although nobody can reach us to tell. A hundred in a
/// round, the longest unseen first, and a thousand in six hours at the most.
/// </summary>
public sealed class LookAgain(Database database, JobSignal jobs, TimeProvider clock, LoopHealth health, ILogger<LookAgain> log) : Loop(Pause, health, log)
{
    /// <summary>How long after it was seen a refund is looked at again.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(30);

    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(36);
    private const int Batch = 100; // ten rounds in six hours

    /// <inheritdoc/>
    public override async Task<bool> RunOnce(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var taken = await database.Write(async unit =>
        {
            var rows = await PaymentDesk.TakeSeen(unit, StripeRefunds.Key, now - Window, now - SeePayment.WhilePending, Batch, now);
            foreach (var row in rows)
                await JobQueue.Add(unit, SeePayment.At(row.CaseNumber, row.Id, row.Reference, now, "again"));
            return rows.Count;
        }, ct);
        if (taken > 0)
            jobs.Ring();
        return false;
    }
}
