using Amends.Data;
using Amends.Domain.CheckBacks;
using Amends.Domain.Listening.Drafts;

namespace Amends.Features.Api;

/// <summary>Help to listen, for programs. All of it is a draft; nothing is stored, and reading it changes nothing.</summary>
public sealed class ReadListening(CaseStore cases, ListeningDesk desk, StoredSettings settings, TimeProvider clock)
{
    /// <summary>The drafts for a case, or <c>null</c> when there is no such case.</summary>
    public async Task<ListeningAnswer?> Find(long number, CancellationToken ct)
    {
        if (await cases.Find(number, ct) is not { } state)
            return null;
        var drafts = await desk.Of(number, state, await settings.Company(ct), clock.GetUtcNow(), ct);
        return new(true, drafts.IsFallback,
            new([.. drafts.Summary.Happened.Select(Of)], [.. drafts.Summary.Matters.Select(Of)], [.. drafts.Summary.Promised.Select(Of)]),
            [.. drafts.Questions.Select(question => new AskedQuestion(question.Key, question.Words, question.MessageId, question.At, question.Times, question.IsOpen, question.Answer?.How, question.Answer?.MessageId is > 0 and var reply ? reply : null))],
            [.. drafts.Categories.Select(Of)],
            [.. drafts.Issues.Select(issue => new IssueDraft(issue.Words, issue.MessageId, issue.At, issue.Start, issue.Guess is { } guess ? Of(guess) : null))],
            [.. drafts.Duplicates.Select(found => new DuplicateDraft(found.Likely.Case.Number, found.State.Subject, Math.Round(found.Likely.Alike, 3), found.Likely.Shared, found.Likely.Case.SameCustomer, found.Likely.Case.AlikeCustomer, found.Likely.Case.SameOrder, found.Likely.Case.NamesOrder))],
            [.. drafts.Similar.Select(found => new SimilarDraft(found.Like.Number, found.Subject, found.Category, Math.Round(found.Like.Score, 3), found.Like.Shared, found.ClosedAt, found.Worked, found.Answer, found.Score))],
            [.. drafts.Suggestions.Select(each => new SuggestionDraft(each.Kind, each.Key, each.Title, each.Text, each.Says, each.Page, each.Fit))]);
    }

    private static SentenceDraft Of(DraftSentence sentence) => new(sentence.Words, sentence.Source, sentence.Id, sentence.At, sentence.Reasons);

    private GuessDraft Of(CategoryGuess guess) => new(guess.Code, settings.Content.Categories.WordsOf(guess.Code), Math.Round(guess.Confidence, 3), guess.Strength, guess.Words);
}

/// <summary>Drafts to help with listening. <c>draft</c> is always true: a person accepts each of them or none. <c>fallback</c> says that it is not in English, for which the word lists are.</summary>
public sealed record ListeningAnswer(bool Draft, bool Fallback, DraftedSummary Summary, IReadOnlyList<AskedQuestion> Questions, IReadOnlyList<GuessDraft> Categories, IReadOnlyList<IssueDraft> Issues,
    IReadOnlyList<DuplicateDraft> Duplicates, IReadOnlyList<SimilarDraft> Similar, IReadOnlyList<SuggestionDraft> Suggestions);

/// <summary>The three lines, as sentences that were really written.</summary>
public sealed record DraftedSummary(IReadOnlyList<SentenceDraft> Happened, IReadOnlyList<SentenceDraft> Matters, IReadOnlyList<SentenceDraft> Promised);

/// <summary>A sentence; <c>id</c> is the message, 0 for the story that the case began with, or the promise.</summary>
public sealed record SentenceDraft(string Words, DraftSource Source, long Id, DateTimeOffset At, IReadOnlyList<DraftReason> Reasons);

/// <summary>A question of the customer.</summary>
public sealed record AskedQuestion(string Key, string Words, long Message, DateTimeOffset At, int Times, bool IsOpen, AnswerSign? Answered, long? Reply);

/// <summary>A category that it may be about; confidence from 0 to 1.</summary>
public sealed record GuessDraft(string Code, string? Name, double Confidence, GuessStrength Strength, IReadOnlyList<string> Words);

/// <summary>An issue that they may raise.</summary>
public sealed record IssueDraft(string Words, long Message, DateTimeOffset At, IssueStart Start, GuessDraft? Category);

/// <summary>An open case that may be the same matter.</summary>
public sealed record DuplicateDraft(long Number, string Subject, double Alike, IReadOnlyList<string> Shared, bool SameCustomer, string? AlikeCustomer, bool SameOrder, bool NamesOrder);

/// <summary>A case like it that was put right, with what worked.</summary>
public sealed record SimilarDraft(long Number, string Subject, string? Category, double Score, IReadOnlyList<string> Shared, DateTimeOffset? ClosedAt, IReadOnlyList<string> Worked, CheckBackAnswer? Answer, int? CustomerScore);

/// <summary>Something of the company's content that fits; <c>text</c> is for the customer, <c>says</c> for us.</summary>
public sealed record SuggestionDraft(SuggestionKind Kind, string Key, string Title, string? Text, string? Says, string? Page, SuggestionFit Fit);
