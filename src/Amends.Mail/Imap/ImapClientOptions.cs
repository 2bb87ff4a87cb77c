using Amends.Mail.Wire;

namespace Amends.Mail.Imap;

/// <summary>Where a mailbox is that is read by IMAP.</summary>
public sealed record ImapClientOptions : MailboxOptions
{
    /// <summary>What all bounds of the grammar are.</summary>
    internal ImapBounds Bounds { get; init; } = new();
}

/// <summary>What one response may hold; past any of these the connection ends.</summary>
internal sealed record ImapBounds
{
    /// <summary>Bytes of one response outside its literals; a SEARCH over one window of UIDs fits.</summary>
    public int Text { get; init; } = 1024 * 1024;

    /// <summary>Bytes of a literal that is not a mail.</summary>
    public int SmallLiteral { get; init; } = 64 * 1024;

    /// <summary>Literals in one response.</summary>
    public int Literals { get; init; } = 64;

    /// <summary>Parentheses inside parentheses.</summary>
    public int Depth { get; init; } = 32;

    /// <summary>Values in one response.</summary>
    public int Items { get; init; } = 200_000;

    /// <summary>Responses to one command.</summary>
    public int Responses { get; init; } = 200_000;

    /// <summary>UIDs that one set may name, however short it is written.</summary>
    public int Uids { get; init; } = 1_000_000;
}
