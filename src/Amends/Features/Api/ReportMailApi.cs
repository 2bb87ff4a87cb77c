using System.Globalization;
using Amends.Channels.Email;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.People;
using Amends.Domain.Reports;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Api;

/// <summary>Reports that come by mail, for programs that act for one of us: their own, or anybody's for an owner, as on the page.</summary>
public sealed class ReportMailApi(Database database, ReportMailDesk desk, SendReports sender, StoredSettings settings, DoOnce once)
{
    private const string Root = "/api/v1/reports/mails";

    /// <summary>Those that come, and the reports that can.</summary>
    public async Task<ReportMailListAnswer> List(HttpContext context)
    {
        var by = Somebody(context);
        return new([.. (await desk.List(by.Role >= Role.Owner ? null : by.Id, context.RequestAborted)).Select(Of)],
            [.. desk.Reports.Where(report => by.Role >= report.From).Select(report => new MailedReportAnswer(report.Key, report.Title, report.Days, report.HasCategory))]);
    }

    /// <summary>Adds one to the person's own address.</summary>
    public async Task<IResult> Add(HttpContext context)
    {
        var (asked, body) = await ApiJson.Read<PlanReportMail>(context.Request);
        var (plan, zone) = (asked.Plan(), (await settings.Company(context.RequestAborted)).Zone());
        return await once.Run(context, body, async (unit, by, now) => Step(await desk.Add(unit, by, plan, now, zone), "comes"));
    }

    /// <summary>Changes what comes and when.</summary>
    public async Task<IResult> Change(long id, HttpContext context)
    {
        var (asked, body) = await ApiJson.Read<PlanReportMail>(context.Request);
        var (plan, zone) = (asked.Plan(), (await settings.Company(context.RequestAborted)).Zone());
        return await once.Run(context, body, async (unit, by, now) => await desk.Change(unit, id, by, plan, now, zone) ? Step(id, "comes") : null);
    }

    /// <summary>Pauses it, lets it go on, or sends one now.</summary>
    public async Task<IResult> Turn(long id, HttpContext context)
    {
        var (asked, body) = await ApiJson.Read<TurnReportMail>(context.Request);
        var turn = asked.Turn is { } chosen && chosen != ReportMailTurn.End && Enum.IsDefined(chosen) ? chosen : throw new BadField("turn", "One of pause, go_on and now.");
        var zone = (await settings.Company(context.RequestAborted)).Zone();
        var result = await once.Run(context, body, async (unit, by, now) => await ReportMailDesk.Turn(unit, id, turn, by, now, zone) ? Step(id, turn == ReportMailTurn.Pause ? "rests" : "comes") : null);
        if (turn == ReportMailTurn.Now)
            sender.Ring();
        return result;
    }

    /// <summary>Ends it.</summary>
    public async Task<IResult> End(long id, HttpContext context, TimeProvider clock)
    {
        var (by, zone) = (Somebody(context), (await settings.Company(context.RequestAborted)).Zone());
        return await database.Write(unit => ReportMailDesk.Turn(unit, id, ReportMailTurn.End, by, clock.GetUtcNow(), zone), context.RequestAborted) ? ApiJson.Answer(new ReportMailStep(id, "ended")) : TypedResults.NotFound();
    }

    private static Actor Somebody(HttpContext context) => BearerToken.Of(context) is { Kind: ActorKind.Person } person ? person : throw new Refused("no_person", "A report comes to a person: use a token that acts for one of you.");

    private static Written Step(long id, string state) => new(StatusCodes.Status201Created, string.Create(CultureInfo.InvariantCulture, $"{Root}/{id}"), new ReportMailStep(id, state));

    private static ReportMailAnswer Of(ReportMail mail) => new(mail.Id, new(mail.PersonId, mail.Person), mail.Report, mail.Days, mail.Category.Length > 0 ? mail.Category : null, mail.Times.Rhythm, mail.Times.Rhythm == MailRhythm.Daily ? null : mail.Times.Day, mail.Times.Hour, mail.Format,
        DateTimeOffset.FromUnixTimeMilliseconds(mail.MadeAt), mail.PausedAt is null ? DateTimeOffset.FromUnixTimeMilliseconds(mail.DueAt) : null, mail.PausedAt is not null, mail.Note.Length > 0 ? mail.Note : null);
}

/// <summary>Maps them.</summary>
internal static class ReportMailApiEndpoints
{
    /// <summary>Maps what is read and changed.</summary>
    public static void MapReportMailApi(this IEndpointRouteBuilder api)
    {
        api.MapGet("/reports/mails", async (HttpContext context, ReportMailApi mails) => ApiJson.Answer(await mails.List(context)))
            .Describe<ReportMailListAnswer>("Reports that come by mail to the person for whom the token acts (to anybody, for an owner), and those that can", Scopes.CasesRead).ProducesProblem(422);
        api.MapPost("/reports/mails", (HttpContext context, ReportMailApi mails, [FromHeader(Name = DoOnce.Header)] string? key) => mails.Add(context))
            .Accepts<PlanReportMail>("application/json").Describe<ReportMailStep>("Mails a report to the person for whom the token acts: daily, weekly or monthly", Scopes.RecoveryWrite, 201).ProducesProblem(400).ProducesProblem(422);
        api.MapPost("/reports/mails/{id:long}", (long id, HttpContext context, ReportMailApi mails, [FromHeader(Name = DoOnce.Header)] string? key) => mails.Change(id, context))
            .Accepts<PlanReportMail>("application/json").Describe<ReportMailStep>("Changes what comes and when", Scopes.RecoveryWrite, 201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);
        api.MapPost("/reports/mails/{id:long}/turns", (long id, HttpContext context, ReportMailApi mails, [FromHeader(Name = DoOnce.Header)] string? key) => mails.Turn(id, context))
            .Accepts<TurnReportMail>("application/json").Describe<ReportMailStep>("Pauses it, lets it go on, or sends one now", Scopes.RecoveryWrite, 201).ProducesProblem(400).ProducesProblem(404);
        api.MapDelete("/reports/mails/{id:long}", (long id, HttpContext context, ReportMailApi mails, TimeProvider clock) => mails.End(id, context, clock))
            .Describe<ReportMailStep>("Ends it: none comes any more", Scopes.RecoveryWrite).ProducesProblem(404);
    }
}

/// <summary>What comes and when: a report by its key, of how many days, of a category or all; daily, weekly on a day from 1 (Monday) to 7, or monthly on a day from 1 to 31; at a full hour by the company's clock.</summary>
public sealed record PlanReportMail(string? Report = null, int? Days = null, string? Category = null, MailRhythm? Rhythm = null, int? Day = null, int? Hour = null, ReportMailFormat? Format = null)
{
    /// <summary>What is meant.</summary>
    /// <exception cref="BadField">Something is missing.</exception>
    /// <exception cref="Refused">There is no such day or hour.</exception>
    internal ReportMailPlan Plan()
    {
        var rhythm = Checked.Chosen("rhythm", Rhythm, "One of daily, weekly and monthly.");
        return new(Checked.Needed("report", Report, 100), Days ?? throw new BadField("days", "Say of how many days."), string.IsNullOrEmpty(Category) ? null : Category,
            new MailTimes(rhythm, Day ?? 0, Hour ?? throw new BadField("hour", "Say at which hour, from 0 to 23.")), Format ?? ReportMailFormat.Csv);
    }
}

/// <summary>What is done with one.</summary>
public sealed record TurnReportMail(ReportMailTurn? Turn = null);

/// <summary>A report that comes: to whom, of how many days, when; the next time, unless it rests and why.</summary>
public sealed record ReportMailAnswer(long Id, Named To, string Report, int Days, string? Category, MailRhythm Rhythm, int? Day, int Hour, ReportMailFormat Format, DateTimeOffset Since, DateTimeOffset? NextAt, bool Rests, string? Note);

/// <summary>A report that can come, of which numbers of days, the usual one first; whether it can be of one category alone.</summary>
public sealed record MailedReportAnswer(string Report, string Title, IReadOnlyList<int> Days, bool HasCategory);

/// <summary>What comes, and what can.</summary>
public sealed record ReportMailListAnswer(IReadOnlyList<ReportMailAnswer> Items, IReadOnlyList<MailedReportAnswer> Reports);

/// <summary>Where one stands: it comes, it rests, or it ended.</summary>
public sealed record ReportMailStep(long Id, string State);
