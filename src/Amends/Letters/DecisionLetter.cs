using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Deadlines;
using Amends.Domain.Issues;
using Amends.Domain.Offers;

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
        var sent = state.Offers.LastOrDefault(offer => offer.IsDecision && offer.SentAt == state.DecisionSentAt);
        var offer = sent is { IsAddition: false } ? sent : null;
        return new Letter(Words.Subject(number, state, "What we found, and what we can do"), Words.Paragraphs(
            Words.Hello(state),
            TemplateWords.Of(new(company, number, state, writer), KindOf(state), new() { ["story"] = state.Summary?.Happened, ["findings"] = Findings(state, company), ["agreed"] = null }),
            offer is null
                ? $"We do this on top of what you chose. If we missed something, tell us here, and we look again:\n{Letter.Link}"
                : $"Would you like us to do this? You can accept it here, or tell us what we missed:\n{Letter.Link}\n\nWe hold it for you until {Words.Moment(offer.AnswerBy, company)}. You can also just answer this mail or call.",
            (sent?.OutsideRoute ?? OutsideRoutes.For(company, state)) is { } route ? $"If you do not agree with us, this is where you can go next:\n{route}" : null,
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
    internal static string Findings(CaseState state, Company company)
    {
        var issues = state.ToldLast.ToList();
        return string.Join("\n\n", issues.Select((issue, i) => Lines(state, issue, issues.Count > 1 ? $"{i + 1}. " : "", company)));
    }

    /// <summary>What we can do about an issue, as the customer was told: words, and remedies with worth, day and reason; <c>null</c> where it was not said.</summary>
    /// <param name="state">The case.</param>
    /// <param name="issue">The issue, decided.</param>
    /// <param name="company">For its zone.</param>
    public static string? CanDo(CaseState state, Issue issue, Company company)
    {
        var remedies = state.ToldRemedies(issue).Select(remedy => Remedy(remedy, company)).ToList();
        return (issue.Decision?.CanDo, remedies) switch
        {
            (null, []) => null,
            (null, [var one]) => "What we can do: " + one,
            var (words, _) => $"What we can do:{(words is null ? "" : " " + words)}{string.Concat(remedies.Select(remedy => "\n   - " + remedy))}",
        };
    }

    /// <summary>A remedy of a decision in a line, such as <c>Part of the price back (€ 20), by Friday 3 April. It still works in part.</c></summary>
    public static string Remedy(OptionRemedy remedy, Company company)
    {
        var line = $"{remedy.What.TrimEnd('.')}{(remedy.Value.Minor > 0 ? $" ({remedy.Value})" : "")}{RemedyLetter.Terms(remedy, company)}";
        return remedy.IsStatutory ? $"{line.TrimEnd('.')}. The law gives it to you." : line;
    }

    private static string Lines(CaseState state, Issue issue, string number, Company company) => string.Join('\n', ((string?[])
        [
            number + issue.Words,
            "   " + Says(issue.Decision!.Finding),
            issue.Decision.Reasons is { } reasons ? "   Why: " + reasons : null,
            CanDo(state, issue, company) is { } can ? "   " + can : null,
        ]).OfType<string>());
}
