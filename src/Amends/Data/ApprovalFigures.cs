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

    /// <summary>One tally a role of who prepared the offers, the lowest first.</summary>
    public Task<IReadOnlyList<ApprovalTally>> Read(int days, Company company, DateTimeOffset now, CancellationToken ct) => database.Read(async connection =>
    {
        var (uncounted, since, calendar) = (await Uncounted.Read(connection, database), now.AddDays(-days).ToUnixTimeMilliseconds(), company.Calendar());
        var values = new { since, cases = uncounted.Cases };
        var offers = new List<OfferDecided>();
        if (!uncounted.IsMany)
        {
            foreach (var kept in await connection.QueryAsync<string>($"select f.offers from case_facts f where f.offered_at >= @since{uncounted.Without(database, "f.case_number", "@cases")}", values))
                offers.AddRange(OfferDecided.Read(kept));
        }

        if (uncounted.IsMany || uncounted.Cases.Length > 0)
        {
            // Sorted here: an order by case would have SQLite read the whole log along the index of cases.
            var rows = await connection.QueryAsync<Row>($"select e.case_number, e.seq, e.kind, e.body from events e where e.at >= @since and {Kinds}{(uncounted.IsMany ? "" : $" and e.case_number {database.Among("@cases")}")}", values);
            foreach (var log in rows.GroupBy(row => row.CaseNumber))
                offers.AddRange(OfferDecided.Of(log.OrderBy(row => row.Seq).Select(row => CaseJson.Event(row.Kind, row.Body)), calendar));
        }

        return ApprovalTally.Of(offers.Where(offer => offer.PreparedAt.ToUnixTimeMilliseconds() >= since));
    }, ct);

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
