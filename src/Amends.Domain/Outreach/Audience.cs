namespace Amends.Domain.Outreach;

/// <summary>Whose orders are meant: what they share. Empty fields ask for nothing.</summary>
/// <param name="Product">The product, as orders name it.</param>
/// <param name="Lot">The lot.</param>
/// <param name="Carrier">Who brought it.</param>
/// <param name="Place">Where the customer lives.</param>
/// <param name="From">Ordered on this day or later.</param>
/// <param name="To">Ordered on this day or before.</param>
public sealed record Audience(string Product = "", string Lot = "", string Carrier = "", string Place = "", DateOnly? From = null, DateOnly? To = null)
{
    private const int Longest = 200;

    /// <summary>The same without blanks around; fit to be looked for.</summary>
    /// <exception cref="Refused"><c>audience</c> when it means everybody; <c>too_long</c>; <c>days</c> when the last day is before the first.</exception>
    public Audience Checked()
    {
        var clean = this with { Product = Short(Product), Lot = Short(Lot), Carrier = Short(Carrier), Place = Short(Place) };
        if (clean is { Product: "", Lot: "", Carrier: "", Place: "" } && (From is null || To is null))
            throw new Refused("audience", "Say what they share: a product, a lot, a carrier, a place, or two days between which they ordered.");
        if (To < From)
            throw new Refused("days", "The last day is before the first one.");
        return clean;
    }

    /// <summary>What they share, in words: "Kettle K-12, lot L-2291, ordered from 1 October 2026".</summary>
    public string InWords() => string.Join(", ", new[]
    {
        Product, Lot.Length > 0 ? $"lot {Lot}" : "", Carrier.Length > 0 ? $"brought by {Carrier}" : "", Place.Length > 0 ? $"in {Place}" : "",
        From is { } from ? $"ordered from {from:d MMMM yyyy}" : "", To is { } to ? $"{(From is null ? "ordered " : "")}until {to:d MMMM yyyy}" : "",
    }.Where(part => part.Length > 0));

    private static string Short(string text) => text.Trim() is { Length: <= Longest } said ? said : throw new Refused("too_long", $"That is longer than {Longest} characters.");
}
