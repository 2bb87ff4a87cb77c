using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;

namespace Amends.Features.CustomerPages;

/// <summary>"Is this what you meant?": yes, or what is missing.</summary>
public static class ConfirmEndpoints
{
    /// <summary>Maps the question and both answers.</summary>
    public static void MapConfirm(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/confirm", (Visit visit) => visit.Show<ConfirmPage>());
        pages.MapPost("/confirm", Confirm);
        pages.MapPost("/correct", Correct);
        pages.MapPost("/impact", Impact);
    }

    private static Task<IResult> Confirm(Visit visit, IFormCollection form, CaseStore cases) => visit.Answer<ConfirmPage>(cases, form, "confirmed", (@case, _) =>
    {
        @case.ConfirmSummary(VersionOf(form), Channel.Page, null, visit.Customer, visit.Now);
        return Task.CompletedTask;
    });

    private static Task<IResult> Correct(Visit visit, IFormCollection form, CaseStore cases) => visit.Answer<ConfirmPage>(cases, form, "corrected", async (@case, unit) =>
    {
        var words = form["words"].ToString().Trim();
        @case.CorrectSummary(VersionOf(form), Channel.Page, words, visit.Customer, visit.Now);
        await visit.Say(@case, unit, words);
    });

    private static Task<IResult> Impact(Visit visit, IFormCollection form, CaseStore cases) => visit.Answer<ConfirmPage>(cases, form, "impact", async (@case, unit) =>
    {
        var before = @case.State.Impact;
        @case.HearImpact(form["impact"], visit.Customer, visit.Now);
        if (@case.State.Impact is { } words && words != before)
            await visit.Say(@case, unit, $"What it means for me: {words}");
    });

    private static int VersionOf(IFormCollection form) => int.TryParse(form["version"], NumberStyles.None, CultureInfo.InvariantCulture, out var version)
        ? version
        : throw new Refused("summary_changed", "The summary has changed since. Please read the new one.");
}
