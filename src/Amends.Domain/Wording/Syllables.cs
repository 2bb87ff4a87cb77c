namespace Amends.Domain.Wording;

/// <summary>Counts spoken syllables by the vowels of a word. It is an estimate: no list of all words is kept.</summary>
public static class Syllables
{
    /// <summary>Syllables of an English word: groups of vowels, without a mute ending.</summary>
    /// <param name="word">One word; figures count one.</param>
    /// <returns>1 at least for whatever holds a letter or digit; 0 for an empty text.</returns>
    public static int OfEnglish(string word) => Of(word, LanguageWords.None, "en");

    internal static int Of(string word, LanguageWords language, string code)
    {
        if (word.Length == 0)
            return 0;
        var small = word.ToLowerInvariant().Replace('’', '\'');
        if (language.Syllables.TryGetValue(small, out var known))
            return known;
        return Math.Max(1, code switch
        {
            "en" => English(small),
            "de" => Groups(small, "aeiouyäöü", ["au", "ei", "ai", "eu", "äu", "ie", "aa", "ee", "oo"]),
            "fr" => French(small),
            "es" => Groups(small, "aeiouáéíóúü", ["ia", "ie", "io", "iu", "ua", "ue", "ui", "uo", "ai", "ei", "oi", "au", "eu", "ou", "iá", "ié", "ió", "ué", "uá", "áis", "éis"]),
            _ => Groups(small, "aeiouyäöüáéíóúàèùâêîôûœæëï", []),
        });
    }

    private static int English(string word)
    {
        var end = word.Length;
        if (word.EndsWith("'s", StringComparison.Ordinal))
            end -= 2;
        var count = 0;
        for (var at = 0; at < end; at++)
        {
            if (!IsVowel(word, at))
                continue;
            count++;
            while (at + 1 < end && IsVowel(word, at + 1) && !IsHiatus(word, at, end))
                at++;
        }

        var body = word.AsSpan(0, end);
        if (count > 1 && IsMute(body))
            count--;
        // The e of "-ses" and the o of "-ism" are heard without being counted; "n't" is a beat of its own.
        if (body.EndsWith("sm") || (body.EndsWith("n't") && end > 4 && !IsVowel(word, end - 4) && word[end - 4] is not 'r'))
            count++;
        return count;
    }

    // "create", "science", "idea", "video", "actual", "museum": two beats.
    private static bool IsHiatus(string word, int at, int end) => (word[at], word[at + 1]) switch
    {
        ('i', 'a') => !(at > 0 && word[at - 1] is 'c' or 't' or 'g' or 's') && !(at > 0 && word[at - 1] == 'r' && at + 2 < end && word[at + 2] == 'g'),
        ('i', 'o') => !(at > 0 && word[at - 1] is 't' or 's' or 'c' or 'g' or 'x' or 'n' && at + 2 < end && word[at + 2] is 'n' or 'u'),
        ('i', 'e') => at > 0 && (Rest(word, at, end) is "iet" or "ience" or "ient" && word[at - 1] is not ('t' or 'c') || Rest(word, at, end) is "iety"),
        ('e', 'o') => !(at > 0 && word[at - 1] == 'g') && Rest(word, at, end) is not ("eople" or "eoples"),
        ('u', 'a') => at > 0 && word[at - 1] is not ('q' or 'g') && Rest(word, at, end) is not "uade",
        ('e', 'a') => Rest(word, at, end) is "ea" && end > 4 && word[at - 1] == 'd' || Rest(word, at, end).StartsWith("eate", StringComparison.Ordinal) || Rest(word, at, end).StartsWith("eati", StringComparison.Ordinal) && word.StartsWith("cr", StringComparison.Ordinal),
        ('u', 'i') => Rest(word, at, end).StartsWith("uing", StringComparison.Ordinal) && word[at - 1] is not ('g' or 'q') || Rest(word, at, end) is "uid" && word[at - 1] is 'l',
        ('y', 'i') or ('o', 'i') when Rest(word, at, end).EndsWith("ing", StringComparison.Ordinal) && Rest(word, at, end).Length == 4 => true,
        ('e', 'i') => Rest(word, at, end) is "eing",
        ('a', 'o') or ('u', 'u') or ('i', 'u') => true,
        ('e', 'u') => Rest(word, at, end) is "eum",
        ('o', 'e') => Rest(word, at, end) is "oem" or "oet",
        _ => false,
    };

    private static string Rest(string word, int at, int end) => word[at..end];

    private static bool IsMute(ReadOnlySpan<char> word)
    {
        if (word.Length < 3)
            return false;
        if (word[^1] == 'e')
            return !IsVowelLetter(word[^2]) && !(word.EndsWith("le") && !IsVowelLetter(word[^3]));
        if (word.EndsWith("ed"))
            return word[^3] is not ('t' or 'd') && !(word.Length > 3 && word[^3] is 'l' or 'r' && !IsVowelLetter(word[^4]) && word[^4] is not ('l' or 'r'));
        if (word.EndsWith("es"))
            return word[^3] is not ('s' or 'x' or 'z' or 'c' or 'g') && !word.EndsWith("ches") && !word.EndsWith("shes") && !(word[^3] == 'l' && word.Length > 3 && !IsVowelLetter(word[^4])) && !IsVowelLetter(word[^3]);
        if (word.EndsWith("ely") || word.EndsWith("eful") || word.EndsWith("ement") || word.EndsWith("eless") || word.EndsWith("ements"))
            return word.Length > 4 && !word.EndsWith("lement") && !word.EndsWith("iely");
        return false;
    }

    private static bool IsVowelLetter(char letter) => letter is 'a' or 'e' or 'i' or 'o' or 'u' or 'y';

    private static bool IsVowel(string word, int at) => word[at] switch
    {
        'a' or 'e' or 'i' or 'o' => true,
        'u' => at == 0 || word[at - 1] != 'q',
        'y' => at > 0,
        _ => false,
    };

    private static int French(string word)
    {
        var count = Groups(word, "aeiouyàâäéèêëîïôöùûüœæ", ["ai", "ei", "oi", "au", "eau", "eu", "ou", "ui", "ie", "ée", "œu", "oui", "ué", "ieu", "io", "ia", "iè", "ié", "ue", "aî", "oî", "oû"]);
        var mute = word.EndsWith('e') || word.EndsWith("es", StringComparison.Ordinal) || word.EndsWith("ent", StringComparison.Ordinal) && word.Length > 6 && !word.EndsWith("ment", StringComparison.Ordinal);
        return count > 1 && mute && word.Length > 2 && !word.EndsWith("ée", StringComparison.Ordinal) && !word.EndsWith("ie", StringComparison.Ordinal) ? count - 1 : count;
    }

    // Each vowel is a beat unless it makes one sound with the vowel before.
    private static int Groups(string word, string vowels, string[] together)
    {
        var count = 0;
        for (var at = 0; at < word.Length; at++)
        {
            if (!vowels.Contains(word[at]))
                continue;
            count++;
            var longest = 1;
            foreach (var group in together)
            {
                if (group.Length > longest && string.CompareOrdinal(word, at, group, 0, group.Length) == 0)
                    longest = group.Length;
            }

            at += longest - 1;
        }

        return count;
    }
}
