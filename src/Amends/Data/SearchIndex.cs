namespace Amends.Data;

/// <summary>
/// Full-text search: one entry a text, newest entry first. SQLite's FTS5 and PostgreSQL's tsvector behind the same two
/// columns; <c>ref</c> is a message's id, or 0 for the case's own line (subject, customer, order numbers).
/// </summary>
public static class SearchIndex
{
    /// <summary>Makes a text findable.</summary>
    public static Task Add(Unit unit, long number, long reference, string text) =>
        unit.Put("insert into search (case_number, ref, text) values (@number, @reference, @text)", new { number, reference, text = Domain.Texts.Cut(text, 100_000) });
}
