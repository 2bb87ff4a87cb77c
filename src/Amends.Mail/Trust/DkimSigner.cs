using System.Security.Cryptography;
using System.Text;

namespace Amends.Mail.Trust;

/// <summary>Signs mails for a domain (RFC 6376): RSA-SHA256, relaxed/relaxed. The fields that people read are signed once more than they stand there, so that none can be added.</summary>
/// <param name="domain">The domain (d=).</param>
/// <param name="selector">The key's name (s=).</param>
/// <param name="key">The private key in PKCS#8.</param>
public sealed class DkimSigner(string domain, string selector, byte[] key)
{
    /// <summary>Bits of a new key.</summary>
    public const int KeySize = 2048;

    static readonly string[] Signed = ["from", "to", "cc", "subject", "date", "message-id", "reply-to", "in-reply-to", "references", "mime-version", "content-type", "content-transfer-encoding", "auto-submitted"];
    static readonly string[] OnceMore = ["from", "to", "cc", "subject", "date"];

    /// <summary>The domain.</summary>
    public string Domain => domain;

    /// <summary>A new private key in PKCS#8.</summary>
    public static byte[] NewKey()
    {
        using var rsa = RSA.Create(KeySize);
        return rsa.ExportPkcs8PrivateKey();
    }

    /// <summary>The name under which the public key has to be published.</summary>
    public static string RecordName(string domain, string selector) => $"{selector}._domainkey.{domain}";

    /// <summary>What has to be published there as TXT record.</summary>
    /// <exception cref="CryptographicException">It is no private key.</exception>
    public static string Record(byte[] key)
    {
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(key, out _);
        return $"v=DKIM1; k=rsa; p={Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo())}";
    }

    /// <summary>The mail with its signature on top.</summary>
    /// <param name="mail">The mail with CRLF line ends.</param>
    /// <param name="at">Now.</param>
    /// <exception cref="ArgumentException">It has no header, or not exactly one From field.</exception>
    /// <exception cref="CryptographicException">The key cannot be used.</exception>
    public byte[] Sign(ReadOnlySpan<byte> mail, DateTimeOffset at)
    {
        if (RawHeader.Read(mail) is not { } header || header.Fields.Count(field => field.Name.Equals("From", StringComparison.OrdinalIgnoreCase)) != 1)
            throw new ArgumentException("A mail to sign has one From field.", nameof(mail));
        var here = header.Fields.Select(field => field.Name.ToLowerInvariant()).ToList();
        var names = Signed.SelectMany(name => Enumerable.Repeat(name, here.Count(each => each == name) + (OnceMore.Contains(name) ? 1 : 0))).ToList();
        var (hash, _) = Canonical.BodyHash(mail[header.Body..], relaxed: true, limit: null);
        var field = $"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n\td={domain}; s={selector};\r\n\tt={at.ToUnixTimeSeconds()}; h={Folded(string.Join(':', names), ':')};\r\n\tbh={Convert.ToBase64String(hash)};\r\n\tb=";
        var bare = Encoding.ASCII.GetBytes(field + "\r\n");
        byte[] whole = [.. bare, .. mail];
        var own = new RawField("DKIM-Signature", 0, "DKIM-Signature".Length, bare.Length);
        var shifted = new RawHeader { Body = header.Body + bare.Length, Fields = [.. header.Fields.Select(each => each with { Start = each.Start + bare.Length, Colon = each.Colon + bare.Length, End = each.End + bare.Length })] };
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(key, out _);
        var value = Convert.ToBase64String(rsa.SignData(DkimSignature.Signed(whole, shifted, own, names, relaxed: true).Span, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        return [.. Encoding.ASCII.GetBytes(field), .. Encoding.ASCII.GetBytes(string.Join("\r\n\t", value.Chunk(72).Select(part => new string(part)))), .. "\r\n"u8, .. mail];
    }

    /// <summary>Lines stay under 78 characters (RFC 5322 §2.1.1); blanks after a colon do not count in h=.</summary>
    static string Folded(string text, char after)
    {
        var result = new StringBuilder();
        var line = 20;
        foreach (var word in text.Split(after))
        {
            if (result.Length > 0) result.Append(after);
            if (line + word.Length > 70)
            {
                result.Append("\r\n\t");
                line = 8;
            }
            result.Append(word);
            line += word.Length + 1;
        }
        return result.ToString();
    }
}
