using Amends.Domain;

namespace Amends.Features.Search;

/// <summary>What somebody typed, as words to look for. What they typed is never read as the search engine's own syntax.</summary>
public sealed class SearchWords
{
    private const int Most = 12;
    private const int Longest = 80;

    private SearchWords(IReadOnlyList<string> words) => Words = words;

    /// <summary>The words: letters and digits only.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>There is nothing to look for.</summary>
    public bool IsEmpty => Words.Count == 0;

    /// <summary>All words must be there; the last one may be the beginning of a longer one. For FTS5: each in quotes.</summary>
    public string ForSqlite => string.Join(" ", Words.Select((word, i) => i == Words.Count - 1 ? $"\"{word}\" *" : $"\"{word}\""));

    /// <summary>As above, a <c>tsquery</c> of PostgreSQL: the very words that the index has.</summary>
    public string ForPostgres => string.Join(" & ", Words.Select((word, i) => i == Words.Count - 1 ? $"'{word.ToLowerInvariant()}':*" : $"'{word.ToLowerInvariant()}'"));

    /// <summary>The number, when that is all that was typed: <c>4812</c> or <c>#4812</c>.</summary>
    public long? Number => Words.Count == 1 && Words[0].Length is > 0 and <= 18 && Words[0].All(char.IsAsciiDigit) ? long.Parse(Words[0], System.Globalization.CultureInfo.InvariantCulture) : null;

    /// <summary>Splits at everything that is neither a letter nor a digit, as <see cref="Data.SearchIndex"/> does.</summary>
    public static SearchWords From(string? text) => new([.. Texts.Words(text ?? "").Where(word => word.Length <= Longest).Take(Most)]);
}
