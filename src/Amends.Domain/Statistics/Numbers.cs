using System.Runtime.CompilerServices;

namespace Amends.Domain.Statistics;

/// <summary>What an argument of a formula may be.</summary>
internal static class Numbers
{
    /// <summary>A number from 0 on that is neither endless nor no number.</summary>
    public static double NotNegative(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        double.IsFinite(value) && value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, "It has to be a number from 0 on.");

    /// <summary>A number above 0 that is neither endless nor no number.</summary>
    public static double Positive(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        double.IsFinite(value) && value > 0 ? value : throw new ArgumentOutOfRangeException(name, value, "It has to be a number above 0.");

    /// <summary>A number that is neither endless nor no number.</summary>
    public static double Finite(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, "It has to be a number.");

    /// <summary>A share from 0 to 1.</summary>
    public static double Share(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(name, value, "It has to be from 0 to 1.");

    /// <summary>A chance between 0 and 1, and neither.</summary>
    public static double Between(double value, [CallerArgumentExpression(nameof(value))] string? name = null) =>
        value is > 0 and < 1 ? value : throw new ArgumentOutOfRangeException(name, value, "It has to be above 0 and below 1.");

    /// <summary>A whole number of minor units; halves go away from zero.</summary>
    /// <exception cref="OverflowException">It does not fit.</exception>
    public static long Minor(double value) => checked((long)Math.Round(Finite(value), MidpointRounding.AwayFromZero));
}
