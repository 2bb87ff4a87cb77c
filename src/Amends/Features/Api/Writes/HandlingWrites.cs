using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Handling;

namespace Amends.Features.Api.Writes;

/// <summary>What is true of a case beside its stage: what it is, for whom it waits, rest, the day of the fix, what may not be deleted; and that it goes on.</summary>
public sealed class HandlingWrites(CaseWrite write)
{
    /// <summary>Corrects the first impression of what it is.</summary>
    public Task<IResult> Kind(long number, HttpContext context) => write.Do<ChangeKind>(number, context, asked =>
    {
        var kind = Checked.Chosen("kind", asked.Value.Kind, "Say what it is, such as complaint, question or praise.");
        return work => work.Case.ChangeKind(kind, work.By, work.Now);
    });

    /// <summary>The customer is whoever wrote the mail that a message of the case hands on.</summary>
    public Task<IResult> Customer(long number, HttpContext context) => write.Send<NameCustomer>(number, context, asked =>
    {
        var message = asked.Value.MessageId ?? throw new BadField("message_id", "Say which message hands the case on.");
        return work => HandedOnCase.TheCustomerIs(work.Unit, work.Case, number, message, work.By, work.Now);
    }, state => new CustomerStep(number, state.Stage, state.CustomerId));

    /// <summary>For whom it waits. No promise changes by that.</summary>
    public Task<IResult> Wait(long number, HttpContext context) => write.Do<WaitForSomebody>(number, context, asked =>
    {
        var (on, what) = (Checked.Chosen("on", asked.Value.On, "Say for whom it waits: us, customer, supplier, carrier or somebody_else."), Checked.Text("what", asked.Value.What, 200));
        return work => work.Case.WaitFor(on, what, work.By, work.Now);
    });

    /// <summary>It rests until then, never past the promise.</summary>
    public Task<IResult> Rest(long number, HttpContext context) => write.Do<RestCase>(number, context, asked =>
    {
        var until = asked.Moment("until", asked.Value.Until) ?? throw new BadField("until", "Say until when it rests.");
        var why = Checked.Text("why", asked.Value.Why, 200);
        return work => work.Case.Snooze(until, why, work.By, work.Now);
    }, state => RestStep.Of(number, state));

    /// <summary>It is back.</summary>
    public Task<IResult> EndRest(long number, HttpContext context) => write.Do<Nothing>(number, context, _ => work => work.Case.EndSnooze(work.By, work.Now), state => RestStep.Of(number, state));

    /// <summary>When it is to be put right, before anything is chosen; or that no such day is known.</summary>
    public Task<IResult> Fix(long number, HttpContext context) => write.Do<PlanFix>(number, context, asked =>
    {
        var due = asked.Moment("due_at", asked.Value.DueAt);
        if (due is null != asked.Value.NotKnown)
            throw new BadField("due_at", "Say when it is to be put right, or that it is not_known.");
        return work => work.Case.PlanFix(due, work.By, work.Now);
    });

    /// <summary>Keeps everything of it from being deleted, or lets go of it.</summary>
    public Task<IResult> Hold(long number, HttpContext context) => write.Do<HoldCase>(number, context, asked =>
    {
        var held = asked.Value.Held ?? throw new BadField("held", "Say whether it is held: true or false.");
        var why = Checked.Needed("why", asked.Value.Why, 500);
        return work => work.Case.SetLegalHold(held, why, work.By, work.Now);
    });
}

/// <summary>What it is.</summary>
public sealed record ChangeKind(CaseKind? Kind);

/// <summary>The message of a case that hands it on.</summary>
public sealed record NameCustomer(long? MessageId);

/// <summary>Whose case it is now.</summary>
public sealed record CustomerStep(long Number, CaseStage State, long CustomerId);

/// <summary>For whom it waits: us, customer, supplier, carrier or somebody_else; and for what.</summary>
public sealed record WaitForSomebody(WaitsFor? On, string? What = null);

/// <summary>It rests until then: before the promise, and not while the customer waits for an answer.</summary>
public sealed record RestCase(DateTimeOffset? Until, string? Why = null);

/// <summary>When it is to be put right.</summary>
public sealed record PlanFix(DateTimeOffset? DueAt = null, bool NotKnown = false);

/// <summary>Whether nothing of it may be deleted, and who asked for that or what is over.</summary>
public sealed record HoldCase(bool? Held, string? Why);

/// <summary>Until when a case rests; <c>null</c> when it does not.</summary>
public sealed record RestStep(long Number, CaseStage State, DateTimeOffset? SnoozedUntil, DateTimeOffset? PromiseDueAt)
{
    /// <summary>The rest of a case.</summary>
    internal static RestStep Of(long number, CaseState state) => new(number, state.Stage, state.SnoozedUntil, state.IsOpen ? state.NextContact?.DueAt : null);
}
