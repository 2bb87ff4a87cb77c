using Amends.Data;
using Amends.Domain;
using Amends.Domain.Remedies;
using Amends.Domain.Visits;
using Amends.Features.Shared;
using Amends.Web;

namespace Amends.Features.Recovery;

/// <summary>A line of a case on a page of its own.</summary>
/// <param name="Page">The case.</param>
/// <param name="Remedy">The line.</param>
public sealed record RemedyPage(CasePage Page, Remedy Remedy)
{
    /// <summary>Where its forms go.</summary>
    public string Url => $"/cases/{Page.Number}/remedies/{Remedy.Id}";

    /// <summary>What is wrong with a field.</summary>
    public string? Error(string field) => Page.Errors.GetValueOrDefault(field);

    /// <summary>What was typed.</summary>
    public IFormCollection? Typed { get; init; }

    /// <summary>Who writes.</summary>
    public string Writer { get; init; } = "";

    /// <summary>The windows that can be offered.</summary>
    public IReadOnlyList<VisitTime> Free { get; init; } = [];

    /// <summary>The orders that what comes back can be of.</summary>
    public IReadOnlyList<SentOrder> Orders { get; init; } = [];

    /// <summary>Whom it can be handed to.</summary>
    public IReadOnlyList<Colleague> Colleagues { get; init; } = [];
}

/// <summary>Loads the pages of single lines, and takes what they post.</summary>
public sealed class RemedyPages(CasePages pages, Database database, CaseStore cases, StoredSettings settings, TimeProvider clock)
{
    /// <summary>The page of a return.</summary>
    public async Task<IResult> Return(HttpContext context, long number, int id, Refused? no = null) =>
        await Load(context, number, id, no) is { Remedy.Kind: RemedyKind.Return } model
            ? Show<ReturnForm>(model.Remedy.Return is { ReceivedAt: not null, Inspection: null } ? model with { Orders = await SentGoods.Of(database, number, context.RequestAborted) } : model, no) : TypedResults.NotFound();

    /// <summary>The page of a visit.</summary>
    public async Task<IResult> Visit(HttpContext context, long number, int id, Refused? no = null)
    {
        if (await Load(context, number, id, no) is not { Remedy.Kind: RemedyKind.Visit or RemedyKind.Redo } model)
            return TypedResults.NotFound();
        var company = model.Page.Company;
        return Show<VisitForm>(model with { Free = await RemedyDesk.FreeVisits(database, company, company.Remedies.VisitRules(), model.Page.Now, number, id, context.RequestAborted) }, no);
    }

    /// <summary>The page on which a line is handed on.</summary>
    public async Task<IResult> Owner(HttpContext context, long number, int id, Refused? no = null) =>
        await Load(context, number, id, no) is { } model ? Show<RemedyOwnerForm>(model with { Colleagues = await Colleagues.All(database, context.RequestAborted) }, no) : TypedResults.NotFound();

    /// <summary>The page on which an apology, an explanation or the reasons are written.</summary>
    public async Task<IResult> Letter(HttpContext context, long number, int id, Refused? no = null) =>
        await Load(context, number, id, no) is { Remedy.Kind: RemedyKind.Apology or RemedyKind.Explanation or RemedyKind.None } model ? Show<RemedyLetterForm>(model with { Writer = context.User.Actor().Name }, no) : TypedResults.NotFound();

    /// <summary>Takes what a form posts: the verb, then back with words; a refusal shows the page again with what was typed.</summary>
    /// <param name="context">The request.</param>
    /// <param name="number">The case.</param>
    /// <param name="said">What the toast says.</param>
    /// <param name="back">Where to.</param>
    /// <param name="change">The verb.</param>
    /// <param name="again">The page once more.</param>
    public async Task<IResult> Take(HttpContext context, long number, string said, string back, Func<Domain.Cases.Case, Unit, Company, DateTimeOffset, Task> change, Func<Refused, Task<IResult>> again)
    {
        var (company, now) = (await settings.Company(), clock.GetUtcNow());
        try
        {
            if (await cases.Change(number, (@case, unit) => change(@case, unit, company, now)) is null)
                return TypedResults.NotFound();
            Frame.Say(context, said);
            return TypedResults.Redirect303(back);
        }
        catch (Refused no)
        {
            return await again(no);
        }
    }

    private async Task<RemedyPage?> Load(HttpContext context, long number, int id, Refused? no)
    {
        if (await pages.Load(context, number, no is null ? null : FieldErrors.Of(no, [.. Fields.Select(field => (field, field))])) is not { } page || page.State.Remedies.FirstOrDefault(each => each.Id == id) is not { } remedy)
            return null;
        return new RemedyPage(page, remedy) { Typed = no is not null && context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : null };
    }

    private static readonly string[] Fields = ["carrier", "tracking", "expires", "instructions", "files", "scanned_at", "where", "result", "note", "mark", "order", "times", "address", "time", "words", "diagnosis", "parts", "technician", "whose", "via", "text", "owner"];

    private static IResult Show<TPage>(RemedyPage model, Refused? no) where TPage : View<RemedyPage> =>
        Html.Show<TPage, RemedyPage>(model, no is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
}
