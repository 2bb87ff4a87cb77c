using Amends.Data;
using Dapper;

namespace Amends.Features.Search;

/// <summary>
/// Finds cases and customers by any of their words. The newest two hundred entries that match are looked at and no more, so
/// that a word that stands everywhere costs as little as a rare one; how many there are in all is not counted.
/// </summary>
public sealed class SearchQuery(Database database)
{
    private const int Candidates = 200;

    // PostgreSQL has two ways, and which one is quick depends on the words: they stand in the statement, since it would settle
    // on one way for a parameter. Words are letters and digits (SearchWords); the quotes around them are doubled.
    private (string Sql, object? Values) Matching(SearchWords words) => database.Dialect == "postgres"
        ? ($"select case_number, ref from search where words @@ '{words.ForPostgres.Replace("'", "''")}'::tsquery order by id desc limit {Candidates}", null)
        : ($"select case_number, ref from search where search match @match order by rowid desc limit {Candidates}", new { match = words.ForSqlite });

    /// <summary>Cases with their newest entry that matches, newest first.</summary>
    /// <param name="words">What was typed.</param>
    /// <param name="most">Cases at the most.</param>
    /// <param name="withTexts">Whether to load what was found, for highlights.</param>
    /// <param name="ct">The request's end.</param>
    public async Task<Found> Find(SearchWords words, int most, bool withTexts, CancellationToken ct)
    {
        if (words.IsEmpty)
            return new Found([], []);
        var (matching, values) = Matching(words);
        return await database.Read(async connection =>
        {
            var candidates = (await connection.QueryAsync<Entry>(matching, values)).AsList();
            var entries = candidates.Where(entry => entry.CaseNumber > 0).DistinctBy(entry => entry.CaseNumber).Take(most).ToList();
            if (words.Number is { } number && entries.All(entry => entry.CaseNumber != number))
                entries.Insert(0, new Entry { CaseNumber = number });
            var cases = entries.Count == 0 ? [] : (await connection.QueryAsync<CaseHit>(
                $"""
                select c.number, c.subject, c.preview, u.name as customer, c.stage, c.kind, c.close_reason, c.last_message_at, p.name as owner
                from cases c join customers u on u.id = c.customer_id left join people p on p.id = c.owner_id where c.number in ({List(entries.Select(entry => entry.CaseNumber))})
                """)).ToDictionary(hit => hit.Number);
            var texts = !withTexts || entries.Count == 0 ? [] : (await connection.QueryAsync<Text>(
                $"select id, at, author_name, substr(text, 1, 20000) as words from messages where id in ({List(entries.Select(entry => entry.Ref))})")).ToDictionary(text => text.Id);
            var people = candidates.Where(entry => entry is { CaseNumber: 0, Ref: < 0 }).Select(entry => -entry.Ref).Distinct().Take(8).ToList();
            var customers = people.Count == 0 ? [] : (await connection.QueryAsync<CustomerHit>(
                $"select u.id, u.name, u.place, u.merged_into, (select a.address from customer_addresses a where a.customer_id = u.id order by a.address limit 1) as address from customers u where u.id in ({List(people)}) or u.id in ({Survivors(people)})")).Where(hit => hit.MergedInto is null).ToList();
            foreach (var entry in entries)
            {
                if (cases.GetValueOrDefault(entry.CaseNumber) is { } hit)
                    hit.Text = texts.GetValueOrDefault(entry.Ref);
            }

            return new Found([.. entries.Select(entry => cases.GetValueOrDefault(entry.CaseNumber)).OfType<CaseHit>()], customers);
        }, ct);
    }

    /// <summary>Those whom old entries belong to by now.</summary>
    private static string Survivors(IEnumerable<long> people) =>
        $"with recursive up (id) as (select merged_into from customers where id in ({List(people)}) and merged_into is not null union select c.merged_into from customers c join up on c.id = up.id where c.merged_into is not null) select id from up";

    private static string List(IEnumerable<long> numbers) => string.Join(',', numbers.Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    /// <summary>What was found.</summary>
    public sealed record Found(IReadOnlyList<CaseHit> Cases, IReadOnlyList<CustomerHit> Customers);

    /// <summary>A case.</summary>
    public sealed class CaseHit
    {
        public long Number { get; init; }
        public string Subject { get; init; } = "";
        public string Preview { get; init; } = "";
        public string Customer { get; init; } = "";
        public string? Owner { get; init; }
        public int Stage { get; init; }
        public int Kind { get; init; }
        public int? CloseReason { get; init; }
        public long LastMessageAt { get; init; }

        /// <summary>The message that matched; <c>null</c> when it was the subject or the customer.</summary>
        public Text? Text { get; set; }
    }

    /// <summary>The words of a message that matched.</summary>
    public sealed class Text
    {
        public long Id { get; init; }
        public long At { get; init; }
        public string AuthorName { get; init; } = "";
        public string Words { get; init; } = "";
    }

    /// <summary>A customer.</summary>
    public sealed class CustomerHit
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public long? MergedInto { get; init; }
        public string? Place { get; init; }
        public string? Address { get; init; }
    }

    private sealed class Entry
    {
        public long CaseNumber { get; init; }
        public long Ref { get; init; }
    }
}
