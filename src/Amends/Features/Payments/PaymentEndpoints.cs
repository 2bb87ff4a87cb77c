using Amends.Adapters.Payments;
using Amends.Data;
using Amends.Data.Rollups;
using Amends.Domain.People;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Payments;

/// <summary>The refunds of a case on their way to the customer.</summary>
public static class PaymentEndpoints
{
    /// <summary>What they need.</summary>
    public static void AddPayments(this IServiceCollection services) =>
        services.AddSingleton<StripeRefunds>().AddSingleton<IPayRefunds, ByHand>().AddSingleton<IPayRefunds>(provider => provider.GetRequiredService<StripeRefunds>()).AddSingleton<PaymentsQuery>().AddSingleton<PaymentPages>()
        .AddSingleton(new MailedReport("payments", "Payments", Role.Lead, [30, 7, 90, 365], PaymentFile.Mailed));

    /// <summary>Maps the pages and what they post.</summary>
    public static void MapPayments(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/{number:long}/payments", (long number, HttpContext context, PaymentPages pages) => pages.Show(context, number)).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases/{number:long}/payments", Request).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/payments/{id:int}/authorisation", Authorise).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/payments/{id:int}/confirmation", Confirm).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/payments/{id:int}/failure", Fail).RequireAuthorization(Policies.Agent);
        app.MapGet("/reports/payments", (string? show, HttpContext context, PaymentPages pages) => pages.List(context, show)).RequireAuthorization(Policies.Lead);
        app.MapGet("/reports/payments/export", PaymentFile.Export).RequireAuthorization(Policies.Lead);
        app.MapPaymentSettings();
        app.MapStripeEvents();
    }

    private static async Task<IResult> Request(long number, [FromForm] PaymentFields? sent, HttpContext context, PaymentPages pages, StoredSettings settings)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var set = await settings.Get<PaymentSettings>(PaymentSettings.Setting, context.RequestAborted) ?? new();
        var original = fields.Typed?.Trim() is { Length: > 0 } typed ? typed : fields.To;
        return await pages.Do(context, number, fields, work => AskForPayment.Run(work, set, fields.Remedy ?? 0, original, fields.OtherRoute == "on"), "Asked for. You see here how far it is.");
    }

    private static Task<IResult> Authorise(long number, int id, HttpContext context, PaymentPages pages) => pages.Do(context, number, new(),
        async work => work.Case.AuthorisePayment(id, work.By, work.Now, await work.Power()), "Agreed. It goes out now.");

    private static Task<IResult> Confirm(long number, int id, [FromForm] string? proof, HttpContext context, PaymentPages pages) => pages.Do(context, number, new() { Id = id, Proof = proof }, work =>
    {
        work.Case.ConfirmPayment(id, proof, work.By, work.Now);
        return Task.CompletedTask;
    }, "Confirmed. The refund is done.");

    private static Task<IResult> Fail(long number, int id, [FromForm] string? proof, HttpContext context, PaymentPages pages) => pages.Do(context, number, new() { Id = id, Proof = proof }, work =>
    {
        work.Case.FailPayment(id, proof, work.By, work.Now);
        return Task.CompletedTask;
    }, "Noted. It can be asked for again.");
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
