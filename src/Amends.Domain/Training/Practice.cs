using Amends.Domain.SelfCare;

namespace Amends.Domain.Training;

/// <summary>What somebody wrote while practising. It is no case and never becomes one.</summary>
public sealed record Practice
{
    /// <summary>Which complaint, and in which version.</summary>
    public string Scenario { get; init; } = "";
    public int Version { get; init; }
    public PracticeStep Step { get; init; } = PracticeStep.Listen;

    /// <summary>The questions that they would ask.</summary>
    public string Questions { get; init; } = "";

    /// <summary>What it means for the customer, and what would put it right, as they heard it.</summary>
    public string Impact { get; init; } = "";
    public string Wanted { get; init; } = "";

    /// <summary>The summary: what happened, what matters, what is promised.</summary>
    public string Happened { get; init; } = "";
    public string Matters { get; init; } = "";
    public string Promised { get; init; } = "";

    /// <summary>The options; empty ones count for nothing.</summary>
    public IReadOnlyList<PracticeOption> Options { get; init; } = [];

    /// <summary>When and how they ask whether it is put right.</summary>
    public string CheckBack { get; init; } = "";

    /// <summary>The letter, or the words on the phone.</summary>
    public string Letter { get; init; } = "";

    /// <summary>The same with what belongs to one step taken from another, and the next step.</summary>
    /// <param name="typed">What was typed in the present step.</param>
    /// <exception cref="Refused">The code is the field that is still empty, or too long.</exception>
    public Practice Take(Practice typed)
    {
        var next = Step switch
        {
            PracticeStep.Listen => this with { Questions = Given(typed.Questions, "questions", "Write at least one question that you would ask."), Impact = Trimmed(typed.Impact), Wanted = Trimmed(typed.Wanted) },
            PracticeStep.SumUp => this with { Happened = Given(typed.Happened, "happened", "Write what happened, as you would say it back to them."), Matters = Trimmed(typed.Matters), Promised = Trimmed(typed.Promised) },
            PracticeStep.Offer => this with { Options = Filled(typed.Options), CheckBack = Trimmed(typed.CheckBack) },
            PracticeStep.Answer => this with { Letter = Given(typed.Letter, "letter", "Write what you would send or say.") },
            _ => throw new Refused("done", "This one is finished. Begin it again to practise once more."),
        };
        return next with { Step = Step + 1 };
    }

    private static IReadOnlyList<PracticeOption> Filled(IReadOnlyList<PracticeOption> typed)
    {
        var options = typed.Select(option => new PracticeOption(Trimmed(option.Title), Trimmed(option.Why))).Where(option => option.Title.Length > 0).ToList();
        return options.Count > 0 ? options : throw new Refused("options", "Write at least one way to put it right.");
    }

    private static string Given(string text, string code, string why) => Trimmed(text) is { Length: > 0 } given ? given : throw new Refused(code, why);

    private static string Trimmed(string? text) => text?.Trim() is { } words ? words.Length <= 5000 ? words : throw new Refused("too_long", "Keep each part under 5,000 characters.") : "";
}

/// <summary>A way to put it right.</summary>
/// <param name="Title">In a few words.</param>
/// <param name="Why">Why it suits this customer.</param>
public sealed record PracticeOption(string Title, string Why);

/// <summary>One line of the checklist.</summary>
/// <param name="Step">The step that it belongs to.</param>
/// <param name="IsThere">Whether it is there.</param>
/// <param name="Words">What is there, or what would help.</param>
public sealed record PracticeNote(PracticeStep Step, bool IsThere, string Words);

/// <summary>What a practice holds and what it lacks, by structure alone: whether the words are kind, only people can tell.</summary>
public static class PracticeChecks
{
    /// <summary>The checklist, in the order of the steps. Pure.</summary>
    public static IReadOnlyList<PracticeNote> Of(Scenario scenario, Practice practice)
    {
        var summary = $"{practice.Happened}\n{practice.Matters}\n{practice.Promised}";
        var asked = SelfCare.Questions.In(practice.Questions);
        var bare = practice.Options.Where(option => option.Why.Length == 0).ToList();
        return
        [
            Note(PracticeStep.Listen, asked > 0, $"You asked before you solved anything: {asked} {(asked == 1 ? "question" : "questions")}.", "Nothing in it ends with a question mark. Ask before you solve."),
            Note(PracticeStep.Listen, SelfCare.Questions.HasOpen(practice.Questions), "One of them is open: they can answer it with more than yes or no.", "None of them is open. Begin one with what, how or when, and let them tell."),
            Note(PracticeStep.Listen, practice.Impact.Length > 0, "You noted what it means for them.", "What it means for them is missing. It is half of the complaint."),
            Note(PracticeStep.Listen, practice.Wanted.Length > 0, "You noted what would put it right for them.", "You did not note what would put it right. Ask; it is often less than one fears."),
            .. scenario.Issues.Select(issue => Note(PracticeStep.SumUp, issue.IsNamedIn(summary), $"Your summary names it: {issue.Words}", $"Your summary leaves it out: {issue.Words}")),
            Note(PracticeStep.SumUp, practice.Matters.Length > 0, "You said what matters most to them.", "Say what matters most to them; then they know that you heard."),
            Note(PracticeStep.SumUp, practice.Promised.Length > 0, "You said what happens next.", "Say what you do next, and by when."),
            Note(PracticeStep.Offer, practice.Options.Count >= 2, $"They can choose: {practice.Options.Count} options.", "One way is no choice. Find a second, or ask them for theirs."),
            Note(PracticeStep.Offer, bare.Count == 0, "Every option says why it suits them.", $"No reason stands beside: {string.Join(", ", bare.Select(option => option.Title))}."),
            Note(PracticeStep.Offer, practice.CheckBack.Length > 0, "When and how you ask again is agreed.", "Say when and how you ask whether it is really put right."),
            Note(PracticeStep.Answer, Names(practice.Letter, scenario.Customer), "Your answer calls them by their name.", $"Your answer does not call them by their name, {scenario.Customer}."),
            Note(PracticeStep.Answer, practice.Options.All(option => Mentions(practice.Letter, option.Title)), "Your answer tells every option.", "An option that you put together is not in your answer."),
        ];
    }

    private static PracticeNote Note(PracticeStep step, bool there, string yes, string no) => new(step, there, there ? yes : no);

    private static bool Names(string letter, string name) => Texts.Words(name).Any(part => part.Length > 1 && Texts.Words(letter).Contains(part, StringComparer.OrdinalIgnoreCase));

    /// <summary>Half of the longer words of the option stand in the letter.</summary>
    private static bool Mentions(string letter, string title)
    {
        var telling = Texts.Words(title).Where(word => word.Length > 3).Select(word => word.ToLowerInvariant()).Distinct().ToList();
        var written = Texts.Words(letter).Select(word => word.ToLowerInvariant()).ToHashSet();
        return telling.Count == 0 || telling.Count(written.Contains) * 2 >= telling.Count;
    }
}
