using Amends.Data;
using Amends.Domain;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery;

/// <summary>A case by the steps of each framework, with what lit them; and which of them somebody likes to see.</summary>
public static class StepsEndpoints
{
    /// <summary>Maps the page and what it posts.</summary>
    public static void MapSteps(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/{number:long}/steps", (long number, HttpContext context, CasePages pages) => Show(number, context, pages)).RequireAuthorization(Policies.Reader);
        app.MapPost("/cases/{number:long}/steps", Choose).RequireAuthorization(Policies.Reader);
    }

    private static async Task<IResult> Show(long number, HttpContext context, CasePages pages, Refused? no = null) =>
        await pages.Load(context, number, no is null ? null : FieldErrors.Of(no)) is { } page
            ? Html.Show<StepsPage, StepsPage.View>(new(page, FrameworkSet.For(page.Chrome.Framework, page.Company.Framework)), no is null ? 200 : StatusCodes.Status422UnprocessableEntity)
            : TypedResults.NotFound();

    private static async Task<IResult> Choose(long number, [FromForm] string? framework, HttpContext context, CasePages pages, Database database, Sessions sessions)
    {
        if (FrameworkSet.Find(framework) is not { } chosen)
            return await Show(number, context, pages, new Refused("framework", "Choose one of the ways on this page."));
        await database.Write(async unit =>
        {
            await Preferences.SetFramework(unit, context.User.Actor().Id, chosen.Key);
            unit.AfterCommit(sessions.Forget);
        });
        return Answers.Back(context, number, $"You see {chosen.Name} on every case.", "steps");
    }
}
