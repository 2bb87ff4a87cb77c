using Amends.Data;
using Amends.Domain;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Settings;

/// <summary>The settings, each topic a page; until the desk is set up they are the steps of the guided set-up.</summary>
public static class SettingsEndpoints
{
    /// <summary>Maps the pages and their forms.</summary>
    public static void MapSettings(this IEndpointRouteBuilder app)
    {
        var settings = app.MapGroup("/settings").RequireAuthorization(Policies.Owner);
        settings.MapGet("", () => TypedResults.LocalRedirect("/settings/company"));
        settings.MapGet("/company", (HttpContext context, Topics topics) => topics.Company(context));
        settings.MapForm("/company", SaveCompany);
        settings.MapGet("/hours", (HttpContext context, Topics topics) => topics.Hours(context));
        settings.MapPost("/hours", SaveHours);
        settings.MapGet("/charter", (HttpContext context, Topics topics) => topics.Charter(context));
        settings.MapPost("/charter", SaveCharter);
        settings.MapGet("/calls", (HttpContext context, Topics topics) => topics.Calls(context));
        settings.MapForm("/calls", SaveCalls);
        settings.MapGet("/replies", (HttpContext context, Topics topics) => topics.Replies(context));
        settings.MapForm("/replies", SaveReplies);
        settings.MapGet("/check-backs", (HttpContext context, Topics topics) => topics.CheckBacks(context));
        settings.MapForm("/check-backs", SaveCheckBacks);
        settings.MapGet("/no-answer", (HttpContext context, Topics topics) => topics.Course(context));
        settings.MapForm("/no-answer", SaveCourse);
        settings.MapGet("/steps", (HttpContext context, Topics topics) => topics.Steps(context));
        settings.MapPost("/steps", SaveSteps);
        settings.MapGet("/remedies", (HttpContext context, Topics topics) => topics.Remedies(context));
        settings.MapForm("/remedies", SaveRemedies);
        settings.MapPost("/ready", Ready);
        app.MapNotice();
        settings.MapMailSettings();
        settings.MapSenderSettings();
        settings.MapDeadlineSettings();
    }

    /// <summary>What the settings need.</summary>
    public static void AddSettings(this IServiceCollection services) => services.AddSingleton<Topics>().AddSingleton<MailPages>();

    private static async Task<IResult> SaveCompany(HttpContext context, StoredSettings settings, Topics topics, [FromForm] CompanyFields? sent)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var (changed, errors) = fields.On(await settings.Company(context.RequestAborted));
        if (errors.Count > 0)
            return await topics.Company(context, fields, errors);
        await settings.Set(changed);
        return Saved(context, changed, "/settings/company", "/settings/hours");
    }

    private static async Task<IResult> SaveHours(HttpContext context, StoredSettings settings, Topics topics)
    {
        var (changed, errors) = Week.On(await settings.Company(context.RequestAborted), await context.Request.ReadFormAsync(context.RequestAborted));
        if (errors.Count > 0)
            return await topics.Hours(context, changed, errors);
        await settings.Set(changed);
        return Saved(context, changed, "/settings/hours", "/settings/mail");
    }

    private static async Task<IResult> SaveCharter(HttpContext context, StoredSettings settings, [FromForm] string? charter, [FromForm] string? playbooks)
    {
        var words = (charter ?? "").Trim();
        if (words.Length > 20_000)
            throw new Refused("charter", "The promise is too long for anybody to read. Keep it under 20,000 characters.");
        var changed = await settings.Company(context.RequestAborted) with { Charter = words, CharterShowsPlaybooks = playbooks == "on" };
        await settings.Set(changed);
        return Saved(context, changed, "/settings/charter", "/settings/charter");
    }

    private static async Task<IResult> SaveCalls(HttpContext context, StoredSettings settings, Topics topics, [FromForm] CallFields? sent)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var company = await settings.Company(context.RequestAborted);
        var (calls, errors) = fields.Read(company.Calls, company.Currency);
        if (errors.Count > 0)
            return await topics.Calls(context, fields, errors);
        var changed = company with { Calls = calls };
        await settings.Set(changed);
        return Saved(context, changed, "/settings/calls", "/settings/calls");
    }

    private static async Task<IResult> SaveReplies(HttpContext context, StoredSettings settings, Topics topics, [FromForm] ReplyFields? sent)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var company = await settings.Company(context.RequestAborted);
        var (replies, errors) = fields.Read(company.Replies);
        if (errors.Count > 0)
            return await topics.Replies(context, fields, errors);
        var changed = company with { Replies = replies };
        await settings.Set(changed);
        return Saved(context, changed, "/settings/replies", "/settings/replies");
    }

    private static async Task<IResult> SaveCheckBacks(HttpContext context, StoredSettings settings, Topics topics, [FromForm] CheckBackFields? sent)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var (changed, errors) = fields.ReadOn(await settings.Company(context.RequestAborted));
        if (errors.Count > 0)
            return await topics.CheckBacks(context, fields, errors);
        await settings.Set(changed);
        return Saved(context, changed, "/settings/check-backs", "/settings/check-backs");
    }

    private static async Task<IResult> SaveCourse(HttpContext context, StoredSettings settings, Topics topics, [FromForm] CourseFields? sent)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var (course, errors) = fields.Read();
        if (errors.Count > 0)
            return await topics.Course(context, fields, errors);
        var changed = await settings.Company(context.RequestAborted) with { Course = course };
        await settings.Set(changed);
        return Saved(context, changed, "/settings/no-answer", "/settings/no-answer");
    }

    private static async Task<IResult> SaveSteps(HttpContext context, StoredSettings settings, Topics topics, [FromForm] string? framework)
    {
        if (FrameworkSet.Find(framework) is not { } chosen)
            return await topics.Steps(context, new Dictionary<string, string> { ["framework"] = "Choose one of them." });
        var changed = await settings.Company(context.RequestAborted) with { Framework = chosen.Key };
        await settings.Set(changed);
        return Saved(context, changed, "/settings/steps", "/settings/steps");
    }

    private static async Task<IResult> SaveRemedies(HttpContext context, StoredSettings settings, Secrets secrets, Topics topics, [FromForm] RemedySettingsFields? sent)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var company = await settings.Company(context.RequestAborted);
        var (set, errors) = fields.Read(company.Remedies, company.Currency);
        if (errors.Count > 0)
            return await topics.Remedies(context, fields, errors);
        if (set.CarrierUrl != company.Remedies.CarrierUrl)
            set = set with { CarrierToken = "" }; // a token goes nowhere but where it was meant to go
        if (!string.IsNullOrWhiteSpace(fields.CarrierToken))
            set = set with { CarrierToken = secrets.Seal(fields.CarrierToken.Trim(), Adapters.Carriers.CarrierLabels.Purpose) };
        var changed = company with { Remedies = set };
        await settings.Set(changed);
        return Saved(context, changed, "/settings/remedies", "/settings/remedies");
    }

    private static async Task<IResult> Ready(HttpContext context, StoredSettings settings)
    {
        await settings.Set(await settings.Company(context.RequestAborted) with { IsSetUp = true });
        Frame.Say(context, "The desk is open.");
        return TypedResults.Redirect303("/inbox/mine");
    }

    /// <summary>After saving: the next step while the desk is being set up, the same page later.</summary>
    internal static IResult Saved(HttpContext context, Company company, string page, string next)
    {
        Frame.Say(context, "Saved.");
        return TypedResults.Redirect303(company.IsSetUp ? page : next);
    }
}
