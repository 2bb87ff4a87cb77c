using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Improvements;

namespace Amends.Letters;

/// <summary>What changed because of somebody's complaint, in the words of one of us, with theirs; and a way to say no to more of such letters.</summary>
public static class ChangeLetter
{
    private const int LongestQuote = 200;

    /// <summary>What the letter begins as; whoever sends it makes it their own.</summary>
    /// <param name="state">Their case.</param>
    /// <param name="item">What changed.</param>
    /// <param name="zone">The company's zone.</param>
    public static string Draft(CaseState state, ImprovementItem item, TimeZoneInfo zone) => Words.Paragraphs(
        Words.Hello(state),
        $"in {TimeZoneInfo.ConvertTime(state.OpenedAt, zone).ToString("MMMM yyyy", CultureInfo.InvariantCulture)} you told us what had gone wrong. You wrote: “{TheirWords(state)}”",
        $"We put it right for you. And because you told us, something changed for everybody: {item.DoneWords}",
        item.HoldsFrom is { } since ? $"That has held since {TimeZoneInfo.ConvertTime(since, zone).ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}. Without you we would not have seen it. Thank you." : "Without you we would not have seen it. Thank you.");

    /// <summary>The first sentences of what they told us.</summary>
    public static string TheirWords(CaseState state)
    {
        var said = string.Join(' ', state.Story.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace('“', '‘').Replace('”', '’');
        if (said.Length <= LongestQuote)
            return said;
        var end = said.LastIndexOfAny(['.', '!', '?'], LongestQuote - 1);
        return end > LongestQuote / 3 ? said[..(end + 1)] : Texts.Cut(said, LongestQuote);
    }

    /// <summary>The letter.</summary>
    /// <param name="company">Whose letter it is.</param>
    /// <param name="number">The case.</param>
    /// <param name="state">The case as it is.</param>
    /// <param name="text">The words of one of us.</param>
    /// <param name="writer">Who wrote it.</param>
    /// <param name="off">The address with which the customer says no to such letters.</param>
    public static Letter For(Company company, long number, CaseState state, string text, string writer, string off) =>
        new(Words.Subject(number, state, "What changed because of you"), Words.Paragraphs([
            text.ReplaceLineEndings("\n").Replace(Letter.Link, "").Replace(Letter.OffMark, ""),
            Words.SignedBy(writer, company),
            $"You would rather have no such letters? One click is enough; letters about a case still come:\n{Letter.OffMark}"]))
        {
            Off = off,
        };
}
