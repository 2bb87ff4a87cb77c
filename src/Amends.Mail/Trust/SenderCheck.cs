using Amends.Mail.Mime;

namespace Amends.Mail.Trust;

/// <summary>How far a mail's author is known to be who they say.</summary>
public enum SenderVerdict
{
    /// <summary>Nobody checked.</summary>
    NotChecked = 0,

    /// <summary>The domain of the author's address vouches for the mail.</summary>
    Verified = 1,

    /// <summary>Nothing says that it is from there, and nothing says that it is not.</summary>
    Unverified = 2,

    /// <summary>The domain of the author's address says that such mail is not from it (DMARC).</summary>
    Failed = 3,
}

/// <summary>Everything that is known about the sender of one mail.</summary>
public sealed record SenderCheck
{
    /// <summary>The host of the author's address, in letters of DNS; empty when there is none or several.</summary>
    public required string From { get; init; }

    /// <summary>What our receiving server wrote down; <c>null</c> when it wrote nothing, or none is set.</summary>
    public AuthenticationResults? Received { get; init; }

    /// <summary>Our own look at the signatures; <c>null</c> when none was had.</summary>
    public IReadOnlyList<DkimResult>? Signatures { get; init; }

    /// <summary>Whose signature speaks for the author; <c>null</c> when none does.</summary>
    public string? SignedBy => Signatures?.FirstOrDefault(signature => From.Length > 0 && signature.SpeaksFor(From))?.Domain;

    /// <summary>
    /// The verdict. DMARC of the receiving server counts only when it is about the author's own host. A failed signature
    /// alone is no worse than none (RFC 6376 §6.1): lists and gateways break them.
    /// </summary>
    public SenderVerdict Verdict => SignedBy is not null || Dmarc is "pass" ? SenderVerdict.Verified
        : Dmarc is "fail" ? SenderVerdict.Failed
        : Received is null && (Signatures is null || (Signatures.Count > 0 && Signatures.All(signature => signature.Outcome == DkimOutcome.NotChecked))) ? SenderVerdict.NotChecked
        : SenderVerdict.Unverified;

    private string? Dmarc => From.Length > 0 && Received?.Of("dmarc") is { } said && (said.Result == "fail" || DnsName.Host(said.Value("header.from")) == From) ? said.Result : null;

    /// <summary>Puts together what is known.</summary>
    /// <param name="mail">The mail as it was read.</param>
    /// <param name="server">The trusted receiving server's authserv-id; empty for none.</param>
    /// <param name="signatures">What <see cref="DkimVerifier"/> found; <c>null</c> when it was not asked.</param>
    public static SenderCheck Of(MailMessage mail, string server, IReadOnlyList<DkimResult>? signatures) => new()
    {
        // Two authors or two From fields: nobody can say which one was checked.
        From = mail.Headers.All("From").Count() == 1 && AddressList.Parse(mail.Headers.First("From")!.Raw) is [var author] ? DnsName.Host(author.Host) ?? "" : "",
        Received = AuthenticationResults.Of(mail.Headers, server),
        Signatures = signatures,
    };
}
