using Amends.Data;
using Amends.Domain;
using Amends.Domain.Training;
using Amends.Features.Shared;
using Amends.Web;
using Dapper;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Training;

/// <summary>Practising on made-up complaints. Nothing of it is a case: no list, figure, limit or book ever sees it.</summary>
public static class TrainingEndpoints
{
    private const string Page = "/training";

    /// <summary>Maps the pages and their forms.</summary>
    public static void MapTraining(this IEndpointRouteBuilder app)
    {
        var training = app.MapGroup(Page).RequireAuthorization(Policies.Agent);
        training.MapGet("", (HttpContext context, TrainingPages pages) => pages.All(context));
        training.MapPost("/share", (HttpContext context, PrivateEntries entries, TrainingPages pages, TimeProvider clock, [FromForm] long? lead) => Share(context, entries, pages, clock, lead, true));
        training.MapPost("/share/end", (HttpContext context, PrivateEntries entries, TrainingPages pages, TimeProvider clock, [FromForm] long? lead) => Share(context, entries, pages, clock, lead, false));
        training.MapGet("/{key}", (string key, HttpContext context, TrainingPages pages) => pages.One(context, key));
        training.MapForm("/{key}", Take);
        training.MapPost("/{key}/again", async (string key, HttpContext context, PracticeDesk desk) =>
        {
            if (PracticeDesk.Find(key) is not { } scenario)
                return TypedResults.NotFound();
            await desk.Begin(context.User.Actor().Id, scenario);
            return (IResult)TypedResults.Redirect303($"{Page}/{key}");
        });
    }

    private static async Task<IResult> Take(string key, HttpContext context, PracticeDesk desk, TrainingPages pages, StoredSettings settings, TimeProvider clock, [FromForm] PracticeFields? sent)
    {
        if (PracticeDesk.Find(key) is not { } scenario)
            return TypedResults.NotFound();
        var (me, fields) = (context.User.Actor().Id, sent ?? new());
        var begun = await desk.Begun(me, scenario, context.RequestAborted) ?? PracticeDesk.New(scenario);
        if (fields.Step is { } step && step != (int)begun.Step)
            return TypedResults.Redirect303($"{Page}/{key}"); // sent twice, or from a page that was left open
        try
        {
            await desk.Keep(me, scenario, begun.Take(fields.Read()), (await settings.Company(context.RequestAborted)).Zone(), clock.GetUtcNow());
        }
        catch (Refused no)
        {
            return await pages.One(context, key, fields, no);
        }

        return TypedResults.Redirect303($"{Page}/{key}");
    }

    private static async Task<IResult> Share(HttpContext context, PrivateEntries entries, TrainingPages pages, TimeProvider clock, long? lead, bool shown)
    {
        try
        {
            await entries.Share(context.User.Actor().Id, lead ?? throw new Refused("lead", "Choose the lead."), Shareable.Practising, shown, clock.GetUtcNow());
        }
        catch (Refused no)
        {
            return await pages.All(context, no.Code == "nothing" ? "Practise once first; then there is something to show." : no.Message);
        }

        Frame.Say(context, shown ? "They see how often you practised, and nothing else." : "They cannot see it any more.");
        return TypedResults.Redirect303(Page);
    }
}

/// <summary>The form of any step, as it is posted.</summary>
public sealed record PracticeFields
{
    /// <summary>How many options the form has room for.</summary>
    public const int Room = 3;

    public int? Step { get; init; }
    public string? Questions { get; init; }
    public string? Impact { get; init; }
    public string? Wanted { get; init; }
    public string? Happened { get; init; }
    public string? Matters { get; init; }
    public string? Promised { get; init; }
    public List<OptionFields> Options { get; init => field = value ?? []; } = []; // a form without one binds to null
    public string? CheckBack { get; init; }
    public string? Letter { get; init; }

    /// <summary>The option in a place of the form.</summary>
    public OptionFields At(int place) => place < Options.Count ? Options[place] : new();

    internal Practice Read() => new()
    {
        Questions = Of(Questions), Impact = Of(Impact), Wanted = Of(Wanted), Happened = Of(Happened), Matters = Of(Matters), Promised = Of(Promised),
        Options = [.. Options.Select(option => new PracticeOption(Of(option.Title), Of(option.Why)))], CheckBack = Of(CheckBack), Letter = Of(Letter),
    };

    private static string Of(string? text) => Storable.Of(text ?? "");
}

/// <summary>One option of the form.</summary>
public sealed record OptionFields
{
    public string? Title { get; init; }
    public string? Why { get; init; }
}

/// <summary>Loads the pages.</summary>
public sealed class TrainingPages(PracticeDesk desk, PrivateEntries entries, Database database, Frame frame)
{
    /// <summary>All complaints to practise on, and one's own log.</summary>
    public async Task<IResult> All(HttpContext context, string? problem = null)
    {
        var (me, ct) = (context.User.Actor().Id, context.RequestAborted);
        var shares = (await entries.SharesOf(me, [Shareable.Practising], ct)).Select(share => (share.Lead, share.Name)).ToList();
        var leads = (await database.Read(connection => connection.QueryAsync<TrainingPage.Lead>("select id, name from people where active = 1 and role >= 2 and id <> @me order by name, id", new { me }), ct)).Where(lead => shares.All(share => share.Lead != lead.Id)).ToList();
        return Html.Show<TrainingPage, TrainingPage.View>(new(await frame.For(context), await desk.Log(me, ct), shares, leads, problem), problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>One of them, at the step where somebody is; what they finished last when they have not begun anew.</summary>
    public async Task<IResult> One(HttpContext context, string key, PracticeFields? fields = null, Refused? no = null)
    {
        if (PracticeDesk.Find(key) is not { } scenario)
            return TypedResults.NotFound();
        var (me, ct) = (context.User.Actor().Id, context.RequestAborted);
        var practice = await desk.Begun(me, scenario, ct);
        if (practice is null && no is null && (await desk.Log(me, ct)).FirstOrDefault(run => run.Written.Scenario == key && run.Written.Version == scenario.Version) is { } last)
            practice = last.Written;
        practice ??= PracticeDesk.New(scenario);
        var errors = no is null ? new Dictionary<string, string>() : new Dictionary<string, string>
        {
            [no.Code switch { "questions" => "Questions", "happened" => "Happened", "options" => "Options_0_Title", "letter" => "Letter", _ => "main" }] = no.Message,
        };
        return Html.Show<PracticePage, PracticePage.View>(new(await frame.For(context), scenario, practice, practice.Step == PracticeStep.Done ? PracticeChecks.Of(scenario, practice) : [], fields ?? new(), errors), no is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}
