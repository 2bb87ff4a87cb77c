namespace Amends.Mail.Imap;

/// <summary>What a mailbox said when it was opened.</summary>
/// <param name="UidValidity">When it differs from last time, all known UIDs are void (RFC 9051 §2.3.1.1).</param>
/// <param name="UidNext">The UID the next mail will get at least; null when the server does not say.</param>
/// <param name="Exists">How many mails it holds.</param>
/// <param name="ReadOnly">True after EXAMINE, or when the server allows no changes.</param>
/// <param name="HighestModSeq">Grows with every change in the mailbox (RFC 7162 §3.1.2.1); null when the server does not count.</param>
public sealed record ImapMailbox(uint UidValidity, uint? UidNext, uint Exists, bool ReadOnly, long? HighestModSeq = null);

/// <summary>What changed in a mailbox since a HIGHESTMODSEQ.</summary>
/// <param name="Uids">Mails that came or whose flags changed, ascending.</param>
/// <param name="Vanished">Mails that are gone, some of which we may never have known; null when the server does not tell (no QRESYNC).</param>
public sealed record ImapChanges(IReadOnlyList<uint> Uids, IReadOnlyList<uint>? Vanished);

/// <summary>Some header fields of a mail.</summary>
/// <param name="Uid">Its UID.</param>
/// <param name="Received">INTERNALDATE, when the server said one that can be read.</param>
/// <param name="Fields">The lines of the fields that were asked for.</param>
public sealed record ImapHeader(uint Uid, DateTimeOffset? Received, ReadOnlyMemory<byte> Fields);

/// <summary>How a fetch of one mail went.</summary>
public enum ImapFetched
{
    /// <summary>The whole mail is here.</summary>
    Whole,

    /// <summary>It is larger than the limit and was left on the server; only its header is here.</summary>
    Oversize,

    /// <summary>The server has it and would not give it out. The mails behind it do not wait for it.</summary>
    Refused,

    /// <summary>The server has no such mail (any more).</summary>
    Gone,
}

/// <summary>One mail of a mailbox.</summary>
/// <param name="Uid">Its UID.</param>
/// <param name="State">How the fetch went.</param>
/// <param name="Size">What the server says its size is, in bytes.</param>
/// <param name="Received">INTERNALDATE, when the server said one that can be read.</param>
/// <param name="Raw">The mail, or the beginning of its header when it is too large; otherwise empty.</param>
public sealed record ImapMail(uint Uid, ImapFetched State, long Size, DateTimeOffset? Received, ReadOnlyMemory<byte> Raw);

/// <summary>One folder of an account.</summary>
/// <param name="Name">Its name as people write it.</param>
/// <param name="Delimiter">What separates levels in names; empty when there are none.</param>
/// <param name="Selectable">False for a folder that only holds others.</param>
/// <param name="Use">What the folder is for when the server says so (RFC 6154), such as <c>\Archive</c>; otherwise empty.</param>
public sealed record ImapFolder(string Name, string Delimiter, bool Selectable, string Use = "");
