using Amends.Domain;
using Amends.Domain.Remedies;
using Amends.Domain.Returns;
using Amends.Domain.Visits;

namespace Amends.Data;

/// <summary>How the company puts things right: labels, visits, and what inconvenience is worth.</summary>
public sealed record RemedySettings
{
    /// <summary>Days for which a label is good.</summary>
    public int LabelDays { get; init; } = 14;

    /// <summary>How to pack and hand in what comes back, for the customer.</summary>
    public string ReturnInstructions { get; init; } = "Pack it as well as you can; the box it came in is not needed. Stick the label over any other one, and hand the parcel in. You pay nothing.";

    /// <summary>The most, in minor units, for which customers keep what they have; <c>null</c> when nothing is proposed.</summary>
    public long? ReturnAboveMinor { get; init; }

    /// <summary>The rule on what comes back, for the domain; <c>null</c> when there is none.</summary>
    /// <param name="currency">The company's.</param>
    /// <param name="order">What the order of the case cost.</param>
    public ReturnRule? Returns(string currency, Money? order) => ReturnAboveMinor is { } most ? new ReturnRule(new Money(most, currency), order) : null;

    /// <summary>The address of a carrier's or a shipping program's interface for labels; empty for none.</summary>
    public string CarrierUrl { get; init; } = "";

    /// <summary>What lets us in there, sealed; empty for nothing.</summary>
    public string CarrierToken { get; init; } = "";

    /// <summary>The carrier as customers know it.</summary>
    public string CarrierName { get; init; } = "";

    /// <summary>Minutes of a window for a visit.</summary>
    public int VisitMinutes { get; init; } = 120;

    /// <summary>How many people can go out at the same time.</summary>
    public int VisitsAtOnce { get; init; } = 1;

    /// <summary>What inconvenience is worth.</summary>
    public IReadOnlyList<InconvenienceBand> Bands { get; init; } = InconvenienceBand.Shipped;

    /// <summary>The rules of visits, for the domain.</summary>
    public VisitRules VisitRules() => new(TimeSpan.FromMinutes(VisitMinutes), VisitsAtOnce);
}
