using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Deadlines;
using Amends.Features.Shared;
using Amends.Letters;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery;

/// <summary>The letters of a case: what was sent, on paper too, and those that a rule may ask for, looked over before they go.</summary>
public static class LetterEndpoints
{
    /// <summary>Maps the page, what it posts, and a letter as PDF.</summary>
    public static void MapLetters(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/{number:long}/letters", (long number, string? kind, HttpContext context, CasePages pages, LetterDesk letters) =>
            Show(number, context, pages, letters, new LetterFields { Kind = Enum.TryParse<LetterKind>(kind, true, out var known) ? known.ToString() : null }, null)).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases/{number:long}/letters", Send).RequireAuthorization(Policies.Agent);
        app.MapGet("/cases/{number:long}/letters/{id:long}/pdf", Pdf).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> Send(long number, [FromForm] LetterFields? sent, HttpContext context, CasePages pages, CaseStore cases, StoredSettings settings, Dispatch dispatch, LetterDesk letters, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var (me, company) = (context.User.Actor(), await settings.Company());
        try
        {
            if (!Enum.TryParse<LetterKind>(fields.Kind, out var kind) || !Enum.IsDefined(kind))
                throw new Refused("kind", "Choose what kind of letter it is.");
            DateOnly? day = DateOnly.TryParseExact(fields.Until, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var typed) ? typed : null;
            return await cases.Change(number, (@case, unit) => dispatch.Rule(new(@case, unit, number, company, me, clock.GetUtcNow()), new(kind, fields.Text, fields.Reason ?? "", day))) is { } state
                ? Answers.Back(context, number, $"Sent, and kept as it is. {state.CustomerName} has it in writing.")
                : TypedResults.NotFound();
        }
        catch (Refused no)
        {
            return await Show(number, context, pages, letters, fields, FieldErrors.Of(no, ("kind", "Kind"), ("text", "Text"), ("legal", "Text"), ("outside_route", "Text"), ("issues_open", "Kind"), ("not_upheld", "Kind"), ("acceptance", "Kind"), ("reason", "Reason"), ("until", "Until")));
        }
    }

    private static async Task<IResult> Pdf(long number, long id, HttpContext context, LetterDesk letters, StoredSettings settings)
    {
        if (await letters.Find(number, id, context.RequestAborted) is not { } letter)
            return TypedResults.NotFound();
        var paper = LetterPaper.Of(await settings.Company(), number, letter, await letters.Words(letter, context.RequestAborted));
        return TypedResults.File(paper.ToPdf(), "application/pdf", $"letter-{number}-{id}.pdf");
    }

    private static async Task<IResult> Show(long number, HttpContext context, CasePages pages, LetterDesk letters, LetterFields fields, IReadOnlyDictionary<string, string>? errors)
    {
        if (await pages.Load(context, number, errors) is not { } page)
            return TypedResults.NotFound();
        if (fields is { Text: null, Kind: { } chosen } && errors is null)
            fields = fields with { Text = RuleLetter.Draft(new LegalWords(page.Company, number, page.State, context.User.Actor().Name), Enum.Parse<LetterKind>(chosen)) };
        return Html.Show<LettersPage, LettersPage.View>(new(page, fields, await letters.Of(number, context.RequestAborted)), errors is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}

/// <summary>The fields of a letter.</summary>
public sealed record LetterFields
{
    public string? Kind { get; init; }
    public string? Text { get; init; }
    public string? Reason { get; init; }
    public string? Until { get; init; }
}
