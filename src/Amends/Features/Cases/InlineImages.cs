using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amends.Web;

namespace Amends.Features.Cases;

/// <summary>
/// Short-lived signed addresses of pictures inside mails. The frame that shows a mail is sandboxed, so its requests carry no
/// cookie; the signature stands in for it.
/// </summary>
public sealed class InlineImages(Secrets secrets, TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);
    private readonly byte[] _key = secrets.KeyFor("inline pictures");

    /// <summary>The address of a file for the next minutes.</summary>
    public string AddressOf(long file)
    {
        var until = (clock.GetUtcNow() + Life).ToUnixTimeSeconds() / 60 * 60; // the same address within a minute, so that browsers keep the picture
        return string.Create(CultureInfo.InvariantCulture, $"/files/{file}?until={until}&key={KeyOf(file, until)}");
    }

    /// <summary>Whether an address was signed by us and is not over.</summary>
    public bool IsValid(long file, long until, string key) =>
        until >= clock.GetUtcNow().ToUnixTimeSeconds() && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(KeyOf(file, until)), Encoding.ASCII.GetBytes(key));

    private string KeyOf(long file, long until) => Convert.ToHexStringLower(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{file}.{until}"))));
}
