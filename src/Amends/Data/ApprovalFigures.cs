using System.Data.Common;
using Amends.Data.Rollups;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Dapper;

namespace Amends.Data;

/// <summary>Counts how offers with money were decided: without a second person, with one, and how long that took.</summary>
public sealed class ApprovalFigures(Database database)
{
    /// <summary>The stretches of time that can be chosen, in days, the usual one first.</summary>
    public static IReadOnlyList<int> Choices { get; } = [90, 30, 365];

    private const string Kinds = "e.kind in ('approval_asked', 'offer_approved', 'offer_refused', 'offer_sent', 'offer_prepared', 'decision_added')";

    /// <summary>One of <see cref="Choices"/>; the usual one for anything else.</summary>
    public static int DaysOf(int? asked) => asked is { } days && Choices.Contains(days) ? days : Choices[0];

    /// <summary>So many cases behind a figure are shown at most.</summary>
    public const int MostCases = 100;

    /// <summary>One tally a role of who prepared the offers, the lowest first.</summary>
    public Task<IReadOnlyList<ApprovalTally>> Read(int days, Company company, DateTimeOffset now, CancellationToken ct) =>
        database.Read(async connection => ApprovalTally.Of((await Offers(connection, days, company, now)).Select(each => each.Offer)), ct);

    /// <summary>The cases behind a figure, by the newest of their offers that it counts; one more than <see cref="MostCases"/> when there are more.</summary>
    /// <param name="days">Of how many days.</param>
    /// <param name="role">Of whose offers.</param>
    /// <param name="count">Which of them.</param>
    /// <param name="company">For its open hours.</param>
    /// <param name="now">Now.</param>
    /// <param name="ct">The request's end.</param>
    public Task<IReadOnlyList<ApprovalCase>> Cases(int days, Role role, ApprovalCount count, Company company, DateTimeOffset now, CancellationToken ct) => database.Read(async connection =>
    {
        var newest = (await Offers(connection, days, company, now)).Where(each => each.Offer.Role == role && Counts(each.Offer, count)).GroupBy(each => each.Number, each => each.Offer.PreparedAt)
            .Select(each => (Number: each.Key, At: each.Max())).OrderByDescending(each => each.At).ThenByDescending(each => each.Number).Take(MostCases + 1).ToList();
        if (newest.Count == 0)
            return [];
        var numbers = newest.Select(each => each.Number).ToArray();
        var rows = (await connection.QueryAsync<(long Number, string Subject, string Customer)>($"select c.number, c.subject, u.name from cases c join customers u on u.id = c.customer_id where c.number {database.Among("@numbers")}", new { numbers })).ToDictionary(row => row.Number);
        return (IReadOnlyList<ApprovalCase>)[.. newest.Where(each => rows.ContainsKey(each.Number)).Select(each => new ApprovalCase(each.Number, rows[each.Number].Subject, rows[each.Number].Customer, each.At))];
    }, ct);

    private static bool Counts(OfferDecided offer, ApprovalCount count) => count switch
    {
        ApprovalCount.Sent => offer.IsSent,
        ApprovalCount.Alone => offer is { IsSent: true, IsAsked: false },
        ApprovalCount.Asked => offer.IsAsked,
        _ => offer is { IsAsked: true, IsAgreed: true },
    };

    private async Task<List<(long Number, OfferDecided Offer)>> Offers(DbConnection connection, int days, Company company, DateTimeOffset now)
    {
        var (uncounted, since, calendar) = (await Uncounted.Read(connection, database), now.AddDays(-days).ToUnixTimeMilliseconds(), company.Calendar());
        var values = new { since, cases = uncounted.Cases };
        var offers = new List<(long Number, OfferDecided Offer)>();
        if (!uncounted.IsMany)
        {
            foreach (var (number, kept) in await connection.QueryAsync<(long, string)>($"select f.case_number, f.offers from case_facts f where f.offered_at >= @since{uncounted.Without(database, "f.case_number", "@cases")}", values))
                offers.AddRange(OfferDecided.Read(kept).Select(offer => (number, offer)));
        }

        if (uncounted.IsMany || uncounted.Cases.Length > 0)
        {
            // Sorted here: an order by case would have SQLite read the whole log along the index of cases.
            var rows = await connection.QueryAsync<Row>($"select e.case_number, e.seq, e.kind, e.body from events e where e.at >= @since and {Kinds}{(uncounted.IsMany ? "" : $" and e.case_number {database.Among("@cases")}")}", values);
            foreach (var log in rows.GroupBy(row => row.CaseNumber))
                offers.AddRange(OfferDecided.Of(log.OrderBy(row => row.Seq).Select(row => CaseJson.Event(row.Kind, row.Body)), calendar).Select(offer => (log.Key, offer)));
        }

        return [.. offers.Where(each => each.Offer.PreparedAt.ToUnixTimeMilliseconds() >= since)];
    }

    /// <summary>The tallies as CSV (RFC 4180), a line each: waiting is minutes of open hours, the middle one.</summary>
    public static string Csv(IEnumerable<ApprovalTally> tallies) => ReportFile.Csv(
    [
        ["role", "sent", "without_asking", "asked", "agreed_as_it_was", "answered", "waited_minutes"],
        .. tallies.Select(each => (IReadOnlyList<object?>)[each.Role.ToString().ToLowerInvariant(), each.Sent, each.WithoutApproval, each.Asked, each.Unchanged, each.Waits.Count, each.MedianWait is { } wait ? Math.Round(wait.TotalMinutes) : null]),
    ]);

    private sealed class Row
    {
        public long CaseNumber { get; init; }
        public int Seq { get; init; }
        public string Kind { get; init; } = "";
        public string Body { get; init; } = "";
    }
}

/// <summary>What of the offers of a role is counted.</summary>
public enum ApprovalCount
{
    /// <summary>They went to their customer.</summary>
    Sent = 1,

    /// <summary>They went without anybody having to be asked.</summary>
    Alone,

    /// <summary>Somebody else was asked.</summary>
    Asked,

    /// <summary>Asked, and agreed to as they were.</summary>
    Agreed,
}

/// <summary>A case behind such a count.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Customer">Whose it is.</param>
/// <param name="PreparedAt">When the newest of its offers that are counted was prepared.</param>
public sealed record ApprovalCase(long Number, string Subject, string Customer, DateTimeOffset PreparedAt);
