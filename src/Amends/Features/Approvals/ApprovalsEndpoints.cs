using System.Globalization;
using Amends.Data;
using Amends.Data.Rollups;
using Amends.Domain;
using Amends.Domain.Calendars;
using Amends.Domain.People;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Approvals;

/// <summary>What waits for a second person, and how long people wait for one.</summary>
public static class ApprovalsEndpoints
{
    private const string ByLawPath = "/approvals/by-law";

    /// <summary>What they need, and the reports by mail.</summary>
    public static void AddApprovals(this IServiceCollection services) => services.AddSingleton<ApprovalsQuery>().AddSingleton<ApprovalFigures>().AddSingleton<GivenByLaw>()
        .AddSingleton(new MailedReport("approvals", "Who decides on money", Role.Manager, ApprovalFigures.Choices, Mailed))
        .AddSingleton(new MailedReport("by-law", "Given by law above limits", Role.Lead, [GivenByLaw.Days], MailedByLaw) { Page = ByLawPath });

    /// <summary>Maps the pages.</summary>
    public static void MapApprovalPages(this IEndpointRouteBuilder app)
    {
        app.MapGet("/approvals", List).RequireAuthorization(Policies.Agent);
        app.MapGet(ByLawPath, ByLaw).RequireAuthorization(Policies.Lead);
        app.MapPost(ByLawPath, Seen).RequireAuthorization(Policies.Lead);
        app.MapGet(ByLawPath + "/export", ByLawFile).RequireAuthorization(Policies.Lead);
        app.MapGet("/reports/approvals", Report).RequireAuthorization(Policies.Manager);
        app.MapGet("/reports/approvals/export", ReportFileOf).RequireAuthorization(Policies.Manager);
        app.MapGet("/reports/approvals/cases", Cases).RequireAuthorization(Policies.Manager);
    }

    private static async Task<IResult> List(HttpContext context, ApprovalsQuery query, Database database, StoredSettings settings, Frame frame, TimeProvider clock)
    {
        var (me, company, now) = (context.User.Actor(), await settings.Company(context.RequestAborted), clock.GetUtcNow());
        var (authority, _) = await MoneyDesk.PowerOf(database, company, me, 0, 0, now, context.RequestAborted);
        return Html.Show<ApprovalsPage, ApprovalsPage.View>(new(await frame.For(context), await query.Waiting(context.RequestAborted), me, authority.RoleOf(me), now, company));
    }

    private static async Task<IResult> ByLaw(HttpContext context, GivenByLaw given, StoredSettings settings, Frame frame, TimeProvider clock) => await Shown(context, given, settings, frame, clock, null);

    private static async Task<IResult> Shown(HttpContext context, GivenByLaw given, StoredSettings settings, Frame frame, TimeProvider clock, Refused? no) =>
        Html.Show<ByLawPage, ByLawPage.View>(new(await frame.For(context), await given.AboveLimits(clock.GetUtcNow(), context.RequestAborted), context.User.Actor(), clock.GetUtcNow(), await settings.Company(context.RequestAborted), no?.Message), no is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Seen([FromForm] long? @case, [FromForm] int? offer, HttpContext context, GivenByLaw given, StoredSettings settings, Frame frame, TimeProvider clock)
    {
        try
        {
            await given.See(@case ?? 0, offer ?? 0, context.User.Actor(), clock.GetUtcNow(), context.RequestAborted);
            Frame.Say(context, "Noted that you have seen it.");
            return TypedResults.Redirect303(ByLawPath);
        }
        catch (Refused no)
        {
            return await Shown(context, given, settings, frame, clock, no);
        }
    }

    private static async Task<IResult> ByLawFile(HttpContext context, GivenByLaw given, StoredSettings settings, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var today = LocalDay.Of(now, (await settings.Company(context.RequestAborted)).Zone());
        return TableFile.Of(GivenByLaw.Csv(await given.AboveLimits(now, context.RequestAborted)), $"given-by-law-{today.AddDays(-GivenByLaw.Days):yyyy-MM-dd}-to-{today:yyyy-MM-dd}", context);
    }

    private static async Task<IResult> Report(int? days, HttpContext context, ApprovalFigures figures, StoredSettings settings, Frame frame, TimeProvider clock)
    {
        var company = await settings.Company(context.RequestAborted);
        var span = ApprovalFigures.DaysOf(days);
        return Html.Show<ApprovalReportPage, ApprovalReportPage.View>(new(await frame.For(context), span, await figures.Read(span, company, clock.GetUtcNow(), context.RequestAborted)));
    }

    /// <summary>Of agents and of what went out where nobody says of whom and what.</summary>
    private static async Task<IResult> Cases(int? days, string? role, string? count, HttpContext context, ApprovalFigures figures, StoredSettings settings, Frame frame, TimeProvider clock)
    {
        if (!TryRead(role, Role.Agent, out var of) || !TryRead(count, ApprovalCount.Sent, out var counted))
            return TypedResults.NotFound();
        var (span, company) = (ApprovalFigures.DaysOf(days), await settings.Company(context.RequestAborted));
        return Html.Show<ApprovalCasesPage, ApprovalCasesPage.View>(new(await frame.For(context), span, of, counted, await figures.Cases(span, of, counted, company, clock.GetUtcNow(), context.RequestAborted), company.Zone()));

        static bool TryRead<T>(string? typed, T usual, out T value) where T : struct, Enum
        {
            value = usual;
            return typed is null || (Enum.TryParse(typed, ignoreCase: true, out value) && Enum.IsDefined(value));
        }
    }

    private static async Task<IResult> ReportFileOf(int? days, HttpContext context, ApprovalFigures figures, StoredSettings settings, TimeProvider clock)
    {
        var span = ApprovalFigures.DaysOf(days);
        return TableFile.Of(ApprovalFigures.Csv(await figures.Read(span, await settings.Company(context.RequestAborted), clock.GetUtcNow(), context.RequestAborted)), $"who-decides-{span}-days", context);
    }

    private static async Task<MailedContent> Mailed(IServiceProvider given, MailedAsked asked, CancellationToken ct)
    {
        var company = await given.GetRequiredService<StoredSettings>().Company(ct);
        var tallies = await given.GetRequiredService<ApprovalFigures>().Read(asked.Days, company, asked.Now, ct);
        var to = LocalDay.Of(asked.Now, company.Zone());
        var (sent, alone) = (tallies.Sum(each => each.Sent), tallies.Sum(each => each.WithoutApproval));
        return new(to.AddDays(-asked.Days), to, $"days={asked.Days}",
            [
                new("Sent without asking", sent == 0 ? "–" : $"{(100m * alone / sent).ToString("0", CultureInfo.InvariantCulture)} %", sent == 0 ? "no offer with money went out" : $"{alone} of {Texts.Count(sent, "offer")} with money"),
                .. tallies.Select(each => new MailedLine($"{each.Role}: asked somebody", Texts.Count(each.Asked, "offer"), $"{each.Unchanged} agreed to as {(each.Unchanged == 1 ? "it was" : "they were")}; waited {ApprovalReportPage.Hours(each.MedianWait)} in the middle")),
            ],
            [("approvals", ReportFile.Rows(ApprovalFigures.Csv(tallies)))])
        {
            Finding = tallies.FirstOrDefault(each => each.SuggestsMore) is { } more ? $"Raise the limit of the role {more.Role}? {more.Unchanged} of {more.Waits.Count} offers above it were agreed to as they were." : null,
        };
    }

    private static async Task<MailedContent> MailedByLaw(IServiceProvider given, MailedAsked asked, CancellationToken ct)
    {
        var company = await given.GetRequiredService<StoredSettings>().Company(ct);
        var gifts = await given.GetRequiredService<GivenByLaw>().AboveLimits(asked.Now, ct);
        var to = LocalDay.Of(asked.Now, company.Zone());
        var unseen = gifts.Count(gift => gift.SeenBy is null);
        return new(to.AddDays(-asked.Days), to, "",
            [
                new("Given by law above a limit", Texts.Count(gifts.Count, "time"), $"worth {new Money(gifts.Sum(gift => gift.Amount.Minor), company.Currency)} in all"),
                new("Nobody has looked at", Texts.Count(unseen, "gift"), gifts.Any(gift => gift.SeenBy is null && gift.PersonId == asked.Reader.Id) ? "what you gave yourself somebody else looks at" : ""),
            ],
            [("by_law", ReportFile.Rows(GivenByLaw.Csv(gifts)))]);
    }
}
