namespace Amends.Domain.Statistics;

/// <summary>
/// Numbers that look like chance and are the same for the same seed, on every machine: xoshiro256++ (Blackman and Vigna 2021), its state filled by SplitMix64. For simulations, not for secrets.
/// </summary>
public sealed class SeededChance
{
    private ulong _a, _b, _c, _d;

    /// <summary>Begins.</summary>
    /// <param name="seed">Any number.</param>
    public SeededChance(long seed)
    {
        var state = unchecked((ulong)seed);
        (_a, _b, _c, _d) = (Split(ref state), Split(ref state), Split(ref state), Split(ref state));
    }

    /// <summary>Begins in a state that is known, not all zero.</summary>
    internal SeededChance(ulong a, ulong b, ulong c, ulong d) => (_a, _b, _c, _d) = (a, b, c, d);

    /// <summary>The first number of SplitMix64 (Steele, Lea and Flood 2014).</summary>
    internal static ulong FirstOfSplitMix(ulong seed) => Split(ref seed);

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        unchecked
        {
            var result = ulong.RotateLeft(_a + _d, 23) + _a;
            var shifted = _b << 17;
            _c ^= _a;
            _d ^= _b;
            _b ^= _c;
            _a ^= _d;
            _c ^= shifted;
            _d = ulong.RotateLeft(_d, 45);
            return result;
        }
    }

    /// <summary>From 0 to below 1, evenly, in steps of 2^-53.</summary>
    public double Even() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Exponentially spread around a mean: times between what happens by chance.</summary>
    /// <param name="mean">Above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0.</exception>
    public double Exponential(double mean) => -Numbers.Positive(mean) * Math.Log(1 - Even());

    private static ulong Split(ref ulong state)
    {
        unchecked
        {
            var z = state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
