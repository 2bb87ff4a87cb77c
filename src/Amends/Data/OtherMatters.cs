using System.Data.Common;
using System.Globalization;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Listening.Drafts;
using Dapper;

namespace Amends.Data;

/// <summary>
/// Other cases that a case may be told by: open ones that may be the same matter, and those like it that the customer said were put right. At
/// most a few dozen are compared: of the customer, of the order, of the category, and those that the search finds by the telling words.
/// </summary>
public sealed class OtherMatters(Database database)
{
    private const int MostOpen = 60, MostPast = 80, MostEntries = 200, MostShown = 5, TellingWords = 6, MostNumbers = 10, ShortestNumber = 4;

    private static readonly TimeSpan OpenedWithin = TimeSpan.FromDays(45);

    /// <summary>Both.</summary>
    /// <param name="number">The case.</param>
    /// <param name="state">As it stands.</param>
    /// <param name="text">Its own words.</param>
    /// <param name="category">Its category, or what it looks like.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<(IReadOnlyList<DuplicateFound> Duplicates, IReadOnlyList<SimilarFound> Similar)> Of(long number, CaseState state, string text, string? category, CancellationToken ct = default)
    {
        var alike = state.IsOpen ? await LikelyDuplicates.Find(database, state.CustomerId, ct) : [];
        var (matching, match) = SearchIndex.AnyOf(database, Likeness.Telling(text, TellingWords, ListeningFiles.Words), MostEntries);
        return await database.Read(async connection =>
        {
            var order = await connection.QuerySingleAsync<OrderRow>("select c.order_id, o.number, o.product from cases c left join orders o on o.id = c.order_id where c.number = @number", new { number });
            var found = (await connection.QueryAsync<long>(matching, new { match })).Where(other => other != number && other > 0).Distinct().ToList();
            return (state.IsOpen ? await Duplicates(connection, number, state, text, order, found, alike) : [], await Similar(connection, number, state, text, category, order.Product ?? "", found));
        }, ct);
    }

    private async Task<IReadOnlyList<DuplicateFound>> Duplicates(DbConnection connection, long number, CaseState state, string text, OrderRow order, List<long> found, IReadOnlyList<LikelyDuplicates.Pair> alike)
    {
        var keys = SaidWord.In(text).Where(word => word.HasDigit && word.Lower.Length >= ShortestNumber).Select(word => Customers.KeyOf(word.Lower)).Distinct().Take(MostNumbers).ToList();
        var named = keys.Count == 0 ? [] : (await connection.QueryAsync<long>(
            $"select id from orders where number_key in ({string.Join(", ", keys.Select((_, at) => $"@k{at}"))})", Values(keys))).ToHashSet();
        var (naming, match) = SearchIndex.AnyOf(database, order.Number is { Length: >= ShortestNumber } own ? [own] : [], MostEntries);
        var sayIt = order.Number is null ? [] : (await connection.QueryAsync<long>(naming, new { match })).ToHashSet();
        var people = alike.Select(pair => pair.OtherId).Distinct().Take(8).ToList();
        var rows = (await connection.QueryAsync<CaseRow>(
            $"""
            select c.number, c.customer_id, c.order_id, c.opened_at, c.state from cases c where c.closed_at is null and c.number <> @number and c.number in (
                select number from (select k.number from cases k where k.customer_id in ({List([state.CustomerId, .. people])}) order by k.opened_at desc limit {MostOpen}) a
                union select number from (select k.number from cases k where k.order_id in ({List([order.OrderId ?? -1, .. named])}) order by k.number desc limit {MostOpen}) b
                union select k.number from cases k where k.number in ({List([.. found.Concat(sayIt).Take(MostEntries)])}) and k.opened_at > @since
            ) order by c.number desc limit {MostOpen}
            """, new { number, since = state.OpenedAt.Subtract(OpenedWithin).ToUnixTimeMilliseconds() })).AsList();
        var cases = rows.Select(row => (row, state: CaseJson.State(row.State))).ToList();
        var digits = order.Number is { } wanted ? Texts.Words(wanted).Select(word => word.ToLowerInvariant()).ToList() : [];
        var likely = LikelyDuplicate.Among(text, state.OpenedAt, [.. cases.Select(each => new OtherOpenCase(each.row.Number, ListeningDesk.TextOf(each.state), each.state.OpenedAt, each.row.CustomerId == state.CustomerId,
            alike.FirstOrDefault(pair => pair.OtherId == each.row.CustomerId)?.Why, order.OrderId is { } mine && each.row.OrderId == mine,
            (each.row.OrderId is { } theirs && theirs != order.OrderId && named.Contains(theirs)) || (sayIt.Contains(each.row.Number) && each.row.OrderId != order.OrderId && Says(ListeningDesk.TextOf(each.state), digits))))], ListeningFiles.Words);
        return [.. likely.Select(each => new DuplicateFound(each, cases.First(other => other.row.Number == each.Case.Number).state))];
    }

    /// <summary>Whether a text has the pieces of a number one after the other.</summary>
    private static bool Says(string text, List<string> pieces)
    {
        var words = Texts.Words(text).Select(word => word.ToLowerInvariant()).ToList();
        return pieces.Count > 0 && Enumerable.Range(0, Math.Max(0, words.Count - pieces.Count + 1)).Any(at => pieces.SequenceEqual(words.Skip(at).Take(pieces.Count)));
    }

    private static async Task<IReadOnlyList<SimilarFound>> Similar(DbConnection connection, long number, CaseState state, string text, string? category, string product, List<long> found)
    {
        if (state.Kind != CaseKind.Complaint)
            return [];
        var rows = (await connection.QueryAsync<CaseRow>(
            $"""
            select c.number, c.state, o.product from cases c left join orders o on o.id = c.order_id where c.kind = 1 and c.close_reason = {(int)CloseReason.Confirmed} and c.number <> @number and c.number in (
                select number from (select k.number from cases k where k.category = @category and k.close_reason = {(int)CloseReason.Confirmed} order by k.opened_at desc limit {MostPast / 2}) a
                union select number from (select k.number from cases k where k.number in ({List(found)}) and k.close_reason = {(int)CloseReason.Confirmed} order by k.number desc limit {MostPast / 2}) b
            ) order by c.number desc
            """, new { number, category = category ?? "" })).AsList();
        var cases = rows.ToDictionary(row => row.Number, row => (State: CaseJson.State(row.State), row.Product));
        return [.. SimilarCase.Among(text, category, product, [.. cases.Select(each => new PastCase(each.Key, ListeningDesk.TextOf(each.Value.State), each.Value.State.Category?.Code, each.Value.Product ?? ""))], ListeningFiles.Words, MostShown)
            .Select(each => SimilarFound.Of(each, cases[each.Number].State))];
    }

    private static DynamicParameters Values(List<string> keys)
    {
        DynamicParameters values = new();
        for (var at = 0; at < keys.Count; at++)
            values.Add($"k{at}", keys[at]);
        return values;
    }

    private static string List(IReadOnlyCollection<long> numbers) => numbers.Count == 0 ? "-1" : string.Join(',', numbers.Select(each => each.ToString(CultureInfo.InvariantCulture)));

    private sealed class OrderRow
    {
        public long? OrderId { get; init; }
        public string? Number { get; init; }
        public string? Product { get; init; }
    }

    private sealed class CaseRow
    {
        public long Number { get; init; }
        public long CustomerId { get; init; }
        public long? OrderId { get; init; }
        public long OpenedAt { get; init; }
        public string State { get; init; } = "";
        public string? Product { get; init; }
    }
}

/// <summary>An open case that may be the same matter.</summary>
/// <param name="Likely">Why.</param>
/// <param name="State">The other case.</param>
public sealed record DuplicateFound(LikelyDuplicate Likely, CaseState State);

/// <summary>A case like it, with what worked.</summary>
/// <param name="Like">How like.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Category">Its category.</param>
/// <param name="ClosedAt">When it ended.</param>
/// <param name="Worked">What was done, in words for the customer.</param>
/// <param name="Worth">What that was worth; <c>null</c> when it was no money, or of several currencies.</param>
/// <param name="Answer">What the customer answered.</param>
/// <param name="Score">1 to 5, when given.</param>
/// <param name="Words">Their words with it.</param>
public sealed record SimilarFound(SimilarCase Like, string Subject, string? Category, DateTimeOffset? ClosedAt, IReadOnlyList<string> Worked, Money? Worth, CheckBackAnswer? Answer, int? Score, string? Words)
{
    internal static SimilarFound Of(SimilarCase like, CaseState state)
    {
        var done = state.Remedies.Where(remedy => remedy is { DoneAt: not null, ReplacedAt: null }).ToList();
        var worth = done.Count > 0 && done.All(remedy => remedy.Value.Currency == done[0].Value.Currency) ? done.Select(remedy => remedy.Value).Aggregate((left, right) => left + right) : (Money?)null;
        return new(like, state.Subject, state.Category?.Code, state.ClosedAt, [.. done.Select(remedy => remedy.What)], worth is { Minor: > 0 } ? worth : null, state.CheckBack?.Answer, state.CheckBack?.Score, state.CheckBack?.Words);
    }
}
