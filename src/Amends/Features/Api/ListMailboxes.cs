using Amends.Channels.Email;
using Amends.Data;

namespace Amends.Features.Api;

/// <summary>How the mailboxes are, for whatever watches over the desk.</summary>
public sealed class ListMailboxes(Database database, Mailboxes mailboxes)
{
    /// <summary>All that are fetched, and our own listener first, without a host.</summary>
    public async Task<MailboxListAnswer> All(CancellationToken ct)
    {
        var accounts = await MailboxAccount.All(database, mailboxes, ct);
        return new MailboxListAnswer([.. accounts.Select(each => Answer(each.Box, each.Account))]);
    }

    private static MailboxAnswer Answer(Mailbox box, MailboxAccount account) => new()
    {
        Id = box.Id, Name = box.Name, Host = box.Host, Active = box.Active, Seen = account.Seen, Imported = account.Imported, Quarantined = account.Quarantined, Waiting = account.Waiting,
        Ignored = [.. account.Ignored.Concat(account.Passed).Select(each => new IgnoredAnswer(each.Reason, each.Mails))], MailUnaccounted = account.NotStored, AddsUp = account.AddsUp,
        WaitsSince = Moment(account.WaitsSince), CheckedAt = Moment(box.CheckedAt), ReconciledAt = Moment(box.ReconciledAt), FailingSince = Moment(box.FailingSince), Error = box.Error,
    };

    private static DateTimeOffset? Moment(long? at) => at is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(known) : null;
}

/// <summary>All mailboxes.</summary>
public sealed record MailboxListAnswer(IReadOnlyList<MailboxAnswer> Items);

/// <summary>A mailbox: seen = imported + quarantined + waiting + all ignored + unaccounted.</summary>
public sealed record MailboxAnswer
{
    public required long Id { get; init; }
    public required string Name { get; init; }

    /// <summary>The server; <c>null</c> for our own listener.</summary>
    public required string? Host { get; init; }
    public required bool Active { get; init; }
    public required long Seen { get; init; }
    public required long Imported { get; init; }
    public required long Quarantined { get; init; }
    public required long Waiting { get; init; }
    public required IReadOnlyList<IgnoredAnswer> Ignored { get; init; }

    /// <summary>Mails on the server that are not stored, at the last comparison. Must be 0.</summary>
    public required long MailUnaccounted { get; init; }
    public required bool AddsUp { get; init; }
    public required DateTimeOffset? WaitsSince { get; init; }
    public required DateTimeOffset? CheckedAt { get; init; }
    public required DateTimeOffset? ReconciledAt { get; init; }
    public required DateTimeOffset? FailingSince { get; init; }

    /// <summary>What is wrong, in a sentence; <c>null</c> while all is well.</summary>
    public required string? Error { get; init; }
}

/// <summary>Mails that are in no case.</summary>
public sealed record IgnoredAnswer(string Reason, long Mails);
