using System.Data.Common;
using Amends.Data;
using Dapper;

namespace Amends.Channels.Email;

/// <summary>
/// What became of every mail of one mailbox: what was seen is in a case, left out for a reason, waiting, or in quarantine.
/// The parts are counted each by itself, so that a mail in a state that nobody knows shows as a sum that does not hold.
/// </summary>
/// <param name="Stored">All entries of the ledger.</param>
/// <param name="NotStored">Mails on the server that are not in the ledger, at the last comparison.</param>
/// <param name="Imported">In a case.</param>
/// <param name="Quarantined">People decide.</param>
/// <param name="Waiting">Stored and not read yet.</param>
/// <param name="Ignored">Stored and in no case, by reason, the most frequent first.</param>
/// <param name="Passed">Left on the server on purpose, by reason.</param>
/// <param name="WaitsSince">When the oldest that waits reached us, Unix milliseconds; null when none waits.</param>
/// <param name="Newest">When the newest mail reached its server or our listener, Unix milliseconds; null when there is none.</param>
/// <param name="NewestTook">Milliseconds from storing the newest read mail to its case; null when there is none.</param>
public sealed record MailboxAccount(long Stored, long NotStored, long Imported, long Quarantined, long Waiting, IReadOnlyList<IgnoredMails> Ignored, IReadOnlyList<IgnoredMails> Passed, long? WaitsSince, long? Newest, long? NewestTook)
{
    /// <summary>A mail that is read and became a message of a case, in SQL. Others are news about a mail of ours, or one of ours that came back.</summary>
    internal const string InCase = "i.state = 2 and i.case_number is not null and (i.reason is null or i.done_by is not null)";

    /// <summary>A mail that became no message, and nobody has to see to it, in SQL.</summary>
    internal const string IsLeftOut = $"(i.state in (4, 5) or (i.state = 2 and not ({InCase})))";

    /// <summary>All mails that this mailbox has had, as far as we know.</summary>
    public long Seen => Stored + Passed.Sum(each => each.Mails) + NotStored;

    /// <summary>Those in no case, for a reason.</summary>
    public long LeftOut => Ignored.Concat(Passed).Sum(each => each.Mails);

    /// <summary>Whether every mail is accounted for.</summary>
    public bool AddsUp => NotStored == 0 && Stored == Imported + Quarantined + Waiting + Ignored.Sum(each => each.Mails);

    /// <summary>Our own listener, as it stands beside the mailboxes that are fetched; its mails carry the mailbox 0.</summary>
    public static Mailbox Listener { get; } = new() { Name = "Our own listener" };

    /// <summary>Every way in that mails are told apart by, our own listener first, each with its account.</summary>
    public static async Task<IReadOnlyList<(Mailbox Box, MailboxAccount Account)>> All(Database database, Mailboxes mailboxes, CancellationToken ct)
    {
        var accounts = new List<(Mailbox, MailboxAccount)>();
        foreach (var box in (await mailboxes.All(ct)).Where(box => box.Host is not null).Prepend(Listener))
            accounts.Add((box, await Of(database, box.Id, ct)));
        return accounts;
    }

    /// <summary>Counts.</summary>
    /// <param name="database">Where the ledger is.</param>
    /// <param name="mailbox">The mailbox; 0 for our own listener.</param>
    /// <param name="ct">Ends the waiting.</param>
    public static Task<MailboxAccount> Of(Database database, long mailbox, CancellationToken ct) => database.Read(connection => Of(connection, mailbox), ct);

    private static async Task<MailboxAccount> Of(DbConnection connection, long mailbox)
    {
        var sums = await connection.QuerySingleAsync<Sums>(
            $"""
            select count(*) as stored, coalesce(sum(case when {InCase} then 1 else 0 end), 0) as imported, coalesce(sum(case when i.state = 3 then 1 else 0 end), 0) as quarantined,
                coalesce(sum(case when i.state = 1 then 1 else 0 end), 0) as waiting, min(case when i.state = 1 then i.received_at end) as waits_since, max(i.received_at) as newest,
                coalesce((select unaccounted from mailboxes where id = @mailbox), 0) as not_stored
            from intake i where i.mailbox_id = @mailbox
            """, new { mailbox });
        var took = await connection.QuerySingleOrDefaultAsync<long?>($"select i.done_at - i.received_at from intake i where i.mailbox_id = @mailbox and {InCase} order by i.id desc limit 1", new { mailbox });
        var ignored = await connection.QueryAsync<IgnoredMails>(
            $"""
            select case i.state when 4 then 'Somebody looked and left it out.' when 5 then 'A copy of one that is here.' else coalesce(i.reason, '') end as reason, count(*) as mails
            from intake i where i.mailbox_id = @mailbox and {IsLeftOut} group by 1 order by 2 desc, 1
            """, new { mailbox });
        var passed = await connection.QueryAsync<IgnoredMails>("select reason, count(*) as mails from mail_ignored where mailbox_id = @mailbox group by reason order by reason", new { mailbox });
        return new MailboxAccount(sums.Stored, sums.NotStored, sums.Imported, sums.Quarantined, sums.Waiting, ignored.AsList(), passed.AsList(), sums.WaitsSince, sums.Newest, took);
    }

    private sealed class Sums
    {
        public long Stored { get; init; }
        public long NotStored { get; init; }
        public long Imported { get; init; }
        public long Quarantined { get; init; }
        public long Waiting { get; init; }
        public long? WaitsSince { get; init; }
        public long? Newest { get; init; }
    }
}

/// <summary>Mails that are in no case.</summary>
public sealed class IgnoredMails
{
    /// <summary>Why.</summary>
    public string Reason { get; init; } = "";

    /// <summary>How many.</summary>
    public long Mails { get; init; }
}
