using System.Globalization;
using System.Text;

namespace Amends.Mail.Wire;

/// <summary>What a client says to sign in by SASL, in base64 as IMAP, POP3 and SMTP carry it.</summary>
internal static class Sasl
{
    /// <summary>PLAIN (RFC 4616): a user name and a password.</summary>
    public static string Plain(string user, string password) => Base64($"\0{user}\0{password}");

    /// <summary>XOAUTH2, as Google and Microsoft describe it: a user name and an access token.</summary>
    public static string XOAuth2(string user, string token) => Base64($"user={Held(user)}\u0001auth=Bearer {Held(token)}\u0001\u0001");

    /// <summary>OAUTHBEARER (RFC 7628 §3.1): a user name and an access token, for this host and port.</summary>
    public static string OAuthBearer(string user, string token, string host, int port) =>
        Base64($"n,a={Held(user).Replace("=", "=3D", StringComparison.Ordinal).Replace(",", "=2C", StringComparison.Ordinal)},\u0001host={host}\u0001port={port.ToString(CultureInfo.InvariantCulture)}\u0001auth=Bearer {Held(token)}\u0001\u0001");

    /// <summary>Any text in base64.</summary>
    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    // A control would end the field it stands in and begin another.
    private static string Held(string text) => text.Any(char.IsControl) ? throw new WireFault(MailTrouble.CredentialsRefused, "A user name or token may not hold control characters.") : text;
}
