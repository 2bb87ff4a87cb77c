using Amends.Data;
using Amends.Domain;
using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.SelfCare;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.SelfCare;

/// <summary>Looking back at a closed case, for oneself; and showing a look back to a lead.</summary>
public static class LookBackEndpoints
{
    private const string All = "/my/reviews";

    /// <summary>Maps the pages and their forms.</summary>
    public static void MapLookBack(this IEndpointRouteBuilder app, RouteGroupBuilder my)
    {
        app.MapGet("/cases/{number:long}/look-back", (long number, HttpContext context, LookBackPages pages) => pages.Case(context, number)).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/look-back", Keep).RequireAuthorization(Policies.Agent);
        my.MapGet("/reviews", (HttpContext context, LookBackPages pages) => pages.All(context));
        my.MapPost("/reviews/{number:long}/share", Share);
        my.MapPost("/reviews/{number:long}/share/end", End);
        my.MapPost("/reviews/{number:long}/removal", async (long number, HttpContext context, SelfCareDesk desk) =>
        {
            await desk.RemoveReview(context.User.Actor().Id, number);
            return SelfCareEndpoints.Done(context, "Deleted.", LookBackEndpoints.All);
        });
    }

    private static async Task<IResult> Keep(long number, HttpContext context, SelfCareDesk desk, LookBackPages pages, StoredSettings settings, TimeProvider clock)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var typed = LookBackPage.Typed.Of(form);
        var me = context.User.Actor().Id;
        if (await desk.Look(number, context.RequestAborted) is not { } look)
            return TypedResults.NotFound();
        if (LookBackPages.WhyNot(look, me) is { } why)
            return await pages.Case(context, number, typed, new Refused("main", why));
        if (typed.Judged.Count == 0)
            return await pages.Case(context, number, typed, new Refused("main", "Answer at least one of the pairs."));
        if (typed.Differently.Length > 2000)
            return await pages.Case(context, number, typed, new Refused("differently", "Keep it under 2,000 characters."));
        var day = LocalDay.Of(clock.GetUtcNow(), (await settings.Company(context.RequestAborted)).Zone());
        await desk.SetReview(me, new LookedBack { Number = number, Day = day, Judged = typed.Judged, Differently = Storable.Of(typed.Differently) });
        return SelfCareEndpoints.Done(context, "Kept, for you alone.", All);
    }

    private static async Task<IResult> Share(long number, HttpContext context, PrivateEntries entries, LookBackPages pages, TimeProvider clock, [FromForm] long? lead)
    {
        try
        {
            await entries.Share(context.User.Actor().Id, lead ?? throw new Refused("lead", "Choose the lead who may see it."), SelfCareDesk.AsShareable(number), shown: true, clock.GetUtcNow());
        }
        catch (Refused no)
        {
            return await pages.All(context, no);
        }

        return SelfCareEndpoints.Done(context, "They can see it until you take it back.", All);
    }

    private static async Task<IResult> End(long number, HttpContext context, PrivateEntries entries, LookBackPages pages, TimeProvider clock, [FromForm] long? lead)
    {
        try
        {
            await entries.Share(context.User.Actor().Id, lead ?? throw new Refused("lead", "Choose from whom you take it back."), SelfCareDesk.AsShareable(number), shown: false, clock.GetUtcNow());
        }
        catch (Refused no)
        {
            return await pages.All(context, no);
        }

        return SelfCareEndpoints.Done(context, "They cannot see it any more.", All);
    }
}

/// <summary>Loads the pages.</summary>
public sealed class LookBackPages(SelfCareDesk desk, PrivateEntries entries, Database database, StoredSettings settings, Frame frame, TimeProvider clock)
{
    private const int Months = 6;

    /// <summary>Why somebody cannot look back at a case; <c>null</c> when they can.</summary>
    internal static string? WhyNot(LookedAt look, long me) =>
        look.State.IsOpen ? "This case is still open. Look back when it is closed."
        : look.State.Kind != CaseKind.Complaint ? "This was no complaint; there is nothing of this to look back at."
        : look.WasWorkedOnBy(me) ? null : "You had no hand in this case. Look back at those of your own.";

    /// <summary>The form for one case, filled in from what the case shows, or as it was kept or typed.</summary>
    public async Task<IResult> Case(HttpContext context, long number, LookBackPage.Typed? typed = null, Refused? no = null)
    {
        var (me, ct) = (context.User.Actor().Id, context.RequestAborted);
        if (await desk.Look(number, ct) is not { } look)
            return TypedResults.NotFound();
        var (why, kept) = (WhyNot(look, me), await desk.Review(me, number, ct));
        var evidence = why is null ? LookBack.Of(look.State, look.Log, look.Said) : [];
        typed ??= kept is null ? new LookBackPage.Typed(evidence.ToDictionary(each => each.Habit, each => each.Leaning), "") : new LookBackPage.Typed(kept.Judged, kept.Differently);
        var errors = no is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [no.Code == "differently" ? "Differently" : "main"] = no.Message };
        return Html.Show<LookBackPage, LookBackPage.View>(new(await frame.For(context), number, look.State, why, evidence, typed, kept is not null, errors), no is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>All that somebody looked back at, and how it went over time.</summary>
    public async Task<IResult> All(HttpContext context, Refused? no = null)
    {
        var (me, ct) = (context.User.Actor().Id, context.RequestAborted);
        var reviews = await desk.Reviews(me, ct);
        var today = LocalDay.Of(clock.GetUtcNow(), (await settings.Company(ct)).Zone());
        var months = ReviewTrend.Months(today, Months);
        var by = reviews.Select(review => new Reviewed(new DateOnly(review.Day.Year, review.Day.Month, 1), review.Judged)).ToList();
        var trend = LookBackPairs.All.Select(pair => (pair, ReviewTrend.Of(by, pair.Habit, months))).ToList();
        var shares = (await entries.SharesOf(me, reviews.Select(review => SelfCareDesk.AsShareable(review.Number)), ct)).ToLookup(share => share.What.Name, share => (share.Lead, share.Name));
        return Html.Show<ReviewsPage, ReviewsPage.View>(new(await frame.For(context), reviews, months, trend, shares, await Colleague.All(database, me, 2, ct), no?.Message), no is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}
