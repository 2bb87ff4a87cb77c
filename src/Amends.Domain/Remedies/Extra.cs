namespace Amends.Domain.Remedies;

/// <summary>Something extra that may please more than money.</summary>
/// <param name="Name">As the customer reads it.</param>
/// <param name="CostMinor">What it costs us, in minor units of the company's currency.</param>
/// <param name="WorthMinor">What it is worth to a customer, in the same units.</param>
public sealed record Extra(string Name, long CostMinor, long WorthMinor)
{
    /// <summary>The word that stays when its name changes; stock is counted by it.</summary>
    public string Key { get; init; } = "";

    /// <summary>Groups (<c>DEL</c>) or parts (<c>DEL.late</c>) of complaints for which it is; all when empty.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>Whether it is for a complaint.</summary>
    /// <param name="category">Its category; <c>null</c> when it has none yet.</param>
    public bool IsFor(string? category) => Categories.Count == 0 || (category is not null && Causes.CodeSet.Chain(category).Any(Categories.Contains));

    /// <summary>What a customer gets for each unit that we spend; endless where it costs nothing. The list is sorted by it: inventive, not ruinous (practice 2-15).</summary>
    public double Yield => CostMinor == 0 ? double.PositiveInfinity : (double)WorthMinor / CostMinor;

    /// <summary>The list as it is shown: the most for the least first.</summary>
    public static IReadOnlyList<Extra> Ranked(IEnumerable<Extra> extras) => [.. extras.OrderByDescending(extra => extra.Yield).ThenByDescending(extra => extra.WorthMinor).ThenBy(extra => extra.Name, StringComparer.Ordinal)];
}

/// <summary>
/// How much trouble it was, and what fits: something that is not money first, then an amount. The amounts that are shipped
/// (0, 10, 25, 50, 100) are our own for a shop, and are meant to be changed; the idea of rising bands, and that everyday
/// annoyance alone is not paid for, follows what the United Kingdom's Financial Ombudsman Service publishes on distress and inconvenience.
/// </summary>
/// <param name="Name">The band.</param>
/// <param name="UpToMajor">The usual amount at the most, in major units of the company's currency.</param>
/// <param name="Instead">What may suit better than money.</param>
public sealed record InconvenienceBand(string Name, decimal UpToMajor, string Instead)
{
    /// <summary>The bands that are shipped.</summary>
    public static IReadOnlyList<InconvenienceBand> Shipped { get; } =
    [
        new("A moment's annoyance", 0, "A personal apology that names what went wrong"),
        new("Minor", 10, "Free delivery with the next order"),
        new("Moderate", 25, "Put to the front of the queue, with one person to ask"),
        new("Serious", 50, "Collected and brought at the hour that suits them"),
        new("Severe", 100, "A call by whoever leads the team, and what we change"),
    ];
}
