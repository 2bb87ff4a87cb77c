using Amends.Features.Shared;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;

namespace Amends.Features.CustomerPages;

/// <summary>Saying more, with files.</summary>
public static class MoreEndpoints
{
    private const int Longest = 10_000;

    /// <summary>Maps the form and its answer.</summary>
    public static void MapMore(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/more", (Visit visit) => visit.Show<MorePage>());
        pages.MapPost("/more", More);
    }

    /// <summary>Whether something else that went wrong can be added to the case.</summary>
    public static bool TakesIssues(CaseState state) => state is { Kind: CaseKind.Complaint, IsOpen: true, Stage: not CaseStage.CheckBack };

    private static async Task<IResult> More(Visit visit, IFormCollection form, CaseStore cases)
    {
        IReadOnlyList<Upload> uploads;
        try
        {
            uploads = await Upload.Read(form.Files);
        }
        catch (Refused refused) // the files are read before the unit of work, which must wait for nothing else
        {
            return await visit.Answer<MorePage>(cases, form, "more", (_, _) => throw refused);
        }

        return await visit.Answer<MorePage>(cases, form, "more", async (@case, unit) =>
        {
            var words = form["words"].ToString().Trim();
            if (words.Length == 0 && uploads.Count == 0)
                throw new Refused("words", "Write a sentence, or choose a file.");
            if (words.Length > Longest)
                throw new Refused("words", $"That is longer than {Longest} characters.");
            await visit.Say(@case, unit, words.Length > 0 ? words : "(only a file)", await Upload.Store(unit, uploads));
            if (form["issue"] == "on" && words.Length > 0 && TakesIssues(@case.State))
                @case.RaiseIssue(Case.IssueFrom(words), visit.Customer, visit.Now);
        });
    }
}
