using Amends.Mail.Wire;

namespace Amends.Mail.Smtp;

/// <summary>What became of a mail.</summary>
public enum SmtpResult
{
    /// <summary>The server took it for at least one recipient.</summary>
    Accepted,

    /// <summary>It was certainly not taken; try again later.</summary>
    Deferred,

    /// <summary>It was certainly not taken and trying again will not help.</summary>
    Failed,

    /// <summary>The connection ended between the final dot and the answer: the server may have it or not.</summary>
    Unknown,
}

/// <summary>What became of one recipient.</summary>
/// <param name="Address">As it was given.</param>
/// <param name="Result">The result for this recipient.</param>
/// <param name="Reply">The server's words about it; when we refused, ours.</param>
public sealed record SmtpRecipientOutcome(string Address, SmtpResult Result, SmtpReply Reply);

/// <summary>The outcome of one attempt to send; every protocol outcome is a value, none is an exception.</summary>
/// <param name="Result">For the mail as a whole; see each recipient for the rest.</param>
/// <param name="Reply">The reply that decided it: the queue reply when accepted. Null when no server answered.</param>
/// <param name="Recipients">In the order given.</param>
/// <param name="Trouble">What stood in the way of talking to the server.</param>
/// <param name="Text">One sentence for a person.</param>
public sealed record SmtpOutcome(SmtpResult Result, SmtpReply? Reply, IReadOnlyList<SmtpRecipientOutcome> Recipients, MailTrouble Trouble, string Text)
{
    internal static SmtpOutcome ForAll(SmtpResult result, SmtpReply? reply, IReadOnlyList<string> recipients, MailTrouble trouble, string text)
    {
        var words = reply ?? new SmtpReply(result == SmtpResult.Failed ? 550 : 450, result == SmtpResult.Failed ? "5.0.0" : "4.4.0", text);
        return new(result, reply, [.. recipients.Select(address => new SmtpRecipientOutcome(address, result, words))], trouble, text);
    }

    internal static SmtpResult Of(SmtpReply reply) =>
        reply.IsPositive ? SmtpResult.Accepted : reply.IsPermanent ? SmtpResult.Failed : SmtpResult.Deferred;
}
