using Amends.Data.Rollups;
using Amends.Domain.Calendars;
using Dapper;

namespace Amends.Data;

/// <summary>The cases behind the figures of <see cref="FollowOnCounts"/>.</summary>
public static class FollowOnCases
{
    /// <summary>Finds them, the newest first.</summary>
    /// <param name="database">Where.</param>
    /// <param name="figure">Code of a figure, as in <see cref="FollowOnCounts.Figures"/>.</param>
    /// <param name="days">Of how many days until now.</param>
    /// <param name="now">Now.</param>
    /// <param name="zone">The zone of the company's days.</param>
    /// <param name="ct">The request's end.</param>
    /// <returns>No more than <see cref="CountedCases.Most"/> and one; <c>null</c> when there is no such figure.</returns>
    public static async Task<IReadOnlyList<CountedCases.Found>?> Read(Database database, string figure, int days, DateTimeOffset now, TimeZoneInfo zone, CancellationToken ct) => Sql(figure) is not { } sql ? null : await database.Read(async connection =>
        await CountedCases.Named(connection, database, (await connection.QueryAsync<Row>(new CommandDefinition(sql + " limit @Most", new { from = now.AddDays(-days).ToUnixTimeMilliseconds(), now = now.ToUnixTimeMilliseconds(), Most = CountedCases.Most + 1 }, cancellationToken: ct)))
            .Select(row => (row.Number, LocalDay.Of(DateTimeOffset.FromUnixTimeMilliseconds(row.At), zone), Note(figure, row, zone)))), ct);

    /// <summary>What the list says of each case beside it.</summary>
    public static string NoteOf(string figure) => figure switch
    {
        "again_after_yes" or "again_after_other" => "Ordered again",
        "referrals" => "Came with its code",
        "referral_orders" => "Orders",
        _ => "Code",
    };

    private static string? Sql(string figure) => figure switch
    {
        "again_after_yes" => Again("= 1"),
        "again_after_other" => Again("<> 1"),
        "letters" => Letters(""),
        "asked_for_review" => Letters(" and f.asks_review = 1"),
        "with_code" => Letters(" and f.code is not null"),
        "referrals" => $"{FollowOnDesk.Came} select f.case_number as number, max(n.at) as at, count(*) as n from came n join follow_ons f on f.id = n.follow_on_id where n.at >= @from and n.at <= @now group by f.case_number order by at desc, number desc",
        "referral_orders" =>
            $"""
            {FollowOnDesk.Came} select f.case_number as number, max(o.placed_at) as at, count(*) as n from came n join follow_ons f on f.id = n.follow_on_id join orders o on o.customer_id = n.customer_id
            where o.placed_at >= @from and o.placed_at <= @now group by f.case_number order by at desc, number desc
            """,
        // of those who said no, the case of their last letter before, or else their last case
        "want_none" =>
            """
            with recursive off (id, at) as (
                select c.id, c.letters_off_at from customers c where c.letters_off_at >= @from and c.letters_off_at <= @now
                union all select c.merged_into, off.at from off join customers c on c.id = off.id where c.merged_into is not null)
            select coalesce(max(case when exists (select 1 from follow_ons f where f.case_number = k.number) then k.number end), max(k.number)) as number, off.at
            from off join cases k on k.customer_id = off.id group by off.id, off.at order by at desc, number desc
            """,
        _ => null,
    };

    private static string Again(string reason) =>
        $"""
        select c.number, c.closed_at as at, (select min(o.placed_at) from orders o where o.customer_id = c.customer_id and o.placed_at > c.closed_at) as ordered_at
        from cases c where c.kind = 1 and c.closed_at >= @from and c.closed_at <= @now and c.close_reason {reason} and exists (select 1 from orders o where o.customer_id = c.customer_id and o.placed_at > c.closed_at)
        order by c.closed_at desc, c.number desc
        """;

    private static string Letters(string which) => $"select f.case_number as number, f.sent_at as at, f.code from follow_ons f where f.sent_at >= @from and f.sent_at <= @now{which} order by f.sent_at desc, f.id desc";

    private static string? Note(string figure, Row row, TimeZoneInfo zone) => figure switch
    {
        "again_after_yes" or "again_after_other" => LocalDay.Of(DateTimeOffset.FromUnixTimeMilliseconds(row.OrderedAt!.Value), zone).ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture),
        "referrals" => Domain.Texts.Count((int)row.N, "customer"),
        "referral_orders" => Domain.Texts.Count((int)row.N, "order"),
        _ => row.Code,
    };

    private sealed class Row
    {
        public long Number { get; init; }
        public long At { get; init; }
        public long? OrderedAt { get; init; }
        public long N { get; init; }
        public string? Code { get; init; }
    }
}
