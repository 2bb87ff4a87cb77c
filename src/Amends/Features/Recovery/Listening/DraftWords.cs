using Amends.Data;
using Amends.Domain.CheckBacks;
using Amends.Domain.Listening.Drafts;

namespace Amends.Features.Recovery.Listening;

/// <summary>Drafts in words: where a sentence is from, why it was chosen, how sure a guess is.</summary>
internal static class DraftWords
{
    /// <summary>Where a sentence is from, to follow it.</summary>
    public static string Source(DraftSentence sentence, CasePage page) => sentence.Source switch
    {
        DraftSource.Promise => $"our promise of {page.When(sentence.At)}",
        DraftSource.OurMessage => $"our message of {page.When(sentence.At)}",
        _ => sentence.Id == 0 ? "what they told us first" : $"their message of {page.When(sentence.At)}",
    };

    /// <summary>The place of a message on the case's page.</summary>
    public static string Address(CasePage page, DraftSource source, long id) => source == DraftSource.Promise || id == 0 ? $"/cases/{page.Number}" : $"/cases/{page.Number}#message-{id}";

    /// <summary>Why it was chosen.</summary>
    public static string Reasons(IReadOnlyList<DraftReason> reasons) => string.Join(", ", reasons.Select(reason => reason switch
    {
        DraftReason.FirstMessage => "first message",
        DraftReason.Problem => "says what went wrong",
        DraftReason.Time => "names a time",
        DraftReason.Amount => "names an amount",
        DraftReason.Number => "names a number",
        DraftReason.Wish => "says a wish",
        DraftReason.Impact => "says what it meant",
        DraftReason.Promise => "promises something",
        DraftReason.Newest => "newest message",
        _ => "still open",
    }));

    /// <summary>"Likely, 82 %".</summary>
    public static string Sure(CategoryGuess guess) => $"{guess.Strength switch { GuessStrength.Likely => "likely", GuessStrength.Perhaps => "perhaps", _ => "a faint guess" }}, {Math.Round(guess.Confidence * 100, MidpointRounding.ToEven):0} %";

    /// <summary>A category's words.</summary>
    public static string Category(CasePage page, string code) => page.Company.Content.Categories.WordsOf(code) ?? code;

    /// <summary>Why two cases may be one matter.</summary>
    public static string Why(LikelyDuplicate likely)
    {
        List<string> why = [];
        if (likely.Case.SameOrder)
            why.Add("the same order");
        if (likely.Case.NamesOrder)
            why.Add("one names the order of the other");
        if (likely.Case.SameCustomer)
            why.Add("the same customer");
        else if (likely.Case.AlikeCustomer is { } alike)
            why.Add($"perhaps the same person ({alike})");
        if (likely.Shared.Count > 0 && likely.Alike >= 0.05)
            why.Add($"words alike to {Math.Round(likely.Alike * 100, MidpointRounding.ToEven):0} %: {string.Join(", ", likely.Shared)}");
        return string.Join("; ", why);
    }

    /// <summary>Why a past case is like it.</summary>
    public static string Why(SimilarCase like)
    {
        List<string> why = [];
        if (like.SameCategory)
            why.Add("the same category");
        if (like.SameProduct)
            why.Add("the same product");
        if (like.Shared.Count > 0)
            why.Add(string.Join(", ", like.Shared));
        return string.Join("; ", why);
    }

    /// <summary>What the customer answered in the end.</summary>
    public static string Answered(SimilarFound found) => $"{(found.Answer is { } answer ? $"They said {answer.ToString().ToLowerInvariant()}" : "They said that it is put right")}{(found.Score is { } score ? $", {score} of 5" : "")}{(found.Words is { Length: > 0 } words ? $": “{words}”" : ".")}";

    /// <summary>How a question was answered.</summary>
    public static string Answer(QuestionAnswer answer) => answer.How switch
    {
        AnswerSign.Quoted => "a reply of ours quotes it",
        AnswerSign.SameWords => $"a reply of ours speaks of it ({string.Join(", ", answer.Shared.Take(4))})",
        _ => $"{answer.By} says so",
    };

    /// <summary>What is proposed.</summary>
    public static string Kind(SuggestionKind kind) => kind switch { SuggestionKind.Playbook => "Playbook", SuggestionKind.Letter => "Letter", SuggestionKind.Phrase => "Phrase", SuggestionKind.Question => "Question to ask", _ => "Our rule" };

    /// <summary>Why it is proposed.</summary>
    public static string Fit(SuggestionFit fit) => fit switch { SuggestionFit.Category => "for what went wrong", SuggestionFit.Promise => "a promise is due", SuggestionFit.Deadline => "a deadline comes near", _ => "for this step" };
}
