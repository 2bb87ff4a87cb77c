using System.Globalization;
using Amends.Channels.Email;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.People;
using Amends.Domain.Reports;
using Amends.Features.Shared;
using Amends.Mail.Mime;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.ReportMails;

/// <summary>Reports that come by mail: each person's own, and all of them for the owner.</summary>
public static class ReportMailEndpoints
{
    private const string Page = "/reports/mails";

    /// <summary>Maps the page, its forms and the letters.</summary>
    public static void MapReportMails(this IEndpointRouteBuilder app)
    {
        app.MapGet(Page, (string? report, long? change, HttpContext context, ReportMailDesk desk, Frame frame, StoredSettings settings, TimeProvider clock) => Show(context, desk, frame, settings, clock, new() { Report = report }, null, change)).RequireAuthorization(Policies.Agent);
        app.MapForm(Page, Add).RequireAuthorization(Policies.Agent);
        app.MapPost(Page + "/{id:long}/pause", (long id, HttpContext context, Database database, StoredSettings settings, SendReports sender, TimeProvider clock) => Turn(id, ReportMailTurn.Pause, "It rests until you let it go on.", context, database, settings, sender, clock)).RequireAuthorization(Policies.Agent);
        app.MapPost(Page + "/{id:long}/going-on", (long id, HttpContext context, Database database, StoredSettings settings, SendReports sender, TimeProvider clock) => Turn(id, ReportMailTurn.GoOn, "It comes again.", context, database, settings, sender, clock)).RequireAuthorization(Policies.Agent);
        app.MapPost(Page + "/{id:long}/end", (long id, HttpContext context, Database database, StoredSettings settings, SendReports sender, TimeProvider clock) => Turn(id, ReportMailTurn.End, "It comes no more.", context, database, settings, sender, clock)).RequireAuthorization(Policies.Agent);
        app.MapPost(Page + "/{id:long}/now", (long id, HttpContext context, Database database, StoredSettings settings, SendReports sender, TimeProvider clock) => Turn(id, ReportMailTurn.Now, "One is made at once.", context, database, settings, sender, clock)).RequireAuthorization(Policies.Agent);
        app.MapGet(Page + "/letters/{id:long}", Letter).RequireAuthorization(Policies.Agent);
        app.MapGet(Page + "/letters/{id:long}/file", Attached).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> Show(HttpContext context, ReportMailDesk desk, Frame frame, StoredSettings settings, TimeProvider clock, ReportMailFields typed, Refused? no, long? change = null)
    {
        var by = context.User.Actor();
        var ct = context.RequestAborted;
        var mails = await desk.List(Whose(by), ct);
        if (no is null && mails.FirstOrDefault(mail => mail.Id == change) is { } chosen)
            typed = ReportMailFields.Of(chosen);
        var view = new ReportMailsPage.View(await frame.For(context), [.. desk.Reports.Where(report => by.Role >= report.From)], mails, await desk.Letters(Whose(by), ct), typed, no, by.Id, clock.GetUtcNow(), (await settings.Company(ct)).Zone());
        return Html.Show<ReportMailsPage, ReportMailsPage.View>(view, no is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Add([FromForm] ReportMailFields? sent, HttpContext context, Database database, ReportMailDesk desk, Frame frame, StoredSettings settings, TimeProvider clock)
    {
        var (fields, now) = (sent ?? new(), clock.GetUtcNow()); // a form with nothing in it binds to nothing
        try
        {
            var (plan, zone) = (fields.Plan(), (await settings.Company(context.RequestAborted)).Zone());
            if (fields.Id is { Length: > 0 } typed)
            {
                if (!long.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || !await database.Write(unit => desk.Change(unit, id, context.User.Actor(), plan, now, zone), context.RequestAborted))
                    return TypedResults.NotFound();
            }
            else
            {
                await database.Write(unit => desk.Add(unit, context.User.Actor(), plan, now, zone), context.RequestAborted);
            }

            Frame.Say(context, $"It comes {plan.Times.InWords()}.");
            return TypedResults.Redirect303(Page);
        }
        catch (Refused no)
        {
            return await Show(context, desk, frame, settings, clock, fields, no);
        }
    }

    private static async Task<IResult> Turn(long id, ReportMailTurn turn, string done, HttpContext context, Database database, StoredSettings settings, SendReports sender, TimeProvider clock)
    {
        var zone = (await settings.Company(context.RequestAborted)).Zone();
        if (!await database.Write(unit => ReportMailDesk.Turn(unit, id, turn, context.User.Actor(), clock.GetUtcNow(), zone), context.RequestAborted))
            return TypedResults.NotFound();
        if (turn == ReportMailTurn.Now)
            sender.Ring();
        Frame.Say(context, done);
        return TypedResults.Redirect303(Page);
    }

    private static async Task<IResult> Letter(long id, HttpContext context, ReportMailDesk desk, SendReports sender, Frame frame, StoredSettings settings, TimeProvider clock)
    {
        if (await desk.Letter(id, Whose(context.User.Actor()), context.RequestAborted) is not { } letter)
            return TypedResults.NotFound();
        var mail = MimeReader.Read(await sender.Open(letter.RawDigest, context.RequestAborted));
        return Html.Show<ReportLetterPage, ReportLetterPage.View>(new(await frame.For(context), letter, mail.Text, mail.Attachments.Count > 0 ? mail.Attachments[0].FileName : null, clock.GetUtcNow(), (await settings.Company(context.RequestAborted)).Zone()));
    }

    private static async Task<IResult> Attached(long id, HttpContext context, ReportMailDesk desk, SendReports sender)
    {
        if (await desk.Letter(id, Whose(context.User.Actor()), context.RequestAborted) is not { } letter || MimeReader.Read(await sender.Open(letter.RawDigest, context.RequestAborted)) is not { Attachments: [var file, ..] })
            return TypedResults.NotFound();
        return TypedResults.File(file.Content.ToArray(), file.ContentType, file.FileName);
    }

    private static long? Whose(Actor by) => by.Role >= Role.Owner ? null : by.Id;
}

/// <summary>What was typed.</summary>
public sealed record ReportMailFields
{
    /// <summary>Which one changes; empty for a new one.</summary>
    public string? Id { get; init; }

    /// <summary>Name of the report.</summary>
    public string? Report { get; init; }

    /// <summary>Of how many days.</summary>
    public string? Days { get; init; }

    /// <summary>Code of a category.</summary>
    public string? Category { get; init; }

    /// <summary>A <see cref="MailRhythm"/> by name.</summary>
    public string? Rhythm { get; init; }

    /// <summary>Of the week.</summary>
    public string? Weekday { get; init; }

    /// <summary>Of the month.</summary>
    public string? Monthday { get; init; }

    /// <summary>The hour.</summary>
    public string? Hour { get; init; }

    /// <summary>A <see cref="ReportMailFormat"/> by name.</summary>
    public string? Format { get; init; }

    /// <summary>One that comes, as a form to change it.</summary>
    public static ReportMailFields Of(ReportMail mail) => new()
    {
        Id = Text(mail.Id), Report = mail.Report, Days = Text(mail.Days), Category = mail.Category, Rhythm = mail.Times.Rhythm.ToString(), Weekday = mail.Times.Rhythm == MailRhythm.Weekly ? Text(mail.Day) : null, Monthday = mail.Times.Rhythm == MailRhythm.Monthly ? Text(mail.Day) : null,
        Hour = Text(mail.Hour), Format = mail.Format.ToString(),
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>What is meant.</summary>
    /// <exception cref="Refused">Something is missing or no number.</exception>
    public ReportMailPlan Plan()
    {
        var rhythm = Enum.TryParse<MailRhythm>(Rhythm, out var known) ? known : throw new Refused("no_rhythm", "Choose daily, weekly or monthly.");
        return new(Report ?? "", Number(Days, "no_days", "Choose of how many days."), string.IsNullOrEmpty(Category) ? null : Category,
            new MailTimes(rhythm, rhythm switch { MailRhythm.Weekly => Number(Weekday, "no_weekday", "Choose a day of the week."), MailRhythm.Monthly => Number(Monthday, "no_day", "Choose a day of the month, from 1 to 31."), _ => 0 }, Number(Hour, "no_hour", "Choose an hour from 0 to 23.")),
            Enum.TryParse<ReportMailFormat>(Format, out var format) ? format : throw new Refused("no_format", "Choose a CSV file or a workbook."));
    }

    private static int Number(string? typed, string code, string otherwise) => int.TryParse(typed, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new Refused(code, otherwise);
}
