using System.Security.Cryptography;

namespace Amends.Mail.Trust;

/// <summary>
/// Checks the DKIM signatures of a mail (RFC 6376, RFC 8301) on its bytes as they came. Never throws because of what is in
/// the mail or the DNS.
/// </summary>
/// <param name="dns">Where keys are looked up.</param>
/// <param name="clock">The time, for signatures that end.</param>
public sealed class DkimVerifier(DnsClient dns, TimeProvider clock)
{
    /// <summary>Signatures that are looked at, from the top.</summary>
    public const int MostSignatures = 5;

    const string Field = "DKIM-Signature";

    /// <summary>How long one mail may take.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Whether there is anything to check, without asking anybody.</summary>
    public static bool HasSignature(ReadOnlySpan<byte> mail) => RawHeader.Read(mail) is not { } header || header.Fields.Any(IsSignature);

    /// <summary>Checks a mail.</summary>
    /// <param name="mail">Its bytes, with line ends of either kind.</param>
    /// <param name="cancel">Ends the waiting.</param>
    /// <returns>A result for each signature; none when nobody signed.</returns>
    public async Task<IReadOnlyList<DkimResult>> Verify(ReadOnlyMemory<byte> mail, CancellationToken cancel = default)
    {
        if (RawHeader.Read(mail.Span) is not { } header) return [new DkimResult("", "", DkimOutcome.Refused, "the header of the mail is damaged")];
        var signatures = header.Fields.Where(IsSignature).Take(MostSignatures).ToList();
        if (signatures.Count == 0) return [];
        var authors = header.Fields.Count(field => field.Name.Equals("From", StringComparison.OrdinalIgnoreCase));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        var bodies = new Dictionary<(bool Relaxed, long? Length), (byte[] Hash, long Length)>();
        var keys = new Dictionary<string, Task<DnsAnswer>>(StringComparer.Ordinal);
        var results = new List<DkimResult>();
        foreach (var field in signatures)
        {
            var signature = DkimSignature.Of(mail.Span, field);
            var name = $"{signature.Selector}._domainkey.{signature.Domain}";
            var refused = signature.Trouble ?? (authors == 1 ? null : $"the mail has {authors} From fields") ?? Refusal(signature);
            if (refused is not null) results.Add(new(signature.Domain, signature.Selector, DkimOutcome.Refused, refused));
            else if (signature.Algorithm != "rsa-sha256") results.Add(Other(signature));
            else
            {
                if (!keys.TryGetValue(name, out var answer)) keys[name] = answer = dns.Texts(name, limit.Token);
                var published = await answer.ConfigureAwait(false);
                var (outcome, words) = Check(mail.Span, header, field, signature, published, bodies);
                results.Add(new(signature.Domain, signature.Selector, outcome, words));
            }
        }
        cancel.ThrowIfCancellationRequested();
        return results;
    }

    string? Refusal(DkimSignature signature) => signature.Expires is { } end && end < clock.GetUtcNow() ? $"it ended on {end:yyyy-MM-dd}" : null;

    static DkimResult Other(DkimSignature signature) => signature.Algorithm switch
    {
        "ed25519-sha256" => new(signature.Domain, signature.Selector, DkimOutcome.NotChecked, "signatures of Ed25519 are not checked"),
        "rsa-sha1" => new(signature.Domain, signature.Selector, DkimOutcome.Fail, "SHA-1 proves nothing any more"), // RFC 8301 §3.1
        _ => new(signature.Domain, signature.Selector, DkimOutcome.Refused, "it was made in an unknown way"),
    };

    static (DkimOutcome, string) Check(ReadOnlySpan<byte> mail, RawHeader header, RawField field, DkimSignature signature, DnsAnswer answer, Dictionary<(bool, long?), (byte[] Hash, long Length)> bodies)
    {
        if (answer.Outcome == DnsOutcome.Failed) return (DkimOutcome.NotChecked, "the key could not be looked up");
        var records = answer.Texts.Where(text => text.Contains("p=", StringComparison.Ordinal)).ToList();
        if (records.Count == 0) return (DkimOutcome.Refused, "the domain publishes no such key");
        if (records.Count > 1) return (DkimOutcome.Refused, "the domain publishes several keys under one name"); // §3.6.2.2: undefined
        var key = DkimKey.Parse(records[0]);
        if (key.Trouble is { } trouble) return (DkimOutcome.Refused, trouble);
        if (key.Rsa is not { } parameters) return (DkimOutcome.Refused, "the key is of another kind than the signature");
        if (key.IsStrict && signature.Identity[(signature.Identity.LastIndexOf('@') + 1)..] != signature.Domain) return (DkimOutcome.Refused, "the key is not for subdomains");

        if (!bodies.TryGetValue((signature.RelaxedBody, signature.BodyLength), out var body))
            bodies[(signature.RelaxedBody, signature.BodyLength)] = body = Canonical.BodyHash(mail[header.Body..], signature.RelaxedBody, signature.BodyLength);
        if (signature.BodyLength > body.Length) return (DkimOutcome.Refused, "it is of a longer body");
        if (!body.Hash.AsSpan().SequenceEqual(signature.BodyHash)) return (DkimOutcome.Fail, "the body was changed after it was signed");
        var signed = DkimSignature.Signed(mail, header, field, signature.Fields, signature.RelaxedHeader);
        using var rsa = RSA.Create(parameters);
        if (!rsa.VerifyData(signed.Span, signature.Value, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)) return (DkimOutcome.Fail, "the header was changed after it was signed");
        return key.IsTest ? (DkimOutcome.Testing, "the domain only tries out signing")
            : signature.BodyLength is not null ? (DkimOutcome.PartOnly, "only the beginning of the body is signed")
            : (DkimOutcome.Pass, "");
    }

    static bool IsSignature(RawField field) => field.Name.Equals(Field, StringComparison.OrdinalIgnoreCase);
}
