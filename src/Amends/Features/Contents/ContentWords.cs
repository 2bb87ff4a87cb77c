using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Causes;
using Amends.Domain.Contents;

namespace Amends.Features.Contents;

/// <summary>Items of content in words: what their kinds are called, and their text in parts that can be read and compared.</summary>
public static class ContentWords
{
    /// <summary>The kinds in the order of the page: what they are, in one word for its address and in a sentence.</summary>
    public static readonly IReadOnlyList<(ContentKind Kind, string Title, string Anchor, string About)> Kinds =
    [
        (ContentKind.Policy, "Policies", "policies", "Short rules that people go by and may quote, with the reason and when to go beyond them."),
        (ContentKind.Letter, "Letters", "letters", "The words of each kind of letter. What a rule asks for is looked up in every one before it goes."),
        (ContentKind.Questions, "Questions", "questions", "What to ask so that somebody can tell what happened: for every complaint, and by category."),
        (ContentKind.Extra, "Something extra", "extras", "Small things that may please more than money; offers show what gives the most for the least first."),
        (ContentKind.Categories, "Categories", "categories", "What complaints can be about, on three levels. Rename, add below, or retire; a code stays for ever."),
        (ContentKind.Causes, "Causes", "causes", "What complaints are put down to: processes and things, never people."),
        (ContentKind.Hiring, "Hiring", "hiring", "Situations to talk about with people who want to work here."),
    ];

    /// <summary>The kind with this name; <c>null</c> for another word.</summary>
    public static ContentKind? Kind(string? name) => Enum.TryParse<ContentKind>(name, true, out var kind) && Enum.IsDefined(kind) ? kind : null;

    /// <summary>An item's text in parts, each with its heading.</summary>
    /// <param name="item">The item.</param>
    /// <param name="currency">The company's.</param>
    /// <param name="categories">What they are called now.</param>
    public static IReadOnlyList<(string Label, string Words)> Parts(ContentItem item, string currency, CodeSet categories)
    {
        (string, string) name = (item.Kind == ContentKind.Extra ? "As the customer reads it" : "Name", item.Title);
        return item.Kind switch
        {
            ContentKind.Questions => [name, ("Questions", string.Join('\n', item.Questions.Select(question => question.Words)))],
            ContentKind.Letter => [name, ("The letter", item.Text)],
            ContentKind.Extra => [name, ("When it suits", item.Text), ("It costs us", new Money(item.CostMinor, currency).ToString()), ("It is worth to them", new Money(item.WorthMinor, currency).ToString()), ("For complaints about", About(item, categories))],
            ContentKind.Hiring => [name, .. item.Situations.Select((each, i) => ($"Situation {(i + 1).ToString(CultureInfo.InvariantCulture)}",
                $"{each.Title}\n{each.Scenario}\nAsk: {each.Ask}\nListen for:\n{string.Join('\n', each.Listen.Select(line => "- " + line))}\nPoints:\n{string.Join('\n', each.Guide.Select((line, points) => $"{(points + 1).ToString(CultureInfo.InvariantCulture)}. {line}"))}"))],
            ContentKind.Categories or ContentKind.Causes => [name, ("Codes", string.Join('\n', item.Codes.Select(line => $"{line.Code}: {line.Words}{(line.Retired ? " (retired)" : "")}")))],
            _ => [name, ("The rule", item.Text), ("Why we have it", item.Why), ("When to go beyond it", item.Beyond), ("For complaints about", About(item, categories))],
        };
    }

    private static string About(ContentItem item, CodeSet categories) => item.Categories.Count == 0 ? "anything" : string.Join('\n', item.Categories.Select(code => categories.WordsOf(code) ?? code));

    /// <summary>From when to when a version holds, such as "from 6 March 2026 on"; "edition 1" for one that ships.</summary>
    public static string Span(ContentItem item) => item.Version == 0 && item.EffectiveFrom == default ? $"edition {item.Edition.ToString(CultureInfo.InvariantCulture)}"
        : item.EffectiveUntil is { } last ? $"from {Day(item.EffectiveFrom)} to {Day(last)}" : $"from {Day(item.EffectiveFrom)} on";

    private static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
