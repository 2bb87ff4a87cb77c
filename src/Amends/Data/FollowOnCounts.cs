using System.Data.Common;
using System.Globalization;
using Amends.Data.Rollups;
using Amends.Domain.Statistics;
using Dapper;

namespace Amends.Data;

/// <summary>What followed good ends, over some days: letters of thanks, friends who came with a code, and orders that came after.</summary>
/// <param name="Days">How many days.</param>
/// <param name="Letters">Letters that went.</param>
/// <param name="AskedForReview">Of these, with a request for a recommendation.</param>
/// <param name="WithCode">Of these, with a code for a friend.</param>
/// <param name="WantNone">Customers who said no to more of them.</param>
/// <param name="Referrals">Customers who came with a code.</param>
/// <param name="ReferralOrders">Orders of all who ever came with a code, placed in these days.</param>
/// <param name="AfterYes">Of the complaints that ended with the customer's yes, those whose customer ordered again afterwards.</param>
/// <param name="AfterOther">The same of the complaints that ended otherwise.</param>
/// <param name="Newest">The newest letters.</param>
public sealed record FollowOnCounts(int Days, int Letters, int AskedForReview, int WithCode, int WantNone, int Referrals, int ReferralOrders, Proportion AfterYes, Proportion AfterOther, IReadOnlyList<FollowOnCounts.Sent> Newest)
{
    private const int Shown = 20;

    /// <summary>Counts.</summary>
    /// <param name="database">Where.</param>
    /// <param name="days">How many days until now.</param>
    /// <param name="now">Now.</param>
    /// <param name="ct">The request's end.</param>
    public static Task<FollowOnCounts> Read(Database database, int days, DateTimeOffset now, CancellationToken ct) => database.Read(async connection =>
    {
        var span = new { from = now.AddDays(-days).ToUnixTimeMilliseconds(), now = now.ToUnixTimeMilliseconds(), Shown };
        using var all = await connection.QueryMultipleAsync(
            $"""
            select count(*) as letters, coalesce(sum(asks_review), 0) as asked_for_review, count(code) as with_code from follow_ons where sent_at >= @from and sent_at <= @now;
            {FollowOnDesk.Came} select (select count(*) from customers where letters_off_at >= @from and letters_off_at <= @now) as want_none,
                (select count(*) from came where at >= @from and at <= @now) as referrals,
                (select cast(coalesce(sum((select count(*) from orders o where o.customer_id = r.customer_id and o.placed_at >= @from and o.placed_at <= @now)), 0) as bigint) from came r) as referral_orders;
            {FollowOnDesk.Came} select f.case_number, u.name as customer, f.sent_at, f.asks_review, f.code, coalesce(n.came, 0) as came
            from follow_ons f join cases k on k.number = f.case_number join customers u on u.id = k.customer_id left join (select r.follow_on_id, count(*) as came from came r group by r.follow_on_id) n on n.follow_on_id = f.id
            where f.sent_at >= @from and f.sent_at <= @now order by f.sent_at desc, f.id desc limit @Shown
            """, span);
        var letters = await all.ReadSingleAsync<LetterRow>();
        var came = await all.ReadSingleAsync<CameRow>();
        var newest = (await all.ReadAsync<Sent>()).AsList();
        var (yes, other) = await Again(connection, database, span.from, span.now);
        return new FollowOnCounts(days, letters.Letters, letters.AskedForReview, letters.WithCode, came.WantNone, came.Referrals, came.ReferralOrders, yes, other, newest);
    }, ct);

    /// <summary>Who ordered again: of what is counted from what is kept of each, of what is not yet from the cases and orders.</summary>
    private static async Task<(Proportion Yes, Proportion Other)> Again(DbConnection connection, Database database, long from, long now)
    {
        var uncounted = await Uncounted.Read(connection, database);
        var values = new { from, now, customers = uncounted.Customers };
        var rows = new List<AgainRow>();
        if (!uncounted.IsMany)
        {
            rows.Add(await connection.QuerySingleAsync<AgainRow>(
                $"""
                select count(case when f.ended_yes = 1 then 1 end) as yes, count(case when f.ended_yes = 0 then 1 end) as other,
                    count(case when f.ended_yes = 1 and f.ordered_at is not null then 1 end) as yes_again, count(case when f.ended_yes = 0 and f.ordered_at is not null then 1 end) as other_again
                from case_facts f where f.is_complaint = 1 and f.closed_at >= @from and f.closed_at <= @now{uncounted.Without(database, "f.customer_id", "@customers")}
                """, values));
        }

        if (uncounted.IsMany || uncounted.Customers.Length > 0)
        {
            rows.Add(await connection.QuerySingleAsync<AgainRow>(
                $"""
                select count(case when c.close_reason = 1 then 1 end) as yes, count(case when c.close_reason <> 1 then 1 end) as other,
                    count(case when c.close_reason = 1 and exists (select 1 from orders o where o.customer_id = c.customer_id and o.placed_at > c.closed_at) then 1 end) as yes_again,
                    count(case when c.close_reason <> 1 and exists (select 1 from orders o where o.customer_id = c.customer_id and o.placed_at > c.closed_at) then 1 end) as other_again
                from cases c where c.kind = 1 and c.closed_at >= @from and c.closed_at <= @now{(uncounted.IsMany ? "" : $" and c.customer_id {database.Among("@customers")}")}
                """, values));
        }

        return (new(rows.Sum(row => row.YesAgain), rows.Sum(row => row.Yes)), new(rows.Sum(row => row.OtherAgain), rows.Sum(row => row.Other)));
    }

    /// <summary>The figures in words: code, words, how many, of how many; the shares are of complaints.</summary>
    public IReadOnlyList<(string Code, string Words, int Count, Proportion? Share)> Figures =>
    [
        Figure("again_after_yes", AfterYes.Hits, AfterYes), Figure("again_after_other", AfterOther.Hits, AfterOther), Figure("referrals", Referrals), Figure("referral_orders", ReferralOrders),
        Figure("letters", Letters), Figure("asked_for_review", AskedForReview), Figure("with_code", WithCode), Figure("want_none", WantNone),
    ];

    /// <summary>The words of a figure.</summary>
    /// <param name="code">Its code.</param>
    public static string WordsOf(string code) => code switch
    {
        "again_after_yes" => "Ordered again after a yes",
        "again_after_other" => "Ordered again after another end",
        "referrals" => "Came with a code",
        "referral_orders" => "Orders of all who ever came with one",
        "asked_for_review" => "With a request for a recommendation",
        "with_code" => "With a code for a friend",
        "want_none" => "Customers who said no to more",
        _ => "Letters of thanks",
    };

    private static (string Code, string Words, int Count, Proportion? Share) Figure(string code, int count, Proportion? share = null) => (code, WordsOf(code), count, share);

    /// <summary>The figures as CSV (RFC 4180). A share of fewer than ten is left out.</summary>
    public string Csv() => ReportFile.Csv(
    [
        ["figure", "name", "days", "count", "of", "share", "low", "high"],
        .. Figures.Select(figure => (IReadOnlyList<object?>)[figure.Code, figure.Words, Days, figure.Count, figure.Share?.Of, Known(figure.Share)?.Share, Known(figure.Share)?.Interval?.Low, Known(figure.Share)?.Interval?.High]),
    ]);

    /// <summary>The newest letters as CSV (RFC 4180).</summary>
    /// <param name="zone">The zone of the company's days.</param>
    public string LettersCsv(TimeZoneInfo zone) => ReportFile.Csv(
    [
        ["case", "to", "sent", "asked_for_recommendation", "code", "came_with_it"],
        .. Newest.Select(each => (IReadOnlyList<object?>)[each.CaseNumber, each.Customer, TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(each.SentAt), zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), each.AsksReview == 1 ? "yes" : "no", each.Code, each.Came]),
    ]);

    private static Proportion? Known(Proportion? share) => share is { IsFew: false } ? share : null;

    /// <summary>A letter that went.</summary>
    public sealed class Sent
    {
        /// <summary>The case.</summary>
        public long CaseNumber { get; init; }

        /// <summary>To whom.</summary>
        public string Customer { get; init; } = "";

        /// <summary>When, Unix milliseconds.</summary>
        public long SentAt { get; init; }

        /// <summary>1 when it asks for a recommendation.</summary>
        public int AsksReview { get; init; }

        /// <summary>The code for a friend; <c>null</c> without one.</summary>
        public string? Code { get; init; }

        /// <summary>How many came with it.</summary>
        public int Came { get; init; }
    }

    private sealed class LetterRow
    {
        public int Letters { get; init; }
        public int AskedForReview { get; init; }
        public int WithCode { get; init; }
    }

    private sealed class CameRow
    {
        public int WantNone { get; init; }
        public int Referrals { get; init; }
        public int ReferralOrders { get; init; }
    }

    private sealed class AgainRow
    {
        public int Yes { get; init; }
        public int Other { get; init; }
        public int YesAgain { get; init; }
        public int OtherAgain { get; init; }
    }
}
