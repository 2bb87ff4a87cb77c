using System.Buffers;
using System.Text;
using Amends.Adapters.Payments;
using Amends.Data;
using Amends.Jobs;
using Amends.Web;
using Stripe;

namespace Amends.Features.Payments;

/// <summary>
/// What Stripe tells by itself: a refund that failed, days after it was seen. What it tells is not believed, in whatever order it comes: it makes us look, and what we find
/// there is acted upon. Each event is taken once.
/// </summary>
public static class StripeEvents
{
    /// <summary>Where Stripe posts to.</summary>
    public const string Path = "/webhooks/stripe";

    /// <summary>The events that we look after (https://docs.stripe.com/api/events/types, read in November 2026).</summary>
    public static readonly string[] Kinds = ["refund.failed", "refund.updated", "charge.refund.updated"];

    private const int MostBytes = 256 * 1024, LongestId = 255;
    private const long MostSeconds = 300; // between signing and now, as Stripe's libraries have it
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(40); // Stripe tries again for three days, and shows events for thirty

    /// <summary>Maps the address.</summary>
    public static void MapStripeEvents(this IEndpointRouteBuilder app) =>
        app.MapPost(Path, Take).RequireAuthorization(Policies.Signed).WithMetadata(new SignedBody()).DisableAntiforgery();

    private static async Task<IResult> Take(HttpContext context, StoredSettings settings, StripeRefunds stripe, Database database, JobSignal jobs, TimeProvider clock)
    {
        var ct = context.RequestAborted;
        var signature = context.Request.Headers["Stripe-Signature"].ToString();
        if (signature.Length is 0 or > 4000 || stripe.SigningSecretIn(await settings.Get<PaymentSettings>(PaymentSettings.Setting, ct) ?? new()) is not { } secret)
            return No("This is not signed, or no signing secret is set here.");
        if (await Body(context.Request, ct) is not { } body)
            return TypedResults.Text("This is larger than an event.", statusCode: StatusCodes.Status413PayloadTooLarge);
        var now = clock.GetUtcNow();
        try
        {
            EventUtility.ValidateSignature(body, signature, secret, MostSeconds, now.ToUnixTimeSeconds());
        }
        catch (StripeException)
        {
            return No("The signature is not that of this body, or too old.");
        }

        if (Told(body) is not { } told || !Kinds.Contains(told.Type) || told.Data?.Object is not Refund refund || told.Id is not { Length: > 0 and <= LongestId } id)
            return TypedResults.Text("Nothing to do.");
        var place = stripe.PaymentOf(refund) ?? (refund.Id is { Length: > 0 } reference ? await PaymentDesk.Find(database, StripeRefunds.Key, reference, ct) : null);
        var isNews = await database.Write(async unit =>
        {
            if (!await PaymentDesk.IsNews(unit, StripeRefunds.Key, id, now, Remembered))
                return false;
            if (place is { } at && await unit.Value<long>("select count(*) from payments where case_number = @Number and id = @Id and provider = @Key", new { at.Number, at.Id, StripeRefunds.Key }) > 0)
                await JobQueue.Add(unit, SeePayment.At(at.Number, at.Id, refund.Id, now, id));
            return true;
        }, ct);
        if (isNews)
            jobs.Ring();
        return TypedResults.Text(isNews ? "Thank you." : "Known already.");
    }

    /// <summary>The event in a body that is signed; <c>null</c> when the library does not know it: Stripe would only send it again.</summary>
    private static Event? Told(string body)
    {
        try
        {
            return EventUtility.ParseEvent(body, throwOnApiVersionMismatch: false);
        }
        catch (Exception unknown) when (unknown is StripeException or System.Text.Json.JsonException or InvalidOperationException or ArgumentException or FormatException or NotSupportedException or NullReferenceException or InvalidCastException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static IResult No(string words) => TypedResults.Text(words, statusCode: StatusCodes.Status400BadRequest);

    /// <summary>The body as it was sent; <c>null</c> when it is too large.</summary>
    private static async Task<string?> Body(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > MostBytes)
            return null;
        var held = ArrayPool<byte>.Shared.Rent(MostBytes + 1);
        try
        {
            var length = await request.Body.ReadAtLeastAsync(held.AsMemory(0, MostBytes + 1), MostBytes + 1, throwOnEndOfStream: false, ct);
            return length > MostBytes ? null : Encoding.UTF8.GetString(held, 0, length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(held);
        }
    }
}
