namespace Amends.Data;

/// <summary>Which addresses mail came back from.</summary>
public static class AddressBounces
{
    /// <summary>
    /// Notes that mail to an address came back. What says that the address is at fault stays until somebody writes from it; a mailbox that
    /// was full meanwhile does not make it better.
    /// </summary>
    public static Task Note(Unit unit, string address, bool hard, string reason, string reply, long number, long message, DateTimeOffset at) => unit.Put(
        """
        insert into address_bounces (address_key, hard, reason, reply, at, case_number, message_id) values (@key, @hard, @reason, @reply, @now, @number, @message)
        on conflict (address_key) do update set hard = excluded.hard, reason = excluded.reason, reply = excluded.reply, at = excluded.at, case_number = excluded.case_number, message_id = excluded.message_id
        where address_bounces.hard = 0 or excluded.hard = 1
        """, new { key = Customers.KeyOf(address), hard = hard ? 1 : 0, reason = Storable.Of(reason), reply = Storable.Of(reply), now = at.ToUnixTimeMilliseconds(), number, message });

    /// <summary>Somebody wrote from there, so the address is in use.</summary>
    public static Task Forget(Unit unit, string address) => unit.Put("delete from address_bounces where address_key = @key", new { key = Customers.KeyOf(address) });
}

/// <summary>That mail to an address came back, as the database has it.</summary>
public sealed class AddressBounce
{
    /// <summary>The columns of a query for it, from <c>address_bounces b</c> beside <c>customer_addresses a</c>.</summary>
    public const string Columns = "a.address, b.hard, b.reason, b.reply, b.at";

    /// <summary>Where those are.</summary>
    public const string Join = "customer_addresses a join address_bounces b on b.address_key = a.address_key";

    /// <summary>The address.</summary>
    public string Address { get; init; } = "";

    /// <summary>1 when the address is at fault, so that trying again cannot help.</summary>
    public int Hard { get; init; }

    /// <summary>One word for why.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Code and status of the server that refused; may be empty.</summary>
    public string Reply { get; init; } = "";

    /// <summary>When.</summary>
    public long At { get; init; }

    /// <summary>Why, as a person would say it.</summary>
    public string Words => Reason switch
    {
        "userunknown" or "hasmoved" => "the address does not exist",
        "hostunknown" => "the part behind the @ does not exist",
        "notaccept" => "the domain takes no mail",
        "mailboxfull" => "the mailbox is full",
        "suspend" or "onhold" => "the mailbox is switched off",
        "mesgtoobig" => "the mail was too large",
        "spamdetected" or "blocked" or "badreputation" => "their server took our mail for spam",
        "authfailure" or "requireptr" => "their server could not check that the mail was ours",
        "expired" or "networkerror" or "toomanyconn" => "their server could not be reached",
        "virusdetected" => "their server found something harmful",
        _ => "their server did not take it",
    };
}
