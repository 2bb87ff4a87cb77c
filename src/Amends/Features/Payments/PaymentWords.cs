using Amends.Domain.Payments;

namespace Amends.Features.Payments;

/// <summary>How far a payment is, in words.</summary>
public static class PaymentWords
{
    /// <summary>The colour of its chip.</summary>
    public static string Tone(PaymentState state) => state switch { PaymentState.Confirmed => "green", PaymentState.Failed => "red", _ => "" };

    /// <summary>Where the money came back after it had been seen.</summary>
    public const string CameBack = "came back";

    /// <summary>The words on it.</summary>
    public static string Of(PaymentState state) => state switch
    {
        PaymentState.Requested => "waits for a second person", PaymentState.Authorised => "goes out", PaymentState.Paid => "is said to have gone out", PaymentState.Confirmed => "was seen", _ => "did not go out",
    };
}
