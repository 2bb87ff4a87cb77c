using Amends.Data;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.CustomerPages;

/// <summary>
/// Opening a secure link. Mail scanners follow every link, so the GET shows only a "continue" button and changes
/// nothing; its POST exchanges the token for a cookie.
/// </summary>
public static class LinkEndpoints
{
    /// <summary>Maps the link, asking for a new one, and "see it as the customer".</summary>
    public static void MapCustomerLinks(this IEndpointRouteBuilder app)
    {
        app.MapGet(CareWithTokens.LinkPath, Continue).RequireAuthorization(Policies.Public);
        app.MapPost(CareWithTokens.LinkPath, Open).RequireAuthorization(Policies.Public);
        app.MapGet("/c/{unknown}", (HttpContext context) => ShowExpired(context)).RequireAuthorization(Policies.Public);
        app.MapGet("/c/again", (HttpContext context) => ShowExpired(context, StatusCodes.Status200OK)).RequireAuthorization(Policies.Public);
        app.MapPost("/cases/{number:long}/as-customer", AsCustomer).RequireAuthorization(Policies.Agent);
    }

    /// <summary>The page for a link that opens nothing, with a way to a new one.</summary>
    public static async Task ShowExpired(HttpContext context, int status = StatusCodes.Status404NotFound)
    {
        var company = await context.RequestServices.GetRequiredService<StoredSettings>().Company(context.RequestAborted);
        await Html.Show<ExpiredPage, ExpiredModel>(new ExpiredModel(company), status).ExecuteAsync(context);
    }

    private static async Task Continue(HttpContext context, Database database, StoredSettings settings, TimeProvider clock, PublicTries tries)
    {
        if (!tries.Any(PublicTries.WrongLink, Requests.SourceOf(context)))
            await ShowExpired(context, StatusCodes.Status429TooManyRequests);
        else if (await CustomerLinks.Works(database, CareWithTokens.TokenOf(context), clock.GetUtcNow(), context.RequestAborted))
            await Html.Show<ContinuePage, Company>(await settings.Company(context.RequestAborted)).ExecuteAsync(context);
        else
            await Refuse(context, tries);
    }

    private static async Task Open(HttpContext context, IFormCollection form, Database database, TimeProvider clock, PublicTries tries)
    {
        if (!tries.Any(PublicTries.WrongLink, Requests.SourceOf(context)))
        {
            await ShowExpired(context, StatusCodes.Status429TooManyRequests);
            return;
        }

        var token = CareWithTokens.TokenOf(context);
        if (await database.Write(unit => CustomerLinks.Redeem(unit, token, clock.GetUtcNow())) is not { } session)
        {
            await Refuse(context, tries);
            return;
        }

        CustomerCookie.Put(context, session);
        await TypedResults.Redirect303("/c").ExecuteAsync(context);
    }

    private static Task Refuse(HttpContext context, PublicTries tries)
    {
        tries.Take(PublicTries.WrongLink, Requests.SourceOf(context));
        return ShowExpired(context);
    }

    private static async Task<IResult> AsCustomer(long number, HttpContext context, IFormCollection form, Database database, TimeProvider clock)
    {
        var me = context.User.Actor();
        var token = await database.Write(async unit =>
            await unit.Value<long?>("select number from cases where number = @number", new { number }) is null ? null : await CustomerLinks.Issue(unit, number, clock.GetUtcNow(), me.Id));
        return token is null ? TypedResults.NotFound() : TypedResults.Redirect303(CustomerLinks.PathOf(token));
    }
}
