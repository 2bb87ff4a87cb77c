using Amends.Data;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.CustomerPages;

/// <summary>Saying no to letters that are not about a case, by the link in such a letter. Mail scanners follow links, so only the button does it.</summary>
public static class NoLettersEndpoints
{
    /// <summary>Maps the page and its button.</summary>
    public static void MapNoLetters(this IEndpointRouteBuilder app)
    {
        app.MapGet(CareWithTokens.OffPath, Page).RequireAuthorization(Policies.Public);
        app.MapPost(CareWithTokens.OffPath, SayNo).RequireAuthorization(Policies.Public);
    }

    private static async Task<IResult> Page(HttpContext context, Database database, StoredSettings settings, PublicTries tries) =>
        await Known(context, database, tries) ? await Show(context, settings, false) : await Unknown(context, settings);

    private static async Task<IResult> SayNo(HttpContext context, IFormCollection form, Database database, StoredSettings settings, PublicTries tries, TimeProvider clock)
    {
        if (!await Known(context, database, tries))
            return await Unknown(context, settings);
        await database.Write(unit => FollowOnDesk.SayNo(unit, CareWithTokens.TokenOf(context), clock.GetUtcNow()));
        return await Show(context, settings, true);
    }

    private static async Task<bool> Known(HttpContext context, Database database, PublicTries tries)
    {
        var who = Requests.SourceOf(context);
        if (!tries.Any(PublicTries.WrongLink, who))
            return false;
        if (await FollowOnDesk.IsToken(database, CareWithTokens.TokenOf(context), context.RequestAborted))
            return true;
        tries.Take(PublicTries.WrongLink, who);
        return false;
    }

    private static async Task<IResult> Show(HttpContext context, StoredSettings settings, bool done) =>
        Html.Show<NoLettersPage, NoLettersPage.View>(new(await settings.Company(context.RequestAborted), done));

    private static async Task<IResult> Unknown(HttpContext context, StoredSettings settings) =>
        Html.Show<NoLettersPage, NoLettersPage.View>(new(await settings.Company(context.RequestAborted), null), StatusCodes.Status404NotFound);
}
