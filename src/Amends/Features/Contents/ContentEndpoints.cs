using Amends.Data;
using Amends.Domain;
using Amends.Domain.Contents;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Contents;

/// <summary>Questions, letters, extras, the hiring kit and policies: everybody reads them, whoever handles cases proposes better ones, a manager other than the proposer agrees.</summary>
public static class ContentEndpoints
{
    private const string Page = "/content";

    /// <summary>What the pages need.</summary>
    public static void AddContents(this IServiceCollection services) => services.AddSingleton<ContentDesk>().AddSingleton<ContentPages>();

    /// <summary>Maps the pages and what they post.</summary>
    public static void MapContents(this IEndpointRouteBuilder app)
    {
        var content = app.MapGroup(Page);
        content.MapGet("", (HttpContext context, ContentPages pages) => pages.List(context)).RequireAuthorization(Policies.Reader);
        content.MapGet("/new", (HttpContext context, ContentPages pages, string? kind) => pages.New(context, kind)).RequireAuthorization(Policies.Agent);
        content.MapGet("/{key}", (string key, string? edition, HttpContext context, ContentPages pages) => pages.One(context, key, edition)).RequireAuthorization(Policies.Reader);
        content.MapPost("/{key}/kept", Keep).RequireAuthorization(Policies.Manager);
        content.MapPost("/{key}/stock", Count).RequireAuthorization(Policies.Agent);
        content.MapForm("/proposals", Propose).RequireAuthorization(Policies.Agent);
        content.MapGet("/proposals/{id:long}", (long id, HttpContext context, ContentPages pages) => pages.Proposal(context, id)).RequireAuthorization(Policies.Reader);
        content.MapPost("/proposals/{id:long}/decision", Decide).RequireAuthorization(Policies.Manager);
    }

    private static async Task<IResult> Propose([FromForm] ContentFields? sent, HttpContext context, ContentPages pages, ContentDesk desk, StoredSettings settings, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var (company, now) = (await settings.Company(context.RequestAborted), clock.GetUtcNow());
        var today = PlaybookDesk.DayOf(now, company);
        var versions = fields.Key is { Length: > 0 } key ? await desk.Versions(key, context.RequestAborted) : [];
        if (versions.Count == 0 && fields.Key is { Length: > 0 })
            return TypedResults.NotFound();
        try
        {
            if (versions.Count == 0 && ContentWords.Kind(fields.Kind) is not (ContentKind.Policy or ContentKind.Extra))
                throw new Refused("kind", "New are policies and something extra; of everything else propose the next version.");
            var before = versions.Count == 0 ? null : ContentPages.Holding(versions, today);
            var id = await desk.Propose(fields.Read(before, versions, await desk.Keys(context.RequestAborted), company.Currency), fields.Reason, context.User.Actor(), today, now);
            Frame.Say(context, await desk.IsAlone(context.User.Actor(), context.RequestAborted) ? "Proposed. This is what changes; agree when it is right." : "Proposed. A manager other than you decides; until then the text before holds.");
            return TypedResults.Redirect303($"{Page}/proposals/{id}");
        }
        catch (Refused no)
        {
            return await pages.Again(context, fields, no);
        }
    }

    private static async Task<IResult> Decide(long id, [FromForm] string? answer, [FromForm] string? why, HttpContext context, ContentPages pages, ContentDesk desk, StoredSettings settings, TimeProvider clock)
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
            return await pages.Proposal(context, id, new(why, no.Message));
        }
    }

    private static async Task<IResult> Count(string key, [FromForm] string? left, HttpContext context, ContentPages pages, ContentDesk desk, Database database, TimeProvider clock)
    {
        if ((await desk.Versions(key, context.RequestAborted)) is not [{ Kind: ContentKind.Extra }, ..])
            return TypedResults.NotFound();
        int? pieces = null;
        if (!string.IsNullOrWhiteSpace(left))
        {
            if (!int.TryParse(left.Trim(), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var count) || count > ExtraStock.Most)
                return await pages.One(context, key, null, new(left, $"Write how many there are, from 0 to {ExtraStock.Most}, or nothing.", "left"));
            pieces = count;
        }

        await database.Write(unit => ExtraStock.Set(unit, key, pieces, context.User.Actor(), clock.GetUtcNow()));
        Frame.Say(context, pieces is null ? "It is not counted any more." : "Saved. What is used up is not offered.");
        return TypedResults.Redirect303($"{Page}/{key}");
    }

    private static async Task<IResult> Keep(string key, [FromForm] string? why, HttpContext context, ContentPages pages, ContentDesk desk, StoredSettings settings, TimeProvider clock)
    {
        try
        {
            var now = clock.GetUtcNow();
            if (!await desk.KeepOwn(key, why, context.User.Actor(), PlaybookDesk.DayOf(now, await settings.Company(context.RequestAborted)), now))
                return TypedResults.NotFound();
            Frame.Say(context, "Your own text stays. The next edition is offered again.");
            return TypedResults.Redirect303($"{Page}/{key}");
        }
        catch (Refused no) when (no.Code is "why_not")
        {
            return await pages.One(context, key, null, new(why, no.Message));
        }
    }
}
