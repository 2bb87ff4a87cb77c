using System.Text;

namespace Amends.Domain.Deadlines;

/// <summary>
/// Something that a rule wants a letter to say. Whether it does is looked up by the words in <see cref="Holds"/>; whoever writes the letter gets
/// <see cref="Sentence"/> to put in.
/// </summary>
/// <param name="Code">Its name in presets.</param>
/// <param name="Needs">What is needed, to follow "The letter does not say": "where they can go next".</param>
/// <param name="Holds">Words of which each group must occur; a group is alternatives, parted by <c>|</c>. Braces stand for a fact, as in <see cref="LetterFacts"/>.</param>
/// <param name="Sentence">A sentence that says it.</param>
public sealed record RequiredContent(string Code, string Needs, IReadOnlyList<string> Holds, string Sentence)
{
    /// <summary>Whether a letter says it. Case, quotes and the width of spaces make no difference.</summary>
    /// <param name="text">The letter.</param>
    /// <param name="facts">What the braces stand for.</param>
    public bool IsIn(string text, LetterFacts facts)
    {
        var plain = Plain(text);
        return Holds.All(group => group.Split('|').Any(words => facts.Fill(words) is { Length: > 0 } filled && plain.Contains(Plain(filled), StringComparison.Ordinal)));
    }

    /// <summary>The sentence with its facts.</summary>
    public string Fill(LetterFacts facts) => facts.Fill(Sentence) ?? Sentence;

    /// <summary>Whether a text says these words, whatever its case, quotes and spaces.</summary>
    public static bool Says(string text, string words) => Plain(text).Contains(Plain(words), StringComparison.Ordinal);

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        var gap = false;
        foreach (var letter in text)
        {
            if (char.IsWhiteSpace(letter))
            {
                gap = true;
                continue;
            }

            if (gap && plain.Length > 0)
                plain.Append(' ');
            gap = false;
            plain.Append(letter switch { '’' or '‘' => '\'', '“' or '”' => '"', _ => char.ToLowerInvariant(letter) });
        }

        return plain.ToString();
    }
}

/// <summary>What the braces in <see cref="RequiredContent"/> stand for: <c>{body}</c>, <c>{web}</c>, <c>{window}</c>, <c>{due}</c>, <c>{new}</c>, <c>{reason}</c>, <c>{person}</c>, <c>{company}</c>, <c>{number}</c>, <c>{issues}</c>.</summary>
/// <param name="Values">By name, without braces; an empty one is unknown.</param>
public sealed record LetterFacts(IReadOnlyDictionary<string, string> Values)
{
    /// <summary>A text with its facts; <c>null</c> when one of them is unknown.</summary>
    public string? Fill(string text)
    {
        var filled = text;
        foreach (var (name, value) in Values)
        {
            if (!filled.Contains($"{{{name}}}", StringComparison.Ordinal))
                continue;
            if (value.Length == 0)
                return null;
            filled = filled.Replace($"{{{name}}}", value, StringComparison.Ordinal);
        }

        return filled;
    }
}

/// <summary>What is missing in a letter.</summary>
/// <param name="Preset">The title of the preset that wants it.</param>
/// <param name="Needs">What is needed.</param>
/// <param name="Sentence">A sentence to put in.</param>
public sealed record Missing(string Preset, string Needs, string Sentence);
