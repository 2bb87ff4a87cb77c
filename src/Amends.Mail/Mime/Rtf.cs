using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Amends.Mail.Mime;

/// <summary>Compressed RTF (MS-OXRTFCP) and the plain text of RTF, as far as mail bodies need it.</summary>
internal static class Rtf
{
    const int Longest = 8 * 1024 * 1024;

    static readonly byte[] Start = Encoding.ASCII.GetBytes(
        "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx");

    /// <summary>Groups that hold no text of the writer's.</summary>
    static readonly HashSet<string> Silent = new(StringComparer.Ordinal) { "fonttbl", "colortbl", "stylesheet", "info", "pict", "object", "header", "footer", "filetbl", "listtable", "listoverridetable", "themedata", "datastore" };

    /// <summary>The RTF, at most as much as is left of the budget; null where it is not compressed RTF.</summary>
    internal static byte[]? Decompress(ReadOnlySpan<byte> source, DecodedBudget budget)
    {
        if (source.Length < 16) return null;
        var size = BinaryPrimitives.ReadUInt32LittleEndian(source[4..]);
        var kind = BinaryPrimitives.ReadUInt32LittleEndian(source[8..]);
        source = source[16..];
        if (kind is not (0x75465A4C or 0x414C454D)) return null;
        // A reference gives at most 17 bytes for two; a header that says more is wrong, and nothing is set aside for it.
        var room = budget.Take((int)Math.Min(size, Math.Min(Longest, source.Length * 9L)));
        if (kind == 0x414C454D) return source[..Math.Min(room, source.Length)].ToArray();
        Span<byte> window = new byte[4096];
        Start.CopyTo(window);
        var write = Start.Length;
        var result = new byte[room];
        var length = 0;
        for (var at = 0; at < source.Length && length < room;)
        {
            var flags = source[at++];
            for (var bit = 0; bit < 8 && at < source.Length && length < room; bit++, flags >>= 1)
            {
                if ((flags & 1) == 0)
                {
                    result[length++] = window[write] = source[at++];
                    write = (write + 1) & 4095;
                    continue;
                }
                if (at + 1 >= source.Length) return result[..length];
                int from = (source[at] << 4) | (source[at + 1] >> 4), count = (source[at + 1] & 15) + 2;
                at += 2;
                if (from == write) return result[..length];
                for (; count > 0 && length < room; count--)
                {
                    result[length++] = window[write] = window[from];
                    from = (from + 1) & 4095;
                    write = (write + 1) & 4095;
                }
            }
        }
        return result[..length];
    }

    /// <summary>The text of RTF; null where there is none.</summary>
    internal static string? Text(ReadOnlySpan<byte> rtf)
    {
        var text = new StringBuilder();
        var silent = new Stack<bool>();
        bool quiet = false, asHtml = false;
        int page = 1252, unicodeSkip = 1, skip = 0;
        var pending = new List<byte>();
        for (var i = 0; i < rtf.Length; i++)
        {
            var b = rtf[i];
            if (b == (byte)'{') { Flush(); silent.Push(quiet); }
            else if (b == (byte)'}') { Flush(); quiet = silent.TryPop(out var outer) && outer; }
            else if (b is (byte)'\r' or (byte)'\n') { }
            else if (b != (byte)'\\') Put(b);
            else if (++i >= rtf.Length) break;
            else if (rtf[i] == (byte)'\'' && i + 2 < rtf.Length)
            {
                if (TransferEncoding.Hex(rtf[i + 1]) is >= 0 and var high && TransferEncoding.Hex(rtf[i + 2]) is >= 0 and var low) Put((byte)((high << 4) | low));
                i += 2;
            }
            else if (rtf[i] == (byte)'*') quiet = true;
            else if (rtf[i] == (byte)'~') Put((byte)' ');
            else if (!char.IsAsciiLetter((char)rtf[i]))
            {
                if (rtf[i] is (byte)'\\' or (byte)'{' or (byte)'}') Put(rtf[i]);
            }
            else
            {
                var from = i;
                while (i < rtf.Length && i - from < 32 && char.IsAsciiLetter((char)rtf[i])) i++;
                var word = Encoding.ASCII.GetString(rtf[from..i]);
                from = i;
                if (i < rtf.Length && rtf[i] == (byte)'-') i++;
                while (i < rtf.Length && i - from < 10 && char.IsAsciiDigit((char)rtf[i])) i++;
                var number = int.TryParse(Encoding.ASCII.GetString(rtf[from..i]), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var n) ? n : (int?)null;
                if (i >= rtf.Length || rtf[i] != (byte)' ') i--;
                Control(word, number);
            }
        }
        Flush();
        var result = text.ToString().Trim();
        return result.Length > 0 ? result : null;

        void Control(string word, int? number)
        {
            switch (word)
            {
                case "par" or "line" or "row": Say("\n"); break;
                case "tab" or "cell": Say("\t"); break;
                case "emdash": Say("—"); break;
                case "endash": Say("–"); break;
                case "bullet": Say("•"); break;
                case "lquote": Say("‘"); break;
                case "rquote": Say("’"); break;
                case "ldblquote": Say("“"); break;
                case "rdblquote": Say("”"); break;
                case "ansicpg": page = number ?? 1252; break;
                case "uc": unicodeSkip = Math.Clamp(number ?? 1, 0, 8); break;
                case "u" when number is { } code:
                    Say(((char)(ushort)code).ToString());
                    skip = unicodeSkip;
                    break;
                // HTML wrapped in RTF (MS-OXRTFEX): what stands between \htmlrtf and \htmlrtf0 is for RTF readers alone.
                case "fromhtml": asHtml = true; break;
                case "htmlrtf" when asHtml: Flush(); quiet = number != 0; break;
                default: if (Silent.Contains(word)) quiet = true; break;
            }
        }

        void Say(string what)
        {
            Flush();
            if (!quiet) text.Append(what);
        }

        void Put(byte b)
        {
            if (skip > 0) skip--;
            else if (!quiet) pending.Add(b);
        }

        void Flush()
        {
            if (pending.Count > 0) text.Append(Charsets.Decode(pending.ToArray(), $"cp{page}"));
            pending.Clear();
        }
    }
}
