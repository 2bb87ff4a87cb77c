using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Language;

namespace Amends.Adapters.LanguageModel;

/// <summary>Where a model is.</summary>
/// <param name="Base">The address before <c>/chat/completions</c>.</param>
/// <param name="Model">Its name there.</param>
/// <param name="Key">The key, as it is; <c>null</c> for none.</param>
/// <param name="Limit">How long an answer may take.</param>
public sealed record ModelEndpoint(Uri Base, string Model, string? Key, TimeSpan Limit);

/// <summary>What came of asking.</summary>
/// <param name="Outcome">Whether there is an answer.</param>
/// <param name="Text">The answer as it came, anything at all.</param>
/// <param name="Problem">What is wrong, in a sentence that holds nothing of what was sent or answered.</param>
/// <param name="TokensIn">As the provider counted; <c>null</c> when it did not, or not believably.</param>
/// <param name="TokensOut">The same for the answer.</param>
/// <param name="MayCost">The provider may have begun to work on it, so that it may count it.</param>
/// <param name="Elapsed">How long it took.</param>
public sealed record ChatResult(ModelOutcome Outcome, string Text, string? Problem, long? TokensIn, long? TokensOut, bool MayCost, TimeSpan Elapsed);

/// <summary>
/// Speaks <c>POST {base}/chat/completions</c> and <c>GET {base}/models</c>, as servers that are called compatible with OpenAI's have them
/// (https://platform.openai.com/docs/api-reference/chat, read in November 2026), one request each: no retries, no redirects, no proxy, a bounded answer.
/// The way by which an address is reached is looked at when it is connected to, so that a name cannot lead elsewhere later.
/// </summary>
public sealed class ChatClient : IDisposable
{
    private const int MostBytes = 1024 * 1024;
    private static readonly TimeSpan Connecting = TimeSpan.FromSeconds(5), HardCap = TimeSpan.FromSeconds(LanguageModelSettings.LongestLimit);
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = Connecting, PooledConnectionLifetime = TimeSpan.FromMinutes(2), MaxResponseHeadersLength = 32, ConnectCallback = Connect,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan, // each request has its own limit
    };

    /// <summary>Asks once.</summary>
    /// <param name="at">Where.</param>
    /// <param name="messages">What is sent.</param>
    /// <param name="maxTokens">The most tokens of an answer.</param>
    /// <param name="leaving">Whoever asked went away.</param>
    public async Task<ChatResult> Ask(ModelEndpoint at, IReadOnlyList<ModelMessage> messages, int maxTokens, CancellationToken leaving)
    {
        var body = JsonSerializer.Serialize(new ChatRequest(at.Model, [.. messages.Select(each => new ChatMessage(each.Role, each.Content))], maxTokens, 0.2, false), Json);
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Root(at)}/chat/completions") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        var got = await Send(at, request, leaving);
        if (got.Problem is not null || got.Body is null)
            return new ChatResult(got.Outcome, "", got.Problem, null, null, got.MayCost, got.Elapsed);
        try
        {
            var answer = JsonSerializer.Deserialize<ChatAnswer>(got.Body, Json);
            if (answer?.Choices is [{ Message.Content: { } text }, ..] && text.Trim().Length > 0)
                return new ChatResult(ModelOutcome.Answered, text, null, Believed(answer.Usage?.PromptTokens), Believed(answer.Usage?.CompletionTokens), true, got.Elapsed);
        }
        catch (JsonException)
        {
            // said below
        }

        return new ChatResult(ModelOutcome.Failed, "", "What came back is not an answer as chat servers give it.", null, null, true, got.Elapsed);
    }

    /// <summary>Looks whether the model can be reached and is known there. Nothing of any case is sent.</summary>
    /// <param name="at">Where.</param>
    /// <param name="leaving">Whoever asked went away.</param>
    /// <returns>Whether it is fine, and a sentence.</returns>
    public async Task<(bool IsFine, string Words)> Try(ModelEndpoint at, CancellationToken leaving)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Root(at)}/models");
        var got = await Send(at, request, leaving);
        if (got.Status is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed)
            return (false, "Something answers there, but it lists no models. Does the address end with /v1?");
        if (got.Problem is not null || got.Body is null)
            return (false, got.Problem ?? "Nothing came back.");
        try
        {
            if (JsonSerializer.Deserialize<ModelList>(got.Body, Json)?.Data is not { } models)
                return (false, "Something answers there, but not with a list of models. Does the address end with /v1?");
            var names = models.Select(model => model?.Id).OfType<string>().ToList();
            if (names.Contains(at.Model, StringComparer.Ordinal) || names.Contains(at.Model + ":latest", StringComparer.Ordinal))
                return (true, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"It answers in {Math.Max(1, (long)got.Elapsed.TotalMilliseconds)} ms and knows the model."));
            var some = string.Join(", ", names.Where(name => name.Length is > 0 and < 80 && !name.Any(char.IsControl)).Take(5));
            return (false, $"It answers, but does not know this model.{(some.Length > 0 ? $" It has {some}{(names.Count > 5 ? " and more" : "")}." : " It has none.")}");
        }
        catch (JsonException)
        {
            return (false, "Something answers there, but not with JSON. Is it the address of a language model?");
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<Got> Send(ModelEndpoint at, HttpRequestMessage request, CancellationToken leaving)
    {
        var watch = Stopwatch.StartNew();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(leaving);
        limit.CancelAfter(at.Limit < HardCap ? at.Limit : HardCap);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (at.Key is { } key)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var sent = false;
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            sent = true;
            if ((int)response.StatusCode is < 200 or > 299)
                return Got.No(response.StatusCode, watch.Elapsed);
            return await Read(response, limit.Token) is { } body
                ? new Got(ModelOutcome.Answered, response.StatusCode, body, null, true, watch.Elapsed)
                : new Got(ModelOutcome.Failed, response.StatusCode, null, "The answer is far too long, and was not read.", true, watch.Elapsed);
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            return new Got(ModelOutcome.Left, null, null, "You left before an answer came.", true, watch.Elapsed);
        }
        catch (OperationCanceledException)
        {
            return new Got(ModelOutcome.TimedOut, null, null, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"No answer came within {Math.Round(watch.Elapsed.TotalSeconds)} seconds."), true, watch.Elapsed);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            var (words, reached) = Explain(failure, sent);
            return new Got(ModelOutcome.Failed, null, null, words, reached, watch.Elapsed);
        }
    }

    private static async Task<byte[]?> Read(HttpResponseMessage response, CancellationToken ct)
    {
        if (response.Content.Headers.ContentLength > MostBytes)
            return null;
        await using var stream = await response.Content.ReadAsStreamAsync(ct);
        using var body = new MemoryStream();
        var piece = new byte[16 * 1024];
        for (int read; (read = await stream.ReadAsync(piece, ct)) > 0;)
        {
            if (body.Length + read > MostBytes)
                return null;
            body.Write(piece, 0, read);
        }

        return body.ToArray();
    }

    private static (string Words, bool Reached) Explain(Exception failure, bool sent)
    {
        for (var inner = failure; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case OutsideNetwork:
                    return (inner.Message, false);
                case AuthenticationException:
                    return ("The connection cannot be made safe (TLS): the certificate is not valid for this name, or not known here.", false);
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return ("Nothing listens there: the connection was refused. Is the model's server running?", false);
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData }:
                    return ("The name of the address is not known. Is it spelled right?", false);
                case SocketException { SocketErrorCode: SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.TimedOut }:
                    return ("The address cannot be reached from here.", false);
            }
        }

        return (sent ? "The answer broke off in the middle." : failure is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } ? "The connection cannot be made safe (TLS)." : "The connection broke off, or what is there does not speak HTTP.", true);
    }

    /// <summary>Connects to where the name leads now: plain http to nothing outside one's own network, nothing to where clouds keep their secrets.</summary>
    private static async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var all = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, ct);
        var isPlain = context.InitialRequestMessage.RequestUri?.Scheme != Uri.UriSchemeHttps;
        var may = all.Where(address => !ModelAddress.IsLinkLocal(address.GetAddressBytes()) && (!isPlain || ModelAddress.IsOwnNetwork(address.GetAddressBytes()))).ToArray();
        if (may.Length == 0)
            throw new OutsideNetwork(isPlain ? "The address leads out of your own network. There it has to begin with https://." : "The address leads to where nothing may be sent.");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(may, port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string Root(ModelEndpoint at) => at.Base.AbsoluteUri.TrimEnd('/');

    private static long? Believed(long? tokens) => tokens is > 0 and <= CallCost.MostTokens ? tokens : null;

    private sealed class OutsideNetwork(string words) : IOException(words);

    private sealed record Got(ModelOutcome Outcome, HttpStatusCode? Status, byte[]? Body, string? Problem, bool MayCost, TimeSpan Elapsed)
    {
        public static Got No(HttpStatusCode status, TimeSpan elapsed)
        {
            var (outcome, words) = (int)status switch
            {
                401 or 403 => (ModelOutcome.Refused, "The key is not taken there, or there has to be one."),
                404 => (ModelOutcome.Refused, "There is no such address or no such model there."),
                429 => (ModelOutcome.Refused, "It is asked too much at the moment, or the account there is used up."),
                >= 300 and < 400 => (ModelOutcome.Refused, "It sends on to another address, which is not followed. Write the address that it really has."),
                >= 400 and < 500 => (ModelOutcome.Refused, $"It does not take the request ({(int)status})."),
                _ => (ModelOutcome.Failed, $"It has a failure of its own ({(int)status})."),
            };
            return new Got(outcome, status, null, words, false, elapsed);
        }
    }

    private sealed record ChatRequest(string Model, IReadOnlyList<ChatMessage> Messages, int MaxTokens, double Temperature, bool Stream);

    private sealed record ChatMessage(string? Role, string? Content);

    private sealed record ChatAnswer(IReadOnlyList<Choice?>? Choices, Usage? Usage);

    private sealed record Choice(ChatMessage? Message);

    private sealed record Usage(long? PromptTokens, long? CompletionTokens);

    private sealed record ModelList(IReadOnlyList<Listed?>? Data);

    private sealed record Listed(string? Id);
}
