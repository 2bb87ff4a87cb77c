using System.Globalization;

namespace Amends.Domain.Payments;

/// <summary>How far a payment is.</summary>
public enum PaymentState
{
    /// <summary>A second person must agree to it.</summary>
    Requested = 1,

    /// <summary>It may go out.</summary>
    Authorised,

    /// <summary>Whoever pays says that it went out; nobody has seen it yet.</summary>
    Paid,

    /// <summary>It was seen: on the statement of whoever pays, or by one of us with proof.</summary>
    Confirmed,

    /// <summary>It did not go out, nobody can find it, or the money came back.</summary>
    Failed,
}

/// <summary>A refund on its way to the customer.</summary>
/// <param name="Id">Counts up within the case; with the case's number it is the key under which it is paid once.</param>
/// <param name="RemedyId">What it pays.</param>
/// <param name="Amount">How much.</param>
/// <param name="Provider">Who pays it.</param>
/// <param name="RequestedAt">When.</param>
/// <param name="RequestedById">Who asked for it.</param>
public sealed record Payment(int Id, int RemedyId, Money Amount, string Provider, DateTimeOffset RequestedAt, long RequestedById)
{
    /// <summary>How far it is.</summary>
    public PaymentState State { get; init; } = PaymentState.Requested;

    /// <summary>It goes another way than the customer paid; two people always look at that.</summary>
    public bool IsOtherRoute { get; init; }

    /// <summary>Who agreed to it; Amends where it was within what may be given.</summary>
    public string? AuthorisedBy { get; init; }

    /// <summary>The id of the person who agreed to it; 0 for Amends.</summary>
    public long? AuthorisedById { get; init; }

    /// <summary>The customer's own payment, as the provider calls it, that this pays back; <c>null</c> where it goes out by hand.</summary>
    public string? Original { get; init; }

    /// <summary>What whoever pays calls it.</summary>
    public string? Reference { get; init; }

    /// <summary>What was seen.</summary>
    public string? Proof { get; init; }

    /// <summary>When it was seen; <c>null</c> before, and where that was not kept yet.</summary>
    public DateTimeOffset? SeenAt { get; init; }

    /// <summary>When the money came back to us that had been seen.</summary>
    public DateTimeOffset? ReturnedAt { get; init; }

    /// <summary>What went wrong.</summary>
    public string? Problem { get; init; }

    /// <summary>It is on its way.</summary>
    public bool IsOpen => State is PaymentState.Requested or PaymentState.Authorised or PaymentState.Paid;

    /// <summary>The key of a payment: paying twice under one key pays once.</summary>
    /// <param name="number">The case.</param>
    /// <param name="id">The payment.</param>
    public static string KeyOf(long number, int id) => FormattableString.Invariant($"amends-{number}-{id}");

    /// <summary>The case and the payment that a key names; <c>null</c> when it is none.</summary>
    public static (long Number, int Id)? OfKey(string key) =>
        key.Split('-') is ["amends", var number, var id] && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var of) && int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var nth) ? (of, nth) : null;
}
