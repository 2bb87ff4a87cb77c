using Amends.Data;
using Amends.Features.Shared;
using Amends.Letters;

namespace Amends.Features.CustomerPages;

/// <summary>What we wrote to the customer, each as PDF.</summary>
public static class LetterEndpoints
{
    /// <summary>Maps the list and a letter.</summary>
    public static void MapCustomerLetters(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/letters", async (Visit visit, LetterDesk letters, CancellationToken ct) => Html.Show<LettersPage, CustomerPage>(new CustomerPage(visit) { Letters = await letters.Of(visit.Number, ct) }));
        pages.MapGet("/letters/{id:long}", async (long id, Visit visit, LetterDesk letters, CancellationToken ct) => await letters.Find(visit.Number, id, ct) is { } letter
            ? (IResult)TypedResults.File(LetterPaper.Of(visit.Company, visit.Number, letter, await letters.Words(letter, ct)).ToPdf(), "application/pdf", $"letter-{visit.Number}-{id}.pdf")
            : TypedResults.NotFound());
    }
}
