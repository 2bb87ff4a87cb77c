using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Features.Shared;
using Amends.Letters;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery;

/// <summary>"No news yet, and here is what I am doing": an update that is drafted from the case, and keeps the promise.</summary>
public static class UpdateEndpoints
{
    private const int MostSteps = 12, LongestStep = 500;

    /// <summary>Maps the form and what it posts.</summary>
    public static void MapUpdates(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/{number:long}/update", Form).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases/{number:long}/updates", Send).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> Form(long number, HttpContext context, CasePages pages) =>
        await pages.Load(context, number) is { } page ? Html.Show<UpdateForm, UpdateForm.View>(new(page, Draft(page))) : TypedResults.NotFound();

    private static UpdateForm.Fields Draft(CasePage page)
    {
        var did = Progress.Did(page.Company, page.State);
        var calendar = page.Company.Calendar();
        return new()
        {
            Did = string.Join('\n', did), Next = string.Join('\n', Progress.Next(page.Company, page.State)), NoNews = did.Count == 0 ? "on" : null,
            Promise = page.State.NextContact?.What, DueAt = LocalTime.Of(calendar.NextOpen(page.Now.AddDays(2)), page.Company.Zone()),
        };
    }

    private static async Task<IResult> Send(long number, [FromForm] UpdateForm.Fields? sent, HttpContext context, CasePages pages, CaseStore cases, StoredSettings settings, Dispatch dispatch, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var me = context.User.Actor();
        var company = await settings.Company();
        try
        {
            var now = clock.GetUtcNow();
            var update = new Update(Lines(fields.Did), Lines(fields.Next), fields.NoNews != "on", fields.WhyMissed, fields.Promise ?? "", LocalTime.Parse(fields.DueAt, company.Zone(), "promise_in_the_past"));
            return await cases.Change(number, (@case, unit) => dispatch.Update(new(@case, unit, number, company, me, now), update)) is { } state ? Answers.Back(context, number, $"Sent. {state.CustomerName} knows where we are.") : TypedResults.NotFound();
        }
        catch (Refused no)
        {
            var errors = FieldErrors.Of(no, ("steps", "Did"), ("missed", "WhyMissed"), ("promise", "Promise"), ("promise_in_the_past", "DueAt"), ("promise_too_far", "DueAt"));
            return await pages.Load(context, number, errors) is { } page
                ? Html.Show<UpdateForm, UpdateForm.View>(new(page, fields), StatusCodes.Status422UnprocessableEntity)
                : TypedResults.NotFound();
        }
    }

    private static IReadOnlyList<string> Lines(string? text)
    {
        var lines = (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => line.TrimStart('-', '•', ' ')).Where(line => line.Length > 0).ToList();
        return lines.Count > MostSteps || lines.Any(line => line.Length > LongestStep) ? throw new Refused("steps", $"Keep it to {MostSteps} steps of a line each.") : lines;
    }
}
