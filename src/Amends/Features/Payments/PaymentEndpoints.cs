using Amends.Adapters.Payments;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Payments;

/// <summary>The refunds of a case on their way to the customer.</summary>
public static class PaymentEndpoints
{
    /// <summary>What they need.</summary>
    public static void AddPayments(this IServiceCollection services) => services.AddSingleton<IPayRefunds, ByHand>();

    /// <summary>Maps the page and what it posts.</summary>
    public static void MapPayments(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/{number:long}/payments", (long number, HttpContext context, CaseStore cases, Frame frame, StoredSettings settings, Database database, TimeProvider clock) => Show(context, number, cases, frame, settings, database, clock, null, 0)).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/payments", Request).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/payments/{id:int}/authorisation", Authorise).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/payments/{id:int}/confirmation", Confirm).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/payments/{id:int}/failure", Fail).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> Show(HttpContext context, long number, CaseStore cases, Frame frame, StoredSettings settings, Database database, TimeProvider clock, Refused? no, int id)
    {
        if (await cases.Find(number, context.RequestAborted) is not { } state)
            return TypedResults.NotFound();
        var (me, company, now) = (context.User.Actor(), await settings.Company(context.RequestAborted), clock.GetUtcNow());
        var (authority, _) = await MoneyDesk.PowerOf(database, company, me, state.CustomerId, number, now, context.RequestAborted);
        return Html.Show<PaymentsPage, PaymentsPage.View>(new(await frame.For(context), number, state, me, authority.RoleOf(me), company, now, no?.Message, id), no is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Request(long number, [FromForm] int? remedy, [FromForm] string? otherRoute, HttpContext context, CaseStore cases, IEnumerable<IPayRefunds> providers, Frame frame, StoredSettings settings, Database database, TimeProvider clock) =>
        await Do(number, 0, context, cases, frame, settings, database, clock, (@case, _, now) =>
        {
            @case.RequestPayment(remedy ?? 0, providers.Last().Name, otherRoute == "on", context.User.Actor(), now);
            return Task.CompletedTask;
        }, "Asked for. You see here how far it is.");

    private static async Task<IResult> Authorise(long number, int id, [FromForm] string? then, HttpContext context, CaseStore cases, Frame frame, StoredSettings settings, Database database, TimeProvider clock)
    {
        var (me, company) = (context.User.Actor(), await settings.Company());
        return await Do(number, id, context, cases, frame, settings, database, clock, async (@case, unit, now) => @case.AuthorisePayment(id, me, now, await MoneyDesk.PowerIn(unit, company, me, @case.State.CustomerId, number, now)), "Agreed. It goes out now.");
    }

    private static Task<IResult> Confirm(long number, int id, [FromForm] string? proof, HttpContext context, CaseStore cases, Frame frame, StoredSettings settings, Database database, TimeProvider clock) =>
        Do(number, id, context, cases, frame, settings, database, clock, (@case, _, now) =>
        {
            @case.ConfirmPayment(id, proof, context.User.Actor(), now);
            return Task.CompletedTask;
        }, "Confirmed. The refund is done.");

    private static Task<IResult> Fail(long number, int id, [FromForm] string? proof, HttpContext context, CaseStore cases, Frame frame, StoredSettings settings, Database database, TimeProvider clock) =>
        Do(number, id, context, cases, frame, settings, database, clock, (@case, _, now) =>
        {
            @case.FailPayment(id, proof, context.User.Actor(), now);
            return Task.CompletedTask;
        }, "Noted. It can be asked for again.");

    private static async Task<IResult> Do(long number, int id, HttpContext context, CaseStore cases, Frame frame, StoredSettings settings, Database database, TimeProvider clock, Func<Case, Unit, DateTimeOffset, Task> verb, string words)
    {
        try
        {
            if (await cases.Change(number, (@case, unit) => verb(@case, unit, clock.GetUtcNow())) is null)
                return TypedResults.NotFound();
            Frame.Say(context, words);
            return TypedResults.Redirect303($"/cases/{number}/payments");
        }
        catch (Refused no)
        {
            return await Show(context, number, cases, frame, settings, database, clock, no, id);
        }
    }
}
