namespace Amends.Mail.Mime;

/// <summary>One mailbox of an address field (RFC 5322 §3.4).</summary>
/// <param name="Name">The display name, decoded; empty where there is none.</param>
/// <param name="Address">The address without angle brackets, as written.</param>
public sealed record MailAddress(string Name, string Address)
{
    /// <summary>What stands after the last @, in lower case; empty where there is no @.</summary>
    public string Host => Address.LastIndexOf('@') is >= 0 and var at ? Address[(at + 1)..].ToLowerInvariant() : "";

    /// <inheritdoc/>
    public override string ToString() => Name.Length == 0 ? Address : $"{Name} <{Address}>";
}
