using System.Net;
using System.Text.Json;

namespace Amends.Channels.Email;

/// <summary>What a provider's token endpoint answered: tokens, or why not.</summary>
/// <param name="AccessToken">Signs in until it expires; <c>null</c> on failure.</param>
/// <param name="RefreshToken">A new one, when the provider gave one.</param>
/// <param name="ExpiresIn">How long the access token lives.</param>
/// <param name="Error">The error's name (RFC 6749 §5.2, RFC 8628 §3.5); <c>null</c> when it went well, <c>unreachable</c> or <c>nonsense</c> when the provider is the trouble.</param>
public sealed record OAuthAnswer(string? AccessToken, string? RefreshToken, TimeSpan ExpiresIn, string? Error)
{
    /// <summary>Whether trying again later may help.</summary>
    public bool IsPassing => Error is "unreachable" or "nonsense" or "temporarily_unavailable" or "server_error" or "slow_down" or "authorization_pending";
}

/// <summary>What a person does to consent on another device (RFC 8628 §3.2).</summary>
public sealed record OAuthDeviceCode(string DeviceCode, string UserCode, string Address, TimeSpan ExpiresIn);

/// <summary>Talks to a provider's endpoints: in bounded time, with answers of bounded size, and following nobody's redirect.</summary>
public sealed class OAuthClient : IDisposable
{
    private const int LargestAnswer = 64 * 1024;

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(10), PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
    {
        MaxResponseContentBufferSize = LargestAnswer,
    };

    /// <summary>How long an answer may take.</summary>
    internal TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Whether an endpoint may be asked: https, or this machine.</summary>
    public static bool IsEndpoint(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0 && (uri.Scheme == "https" || (uri.Scheme == "http" && uri.IsLoopback));

    /// <summary>Asks for tokens (RFC 6749 §4.1.3, §6; RFC 8628 §3.4).</summary>
    public async Task<OAuthAnswer> Tokens(string endpoint, IReadOnlyDictionary<string, string> fields, CancellationToken ct)
    {
        if (await Post(endpoint, fields, ct) is not { } answer)
            return new(null, null, default, "unreachable");
        using (answer)
        {
            if (Text(answer, "error") is { } error)
                return new(null, null, default, error);
            return Text(answer, "access_token") is { Length: > 0 and <= 16_384 } token && !token.Any(static letter => char.IsControl(letter) || char.IsWhiteSpace(letter)) && "bearer".Equals(Text(answer, "token_type") ?? "bearer", StringComparison.OrdinalIgnoreCase)
                ? new(token, Text(answer, "refresh_token"), Seconds(answer, "expires_in", 3600), null)
                : new(null, null, default, "nonsense");
        }
    }

    /// <summary>Asks for a code that a person types in elsewhere; <c>null</c> when the provider gives none.</summary>
    public async Task<OAuthDeviceCode?> Device(string endpoint, IReadOnlyDictionary<string, string> fields, CancellationToken ct)
    {
        using var answer = await Post(endpoint, fields, ct);
        return answer is not null && Text(answer, "device_code") is { Length: > 0 } device && Text(answer, "user_code") is { Length: > 0 and < 64 } user
            && (Text(answer, "verification_uri") ?? Text(answer, "verification_url")) is { } address && IsEndpoint(address)
            ? new(device, user, address, Seconds(answer, "expires_in", 900))
            : null;
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<JsonDocument?> Post(string endpoint, IReadOnlyDictionary<string, string> fields, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new FormUrlEncodedContent(fields) };
            request.Headers.Accept.ParseAdd("application/json");
            using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseContentRead, patience.Token);
            var text = await answer.Content.ReadAsStringAsync(patience.Token);
            if ((int)answer.StatusCode is >= 300 and < 400 || answer.StatusCode >= HttpStatusCode.InternalServerError)
                return null;
            var json = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 16 });
            if (json.RootElement.ValueKind == JsonValueKind.Object)
                return json;
            json.Dispose();
            return JsonDocument.Parse("{\"error\":\"nonsense\"}");
        }
        catch (JsonException)
        {
            return JsonDocument.Parse("{\"error\":\"nonsense\"}");
        }
        catch (Exception failure) when (failure is HttpRequestException or InvalidOperationException or UriFormatException || (failure is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return null;
        }
    }

    private static string? Text(JsonDocument answer, string name) => answer.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // A number, or as some write it a number in quotes; what cannot be is as if it was not said.
    private static TimeSpan Seconds(JsonDocument answer, string name, int otherwise) =>
        TimeSpan.FromSeconds(answer.RootElement.TryGetProperty(name, out var value) && (value.ValueKind == JsonValueKind.Number ? value.TryGetInt32(out var seconds) : int.TryParse(Text(answer, name), out seconds)) && seconds is > 0 and <= 86_400 ? seconds : otherwise);
}
