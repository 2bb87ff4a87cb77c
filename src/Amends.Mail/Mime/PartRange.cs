namespace Amends.Mail.Mime;

/// <summary>Where a part's bytes lie in the raw mail, so that it can be given out again from the stored mail.</summary>
/// <param name="Start">Where its header begins.</param>
/// <param name="Body">Where its body begins.</param>
/// <param name="End">Behind its last byte; the line end before a boundary belongs to the boundary (RFC 2046 §5.1.1).</param>
public readonly record struct PartRange(int Start, int Body, int End)
{
    /// <summary>Header and body in bytes.</summary>
    public int Length => End - Start;

    /// <summary>The part's own bytes, header and body.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bytes are not those of the mail that was read.</exception>
    public ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> raw) => raw[Start..End];
}
