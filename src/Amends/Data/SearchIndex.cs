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
    public static Task Add(Unit unit, long number, long reference, string text) => AddWords(unit, number, reference, WordsOf(text));

    /// <summary>As above, for a text whose words were taken apart before the unit of work, so that nobody waits for it.</summary>
    public static Task AddWords(Unit unit, long number, long reference, string words) =>
        unit.PutLast(unit.IsPostgres
            ? "insert into search (case_number, ref, words) values (@number, @reference, array_to_tsvector(string_to_array(@text, ' ')))"
            : "insert into search (case_number, ref, text) values (@number, @reference, @text)", new { number, reference, text = words });

    /// <summary>SQL for the entries that have any of some words, newest first, and its value <c>match</c>, which SQLite alone uses.</summary>
    /// <param name="database">Whose words it is in.</param>
    /// <param name="words">One word each; what is neither letter nor digit is left out.</param>
    /// <param name="most">The most entries.</param>
    internal static (string Sql, string Match) AnyOf(Database database, IEnumerable<string> words, int most)
    {
        var clean = words.SelectMany(Texts.Words).Where(word => word.Length <= LongestWord).Select(word => word.ToLowerInvariant()).Distinct(StringComparer.Ordinal).ToList();
        if (clean.Count == 0)
            return ("select case_number from search where 1 = 0", "");
        // As in the search: PostgreSQL plans by the words, so that they stand in the statement. They are letters and digits alone.
        return database.Dialect == "postgres"
            ? ($"select case_number from search where words @@ '{string.Join(" | ", clean.Select(word => $"''{word}''"))}'::tsquery order by id desc limit {most}", "")
            : ($"select case_number from search where search match @match order by rowid desc limit {most}", string.Join(" OR ", clean.Select(word => $"\"{word}\"")));
    }

    /// <summary>The words of a text as the index has them.</summary>
    public static string WordsOf(string text) => string.Join(' ', Texts.Words(Texts.Cut(text, Longest)).Select(word => Texts.Cut(word, LongestWord).ToLowerInvariant()).Distinct());
}
