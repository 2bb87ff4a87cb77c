using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Deadlines;

namespace Amends.Letters;

/// <summary>Drafts of the letters that a rule may ask for: from what the case holds, with the sentences that its presets want.</summary>
public static class RuleLetter
{
    private static readonly string[] Unfinished = ["{reason}", "{new}", "{due}", "{body}", "{web}", "{window}", "{person}", " / we ", "because …", "offer …", "found: …"];

    /// <summary>The words of a draft, without greeting and signature.</summary>
    /// <param name="words">The case.</param>
    /// <param name="kind">What it is.</param>
    public static string Draft(LegalWords words, LetterKind kind)
    {
        var (state, company) = (words.State, words.Company);
        var text = Words.Paragraphs(TemplateWords.Of(words, kind, new()
        {
            ["done"] = TemplateWords.Steps("Since you last heard from us:", Progress.Did(company, state)), ["next"] = TemplateWords.Steps("What we do next:", Progress.Next(company, state)),
            ["story"] = Happened(state), ["findings"] = Findings(state, company), ["agreed"] = Agreed(state, company),
        }));
        var missing = words.In(kind, text);
        return missing.Count == 0 ? text : Words.Paragraphs(text, string.Join('\n', missing.Select(each => each.Sentence)));
    }

    /// <summary>The letter as it goes out.</summary>
    /// <param name="words">The case, the reason and the day.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="text">What the writer made of the draft.</param>
    /// <exception cref="Domain.Refused"><c>text</c> or <c>legal</c> with what is missing.</exception>
    public static Letter For(LegalWords words, LetterKind kind, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new Domain.Refused("text", "Write the letter.");
        if (text.Length > 20_000)
            throw new Domain.Refused("text", "Nobody reads a letter of more than 20,000 characters. Make it shorter.");
        if (Unfinished.Any(part => text.Contains(part, StringComparison.Ordinal)))
            throw new Domain.Refused("text", "Something is left to fill in: a word in braces, three dots, or sentences to choose from. Write what you mean there.");
        if (OutsideRoutes.Asks(kind, words.State))
            OutsideRoutes.MustBeNamed(words.Company, words.State);
        LegalWords.MustHoldAll(words.In(kind, text));
        return new Letter(Words.Subject(words.Number, words.State, SentLetter.NameOf(kind == LetterKind.NotUpheld ? LetterKind.Final : kind)),
            Words.Paragraphs(Words.Hello(words.State), text.Trim().ReplaceLineEndings("\n"), $"Where things stand you can see at any time on your own page:\n{Letter.Link}", Words.SignedBy(words.Writer, words.Company)));
    }

    private static string Happened(CaseState state) => state.Summary?.Happened ?? state.Story.Trim();

    private static string? Agreed(CaseState state, Company company) => state.Offers.LastOrDefault(offer => offer is { ChosenId: not null, IsAddition: false }) is not { } offer ? null
        : offer.IsDecision ? TemplateWords.Steps("We agreed on this with you:", [.. offer.Options[0].Remedies.Select(remedy => DecisionLetter.Remedy(remedy, company))])
        : $"We agreed on this with you: {offer.Options.First(option => option.Id == offer.ChosenId).Title}.";

    private static string Findings(CaseState state, Company company) => string.Join("\n\n", state.Raised.Select(issue => string.Join('\n', ((string?[])
    [
        issue.Words,
        issue.Decision is { } decision ? "   " + DecisionLetter.Says(decision.Finding) : state.IsSettled(issue) ? "   Upheld: you chose how we put it right." : "   We answer this with what we agreed.",
        issue.Decision?.Reasons is { } reasons ? "   Why: " + reasons : null,
        DecisionLetter.CanDo(state, issue, company) is { } can ? "   " + can : null,
    ]).OfType<string>())));
}
