namespace Amends.Mail.Trust;

/// <summary>What came of checking one signature.</summary>
public enum DkimOutcome
{
    /// <summary>Not checked: its kind is not, or the key could not be looked up just now.</summary>
    NotChecked,

    /// <summary>The domain has signed this mail as it is.</summary>
    Pass,

    /// <summary>The domain has signed the header and the beginning of the body (l=); anybody may have added the rest.</summary>
    PartOnly,

    /// <summary>It is right, but the domain says that it only tries out signing (t=y).</summary>
    Testing,

    /// <summary>The mail is not what was signed.</summary>
    Fail,

    /// <summary>The signature or its key cannot be used.</summary>
    Refused,
}

/// <summary>One signature and what came of it (RFC 6376 §6).</summary>
/// <param name="Domain">Who signed (d=), in lower case; empty when it could not be read.</param>
/// <param name="Selector">The key's name (s=).</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Words">Why, for people; empty for a pass.</param>
public sealed record DkimResult(string Domain, string Selector, DkimOutcome Outcome, string Words)
{
    /// <summary>
    /// Whether a signature speaks for an address: it is good, and of the address's own domain or of one above it. A signature
    /// of a domain below says nothing about the domain above, since no list of public suffixes is kept here.
    /// </summary>
    /// <param name="host">The host of the address, in lower case.</param>
    public bool SpeaksFor(string host) => Outcome == DkimOutcome.Pass && DnsName.Host(host) is { } plain && (plain == Domain || plain.EndsWith("." + Domain, StringComparison.Ordinal));
}
