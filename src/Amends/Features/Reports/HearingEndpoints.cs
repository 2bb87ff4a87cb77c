using Amends.Data;
using Amends.Domain;
using Amends.Domain.Listening.Emotion;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Reports;

/// <summary>How well upset words are heard here, beside what people read; and a sample that is read without seeing what was heard.</summary>
public static class HearingEndpoints
{
    /// <summary>Maps the pages and the file.</summary>
    public static void MapHearing(this IEndpointRouteBuilder app)
    {
        app.MapGet("/reports/hearing", Show).RequireAuthorization(Policies.Lead);
        app.MapGet("/reports/hearing/cases", Cases).RequireAuthorization(Policies.Lead);
        app.MapGet("/reports/hearing/export", Export).RequireAuthorization(Policies.Lead);
        app.MapGet("/reports/hearing/sample", (HttpContext context, HearingDesk desk, Frame frame) => Sample(context, desk, frame)).RequireAuthorization(Policies.Lead);
        app.MapPost("/reports/hearing/sample", Keep).RequireAuthorization(Policies.Lead);
        app.MapPost("/reports/hearing/sample/draw", Draw).RequireAuthorization(Policies.Lead);
    }

    private static async Task<IResult> Show(int? days, HttpContext context, HearingDesk desk, StoredSettings settings, Ear ear, Frame frame, TimeProvider clock) =>
        Html.Show<HearingPage, HearingPage.View>(new(await frame.For(context), await Read(days, context, desk, settings, clock), ear));

    private static async Task<IResult> Export(int? days, HttpContext context, HearingDesk desk, StoredSettings settings, TimeProvider clock)
    {
        var report = await Read(days, context, desk, settings, clock);
        return TableFile.Of(report.Csv(), $"hearing-{report.From:yyyy-MM-dd}-{report.Days}-days", context);
    }

    private static async Task<IResult> Cases(string? of, int? days, string? heard, string? read, string? how, int? band, string? language, string? month, HttpContext context, HearingCases cases, StoredSettings settings, Frame frame, TimeProvider clock)
    {
        if (HeardMessages.Parse(of, days, heard, read, how, band, language, month) is not { } wanted)
            return TypedResults.NotFound();
        var found = await cases.Read(wanted, clock.GetUtcNow(), (await settings.Company(context.RequestAborted)).Zone(), context.RequestAborted);
        var name = wanted.Part switch { HeardPart.Corrected => "What was corrected", HeardPart.Sample => "What was read blind", _ => "What was heard" };
        return Html.Show<ReportCasesPage, ReportCasesPage.View>(new(await frame.For(context), name, $"with such a message in the last {wanted.Days} days", found) { Note = "The newest of them" });
    }

    private static async Task<HearingReport> Read(int? days, HttpContext context, HearingDesk desk, StoredSettings settings, TimeProvider clock) =>
        await desk.Read(days, clock.GetUtcNow(), (await settings.Company(context.RequestAborted)).Zone(), context.RequestAborted);

    private static async Task<IResult> Sample(HttpContext context, HearingDesk desk, Frame frame, Refused? no = null) =>
        Html.Show<HearingSamplePage, HearingSamplePage.View>(new(await frame.For(context), await desk.Next(context.RequestAborted), no?.Message), no is null ? 200 : StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Keep([FromForm(Name = "case")] long? number, [FromForm] long? message, [FromForm] string? level, HttpContext context, HearingDesk desk, Frame frame, TimeProvider clock)
    {
        if (number is not { } of || message is not { } id)
            return await Sample(context, desk, frame, new Refused("message", "Say which message it is about."));
        var read = UpsetLevels.Of(level);
        if (read is null && level != "unclear")
            return await Sample(context, desk, frame, new Refused("level", "Choose how upset the words are, or that you cannot tell."));
        await desk.Keep(of, id, read, context.User.Actor().Id, clock.GetUtcNow());
        return TypedResults.Redirect303("/reports/hearing/sample");
    }

    private static async Task<IResult> Draw(HttpContext context, HearingDesk desk, TimeProvider clock)
    {
        var drawn = await desk.DrawSample(clock.GetUtcNow());
        Frame.Say(context, drawn == 0 ? "There is nothing to draw: every message of the last 90 days is in the sample already." : $"{Texts.Count(drawn, "message")} drawn.");
        return TypedResults.Redirect303("/reports/hearing/sample");
    }
}
