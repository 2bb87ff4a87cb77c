using Amends.Domain;

namespace Amends.Data;

/// <summary>
/// Full-text search: one entry a text, newest entry first. SQLite's FTS5 and PostgreSQL's tsvector behind the same two
/// columns; <c>ref</c> is a message's id, or 0 for the case's own line (subject, customer, order numbers). An entry has
/// each word of its text once: nobody asks how often or where it stands, and the text itself is kept elsewhere.
/// </summary>
public static class SearchIndex
{
    private const int Longest = 100_000;

    /// <summary>The most of one word; nobody types more.</summary>
    private const int LongestWord = 255;

    /// <summary>Makes a text findable.</summary>
    public static Task Add(Unit unit, long number, long reference, string text) =>
        unit.Put(unit.IsPostgres
            ? "insert into search (case_number, ref, words) values (@number, @reference, array_to_tsvector(string_to_array(@text, ' ')))"
            : "insert into search (case_number, ref, text) values (@number, @reference, @text)", new { number, reference, text = WordsOf(text) });

    private static string WordsOf(string text) => string.Join(' ', Texts.Words(Texts.Cut(text, Longest)).Select(word => Texts.Cut(word, LongestWord).ToLowerInvariant()).Distinct());
}
