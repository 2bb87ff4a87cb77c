using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Calendars;
using Amends.Domain.Learning;
using Amends.Domain.People;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Learning;

/// <summary>Ten minutes a week to learn from complaints: everybody who handles cases reads, a lead keeps what was decided and approves the cases to learn from.</summary>
public static class LearnEndpoints
{
    /// <summary>What they need.</summary>
    public static void AddLearning(this IServiceCollection services) => services.AddSingleton<LearnDesk>().AddSingleton<LearnSight>().AddSingleton<LearnPages>();

    /// <summary>Maps the pages and what they post.</summary>
    public static void MapLearning(this IEndpointRouteBuilder app)
    {
        app.MapGet("/learn", (string? week, HttpContext context, LearnPages pages) => pages.Week(context, week)).RequireAuthorization(Policies.Agent);
        app.MapPost("/learn", Save).RequireAuthorization(Policies.Lead);
        app.MapGet("/learn/learnings", (int? weeks, string? q, HttpContext context, LearnPages pages) => pages.Learnings(context, weeks, q)).RequireAuthorization(Policies.Agent);
        app.MapGet("/learn/cases", (HttpContext context, LearnPages pages) => pages.Cases(context)).RequireAuthorization(Policies.Agent);
        app.MapGet("/learn/cases/proposal", (string? week, HttpContext context, LearnPages pages) => pages.Proposal(context, week)).RequireAuthorization(Policies.Lead);
        app.MapPost("/learn/cases", Approve).RequireAuthorization(Policies.Lead);
    }

    private static async Task<IResult> Save([FromForm] LearnFields? sent, HttpContext context, LearnPages pages, Database database, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        try
        {
            var week = await pages.Monday(fields.Week, context.RequestAborted);
            var decided = fields.Read();
            await database.Write(unit => LearnDesk.Save(unit, week, decided, context.User.Actor(), clock.GetUtcNow()), context.RequestAborted);
            Frame.Say(context, "Kept. Now put the action where it is followed up.");
            return TypedResults.Redirect303($"/learn?week={week.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}");
        }
        catch (Refused no)
        {
            return await pages.Week(context, fields.Week, fields, no);
        }
    }

    private static async Task<IResult> Approve([FromForm] LearnCaseFields? sent, HttpContext context, LearnPages pages, LearnDesk desk, TimeProvider clock)
    {
        var fields = sent ?? new();
        try
        {
            await desk.Approve(long.TryParse(fields.Number, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0, fields.Title, fields.Story, fields.Takeaway, context.User.Actor(), clock.GetUtcNow(), context.RequestAborted);
            Frame.Say(context, "Approved. Everybody who handles cases may read it now.");
            return TypedResults.Redirect303("/learn/cases");
        }
        catch (Refused no)
        {
            return await pages.Proposal(context, fields.Week, fields, no);
        }
    }
}

/// <summary>Loads the pages.</summary>
public sealed class LearnPages(LearnDesk desk, LearnSight sight, ImprovementDesk improvements, StoredSettings settings, Frame frame, TimeProvider clock)
{
    /// <summary>The Monday of the week that is meant: of the last whole week where it says none or one that is not over.</summary>
    public async Task<DateOnly> Monday(string? typed, CancellationToken ct)
    {
        var zone = (await settings.Company(ct)).Zone();
        var last = LocalDay.Of(LocalDay.LastWeek(clock.GetUtcNow(), zone).From, zone);
        return DateOnly.TryParseExact(typed?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year >= 2000 && LocalDay.MondayOf(day) < last ? LocalDay.MondayOf(day) : last;
    }

    /// <summary>The ten minutes of a week.</summary>
    public async Task<IResult> Week(HttpContext context, string? typed, LearnFields? fields = null, Refused? no = null)
    {
        var ct = context.RequestAborted;
        var zone = (await settings.Company(ct)).Zone();
        var (week, last) = (await Monday(typed, ct), await Monday(null, ct));
        var (from, to) = LearnSight.Of(week, zone);
        var kept = await desk.Find(week, ct);
        var approved = await desk.Cases(week, ct);
        var isLead = context.User.Actor().Role >= Role.Lead;
        return Html.Show<LearnPage, LearnPage.View>(new(await frame.For(context), zone, week, week < last, await sight.Top(week, ct), await desk.Learnings(from, to, null, ct), approved,
            isLead && approved.Count == 0 ? await sight.Hardest(week, ct) is not null : null, await desk.Before(week, ct), kept, fields ?? LearnFields.Of(kept, week), await improvements.Owners(ct), ErrorsOf(no)),
            no is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>What was learned, by weeks and words.</summary>
    public async Task<IResult> Learnings(HttpContext context, int? weeks, string? search)
    {
        var chosen = weeks is { } typed && LearnDesk.WeekChoices.Contains(typed) ? typed : 13;
        var now = clock.GetUtcNow();
        var zone = (await settings.Company(context.RequestAborted)).Zone();
        var words = Storable.Of(search ?? "");
        return Html.Show<LearningsPage, LearningsPage.View>(new(await frame.For(context), zone, chosen, words, await desk.Learnings(LocalDay.Begins(LocalDay.Of(now, zone).AddDays(-7 * chosen), zone), now.AddMilliseconds(1), words, context.RequestAborted)));
    }

    /// <summary>The approved cases.</summary>
    public async Task<IResult> Cases(HttpContext context) => Html.Show<LearnCasesPage, LearnCasesPage.View>(new(await frame.For(context), await desk.Cases(ct: context.RequestAborted)));

    /// <summary>The hardest case of a week that went well, for a lead to read and approve.</summary>
    public async Task<IResult> Proposal(HttpContext context, string? typed, LearnCaseFields? fields = null, Refused? no = null)
    {
        var week = await Monday(typed, context.RequestAborted);
        var hardest = await sight.Hardest(week, context.RequestAborted);
        var kept = hardest is null ? null : (await desk.Cases(week, context.RequestAborted)).FirstOrDefault(each => each.CaseNumber == hardest.Value.Case.Number);
        return Html.Show<LearnProposalPage, LearnProposalPage.View>(new(await frame.For(context), week, hardest?.Case, fields ?? new()
        {
            Title = kept?.Title ?? (hardest is { Subject: var subject } ? Texts.Cut(subject, LearnDesk.LongestTitle) : null), Story = kept?.Story ?? (hardest is { Story: var story } ? Texts.Cut(story, LearnDesk.LongestStory) : null), Takeaway = kept?.Takeaway,
        }, no is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [no.Code switch { "title" => "Title", "takeaway" => "Takeaway", _ => "Story" }] = no.Message }),
            no is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static Dictionary<string, string> ErrorsOf(Refused? no) => no is null ? [] : new()
    {
        [no.Code switch { "people" => "People", "owner" => "Owner", "due" => "Due", "kind" => "Kind", "decision" => "Decision", "came" => "Came", _ => "Action" }] = no.Message,
    };
}
