using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Issues;
using Amends.Features.Shared;

namespace Amends.Features.Recovery;

/// <summary>The decision form's fields as they are posted: an answer for each issue, and the dates of the letter.</summary>
public sealed record DecisionFields
{
    public List<AnswerFields> Issues { get; init => field = value ?? []; } = []; // a form without one of them binds to null
    public string? DoneBy { get; init; }
    public string? AnswerBy { get; init; }
    public string? CheckBackAt { get; init; }

    /// <summary><c>send</c> or <c>save</c>.</summary>
    public string? Then { get; init; }

    /// <summary>What was decided so far, with dates that give the customer time: three days for what we do and for the answer, a week until we ask.</summary>
    public static DecisionFields For(CasePage page)
    {
        var (calendar, zone) = (page.Company.Calendar(), page.Company.Zone());
        var due = LocalTime.Of(calendar.NextOpen(page.Now.AddDays(3)), zone);
        return new DecisionFields
        {
            Issues = [.. page.State.Raised.Select(issue => new AnswerFields
            {
                Id = issue.Id, Finding = issue.Decision?.Finding.ToString(), Reasons = issue.Decision?.Reasons, CanDo = issue.Decision?.CanDo, Evidence = issue.Decision?.Evidence,
            })],
            DoneBy = due, AnswerBy = due, CheckBackAt = LocalTime.Of(calendar.NextOpen(page.Now.AddDays(7)), zone),
        };
    }

    /// <summary>The answer to an issue; an empty one where nothing was posted.</summary>
    public AnswerFields Of(int issue) => Issues.FirstOrDefault(each => each.Id == issue) ?? new AnswerFields { Id = issue };

    /// <summary>What goes with the letter.</summary>
    /// <exception cref="Refused">A date cannot be read.</exception>
    public DecisionTerms Terms(Company company) => company.Terms(
        LocalTime.Parse(DoneBy, company.Zone(), "done_by"), LocalTime.Parse(AnswerBy, company.Zone(), "answer_by"), LocalTime.Parse(CheckBackAt, company.Zone(), "check_back"));

    /// <summary>A finding as a choice.</summary>
    public static string Words(Finding finding) => finding switch { Finding.Upheld => "Upheld", Finding.PartlyUpheld => "Partly upheld", _ => "Not upheld" };
}

/// <summary>The answer to one issue.</summary>
public sealed record AnswerFields
{
    public int Id { get; init; }
    public string? Finding { get; init; }
    public string? Reasons { get; init; }
    public string? CanDo { get; init; }
    public string? Evidence { get; init; }

    /// <summary>It rests on a suspicion that the claim is made up.</summary>
    public string? OnSuspicion { get; init; }

    /// <summary>The finding that was chosen; <c>null</c> for none yet.</summary>
    internal Finding? Chosen => Enum.TryParse<Finding>(Finding, out var chosen) && Enum.IsDefined(chosen) ? chosen : null;

    /// <summary>Whether something was written, but no finding chosen.</summary>
    internal bool IsHalf => Chosen is null && !(string.IsNullOrWhiteSpace(Reasons) && string.IsNullOrWhiteSpace(CanDo) && string.IsNullOrWhiteSpace(Evidence));
}
