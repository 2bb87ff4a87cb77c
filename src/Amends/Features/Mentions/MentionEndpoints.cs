using System.Globalization;
using System.Text;
using Amends.Data;
using Amends.Data.Rollups;
using Amends.Domain;
using Amends.Domain.People;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Mentions;

/// <summary>What is said of us in public: the list, one of them with the cases that it may be about, a file, and what came of it.</summary>
public static class MentionEndpoints
{
    /// <summary>What they need.</summary>
    public static void AddMentions(this IServiceCollection services) => services.AddSingleton<MentionDesk>().AddSingleton<MentionImport>().AddSingleton<MentionPages>()
        .AddSingleton(new MailedReport("mentions", "What came of public mentions", Role.Manager, [90, 30, 365], Mailed));

    /// <summary>Maps the pages and what they post.</summary>
    public static void MapMentions(this IEndpointRouteBuilder app)
    {
        app.MapGet("/mentions", (string? show, int? days, string? site, int? before, int? after, HttpContext context, MentionPages pages) => pages.List(context, new(show ?? "", null, string.IsNullOrEmpty(site) ? null : site, before, after), days)).RequireAuthorization(Policies.Agent);
        app.MapForm("/mentions", Add).RequireAuthorization(Policies.Agent);
        app.MapPost("/mentions/import", Import).RequireAuthorization(Policies.Manager);
        app.MapGet("/mentions/{id:long}", (long id, HttpContext context, MentionPages pages) => pages.One(context, id)).RequireAuthorization(Policies.Agent);
        app.MapForm("/mentions/{id:long}/case", LinkCase).RequireAuthorization(Policies.Agent);
        app.MapForm("/mentions/{id:long}/answer", Answer).RequireAuthorization(Policies.Agent);
        app.MapForm("/mentions/{id:long}/rating", Rate).RequireAuthorization(Policies.Agent);
        app.MapGet("/reports/mentions", (int? days, HttpContext context, MentionPages pages) => pages.Report(context, days)).RequireAuthorization(Policies.Manager);
        app.MapGet("/reports/mentions/export", Export).RequireAuthorization(Policies.Manager);
    }

    private static async Task<IResult> Export(int? days, HttpContext context, MentionPages pages)
    {
        var report = await pages.Read(days, context.RequestAborted);
        return TableFile.Of(report.Csv(), $"mentions-{report.Span.FirstDay:yyyy-MM-dd}-to-{report.Span.LastDay:yyyy-MM-dd}", context);
    }

    private static async Task<MailedContent> Mailed(IServiceProvider given, MailedAsked asked, CancellationToken ct)
    {
        var report = await MentionReport.Read(given.GetRequiredService<Database>(), CauseSpan.Until(asked.Now, asked.Days, (await given.GetRequiredService<StoredSettings>().Company(ct)).Zone()), ct);
        var (all, change) = (report.All, report.Change);
        return new(report.Span.FirstDay, report.Span.LastDay, $"days={report.Span.Days}",
            [
                new("Answered", all.Answered.IsFew ? "–" : $"{(100 * all.Answered.Share!.Value).ToString("0", CultureInfo.InvariantCulture)} %", all.Answered.IsFew ? $"{all.Answered.Hits} of {all.Answered.Of}: too few to say" : $"{all.Answered.Hits} of {Texts.Count(all.Answered.Of, "mention")}"),
                new("Until the answer", all.Minutes is { IsFew: false } time ? When.Span(TimeSpan.FromMinutes(time.Median)) : "–", all.Minutes is { } known ? known.IsFew ? $"{known.Count} are too few to say" : $"median of {known.Count}" : "nothing to count"),
                new("With a case", Texts.Count(all.Linked, "mention"), $"of {all.Answered.Of}"),
                new("Stars before and after", $"{change.Up} up, {change.Down} down", $"{change.Same} the same, of {all.Twice} with both"),
            ],
            [("sites", ReportFile.Rows(report.Csv()))]);
    }

    private static async Task<IResult> Add([FromForm] MentionFields? sent, HttpContext context, MentionPages pages, Database database, StoredSettings settings, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        try
        {
            var told = fields.Read((await settings.Company(context.RequestAborted)).Zone());
            var (id, isNew) = await database.Write(unit => MentionDesk.Put(unit, told, context.User.Actor(), clock.GetUtcNow()), context.RequestAborted);
            Frame.Say(context, isNew ? "Written down." : "This one was known; it is brought up to date.");
            return TypedResults.Redirect303($"/mentions/{id.ToString(CultureInfo.InvariantCulture)}");
        }
        catch (Refused no)
        {
            var place = no.Code switch { "site" => "Site", "author" => "Author", "text" => "Words", "date" => "On", "link" => "Link", "rating" => "Stars", "order" => "Order", _ => "Words" };
            return await pages.List(context, null, typed: fields, errors: new Dictionary<string, string> { [place] = no.Message });
        }
    }

    private static async Task<IResult> Import(HttpContext context, MentionImport import, MentionPages pages, StoredSettings settings)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        try
        {
            if (form.Files.GetFile("file") is not { Length: > 0 } file)
                throw new Refused("file", "Choose a file first.");
            if (file.Length > MentionImport.MostBytes)
                throw new Refused("file", "This file is larger than 10 MB. Bring it in by parts, or on the server with amends import --mentions.");
            using var text = new StreamReader(file.OpenReadStream(), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
            return await pages.List(context, null, brought: await import.Run(text, (await settings.Company(context.RequestAborted)).Zone(), ct: context.RequestAborted));
        }
        catch (Refused no)
        {
            return await pages.List(context, null, errors: new Dictionary<string, string> { ["file"] = no.Message });
        }
    }

    private static Task<IResult> LinkCase(long id, [FromForm] MentionDeed? sent, HttpContext context, MentionPages pages, MentionDesk desk, TimeProvider clock) => Do(id, sent ?? new(), "Case", context, pages, typed =>
        desk.Link(id, typed.Case is "none" ? null : long.TryParse(typed.Case?.Trim().TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new Refused("case", "Write the number of the case."), context.User.Actor(), clock.GetUtcNow()),
        sent?.Case is "none" ? "The link is gone." : "Linked.");

    private static Task<IResult> Answer(long id, [FromForm] MentionDeed? sent, HttpContext context, MentionPages pages, MentionDesk desk, StoredSettings settings, TimeProvider clock) => Do(id, sent ?? new(), "Answer", context, pages, async typed =>
        await desk.Answer(id, LocalTime.Parse(typed.At, (await settings.Company(context.RequestAborted)).Zone(), "answered"), typed.Answer, context.User.Actor(), clock.GetUtcNow()), "Noted.");

    private static Task<IResult> Rate(long id, [FromForm] MentionDeed? sent, HttpContext context, MentionPages pages, MentionDesk desk, TimeProvider clock) =>
        Do(id, sent ?? new(), "Stars", context, pages, typed => desk.Rate(id, MentionFields.StarsOf(typed.Stars, "rating_after"), clock.GetUtcNow()), "Noted.");

    private static async Task<IResult> Do(long id, MentionDeed typed, string field, HttpContext context, MentionPages pages, Func<MentionDeed, Task<bool>> deed, string words)
    {
        try
        {
            if (!await deed(typed))
                return TypedResults.NotFound();
            Frame.Say(context, words);
            return TypedResults.Redirect303($"/mentions/{id.ToString(CultureInfo.InvariantCulture)}");
        }
        catch (Refused no)
        {
            return await pages.One(context, id, typed, new Dictionary<string, string> { [no.Code == "answered" ? "At" : field] = no.Message });
        }
    }
}

/// <summary>Loads the pages.</summary>
public sealed class MentionPages(MentionDesk desk, Database database, StoredSettings settings, Frame frame, TimeProvider clock)
{
    /// <summary>The newest of a list, a form for one more, and a file.</summary>
    public async Task<IResult> List(HttpContext context, WantedMentions? asked, int? days = null, MentionFields? typed = null, IReadOnlyDictionary<string, string>? errors = null, MentionImport.Result? brought = null)
    {
        var company = await settings.Company(context.RequestAborted);
        var span = days is null ? null : CauseSpan.Until(clock.GetUtcNow(), days, company.Zone());
        var wanted = (asked ?? new("", null)) with { List = MentionDesk.Lists.Any(each => each.Code == asked?.List) ? asked!.List : "open", Span = span };
        return Html.Show<MentionsPage, MentionsPage.View>(new(await frame.For(context), company.Zone(), wanted, await desk.List(wanted, context.RequestAborted), typed ?? new(), errors ?? new Dictionary<string, string>(), brought), errors is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>One of them.</summary>
    public async Task<IResult> One(HttpContext context, long id, MentionDeed? typed = null, IReadOnlyDictionary<string, string>? errors = null)
    {
        if (await desk.Find(id, context.RequestAborted) is not { } row)
            return TypedResults.NotFound();
        var zone = (await settings.Company(context.RequestAborted)).Zone();
        var fields = typed ?? new() { At = LocalTime.Of(row.AnsweredAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : clock.GetUtcNow(), zone), Answer = row.Answer, Stars = row.RatingAfter?.ToString(CultureInfo.InvariantCulture) };
        return Html.Show<MentionPage, MentionPage.View>(new(await frame.For(context), zone, row, row.CaseNumber is null ? await desk.Proposals(row, context.RequestAborted) : [], fields, errors ?? new Dictionary<string, string>()), errors is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>What came of it.</summary>
    public async Task<IResult> Report(HttpContext context, int? days) => Html.Show<MentionReportPage, MentionReportPage.View>(new(await frame.For(context), await Read(days, context.RequestAborted)));

    /// <summary>The same for a file.</summary>
    public async Task<MentionReport> Read(int? days, CancellationToken ct) => await MentionReport.Read(database, CauseSpan.Until(clock.GetUtcNow(), days, (await settings.Company(ct)).Zone()), ct);
}
