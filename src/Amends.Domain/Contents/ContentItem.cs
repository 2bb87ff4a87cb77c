using Amends.Domain.Causes;
using Amends.Domain.Deadlines;
using Amends.Domain.Hiring;

namespace Amends.Domain.Contents;

/// <summary>What an item of content is.</summary>
public enum ContentKind
{
    /// <summary>Questions that help somebody tell what happened, for one category or for all.</summary>
    Questions = 1,

    /// <summary>The words of one kind of letter.</summary>
    Letter,

    /// <summary>Something small that may please more than money.</summary>
    Extra,

    /// <summary>Situations to talk about with somebody who wants to work here.</summary>
    Hiring,

    /// <summary>A rule that we go by and may quote.</summary>
    Policy,

    /// <summary>What complaints can be about.</summary>
    Categories,

    /// <summary>What they can be put down to: processes and things, never people.</summary>
    Causes,
}

/// <summary>
/// A text that people work with, in one version: as it ships, or as the company wants it. A version is never changed; another one takes its
/// place from a day on.
/// </summary>
/// <param name="Key">A word that stays, such as <c>policy.returns</c>.</param>
/// <param name="Kind">What it is; decides which of the fields it has.</param>
/// <param name="Title">As people call it. Of something extra: as the customer reads it.</param>
public sealed record ContentItem(string Key, ContentKind Kind, string Title) : IDated
{
    /// <summary>How many questions a bank may have, and how many situations the hiring kit.</summary>
    public const int MostQuestions = 20, MostSituations = 20;

    private const int LongestTitle = 120, LongestLine = 400, LongestWords = 2000, LongestLetter = 8000, Points = 4;

    /// <summary>The company's own version, from 1; 0 for the text as it ships.</summary>
    public int Version { get; init; }

    /// <summary>The shipped edition that it is, was written from, or was last compared with; 0 for an item that does not ship.</summary>
    public int Edition { get; init; }

    /// <inheritdoc/>
    public DateOnly EffectiveFrom { get; init; }

    /// <inheritdoc/>
    public DateOnly? EffectiveUntil { get; init; }

    /// <summary>Of questions: the group that they are for, <c>ANY</c> for all. Of a policy: groups (<c>DEL</c>) or parts (<c>DEL.late</c>) for which it is; all when empty. Of something extra: the same.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Of a letter: its words. Of a policy: the rule. Of something extra: when it suits.</summary>
    public string Text { get; init; } = "";

    /// <summary>Of a policy: why we have it.</summary>
    public string Why { get; init; } = "";

    /// <summary>Of a policy: when people may go beyond it.</summary>
    public string Beyond { get; init; } = "";

    /// <summary>Of something extra: what it costs us, in minor units of the company's currency.</summary>
    public long CostMinor { get; init; }

    /// <summary>Of something extra: what it is worth to a customer, in the same units.</summary>
    public long WorthMinor { get; init; }

    /// <summary>Of a letter: which one.</summary>
    public LetterKind? Letter { get; init; }

    /// <summary>Of questions: all of them, in their order.</summary>
    public IReadOnlyList<BankQuestion> Questions { get; init; } = [];

    /// <summary>Of the hiring kit: all situations, in their order.</summary>
    public IReadOnlyList<HiringQuestion> Situations { get; init; } = [];

    /// <summary>Of the categories and the causes: every code, retired ones, too.</summary>
    public IReadOnlyList<CodeLine> Codes { get; init; } = [];

    /// <summary>Which version it is, for people: "version 3", or "as it ships".</summary>
    public string VersionWords() => Version > 0 ? $"version {Version}" : "as it ships";

    /// <summary>Whether a policy is for a case.</summary>
    /// <param name="category">The case's category; <c>null</c> when it has none yet.</param>
    public bool IsFor(string? category) => Categories.Count == 0 || (category is not null && CodeSet.Chain(category).Any(Categories.Contains));

    /// <summary>Says what is wrong with it.</summary>
    /// <exception cref="Refused">The code is the field: <c>title</c>, <c>text</c>, <c>policy_why</c>, <c>beyond</c>, <c>cost</c>, <c>worth</c>, <c>questions</c>, <c>situations</c>, <c>codes</c>, <c>effective_until</c>.</exception>
    public void MustBeWhole()
    {
        Written(Title, LongestTitle, "title", "Give it a name.");
        switch (Kind)
        {
            case ContentKind.Questions:
                MustAsk();
                break;
            case ContentKind.Letter:
                Written(Text, LongestLetter, "text", "Write the letter.");
                LetterTemplate.Check(Letter ?? throw new Refused("text", "Say which letter it is."), Text);
                MustStay("A letter");
                break;
            case ContentKind.Extra:
                if (Text.Length > LongestLine)
                    throw new Refused("text", $"Keep it under {LongestLine} characters.");
                if (CostMinor < 0)
                    throw new Refused("cost", "Say what it costs us: 0 or more.");
                if (WorthMinor <= 0)
                    throw new Refused("worth", "Say what it is worth to a customer: more than nothing, or it pleases nobody.");
                break;
            case ContentKind.Hiring:
                MustSound();
                break;
            case ContentKind.Categories:
                new CodeSet(Codes).MustBeWhole(true, CodeSet.Other, Listening.Categorised.Handling);
                MustStay("The set");
                break;
            case ContentKind.Causes:
                new CodeSet(Codes).MustBeWhole(false, CodeSet.Unknown);
                MustStay("The set");
                break;
            default:
                Written(Text, LongestWords, "text", "Write the rule, in plain words.");
                Written(Why, LongestWords, "policy_why", "Say why we have it. A rule without a reason cannot be explained to a customer.");
                Written(Beyond, LongestWords, "beyond", "Say when people may go beyond it. A rule that nobody may bend hurts somebody one day.");
                break;
        }
    }

    private void MustStay(string what)
    {
        if (EffectiveUntil is not null)
            throw new Refused("effective_until", $"{what} is always needed. Leave the end empty, and propose the next version when the time has come.");
    }

    private void MustAsk()
    {
        if (Questions.Count is 0 or > MostQuestions)
            throw new Refused("questions", Questions.Count == 0 ? "Write at least one question." : $"Nobody asks more than {MostQuestions} questions. Keep those that help most.");
        foreach (var question in Questions)
        {
            Written(question.Words, LongestLine, "questions", "Write the question.");
            if (!question.Words.Contains('?'))
                throw new Refused("questions", $"“{Texts.Cut(question.Words, 60)}” is no question yet. End it with a question mark.");
        }

        if (Questions.GroupBy(each => each.Words.Trim(), StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new Refused("questions", $"“{Texts.Cut(twice.Key, 60)}” stands there twice. Nothing is asked twice.");
    }

    private void MustSound()
    {
        if (Situations.Count is 0 or > MostSituations)
            throw new Refused("situations", Situations.Count == 0 ? "Write at least one situation." : $"Keep it to {MostSituations} situations, so that everybody can be asked the same.");
        foreach (var each in Situations)
        {
            Written(each.Title, LongestTitle, "situations", "Give every situation a name.");
            Written(each.Scenario, LongestWords, "situations", $"Say what happens in “{each.Title}”.");
            Written(each.Ask, LongestLine, "situations", $"Say what to ask about “{each.Title}”.");
            if (each.Listen.Count is 0 or > 8 || each.Listen.Any(line => line.Length > LongestLine))
                throw new Refused("situations", $"Write what to listen for in “{each.Title}”, one to eight lines.");
            if (each.Guide.Count != Points || each.Guide.Any(line => line.Length > LongestLine))
                throw new Refused("situations", $"Write four lines for “{each.Title}”: what one, two, three and four points sound like.");
        }
    }

    private static void Written(string text, int most, string code, string needed)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new Refused(code, needed);
        if (text.Length > most)
            throw new Refused(code, $"Keep it under {most} characters.");
    }
}

/// <summary>A question of a bank.</summary>
/// <param name="Code">Stays when its words change, such as <c>DEL.needed</c>: answers are kept under it.</param>
/// <param name="Words">As it is asked.</param>
public sealed record BankQuestion(string Code, string Words);
