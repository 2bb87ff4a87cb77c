using System.Globalization;
using Amends.Data;
using Amends.Data.Rollups;
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
    private const int MostMailed = 20; // lines of a letter; its file has the others

    /// <summary>What they need, and what was learned by mail.</summary>
    public static void AddLearning(this IServiceCollection services) => services.AddSingleton<LearnDesk>().AddSingleton<LearnSight>().AddSingleton<LearnPages>()
        .AddSingleton(new MailedReport("learnings", "What we learned", Role.Agent, [.. LearnDesk.WeekChoices.Select(weeks => weeks * 7)], Mailed) { Page = "/learn/learnings" });

    /// <summary>Maps the pages and what they post.</summary>
    public static void MapLearning(this IEndpointRouteBuilder app)
    {
        app.MapGet("/learn", (string? week, HttpContext context, LearnPages pages) => pages.Week(context, week)).RequireAuthorization(Policies.Agent);
        app.MapForm("/learn", Save).RequireAuthorization(Policies.Lead);
        app.MapGet("/learn/learnings", (int? weeks, string? q, HttpContext context, LearnPages pages) => pages.Learnings(context, weeks, q)).RequireAuthorization(Policies.Agent);
        app.MapGet("/learn/learnings/export", (int? weeks, string? q, HttpContext context, LearnPages pages) => pages.File(context, weeks, q)).RequireAuthorization(Policies.Agent);
        app.MapGet("/learn/cases", (HttpContext context, LearnPages pages) => pages.Cases(context)).RequireAuthorization(Policies.Agent);
        app.MapGet("/learn/cases/proposal", (string? week, HttpContext context, LearnPages pages) => pages.Proposal(context, week)).RequireAuthorization(Policies.Lead);
        app.MapForm("/learn/cases", Approve).RequireAuthorization(Policies.Lead);
        app.MapPost("/learn/cases/{number:long}/taken-back", TakeBack).RequireAuthorization(Policies.Lead);
    }

    private static async Task<MailedContent> Mailed(IServiceProvider given, MailedAsked asked, CancellationToken ct)
    {
        var zone = (await given.GetRequiredService<StoredSettings>().Company(ct)).Zone();
        var to = LocalDay.Of(asked.Now, zone);
        var from = to.AddDays(-asked.Days);
        var rows = await given.GetRequiredService<LearnDesk>().Learnings(LocalDay.Begins(from, zone), asked.Now.AddMilliseconds(1), null, ct);
        return new(from, to, string.Create(CultureInfo.InvariantCulture, $"weeks={asked.Days / 7}"),
            [.. rows.Take(MostMailed).Select(each => new MailedLine(LocalDay.Of(each.At, zone).ToString("d MMM", CultureInfo.InvariantCulture), each.Words, string.Create(CultureInfo.InvariantCulture, $"case #{each.Number}")))],
            [("learned", ReportFile.Rows(LearnDesk.Csv(rows, zone)))])
        {
            Finding = rows.Count == 0 ? "Nobody wrote down anything in these days. A line when a complaint is closed is enough." : rows.Count > MostMailed ? $"The newest {MostMailed} of {rows.Count}; the file has {(rows.Count == LearnDesk.Shown ? $"the newest {LearnDesk.Shown}" : "all of them")}." : null,
        };
    }

    private static async Task<IResult> TakeBack(long number, [FromForm] string? why, HttpContext context, LearnPages pages, Database database, TimeProvider clock)
    {
        try
        {
            if (!await database.Write(unit => LearnDesk.TakeBack(unit, number, why, context.User.Actor(), clock.GetUtcNow()), context.RequestAborted))
                return TypedResults.NotFound();
            Frame.Say(context, "Taken back. Nobody but leads sees that it was there.");
            return TypedResults.Redirect303("/learn/cases");
        }
        catch (Refused no)
        {
            return await pages.Cases(context, (number, why, no.Message));
        }
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
    public async Task<DateOnly> Monday(string? typed, CancellationToken ct) => LearnSight.WeekOf(typed, clock.GetUtcNow(), (await settings.Company(ct)).Zone());

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
        var (chosen, words, zone, rows) = await Read(weeks, search, context.RequestAborted);
        return Html.Show<LearningsPage, LearningsPage.View>(new(await frame.For(context), zone, chosen, words, rows));
    }

    /// <summary>The same as a file.</summary>
    public async Task<IResult> File(HttpContext context, int? weeks, string? search)
    {
        var (chosen, _, zone, rows) = await Read(weeks, search, context.RequestAborted);
        return TableFile.Of(LearnDesk.Csv(rows, zone), $"learned-in-{chosen}-weeks", context);
    }

    private async Task<(int Weeks, string Words, TimeZoneInfo Zone, IReadOnlyList<Data.Learning> Rows)> Read(int? weeks, string? search, CancellationToken ct)
    {
        var chosen = weeks is { } typed && LearnDesk.WeekChoices.Contains(typed) ? typed : 13;
        var (now, zone, words) = (clock.GetUtcNow(), (await settings.Company(ct)).Zone(), Storable.Of(search ?? ""));
        return (chosen, words, zone, await desk.Learnings(LocalDay.Begins(LocalDay.Of(now, zone).AddDays(-7 * chosen), zone), now.AddMilliseconds(1), words, ct));
    }

    /// <summary>The approved cases, for leads those that were taken back, too; with a reason that was typed and refused as 422.</summary>
    public async Task<IResult> Cases(HttpContext context, (long Number, string? Why, string Problem)? refused = null)
    {
        var isLead = context.User.Actor().Role >= Role.Lead;
        return Html.Show<LearnCasesPage, LearnCasesPage.View>(new(await frame.For(context), await desk.Cases(ct: context.RequestAborted), isLead, isLead ? await desk.TakenBack(context.RequestAborted) : [], refused),
            refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>The hardest case of a week that went well, for a lead to read and approve.</summary>
    public async Task<IResult> Proposal(HttpContext context, string? typed, LearnCaseFields? fields = null, Refused? no = null)
    {
        var week = await Monday(typed, context.RequestAborted);
        var hardest = await sight.Hardest(week, context.RequestAborted);
        var kept = hardest is null ? null : (await desk.Cases(week, context.RequestAborted)).FirstOrDefault(each => each.CaseNumber == hardest.Value.Case.Number);
        var before = hardest is null ? null : (await desk.TakenBack(context.RequestAborted)).FirstOrDefault(each => each.CaseNumber == hardest.Value.Case.Number);
        return Html.Show<LearnProposalPage, LearnProposalPage.View>(new(await frame.For(context), week, hardest?.Case, before, fields ?? new()
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
