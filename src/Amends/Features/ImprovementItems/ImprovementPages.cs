using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Calendars;
using Amends.Domain.Causes;
using Amends.Domain.FollowOns;
using Amends.Domain.Improvements;
using Amends.Features.Shared;
using Amends.Letters;
using Amends.Web;

namespace Amends.Features.ImprovementItems;

/// <summary>Loads the pages.</summary>
public sealed class ImprovementPages(ImprovementDesk desk, CauseQuery counts, CaseStore cases, Database database, StoredSettings settings, Frame frame, TimeProvider clock)
{
    private static readonly Dictionary<string, string> Plan = new()
    {
        ["what"] = "What", ["problem"] = "Problem", ["person"] = "Problem", ["owner"] = "Owner", ["due"] = "Due", ["cost"] = "Cost", ["benefit"] = "Benefit", ["of"] = "Of", ["measure"] = "Of", ["trigger"] = "TriggerFrom", ["settle"] = "Settle", ["case"] = "Cases", ["reason"] = "Reason",
    };

    private static readonly Dictionary<string, string> Move = new() { ["reason"] = "Why", ["since"] = "Since", ["aim"] = "Aim", ["due"] = "NewDue" };

    private static readonly Dictionary<string, string> Ladder = new() { ["why"] = "Words", ["person"] = "Words", ["under"] = "Under", ["seen_in"] = "SeenIn", ["case"] = "SeenIn", ["reason"] = "Evidence" };

    /// <summary>All of them.</summary>
    public async Task<IResult> List(HttpContext context)
    {
        var (now, company) = (clock.GetUtcNow(), await settings.Company(context.RequestAborted));
        return Html.Show<ImprovementsPage, ImprovementsPage.View>(new(await frame.For(context), await desk.List(context.RequestAborted), LocalDay.Of(now, company.Zone())));
    }

    /// <summary>The form for a new one, with what is wrong in it.</summary>
    public async Task<IResult> New(HttpContext context, ImprovementFields fields, Refused? no) =>
        Html.Show<NewImprovementPage, NewImprovementPage.View>(new(await frame.For(context), fields, await Choices(context), no is null ? Nothing : new Dictionary<string, string> { [Plan.GetValueOrDefault(no.Code, "main")] = no.Message }),
            no is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    /// <summary>One of them, with the form that was refused as it was typed.</summary>
    public async Task<IResult> One(HttpContext context, long id, Refused? no = null, ImprovementFields? plan = null, MoveFields? move = null, LadderFields? ladder = null, string? cases = null)
    {
        if (await desk.Find(id, context.RequestAborted) is not { } file)
            return TypedResults.NotFound();
        var (now, company) = (clock.GetUtcNow(), await settings.Company(context.RequestAborted));
        var fields = plan ?? ImprovementFields.From(file.Item.Plan, company.Currency);
        if (plan is null && file.Item.Plan.TriggerFrom is null)
        {
            var (from, until) = WantedMove.TriggerOf(file.Cases.Count > 0 ? DateTimeOffset.FromUnixTimeMilliseconds(file.Cases.Min(each => each.OpenedAt)) : null, DateTimeOffset.FromUnixTimeMilliseconds(file.Row.NotedAt), company.Zone());
            fields = fields with { TriggerFrom = from, TriggerUntil = until };
        }

        var errors = no is null ? Nothing : new Dictionary<string, string>
        {
            [plan is not null ? Plan.GetValueOrDefault(no.Code, "main") : move is not null ? Move.GetValueOrDefault(no.Code, "main") : ladder is not null ? Ladder.GetValueOrDefault(no.Code, "main") : cases is not null ? "numbers" : "main"] = no.Message,
        };
        var letters = ChangeLetterRule.HasChanged(file.Item) ? await MayBeTold(id, file, company, context.RequestAborted) : new HashSet<long>();
        return Html.Show<ImprovementPage, ImprovementPage.View>(new(await frame.For(context), id, file, context.User.Actor(), now, company.Zone(), await desk.Effect(file.Item, now, context.RequestAborted), await Choices(context), letters, fields, move ?? new(), ladder ?? new(), cases, errors, no?.Code == "person" && ladder is not null, plan is not null),
            no is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    /// <summary>The letter to the customer of a case, to be made somebody's own.</summary>
    public async Task<IResult> Letter(HttpContext context, long id, long number, string? typed, string? wrong)
    {
        if (await desk.Find(id, context.RequestAborted) is not { } file || file.Cases.All(each => each.Number != number) || await cases.Find(number, context.RequestAborted) is not { } state)
            return TypedResults.NotFound();
        var company = await settings.Company(context.RequestAborted);
        var against = ChangeLetterRule.Against(state, id, await FollowOnDesk.WantsNone(database, state.CustomerId, context.RequestAborted)).Select(Domain.Cases.Case.Why).ToList();
        if (!company.FollowOn.IsOn)
            against.Insert(0, "Letters after a good end are switched off. An owner can switch them on in the settings.");
        if (!ChangeLetterRule.HasChanged(file.Item))
            against.Insert(0, "Nothing holds yet that they can be told of.");
        return Html.Show<ChangeLetterPage, ChangeLetterPage.View>(new(await frame.For(context), id, file.Item, number, state.CustomerName, typed ?? ChangeLetter.Draft(state, file.Item, company.Zone()), against, wrong), wrong is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static IReadOnlyDictionary<string, string> Nothing { get; } = new Dictionary<string, string>();

    /// <summary>The complaints whose customers may be told now.</summary>
    private async Task<IReadOnlySet<long>> MayBeTold(long id, ImprovementFile file, Company company, CancellationToken ct)
    {
        var may = new HashSet<long>();
        if (!company.FollowOn.IsOn)
            return may;
        foreach (var each in file.Cases.Where(each => each is { SentAt: null, CloseReason: (int)Domain.Cases.CloseReason.Confirmed }))
        {
            if (await cases.Find(each.Number, ct) is { } state && ChangeLetterRule.Against(state, id, await FollowOnDesk.WantsNone(database, state.CustomerId, ct)).Count == 0)
                may.Add(each.Number);
        }

        return may;
    }

    private async Task<ImprovementChoices> Choices(HttpContext context)
    {
        var (company, now, ct) = (await settings.Company(context.RequestAborted), clock.GetUtcNow(), context.RequestAborted);
        var names = new List<string>();
        foreach (var by in new[] { Dimension.Product, Dimension.Lot, Dimension.Carrier, Dimension.Supplier, Dimension.Place })
            names.AddRange((await counts.Names(by, now, ct)).Take(40));
        return new(await desk.Owners(ct), company.Currency,
            [.. company.Content.Categories.Offered.Select(line => (line.Code, company.Content.Categories.WordsOf(line.Code)!)), .. company.Content.Causes.Offered.Select(line => (line.Code, company.Content.Causes.WordsOf(line.Code)!)), .. names.Distinct().Select(name => (name, ""))]);
    }
}

/// <summary>What the form offers to choose from.</summary>
/// <param name="Owners">Who may own it.</param>
/// <param name="Currency">The company's.</param>
/// <param name="Names">Codes and names that can be counted, with their words where they have any.</param>
public sealed record ImprovementChoices(IReadOnlyList<Owner> Owners, string Currency, IReadOnlyList<(string Code, string Words)> Names);
