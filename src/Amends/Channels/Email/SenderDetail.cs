using System.Text.Json;
using System.Text.Json.Serialization;
using Amends.Data;
using Amends.Mail.Trust;

namespace Amends.Channels.Email;

/// <summary>What is known about the sender of a mail, as it is stored beside it and given out as JSON.</summary>
public sealed record SenderDetail
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private const int Longest = 200;

    /// <summary>How far it is who it says.</summary>
    public SenderVerdict Verdict { get; init; }

    /// <summary>The host of the author's address.</summary>
    public string From { get; init; } = "";

    /// <summary>The domain whose signature speaks for the author, as we checked it ourselves.</summary>
    public string? SignedBy { get; init; }

    /// <summary>The receiving server that is believed, when it wrote something down.</summary>
    public string? Receiver { get; init; }

    /// <summary>What that server wrote down: spf, dkim, dmarc, arc.</summary>
    public IReadOnlyList<Result> Results { get; init; } = [];

    /// <summary>The signatures, as we checked them ourselves.</summary>
    public IReadOnlyList<Signature> Signatures { get; init; } = [];

    /// <summary>One thing that the receiving server checked.</summary>
    public sealed record Result(string Method, string Value);

    /// <summary>One signature.</summary>
    public sealed record Signature(string Domain, DkimOutcome Outcome, string Why);

    /// <summary>In one sentence for an agent; <c>null</c> when nobody checked.</summary>
    [JsonIgnore]
    public string? Words => Verdict switch
    {
        SenderVerdict.Verified => SignedBy is { } domain ? $"Signed by {domain}" : $"Really from {From}, says {Receiver}",
        SenderVerdict.Unverified => "The sender could not be verified",
        SenderVerdict.Failed => $"{From} says that this mail is not from it",
        _ => null,
    };

    /// <summary>What stands behind it, a sentence each.</summary>
    [JsonIgnore]
    public IEnumerable<string> Reasons
    {
        get
        {
            if (Results.Count > 0)
                yield return $"{Receiver} found {string.Join(", ", Results.Select(result => $"{result.Method.ToUpperInvariant()} {result.Value}"))}.";
            foreach (var signature in Signatures)
                yield return $"Signature of {(signature.Domain.Length == 0 ? "nobody" : signature.Domain)}: {(signature.Why.Length == 0 ? "it is good" : signature.Why)}.";
            if (Signatures.Count == 0 && SignedBy is null)
                yield return "Nobody has signed it.";
        }
    }

    /// <summary>What is worth keeping of a check.</summary>
    public static SenderDetail Of(SenderCheck check) => new()
    {
        Verdict = check.Verdict,
        From = Short(check.From),
        SignedBy = check.SignedBy is { } domain ? Short(domain) : null,
        Receiver = check.Received is { } received ? Short(received.Server) : null,
        Results = [.. (check.Received?.Results ?? []).Where(result => result.Method is "spf" or "dkim" or "dmarc" or "arc").Take(12).Select(result => new Result(result.Method, Short(result.Result)))],
        Signatures = [.. (check.Signatures ?? []).Select(signature => new Signature(Short(signature.Domain), signature.Outcome, signature.Words))],
    };

    /// <summary>As JSON.</summary>
    public string Write() => JsonSerializer.Serialize(this, Json);

    /// <summary>From JSON; <c>null</c> when there is none.</summary>
    public static SenderDetail? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<SenderDetail>(json, Json);

    private static string Short(string text) => Storable.Of(Domain.Texts.Cut(text, Longest));
}
