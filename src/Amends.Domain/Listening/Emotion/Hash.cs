namespace Amends.Domain.Listening.Emotion;

/// <summary>FNV-1a over UTF-16 units with a final mix (Fowler, Noll, Vo; the mix as in Mueller's "lowbias32"): the same on every machine and in every run.</summary>
public static class Hash
{
    /// <summary>Before the first unit.</summary>
    public const uint Start = 2166136261;

    private const uint Prime = 16777619;

    /// <summary>One unit more.</summary>
    public static uint Add(uint hash, uint unit) => (hash ^ unit) * Prime;

    /// <summary>Mixed, so that the low bits alone can be used.</summary>
    public static uint End(uint hash)
    {
        hash ^= hash >> 16;
        hash *= 0x7feb352d;
        hash ^= hash >> 15;
        hash *= 0x846ca68b;
        return hash ^ (hash >> 16);
    }

    /// <summary>Of a whole word.</summary>
    public static uint Of(ReadOnlySpan<char> word)
    {
        var hash = Start;
        foreach (var unit in word)
            hash = Add(hash, unit);
        return End(hash);
    }

    /// <summary>Of two in their order.</summary>
    public static uint Join(uint first, uint second) => End(Add(Add(first, second), second >> 16));
}
