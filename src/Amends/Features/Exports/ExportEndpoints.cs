using System.Globalization;
using Amends.Data;
using Amends.Data.Exports;
using Amends.Domain;
using Amends.Domain.Calendars;
using Amends.Domain.Exports;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Exports;

/// <summary>Long files: asked for, watched, cancelled, fetched. Each person has their own; the owner sees all.</summary>
public static class ExportEndpoints
{
    private const string Page = "/exports";
    private const int UsualDays = 90;

    /// <summary>Maps the page, what it posts, and the files.</summary>
    public static void MapExports(this IEndpointRouteBuilder app)
    {
        app.MapGet(Page, (string? what, HttpContext context, ExportDesk desk, Frame frame, StoredSettings settings, TimeProvider clock) => Show(context, desk, frame, settings, clock, new() { What = what }, null)).RequireAuthorization(Policies.Manager);
        app.MapForm(Page, Ask).RequireAuthorization(Policies.Manager);
        app.MapPost(Page + "/{id:long}/end", End).RequireAuthorization(Policies.Manager);
        app.MapPost(Page + "/{id:long}/again", Again).RequireAuthorization(Policies.Manager);
        app.MapGet(Page + "/{id:long}/file", File).RequireAuthorization(Policies.Manager);
    }

    private static async Task<IResult> Show(HttpContext context, ExportDesk desk, Frame frame, StoredSettings settings, TimeProvider clock, ExportFields typed, Refused? no)
    {
        var (by, now, zone) = (ExportAsker.Of(context.User.Actor()), clock.GetUtcNow(), (await settings.Company(context.RequestAborted)).Zone());
        var list = new ExportList.View(await desk.List(by, context.RequestAborted), by, now, zone);
        if (no is null && context.Request.IsFragment())
            return Html.Show<ExportList, ExportList.View>(list);
        var today = LocalDay.Of(now, zone);
        var fields = no is null ? typed with { From = Day(today.AddDays(-UsualDays + 1)), To = Day(today) } : typed;
        return Html.Show<ExportsPage, ExportsPage.View>(new(await frame.For(context), list, fields, no), no is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Ask([FromForm] ExportFields? sent, HttpContext context, Database database, ExportDesk desk, MakeExports maker, Frame frame, StoredSettings settings, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        try
        {
            var plan = fields.Plan();
            await database.Write(unit => desk.Add(unit, ExportAsker.Of(context.User.Actor()), plan), context.RequestAborted);
            return Asked(context, maker);
        }
        catch (Refused no)
        {
            return await Show(context, desk, frame, settings, clock, fields, no);
        }
    }

    private static async Task<IResult> Again(long id, HttpContext context, Database database, ExportDesk desk, MakeExports maker, Frame frame, StoredSettings settings, TimeProvider clock)
    {
        var by = ExportAsker.Of(context.User.Actor());
        if (await desk.Find(id, by, context.RequestAborted) is not { } export)
            return TypedResults.NotFound();
        try
        {
            await database.Write(unit => desk.Add(unit, by, export.Plan), context.RequestAborted);
            return Asked(context, maker);
        }
        catch (Refused no)
        {
            return await Show(context, desk, frame, settings, clock, ExportFields.Of(export.Plan), no);
        }
    }

    private static async Task<IResult> End(long id, HttpContext context, Database database, ExportDesk desk, MakeExports maker)
    {
        if (await database.Write(unit => desk.End(unit, id, ExportAsker.Of(context.User.Actor())), context.RequestAborted) is not { } state)
            return TypedResults.NotFound();
        maker.Ring(); // what was written of it goes at once
        Frame.Say(context, state == ExportState.Cancelled ? "Cancelled. Nothing is left of it." : "The file is gone.");
        return TypedResults.Redirect303(Page);
    }

    private static async Task<IResult> File(long id, HttpContext context, Database database, ExportDesk desk) =>
        await ExportFile.Of(await desk.Find(id, ExportAsker.Of(context.User.Actor()), context.RequestAborted), database, context.RequestAborted);

    private static IResult Asked(HttpContext context, MakeExports maker)
    {
        maker.Ring();
        Frame.Say(context, "It is being made. You need not wait here.");
        return TypedResults.Redirect303(Page);
    }

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>What was typed.</summary>
public sealed record ExportFields
{
    /// <summary>An <see cref="ExportOf"/> by name.</summary>
    public string? What { get; init; }

    /// <summary>The first day.</summary>
    public string? From { get; init; }

    /// <summary>The last day.</summary>
    public string? To { get; init; }

    /// <summary>Code of a category.</summary>
    public string? Category { get; init; }

    /// <summary>A <see cref="CasesIn"/> by name.</summary>
    public string? Cases { get; init; }

    /// <summary>An <see cref="ExportFormat"/> by name.</summary>
    public string? Format { get; init; }

    /// <summary>A plan as it would be typed.</summary>
    public static ExportFields Of(ExportPlan plan) => new() { What = plan.What.ToString(), From = Day(plan.From), To = Day(plan.To), Category = plan.Category, Cases = plan.Cases.ToString(), Format = plan.Format.ToString() };

    /// <summary>What is meant.</summary>
    /// <exception cref="Refused">Something is missing or no day.</exception>
    public ExportPlan Plan() => new(
        Enum.TryParse<ExportOf>(What, out var what) ? what : throw new Refused("what", "Choose what the file should hold."),
        Day("from", From), Day("to", To), string.IsNullOrEmpty(Category) ? null : Category,
        string.IsNullOrEmpty(Cases) ? CasesIn.All : Enum.TryParse<CasesIn>(Cases, out var cases) ? cases : throw new Refused("cases", "Choose all cases, open ones or closed ones."),
        Enum.TryParse<ExportFormat>(Format, out var format) ? format : throw new Refused("format", "Choose a CSV file or a workbook."));

    private static DateOnly? Day(string code, string? typed) => string.IsNullOrWhiteSpace(typed) ? null
        : DateOnly.TryParseExact(typed.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw new Refused(code, "Write a day like 2026-03-31, or leave it empty.");

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
