namespace Amends.Fuzz.Fuzzing;

/// <summary>One edge of the library that strangers' bytes come over, with what must hold there.</summary>
public abstract class FuzzTarget : IAsyncDisposable
{
    /// <summary>The name of the command line and of the files of finds.</summary>
    public abstract string Name { get; }

    /// <summary>What is worth inserting into an input of this kind.</summary>
    public abstract IReadOnlyList<string> Pieces { get; }

    /// <summary>Longest input that is grown on purpose.</summary>
    public virtual int Longest => 256 * 1024;

    /// <summary>Time an input may take beside a second a megabyte: a conversation waits for its other side.</summary>
    public virtual TimeSpan Grace => TimeSpan.FromMilliseconds(50);

    /// <summary>How often <see cref="Run"/> reads an input: each reading may take a second a megabyte.</summary>
    public virtual int Readings => 1;

    /// <summary>Whether <see cref="Run"/> waits for somebody; then time passes that is not the processor's.</summary>
    public virtual bool Waits => false;

    /// <summary>Inputs to begin with.</summary>
    public virtual IEnumerable<byte[]> Seeds => [];

    /// <summary>An input made by the grammar.</summary>
    public abstract byte[] Generate(Random random);

    /// <summary>Reads an input and checks what must hold of the outcome.</summary>
    /// <returns>A hash of the outcome's shape: inputs with a shape not seen before are kept and mutated further.</returns>
    /// <exception cref="Exception">Any is a find.</exception>
    public abstract ValueTask<int> Run(byte[] input);

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Fails with a sentence where something does not hold.</summary>
    /// <exception cref="BrokenRuleException">It does not.</exception>
    protected static void Must(bool holds, string rule)
    {
        if (!holds) throw new BrokenRuleException(rule);
    }

    /// <summary>Fails where HTML could do something.</summary>
    protected static void MustBeHarmless(string html, bool remote = false)
    {
        if (HarmlessHtml.WhyNot(html, remote) is { } why) throw new BrokenRuleException("harmful: " + why);
    }

    /// <summary>A number as the count of its bits: outcomes differ by magnitude, not by every unit.</summary>
    protected static int Magnitude(long number) => 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)Math.Max(0, number));
}

/// <summary>Something was read without an exception, and is wrong nevertheless.</summary>
public sealed class BrokenRuleException(string rule) : Exception(rule);
