namespace Amends.Features.Shared;

/// <summary>What a case can be put down to until the company's own set of causes is there: processes and things, never people.</summary>
public static class Causes
{
    /// <summary>Stable code and words, in the order of the list.</summary>
    public static IReadOnlyList<(string Code, string Words)> All { get; } =
    [
        ("unknown", "Unknown"),
        ("product", "Product: fault, quality, missing part"),
        ("delivery", "Delivery: late, lost, damaged on the way"),
        ("order", "Order: wrong item, wrong address, out of stock"),
        ("billing", "Billing: charged wrong, refund late"),
        ("service", "Service: not done, not called back, not heard"),
        ("information", "Information: unclear, wrong, missing"),
        ("no_fault", "No fault of ours: a misunderstanding, the weather, somebody else"),
        ("other", "Other"),
    ];
}
