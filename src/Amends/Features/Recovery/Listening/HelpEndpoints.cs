using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Listening.Drafts;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery.Listening;

/// <summary>Help to listen: drafts that one of us accepts, one press each. Nothing is accepted by itself.</summary>
public static class HelpEndpoints
{
    /// <summary>Maps the page and what it posts.</summary>
    public static void MapListeningHelp(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/cases/{number:long}/listening-help");
        group.MapGet("", (long number, HttpContext context, Desk desk) => desk.Show(number, context)).RequireAuthorization(Policies.Reader);
        Post(group, "/issue", "Written down. It gets an answer.", "issues", (desk, number, asked) => desk.Cases.Change(number, @case => @case.RaiseIssue(asked.Words ?? "", asked.Me, asked.Now)));
        Post(group, "/category", "Noted as a first impression.", "about", (desk, number, asked) => desk.Cases.Change(number, @case => @case.Categorise(CategorySet.Chosen(desk.Categories, asked.Words, @case.State.Category?.Code) ?? throw new Refused("category", "Choose one of the categories."), false, asked.Me, asked.Now)));
        Post(group, "/question", "Noted.", "asked", (desk, number, asked) => desk.Cases.Change(number, (_, unit) => ListeningDesk.Mark(unit, number, asked.Words, asked.Then != "open", asked.Me, asked.Now)));
        group.MapPost("/insert", Insert).RequireAuthorization(Policies.Agent);
    }

    private static void Post(RouteGroupBuilder group, string path, string done, string place, Func<Desk, long, Asked, Task<CaseState?>> change) => group.MapPost(path, async (long number, [FromForm] string? words, [FromForm] string? then, HttpContext context, Desk desk) =>
    {
        try
        {
            return await change(desk, number, new(words, then, context.User.Actor(), desk.Clock.GetUtcNow())) is null ? TypedResults.NotFound() : Answers.Back(context, number, done, $"listening-help#{place}");
        }
        catch (Refused no)
        {
            return await desk.Show(number, context, no);
        }
    }).RequireAuthorization(Policies.Agent);

    private static async Task<IResult> Insert(long number, [FromForm] string? words, HttpContext context, Desk desk)
    {
        try
        {
            if (await desk.Drafts(number, context.RequestAborted) is not { } drafts)
                return TypedResults.NotFound();
            var text = drafts.Suggestions.FirstOrDefault(each => each.Key == words)?.Text ?? throw new Refused("main", "That does not fit the case any more. Choose from what is proposed now.");
            await desk.Database.Write(unit => ReplyDrafts.Append(unit, number, text, context.User.Actor(), desk.Clock.GetUtcNow()));
            return Answers.Back(context, number, "It is in your reply. Change it as you like.");
        }
        catch (Refused no)
        {
            return await desk.Show(number, context, no);
        }
    }

    /// <summary>What the page needs.</summary>
    public sealed class Desk(CasePages pages, CaseStore cases, Database database, ListeningDesk listening, StoredSettings settings, TimeProvider clock)
    {
        internal CaseStore Cases => cases;
        internal Domain.Causes.CodeSet Categories => settings.Content.Categories;
        internal Database Database => database;
        internal TimeProvider Clock => clock;

        internal async Task<CaseDrafts?> Drafts(long number, CancellationToken ct) => await cases.Find(number, ct) is { } state ? await listening.Of(number, state, await settings.Company(ct), clock.GetUtcNow(), ct) : null;

        internal async Task<IResult> Show(long number, HttpContext context, Refused? no = null) => await pages.Load(context, number, no is null ? null : FieldErrors.Of(no)) is { } page
            ? Html.Show<HelpPage, HelpPage.View>(new(page, await listening.Of(number, page.State, page.Company, page.Now, context.RequestAborted), await LikeCases.Of(database, page, context.RequestAborted)), no is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity)
            : TypedResults.NotFound();
    }

    private sealed record Asked(string? Words, string? Then, Domain.People.Actor Me, DateTimeOffset Now);
}
