using System.Net;
using System.Security.Cryptography;
using Amends.Data;
using Amends.Domain;
using Amends.Web;
using Stripe;

namespace Amends.Adapters.Payments;

/// <summary>
/// Pays a customer's own payment back at Stripe, which counts amounts in minor units as we do (https://docs.stripe.com/currencies, read
/// in November 2026; the three currencies that it counts in a way of its own are transferred by hand). The key of a payment goes
/// as Stripe's idempotency key, which it forgets after a day, and stays as metadata on the refund, by which it is found later.
/// </summary>
public sealed class StripeRefunds(StoredSettings settings, Secrets secrets) : IPayRefunds, IDisposable
{
    /// <summary>The name.</summary>
    public const string Key = "stripe";

    /// <summary>What the sealed key is for, and what the sealed secret of the endpoint that Stripe tells is for.</summary>
    public const string Purpose = "stripe key", SigningPurpose = "stripe signing secret";

    private const string KeyField = "amends_key";
    private const int MostRefunds = 1000; // of one payment
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly string[] CountedOtherwise = ["ISK", "UGX", "MGA"];

    // Two desks may share an account at Stripe: their keys must not meet.
    private readonly string _desk = Convert.ToHexStringLower(secrets.KeyFor("stripe keys").AsSpan(0, 4));

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(5), PooledConnectionLifetime = TimeSpan.FromMinutes(2) })
    {
        Timeout = Patience, MaxResponseContentBufferSize = 4 * 1024 * 1024,
    };

    /// <inheritdoc/>
    public string Name => Key;

    /// <summary>Whether this can be one of Stripe's payments: a payment intent or a charge.</summary>
    public static bool IsPayment(string? original) =>
        original is { Length: > 3 and <= 255 } && (original.StartsWith("pi_", StringComparison.Ordinal) || original.StartsWith("ch_", StringComparison.Ordinal) || original.StartsWith("py_", StringComparison.Ordinal)) && original.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');

    /// <inheritdoc/>
    public async Task<PayAnswer> Pay(PayOrder order, CancellationToken ct)
    {
        if (!IsPayment(order.Original))
            return new PayAnswer(PayOutcome.Failed, Problem: "It is not known which payment at Stripe this pays back.");
        if (CountedOtherwise.Contains(order.Amount.Currency))
            return new PayAnswer(PayOutcome.Failed, Problem: $"Stripe counts {order.Amount.Currency} in a way of its own. Transfer it by hand.");
        if (await Client(ct) is not { } stripe)
            return new PayAnswer(PayOutcome.Failed, Problem: "Stripe has no key here. Set one under Settings, Payments.");
        var isIntent = order.Original!.StartsWith("pi_", StringComparison.Ordinal);
        var create = new RefundCreateOptions
        {
            PaymentIntent = isIntent ? order.Original : null, Charge = isIntent ? null : order.Original, Amount = order.Amount.Minor,
            Metadata = new() { [KeyField] = KeyOf(order), ["amends_case"] = FormattableString.Invariant($"{order.CaseNumber}") },
        };
        try
        {
            var refund = await new RefundService(stripe).CreateAsync(create, new RequestOptions { IdempotencyKey = KeyOf(order) }, ct);
            return HasFailed(refund) ? new PayAnswer(PayOutcome.Failed, refund.Id, $"Stripe could not pay it back: {refund.FailureReason ?? refund.Status}") : new PayAnswer(PayOutcome.Sent, refund.Id);
        }
        catch (StripeException no) when (IsRefusal(no))
        {
            return new PayAnswer(PayOutcome.Failed, Problem: $"Stripe says no: {Short(no.StripeError?.Message ?? no.Message)}");
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<PaidOut>> Find(PayOrder order, CancellationToken ct)
    {
        if (!IsPayment(order.Original) || await Client(ct) is not { } stripe)
            return [];
        var isIntent = order.Original!.StartsWith("pi_", StringComparison.Ordinal);
        var found = new List<PaidOut>();
        var read = 0;
        try
        {
            await foreach (var refund in new RefundService(stripe).ListAutoPagingAsync(new RefundListOptions { PaymentIntent = isIntent ? order.Original : null, Charge = isIntent ? null : order.Original, Limit = 100 }, cancellationToken: ct))
            {
                if (refund.Metadata?.GetValueOrDefault(KeyField) == KeyOf(order) && !HasFailed(refund))
                    found.Add(new PaidOut(refund.Id, new Money(refund.Amount, refund.Currency.ToUpperInvariant()), refund.Status is "pending" or "requires_action"));
                if (++read == MostRefunds)
                    break;
            }
        }
        catch (StripeException no) when (no.HttpStatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest)
        {
            return []; // there is no such payment, so nothing of it was paid back
        }

        return found;
    }

    /// <inheritdoc/>
    public async Task<string?> WhyReturned(PayOrder order, string? reference, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(reference) || !reference.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_') || await Client(ct) is not { } stripe)
            return null;
        try
        {
            var refund = await new RefundService(stripe).GetAsync(reference, cancellationToken: ct);
            if (!HasFailed(refund) || (await Find(order, ct)).Count > 0) // another under the same key stands
                return null;
            return $"Stripe says that it {(refund.Status == "canceled" ? "was cancelled" : "failed")}{(refund.FailureReason is { Length: > 0 } why ? $" ({Short(why.Replace('_', ' '))})" : "")}.";
        }
        catch (StripeException no) when (no.HttpStatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            return null; // nothing is known of it: another account, or a key that may not read
        }
    }

    /// <summary>The payment that a refund at Stripe belongs to, by the key in its metadata; <c>null</c> when it is none of this desk's.</summary>
    internal (long Number, int Id)? PaymentOf(Refund refund) =>
        refund.Metadata?.GetValueOrDefault(KeyField) is { } key && key.EndsWith("-" + _desk, StringComparison.Ordinal) ? Domain.Payments.Payment.OfKey(key[..^(_desk.Length + 1)]) : null;

    /// <summary>Looks whether Stripe takes the key.</summary>
    /// <param name="url">Where.</param>
    /// <param name="key">The key, as it is.</param>
    /// <param name="ct">The request's end.</param>
    /// <returns><c>null</c> when it does, or what is wrong.</returns>
    public async Task<string?> Try(string url, string key, CancellationToken ct)
    {
        try
        {
            await new RefundService(Client(url, key)).ListAsync(new RefundListOptions { Limit = 1 }, cancellationToken: ct);
            return null;
        }
        catch (StripeException no)
        {
            return no.HttpStatusCode == HttpStatusCode.Unauthorized ? "Stripe does not know this key." : no.HttpStatusCode == HttpStatusCode.Forbidden ? "This key may not read refunds. Give it Refunds: write." : $"Stripe says: {Short(no.StripeError?.Message ?? no.Message)}";
        }
        catch (Exception failure) when (failure is HttpRequestException || (failure is OperationCanceledException && !ct.IsCancellationRequested))
        {
            return "Stripe does not answer there.";
        }
    }

    /// <summary>The key in these settings; <c>null</c> when there is none, or it was sealed under another key file.</summary>
    public string? KeyIn(PaymentSettings set) => Opened(set.StripeKey, Purpose);

    /// <summary>What Stripe signs with that it tells us; <c>null</c> as above.</summary>
    public string? SigningSecretIn(PaymentSettings set) => Opened(set.StripeSigningSecret, SigningPurpose);

    private string? Opened(string sealedText, string purpose)
    {
        try
        {
            return sealedText.Length > 0 ? secrets.Open(sealedText, purpose) : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private string KeyOf(PayOrder order) => $"{order.Key}-{_desk}";

    private async Task<StripeClient?> Client(CancellationToken ct)
    {
        var set = await settings.Get<PaymentSettings>(PaymentSettings.Setting, ct) ?? new();
        return KeyIn(set) is { } key ? Client(set.StripeUrl, key) : null;
    }

    private StripeClient Client(string url, string key) => new(new StripeClientOptions
    {
        ApiKey = key, ApiBase = url.TrimEnd('/'), HttpClient = new SystemNetHttpClient(_http, maxNetworkRetries: 0, enableTelemetry: false),
    });

    private static bool HasFailed(Refund refund) => refund.Status is "failed" or "canceled";

    /// <summary>Stripe read what we asked and will not do it; anything else may have been done.</summary>
    private static bool IsRefusal(StripeException no) =>
        (int)no.HttpStatusCode is >= 400 and < 500 and not (int)HttpStatusCode.Conflict and not (int)HttpStatusCode.TooManyRequests and not (int)HttpStatusCode.RequestTimeout;

    private static string Short(string text) => text.Length <= 300 ? text : Texts.Cut(text, 300) + "…";
}
