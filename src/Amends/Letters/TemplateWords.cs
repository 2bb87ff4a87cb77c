using System.Globalization;
using Amends.Domain.Contents;
using Amends.Domain.Deadlines;

namespace Amends.Letters;

/// <summary>The words of a kind of letter as the company has them today, with what the case says in their places.</summary>
public static class TemplateWords
{
    /// <summary>The paragraphs of a letter, without greeting and signature.</summary>
    /// <param name="words">The case, whose desk it is, and who signs.</param>
    /// <param name="kind">Which letter.</param>
    /// <param name="says">What this letter says, by the name of its place; what everybody's letters know is added.</param>
    public static string Of(LegalWords words, LetterKind kind, Dictionary<string, string?>? says = null) => LetterTemplate.Fill(words.Company.Content.Letter(kind), new Dictionary<string, string?>(says ?? [])
    {
        ["company"] = words.Company.Name, ["number"] = words.Number.ToString(CultureInfo.InvariantCulture), ["person"] = words.State.OwnerName ?? words.Writer,
    });

    /// <summary>Steps below a heading, a line each; <c>null</c> when there are none.</summary>
    /// <param name="heading">With its colon.</param>
    /// <param name="steps">What was or will be done.</param>
    public static string? Steps(string heading, IReadOnlyList<string> steps) => steps.Count == 0 ? null : heading + "\n" + string.Join('\n', steps.Select(step => "- " + step));
}
