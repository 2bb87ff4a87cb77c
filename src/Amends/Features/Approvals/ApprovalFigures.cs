using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Dapper;

namespace Amends.Features.Approvals;

/// <summary>Counts how offers with money were decided: without a second person, with one, and how long that took.</summary>
public sealed class ApprovalFigures(Database database)
{
    private const int MostEvents = 100_000;

    /// <summary>One tally a role of who prepared the offers, the lowest first.</summary>
    public async Task<IReadOnlyList<ApprovalTally>> Read(int days, Company company, DateTimeOffset now, CancellationToken ct)
    {
        var rows = await database.Read(connection => connection.QueryAsync<Row>(
            "select case_number, kind, body from events where at >= @since and kind in ('approval_asked', 'offer_approved', 'offer_refused', 'offer_sent', 'offer_prepared', 'decision_added') order by case_number, seq limit @MostEvents",
            new { since = now.AddDays(-days).ToUnixTimeMilliseconds(), MostEvents }), ct);
        var offers = new Dictionary<(long Case, int Offer), Story>();
        foreach (var row in rows)
        {
            switch (CaseJson.Event(row.Kind, row.Body))
            {
                case OfferPrepared e when e.Options.Any(option => option.Value.Minor > 0):
                    offers[(row.CaseNumber, e.Id)] = new Story(e.Under ?? e.By.Role);
                    break;
                case ApprovalAsked e when offers.TryGetValue((row.CaseNumber, e.Id), out var story):
                    story.AskedAt ??= e.At;
                    break;
                case OfferApproved e when offers.TryGetValue((row.CaseNumber, e.Id), out var story):
                    (story.AnsweredAt, story.Agreed) = (story.AnsweredAt ?? e.At, true);
                    break;
                case OfferRefused e when offers.TryGetValue((row.CaseNumber, e.Id), out var story):
                    story.AnsweredAt ??= e.At;
                    break;
                case OfferSent e when offers.TryGetValue((row.CaseNumber, e.Id), out var story):
                    story.IsSent = true;
                    break;
                case DecisionAdded e when offers.TryGetValue((row.CaseNumber, e.OfferId), out var story):
                    story.IsSent = true;
                    break;
            }
        }

        var calendar = company.Calendar();
        return [.. offers.Values.GroupBy(story => story.Role).OrderBy(group => group.Key).Select(group => new ApprovalTally(
            group.Key, group.Count(story => story.IsSent), group.Count(story => story.AskedAt is not null), group.Count(story => story is { AskedAt: not null, Agreed: true }),
            [.. group.Where(story => story is { AskedAt: not null, AnsweredAt: not null }).Select(story => calendar.Between(story.AskedAt!.Value, story.AnsweredAt!.Value))])
        {
            AskedAndSent = group.Count(story => story is { AskedAt: not null, IsSent: true }),
        })];
    }

    private sealed class Story(Role role)
    {
        public Role Role => role;
        public DateTimeOffset? AskedAt { get; set; }
        public DateTimeOffset? AnsweredAt { get; set; }
        public bool Agreed { get; set; }
        public bool IsSent { get; set; }
    }

    private sealed class Row
    {
        public long CaseNumber { get; init; }
        public string Kind { get; init; } = "";
        public string Body { get; init; } = "";
    }
}
