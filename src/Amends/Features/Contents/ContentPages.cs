using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Contents;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.Contents;

/// <summary>Loads the pages.</summary>
public sealed class ContentPages(ContentDesk desk, Database database, StoredSettings settings, Frame frame, TimeProvider clock)
{
    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    private static readonly Dictionary<string, string> Places = new()
    {
        ["title"] = "Title", ["text"] = "Text", ["policy_why"] = "PolicyWhy", ["beyond"] = "Beyond", ["cost"] = "Cost", ["worth"] = "Worth", ["categories"] = "Categories", ["questions"] = "Questions", ["situations"] = "Situations", ["codes"] = "Codes",
        ["effective_from"] = "From", ["effective_until"] = "Until", ["why"] = "Reason", ["kind"] = "Title",
    };

    /// <summary>The version that holds on a day; the newest one when none does.</summary>
    /// <param name="versions">All versions of an item, the newest first.</param>
    /// <param name="day">The day at the desk.</param>
    public static ContentItem Holding(IReadOnlyList<ContentItem> versions, DateOnly day) => ContentInForce.On([.. versions.Where(each => each.Version == 0)], versions.Where(each => each.Version > 0), day).Items is [var holds] ? holds : versions[0];

    /// <summary>Everything that holds, what begins later, what was proposed, and what ships newer.</summary>
    public async Task<IResult> List(HttpContext context)
    {
        var (company, now, today) = await Today(context);
        var proposals = await desk.Proposals(context.RequestAborted);
        var (coming, ended) = await desk.Besides(today, context.RequestAborted);
        return Html.Show<ContentsPage, ContentsPage.View>(new(await frame.For(context), company, now, context.User.Actor(), await desk.On(today, context.RequestAborted),
            [.. proposals.Where(each => each.Waits)], [.. proposals.Where(each => !each.Waits).Take(10)], [.. (await desk.Newer(context.RequestAborted)).Select(item => item.Key)], coming, ended));
    }

    /// <summary>One item: what holds, the form for a better one, and every version.</summary>
    /// <param name="context">The request.</param>
    /// <param name="key">The item.</param>
    /// <param name="edition">An edition that ships, to begin the form from.</param>
    /// <param name="wrong">What was typed when a newer edition was left, and what is wrong with it.</param>
    public async Task<IResult> One(HttpContext context, string key, string? edition, Wrong? wrong = null)
    {
        var (company, _, today) = await Today(context);
        var versions = await desk.Versions(key, context.RequestAborted);
        if (versions.Count == 0)
            return TypedResults.NotFound();
        var from = int.TryParse(edition, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? versions.FirstOrDefault(each => each.Version == 0 && each.Edition == number) : null;
        var fields = ContentFields.Of(from ?? Holding(versions, today), today.AddDays(1), company.Currency) with { Edition = from?.Edition.ToString(CultureInfo.InvariantCulture) };
        return await Shown(context, versions, fields, Nothing, wrong);
    }

    /// <summary>The form for an item that there is not yet.</summary>
    public async Task<IResult> New(HttpContext context, string? kind)
    {
        var (_, _, today) = await Today(context);
        return await Shown(context, [], ContentFields.New(ContentWords.Kind(kind) == ContentKind.Extra ? ContentKind.Extra : ContentKind.Policy, today), Nothing, null);
    }

    /// <summary>The form as it was typed, with what is wrong.</summary>
    public async Task<IResult> Again(HttpContext context, ContentFields fields, Refused no) =>
        await Shown(context, fields.Key is { Length: > 0 } key ? await desk.Versions(key, context.RequestAborted) : [], fields, new Dictionary<string, string> { [Places.GetValueOrDefault(no.Code, "Reason")] = no.Message }, null);

    /// <summary>One proposal beside the text that holds.</summary>
    /// <param name="context">The request.</param>
    /// <param name="id">The proposal.</param>
    /// <param name="wrong">What was typed as an answer, and what is wrong with it.</param>
    public async Task<IResult> Proposal(HttpContext context, long id, Wrong? wrong = null)
    {
        if (await desk.Find(id, context.RequestAborted) is not { } proposal)
            return TypedResults.NotFound();
        var (company, now, today) = await Today(context);
        var versions = await desk.Versions(proposal.Proposed.Key, context.RequestAborted);
        var before = proposal.Waits ? versions.Count == 0 ? null : Holding(versions, today)
            : versions.FirstOrDefault(each => each.Version == proposal.BasedOn && (each.Version > 0 || each.Edition <= proposal.Proposed.Edition));
        var me = context.User.Actor();
        return Html.Show<ProposalPage, ProposalPage.View>(new(await frame.For(context), company, now, me, proposal, before, await desk.IsAlone(me, context.RequestAborted), wrong), wrong is null ? 200 : 422);
    }

    private async Task<IResult> Shown(HttpContext context, IReadOnlyList<ContentItem> versions, ContentFields fields, IReadOnlyDictionary<string, string> errors, Wrong? wrong)
    {
        var (company, now, today) = await Today(context);
        var key = versions.Count == 0 ? null : versions[0].Key;
        var newer = key is null ? null : (await desk.Newer(context.RequestAborted)).FirstOrDefault(item => item.Key == key);
        return Html.Show<ContentPage, ContentPage.View>(new(await frame.For(context), company, now, context.User.Actor(), versions.Count == 0 ? null : Holding(versions, today), versions,
            key is null ? [] : await desk.ProposalsOf(key, context.RequestAborted), newer, fields, errors, wrong, key is not null && (await ExtraStock.All(database, context.RequestAborted)).TryGetValue(key, out var left) ? left : null), errors.Count > 0 || wrong is not null ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private async Task<(Company Company, DateTimeOffset Now, DateOnly Today)> Today(HttpContext context)
    {
        var (company, now) = (await settings.Company(context.RequestAborted), clock.GetUtcNow());
        return (company, now, PlaybookDesk.DayOf(now, company));
    }

    /// <summary>What was typed as an answer, and what is wrong with it.</summary>
    /// <param name="Typed">What was typed.</param>
    /// <param name="Words">What is wrong.</param>
    /// <param name="Field">The field.</param>
    public sealed record Wrong(string? Typed, string Words, string Field = "why");
}
