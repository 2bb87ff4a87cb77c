using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Amends.Data;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Components;

namespace Amends.Features.Inbox;

/// <summary>The lists of cases: pages, single rows that refresh themselves, and the numbers beside the navigation.</summary>
public static class InboxEndpoints
{
    /// <summary>What the lists need.</summary>
    public static void AddInbox(this IServiceCollection services)
    {
        services.AddSingleton<InboxQuery>();
        services.AddSingleton<ListBeside>(provider => (context, view, current) => Beside(provider, context, view, current));
    }

    /// <summary>Maps the pages.</summary>
    public static void MapInbox(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/inbox").RequireAuthorization(Policies.Reader);
        group.MapGet("", () => Results.Redirect("/inbox/mine"));
        group.MapGet("/counts", async (HttpContext context, Frame frame) => TypedResults.Json((await frame.For(context)).Counts));
        group.MapGet("/row/{number:long}", Row);
        group.MapGet("/{view}", Page);
    }

    private static async Task<IResult> Page(string view, string? after, string? team, HttpContext context, InboxQuery query, TeamDesk desk, Frame frame, StoredSettings settings, TimeProvider clock)
    {
        if (!InboxView.All.TryGetValue(view, out var found) || context.User.Actor().Role < found.From)
            return TypedResults.NotFound();
        var chrome = await frame.For(context);
        var teams = found.Id == "mine" ? [] : await desk.InUse(context.RequestAborted);
        var whose = teams.FirstOrDefault(each => each.Id.ToString(CultureInfo.InvariantCulture) == team)?.Id;
        var model = await Load(found, after, 0, whose is null ? chrome.Counts : null, context, query, settings, clock, whose) with { Teams = teams, Team = whose };
        if (model.Page.Rows.Count == 0)
            model = model with { Elsewhere = Elsewhere(found, chrome) };
        return Html.Show<InboxPage, InboxModel>(model with { Chrome = chrome });
    }

    private static async Task<IResult> Row(long number, string? @in, HttpContext context, InboxQuery query, StoredSettings settings, HtmlEncoder encoder, AssetMap assets, TimeProvider clock)
    {
        if (!InboxView.All.TryGetValue(@in ?? "mine", out var view) || context.User.Actor().Role < view.From)
            return TypedResults.NotFound();
        var zone = (await settings.Company(context.RequestAborted)).Zone();
        if (await query.Row(view, number, context.User.Actor().Id, zone, context.RequestAborted) is not { } row)
            return TypedResults.NoContent();
        var html = new StringBuilder();
        new RowMarkup(encoder, assets["icons.svg"], view.Id, clock.GetUtcNow(), zone).Write(html, row, false, view.NamesOwner);
        return TypedResults.Content(html.ToString(), "text/html; charset=utf-8");
    }

    private static async Task<InboxModel> Load(InboxView view, string? after, long current, IReadOnlyDictionary<string, int>? counts, HttpContext context, InboxQuery query, StoredSettings settings, TimeProvider clock, long? team = null)
    {
        var zone = (await settings.Company(context.RequestAborted)).Zone();
        var page = await query.Read(view, context.User.Actor().Id, zone, after, team, context.RequestAborted);
        return new InboxModel(view, page, counts is not null && counts.TryGetValue(view.Id, out var count) ? count : null, current, clock.GetUtcNow(), zone);
    }

    private static (string, string, int)? Elsewhere(InboxView view, Chrome chrome) =>
        new[] { "overdue", "due", "unassigned", "team" }
            .Where(id => id != view.Id && chrome.Counts.GetValueOrDefault(id) > 0)
            .Select(id => (InboxView.All[id].Title, $"/inbox/{id}", chrome.Counts[id]))
            .Cast<(string, string, int)?>()
            .FirstOrDefault();

    private static async Task<(RenderFragment, string)?> Beside(IServiceProvider services, HttpContext context, string view, long current)
    {
        if (!InboxView.All.TryGetValue(view, out var found) || context.User.Actor().Role < found.From)
            return null;
        var model = await Load(found, null, current, null, context, services.GetRequiredService<InboxQuery>(), services.GetRequiredService<StoredSettings>(), services.GetRequiredService<TimeProvider>());
        return (builder =>
        {
            builder.OpenComponent<InboxList>(0);
            builder.AddComponentParameter(1, nameof(InboxList.Model), model);
            builder.CloseComponent();
        }, $"/inbox/{found.Id}");
    }
}
