namespace Amends.Domain.Training;

/// <summary>A made-up complaint to practise on.</summary>
/// <param name="Key">Stable, such as <c>late_birthday</c>.</param>
/// <param name="Version">Counts up when it is written anew.</param>
/// <param name="Title">In a few words.</param>
/// <param name="Situation">What sort of situation it is.</param>
/// <param name="Customer">The name of somebody who does not exist.</param>
/// <param name="By">How it comes: by mail, by phone.</param>
/// <param name="Story">What they say first.</param>
/// <param name="Answers">What they say when they are asked.</param>
/// <param name="Impact">What it means for them.</param>
/// <param name="Wanted">What would put it right.</param>
/// <param name="Issues">All that went wrong; a summary names each.</param>
/// <param name="Watch">What is easily missed.</param>
public sealed record Scenario(string Key, int Version, string Title, string Situation, string Customer, string By, string Story, IReadOnlyList<string> Answers, string Impact, string Wanted, IReadOnlyList<ScenarioIssue> Issues, string Watch);

/// <summary>Something that went wrong in it.</summary>
/// <param name="Words">In a line.</param>
/// <param name="Signs">Beginnings of words, any of which shows that a summary names it.</param>
public sealed record ScenarioIssue(string Words, IReadOnlyList<string> Signs)
{
    /// <summary>Whether a text names it.</summary>
    public bool IsNamedIn(string text) => Texts.Words(text).Any(word => Signs.Any(sign => word.StartsWith(sign, StringComparison.OrdinalIgnoreCase)));
}

/// <summary>How far somebody is with one.</summary>
public enum PracticeStep
{
    /// <summary>Listening and asking.</summary>
    Listen = 1,

    /// <summary>Saying back what was heard.</summary>
    SumUp,

    /// <summary>Putting options together.</summary>
    Offer,

    /// <summary>Writing to them.</summary>
    Answer,

    /// <summary>All of it is there to look at.</summary>
    Done,
}
