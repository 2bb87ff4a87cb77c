using Amends.Adapters.Carriers;
using Amends.Adapters.Payments;
using Amends.Data;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Payments;

/// <summary>Who pays refunds back.</summary>
public static class PaymentSettingsEndpoints
{
    private const string Page = "/settings/payments";

    /// <summary>Maps the page, its form and the try.</summary>
    public static void MapPaymentSettings(this IEndpointRouteBuilder app)
    {
        app.MapGet(Page, (HttpContext context, StoredSettings settings, Frame frame, Outbox outbox) => Show(context, settings, frame, outbox, null, null)).RequireAuthorization(Policies.Owner);
        app.MapForm(Page, Save).RequireAuthorization(Policies.Owner);
    }

    private static async Task<IResult> Show(HttpContext context, StoredSettings settings, Frame frame, Outbox outbox, ProviderFields? typed, IReadOnlyDictionary<string, string>? errors)
    {
        var set = await settings.Get<PaymentSettings>(PaymentSettings.Setting, context.RequestAborted) ?? new();
        return Html.Show<PaymentSettingsPage, PaymentSettingsPage.View>(
            new(await frame.For(context), typed ?? new() { Provider = set.Provider, Url = set.StripeUrl }, set.StripeKey.Length > 0, set.StripeSigningSecret.Length > 0, outbox.Site(await settings.Company(context.RequestAborted)) + StripeEvents.Path, errors ?? new Dictionary<string, string>()), errors is { Count: > 0 } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    private static async Task<IResult> Save([FromForm] ProviderFields? sent, HttpContext context, StoredSettings settings, Secrets secrets, StripeRefunds stripe, Database database, Frame frame, Outbox outbox, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var before = await settings.Get<PaymentSettings>(PaymentSettings.Setting, context.RequestAborted) ?? new();
        var (url, key, signing) = ((fields.Url ?? "").Trim(), (fields.Key ?? "").Trim(), (fields.SigningSecret ?? "").Trim());
        var errors = new Dictionary<string, string>();
        if (fields.Provider is not (ByHand.Key or StripeRefunds.Key))
            errors["Provider"] = "Choose who pays refunds back.";
        if (!CarrierLabels.IsAddress(url))
            errors["Url"] = "Write an address that begins with https://, without a name or password in it. Stripe's own is https://api.stripe.com.";
        if (key.Length > 300 || key.Any(letter => letter is <= ' ' or > '~'))
            errors["Key"] = "A key has no blanks and at most 300 characters. Copy it from Stripe's page again.";
        if (signing.Length > 300 || signing.Any(letter => letter is <= ' ' or > '~') || (signing.Length > 0 && !signing.StartsWith("whsec_", StringComparison.Ordinal)))
            errors["SigningSecret"] = "A signing secret begins with whsec_ and has no blanks. Copy it from the endpoint's page at Stripe.";
        var usable = key.Length > 0 ? key : url == before.StripeUrl ? stripe.KeyIn(before) : null; // a key goes nowhere but where it was meant to go
        if (fields.Provider == StripeRefunds.Key && usable is null)
            errors.TryAdd("Key", "Stripe needs a key. Make a restricted one that may write refunds, and nothing else.");
        if (errors.Count > 0)
            return await Show(context, settings, frame, outbox, fields, errors);

        var changed = new PaymentSettings
        {
            Provider = fields.Provider!, StripeUrl = url,
            StripeKey = key.Length > 0 ? secrets.Seal(key, StripeRefunds.Purpose) : usable is null ? "" : before.StripeKey,
            StripeSigningSecret = signing.Length > 0 ? secrets.Seal(signing, StripeRefunds.SigningPurpose) : url == before.StripeUrl ? before.StripeSigningSecret : "",
        };
        if (changed.Provider == StripeRefunds.Key && await stripe.Try(url, usable!, context.RequestAborted) is { } wrong)
            return await Show(context, settings, frame, outbox, fields, new Dictionary<string, string> { ["Key"] = wrong });
        await database.Write(async unit =>
        {
            await StoredSettings.SetIn(unit, PaymentSettings.Setting, changed);
            await MoneyDesk.Log(unit, context.User.Actor(), clock.GetUtcNow(), "payments", new { before = before.Provider, after = changed.Provider, changed.StripeUrl, key_changed = key.Length > 0, signing_secret_changed = signing.Length > 0 });
        });
        Frame.Say(context, changed.Provider == StripeRefunds.Key ? "Saved. Stripe takes the key." : "Saved.");
        return TypedResults.Redirect303(Page);
    }
}

/// <summary>The form on who pays.</summary>
public sealed record ProviderFields
{
    public string? Provider { get; init; }
    public string? Url { get; init; }

    /// <summary>A new key; empty keeps the one that is stored.</summary>
    public string? Key { get; init; }

    /// <summary>A new signing secret; empty keeps the one that is stored.</summary>
    public string? SigningSecret { get; init; }
}
