namespace Amends.Domain.Wording;

/// <summary>What is asked when a draft is to be sent (practices 0-12 and 4-10): a blank is refused, severity 3 is asked about once, all else is advice.</summary>
public static class Sending
{
    /// <summary>How long a draft rests that is put aside.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMinutes(2);

    /// <summary>Words that are worth a second thought and were not asked about yet; those that block are refused elsewhere.</summary>
    /// <param name="report">The draft as it was read.</param>
    /// <param name="asked">Ids of the rules that its writer was asked about already.</param>
    /// <returns>The first hint of each such rule, in the order of the text.</returns>
    public static IReadOnlyList<Hint> ToAsk(DraftReport report, IEnumerable<string> asked)
    {
        ArgumentNullException.ThrowIfNull(report);
        var known = asked.ToHashSet();
        return [.. report.Hints.Where(hint => hint is { Severity: 3, Blocks: false } && !known.Contains(hint.Rule)).DistinctBy(hint => hint.Rule)];
    }

    /// <summary>Whether words of a draft are hot: more than a name that is not spelled right.</summary>
    /// <param name="hints">The hints on it.</param>
    public static bool IsHeated(IEnumerable<Hint> hints) => hints.Any(hint => hint is { Severity: 3, Blocks: false } && hint.Category != Check.NameOther.Category);
}
