using Amends.Domain.Signals;

namespace Amends.Features.Signals;

/// <summary>What signals are called.</summary>
public static class SignalWords
{
    /// <summary>A customer's.</summary>
    public static string Of(SignalKind kind) => kind switch
    {
        SignalKind.NotReceived => "Parcels that did not arrive", SignalKind.ContentsMissing => "Parcels in which something was missing", SignalKind.MoreThanPeers => "More complaints than nearly everybody", SignalKind.AnotherReturned => "What came back is not what was sent", _ => "One phone number, several customers",
    };

    /// <summary>One of ours.</summary>
    public static string Of(GiverSignalKind kind) => kind switch
    {
        GiverSignalKind.OwnCase => "The customer has an address of one of us", GiverSignalKind.SamePair => "The same two, again and again", GiverSignalKind.JustUnderLimit => "Mostly just under the limit", GiverSignalKind.ByLaw => "Above their limit, given by law", _ => "Mostly while the desk is closed",
    };
}
