using Amends.Data;
using Amends.Domain;
using Amends.Domain.Calendars;
using Amends.Domain.SelfCare;
using Amends.Features.Shared;
using Amends.Web;
using Dapper;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.SelfCare;

/// <summary>What somebody has for themselves. No address takes anybody's id: each shows whoever opens it their own, and what colleagues show to them.</summary>
public static class SelfCareEndpoints
{
    private const string Page = "/my";

    /// <summary>What they need.</summary>
    public static void AddSelfCare(this IServiceCollection services) =>
        services.AddSingleton<PrivateEntries>().AddSingleton<SelfCareDesk>().AddSingleton<PracticeDesk>().AddSingleton<DraftReadings>().AddSingleton<ShiftSwaps>().AddSingleton<OwnPages>().AddSingleton<LookBackPages>();

    /// <summary>Maps the pages and their forms.</summary>
    public static void MapSelfCare(this IEndpointRouteBuilder app)
    {
        var my = app.MapGroup(Page).RequireAuthorization(Policies.Agent);
        my.MapGet("", (HttpContext context, OwnPages pages) => pages.Own(context));
        my.MapForm("/likes", Likes);
        my.MapPost("/mood", Mood);
        my.MapPost("/rest", Rest);
        my.MapGet("/team", (HttpContext context, OwnPages pages) => pages.Team(context));
        app.MapGet(Page + "/shown", (HttpContext context, OwnPages pages) => pages.ShownToMe(context)).RequireAuthorization(Policies.Lead);
        app.MapLookBack(my);
        my.MapSwaps();
        app.MapSecondReader(my);
    }

    private static async Task<IResult> Likes(HttpContext context, SelfCareDesk desk, OwnPages pages, [FromForm] OwnPage.Fields? sent)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        try
        {
            await desk.SetLikes(context.User.Actor().Id, fields.Read());
        }
        catch (Refused no)
        {
            return await pages.Own(context, fields, no);
        }

        return Done(context, "Noted.", Page);
    }

    private static async Task<IResult> Mood(HttpContext context, SelfCareDesk desk, OwnPages pages, StoredSettings settings, TimeProvider clock, [FromForm(Name = "Mood")] int? mood)
    {
        var me = context.User.Actor().Id;
        if (mood is null or < 1 or > TeamMood.Best)
            return await pages.Own(context, no: new Refused("mood", "Tap one of the five."));
        if (!(await desk.LikesOf(me, context.RequestAborted)).Mood)
            return await pages.Own(context, no: new Refused("mood", "Switch the mood on first; it is off until you do."));
        await desk.SetMood(me, mood.Value, LocalDay.Of(clock.GetUtcNow(), (await settings.Company(context.RequestAborted)).Zone()));
        return Done(context, "Kept, for you alone.", BackTo(context));
    }

    private static async Task<IResult> Rest(HttpContext context, SelfCareDesk desk, TimeProvider clock)
    {
        await desk.TakeRest(context.User.Actor().Id, clock.GetUtcNow());
        return Done(context, "Good. It counts anew from here.", BackTo(context));
    }

    /// <summary>The page that the form stood on, where the browser says so.</summary>
    private static string BackTo(HttpContext context) => Uri.TryCreate(context.Request.Headers.Referer, UriKind.Absolute, out var from) && from.AbsolutePath == "/today" ? "/today" : Page;

    internal static IResult Done(HttpContext context, string words, string url)
    {
        Frame.Say(context, words);
        return TypedResults.Redirect303(url);
    }
}

/// <summary>Loads the pages.</summary>
public sealed class OwnPages(SelfCareDesk desk, PrivateEntries entries, PracticeDesk practice, DraftReadings readings, ShiftSwaps swaps, Database database, StoredSettings settings, Frame frame, TimeProvider clock)
{
    private const int Weeks = 12, MoodDays = 28;

    /// <summary>Everything of one's own; with what was typed and what is wrong as 422.</summary>
    public async Task<IResult> Own(HttpContext context, OwnPage.Fields? fields = null, Refused? no = null)
    {
        var (me, now, company, ct) = (context.User.Actor(), clock.GetUtcNow(), await settings.Company(context.RequestAborted), context.RequestAborted);
        var likes = await desk.LikesOf(me.Id, ct);
        var today = LocalDay.Of(now, company.Zone());
        var moods = likes.Mood ? (await desk.Moods(me.Id, ct)).Where(mood => mood.Day > today.AddDays(-MoodDays)).ToList() : [];
        var view = new OwnPage.View(await frame.For(context), me, likes, fields ?? OwnPage.Fields.Of(likes), await desk.Day(me.Id, company, now, ct), moods, await desk.ToLookBackAt(me.Id, now, ct),
            await readings.Of(me.Id, ct), [.. (await swaps.Of(me.Id, today, ct)).Where(swap => swap.State == 1)], now, company.Zone(), Errors(no));
        return Html.Show<OwnPage, OwnPage.View>(view, no is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>The team's mood, where enough people count in it.</summary>
    public async Task<IResult> Team(HttpContext context)
    {
        var zone = (await settings.Company(context.RequestAborted)).Zone();
        return Html.Show<TeamMoodPage, TeamMoodPage.View>(new(await frame.For(context), await desk.Team(LocalDay.Of(clock.GetUtcNow(), zone), Weeks, context.RequestAborted)));
    }

    /// <summary>What colleagues show to this lead.</summary>
    public async Task<IResult> ShownToMe(HttpContext context)
    {
        var (me, ct) = (context.User.Actor().Id, context.RequestAborted);
        var practised = (await practice.ShownTo(me, ct)).Select(each => (each.Person, each.Times.Count, each.Times.Count == 0 ? (DateOnly?)null : each.Times.Max())).ToList();
        return Html.Show<ShownPage, ShownPage.View>(new(await frame.For(context), await entries.ShownTo<LookedBack>(me, ct), practised));
    }

    /// <summary>The hours that colleagues take over.</summary>
    public async Task<IResult> Swaps(HttpContext context, SwapsPage.Fields? fields = null, Refused? no = null, long? answering = null)
    {
        var (me, company, ct) = (context.User.Actor(), await settings.Company(context.RequestAborted), context.RequestAborted);
        var today = LocalDay.Of(clock.GetUtcNow(), company.Zone());
        var agreed = me.Role >= Domain.People.Role.Lead ? await swaps.Agreed(today, ct) : [];
        return Html.Show<SwapsPage, SwapsPage.View>(new(await frame.For(context), me, await swaps.Of(me.Id, today, ct), agreed, await Colleagues(me.Id, ct), today, fields ?? new(), answering, Errors(no)), no is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>The page on which a draft is given to a colleague, or read; <c>null</c> when there is no such case.</summary>
    public async Task<IResult> Reader(HttpContext context, long number, SecondReaderPage.Fields? fields = null, Refused? no = null)
    {
        var (me, ct) = (context.User.Actor(), context.RequestAborted);
        var about = await database.Read(connection => connection.QuerySingleOrDefaultAsync<SecondReaderPage.About>("select c.number, c.subject, u.name as customer from cases c join customers u on u.id = c.customer_id where c.number = @number", new { number }), ct);
        if (about is null)
            return TypedResults.NotFound();
        return Html.Show<SecondReaderPage, SecondReaderPage.View>(new(await frame.For(context), about, me, await readings.On(number, me.Id, ct), await readings.DraftOf(number, me.Id, ct) ?? "", await Colleagues(me.Id, ct), fields ?? new(), clock.GetUtcNow(), (await settings.Company(ct)).Zone(), Errors(no)),
            no is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private async Task<IReadOnlyList<Colleague>> Colleagues(long me, CancellationToken ct) => await Colleague.All(database, me, 1, ct);

    private static IReadOnlyDictionary<string, string> Errors(Refused? no) => no is null ? new Dictionary<string, string>() : new Dictionary<string, string>
    {
        [no.Code switch { "hard" => "HardInARow", "one_in" => "OneIn", "day" => "Day", "colleague" => "Colleague", "why" => "Why", "text" => "Text", "reader" => "Reader", "question" => "Question", "comments" => "Comments", _ => "main" }] = no.Message,
    };
}

/// <summary>Somebody who can be asked.</summary>
public sealed class Colleague
{
    public long Id { get; init; }
    public string Name { get; init; } = "";

    /// <summary>All but oneself, from a role on.</summary>
    internal static Task<IReadOnlyList<Colleague>> All(Database database, long me, int role, CancellationToken ct) => database.Read(async connection =>
        (IReadOnlyList<Colleague>)(await connection.QueryAsync<Colleague>("select id, name from people where active = 1 and role >= @role and id <> @me order by name, id", new { me, role })).AsList(), ct);
}
