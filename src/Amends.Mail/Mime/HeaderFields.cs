using System.Text;
using System.Text.Unicode;

namespace Amends.Mail.Mime;

/// <summary>Cuts a header block into fields (RFC 5322 §2.2), with CRLF, LF or CR ends and raw 8-bit bytes.</summary>
internal static class HeaderFields
{
    /// <summary>The fields, where they start, and where the body starts.</summary>
    internal static (MailHeaders Fields, int Start, int Body) Read(ReadOnlySpan<byte> source, MimeLimits limits, Repairs repairs, bool top)
    {
        var at = 0;
        var fields = new List<MailHeader>();
        string? name = null;
        // Most fields stand on one line and are read where they lie; only continued ones are put together.
        var first = (Start: 0, Length: 0);
        MemoryStream? value = null;
        List<(int Index, byte[] Bytes)>? odd = null;
        if (top)
        {
            while (at < source.Length && source[at] is (byte)'\r' or (byte)'\n') at++;
            if (source[at..].StartsWith("From "u8) || source[at..].StartsWith(">From "u8)) at = NextLine(source, at);
        }
        var start = at;
        while (at < source.Length)
        {
            if (at > limits.HeaderBytes)
            {
                repairs.Note(MailNoteKind.HeaderTooLarge, $"The header block is larger than {limits.HeaderBytes} bytes; the rest of it was not read.");
                at = BlankLine(source, at);
                break;
            }
            var next = NextLine(source, at);
            var line = Trimmed(source[at..next]);
            if (line.IsEmpty)
            {
                at = next;
                break;
            }
            if (line[0] is (byte)' ' or (byte)'\t')
            {
                if (name is not null) Continue(source, line);
                at = next;
                continue;
            }
            var colon = line.IndexOf((byte)':');
            if (colon <= 0 || !IsName(line[..colon]))
            {
                // A stray line between fields is passed over; anything else is a body without its empty line before it.
                if (next < source.Length && StartsField(source[next..]))
                {
                    repairs.Note(MailNoteKind.HeaderLayout, "A line among the header fields is not one; it was passed over.");
                    at = next;
                    continue;
                }
                repairs.Note(MailNoteKind.HeaderLayout, "The empty line between header and body is missing.");
                break;
            }
            Flush(source);
            name = Name(line[..colon].TrimEnd(" \t"u8));
            first = (at + colon + 1, Room(line.Length - colon - 1, 0));
            at = next;
        }
        Flush(source);
        if (odd is not null) Reread(odd);
        return (new MailHeaders(fields), start, at);

        // Raw 8-bit fields are in the charset of the body where they are not UTF-8 (RFC 6532): the program that wrote both knew one.
        void Reread(List<(int Index, byte[] Bytes)> unread)
        {
            var type = fields.Find(f => f.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase));
            var charset = HeaderValue.Parse(type?.Raw, repairs).Parameters.GetValueOrDefault("charset");
            var (page, label) = Charsets.ForHeaders(charset);
            repairs.Note(MailNoteKind.RawHeaderBytes, $"A header field holds 8-bit bytes that are not UTF-8; they were read as {label}.");
            foreach (var (index, bytes) in unread)
            {
                var raw = page.GetString(bytes).Replace("\0", "", StringComparison.Ordinal).Trim();
                fields[index] = new MailHeader(fields[index].Name, raw, Value(raw, repairs));
            }
        }

        void Continue(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> line)
        {
            value ??= new MemoryStream(512);
            if (value.Length == 0) value.Write(bytes.Slice(first.Start, first.Length));
            value.Write(line[..Room(line.Length, (int)value.Length)]);
        }

        int Room(int wanted, int taken)
        {
            var room = Math.Max(0, limits.HeaderLineBytes - taken);
            if (wanted <= room) return wanted;
            repairs.Note(MailNoteKind.HeaderLineTooLong, $"A header field is longer than {limits.HeaderLineBytes} bytes; its end was dropped.");
            return room;
        }

        void Flush(ReadOnlySpan<byte> bytes)
        {
            if (name is not null)
            {
                var span = value is { Length: > 0 } ? value.GetBuffer().AsSpan(0, (int)value.Length) : bytes.Slice(first.Start, first.Length);
                span = span.Trim(" \t"u8);
                var raw = Encoding.UTF8.GetString(span);
                // The replacement character tells of bytes that are not UTF-8 (or, rarely, stands there itself).
                if (raw.Contains('\uFFFD') && !Utf8.IsValid(span)) (odd ??= []).Add((fields.Count, span.ToArray()));
                if (raw.Contains('\0')) raw = raw.Replace("\0", "", StringComparison.Ordinal).Trim();
                fields.Add(new MailHeader(name, raw, Value(raw, repairs)));
            }
            name = null;
            value?.SetLength(0);
        }
    }

    static string Value(string raw, Repairs repairs) => Clean(DoubleEncoding.Undo(EncodedWords.Decode(raw, repairs), 1, repairs));

    /// <summary>The names that nearly every mail has need no string of their own.</summary>
    static string Name(ReadOnlySpan<byte> name)
    {
        foreach (var known in Known)
        {
            if (known.Length == name.Length && Ascii.Equals(name, known)) return known;
        }
        return Encoding.ASCII.GetString(name);
    }

    static readonly string[] Known =
    [
        "Received", "From", "To", "Subject", "Date", "Message-ID", "Message-Id", "MIME-Version", "Mime-Version", "Content-Type", "Content-Transfer-Encoding",
        "Content-Disposition", "Content-ID", "Return-Path", "References", "In-Reply-To", "Reply-To", "Cc", "Delivered-To", "DKIM-Signature",
        "Authentication-Results", "Received-SPF", "X-Mailer", "User-Agent", "Content-Description", "Content-Language", "Auto-Submitted", "Precedence",
    ];

    /// <summary>Decoded values hold no line ends and no NUL, so that nothing built from them can start a new field.</summary>
    static string Clean(string value) =>
        value.AsSpan().IndexOfAny('\r', '\n', '\0') < 0
            ? value
            : value.Replace("\r\n", " ", StringComparison.Ordinal).Replace('\r', ' ').Replace('\n', ' ').Replace("\0", "", StringComparison.Ordinal);

    static bool StartsField(ReadOnlySpan<byte> source)
    {
        var head = source[..Math.Min(source.Length, 80)];
        var colon = head.IndexOf((byte)':');
        return colon > 0 && IsName(head[..colon]);
    }

    static bool IsName(ReadOnlySpan<byte> name)
    {
        name = name.TrimEnd(" \t"u8);
        foreach (var b in name)
        {
            if (b is <= 32 or >= 127) return false;
        }
        return !name.IsEmpty;
    }

    static int NextLine(ReadOnlySpan<byte> source, int at)
    {
        var cut = source[at..].IndexOf((byte)'\n');
        return cut < 0 ? source.Length : at + cut + 1;
    }

    static int BlankLine(ReadOnlySpan<byte> source, int at)
    {
        for (; at < source.Length; at = NextLine(source, at))
        {
            if (Trimmed(source[at..NextLine(source, at)]).IsEmpty) return NextLine(source, at);
        }
        return source.Length;
    }

    static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> line) => line.TrimEnd("\r\n"u8);
}
