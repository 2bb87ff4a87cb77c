using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Deadlines;

namespace Amends.Letters;

/// <summary>
/// What the presets of a case want a letter to say: looked up before it is sent, with a sentence to put in for everything that is missing. Only
/// duties that are still owed ask for anything.
/// </summary>
/// <param name="Company">Whose desk this is.</param>
/// <param name="Number">The case.</param>
/// <param name="State">As it stands.</param>
/// <param name="Writer">Who signs.</param>
public sealed record LegalWords(Company Company, long Number, CaseState State, string? Writer)
{
    /// <summary>Why it takes longer, in a letter that says so.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The new day, in a letter that names one.</summary>
    public DateTimeOffset? NewDay { get; init; }

    /// <summary>What is missing in a letter of this kind.</summary>
    public IReadOnlyList<Missing> In(LetterKind kind, string text) => 
        [.. Asked(kind).SelectMany(each => Lacks(each.Preset, each.Code, text)).Concat(OutsideRoutes.Asks(kind, State) ? OutsideRoutes.Lacking(Company, State, text) : []).DistinctBy(missing => missing.Sentence)];

    /// <summary>What is missing in the notice that gives a duty more time.</summary>
    public IReadOnlyList<Missing> InNotice(Preset preset, ExtensionRule rule, string text) => [.. rule.Notice.SelectMany(code => Lacks(preset, code, text))];

    /// <summary>A letter with the sentences that it lacks, before its closing words.</summary>
    /// <exception cref="Refused"><c>legal</c> where a fact is not known, so that nobody can put it in.</exception>
    public Letter Complete(LetterKind kind, Letter letter)
    {
        var missing = In(kind, letter.Text);
        if (missing.Count == 0)
            return letter;
        const string Closing = "\n\nKind regards\n";
        var at = letter.Text.LastIndexOf(Closing, StringComparison.Ordinal);
        var more = "\n\n" + string.Join(' ', missing.Select(each => each.Sentence));
        var whole = letter with { Text = at < 0 ? letter.Text.TrimEnd('\n') + more + "\n" : letter.Text[..at] + more + letter.Text[at..] };
        MustHoldAll(In(kind, whole.Text));
        return whole;
    }

    /// <summary>As above for what Amends writes by itself, which is sent all the same when a fact is not known.</summary>
    internal Letter AsFarAsKnown(LetterKind kind, Letter letter)
    {
        try
        {
            return Complete(kind, letter);
        }
        catch (Refused)
        {
            return letter;
        }
    }

    /// <summary>Refuses a letter that lacks something, in one sentence for each.</summary>
    /// <exception cref="Refused"><c>legal</c>.</exception>
    public static void MustHoldAll(IReadOnlyList<Missing> missing)
    {
        if (missing.Count > 0)
            throw new Refused("legal", string.Join(' ', missing.Select(each => $"{each.Preset}: the letter does not say {each.Needs}. Put in: “{each.Sentence}”")));
    }

    private IEnumerable<(Preset Preset, string Code)> Asked(LetterKind kind) =>
        from matched in State.Presets
        where matched.Applies
        let preset = PresetFiles.All.FirstOrDefault(each => each.Key == matched.Key)
        where preset is not null
        from milestone in preset.Milestones
        where milestone.RequiredContent.ContainsKey(Case.FulfilmentOf(kind)) && State.Duties.Any(duty => duty.Preset == preset.Key && duty.Milestone == milestone.Name && duty.IsOpen)
        from code in milestone.RequiredContent[Case.FulfilmentOf(kind)]
        select (preset, code);

    private IEnumerable<Missing> Lacks(Preset preset, string code, string text)
    {
        var content = PresetFiles.Required[code];
        if (code == "points") // each thing by itself, in the customer's own words
        {
            foreach (var issue in State.Raised.Where(issue => !RequiredContent.Says(text, issue.Words)))
                yield return new Missing(preset.Title, $"what we answer to “{issue.Words}”", $"You raised: {issue.Words}. This is what we found: …");
            yield break;
        }

        var facts = Facts(preset);
        if (!content.IsIn(text, facts))
            yield return new Missing(preset.Title, content.Needs, content.Fill(facts));
    }

    private LetterFacts Facts(Preset preset)
    {
        var (zone, post) = (Company.Zone(), Company.SignpostOf(preset));
        var answer = State.Duties.Where(duty => duty is { IsOpen: true, IsTarget: false } && duty.Preset == preset.Key && duty.MetBy.Contains(Fulfilment.FinalLetter)).MinBy(duty => duty.DueAt);
        return new LetterFacts(new Dictionary<string, string>
        {
            ["body"] = post?.Body ?? "", ["web"] = post?.Web ?? "", ["window"] = post?.Window ?? "",
            ["due"] = answer is null ? "" : LastDay(answer.DueAt, zone), ["new"] = NewDay is { } day ? LastDay(day, zone) : "", ["reason"] = Reason.Trim(),
            ["person"] = State.OwnerName ?? Writer ?? "", ["company"] = Company.Name, ["number"] = Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        });
    }

    /// <summary>The last day of a period, such as <c>Friday 16 October 2026</c>.</summary>
    public static string LastDay(DateTimeOffset due, TimeZoneInfo zone) => DueDates.DayOf(due, zone).ToString("dddd d MMMM yyyy", System.Globalization.CultureInfo.GetCultureInfo("en-GB"));
}
