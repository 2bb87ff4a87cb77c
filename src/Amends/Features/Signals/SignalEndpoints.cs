using Amends.Data;
using Amends.Domain;
using Amends.Domain.Signals;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Signals;

/// <summary>What may be looked at once more before much is given to a customer, and the second person that a refusal on suspicion needs.</summary>
public static class SignalEndpoints
{
    private const int LongestWhy = 500;

    /// <summary>Maps the page of a case and what it posts, and the managers' page on gifts.</summary>
    public static void MapSignals(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/{number:long}/signals", (long number, HttpContext context, SignalPages pages) => pages.Show(context, number, new(), null)).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/signals/{kind:int}/explanation", Explain).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases/{number:long}/suspicion", Raise).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases/{number:long}/suspicion/answer", Answer).RequireAuthorization(Policies.Lead);
        app.MapGiftChecks();
    }

    /// <summary>What they need.</summary>
    public static void AddSignals(this IServiceCollection services) => services.AddSingleton<SignalPages>().AddGiftChecks();

    private static async Task<IResult> Explain(long number, int kind, [FromForm] string? why, HttpContext context, CaseStore cases, Database database, SignalPages pages, TimeProvider clock)
    {
        if (await cases.Find(number, context.RequestAborted) is not { } state)
            return TypedResults.NotFound();
        if (!Enum.IsDefined((SignalKind)kind))
            return TypedResults.NotFound();
        var (words, typed) = ((why ?? "").Trim(), new SignalFields { Kind = kind, Why = why });
        if (words.Length is 0 or > LongestWhy)
            return await pages.Show(context, number, typed, ($"Why_{kind}", words.Length == 0 ? "Say how it is explained: what the customer or the carrier says." : $"That is longer than {LongestWhy} characters."));
        await database.Write(unit => SignalDesk.Explain(unit, state.CustomerId, (SignalKind)kind, words, context.User.Actor().Id, clock.GetUtcNow()), context.RequestAborted);
        Frame.Say(context, "Noted. What was counted until now counts no more.");
        return TypedResults.Redirect303($"/cases/{number}/signals");
    }

    private static Task<IResult> Raise(long number, [FromForm] SignalFields? sent, HttpContext context, CaseStore cases, SignalPages pages, TimeProvider clock) =>
        Do(number, sent ?? new(), "Words", context, cases, pages, @case => @case.RaiseSuspicion(sent?.Words, context.User.Actor(), clock.GetUtcNow()), "A lead is asked to look at it.");

    private static Task<IResult> Answer(long number, [FromForm] SignalFields? sent, HttpContext context, CaseStore cases, SignalPages pages, TimeProvider clock) =>
        Do(number, sent ?? new(), "Answer", context, cases, pages, @case =>
        {
            if (sent?.Shared is not ("yes" or "no"))
                throw new Refused("words", "Say whether you share it.");
            @case.AnswerSuspicion(sent.Shared == "yes", sent.Answer, context.User.Actor(), clock.GetUtcNow());
        }, "Noted.");

    private static async Task<IResult> Do(long number, SignalFields typed, string field, HttpContext context, CaseStore cases, SignalPages pages, Action<Domain.Cases.Case> verb, string words)
    {
        try
        {
            if (await cases.Change(number, verb) is null)
                return TypedResults.NotFound();
            Frame.Say(context, words);
            return TypedResults.Redirect303($"/cases/{number}/signals");
        }
        catch (Refused no)
        {
            return await pages.Show(context, number, typed, (field, no.Message));
        }
    }
}

/// <summary>What the forms on signals send.</summary>
public sealed record SignalFields
{
    public int Kind { get; init; }
    public string? Why { get; init; }

    /// <summary>What a suspicion rests on.</summary>
    public string? Words { get; init; }

    /// <summary><c>yes</c> or <c>no</c>.</summary>
    public string? Shared { get; init; }
    public string? Answer { get; init; }
}

/// <summary>Loads the page.</summary>
public sealed class SignalPages(Database database, CaseStore cases, StoredSettings settings, Frame frame, TimeProvider clock)
{
    /// <summary>The page; with an error as 422.</summary>
    public async Task<IResult> Show(HttpContext context, long number, SignalFields typed, (string Field, string Words)? error)
    {
        if (await cases.Find(number, context.RequestAborted) is not { } state)
            return TypedResults.NotFound();
        var (company, now) = (await settings.Company(context.RequestAborted), clock.GetUtcNow());
        return Html.Show<SignalsPage, SignalsPage.View>(new(await frame.For(context), number, state, context.User.Actor(), await SignalDesk.Of(database, state.CustomerId, number, now, withOthers: true, context.RequestAborted),
            await SignalDesk.Corrections(database, state.CustomerId, context.RequestAborted), now, company.Zone(), typed, error), error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}
