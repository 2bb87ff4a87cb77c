using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.CallBacks;

/// <summary>Calls that we owe: the list of the day, and what is done to the call of one case.</summary>
public static class CallBacksEndpoints
{
    /// <summary>What they need.</summary>
    public static void AddCallBacks(this IServiceCollection services) => services.AddSingleton<CallPost>().AddSingleton<CallsQuery>().AddSingleton<CallPages>();

    /// <summary>Maps the pages and what they post.</summary>
    public static void MapCallBacks(this IEndpointRouteBuilder app)
    {
        app.MapGet("/calls", (HttpContext context, CallPages pages, string? day) => pages.Board(context, day)).RequireAuthorization(Policies.Agent);
        app.MapGet("/cases/{number:long}/call-back", (long number, HttpContext context, CallPages pages) => pages.Form(context, number)).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases/{number:long}/call-back", Book).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases/{number:long}/call-back/off", Off).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases/{number:long}/call-back/attempt", Attempt).RequireAuthorization(Policies.Agent);
        app.MapGet("/cases/{number:long}/they-rang", (long number, HttpContext context, CallPages pages) => pages.RangForm(context, number)).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases/{number:long}/they-rang", Rang).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> Book(long number, [FromForm] CallBackForm.Fields? sent, HttpContext context, CallPages pages, CaseStore cases, StoredSettings settings, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var (me, company, now) = (context.User.Actor(), await settings.Company(), clock.GetUtcNow());
        var rules = company.Calls.Rules();
        return await Do(context, pages, number, fields, "Agreed. The customer gets it in writing.", () => cases.Change(number, async (@case, unit) =>
        {
            var time = TimeOf(fields.Time, rules);
            if (fields.Asked is not null && @case.State.CallBack is not null)
                @case.TryCall(CallOutcome.Later, fields.Note, time, await CallDesk.FreeIn(unit, company, now, number), rules, me, company.Calendar(), now);
            else
                @case.BookCall(fields.Phone, time, @case.State.CallBack?.Zone, rules, me, company.Calendar(), now);
            if (PhoneNumber.Looks(fields.Phone ?? ""))
                await unit.Run("update customers set phone = @phone where id = @CustomerId and coalesce(phone, '') = ''", new { phone = fields.Phone!.Trim(), @case.State.CustomerId });
        }));
    }

    private static async Task<IResult> Off(long number, [FromForm] CallBackForm.Fields? sent, HttpContext context, CallPages pages, CaseStore cases, StoredSettings settings, TimeProvider clock)
    {
        var fields = sent ?? new();
        var company = await settings.Company();
        return await Do(context, pages, number, fields, "Called off. The customer gets it in writing.",
            () => cases.Change(number, @case => @case.CallOff(fields.Why, context.User.Actor(), company.Calendar(), clock.GetUtcNow())));
    }

    private static async Task<IResult> Attempt(long number, [FromForm] CallBackForm.Fields? sent, HttpContext context, CallPages pages, CaseStore cases, StoredSettings settings, TimeProvider clock)
    {
        var fields = sent ?? new();
        var (company, now) = (await settings.Company(), clock.GetUtcNow());
        var outcome = fields.Outcome switch { "no_answer" => CallOutcome.NoAnswer, "wrong_number" => CallOutcome.WrongNumber, _ => default };
        return await Do(context, pages, number, fields, "Noted. The customer hears that you tried.", () => cases.Change(number, async (@case, unit) =>
            @case.TryCall(outcome, fields.Note, null, await CallDesk.FreeIn(unit, company, now, number), company.Calls.Rules(), context.User.Actor(), company.Calendar(), now)), fields.Board is null ? null : "/calls");
    }

    private static async Task<IResult> Rang(long number, [FromForm] RangForm.Fields? sent, HttpContext context, CallPages pages, CaseStore cases, StoredSettings settings, TimeProvider clock)
    {
        var fields = sent ?? new();
        var company = await settings.Company();
        try
        {
            var rang = LocalTime.Parse(fields.RangAt, company.Zone(), "rang_at");
            return await cases.Change(number, @case => @case.TheyRang(fields.Phone, rang, context.User.Actor(), company.Calendar(), clock.GetUtcNow())) is null
                ? TypedResults.NotFound()
                : Back(context, $"/cases/{number}", "Noted. Somebody rings back; the call is on the list.");
        }
        catch (Refused no)
        {
            return await pages.RangForm(context, number, fields, no);
        }
    }

    private static async Task<IResult> Do(HttpContext context, CallPages pages, long number, CallBackForm.Fields fields, string done, Func<Task<CaseState?>> change, string? back = null)
    {
        try
        {
            return await change() is null ? TypedResults.NotFound() : Back(context, back ?? $"/cases/{number}", done);
        }
        catch (Refused no)
        {
            return await pages.Form(context, number, fields, no);
        }
    }

    private static CallTime TimeOf(string? value, CallRules rules) =>
        DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var from)
            ? new CallTime(from, from + rules.Length)
            : throw new Refused("time", "Choose one of the times that are free.");

    private static IResult Back(HttpContext context, string url, string words)
    {
        Frame.Say(context, words);
        return TypedResults.Redirect303(url);
    }
}
