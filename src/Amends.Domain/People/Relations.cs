namespace Amends.Domain.People;

/// <summary>Whether a customer is one of us, or shares with one of us what strangers do not share. Pure.</summary>
public static class Relations
{
    private const int Digits = 7, Tail = 9;

    /// <summary>Providers at which anybody has a mailbox: sharing one says nothing.</summary>
    private static readonly HashSet<string> Anybodys = new(StringComparer.OrdinalIgnoreCase)
    {
        "aol.com", "arcor.de", "bluewin.ch", "btinternet.com", "comcast.net", "fastmail.com", "free.fr", "freenet.de", "gmail.com", "gmx.at", "gmx.ch", "gmx.com", "gmx.de", "gmx.net", "googlemail.com", "hotmail.co.uk", "hotmail.com",
        "hotmail.de", "hotmail.fr", "icloud.com", "laposte.net", "libero.it", "live.com", "mac.com", "mail.com", "mail.ru", "mailbox.org", "me.com", "msn.com", "naver.com", "orange.fr", "outlook.com", "outlook.de", "pm.me", "posteo.de",
        "proton.me", "protonmail.com", "qq.com", "sfr.fr", "sky.com", "t-online.de", "tutanota.com", "web.de", "wp.pl", "yahoo.co.jp", "yahoo.co.uk", "yahoo.com", "yahoo.de", "yahoo.fr", "ymail.com", "163.com",
    };

    /// <summary>Those of us whom a customer is or is close to, by id; with 0 when they only share the domain that ours is.</summary>
    /// <param name="addresses">The customer's mail addresses.</param>
    /// <param name="phone">The customer's number.</param>
    /// <param name="staff">Those who work here: the address, and the number where they are a customer, too.</param>
    public static IReadOnlyList<long> Of(IEnumerable<string> addresses, string? phone, IReadOnlyList<(long Id, string Email, string? Phone)> staff)
    {
        var theirs = addresses.Select(address => address.Trim()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var number = NumberOf(phone);
        SortedSet<long> related = [.. staff.Where(each => theirs.Contains(each.Email.Trim()) || (number is not null && NumberOf(each.Phone) == number)).Select(each => each.Id)];
        if (related.Count == 0 && theirs.Select(DomainOf).Any(domain => domain.Length > 0 && !Anybodys.Contains(domain) && staff.Any(each => string.Equals(DomainOf(each.Email), domain, StringComparison.OrdinalIgnoreCase))))
            related.Add(0);
        return [.. related];
    }

    private static string DomainOf(string address) => address[(address.LastIndexOf('@') + 1)..].Trim();

    /// <summary>The end of a number, so that it is the same with and without a country's code; <c>null</c> when it is too short to say anything.</summary>
    private static string? NumberOf(string? phone)
    {
        string digits = new([.. (phone ?? "").Where(char.IsAsciiDigit)]);
        return digits.Length < Digits ? null : digits[^Math.Min(Tail, digits.Length)..];
    }
}
