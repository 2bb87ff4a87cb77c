namespace Amends.Web;

/// <summary>What a program's token opens. Each is the policy of the endpoints that need it.</summary>
public static class Scopes
{
    /// <summary>Reads cases with everything that was said.</summary>
    public const string CasesRead = "cases:read";

    /// <summary>Opens cases, replies, writes notes.</summary>
    public const string CasesWrite = "cases:write";

    /// <summary>Reads customers: how to reach them, what they bought.</summary>
    public const string CustomersRead = "customers:read";

    /// <summary>Brings in orders, joins customers and parts them.</summary>
    public const string CustomersWrite = "customers:write";

    /// <summary>Reads how the mailboxes are: what came and what became of it, in numbers.</summary>
    public const string MailRead = "mail:read";

    /// <summary>Walks the recovery path as one of us: listens, sums up, offers, decides, delivers. Only for a token that acts for somebody.</summary>
    public const string RecoveryWrite = "recovery:write";

    /// <summary>Reads what was given: approvals that wait, payments, the books.</summary>
    public const string MoneyRead = "money:read";

    /// <summary>The scheme that programs are known by: a bearer token (RFC 6750).</summary>
    public const string Scheme = "token";

    /// <summary>The claim with one scope; there may be several.</summary>
    public const string Claim = "scope";

    /// <summary>Each with what it opens, in words for the owner.</summary>
    public static IReadOnlyList<(string Scope, string What)> All { get; } =
    [
        (CasesRead, "read cases with everything that was said"), (CasesWrite, "open cases, reply, write notes"), (CustomersRead, "read customers, their addresses and orders"), (CustomersWrite, "bring in orders, join and part customers"),
        (MailRead, "read how the mailboxes are, in numbers"), (RecoveryWrite, "walk the recovery path as the person it acts for"), (MoneyRead, "read approvals, payments and the books"),
    ];
}
