using System.Text.RegularExpressions;

namespace Amends.Mail.Reading;

/// <summary>
/// Finds a signature that nothing marks but what it holds: short lines at the end with ways to reach somebody. Two such lines of
/// different kinds are asked for, since one alone ("call me: 0171 …") is often what the mail is about.
/// </summary>
internal static class ContactBlock
{
    const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    const int MostLines = 30;
    const int Longest = 90;

    static readonly Regex Phone = new(@"^\W*(tel|telefon|telephone|phone|mobil|mobile|cell|fax|t|m|f|p|tél|téléphone|teléfono|móvil|telefono|cellulare|telefoon|telefone|tlf|puh|тел|電話|电话)[a-z]*\W{1,4}\+?[0-9(][0-9 ()/.\-]{5,24}\W*$|^\+[0-9][0-9 ()/.\-]{7,22}$", Linear);
    static readonly Regex Mail = new(@"^\W*((e-?mail|mail|courriel|correo|e-post|メール|邮箱)\W{1,4})?<?[a-z0-9._%+\-]+@[a-z0-9.\-]+\.[a-z]{2,}>?\W*$", Linear);
    static readonly Regex Site = new(@"^\W*((web|website|homepage|internet|www|url|site)\W{1,4})?(https?://|www\.)[^ ]{3,80}$", Linear);

    /// <summary>The first line of the block, or the count of lines where there is none.</summary>
    internal static int Start(IReadOnlyList<string> lines)
    {
        var (first, kinds) = (lines.Count, 0);
        for (var i = lines.Count - 1; i > 0 && i >= lines.Count - MostLines; i--)
        {
            var line = lines[i].Trim();
            if (line.Length == 0) continue;
            if (line.Length > Longest || line.StartsWith('>') || IsSentence(line)) break;
            var kind = Phone.IsMatch(line) ? 1 : Mail.IsMatch(line) ? 2 : Site.IsMatch(line) ? 4 : 0;
            if (kind == 0) continue;
            kinds |= kind;
            first = i;
        }
        if (kinds is 0 or 1 or 2 or 4) return lines.Count;
        return Above(lines, first);
    }

    /// <summary>Name and title above the contact lines belong to them: at most four short lines, and one paragraph break.</summary>
    static int Above(IReadOnlyList<string> lines, int first)
    {
        var start = first;
        for (int i = first - 1, taken = 0, gaps = 0; i > 0 && taken < 4; i--)
        {
            var line = lines[i].Trim();
            if (line.Length == 0)
            {
                if (taken > 0 && ++gaps > 1) break;
                continue;
            }
            if (line.Length > 40 || IsSentence(line) || line.EndsWith(',') || line.EndsWith(':') || !char.IsUpper(line[0])) break;
            if (gaps > 0) break;
            taken++;
            start = i;
        }
        return start > 0 && Enumerable.Range(0, start).Any(i => !string.IsNullOrWhiteSpace(lines[i])) ? start : lines.Count;
    }

    static bool IsSentence(string line) => line[^1] is '!' or '?' || (line[^1] is '.' or ';' && line.Count(c => c == ' ') >= 4);
}
