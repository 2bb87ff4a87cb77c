using Amends.Data;
using Amends.Domain;
using Amends.Domain.People;
using Amends.Domain.Playbooks;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Playbooks;

/// <summary>The playbooks: everybody reads them and proposes better ones, a manager other than the proposer agrees.</summary>
public static class PlaybookEndpoints
{
    private const string Page = "/settings/playbooks";

    /// <summary>Maps the pages and what they post.</summary>
    public static void MapPlaybooks(this IEndpointRouteBuilder app)
    {
        var playbooks = app.MapGroup(Page);
        playbooks.MapGet("", (HttpContext context, PlaybookPages pages) => pages.List(context)).RequireAuthorization(Policies.Reader);
        playbooks.MapGet("/new", (HttpContext context, PlaybookPages pages, string? category) => pages.New(context, category)).RequireAuthorization(Policies.Reader);
        playbooks.MapGet("/propose", (HttpContext context, PlaybookPages pages, string? category, string? reason) => pages.Propose(context, category, reason)).RequireAuthorization(Policies.Reader);
        playbooks.MapGet("/{key}", (string key, HttpContext context, PlaybookPages pages) => pages.One(context, key)).RequireAuthorization(Policies.Reader);
        playbooks.MapForm("/proposals", Propose).RequireAuthorization(Policies.Reader);
        playbooks.MapPost("/proposals/{id:long}/decision", Decide).RequireAuthorization(Policies.Manager);
    }

    private static async Task<IResult> Propose([FromForm] PlaybookFields? sent, HttpContext context, PlaybookPages pages, PlaybookDesk desk, StoredSettings settings, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var (company, now) = (await settings.Company(context.RequestAborted), clock.GetUtcNow());
        var today = PlaybookDesk.DayOf(now, company);
        var all = await desk.All(context.RequestAborted);
        var before = fields.Key is { Length: > 0 } key ? Playbook.On(all, today).FirstOrDefault(each => each.Key == key) ?? all.LastOrDefault(each => each.Key == key) : null;
        if (before is null && fields.Key is { Length: > 0 })
            return TypedResults.NotFound();
        try
        {
            await desk.Propose(fields.Read(before, all), fields.Reason, context.User.Actor(), today, now);
            Frame.Say(context, "Proposed. A manager other than you decides; until then the version before holds.");
            return TypedResults.Redirect303(Page);
        }
        catch (Refused no)
        {
            return await pages.Again(context, before, fields, no);
        }
    }

    private static async Task<IResult> Decide(long id, [FromForm] string? answer, [FromForm] string? why, HttpContext context, PlaybookPages pages, PlaybookDesk desk, StoredSettings settings, TimeProvider clock)
    {
        if (answer is not ("yes" or "no"))
            throw new Refused("answer", "Say whether you agree to it, or not.");
        try
        {
            var now = clock.GetUtcNow();
            if (!await desk.Decide(id, answer == "yes", why, context.User.Actor(), PlaybookDesk.DayOf(now, await settings.Company(context.RequestAborted)), now))
                return TypedResults.NotFound();
            Frame.Say(context, answer == "yes" ? "Agreed. It is a version of its own now." : "Kept with your reason; nothing changes.");
            return TypedResults.Redirect303(Page);
        }
        catch (Refused no) when (no.Code is "why_not" or "second_person" or "decided")
        {
            return await pages.List(context, new(id, why, no.Message));
        }
    }
}

/// <summary>Loads the pages.</summary>
public sealed class PlaybookPages(PlaybookDesk desk, StoredSettings settings, Frame frame, TimeProvider clock)
{
    private const int LongestReason = 500; // as the form has it

    /// <summary>All playbooks, what was proposed, and where none is.</summary>
    public async Task<IResult> List(HttpContext context, PlaybooksPage.Wrong? wrong = null)
    {
        var (company, now) = (await settings.Company(context.RequestAborted), clock.GetUtcNow());
        var today = PlaybookDesk.DayOf(now, company);
        var all = await desk.All(context.RequestAborted);
        return Html.Show<PlaybooksPage, PlaybooksPage.View>(new(await frame.For(context), company, now, context.User.Actor(), Playbook.On(all, today), [.. all.Where(each => each.EffectiveFrom > today)],
            await desk.Proposals(context.RequestAborted), await desk.Gaps(today, now, context.RequestAborted), wrong, await desk.IsAlone(context.User.Actor(), context.RequestAborted)), wrong is null ? 200 : 422);
    }

    /// <summary>One playbook with all its versions, and the form for a better one.</summary>
    public async Task<IResult> One(HttpContext context, string key)
    {
        var company = await settings.Company(context.RequestAborted);
        var versions = (await desk.All(context.RequestAborted)).Where(each => each.Key == key).OrderByDescending(each => each.Version).ToList();
        if (versions.Count == 0)
            return TypedResults.NotFound();
        var today = PlaybookDesk.DayOf(clock.GetUtcNow(), company);
        var now = Playbook.On(versions, today) is [var holds] ? holds : versions[0];
        return Html.Show<PlaybookPage, PlaybookPage.View>(new(await frame.For(context), company, now, versions, PlaybookFields.Of(now, today), new Dictionary<string, string>()));
    }

    /// <summary>The form for the next version of the playbook that holds for a category, or for a new one where none does, with a reason that somebody has already.</summary>
    public async Task<IResult> Propose(HttpContext context, string? category, string? reason)
    {
        var company = await settings.Company(context.RequestAborted);
        var (all, today) = (await desk.All(context.RequestAborted), PlaybookDesk.DayOf(clock.GetUtcNow(), company));
        var why = Texts.Cut(Storable.Of(reason?.Trim() ?? ""), LongestReason);
        var holds = string.IsNullOrWhiteSpace(category) ? null : Playbook.Match(all, category.Trim(), null, true, today);
        var versions = holds is null ? [] : all.Where(each => each.Key == holds.Key).OrderByDescending(each => each.Version).ToList();
        return Html.Show<PlaybookPage, PlaybookPage.View>(new(await frame.For(context), company, holds, versions, (holds is null ? PlaybookFields.For(category, today) : PlaybookFields.Of(holds, today)) with { Reason = why }, new Dictionary<string, string>()));
    }

    /// <summary>The form for a playbook that there is not yet.</summary>
    public async Task<IResult> New(HttpContext context, string? category)
    {
        var company = await settings.Company(context.RequestAborted);
        return Html.Show<PlaybookPage, PlaybookPage.View>(new(await frame.For(context), company, null, [], PlaybookFields.For(category, PlaybookDesk.DayOf(clock.GetUtcNow(), company)), new Dictionary<string, string>()));
    }

    /// <summary>The form as it was typed, with what is wrong.</summary>
    public async Task<IResult> Again(HttpContext context, Playbook? playbook, PlaybookFields fields, Refused no)
    {
        var company = await settings.Company(context.RequestAborted);
        var versions = playbook is null ? [] : (await desk.All(context.RequestAborted)).Where(each => each.Key == playbook.Key).OrderByDescending(each => each.Version).ToList();
        var place = no.Code switch { "title" => "Title", "gets" => "Gets", "may_give" => "MayGive", "categories" => "Categories", "no_questions" => "NoQuestions", "options" => "Options_0_Title", "effective_from" => "From", "effective_until" => "Until", _ => "Reason" };
        var errors = new Dictionary<string, string> { [place] = no.Message };
        return Html.Show<PlaybookPage, PlaybookPage.View>(new(await frame.For(context), company, playbook, versions, fields, errors), StatusCodes.Status422UnprocessableEntity);
    }
}
