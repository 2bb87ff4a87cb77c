using System.Buffers;
using System.Security.Cryptography;

namespace Amends.Mail.Trust;

/// <summary>The two ways in which a mail is made the same everywhere before it is hashed (RFC 6376 §3.4). Line ends count as CRLF however they are stored.</summary>
internal static class Canonical
{
    /// <summary>A header field with its line end (§3.4.1, §3.4.2).</summary>
    /// <param name="mail">The bytes.</param>
    /// <param name="field">The field.</param>
    /// <param name="relaxed">Blanks do not count.</param>
    /// <param name="to">Where it goes.</param>
    public static void Field(ReadOnlySpan<byte> mail, RawField field, bool relaxed, IBufferWriter<byte> to)
    {
        if (!relaxed)
        {
            WithLineEnds(mail[field.Start..field.End], to);
            if (mail[field.End - 1] != '\n') to.Write("\r\n"u8);
            return;
        }
        foreach (var letter in field.Name) to.Write([(byte)char.ToLowerInvariant(letter)]);
        to.Write(":"u8);
        Relaxed(mail[(field.Colon + 1)..field.End], to);
        to.Write("\r\n"u8);
    }

    /// <summary>A value unfolded, runs of blanks as one, none at its ends.</summary>
    public static void Relaxed(ReadOnlySpan<byte> value, IBufferWriter<byte> to)
    {
        var room = to.GetSpan(Math.Max(1, value.Length));
        var length = 0;
        var blank = false;
        foreach (var each in value)
        {
            if (each is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n') blank = true;
            else
            {
                if (blank && length > 0) room[length++] = (byte)' ';
                blank = false;
                room[length++] = each;
            }
        }
        to.Advance(length);
    }

    /// <summary>
    /// SHA-256 of the body (§3.4.3, §3.4.4, §3.7).
    /// </summary>
    /// <param name="body">The body's bytes.</param>
    /// <param name="relaxed">Blanks at line ends do not count, and runs of blanks are one.</param>
    /// <param name="limit">How many bytes of it count (the tag l=); <c>null</c> for all.</param>
    /// <returns>The hash, and how many bytes there were.</returns>
    public static (byte[] Hash, long Length) BodyHash(ReadOnlySpan<byte> body, bool relaxed, long? limit)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var sink = new Sink(hash, limit);
        var empty = 0L; // empty lines are held back: at the end of a body they do not count
        while (!body.IsEmpty)
        {
            var cut = body.IndexOf((byte)'\n');
            var line = cut < 0 ? body : body[..cut];
            body = cut < 0 ? [] : body[(cut + 1)..];
            if (line.EndsWith("\r"u8) && cut >= 0) line = line[..^1];
            if (relaxed) line = line.TrimEnd(" \t"u8);
            if (line.IsEmpty)
            {
                empty++;
                continue;
            }
            for (; empty > 0; empty--) sink.Add("\r\n"u8);
            if (relaxed) OneBlank(line, sink);
            else sink.Add(line);
            sink.Add("\r\n"u8);
        }
        if (!relaxed && sink.Length == 0) sink.Add("\r\n"u8);
        sink.Flush();
        return (hash.GetHashAndReset(), sink.Length);
    }

    static void OneBlank(ReadOnlySpan<byte> line, Sink sink)
    {
        while (!line.IsEmpty)
        {
            var blank = line.IndexOfAny((byte)' ', (byte)'\t');
            sink.Add(blank < 0 ? line : line[..blank]);
            if (blank < 0) return;
            sink.Add(" "u8);
            line = line[blank..].TrimStart(" \t"u8);
        }
    }

    static void WithLineEnds(ReadOnlySpan<byte> text, IBufferWriter<byte> to)
    {
        while (!text.IsEmpty)
        {
            var cut = text.IndexOf((byte)'\n');
            var line = cut < 0 ? text : text[..cut];
            to.Write(line.EndsWith("\r"u8) && cut >= 0 ? line[..^1] : line);
            if (cut < 0) return;
            to.Write("\r\n"u8);
            text = text[(cut + 1)..];
        }
    }

    sealed class Sink(IncrementalHash hash, long? limit)
    {
        readonly byte[] buffer = new byte[8 * 1024];
        int filled;

        public long Length { get; private set; }

        public void Add(ReadOnlySpan<byte> bytes)
        {
            if (limit is { } most && Length + bytes.Length > most)
            {
                var counted = bytes[..(int)Math.Max(0, Math.Min(bytes.Length, most - Length))];
                Length += bytes.Length - counted.Length;
                bytes = counted;
            }
            Length += bytes.Length;
            while (!bytes.IsEmpty)
            {
                if (filled == buffer.Length) Flush();
                var part = Math.Min(bytes.Length, buffer.Length - filled);
                bytes[..part].CopyTo(buffer.AsSpan(filled));
                filled += part;
                bytes = bytes[part..];
            }
        }

        public void Flush()
        {
            hash.AppendData(buffer, 0, filled);
            filled = 0;
        }
    }
}
