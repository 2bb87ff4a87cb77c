namespace Amends.Domain.Listening.Drafts;

/// <summary>What one sentence holds, as far as words tell.</summary>
internal sealed record SentenceFacts
{
    private const int ShortestNumber = 4;

    public int Problems { get; private init; }
    public bool Wants { get; private init; }
    public bool HasImpact { get; private init; }
    public bool Promises { get; private init; }
    public bool Thanks { get; private init; }
    public bool Asks { get; private init; }
    public bool NamesTime { get; private init; }
    public bool NamesAmount { get; private init; }
    public bool NamesNumber { get; private init; }
    public HashSet<string> Content { get; private init; } = [];

    public static SentenceFacts Of(SaidText said, SaidSentence sentence, ListeningWords words)
    {
        var (list, first, end) = (said.Words, sentence.FirstWord, sentence.EndWord);
        bool time = false, amount = false, number = false;
        for (var at = first; at < end; at++)
        {
            var word = list[at];
            time |= words.IsTime(word);
            if (!word.HasDigit)
                continue;
            var paid = (word.Start > 0 && IsCurrency(said.Text[word.Start - 1])) || (word.End < said.Text.Length && IsCurrency(said.Text[word.End])) || (at + 1 < end && words.IsMoney(list[at + 1]));
            amount |= paid;
            number |= !paid && word.End - word.Start >= ShortestNumber;
        }

        return new()
        {
            Problems = words.ProblemSet.Find(list, first, end).Select(found => found.First).Distinct().Count(),
            Wants = words.WantSet.Any(list, first, end), HasImpact = words.ImpactSet.Any(list, first, end), Promises = words.PromiseSet.Any(list, first, end), Thanks = words.ThankSet.Any(list, first, end),
            Asks = said.IsAsked(sentence), NamesTime = time, NamesAmount = amount, NamesNumber = number, Content = [.. words.Content(list, first, end)],
        };
    }

    /// <summary>How much of the shorter one the other holds, 0 to 1.</summary>
    public static double Shared(HashSet<string> one, HashSet<string> other)
    {
        var fewer = Math.Min(one.Count, other.Count);
        return fewer == 0 ? 0 : (double)one.Count(other.Contains) / fewer;
    }

    private static bool IsCurrency(char sign) => char.GetUnicodeCategory(sign) == System.Globalization.UnicodeCategory.CurrencySymbol;
}
