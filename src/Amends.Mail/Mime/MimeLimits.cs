namespace Amends.Mail.Mime;

/// <summary>Bounds on what one mail may make the reader do; past a bound it stops cleanly and notes it (see <see cref="MailNoteKind"/>).</summary>
/// <param name="Depth">Deepest nesting of parts; deeper ones stay undivided.</param>
/// <param name="Parts">Most parts in one mail.</param>
/// <param name="HeaderBytes">Largest header block of a part, in bytes.</param>
/// <param name="HeaderLineBytes">Longest header field with its continuations, in bytes; the rest of it is dropped.</param>
/// <param name="DecodedBytes">Most decoded bytes of all parts together.</param>
/// <param name="DecodedTimesRaw">Most decoded bytes for each raw byte.</param>
/// <param name="RawBytes">Largest mail, in bytes; of a larger one only the header is read.</param>
public sealed record MimeLimits(
    int Depth = 64,
    int Parts = 1000,
    int HeaderBytes = 256 * 1024,
    int HeaderLineBytes = 64 * 1024,
    long DecodedBytes = 200L * 1024 * 1024,
    int DecodedTimesRaw = 4,
    long RawBytes = 50L * 1024 * 1024)
{
    /// <summary>The limits that hold where nothing else is said.</summary>
    public static MimeLimits Default { get; } = new();

    /// <summary>For mail whose size was checked where it came in, against a limit of its own.</summary>
    public static MimeLimits Stored { get; } = new(RawBytes: long.MaxValue);
}
