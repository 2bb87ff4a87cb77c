using Amends.Data;
using Amends.Domain;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery;

/// <summary>The promise that the customer waits for: move it with a reason, or note that it was kept outside (a call) and say what is next.</summary>
public static class PromiseEndpoints
{
    /// <summary>Maps the form and what it posts.</summary>
    public static void MapPromises(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/{number:long}/promise", Form).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases/{number:long}/promise/date", Move).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> Form(long number, HttpContext context, CasePages pages) => await Show(number, context, pages, null, new());

    private static async Task<IResult> Move(
        long number, [FromForm] PromiseForm.Fields? sent, HttpContext context, CasePages pages, CaseStore cases, StoredSettings settings, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var company = await settings.Company();
        try
        {
            var due = LocalTime.Parse(fields.DueAt, company.Zone(), "promise_in_the_past");
            return await cases.Change(number, @case => @case.MovePromise(due, fields.Reason ?? "", context.User.Actor(), company.Calendar(), clock.GetUtcNow())) is null
                ? TypedResults.NotFound()
                : Answers.Back(context, number, "Moved. Tell the customer why, too.");
        }
        catch (Refused no)
        {
            return await Show(number, context, pages, no, fields);
        }
    }

    private static async Task<IResult> Show(long number, HttpContext context, CasePages pages, Refused? no, PromiseForm.Fields fields) =>
        await pages.Load(context, number, no is null ? null : FieldErrors.Of(no, ("reason", "Reason"), ("promise_in_the_past", "DueAt"), ("promise_too_far", "DueAt"))) is { } page
            ? Html.Show<PromiseForm, PromiseForm.View>(new(page, fields), no is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity)
            : TypedResults.NotFound();
}
