using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Amends.Data;
using Amends.Domain;
using Amends.Web;

namespace Amends.Adapters.Carriers;

/// <summary>A label as a carrier's program made it.</summary>
/// <param name="Carrier">Who carries it.</param>
/// <param name="Tracking">The carrier's number.</param>
/// <param name="ExpiresAt">Until when it is good; <c>null</c> when it does not say.</param>
/// <param name="ContentType">PDF or PNG.</param>
/// <param name="Content">Its bytes.</param>
public sealed record CarrierLabel(string Carrier, string Tracking, DateTimeOffset? ExpiresAt, string ContentType, byte[] Content);

/// <summary>
/// Asks a carrier's or a shipping program's interface for a label that we pay for: one POST of JSON with a key under which it makes one label however
/// often it is asked, in bounded time, with an answer of bounded size, following nobody's redirect. The exchange is described in the guide on remedies.
/// </summary>
public sealed class CarrierLabels(Secrets secrets) : IDisposable
{
    /// <summary>What the sealed token is for.</summary>
    public const string Purpose = "carrier token";

    private const int LargestAnswer = 8 * 1024 * 1024;
    private static readonly Refused Down = new("carrier_down", "The carrier's program does not answer properly at the moment. Nothing was sent. Try again, or add the label yourself.");
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5), PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
    {
        MaxResponseContentBufferSize = LargestAnswer,
    };

    /// <summary>How long an answer may take.</summary>
    internal TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Whether an address may be asked: https, or this machine.</summary>
    public static bool IsAddress(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && (uri.Scheme == "https" || (uri.Scheme == "http" && uri.IsLoopback));

    /// <summary>Asks for the label of a return.</summary>
    /// <param name="set">Where to ask.</param>
    /// <param name="number">The case.</param>
    /// <param name="id">The remedy.</param>
    /// <param name="ct">The request's end.</param>
    /// <exception cref="Refused"><c>carrier_down</c> when it fails, stalls or answers something else than a label; <c>carrier_no</c> with its reason when it says no.</exception>
    public async Task<CarrierLabel> Ask(RemedySettings set, long number, int id, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, set.CarrierUrl) { Content = JsonContent.Create(new Asked($"{number}-{id}", true, set.LabelDays), options: Json) };
            request.Headers.Add("Idempotency-Key", $"amends-return-{number}-{id}");
            if (set.CarrierToken.Length > 0)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secrets.Open(set.CarrierToken, Purpose));
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, patience.Token);
            var said = answer.Content.Headers.ContentLength is 0 ? null : await answer.Content.ReadFromJsonAsync<Answer>(Json, patience.Token);
            if ((int)answer.StatusCode is >= 400 and < 500 && said?.Error is { Length: > 0 and <= 300 } why)
                throw new Refused("carrier_no", $"The carrier makes no label: {why}");
            if (!answer.IsSuccessStatusCode || said is not { Tracking: { Length: > 0 and <= 100 } tracking, Label: { Length: > 0 } label })
                throw Down;
            var content = Convert.FromBase64String(label);
            var type = content.AsSpan().StartsWith("%PDF-"u8) ? "application/pdf" : content.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]) ? "image/png" : throw Down;
            return new CarrierLabel(said.Carrier is { Length: > 0 and <= 100 } carrier ? carrier : set.CarrierName, tracking, said.ExpiresAt, type, content);
        }
        catch (Exception failure) when (failure is HttpRequestException or JsonException or FormatException or CryptographicException or NotSupportedException || (failure is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw Down;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private sealed record Asked(string Reference, bool Prepaid, int ValidDays);

    private sealed record Answer(string? Carrier, string? Tracking, string? Label, DateTimeOffset? ExpiresAt, string? Error);
}
