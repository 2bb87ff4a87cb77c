using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.Styleguide;

/// <summary>Every part of the design with invented data, in both themes: the pattern to copy, and what the accessibility and picture tests look at.</summary>
public static class StyleguideEndpoints
{
    /// <summary>Maps the pages; <c>?theme=light</c> or <c>dark</c> fixes the theme.</summary>
    public static void MapStyleguide(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/styleguide").RequireAuthorization(Policies.Owner);
        group.MapGet("", (string? theme, TimeProvider clock) => Show<PartsSample>(theme, clock));
        group.MapGet("/inbox", (string? theme, TimeProvider clock) => Show<InboxSample>(theme, clock));
        group.MapGet("/list", (string? theme, TimeProvider clock) => Show<InboxSample>(theme, clock, caseOpen: false));
        group.MapGet("/customer", (string? theme, TimeProvider clock) => Show<CustomerSample>(theme, clock));
        group.MapGet("/sign-in", (string? theme, TimeProvider clock) => Show<SignInSample>(theme, clock));
        group.MapGet("/settings", (string? theme, TimeProvider clock) => Show<SettingsSample>(theme, clock));
    }

    private static IResult Show<TPage>(string? theme, TimeProvider clock, bool caseOpen = true) where TPage : View<Sample> =>
        Html.Show<TPage, Sample>(new Sample(clock.GetUtcNow(), theme is "light" or "dark" ? theme : "", caseOpen));
}
