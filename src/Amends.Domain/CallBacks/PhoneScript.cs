using System.Text.RegularExpressions;

namespace Amends.Domain.CallBacks;

/// <summary>A few lines to say on a call that should be made: the company's words, with what is known of the customer filled in. Pure.</summary>
public static partial class PhoneScript
{
    /// <summary>What is said until a company writes its own.</summary>
    public const string Usual =
        """
        “Hello {name}, this is … from {company}. I would rather talk than write. Is this a good moment?”
        {sorry}
        Let them finish. Then say back what you heard, in their words.
        “You told us what matters most to you: {matters}. Is that still so?”
        “What would help you most now?”
        Agree when they hear from you next. “I confirm it to you in writing.”
        """;

    /// <summary>The most lines, and the most characters.</summary>
    public const int MostLines = 12, Longest = 2000;

    private const int LongestMatter = 160;

    /// <summary>What is filled in: the customer's name, what matters most to them, the company, and a line of regret that fits why one rings.</summary>
    public static IReadOnlyList<string> Places { get; } = ["{name}", "{matters}", "{company}", "{sorry}"];

    /// <summary>A script as it may be kept; the usual one when it is empty.</summary>
    /// <exception cref="Refused"><c>script</c> when it is too long to be read on a call, or has a place that nothing fills.</exception>
    public static string Kept(string? text)
    {
        var lines = LinesOf(text ?? "");
        if (lines.Count == 0)
            return Usual.ReplaceLineEndings("\n");
        var kept = string.Join('\n', lines);
        if (lines.Count > MostLines || kept.Length > Longest)
            throw new Refused("script", $"Nobody reads that on a call. Keep it to {MostLines} lines and {Longest} characters.");
        if (Braces().Matches(kept).FirstOrDefault(place => !Places.Contains(place.Value)) is { } odd)
            throw new Refused("script", $"Nothing fills in “{odd.Value}”. Use {string.Join(", ", Places)}.");
        return kept;
    }

    /// <summary>The lines for one call; a line with something that is not known is left out. Where somebody may be in danger that is asked first, whatever the script says.</summary>
    /// <param name="script">The company's.</param>
    /// <param name="name">How the customer is called.</param>
    /// <param name="matters">What matters most to them; <c>null</c> when we do not know.</param>
    /// <param name="company">The company.</param>
    /// <param name="reasons">Why one rings.</param>
    /// <param name="wasMissed">A call that was agreed was missed.</param>
    public static IReadOnlyList<string> For(string script, string name, string? matters, string company, IReadOnlyList<NudgeReason> reasons, bool wasMissed)
    {
        var matter = matters?.Trim().TrimEnd('.') ?? "";
        var known = new Dictionary<string, string>
        {
            ["{name}"] = name, ["{matters}"] = matter.Length > LongestMatter ? Texts.Cut(matter, LongestMatter) + "…" : matter, ["{company}"] = company, ["{sorry}"] = Sorry(reasons, wasMissed),
        };
        var lines = LinesOf(script).Where(line => Places.All(place => known[place].Length > 0 || !line.Contains(place, StringComparison.Ordinal)))
            .Select(line => Braces().Replace(line, place => known.GetValueOrDefault(place.Value, place.Value))).ToList(); // in one pass, so that nobody's words are filled in again
        if (reasons.Contains(NudgeReason.AtRisk))
            lines.Insert(Math.Min(1, lines.Count), "First: “Is anybody in danger right now?”");
        return lines;
    }

    private static string Sorry(IReadOnlyList<NudgeReason> reasons, bool wasMissed) =>
        wasMissed || reasons.Contains(NudgeReason.PromiseMissed) ? "“We did not keep what we promised. I am sorry for that.”"
        : reasons.Contains(NudgeReason.Declined) || reasons.Contains(NudgeReason.Corrected) ? "“What we wrote did not fit. I would like to understand it better.”"
        : "“I am sorry for the trouble that this has made you.”";

    private static List<string> LinesOf(string text) => [.. text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    [GeneratedRegex(@"\{[^{}\n]*\}")]
    private static partial Regex Braces();
}
