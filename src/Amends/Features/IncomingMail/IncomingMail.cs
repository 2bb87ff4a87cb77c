using Amends.Channels.Email;

namespace Amends.Features.IncomingMail;

/// <summary>A mail in the ledger, a row of its page.</summary>
public sealed class IncomingMail
{
    public long Id { get; init; }
    public long ReceivedAt { get; init; }
    public long Size { get; init; }
    public IntakeState State { get; init; }
    public string? Reason { get; init; }
    public long? CaseNumber { get; init; }

    /// <summary>Empty when it was too large to take.</summary>
    public string RawDigest { get; init; } = "";

    /// <summary>Of the message that it became; <c>null</c> when it became none.</summary>
    public string? Subject { get; init; }

    /// <summary>Who wrote it; <c>null</c> when it became no message.</summary>
    public string? AuthorName { get; init; }

    /// <summary>What became of it, in words.</summary>
    public string Words => State switch
    {
        IntakeState.Waiting => "waits to be read",
        IntakeState.Quarantined => "in quarantine",
        IntakeState.Discarded => "left out",
        IntakeState.Copy => "a copy",
        IntakeState.Read when CaseNumber is not null => "in a case",
        _ => "read",
    };
}

/// <summary>Which mails of a mailbox are listed.</summary>
/// <param name="Name">As it stands in the address; empty for all.</param>
/// <param name="Words">As people read it.</param>
/// <param name="Condition">In SQL, on the ledger as <c>i</c>.</param>
public sealed record StateFilter(string Name, string Words, string Condition)
{
    /// <summary>All that there are; the first one lists everything.</summary>
    public static readonly IReadOnlyList<StateFilter> All =
    [
        new("", "All", ""),
        new("waiting", "Waiting", "i.state = 1"),
        new("imported", "In a case", MailboxAccount.InCase),
        new("ignored", "Left out", MailboxAccount.IsLeftOut),
        new("quarantined", "Quarantine", "i.state = 3"),
    ];

    /// <summary>The one of this name; all when there is none.</summary>
    public static StateFilter Of(string? name) => All.FirstOrDefault(filter => filter.Name == name) ?? All[0];
}
