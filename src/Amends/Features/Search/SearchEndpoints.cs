using Amends.Data;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.Search;

/// <summary>The search page, and what the palette asks while somebody types.</summary>
public static class SearchEndpoints
{
    private const int OnPage = 30;
    private const int InPalette = 8;

    /// <summary>What search needs.</summary>
    public static void AddSearch(this IServiceCollection services) => services.AddSingleton<SearchQuery>();

    /// <summary>Maps both.</summary>
    public static void MapSearch(this IEndpointRouteBuilder app)
    {
        app.MapGet("/search", Page).RequireAuthorization(Policies.Reader);
        app.MapGet("/search/suggest", Suggest).RequireAuthorization(Policies.Reader);
    }

    private static async Task<IResult> Page(string? q, HttpContext context, SearchQuery search, Frame frame, StoredSettings settings, TimeProvider clock)
    {
        var words = SearchWords.From(Cut(q));
        var found = await search.Find(words, OnPage, withTexts: true, context.RequestAborted);
        return Html.Show<SearchPage, SearchPage.View>(new(await frame.For(context), Cut(q), words, found, clock.GetUtcNow(), (await settings.Company(context.RequestAborted)).Zone()));
    }

    private static async Task<IResult> Suggest(string? q, HttpContext context, SearchQuery search)
    {
        var found = await search.Find(SearchWords.From(Cut(q)), InPalette, withTexts: false, context.RequestAborted);
        return TypedResults.Json(found.Cases.Select(hit => new Suggestion($"#{hit.Number} {hit.Subject}", hit.Customer, $"/cases/{hit.Number}", "inbox", "Cases"))
            .Concat(found.Customers.Take(4).Select(hit => new Suggestion(hit.Name, hit.Address ?? hit.Place ?? "", $"/customers/{hit.Id}", "user", "Customers")))
            .Concat(Navigation.Find(q ?? "", context.User.Actor().Role).Select(entry => new Suggestion(entry.Title, "", entry.Url, entry.Icon, "Go to"))));
    }

    private static string Cut(string? text) => Domain.Texts.Cut(text ?? "", 300);

    private sealed record Suggestion(string Title, string Detail, string Url, string Icon, string Group);
}
