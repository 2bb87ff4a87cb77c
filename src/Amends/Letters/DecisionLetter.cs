using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Deadlines;
using Amends.Domain.Issues;

namespace Amends.Letters;

/// <summary>What we found about each issue and why, what we can do, and where the customer can go next.</summary>
public static class DecisionLetter
{
    /// <summary>The letter with what the customer is told now.</summary>
    /// <exception cref="InvalidOperationException">Nothing was decided.</exception>
    public static Letter For(Company company, long number, CaseState state, string writer)
    {
        if (!state.ToldLast.Any())
            throw new InvalidOperationException("There is no decision to send.");
        var offer = state is { Stage: CaseStage.Offered, SentOffer: { IsDecision: true } sent } ? sent : null;
        return new Letter(Words.Subject(number, state, "What we found, and what we can do"), Words.Paragraphs(
            Words.Hello(state),
            TemplateWords.Of(new(company, number, state, writer), KindOf(state), new() { ["story"] = state.Summary?.Happened, ["findings"] = Findings(state), ["agreed"] = null }),
            offer is null
                ? $"We do this on top of what you chose. If we missed something, tell us here, and we look again:\n{Letter.Link}"
                : $"Would you like us to do this? You can accept it here, or tell us what we missed:\n{Letter.Link}\n\nWe hold it for you until {Words.Moment(offer.AnswerBy, company)}. You can also just answer this mail or call.",
            company.OutsideRoute.Trim() is { Length: > 0 } route ? $"If you do not agree with us, this is where you can go next:\n{route}" : null,
            $"Do you have a question about this? {state.OwnerName ?? writer} answers it.",
            Words.SignedBy(writer, company)));
    }

    /// <summary>Which letter it is: a final response, or one that upholds nothing.</summary>
    public static LetterKind KindOf(CaseState state) => state.ToldLast.All(issue => issue.Decision!.Finding == Finding.NotUpheld) ? LetterKind.NotUpheld : LetterKind.Final;

    /// <summary>How far an issue is upheld, for the customer.</summary>
    public static string Says(Finding finding) => finding switch
    {
        Finding.Upheld => "Upheld: you are right.",
        Finding.PartlyUpheld => "Upheld in part: you are right about some of it.",
        _ => "Not upheld: here we came to another view.",
    };

    /// <summary>What the customer was told last, issue by issue.</summary>
    internal static string Findings(CaseState state)
    {
        var issues = state.ToldLast.ToList();
        return string.Join("\n\n", issues.Select((issue, i) => Lines(issue, issues.Count > 1 ? $"{i + 1}. " : "")));
    }

    private static string Lines(Issue issue, string number) => string.Join('\n', ((string?[])
        [
            number + issue.Words,
            "   " + Says(issue.Decision!.Finding),
            issue.Decision.Reasons is { } reasons ? "   Why: " + reasons : null,
            issue.Decision.CanDo is { } can ? "   What we can do: " + can : null,
        ]).OfType<string>());
}
