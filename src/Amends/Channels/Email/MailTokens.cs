using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amends.Web;

namespace Amends.Channels.Email;

/// <summary>
/// The signatures in our reply addresses and Message-IDs. The key changes every quarter; it is derived from the key file,
/// so nothing is stored and every quarter's key can be made again to check an old one. A signature places a mail with
/// its case and proves nothing about who sent it.
/// </summary>
public sealed class MailTokens(Secrets secrets)
{
    private const string Letters = "abcdefghijkmnpqrstuvwxyz23456789"; // 32 that survive being folded to lower case and read aloud
    private const int Length = 16; // 80 bits

    /// <summary>Quarters for which an old signature is still taken: about three years.</summary>
    private const int Oldest = 12;

    /// <summary>The address that answers go to: <c>local+token@host</c>.</summary>
    public string ReplyAddress(string ours, long number, DateTimeOffset at)
    {
        var split = ours.LastIndexOf('@');
        return $"{ours[..split]}+{number}.{Sign($"reply {number}", at)}{ours[split..]}";
    }

    /// <summary>The Message-ID of one of our mails, without brackets: <c>case.message.signature@host</c>.</summary>
    public string MessageId(string ours, long number, long message, DateTimeOffset at) =>
        $"{number}.{message}.{Sign($"message {number} {message}", at)}{ours[ours.LastIndexOf('@')..]}";

    /// <summary>The case that a reply address belongs to, or <c>null</c> when it is not one of ours.</summary>
    public long? CaseOfAddress(string address, DateTimeOffset at)
    {
        var plus = address.IndexOf('+');
        var end = address.LastIndexOf('@');
        return plus > 0 && end > plus && address[(plus + 1)..end].Split('.') is [var text, var signature] && Number(text) is { } number && Checks($"reply {number}", signature, at)
            ? number
            : null;
    }

    /// <summary>The case and message that a Message-ID of ours names, or <c>null</c>.</summary>
    public (long Number, long Message)? OfMessageId(string id, DateTimeOffset at)
    {
        var end = id.LastIndexOf('@');
        return end > 0 && id[..end].Split('.') is [var first, var second, var signature] && Number(first) is { } number && Number(second) is { } message
            && Checks($"message {number} {message}", signature, at)
            ? (number, message)
            : null;
    }

    private string Sign(string what, DateTimeOffset at)
    {
        var quarter = QuarterOf(at);
        return quarter.ToString(CultureInfo.InvariantCulture) + 'q' + Mac(what, quarter);
    }

    private bool Checks(string what, string signature, DateTimeOffset at)
    {
        var text = signature.ToLowerInvariant();
        if (text.IndexOf('q') is not (> 0 and < 6 and var split) || !int.TryParse(text[..split], NumberStyles.None, CultureInfo.InvariantCulture, out var quarter))
            return false;
        var now = QuarterOf(at);
        return quarter <= now + 1 && quarter >= now - Oldest
            && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Mac(what, quarter)), Encoding.UTF8.GetBytes(text[(split + 1)..]));
    }

    private string Mac(string what, int quarter)
    {
        var mac = HMACSHA256.HashData(secrets.KeyFor($"mail tokens {quarter}"), Encoding.UTF8.GetBytes(what));
        return string.Create(Length, mac, static (text, bytes) =>
        {
            for (var i = 0; i < text.Length; i++)
                text[i] = Letters[bytes[i] & 31];
        });
    }

    private static int QuarterOf(DateTimeOffset at) => at.UtcDateTime.Year * 4 + (at.UtcDateTime.Month - 1) / 3;

    private static long? Number(string text) => text.Length < 19 && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
