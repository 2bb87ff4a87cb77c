using Amends.Domain.Cases;
using Amends.Domain.Contents;
using Amends.Domain.Deadlines;
using Amends.Domain.Playbooks;

namespace Amends.Domain.Listening.Drafts;

/// <summary>Something from the company's content that fits a case now: to be put into a reply, or a page that drafts it.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Key">Names it within the case.</param>
/// <param name="Title">As people call it.</param>
/// <param name="Text">The words to put into a reply; <c>null</c> where a page drafts it.</param>
/// <param name="Page">The page of the case that goes on from it; <c>null</c> without one.</param>
/// <param name="Fit">Why it is proposed.</param>
public sealed record SuggestedText(SuggestionKind Kind, string Key, string Title, string? Text, string? Page, SuggestionFit Fit)
{
    /// <summary>What it says to us, where it is not for the customer's eyes as it stands.</summary>
    public string? Says { get; init; }

    private const int MostPhrases = 4, MostQuestions = 3, MostPolicies = 3;

    /// <summary>What fits, the best first: the playbook, letters, phrases of this step, questions that are not asked yet, rules that we may quote.</summary>
    /// <param name="state">The case.</param>
    /// <param name="category">Its category, or what it looks like; <c>null</c> for neither.</param>
    /// <param name="content">What holds today.</param>
    /// <param name="playbook">The one that suits; <c>null</c> when none does.</param>
    /// <param name="phrases">Phrases for replies.</param>
    /// <param name="now">Now.</param>
    public static IReadOnlyList<SuggestedText> For(CaseState state, string? category, ContentInForce content, Playbook? playbook, IReadOnlyList<ReplyPhrase> phrases, DateTimeOffset now)
    {
        if (!state.IsOpen)
            return [];
        List<SuggestedText> all = [];
        var isComplaint = state.Kind == CaseKind.Complaint;
        if (playbook is not null && isComplaint && state.Stage <= CaseStage.Offered)
            all.Add(new(SuggestionKind.Playbook, $"playbook.{playbook.Key}", playbook.Title, null, state is { Stage: CaseStage.Working, Summary: not null } ? "offer/new" : null, SuggestionFit.Category) { Says = playbook.Gets });
        all.AddRange(Letters(state, content, isComplaint, now));
        all.AddRange(phrases.Where(phrase => phrase.IsFor(state.Stage, category)).OrderByDescending(phrase => phrase.Categories.Count).ThenBy(phrase => phrase.Key, StringComparer.Ordinal).Take(MostPhrases)
            .Select(phrase => new SuggestedText(SuggestionKind.Phrase, $"phrase.{phrase.Key}", phrase.Title, phrase.For(state), null, phrase.Categories.Count > 0 ? SuggestionFit.Category : SuggestionFit.Step)));
        if (isComplaint && state.Stage <= CaseStage.Working)
        {
            all.AddRange(content.Questions(category).Reverse().Where(question => state.AnswerTo(question.Code) is null).Take(MostQuestions)
                .Select(question => new SuggestedText(SuggestionKind.Question, $"question.{question.Code}", question.Words, question.Words, "questions", question.Code.StartsWith(ContentInForce.AnyCategory, StringComparison.Ordinal) ? SuggestionFit.Step : SuggestionFit.Category)));
        }

        all.AddRange(content.Policies(category).Where(policy => policy.Categories.Count > 0).Take(MostPolicies).Select(policy => new SuggestedText(SuggestionKind.Policy, policy.Key, policy.Title, $"{policy.Text}\n\n{policy.Why}", null, SuggestionFit.Category)));
        return [.. all.OrderBy(each => each.Kind).ThenBy(each => each.Fit)];
    }

    private static IEnumerable<SuggestedText> Letters(CaseState state, ContentInForce content, bool isComplaint, DateTimeOffset now)
    {
        if (state.AcknowledgedAt is null)
            yield return new(SuggestionKind.Letter, "letter.acknowledgement", "Acknowledgement", content.Letter(LetterKind.Acknowledgement), null, SuggestionFit.Step);
        if (state.NextContact is { } promise && promise.DueAt <= now.AddDays(1))
            yield return new(SuggestionKind.Letter, "letter.update", "Update", null, "update", SuggestionFit.Promise);
        if (isComplaint && state.Stage is CaseStage.Received or CaseStage.Listening && state.Summary is null)
            yield return new(SuggestionKind.Letter, "letter.summary", "Did we understand?", null, "summary/new?draft=1", SuggestionFit.Step);
        if (isComplaint && state.NextDuty is { } duty && duty.DueAt <= now.AddDays(7))
            yield return new(SuggestionKind.Letter, "letter.holding", "Holding response", null, "letters?kind=Holding", SuggestionFit.Deadline);
    }
}

/// <summary>A phrase for replies, in content that ships.</summary>
/// <param name="Key">A word that stays.</param>
/// <param name="Title">In a few words.</param>
/// <param name="Stages">For which steps.</param>
/// <param name="Text">Its words; <c>{name}</c>, <c>{what}</c> and <c>{wanted}</c> stand for the customer's first name, what they hear next, and what they said would put it right.</param>
public sealed record ReplyPhrase(string Key, string Title, IReadOnlyList<CaseStage> Stages, string Text)
{
    /// <summary>Categories that it is for: groups or parts; all when empty.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Whether it fits.</summary>
    public bool IsFor(CaseStage stage, string? category) => Stages.Contains(stage) && (Categories.Count == 0 || (category is not null && (Categories.Contains(category) || Categories.Contains(category[..3]))));

    /// <summary>Its words for a case; a sentence with a place for which there is nothing is left out.</summary>
    public string For(CaseState state)
    {
        Dictionary<string, string?> places = new()
        {
            ["{name}"] = state.PreferredName ?? (state.CustomerName.Contains('@', StringComparison.Ordinal) ? null : state.CustomerName.Split(' ')[0]),
            ["{what}"] = state.NextContact?.What.Trim().TrimEnd('.'), ["{wanted}"] = state.WantedOutcome?.Trim().TrimEnd('.'),
        };
        // In one pass, so that braces in somebody's own words stay what they are.
        return string.Join(' ', Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(sentence => Filled(sentence, places)).OfType<string>());
    }

    private static string? Filled(string sentence, Dictionary<string, string?> places)
    {
        var open = sentence.IndexOf('{', StringComparison.Ordinal);
        if (open < 0)
            return sentence;
        var place = sentence[open..(sentence.IndexOf('}', open) + 1)];
        return places.GetValueOrDefault(place) is { Length: > 0 } value ? sentence[..open] + value + Filled(sentence[(open + place.Length)..], places) : null;
    }
}

/// <summary>What is proposed.</summary>
public enum SuggestionKind
{
    /// <summary>What customers get when this goes wrong.</summary>
    Playbook = 1,

    /// <summary>A letter.</summary>
    Letter,

    /// <summary>A sentence for a reply.</summary>
    Phrase,

    /// <summary>A question that helps them tell it.</summary>
    Question,

    /// <summary>A rule that we may quote.</summary>
    Policy,
}

/// <summary>Why it is proposed.</summary>
public enum SuggestionFit
{
    /// <summary>It is for what went wrong.</summary>
    Category = 1,

    /// <summary>A promise is due.</summary>
    Promise,

    /// <summary>A deadline comes near.</summary>
    Deadline,

    /// <summary>It is for the step of the case.</summary>
    Step,
}
