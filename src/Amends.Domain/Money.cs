namespace Amends.Domain;

/// <summary>An amount of money: integer minor units (cents) with its ISO 4217 currency. Amounts of two currencies never mix.</summary>
/// <param name="Minor">Minor units, such as cents; for JPY whole yen.</param>
/// <param name="Currency">Three letters, ISO 4217.</param>
public readonly record struct Money(long Minor, string Currency) : IComparable<Money>
{
    /// <summary>Nothing, in this currency.</summary>
    public static Money Zero(string currency) => new(0, currency);

    /// <summary>Digits behind the decimal point, as ISO 4217 has them (0, 2 or 3).</summary>
    public int Digits => DigitsOf(Currency);

    /// <summary>The amount in major units, such as euros.</summary>
    public decimal Major => Minor / Scale(Currency);

    /// <summary>An amount given in major units; a finer fraction than the currency has is refused.</summary>
    /// <exception cref="Refused">The amount has more decimals than the currency.</exception>
    public static Money FromMajor(decimal major, string currency)
    {
        var minor = major * Scale(currency);
        if (minor != decimal.Truncate(minor) || Math.Abs(minor) > 1_000_000_000_000m)
            throw new Refused("amount", $"{major} is not an amount in {currency}.");
        return new Money((long)minor, currency);
    }

    /// <summary>Compares two amounts of one currency.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public int CompareTo(Money other) => Same(other).Minor.CompareTo(other.Minor);

    /// <summary>Whether the left amount is the larger one.</summary>
    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left amount is the smaller one.</summary>
    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    /// <summary>The sum of two amounts of one currency.</summary>
    public static Money operator +(Money left, Money right) => new(checked(left.Same(right).Minor + right.Minor), left.Currency);

    /// <summary>The amount as a person reads it, such as <c>€ 80</c> or <c>€ 12.50</c>, with a no-break space.</summary>
    public override string ToString()
    {
        var symbol = Currency switch { "EUR" => "€", "GBP" => "£", "USD" => "$", _ => Currency };
        var digits = Minor % (long)Scale(Currency) == 0 ? 0 : Digits;
        return symbol + "\u00A0" + Major.ToString($"N{digits}", System.Globalization.CultureInfo.InvariantCulture);
    }

    private Money Same(Money other) => Currency == other.Currency
        ? this
        : throw new InvalidOperationException($"{Currency} and {other.Currency} do not mix.");

    private static decimal Scale(string currency) => DigitsOf(currency) switch { 0 => 1m, 3 => 1000m, _ => 100m };

    private static int DigitsOf(string currency) => currency switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "VND" or "VUV" or "XAF" or "XOF" or "XPF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        _ => 2,
    };
}
