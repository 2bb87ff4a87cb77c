using System.Security.Cryptography;

namespace Amends.Mail.Trust;

/// <summary>A published key (RFC 6376 §3.6.1, RFC 8301).</summary>
internal sealed record DkimKey
{
    /// <summary>The bounds of RFC 8301 §3.2.</summary>
    public const int Shortest = 1024, Longest = 4096;

    /// <summary>The key; <c>null</c> when it is not usable, for the reason given.</summary>
    public RSAParameters? Rsa { get; init; }

    /// <summary>Why it is not usable.</summary>
    public string? Trouble { get; init; }

    /// <summary>It is a key of a kind that is not checked here (RFC 8463).</summary>
    public bool IsEd25519 { get; init; }

    /// <summary>The domain only tries out signing (t=y): nobody may rely on it.</summary>
    public bool IsTest { get; init; }

    /// <summary>The signer's identity must be of the very domain (t=s).</summary>
    public bool IsStrict { get; init; }

    /// <summary>Reads a record.</summary>
    public static DkimKey Parse(string text)
    {
        if (TagList.Parse(text) is not { } tags) return Bad("the key's record cannot be read");
        if (tags["v"] is { } version && (version != "DKIM1" || tags.First != "v")) return Bad("the key's record is of another version");
        if (tags.Words("h") is { } hashes && !hashes.Contains("sha256")) return Bad("the key is for other hashes");
        if (tags.Words("s") is { } services && !services.Contains("*") && !services.Contains("email")) return Bad("the key is not for mail");
        if (tags["p"] is not { } published) return Bad("the key's record holds no key");
        if (published.Length == 0) return Bad("the key was revoked");
        var flags = tags.Words("t") ?? [];
        var key = new DkimKey { IsTest = flags.Contains("y"), IsStrict = flags.Contains("s") };
        return (tags["k"] ?? "rsa").ToLowerInvariant() switch
        {
            "ed25519" => key with { IsEd25519 = true },
            "rsa" when tags.Bytes("p") is { Length: < 4096 } bytes => key.WithRsa(bytes),
            "rsa" => Bad("the key cannot be read"),
            _ => Bad("the key is of an unknown kind"),
        };
    }

    /// <summary>The key in SubjectPublicKeyInfo, or bare as some publish it.</summary>
    DkimKey WithRsa(byte[] bytes)
    {
        using var rsa = RSA.Create();
        try
        {
            rsa.ImportSubjectPublicKeyInfo(bytes, out _);
        }
        catch (CryptographicException)
        {
            try
            {
                rsa.ImportRSAPublicKey(bytes, out _);
            }
            catch (CryptographicException)
            {
                return Bad("the key cannot be read");
            }
        }
        var parameters = rsa.ExportParameters(includePrivateParameters: false);
        return rsa.KeySize < Shortest ? Bad($"the key has {rsa.KeySize} bits, which anybody can break")
            : rsa.KeySize > Longest || parameters.Exponent!.Length > 4 ? Bad("the key is larger than any in use")
            : this with { Rsa = parameters };
    }

    static DkimKey Bad(string why) => new() { Trouble = why };
}
