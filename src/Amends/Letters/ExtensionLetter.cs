using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Deadlines;

namespace Amends.Letters;

/// <summary>The notice without which there is no more time: why it takes longer, until when, and where the customer can go.</summary>
public static class ExtensionLetter
{
    /// <summary>The letter.</summary>
    /// <param name="words">The case, and what is said: the reason and the new day.</param>
    /// <param name="preset">The preset that gives more time.</param>
    /// <param name="rule">Its rule.</param>
    /// <param name="more">Further words of the writer.</param>
    /// <param name="writer">Who signs.</param>
    public static Letter For(LegalWords words, Preset preset, ExtensionRule rule, string? more, string writer)
    {
        var text = Words.Paragraphs(
            Words.Hello(words.State),
            "Our answer takes longer than we said, and we are sorry for that.",
            $"It takes longer because: {words.Reason.Trim()}",
            $"You have our answer by {LegalWords.LastDay(words.NewDay!.Value, words.Company.Zone())}.",
            more?.Trim());
        var rest = words.InNotice(preset, rule, text);
        var whole = Words.Paragraphs(text, string.Join(' ', rest.Select(each => each.Sentence)), $"Where things stand you can see here:\n{Letter.Link}", Words.SignedBy(writer, words.Company));
        LegalWords.MustHoldAll(words.InNotice(preset, rule, whole));
        return new Letter(Words.Subject(words.Number, words.State, "Our answer takes longer"), whole);
    }
}
