using System.Globalization;
using Amends.Domain;
using Amends.Domain.Causes;

namespace Amends.Features.Contents;

/// <summary>One entry of a set of codes as a form posts it.</summary>
public sealed record CodeFields
{
    private const int LongestStem = 30;

    /// <summary>Empty for a new one: it gets a code of its own from its words.</summary>
    public string? Code { get; init; }
    public string? Words { get; init; }

    /// <summary><c>on</c> when it is offered no more.</summary>
    public string? Retired { get; init; }

    /// <summary>Of a new one: the code that it belongs to; empty for one on the first level.</summary>
    public string? Under { get; init; }

    /// <summary>The entries as typed: those that there were in their order, new ones behind what they belong to.</summary>
    /// <param name="rows">The rows of the form.</param>
    /// <param name="ever">Every code that there ever was, so that none is given twice.</param>
    /// <param name="isCategories">A new one on the first level gets three capitals.</param>
    /// <exception cref="Refused"><c>codes</c> for a new one below something that is not there.</exception>
    internal static IReadOnlyList<CodeLine> Read(IEnumerable<CodeFields> rows, IReadOnlyCollection<string> ever, bool isCategories)
    {
        var lines = new List<CodeLine>();
        var taken = ever.ToHashSet();
        foreach (var row in rows)
        {
            var words = row.Words?.Trim() ?? "";
            if (row.Code is { Length: > 0 } code)
            {
                if (ever.Contains(code))
                    lines.Add(new CodeLine(code, words) { Retired = row.Retired == "on" });
                continue;
            }

            if (words.Length == 0)
                continue; // room that nobody used
            var under = row.Under?.Trim() ?? "";
            var at = under.Length == 0 ? lines.Count : lines.FindLastIndex(line => CodeSet.IsWithin(line.Code, under)) + 1;
            if (at == 0 && under.Length > 0)
                throw new Refused("codes", $"“{Texts.Cut(words, 40)}” is to stand below something that is not there. Choose again what it belongs to.");
            var own = under.Length == 0 && isCategories ? Capitals(words, taken) : Free(under.Length == 0 ? "" : under + ".", words, taken);
            taken.Add(own);
            lines.Insert(at, new CodeLine(own, words));
        }

        return lines;
    }

    private static string Free(string before, string words, HashSet<string> taken)
    {
        var stem = before + ContentFields.Slug(words, LongestStem);
        var code = stem;
        for (var i = 2; taken.Contains(code); i++)
            code = $"{stem}_{i.ToString(CultureInfo.InvariantCulture)}";
        return code;
    }

    /// <summary>Three capitals from the words; where they are taken, the last one counts on.</summary>
    private static string Capitals(string words, HashSet<string> taken)
    {
        var letters = new string([.. words.ToUpperInvariant().Where(char.IsAsciiLetterUpper)]).PadRight(3, 'X')[..3];
        for (var i = 0; i < 26 * 26; i++)
        {
            var code = i == 0 ? letters : $"{letters[0]}{(char)('A' + (letters[1] - 'A' + i / 26) % 26)}{(char)('A' + (letters[2] - 'A' + i) % 26)}";
            if (!taken.Contains(code))
                return code;
        }

        throw new Refused("codes", "There is no free code that begins with this letter. Give it another name.");
    }
}
