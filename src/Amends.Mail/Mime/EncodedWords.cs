using System.Text;

namespace Amends.Mail.Mime;

/// <summary>Decodes encoded words (RFC 2047), also where writers put them against the rules: quoted, unspaced, with blanks inside.</summary>
internal static class EncodedWords
{
    /// <summary>Decodes every encoded word of a header value. Neighbours of one charset are joined before decoding, so that characters split between words come out whole.</summary>
    internal static string Decode(string value, Repairs? repairs = null)
    {
        if (!value.Contains("=?", StringComparison.Ordinal)) return value;
        var once = Once(value, repairs);
        // A gateway encoded what was encoded already: the result is one word, or words, and nothing else.
        if (once.Length == value.Length || !once.StartsWith("=?", StringComparison.Ordinal) || !once.EndsWith("?=", StringComparison.Ordinal) || Word(once, 0) is null) return once;
        var twice = Once(once, repairs);
        if (twice == once) return once;
        repairs?.Note(MailNoteKind.DoubleEncoding, "A header field was encoded twice.");
        return twice;
    }

    static string Once(string value, Repairs? repairs)
    {
        var text = new StringBuilder(value.Length);
        var pending = new MemoryStream();
        string? charset = null;
        var plainFrom = 0;
        for (var at = value.IndexOf("=?", StringComparison.Ordinal); at >= 0;)
        {
            if (Word(value, at) is not { } word)
            {
                at = value.IndexOf("=?", at + 2, StringComparison.Ordinal);
                continue;
            }
            var between = value.AsSpan(plainFrom, at - plainFrom);
            var joins = charset is not null && between.Trim(" \t\r\n").IsEmpty;
            if (!joins || !charset!.Equals(word.Charset, StringComparison.OrdinalIgnoreCase)) Flush();
            if (!joins) text.Append(between);
            charset = word.Charset;
            pending.Write(word.Bytes.Span);
            plainFrom = word.End;
            at = value.IndexOf("=?", word.End, StringComparison.Ordinal);
        }
        Flush();
        return text.Append(value, plainFrom, value.Length - plainFrom).ToString();

        void Flush()
        {
            if (charset is not null) text.Append(Charsets.Decode(pending.GetBuffer().AsSpan(0, (int)pending.Length), charset, repairs));
            pending.SetLength(0);
            charset = null;
        }
    }

    readonly record struct Found(string Charset, ReadOnlyMemory<byte> Bytes, int End);

    static Found? Word(string value, int start)
    {
        // A charset name and an encoding are short; without this bound a run of "=?" would cost its square.
        var first = Mark(value, start + 2, 80);
        if (first < 0 || first + 2 >= value.Length || value[first + 2] != '?') return null;
        var kind = char.ToLowerInvariant(value[first + 1]);
        if (kind is not ('q' or 'b')) return null;
        var from = first + 3;
        var end = Close(value, from);
        if (end < 0) return null;
        var charset = value[(start + 2)..first];
        if (charset.IndexOf('*') is >= 0 and var star) charset = charset[..star];
        var bytes = Latin1OrUtf8(value.AsSpan(from, end - from));
        return new Found(charset, kind == 'b' ? TransferEncoding.Base64(bytes, out _) : TransferEncoding.QuotedPrintable(bytes, header: true, out _), end + 2);
    }

    static int Mark(string value, int from, int within)
    {
        var length = Math.Min(within, value.Length - from);
        if (length <= 0) return -1;
        var at = value.AsSpan(from, length).IndexOfAny('?', ' ');
        return at <= 0 || value[from + at] != '?' ? -1 : from + at;
    }

    /// <summary>The closing mark; a "?=" that begins an escape such as <c>?=3D</c> is not it unless the word ends there.</summary>
    static int Close(string value, int from)
    {
        var limit = Math.Min(value.Length, from + 4096);
        for (var i = from; i + 1 < limit; i++)
        {
            if (value[i] == '?' && value[i + 1] == '=') return i;
            if (value[i] == '=' && i + 1 < limit && value[i + 1] == '?' && i > from && value[i - 1] == '?') return -1;
        }
        return -1;
    }

    /// <summary>Raw 8-bit characters within a word stand for themselves.</summary>
    static byte[] Latin1OrUtf8(ReadOnlySpan<char> span)
    {
        foreach (var c in span)
        {
            if (c > 255) return Encoding.UTF8.GetBytes(span.ToArray());
        }
        return Encoding.Latin1.GetBytes(span.ToArray());
    }
}
