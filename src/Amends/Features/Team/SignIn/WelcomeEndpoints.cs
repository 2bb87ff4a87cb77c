using Amends.Data;
using Amends.Domain;
using Amends.Features.Shared.Errors;
using Amends.Features.Team.People;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Team.SignIn;

/// <summary>Accepting an invitation and setting a new password: the same page by the same sort of link.</summary>
public static class WelcomeEndpoints
{
    /// <summary>Maps the page behind the link and the way to ask for one.</summary>
    public static void MapWelcome(this IEndpointRouteBuilder app)
    {
        app.MapGet("/welcome/{token}", Show).RequireAuthorization(Policies.Public);
        app.MapPost("/welcome", SetPassword).RequireAuthorization(Policies.Public).RequireRateLimiting(Safety.FewTries);
        app.MapGet("/forgotten-password", async (StoredSettings settings, CancellationToken ct) => Html.Show<ForgottenPage, string>((await settings.Company(ct)).Name)).RequireAuthorization(Policies.Public);
    }

    private static async Task<IResult> Show(HttpContext context, Staff staff, StoredSettings settings, string token) =>
        await staff.WhomFor(token, context.RequestAborted) is { } person
            ? Page(await settings.Company(context.RequestAborted), person, token, null)
            : Html.Show<ErrorPage, Trouble>(OldLink, StatusCodes.Status404NotFound);

    private static async Task<IResult> SetPassword(HttpContext context, Database database, Staff staff, Sessions sessions, StoredSettings settings, [FromForm] string? token, [FromForm] string? password)
    {
        token ??= "";
        if (await staff.WhomFor(token, context.RequestAborted) is not { } person)
            return Html.Show<ErrorPage, Trouble>(OldLink, StatusCodes.Status404NotFound);
        try
        {
            Passwords.MustBeGood(password ?? "", person.Email, person.Name);
        }
        catch (Refused no)
        {
            return Page(await settings.Company(context.RequestAborted), person, token, no.Message);
        }

        var hash = Passwords.HashOf(password!);
        await SignInEndpoints.LetIn(context, database, sessions, unit => staff.UseLink(unit, token, hash));
        return TypedResults.Redirect303("/");
    }

    private static Trouble OldLink { get; } = new(404, "old_link", "This link does not work any more", "It was used, or it is too old. Ask an owner of this desk for a new one.") { Back = "/sign-in" };

    private static IResult Page(Company company, StaffMember person, string token, string? error) =>
        Html.Show<WelcomePage, WelcomeModel>(new(company.Name, person.Name, person.Email, !person.HasPassword, token, error), error is null ? 200 : 422);
}

/// <summary>What the page shows.</summary>
/// <param name="Company">Who invites.</param>
/// <param name="Name">Whom.</param>
/// <param name="Email">What they will sign in with.</param>
/// <param name="IsNew">An invitation, not a new password.</param>
/// <param name="Token">Goes back with the form.</param>
/// <param name="Error">What is wrong with the password.</param>
public sealed record WelcomeModel(string Company, string Name, string Email, bool IsNew, string Token, string? Error);
