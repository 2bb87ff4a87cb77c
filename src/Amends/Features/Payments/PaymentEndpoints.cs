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
    public static void AddPayments(this IServiceCollection services) =>
        services.AddSingleton<StripeRefunds>().AddSingleton<IPayRefunds, ByHand>().AddSingleton<IPayRefunds>(provider => provider.GetRequiredService<StripeRefunds>()).AddSingleton<PaymentsQuery>();

    /// <summary>Maps the pages and what they post.</summary>
    public static void MapPayments(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/{number:long}/payments", (long number, HttpContext context, CaseStore cases, PaymentsQuery payments, Frame frame, StoredSettings settings, Database database) => Show(context, number, cases, payments, frame, settings, database, null)).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/payments", Request).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/payments/{id:int}/authorisation", Authorise).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/payments/{id:int}/confirmation", Confirm).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/payments/{id:int}/failure", Fail).RequireAuthorization(Policies.Agent);
        app.MapGet("/reports/payments", List).RequireAuthorization(Policies.Lead);
        app.MapPaymentSettings();
    }

    private static async Task<IResult> List(string? show, HttpContext context, Database database, Frame frame, StoredSettings settings, TimeProvider clock)
    {
        var company = await settings.Company(context.RequestAborted);
        var what = Enum.TryParse<PaymentsShown>(show, ignoreCase: true, out var known) && Enum.IsDefined(known) ? known : PaymentsShown.Waiting;
        return Html.Show<PaymentListPage, PaymentListPage.View>(new(await frame.For(context), what, await PaymentDesk.List(database, what, context.RequestAborted), clock.GetUtcNow(), company.Zone()));
    }

    private static async Task<IResult> Show(HttpContext context, long number, CaseStore cases, PaymentsQuery payments, Frame frame, StoredSettings settings, Database database, (Refused No, PaymentFields Typed)? refused)
    {
        if (await cases.Find(number, context.RequestAborted) is not { } state)
            return TypedResults.NotFound();
        var (me, company, clock) = (context.User.Actor(), await settings.Company(context.RequestAborted), context.RequestServices.GetRequiredService<TimeProvider>());
        var (authority, _) = await MoneyDesk.PowerOf(database, company, me, state.CustomerId, number, clock.GetUtcNow(), context.RequestAborted);
        var set = await settings.Get<PaymentSettings>(PaymentSettings.Setting, context.RequestAborted) ?? new();
        var known = set.Provider == StripeRefunds.Key ? await payments.PaidWith(number, state.CustomerId, context.RequestAborted) : [];
        return Html.Show<PaymentsPage, PaymentsPage.View>(new(await frame.For(context), number, state, me, authority.RoleOf(me), set.Provider, known, refused?.No.Message, refused?.Typed ?? new()), refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Request(long number, [FromForm] PaymentFields? sent, HttpContext context, CaseStore cases, PaymentsQuery payments, Frame frame, StoredSettings settings, Database database, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var set = await settings.Get<PaymentSettings>(PaymentSettings.Setting, context.RequestAborted) ?? new();
        var (me, company) = (context.User.Actor(), await settings.Company(context.RequestAborted));
        var original = fields.Typed?.Trim() is { Length: > 0 } typed ? typed : fields.To;
        return await Do(number, fields, context, cases, payments, frame, settings, database,
            (@case, unit) => AskForPayment.Run(new(@case, unit, number, company, me, clock.GetUtcNow()), set, fields.Remedy ?? 0, original, fields.OtherRoute == "on"), "Asked for. You see here how far it is.");
    }

    private static async Task<IResult> Authorise(long number, int id, HttpContext context, CaseStore cases, PaymentsQuery payments, Frame frame, StoredSettings settings, Database database, TimeProvider clock)
    {
        var (me, company) = (context.User.Actor(), await settings.Company());
        return await Do(number, new(), context, cases, payments, frame, settings, database, async (@case, unit) =>
        {
            var now = clock.GetUtcNow();
            @case.AuthorisePayment(id, me, now, await MoneyDesk.PowerIn(unit, company, me, @case.State.CustomerId, number, now));
        }, "Agreed. It goes out now.");
    }

    private static Task<IResult> Confirm(long number, int id, [FromForm] string? proof, HttpContext context, CaseStore cases, PaymentsQuery payments, Frame frame, StoredSettings settings, Database database, TimeProvider clock) =>
        Do(number, new() { Id = id, Proof = proof }, context, cases, payments, frame, settings, database, (@case, _) =>
        {
            @case.ConfirmPayment(id, proof, context.User.Actor(), clock.GetUtcNow());
            return Task.CompletedTask;
        }, "Confirmed. The refund is done.");

    private static Task<IResult> Fail(long number, int id, [FromForm] string? proof, HttpContext context, CaseStore cases, PaymentsQuery payments, Frame frame, StoredSettings settings, Database database, TimeProvider clock) =>
        Do(number, new() { Id = id, Proof = proof }, context, cases, payments, frame, settings, database, (@case, _) =>
        {
            @case.FailPayment(id, proof, context.User.Actor(), clock.GetUtcNow());
            return Task.CompletedTask;
        }, "Noted. It can be asked for again.");

    private static async Task<IResult> Do(long number, PaymentFields typed, HttpContext context, CaseStore cases, PaymentsQuery payments, Frame frame, StoredSettings settings, Database database, Func<Case, Unit, Task> verb, string words)
    {
        try
        {
            if (await cases.Change(number, verb) is null)
                return TypedResults.NotFound();
            Frame.Say(context, words);
            return TypedResults.Redirect303($"/cases/{number}/payments");
        }
        catch (Refused no)
        {
            return await Show(context, number, cases, payments, frame, settings, database, (no, typed));
        }
    }
}

/// <summary>What the forms on a case's payments send.</summary>
public sealed record PaymentFields
{
    public int? Remedy { get; init; }

    /// <summary>The customer's payment that is chosen; empty for a transfer.</summary>
    public string? To { get; init; }

    /// <summary>Another one, written down.</summary>
    public string? Typed { get; init; }
    public string? OtherRoute { get; init; }

    /// <summary>The payment that a proof is of.</summary>
    public int? Id { get; init; }
    public string? Proof { get; init; }
}
