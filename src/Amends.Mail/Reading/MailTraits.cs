namespace Amends.Mail.Reading;

/// <summary>One recipient a mail did not reach (RFC 3464).</summary>
/// <param name="Recipient">The address as the report names it.</param>
/// <param name="Status">The enhanced status such as <c>5.1.1</c> (RFC 3463); empty where the report gives none.</param>
/// <param name="Code">The SMTP reply code such as <c>550</c>; empty where the report gives none.</param>
/// <param name="Reason">One word for why, such as <c>userunknown</c> or <c>mailboxfull</c>; <c>undefined</c> where it is not clear.</param>
/// <param name="Hard">Whether the address itself is at fault, so that trying again cannot help.</param>
/// <param name="Temporary">Whether the server that reports is still trying or the failure is of the 4yz kind.</param>
public sealed record Bounce(string Recipient, string Status, string Code, string Reason, bool Hard, bool Temporary)
{
    /// <summary>What a server's own answer says of a recipient whom it refused while we were sending.</summary>
    /// <param name="recipient">The address.</param>
    /// <param name="reply">The answer, code first.</param>
    public static Bounce OfReply(string recipient, string reply) => BounceReason.Judge(recipient, "", reply, "", "failed");
}

/// <summary>What kind of mail this is, as far as machines are concerned.</summary>
public sealed record MailTraits
{
    /// <summary>Written by a program in answer to a mail (RFC 3834): holiday notes, acknowledgements.</summary>
    public bool IsAutoReply { get; init; }

    /// <summary>Must not be answered automatically.</summary>
    public bool NoAutoResponse { get; init; }

    /// <summary>What made it so, in words; empty for a person's mail.</summary>
    public IReadOnlyList<string> Because { get; init; } = [];

    /// <summary>Reports that a mail was not delivered, or is late.</summary>
    public bool IsBounce { get; init; }

    /// <summary>A spam complaint of a provider (RFC 5965).</summary>
    public bool IsFeedbackReport { get; init; }

    /// <summary>The recipients a bounce names.</summary>
    public IReadOnlyList<Bounce> Bounces { get; init; } = [];

    /// <summary>The host of the Message-ID, in lower case.</summary>
    public string MessageIdHost { get; init; } = "";

    /// <summary>The values of X-Loop fields.</summary>
    public IReadOnlyList<string> LoopMarks { get; init; } = [];

    /// <summary>Whether this mail left one of our own hosts and came back.</summary>
    /// <param name="ownHosts">The host names of our Message-IDs and addresses.</param>
    public bool IsLoop(IEnumerable<string> ownHosts) =>
        ownHosts.Any(own => own.Length > 0
            && (MessageIdHost.Equals(own, StringComparison.OrdinalIgnoreCase) || LoopMarks.Any(m => m.Contains(own, StringComparison.OrdinalIgnoreCase))));
}
