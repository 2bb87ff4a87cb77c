namespace Amends.Mail.Smtp;

/// <summary>What follows the address of MAIL FROM (RFC 5321 §4.1.1.2): SIZE (RFC 1870), BODY (RFC 6152), SMTPUTF8 (RFC 6531).</summary>
internal static class MailParameters
{
    /// <summary>Reads them.</summary>
    /// <param name="text">The parameters, parted by blanks.</param>
    /// <param name="extended">Whether EHLO was said; without it none are allowed.</param>
    /// <param name="maxSize">The largest mail in bytes.</param>
    /// <param name="utf8">Whether SMTPUTF8 is among them.</param>
    /// <returns>The answer that refuses them, or null.</returns>
    public static string? Refusal(string text, bool extended, int maxSize, out bool utf8)
    {
        utf8 = false;
        foreach (var parameter in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = parameter.IndexOf('=');
            var key = (equals < 0 ? parameter : parameter[..equals]).ToUpperInvariant();
            var value = equals < 0 ? "" : parameter[(equals + 1)..];
            switch (extended ? key : "")
            {
                case "SIZE":
                    if (value.Length is 0 or > 20 || !value.All(char.IsAsciiDigit)) return "501 5.5.4 SIZE takes a number";
                    if (!long.TryParse(value, out var size) || size > maxSize) return $"552 5.3.4 Mails up to {maxSize} bytes are taken";
                    break;
                case "BODY" when value.ToUpperInvariant() is "7BIT" or "8BITMIME":
                    break;
                case "SMTPUTF8" when equals < 0:
                    utf8 = true;
                    break;
                default:
                    return "555 5.5.4 Unknown parameter of MAIL";
            }
        }
        return null;
    }
}
