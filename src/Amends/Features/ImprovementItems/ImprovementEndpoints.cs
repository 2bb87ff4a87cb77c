using System.Globalization;
using Amends.Data;
using Amends.Data.Rollups;
using Amends.Domain;
using Amends.Domain.Calendars;
using Amends.Domain.Improvements;
using Amends.Domain.People;
using Amends.Features.Shared;
using Amends.Letters;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.ImprovementItems;

/// <summary>Improvements: proposed by anybody who handles cases, decided on by a manager, done by their owner by a day, and judged by the count.</summary>
public static class ImprovementEndpoints
{
    private const string Root = "/improvements";

    private const int MailedDays = 30; // as it is now; the letter says since when one may have looked last

    /// <summary>What the pages need, and the list by mail.</summary>
    public static void AddImprovements(this IServiceCollection services) => services.AddSingleton<ImprovementPages>().AddSingleton(new MailedReport("improvements", "Improvements", Role.Manager, [MailedDays], Mailed) { Page = Root });

    /// <summary>Maps the pages and what they post.</summary>
    public static void MapImprovements(this IEndpointRouteBuilder app)
    {
        var all = app.MapGroup(Root);
        all.MapGet("", (HttpContext context, ImprovementPages pages) => pages.List(context)).RequireAuthorization(Policies.Reader);
        all.MapGet("/export", Export).RequireAuthorization(Policies.Manager);
        all.MapGet("/new", (string? what, string? by, string? of, string? cases, HttpContext context, ImprovementPages pages) => pages.New(context, new() { What = what, By = by, Of = of, Cases = cases }, null)).RequireAuthorization(Policies.Agent);
        all.MapForm("", Propose).RequireAuthorization(Policies.Agent);
        var one = all.MapGroup("/{id:long}");
        one.MapGet("", (long id, HttpContext context, ImprovementPages pages) => pages.One(context, id)).RequireAuthorization(Policies.Reader);
        one.MapForm("/plan", Change).RequireAuthorization(Policies.Agent);
        one.MapForm("/moves", Move).RequireAuthorization(Policies.Agent);
        one.MapPost("/cases", AddCases).RequireAuthorization(Policies.Agent);
        one.MapPost("/cases/{number:long}/removal", RemoveCase).RequireAuthorization(Policies.Agent);
        one.MapForm("/whys", AskWhy).RequireAuthorization(Policies.Agent);
        one.MapPost("/whys/{why:int}/taken-back", TakeBackWhy).RequireAuthorization(Policies.Agent);
        one.MapGet("/letters/{number:long}", (long id, long number, HttpContext context, ImprovementPages pages) => pages.Letter(context, id, number, null, null)).RequireAuthorization(Policies.Agent);
        one.MapPost("/letters/{number:long}", Send).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> Propose([FromForm] ImprovementFields? sent, HttpContext context, ImprovementPages pages, ImprovementDesk desk, Database database, StoredSettings settings, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        try
        {
            var (plan, numbers, colleagues) = (fields.Read((await settings.Company(context.RequestAborted)).Currency), fields.Numbers(), await desk.Colleagues(context.RequestAborted));
            var id = await database.Write(unit => desk.Propose(unit, plan, numbers, colleagues, context.User.Actor(), clock.GetUtcNow()), context.RequestAborted);
            return Again(context, id, "Proposed. A manager decides.");
        }
        catch (Refused no)
        {
            return await pages.New(context, fields, no);
        }
    }

    private static async Task<IResult> Change(long id, [FromForm] ImprovementFields? sent, HttpContext context, ImprovementPages pages, ImprovementDesk desk, Database database, StoredSettings settings, TimeProvider clock)
    {
        var fields = sent ?? new();
        try
        {
            var (plan, colleagues) = (fields.Read((await settings.Company(context.RequestAborted)).Currency), await desk.Colleagues(context.RequestAborted));
            var owner = (await desk.Owners(context.RequestAborted)).FirstOrDefault(each => each.Id == plan.OwnerId)?.Name ?? "";
            return await database.Write(unit => desk.Change(unit, id, item => item.Change(plan with { Owner = owner }, fields.Reason, colleagues, context.User.Actor(), clock.GetUtcNow())), context.RequestAborted) is null
                ? TypedResults.NotFound() : Again(context, id, "Saved. It stands in its history.");
        }
        catch (Refused no)
        {
            return await pages.One(context, id, no, plan: fields);
        }
    }

    private static async Task<IResult> Move(long id, [FromForm] MoveFields? sent, HttpContext context, ImprovementPages pages, ImprovementDesk desk, Database database, StoredSettings settings, TimeProvider clock)
    {
        var fields = sent ?? new();
        try
        {
            var (now, zone) = (clock.GetUtcNow(), (await settings.Company(context.RequestAborted)).Zone());
            var wanted = new WantedMove(fields.Move ?? "", fields.Why, ImprovementFields.DayOf(fields.Since, "since"),
                string.IsNullOrWhiteSpace(fields.Aim) ? null : long.TryParse(fields.Aim.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var aim) ? aim : throw new Refused("aim", "Give a whole number, such as 500."), ImprovementFields.DayOf(fields.Due, "due"));
            var effect = wanted.NeedsEffect && await desk.Find(id, context.RequestAborted) is { } file ? await desk.Effect(file.Item, now, context.RequestAborted) : null;
            return await database.Write(unit => desk.Change(unit, id, item => wanted.On(item, effect?.Effect, zone, context.User.Actor(), now)), context.RequestAborted) is { } moved
                ? Again(context, id, $"It is {ImprovementItem.Words(moved.State)} now.") : TypedResults.NotFound();
        }
        catch (Refused no)
        {
            return await pages.One(context, id, no, move: fields);
        }
    }

    private static async Task<IResult> AddCases(long id, [FromForm] string? numbers, HttpContext context, ImprovementPages pages, ImprovementDesk desk, Database database, TimeProvider clock)
    {
        try
        {
            var read = ImprovementFields.NumbersOf(numbers);
            if (read.Count == 0)
                throw new Refused("case", "Write the numbers of complaints that show it.");
            return await database.Write(async unit =>
            {
                var isThere = true;
                foreach (var number in read)
                    isThere = isThere && await desk.AddCase(unit, id, number, context.User.Actor(), clock.GetUtcNow());
                return isThere;
            }, context.RequestAborted) ? Again(context, id, "Added.") : TypedResults.NotFound();
        }
        catch (Refused no)
        {
            return await pages.One(context, id, no, cases: numbers);
        }
    }

    private static async Task<IResult> RemoveCase(long id, long number, HttpContext context, ImprovementPages pages, ImprovementDesk desk, Database database, TimeProvider clock)
    {
        try
        {
            return await database.Write(unit => desk.RemoveCase(unit, id, number, context.User.Actor(), clock.GetUtcNow()), context.RequestAborted) ? Again(context, id, "Taken out.") : TypedResults.NotFound();
        }
        catch (Refused no)
        {
            return await pages.One(context, id, no);
        }
    }

    private static async Task<IResult> AskWhy(long id, [FromForm] LadderFields? sent, HttpContext context, ImprovementPages pages, ImprovementDesk desk, Database database, TimeProvider clock)
    {
        var fields = sent ?? new();
        try
        {
            var colleagues = fields.Anyway == "on" ? [] : await desk.Colleagues(context.RequestAborted);
            int? under = int.TryParse(fields.Under, NumberStyles.None, CultureInfo.InvariantCulture, out var step) ? step : null;
            return await database.Write(unit => desk.AskWhy(unit, id, new(fields.Words, under, fields.Evidence, ImprovementFields.NumbersOf(fields.SeenIn) is [var first, ..] ? first : null, fields.CanChange == "on"), colleagues, context.User.Actor(), clock.GetUtcNow()), context.RequestAborted) is null
                ? TypedResults.NotFound() : Again(context, id, "And why is that?");
        }
        catch (Refused no)
        {
            return await pages.One(context, id, no, ladder: fields);
        }
    }

    private static async Task<IResult> TakeBackWhy(long id, int why, [FromForm] string? reason, HttpContext context, ImprovementPages pages, ImprovementDesk desk, Database database, TimeProvider clock)
    {
        try
        {
            return await database.Write(unit => desk.Change(unit, id, item => item.TakeBackWhy(why, reason, context.User.Actor(), clock.GetUtcNow())), context.RequestAborted) is null
                ? TypedResults.NotFound() : Again(context, id, "Taken back. It stays to be read.");
        }
        catch (Refused no)
        {
            return await pages.One(context, id, no.Code == "reason" ? new Refused("taken_back", no.Message) : no);
        }
    }

    private static async Task<IResult> Send(long id, long number, [FromForm] string? text, HttpContext context, ImprovementPages pages, ImprovementDesk desk, CaseStore cases, StoredSettings settings, Dispatch dispatch, TimeProvider clock)
    {
        try
        {
            var (company, me, now) = (await settings.Company(context.RequestAborted), context.User.Actor(), clock.GetUtcNow());
            if (await desk.Find(id, context.RequestAborted) is not { } file || file.Cases.All(each => each.Number != number))
                return TypedResults.NotFound();
            if (!ChangeLetterRule.HasChanged(file.Item))
                throw new Refused("text", "Nothing holds yet that they can be told of.");
            return await cases.Change(number, (@case, unit) => dispatch.Change(new(@case, unit, number, company, me, now), desk, id, text), context.RequestAborted) is null ? TypedResults.NotFound() : Again(context, id, "The letter is on its way.");
        }
        catch (Refused no)
        {
            return await pages.Letter(context, id, number, text, no.Message);
        }
    }

    private static async Task<IResult> Export(ImprovementDesk desk, StoredSettings settings, HttpContext context) =>
        TableFile.Of(Csv(await desk.List(context.RequestAborted), (await settings.Company(context.RequestAborted)).Currency), "improvements", context);

    private static async Task<MailedContent> Mailed(IServiceProvider given, MailedAsked asked, CancellationToken ct)
    {
        var company = await given.GetRequiredService<StoredSettings>().Company(ct);
        var (rows, to) = (await given.GetRequiredService<ImprovementDesk>().List(ct), LocalDay.Of(asked.Now, company.Zone()));
        var items = rows.Select(row => row.Read()).ToList();
        var late = items.Count(item => item.State is ImprovementState.Agreed or ImprovementState.InProgress && item.Plan.Due < to);
        return new(to.AddDays(-asked.Days), to, "",
            [.. Enum.GetValues<ImprovementState>().Select(state => (State: state, Count: items.Count(item => item.State == state))).Where(each => each.Count > 0).Select(each => new MailedLine(ImprovementItem.Words(each.State), Texts.Count(each.Count, "improvement"), ""))],
            [("improvements", ReportFile.Rows(Csv(rows, company.Currency)))]) { Finding = late > 0 ? $"{Texts.Count(late, "improvement")} should be done by now." : items.Count == 0 ? "None is proposed yet." : null };
    }

    private static string Csv(IEnumerable<ImprovementRow> rows, string currency)
    {
        var lines = new List<string> { "id,what,problem,state,owner,due,decided_by,decision,holds_from,measured_by,of,cost_minor,benefit_minor,currency,complaints,customers_told" };
        foreach (var row in rows)
        {
            var item = row.Read();
            lines.Add(string.Join(',', row.Id.ToString(CultureInfo.InvariantCulture), CsvCell.Of(item.Plan.What), CsvCell.Of(item.Plan.Problem), CsvCell.Of(ImprovementItem.Words(item.State)), CsvCell.Of(item.Plan.Owner), row.Due ?? "", CsvCell.Of(item.DecidedBy ?? ""), CsvCell.Of(item.Decision ?? ""),
                item.HoldsFrom?.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "", item.Plan.By.ToString().ToLowerInvariant(), CsvCell.Of(item.Plan.Of), item.Plan.CostMinor?.ToString(CultureInfo.InvariantCulture) ?? "", item.Plan.BenefitMinor?.ToString(CultureInfo.InvariantCulture) ?? "", currency, row.Cases.ToString(CultureInfo.InvariantCulture), row.Told.ToString(CultureInfo.InvariantCulture)));
        }

        return string.Join("\r\n", lines) + "\r\n";
    }

    private static IResult Again(HttpContext context, long id, string words)
    {
        Frame.Say(context, words);
        return TypedResults.Redirect303($"{Root}/{id}");
    }
}
