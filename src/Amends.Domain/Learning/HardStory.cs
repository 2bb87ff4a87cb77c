using System.Text.RegularExpressions;
using Amends.Domain.Cases;
using Amends.Domain.Language;

namespace Amends.Domain.Learning;

/// <summary>A hard case told without anybody's name, address or number, to learn from.</summary>
public static partial class HardStory
{
    /// <summary>The draft that a lead reads before anybody else does: what happened, what mattered, and what was done.</summary>
    /// <param name="state">The case.</param>
    /// <param name="customer">Names of the customer and of whoever speaks for them.</param>
    /// <param name="known">All that is known of the people of the case.</param>
    public static string Of(CaseState state, IReadOnlyList<string> customer, KnownPersonal known)
    {
        var told = new List<string>();
        if (state.Summary is { } summary)
            told.AddRange([$"What happened: {summary.Happened}", $"What mattered: {summary.Matters}"]);
        else
            told.Add($"What happened: {state.Story}");
        if (state.WantedOutcome is { Length: > 0 } wanted)
            told.Add($"What was wanted: {wanted}");
        var done = state.Remedies.Where(remedy => remedy.DoneAt is not null).Select(remedy => remedy.What).ToList();
        if (done.Count > 0)
            told.Add($"What was done: {string.Join("; ", done)}");
        return WithoutPeople(string.Join("\n\n", told), customer, known);
    }

    /// <summary>A text in which the customer is "the customer", everybody else "somebody", and numbers and addresses are left out.</summary>
    public static string WithoutPeople(string text, IReadOnlyList<string> customer, KnownPersonal known)
    {
        var masked = Masking.Of([text], known);
        var theirs = Parts(customer);
        var plain = Placeholder().Replace(masked.Texts[0], found => found.Groups["kind"].Value switch
        {
            "NAME" => masked.Kept.TryGetValue(found.Value, out var name) && Texts.Words(name).Any(word => theirs.Contains(word)) ? "the customer" : "somebody",
            "TEXT" => masked.Kept.GetValueOrDefault(found.Value, found.Value),
            "ADDRESS" => "a place",
            "LINK" => "a link",
            "EMAIL" => "a mail address",
            "PHONE" => "a telephone number",
            "SECRET" => "a secret",
            _ => "a number",
        });
        return Twice().Replace(plain, "the customer");
    }

    /// <summary>Names of people that a text still holds; empty when it may be shown.</summary>
    public static IReadOnlyList<string> StillNames(string text, KnownPersonal known) =>
        [.. Masking.Of([text], known).Kept.Where(each => each.Key.StartsWith("[NAME_", StringComparison.Ordinal) || each.Key.StartsWith("[EMAIL_", StringComparison.Ordinal) || each.Key.StartsWith("[PHONE_", StringComparison.Ordinal)).Select(each => each.Value).Distinct()];

    private static HashSet<string> Parts(IReadOnlyList<string> names) => names.SelectMany(Texts.Words).ToHashSet(StringComparer.OrdinalIgnoreCase);

    [GeneratedRegex(@"\[(?<kind>[A-Z]{2,12})_[0-9]{1,6}\]", RegexOptions.NonBacktracking)]
    private static partial Regex Placeholder();

    [GeneratedRegex("the customer( the customer)+", RegexOptions.NonBacktracking)]
    private static partial Regex Twice();
}
