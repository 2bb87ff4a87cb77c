using System.Text;

namespace Amends.Mail.Trust;

/// <summary>A header field as its bytes are, to be hashed.</summary>
/// <param name="Name">Its name as written, without blanks before the colon.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="Colon">Where its colon is.</param>
/// <param name="End">Behind its last line end.</param>
internal readonly record struct RawField(string Name, int Start, int Colon, int End);

/// <summary>
/// The header of a mail for signatures (RFC 6376 §3.4). Unlike the reader for people it repairs nothing: where two programs
/// could see different fields, a signature over one reading says nothing about the other.
/// </summary>
internal sealed class RawHeader
{
    const int MostFields = 2000;
    const int MostBytes = 256 * 1024;

    /// <summary>The fields from the top.</summary>
    public required IReadOnlyList<RawField> Fields { get; init; }

    /// <summary>Where the body begins.</summary>
    public required int Body { get; init; }

    /// <summary>Reads a header; <c>null</c> when it is damaged or beyond all bounds.</summary>
    public static RawHeader? Read(ReadOnlySpan<byte> mail)
    {
        var fields = new List<RawField>();
        var at = 0;
        while (at < mail.Length)
        {
            var next = mail[at..].IndexOf((byte)'\n') is >= 0 and var cut ? at + cut + 1 : mail.Length;
            var line = mail[at..next];
            line = line.EndsWith("\r\n"u8) ? line[..^2] : line.EndsWith("\n"u8) ? line[..^1] : line;
            if (next > MostBytes || line.IndexOfAny((byte)'\r', (byte)0) >= 0) return null;
            if (line.IsEmpty) return new RawHeader { Fields = fields, Body = next };
            if (line[0] is (byte)' ' or (byte)'\t')
            {
                if (fields.Count == 0) return null;
                fields[^1] = fields[^1] with { End = next };
            }
            else
            {
                var colon = line.IndexOf((byte)':');
                var name = colon > 0 ? line[..colon].TrimEnd(" \t"u8) : [];
                if (name.IsEmpty || name.IndexOfAnyExceptInRange((byte)33, (byte)126) >= 0 || fields.Count == MostFields) return null;
                fields.Add(new RawField(Encoding.ASCII.GetString(name), at, at + colon, next));
            }
            at = next;
        }
        return new RawHeader { Fields = fields, Body = mail.Length };
    }
}
