using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Amends.Web;

/// <summary>Random tokens that are handed out once and stored only as their SHA-256.</summary>
public static class Tokens
{
    /// <summary>256 random bits as 43 letters that are safe in an address and in a cookie (base64url, RFC 4648 §5).</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What is stored of a token. A plain digest is enough, since a token of 256 random bits cannot be guessed.</summary>
    public static byte[] HashOf(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
