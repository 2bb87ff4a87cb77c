using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;

namespace Amends.Tests.Servers;

/// <summary>What <see cref="FakeStripe"/> does with one request for a refund, instead of what it should.</summary>
public enum StripeTrick
{
    /// <summary>What it should.</summary>
    None,

    /// <summary>Hangs up without having paid.</summary>
    HangsUpBefore,

    /// <summary>Pays, and hangs up.</summary>
    HangsUpAfter,

    /// <summary>Pays, and answers 500.</summary>
    BreaksAfter,

    /// <summary>Pays, and says that it refuses.</summary>
    SaysNoAndPays,

    /// <summary>Says that it paid, and did not.</summary>
    SaysPaidAndDoesNot,

    /// <summary>Pays twice.</summary>
    PaysTwice,

    /// <summary>Refuses: there is less left than is asked for.</summary>
    Refuses,

    /// <summary>Takes its time: the bank has not done it yet.</summary>
    Pending,

    /// <summary>Answers with something that is no answer.</summary>
    Rubbish,

    /// <summary>Says nothing until the other side gives up.</summary>
    Stalls,
}

/// <summary>
/// Stripe's refunds on the loopback, as its documentation has them: a key is remembered with its answer, a list can be asked for by payment, one by its name. It tells of
/// what happened by events that it signs. It can also fail, stall and lie; <see cref="Statement"/> does not.
/// </summary>
public sealed class FakeStripe : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _run;
    private readonly ConcurrentDictionary<string, string> _answers = new();
    private readonly Lock _paying = new();
    private readonly List<Refund> _refunds = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, int> _asked = new();
    private int _looked;

    /// <summary>Starts one.</summary>
    public FakeStripe()
    {
        Url = $"http://127.0.0.1:{OwnProcess.FreePort()}";
        _listener.Prefixes.Add(Url + "/");
        _listener.Start();
        _run = Run();
    }

    /// <summary>Where it is.</summary>
    public string Url { get; }

    /// <summary>The key that it takes.</summary>
    public string Key { get; init; } = "rk_test_amends";

    /// <summary>What it does with a request for a refund: the key, and how often it was asked with it before.</summary>
    public Func<string, int, StripeTrick> Trick { get; set; } = (_, _) => StripeTrick.None;

    /// <summary>Milliseconds that an answer takes.</summary>
    public Func<int> Delay { get; set; } = () => 0;

    /// <summary>Forgets which keys it was asked with, as Stripe does after a day.</summary>
    public void Forget() => _answers.Clear();

    /// <summary>The bank has done what was pending.</summary>
    public void Settle()
    {
        lock (_paying)
        {
            for (var i = 0; i < _refunds.Count; i++)
                _refunds[i] = _refunds[i] with { Status = "succeeded" };
        }
    }

    /// <summary>A bank gives a refund back; the status is <c>failed</c> from then on.</summary>
    public Refund Fail(string id, string reason = "expired_or_canceled_card")
    {
        lock (_paying)
        {
            var place = _refunds.FindIndex(refund => refund.Id == id);
            return _refunds[place] = _refunds[place] with { Status = "failed", Reason = reason };
        }
    }

    /// <summary>An event about a refund, as Stripe posts it.</summary>
    /// <param name="id">The event's name.</param>
    /// <param name="kind">Such as <c>refund.failed</c>.</param>
    /// <param name="refund">As it was then.</param>
    public static string Event(string id, string kind, Refund refund) =>
        "{" + $"\"id\":\"{id}\",\"object\":\"event\",\"api_version\":\"2024-06-20\",\"created\":1760000000,\"livemode\":false,\"pending_webhooks\":1,\"type\":\"{kind}\",\"data\":{{\"object\":{Json(refund)}}}" + "}";

    /// <summary>The header that Stripe signs a body with (https://docs.stripe.com/webhooks/signature).</summary>
    public static string Sign(string body, string secret, DateTimeOffset at) =>
        $"t={at.ToUnixTimeSeconds()},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{at.ToUnixTimeSeconds()}.{body}")))}";

    /// <summary>How often it was asked for a single refund.</summary>
    public int Looked => _looked;

    /// <summary>What really went out under a key.</summary>
    public IReadOnlyList<Refund> Statement(string key)
    {
        lock (_paying)
            return [.. _refunds.Where(refund => refund.AmendsKey.StartsWith(key + "-", StringComparison.Ordinal) && refund.Status != "failed")];
    }

    /// <summary>How often it was asked to pay.</summary>
    public int Asked => _asked.Values.Sum();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Close();
        await _run;
        _stop.Dispose();
    }

    private async Task Run()
    {
        while (true)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                _ = Task.Run(() => Serve(context));
            }
            catch (Exception over) when (over is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task Serve(HttpListenerContext context)
    {
        try
        {
            await Task.Delay(Delay(), _stop.Token);
            if (context.Request.Headers["Authorization"] != "Bearer " + Key)
                await Answer(context, 401, Error("invalid_request_error", "Invalid API Key provided."));
            else if (context.Request.HttpMethod == "GET" && context.Request.Url!.AbsolutePath.StartsWith("/v1/refunds/", StringComparison.Ordinal))
                await Show(context);
            else if (context.Request.Url!.AbsolutePath != "/v1/refunds")
                await Answer(context, 404, Error("invalid_request_error", "Unrecognized request URL."));
            else if (context.Request.HttpMethod == "GET")
                await List(context);
            else
                await Create(context);
        }
        catch (Exception gone) when (gone is HttpListenerException or ObjectDisposedException or IOException or OperationCanceledException)
        {
            // the other side was killed, or we end
        }
    }

    private async Task Show(HttpListenerContext context)
    {
        Interlocked.Increment(ref _looked);
        Refund? found;
        lock (_paying)
            found = _refunds.Find(refund => refund.Id == context.Request.Url!.Segments[^1]);
        await (found is null ? Answer(context, 404, Error("invalid_request_error", "No such refund.")) : Answer(context, 200, Json(found)));
    }

    private async Task List(HttpListenerContext context)
    {
        var asked = context.Request.QueryString;
        List<Refund> found;
        lock (_paying)
            found = [.. _refunds.Where(refund => (asked["payment_intent"] is not { } intent || refund.Original == intent) && (asked["charge"] is not { } charge || refund.Original == charge)).Reverse()];
        if (asked["starting_after"] is { } after)
            found = [.. found.SkipWhile(refund => refund.Id != after).Skip(1)];
        var page = found.Take(int.Parse(asked["limit"] ?? "10", System.Globalization.CultureInfo.InvariantCulture)).ToList();
        await Answer(context, 200, $"{{\"object\":\"list\",\"url\":\"/v1/refunds\",\"has_more\":{(page.Count < found.Count ? "true" : "false")},\"data\":[{string.Join(',', page.Select(Json))}]}}");
    }

    private async Task Create(HttpListenerContext context)
    {
        using var reader = new StreamReader(context.Request.InputStream);
        var fields = HttpUtility.ParseQueryString(await reader.ReadToEndAsync(_stop.Token));
        var key = context.Request.Headers["Idempotency-Key"] ?? "";
        var trick = Trick(key, _asked.AddOrUpdate(key, 1, (_, before) => before + 1) - 1);
        if (trick == StripeTrick.HangsUpBefore)
        {
            context.Response.Abort();
            return;
        }

        if (trick == StripeTrick.Stalls)
            await Task.Delay(TimeSpan.FromMinutes(2), _stop.Token);
        if (trick == StripeTrick.Refuses)
        {
            await Answer(context, 400, Error("invalid_request_error", "Refund amount is greater than unrefunded amount on charge."));
            return;
        }

        if (trick == StripeTrick.Rubbish)
        {
            await Answer(context, 200, "<html>Come back later</html>");
            return;
        }

        string answer;
        lock (_paying)
            answer = _answers.GetOrAdd(key, _ => Pay(fields, trick));
        if (trick is StripeTrick.HangsUpAfter)
            context.Response.Abort();
        else if (trick == StripeTrick.BreaksAfter)
            await Answer(context, 500, Error("api_error", "Something went wrong."));
        else if (trick == StripeTrick.SaysNoAndPays)
            await Answer(context, 400, Error("invalid_request_error", "This payment was refunded already."));
        else
            await Answer(context, 200, answer);
    }

    private string Pay(System.Collections.Specialized.NameValueCollection fields, StripeTrick trick)
    {
        var refund = new Refund($"re_{_refunds.Count + 1:d6}", fields["payment_intent"] ?? fields["charge"] ?? "", long.Parse(fields["amount"]!, System.Globalization.CultureInfo.InvariantCulture), "eur", fields["metadata[amends_key]"] ?? "", trick == StripeTrick.Pending ? "pending" : "succeeded");
        if (trick == StripeTrick.SaysPaidAndDoesNot)
            return Json(refund with { Id = "re_nowhere" });
        _refunds.Add(refund);
        if (trick == StripeTrick.PaysTwice)
            _refunds.Add(refund with { Id = refund.Id + "b" });
        return Json(refund);
    }

    private static async Task Answer(HttpListenerContext context, int status, string body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
        context.Response.Close();
    }

    private static string Error(string type, string message) => JsonSerializer.Serialize(new { error = new { type, message } });

    private static string Json(Refund refund) => JsonSerializer.Serialize(new
    {
        id = refund.Id, @object = "refund", amount = refund.Amount, currency = refund.Currency, status = refund.Status, failure_reason = refund.Reason, created = 1_760_000_000, metadata = new Dictionary<string, string> { ["amends_key"] = refund.AmendsKey },
        payment_intent = refund.Original.StartsWith("pi_", StringComparison.Ordinal) ? refund.Original : null, charge = refund.Original.StartsWith("pi_", StringComparison.Ordinal) ? null : refund.Original,
    });

    /// <summary>Money that went back.</summary>
    /// <param name="Id">As it calls it.</param>
    /// <param name="Original">The payment.</param>
    /// <param name="Amount">Minor units.</param>
    /// <param name="Currency">In small letters.</param>
    /// <param name="AmendsKey">The key in its metadata.</param>
    /// <param name="Status"><c>succeeded</c>, <c>pending</c> or <c>failed</c>.</param>
    /// <param name="Reason">Why it failed.</param>
    public sealed record Refund(string Id, string Original, long Amount, string Currency, string AmendsKey, string Status, string? Reason = null);
}
