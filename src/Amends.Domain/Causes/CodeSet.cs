namespace Amends.Domain.Causes;

/// <summary>
/// A set of codes on up to three levels, such as <c>DEL</c>, <c>DEL.late</c> and <c>DEL.late.days</c>: what complaints are about, or what they
/// are put down to. Codes are stable: their words may change, and one that is not wanted any more is retired, never deleted. Pure.
/// </summary>
/// <param name="lines">All entries, those that belong to another one behind it.</param>
public sealed class CodeSet(IReadOnlyList<CodeLine> lines)
{
    /// <summary>How many levels there are, and how many entries at the most.</summary>
    public const int Levels = 3, Most = 400;

    private const int LongestCode = 60, LongestWords = 80;

    private readonly Dictionary<string, CodeLine> _byCode = lines.GroupBy(line => line.Code).ToDictionary(same => same.Key, same => same.First());

    /// <summary>The category for what fits nowhere else: more than a few of these, and the set lacks something.</summary>
    public const string Other = "OTH";

    /// <summary>The cause that nobody knows yet, which is a fair answer and is counted.</summary>
    public const string Unknown = "unknown";

    /// <summary>All entries, retired ones, too.</summary>
    public IReadOnlyList<CodeLine> Lines => lines;

    /// <summary>What can be chosen: entries of which neither they nor what they belong to is retired, in their order.</summary>
    public IEnumerable<CodeLine> Offered => lines.Where(line => Chain(line.Code).All(code => _byCode.TryGetValue(code, out var each) && !each.Retired));

    /// <summary>What can be chosen, in groups: an entry of the first level with all that belongs to it.</summary>
    public IEnumerable<(CodeLine Group, IReadOnlyList<CodeLine> Parts)> Groups =>
        Offered.GroupBy(line => line.Code.Split('.')[0]).Select(group => (group.First(), (IReadOnlyList<CodeLine>)[.. group.Skip(1)]));

    /// <summary>"Delivery: late"; <c>null</c> when the set has no such code. Retired ones have their words, too.</summary>
    public string? WordsOf(string code)
    {
        if (!_byCode.ContainsKey(code))
            return null;
        var words = Chain(code).Reverse().Select(each => _byCode.GetValueOrDefault(each)?.Words ?? each).ToList();
        return words.Count == 1 ? words[0] : $"{words[0]}: {string.Join(", ", words.Skip(1).Select(each => each.Length == 0 ? each : char.ToLowerInvariant(each[0]) + each[1..]))}";
    }

    /// <summary>A code that may be given now; <c>null</c> for an empty field.</summary>
    /// <param name="typed">What was chosen.</param>
    /// <param name="kept">What it has already: that may stay, also when it was retired meanwhile.</param>
    /// <param name="refusal">The code and the sentence of the refusal.</param>
    /// <exception cref="Refused">It is not in the set, or is offered no more.</exception>
    public string? Chosen(string? typed, string? kept, (string Code, string Words) refusal)
    {
        var code = typed?.Trim() ?? "";
        return code.Length == 0 ? null
            : code == kept || Offered.Any(line => line.Code == code) ? code
            : throw new Refused(refusal.Code, _byCode.ContainsKey(code) ? $"“{WordsOf(code)}” is not used any more. Choose another one." : refusal.Words);
    }

    /// <summary>A code and all that it belongs to, the nearest first: <c>DEL.late.days</c>, <c>DEL.late</c>, <c>DEL</c>.</summary>
    public static IEnumerable<string> Chain(string code)
    {
        for (var at = code.Length; at > 0; at = code.LastIndexOf('.', at - 1))
            yield return code[..at];
    }

    /// <summary>Whether a code is another one, or belongs to it.</summary>
    public static bool IsWithin(string code, string wider) => code == wider || code.StartsWith(wider + ".", StringComparison.Ordinal);

    /// <summary>On which level a code stands, from 1.</summary>
    public static int LevelOf(string code) => code.Count(letter => letter == '.') + 1;

    /// <summary>Says what is wrong with the set.</summary>
    /// <param name="isCategories">Its first level is written in three capitals; otherwise all of it in small letters.</param>
    /// <param name="needed">Codes that must be offered, because something depends on them.</param>
    /// <exception cref="Refused"><c>codes</c>, with what to do.</exception>
    public void MustBeWhole(bool isCategories, params string[] needed)
    {
        if (lines.Count is 0 or > Most)
            throw Wrong(lines.Count == 0 ? "Keep at least one." : $"Nobody finds their way among more than {Most}. Retire some of them.");
        var seen = new HashSet<string>();
        foreach (var line in lines)
        {
            var (code, level) = (line.Code, LevelOf(line.Code));
            if (code.Length > LongestCode || level > Levels || !code.Split('.').Select((part, i) => isCategories && i == 0 ? part.Length == 3 && part.All(char.IsAsciiLetterUpper) : part.Length > 0 && part.All(IsSmall)).All(good => good))
                throw Wrong($"“{Texts.Cut(code, 60)}” is no code.");
            if (!seen.Add(code))
                throw Wrong($"The code {code} stands there twice.");
            if (level > 1 && !seen.Contains(code[..code.LastIndexOf('.')]))
                throw Wrong($"{code} belongs to nothing that stands above it.");
            if (string.IsNullOrWhiteSpace(line.Words) || line.Words.Length > LongestWords)
                throw Wrong(string.IsNullOrWhiteSpace(line.Words) ? $"Say what {code} is called. If nobody needs it any more, retire it." : $"Keep “{Texts.Cut(line.Words, 40)}” under {LongestWords} characters.");
        }

        if (Offered.GroupBy(line => (Under: Chain(line.Code).ElementAtOrDefault(1), Words: line.Words.Trim().ToUpperInvariant())).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw Wrong($"“{twice.First().Words}” stands there twice. Give one of them another name, or retire it.");
        if (needed.FirstOrDefault(code => Offered.All(line => line.Code != code)) is { } missing)
            throw Wrong($"“{WordsOf(missing) ?? missing}” must stay: the desk counts with it.");
    }

    /// <summary>No code of an earlier version is lost: cases may have it.</summary>
    /// <param name="earlier">Every code that there ever was.</param>
    /// <exception cref="Refused"><c>codes</c> with the first one that is missing.</exception>
    public void MustKeep(IEnumerable<string> earlier)
    {
        if (earlier.FirstOrDefault(code => !_byCode.ContainsKey(code)) is { } lost)
            throw Wrong($"{lost} is missing. A code is never deleted, since cases may have it: retire it instead.");
    }

    private static bool IsSmall(char letter) => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_';

    private static Refused Wrong(string words) => new("codes", words);
}
