using Amends.Domain.Cases;
using Amends.Domain.Statistics;
using Dapper;

namespace Amends.Data;

/// <summary>What leads found when they looked again, over some days: of each way in which something ends unasked, how many should not have ended so.</summary>
/// <param name="Days">How many days.</param>
/// <param name="Groups">Code, words, and how many of those looked at were wrong.</param>
/// <param name="Cases">Cases that wait for a lead.</param>
/// <param name="Mails">Mails that wait for a lead.</param>
public sealed record SampleCounts(int Days, IReadOnlyList<(string Code, string Words, Proportion Wrong)> Groups, IReadOnlyList<SampleCounts.WaitingCase> Cases, IReadOnlyList<SampleCounts.WaitingMail> Mails)
{
    private const int Shown = 100;
    private static readonly (CloseReason Reason, string Code, string Words)[] Ends =
        [(CloseReason.Answered, "answered", "Answered plainly"), (CloseReason.Withdrawn, "withdrawn", "Taken back"), (CloseReason.Duplicate, "duplicate", "Duplicate"), (CloseReason.OutOfScope, "out_of_scope", "Not ours")];

    /// <summary>A reason in words.</summary>
    public static string WordsOf(CloseReason reason) => Ends.FirstOrDefault(each => each.Reason == reason).Words ?? "Closed";

    /// <summary>All groups together.</summary>
    public Proportion Wrong => new(Groups.Sum(each => each.Wrong.Hits), Groups.Sum(each => each.Wrong.Of));

    /// <summary>Counts.</summary>
    /// <param name="database">Where.</param>
    /// <param name="days">How many days until now.</param>
    /// <param name="now">Now.</param>
    /// <param name="ct">The request's end.</param>
    public static Task<SampleCounts> Read(Database database, int days, DateTimeOffset now, CancellationToken ct) => database.Read(async connection =>
    {
        using var all = await connection.QueryMultipleAsync(
            """
            select kind, body from events where kind in ('check_back_answered', 'case_closed', 'second_look_taken') and kind = 'second_look_taken' and at >= @from and at <= @now;
            select count(*) as looked, count(case when second_look = 3 then 1 end) as wrong from intake where looked_at is not null and looked_at >= @from and looked_at <= @now;
            select c.number, c.subject, u.name as customer, c.close_reason, c.closed_at from cases c join customers u on u.id = c.customer_id where c.second_look = 1 and c.closed_at is not null order by c.closed_at desc, c.number desc limit @Shown;
            select id, reason, received_at, done_at, done_by from intake where second_look = 1 order by id desc limit @Shown
            """, new { from = now.AddDays(-days).ToUnixTimeMilliseconds(), now = now.ToUnixTimeMilliseconds(), Shown });
        var taken = (await all.ReadAsync<EventRow>()).Select(row => (SecondLookTaken)CaseJson.Event(row.Kind, row.Body)).ToList();
        var mails = await all.ReadSingleAsync<MailRow>();
        return new SampleCounts(days,
            [
                .. Ends.Select(each => (each.Code, each.Words, new Proportion(taken.Count(look => look.Reason == each.Reason && look.IsComplaint), taken.Count(look => look.Reason == each.Reason)))),
                ("mail", "Mail that was left out", new Proportion(mails.Wrong, mails.Looked)),
            ],
            (await all.ReadAsync<WaitingCase>()).AsList(), (await all.ReadAsync<WaitingMail>()).AsList());
    }, ct);

    /// <summary>A case that waits for a lead.</summary>
    public sealed class WaitingCase
    {
        /// <summary>Its number.</summary>
        public long Number { get; init; }

        /// <summary>Its subject.</summary>
        public string Subject { get; init; } = "";

        /// <summary>Whose.</summary>
        public string Customer { get; init; } = "";

        /// <summary>Why it ended, as a number of <see cref="Domain.Cases.CloseReason"/>.</summary>
        public int CloseReason { get; init; }

        /// <summary>When, Unix milliseconds.</summary>
        public long ClosedAt { get; init; }
    }

    /// <summary>A mail that waits for a lead.</summary>
    public sealed class WaitingMail
    {
        /// <summary>Its place in the ledger.</summary>
        public long Id { get; init; }

        /// <summary>Why it was left out.</summary>
        public string? Reason { get; init; }

        /// <summary>When it came, and when it was left out; Unix milliseconds.</summary>
        public long ReceivedAt { get; init; }
        public long? DoneAt { get; init; }

        /// <summary>By whom.</summary>
        public string? DoneBy { get; init; }
    }

    private sealed class EventRow
    {
        public string Kind { get; init; } = "";
        public string Body { get; init; } = "";
    }

    private sealed class MailRow
    {
        public int Looked { get; init; }
        public int Wrong { get; init; }
    }
}
