using Amends.Adapters.Payments;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Payments;

namespace Amends.Features.Api.Writes;

/// <summary>Refunds on their way: asked for, agreed to, seen.</summary>
public sealed class PaymentWrites(CaseWrite write, StoredSettings settings)
{
    /// <summary>Asks for the payment of a refund.</summary>
    public async Task<IResult> Request(long number, HttpContext context)
    {
        var (asked, body) = await write.Read<RequestPayment>(context);
        var remedy = asked.Value.RemedyId ?? throw new BadField("remedy_id", "Say which line is paid.");
        var original = Checked.Text("original", asked.Value.Original, 255);
        if (original is not null && asked.Value.OtherRoute)
            throw new BadField("original", "It goes back to their own payment, or another way; not both.");
        var set = await settings.Get<PaymentSettings>(PaymentSettings.Setting, context.RequestAborted) ?? new();
        return await write.Run(number, context, body, asked.Company, work => AskForPayment.Run(work, set, remedy, original, asked.Value.OtherRoute),
            state => PaymentStep.Of(number, state.Payments.Last(payment => payment.RemedyId == remedy), state));
    }

    /// <summary>A second person agrees to one that goes another way than the customer paid.</summary>
    public Task<IResult> Authorise(long number, int id, HttpContext context) => write.Send<Nothing>(number, context,
        _ => async work => work.Case.AuthorisePayment(id, work.By, work.Now, await work.Power()), Answer(number, id));

    /// <summary>It was seen, with proof: the refund is done.</summary>
    public Task<IResult> Confirm(long number, int id, HttpContext context) => write.Do<ConfirmPayment>(number, context, asked =>
    {
        var proof = Checked.Needed("proof", asked.Value.Proof, 500);
        return work => work.Case.ConfirmPayment(id, proof, work.By, work.Now);
    }, Answer(number, id));

    /// <summary>It did not go out: the refund stays owed.</summary>
    public Task<IResult> Fail(long number, int id, HttpContext context) => write.Do<FailPayment>(number, context, asked =>
    {
        var problem = Checked.Needed("problem", asked.Value.Problem, 500);
        return work => work.Case.FailPayment(id, problem, work.By, work.Now);
    }, Answer(number, id));

    private static Func<CaseState, object> Answer(long number, int id) => state => PaymentStep.Of(number, state.Payments.First(payment => payment.Id == id), state);
}

/// <summary>Asks for the payment of a refund.</summary>
/// <param name="RemedyId">The line.</param>
/// <param name="Original">The customer's payment that it goes back to, where a provider pays; a transfer by one of you when left out.</param>
/// <param name="OtherRoute">It goes another way than they paid: a second person agrees first.</param>
public sealed record RequestPayment(int? RemedyId, string? Original = null, bool OtherRoute = false);

/// <summary>What was seen: the line of a statement, the number of a transfer.</summary>
public sealed record ConfirmPayment(string? Proof);

/// <summary>What went wrong.</summary>
public sealed record FailPayment(string? Problem);

/// <summary>Where a payment stands.</summary>
/// <param name="Number">The case.</param>
/// <param name="State">Its stage.</param>
/// <param name="PaymentId">The payment.</param>
/// <param name="Payment">requested (a second person agrees first), authorised (it goes out), paid (said to have gone out), confirmed (seen) or failed.</param>
/// <param name="RemedyId">The line.</param>
public sealed record PaymentStep(long Number, CaseStage State, int PaymentId, PaymentState Payment, int RemedyId)
{
    /// <summary>A payment of a case.</summary>
    internal static PaymentStep Of(long number, Payment payment, CaseState state) => new(number, state.Stage, payment.Id, payment.State, payment.RemedyId);
}
