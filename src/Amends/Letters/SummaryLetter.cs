using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Listening;

namespace Amends.Letters;

/// <summary>What we understood, in three lines, for the customer to confirm or correct.</summary>
public static class SummaryLetter
{
    /// <summary>The letter with the newest summary of the case.</summary>
    /// <exception cref="InvalidOperationException">The case has no summary.</exception>
    public static Letter For(Company company, long number, CaseState state, string writer)
    {
        var summary = state.Summary ?? throw new InvalidOperationException("There is no summary to send.");
        return new Letter(Words.Subject(number, state, "Did we understand you?"), Words.Paragraphs(
            Words.Hello(state),
            "Before we do anything, we want to be sure that we understood you. This is what we heard:",
            Lines(summary),
            Raised(state),
            "Is that right? Please tell us with one click, or tell us what is missing:\n" + Letter.Link,
            "You can also just answer this mail, in your own words.",
            state.NextContact is { } next ? $"You hear from us again by {Words.Moment(next.DueAt, company)}: {next.What}." : null,
            Words.SignedBy(writer, company)));
    }

    /// <summary>What the customer raised, where that is more than one thing.</summary>
    private static string? Raised(CaseState state) =>
        state.Raised.Select(issue => issue.Words).ToList() is { Count: > 1 } issues ? "What you raised, each of which gets an answer:\n" + string.Join('\n', issues.Select((words, i) => $"{i + 1}. {words}")) : null;

    /// <summary>The three lines.</summary>
    internal static string Lines(Summary summary) =>
        $"What happened:\n{summary.Happened}\n\n{(summary.Impact is { } impact ? $"What it means for you:\n{impact}\n\n" : "")}What matters most to you:\n{summary.Matters}\n\nWhat we promised:\n{summary.Promised}";
}
