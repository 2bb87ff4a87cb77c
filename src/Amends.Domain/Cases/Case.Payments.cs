using Amends.Domain.Calendars;
using Amends.Domain.Payments;
using Amends.Domain.Promises;
using Amends.Domain.People;
using Amends.Domain.Remedies;

namespace Amends.Domain.Cases;

/// <summary>
/// Paying a refund: asked for, agreed to, sent, seen. A refund is done only when its payment was seen. Every verb can run twice; nobody
/// agrees to a payment that they asked for themselves.
/// </summary>
public sealed partial class Case
{
    /// <summary>
    /// Asks for the payment of a refund. It may go out at once: what it pays was within limits or agreed to when it was offered.
    /// When it goes another way than the customer paid, a second person agrees first.
    /// </summary>
    /// <param name="remedyId">The refund.</param>
    /// <param name="provider">Who pays.</param>
    /// <param name="isOtherRoute">It goes another way than the customer paid.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="at">Now.</param>
    /// <param name="original">The payment that a provider pays back; <c>null</c> for a transfer.</param>
    /// <exception cref="Refused"><c>remedy</c> when there is no such refund, or it is settled.</exception>
    public void RequestPayment(int remedyId, string provider, bool isOtherRoute, Actor by, DateTimeOffset at, string? original = null)
    {
        MustBeOneOfUs(by);
        MustBeIn(CaseStage.Working, CaseStage.Offered, CaseStage.Delivering);
        var remedy = RemedyOf(remedyId);
        if (State.Payments.Any(payment => payment.RemedyId == remedyId && payment.State != PaymentState.Failed))
            return;
        if (!remedy.IsOpen || !remedy.Type.IsMoney || remedy.Value.Minor <= 0)
            throw new Refused("remedy", "Only money that is still owed can be paid.");
        MustBeFree(remedy);
        var id = State.Payments.Count + 1;
        Tell(new PaymentRequested(at, by, id, remedyId, remedy.Value, provider, isOtherRoute, original));
        Follow(remedyId, RemedyStep.Requested, by, at);
        if (isOtherRoute)
            return;
        Tell(new PaymentAuthorised(at, Actor.Amends, id));
        Follow(remedyId, RemedyStep.Authorised, Actor.Amends, at);
    }

    /// <summary>A second person agrees to a payment that goes another way than the customer paid.</summary>
    /// <exception cref="Refused"><c>second_person</c> for one's own; <c>not_allowed</c> below a lead; <c>limit</c> above one's own limit.</exception>
    public void AuthorisePayment(int id, Actor by, DateTimeOffset at, Power power)
    {
        MustBeOneOfUs(by);
        var payment = PaymentOf(id);
        if (payment.State != PaymentState.Requested)
            return;
        if (by.Id == payment.RequestedById)
            throw new Refused("second_person", "Somebody else must agree to this: nobody agrees to a payment that they asked for.");
        var (role, remedy) = (power.Authority.RoleOf(by), RemedyOf(payment.RemedyId));
        if (role < Role.Lead)
            throw new Refused("not_allowed", "A lead or somebody above agrees to this.");
        if (!remedy.IsStatutory && power.Authority.For(role, remedy.Kind).PerCase < payment.Amount.Minor)
            throw new Refused("limit", "This is above your own limit. Ask somebody with a higher one.");
        Tell(new PaymentAuthorised(at, by, id));
        Follow(payment.RemedyId, RemedyStep.Authorised, by, at);
    }

    /// <summary>Whoever pays says that it went out. Nobody has seen it yet.</summary>
    public void SendPayment(int id, string? reference, DateTimeOffset at)
    {
        var payment = PaymentOf(id);
        if (payment.State != PaymentState.Authorised)
            return;
        Tell(new PaymentSent(at, Actor.Amends, id, reference));
        Follow(payment.RemedyId, RemedyStep.Paid, Actor.Amends, at);
    }

    /// <summary>It was seen, with proof: the refund is done.</summary>
    /// <param name="id">Which payment.</param>
    /// <param name="proof">What was seen, such as the line of a statement.</param>
    /// <param name="by">Who saw it: one of us, or Amends on the statement of whoever pays.</param>
    /// <param name="at">Now.</param>
    /// <exception cref="Refused"><c>proof</c> without one; <c>payment</c> when it may not go out yet, or has failed.</exception>
    public void ConfirmPayment(int id, string? proof, Actor by, DateTimeOffset at)
    {
        if (by.Kind == ActorKind.Person)
            MustBeOneOfUs(by);
        var payment = PaymentOf(id);
        if (payment.State == PaymentState.Confirmed)
            return;
        if (payment.State is PaymentState.Requested or PaymentState.Failed)
            throw new Refused("payment", payment.State == PaymentState.Requested ? "A second person must agree to this payment first." : "This payment has failed. Ask for it again.");
        var seen = Needed(proof, "proof", "Say what was seen: the line of the statement, the number of the transfer.", 500);
        Tell(new PaymentConfirmed(at, by, id, seen));
        Follow(payment.RemedyId, RemedyStep.Confirmed, by, at);
        if (RemedyOf(payment.RemedyId).IsOpen)
            Tell(new RemedyDone(at, by, payment.RemedyId, null));
    }

    /// <summary>It was seen, and is not as it should be: it went out twice, or another sum did. The refund is done, and a lead hears what is wrong.</summary>
    public void DoubtPayment(int id, string reference, string what, DateTimeOffset at)
    {
        if (PaymentOf(id).State != PaymentState.Paid)
            return;
        ConfirmPayment(id, reference, Actor.Amends, at);
        if (State.IsOpen)
            TellLead($"A payment is not as it should be: {what}.", Actor.Amends, at);
    }

    /// <summary>It did not go out, or cannot be found where it should be: the refund stays owed, and a lead hears of it.</summary>
    public void FailPayment(int id, string? problem, Actor by, DateTimeOffset at)
    {
        if (by.Kind == ActorKind.Person)
            MustBeOneOfUs(by);
        var payment = PaymentOf(id);
        if (!payment.IsOpen)
            return;
        Tell(new PaymentFailed(at, by, id, Needed(problem, "problem", "Say what went wrong.", 500)));
        if (State.IsOpen)
            TellLead($"A payment of {payment.Amount} did not go through: {State.Payments[id - 1].Problem}", Actor.Amends, at);
    }

    /// <summary>
    /// Money that was seen, or was said to have gone out, came back to us: a bank refused it days later. The refund is owed again, a closed case goes on, a lead hears of it, and
    /// the customer hears from us soon. Twice changes nothing.
    /// </summary>
    /// <param name="id">Which payment.</param>
    /// <param name="problem">Why, as whoever pays says it.</param>
    /// <param name="calendar">The open hours.</param>
    /// <param name="at">Now.</param>
    /// <exception cref="Refused"><c>payment</c> when there is none; <c>problem</c> without a reason.</exception>
    public void ReturnPayment(int id, string? problem, Calendar calendar, DateTimeOffset at)
    {
        var payment = PaymentOf(id);
        if (payment.State is not (PaymentState.Confirmed or PaymentState.Paid))
            return;
        var why = Needed(problem, "problem", "Say what went wrong.", 500);
        if (payment.State == PaymentState.Paid)
        {
            FailPayment(id, why, Actor.Amends, at); // it is still owed
            return;
        }

        var remedy = RemedyOf(payment.RemedyId);
        var (due, wasOpen) = (calendar.After(calendar.NextOpen(at), ReleaseWithin), State.IsOpen);
        if (!wasOpen)
            Tell(new CaseReopened(at, Actor.Amends, $"The money for “{remedy.What}” came back to us."));
        Tell(new PaymentReturned(at, Actor.Amends, id, payment.RemedyId, why, due, !wasOpen || State.Stage == CaseStage.CheckBack));
        TellLead($"A payment of {payment.Amount} came back after it had been seen: {why}", Actor.Amends, at);
        PromiseNewsOf(remedy, calendar.After(calendar.NextOpen(at), FirstContactWithin), calendar, at);
    }

    /// <summary>What was promised for later is promised for soon; what is sooner, or broken already, stays.</summary>
    private void PromiseNewsOf(Remedy remedy, DateTimeOffset soon, Calendar calendar, DateTimeOffset at)
    {
        var words = $"that the money for “{(remedy.What.Length > 200 ? Texts.Cut(remedy.What, 200) : remedy.What)}” did not arrive, and how you get it";
        if (State.NextContact is { } promise)
        {
            if (promise.DueAt <= at || (promise.Call is not null && State.CallBack is not null))
                return;
            soon = promise.DueAt < soon ? promise.DueAt : soon;
            Tell(new NextContactMoved(at, Actor.Amends, promise.Id, promise.DueAt, soon, "A payment came back: they hear of that first."));
        }

        MakePromise(words, soon, Actor.Amends, calendar, at);
    }

    /// <summary>The remedy is as far as its payment is.</summary>
    private void Follow(int remedyId, RemedyStep step, Actor by, DateTimeOffset at)
    {
        var remedy = RemedyOf(remedyId);
        if (remedy.IsOpen && remedy.Type.IsAfter(step, remedy.Step))
            Tell(new RemedyMoved(at, by, remedyId, step, null, null));
    }

    /// <summary>While a payment is on its way the remedy moves with it, and with nothing else.</summary>
    private void MustNotBePaid(Remedy remedy)
    {
        if (State.Payments.Any(payment => payment.RemedyId == remedy.Id && payment.IsOpen))
            throw new Refused("payment", $"“{remedy.What}” is being paid. See under Payments how far it is.");
    }

    private Payment PaymentOf(int id) => State.Payments.FirstOrDefault(payment => payment.Id == id) ?? throw new Refused("payment", "There is no such payment.");
}
