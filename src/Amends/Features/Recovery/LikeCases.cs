using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Statistics;
using Dapper;

namespace Amends.Features.Recovery;

/// <summary>What others got for the like: complaints of the same category of a year for which something was chosen.</summary>
/// <param name="Category">Its words.</param>
/// <param name="Spread">What they were worth, minor units.</param>
/// <param name="Newest">Some of them: of the same severity first, the newest first.</param>
public sealed record LikeCases(string Category, Spread Spread, IReadOnlyList<LikeCases.Other> Newest)
{
    private const int Most = 500, Shown = 6;

    /// <summary>The cases like this one; <c>null</c> when it has no category, or there are none.</summary>
    public static Task<LikeCases?> Of(Database database, CasePage page, CancellationToken ct) => database.Read(async connection =>
    {
        if (page.State.Category?.Code is not { } category)
            return null;
        var rows = (await connection.QueryAsync<Row>(
            """
            select c.number, c.subject, c.severity, c.opened_at, c.close_reason, (select coalesce(sum(g.minor), 0) from money_given g where g.case_number = c.number and g.chosen = 1 and g.currency = @Currency) as minor
            from cases c where c.category = @category and c.opened_at > @since and c.number <> @Number and c.kind = @complaint and c.stage >= @chosen
                and exists (select 1 from events e where e.case_number = c.number and e.kind = 'option_chosen')
            order by c.opened_at desc limit @Most
            """,
            new { page.Company.Currency, category, since = page.Now.AddDays(-365).ToUnixTimeMilliseconds(), page.Number, complaint = (int)CaseKind.Complaint, chosen = (int)CaseStage.Delivering, Most })).AsList();
        return Spread.Of(rows.Select(row => row.Minor)) is not { } spread ? null : new LikeCases(page.Company.Content.Categories.WordsOf(category) ?? category, spread,
            [.. rows.OrderBy(row => row.Severity == (int)page.State.Severity ? 0 : 1).ThenByDescending(row => row.OpenedAt).Take(Shown)
                .Select(row => new Other(row.Number, row.Subject, new Money(row.Minor, page.Company.Currency), DateTimeOffset.FromUnixTimeMilliseconds(row.OpenedAt), (CloseReason?)row.CloseReason))]);
    }, ct);

    /// <summary>One of them.</summary>
    /// <param name="Number">The case.</param>
    /// <param name="Subject">Its subject.</param>
    /// <param name="Value">What was chosen is worth.</param>
    /// <param name="OpenedAt">When it came.</param>
    /// <param name="Ended">How it ended; <c>null</c> while it is open.</param>
    public sealed record Other(long Number, string Subject, Money Value, DateTimeOffset OpenedAt, CloseReason? Ended);

    private sealed class Row
    {
        public long Number { get; init; }
        public string Subject { get; init; } = "";
        public int Severity { get; init; }
        public long OpenedAt { get; init; }
        public int? CloseReason { get; init; }
        public long Minor { get; init; }
    }
}
