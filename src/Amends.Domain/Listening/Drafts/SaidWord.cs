using System.Globalization;

namespace Amends.Domain.Listening.Drafts;

/// <summary>A word of a text with its place. <c>isn't</c> makes two with one place: <c>is</c> and <c>not</c>.</summary>
/// <param name="Start">In UTF-16 units of the text.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Lower">In small letters.</param>
/// <param name="Stem">For comparing.</param>
public readonly record struct SaidWord(int Start, int End, string Lower, string Stem)
{
    /// <summary>It holds a digit.</summary>
    public bool HasDigit => Lower.AsSpan().IndexOfAnyInRange('0', '9') >= 0;

    /// <summary>All words of a text.</summary>
    public static IReadOnlyList<SaidWord> In(string text)
    {
        List<SaidWord> words = [];
        for (var at = 0; at < text.Length;)
        {
            if (!IsLetter(text, at))
            {
                at++;
                continue;
            }

            var start = at;
            while (at < text.Length && (IsLetter(text, at) || (Joins(text, at) && at + 1 < text.Length && IsLetter(text, at + 1))))
                at++;
            Add(words, text, start, at);
        }

        return words;
    }

    private static void Add(List<SaidWord> words, string text, int start, int end)
    {
        var lower = Stems.Lower(text.AsSpan(start, end - start));
        switch (lower)
        {
            case "cannot" or "can't":
                Put("can");
                Put("not");
                return;
            case "won't":
                Put("will");
                Put("not");
                return;
        }

        if (lower.EndsWith("n't", StringComparison.Ordinal))
        {
            Put(lower[..^3]);
            Put("not");
        }
        else if (lower.IndexOf('\'') is > 0 and var mark && lower[mark..] is "'s" or "'ll" or "'ve" or "'re" or "'m" or "'d")
        {
            Put(lower[..mark]);
            if (lower[mark..] is not "'s")
                Put(lower[mark..] switch { "'ll" => "will", "'ve" => "have", "'re" => "are", "'m" => "am", _ => "would" });
        }
        else
        {
            Put(lower);
        }

        void Put(string word) => words.Add(new(start, end, word, Stems.Of(word)));
    }

    private static bool IsLetter(string text, int at) => char.IsLetterOrDigit(text[at]) || char.GetUnicodeCategory(text[at]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool Joins(string text, int at) => text[at] switch
    {
        '\'' or '’' => true,
        '.' or ',' => at > 0 && char.IsAsciiDigit(text[at - 1]) && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]),
        '-' => at > 0 && at + 1 < text.Length && (char.IsAsciiDigit(text[at - 1]) || char.IsAsciiDigit(text[at + 1])),
        _ => false,
    };
}
