using System.Text;
using System.Text.Unicode;

namespace Amends.Mail.Mime;

/// <summary>Turns bytes into text by the charset a mail names; a fixed table, unknown names fall back to windows-1252.</summary>
internal static class Charsets
{
    const int Unknown = -2;
    static readonly Encoding Windows1252;

    static readonly Dictionary<string, int> Pages = new(StringComparer.OrdinalIgnoreCase)
    {
        ["utf8"] = 65001, ["utf-8"] = 65001, ["unicode-1-1-utf-8"] = 65001, ["utf8mb4"] = 65001, ["utf-8-strict"] = 65001, ["utf_8"] = 65001,
        ["us-ascii"] = -1, ["ascii"] = -1, ["ansi_x3.4-1968"] = -1, ["646"] = -1, ["iso646-us"] = -1, ["8bit"] = -1, ["7bit"] = -1,
        ["unknown"] = -1, ["unknown-8bit"] = -1, ["x-unknown"] = -1, ["default"] = -1, ["x-user-defined"] = -1, ["default_charset"] = -1,
        ["binary"] = -1, ["none"] = -1, ["_autodetect"] = -1, ["_autodetect_all"] = -1,
        ["iso-8859-1"] = 1252, ["iso8859-1"] = 1252, ["iso_8859-1"] = 1252, ["latin1"] = 1252, ["latin-1"] = 1252, ["l1"] = 1252, ["cp819"] = 1252,
        ["iso-latin-1"] = 1252, ["cp1252"] = 1252, ["ansi"] = 1252, ["windows1252"] = 1252,
        ["iso-8859-9"] = 1254, ["iso8859-9"] = 1254, ["latin5"] = 1254, ["iso-8859-11"] = 874, ["tis-620"] = 874, ["tis620"] = 874,
        ["iso-8859-8-i"] = 28598, ["iso-8859-8-e"] = 28598, ["iso-8859-6-i"] = 28596, ["iso-8859-6-e"] = 28596, ["logical"] = 28598,
        ["gb2312"] = 54936, ["gbk"] = 54936, ["cp936"] = 54936, ["x-gbk"] = 54936, ["gb_2312-80"] = 54936, ["euc-cn"] = 54936, ["gb18030"] = 54936, ["cn-gb"] = 54936,
        ["big5"] = 950, ["big5-hkscs"] = 950, ["big-5"] = 950, ["cn-big5"] = 950, ["big5hkscs"] = 950,
        ["ks_c_5601-1987"] = 949, ["ks_c_5601-1989"] = 949, ["euc-kr"] = 949, ["euckr"] = 949, ["ksc5601"] = 949, ["cp949"] = 949, ["uhc"] = 949,
        ["shift_jis"] = 932, ["shift-jis"] = 932, ["sjis"] = 932, ["x-sjis"] = 932, ["ms_kanji"] = 932, ["windows-31j"] = 932, ["cp932"] = 932, ["ms932"] = 932,
        ["iso-2022-jp"] = 50220, ["iso-2022-jp-1"] = 50220, ["iso-2022-jp-2"] = 50220, ["iso-2022-jp-ms"] = 50220, ["cp50220"] = 50220,
        ["euc-jp"] = 51932, ["eucjp"] = 51932, ["x-euc-jp"] = 51932, ["iso-2022-kr"] = 50225,
        ["koi8-r"] = 20866, ["koi8r"] = 20866, ["koi8"] = 20866, ["koi8-u"] = 21866, ["koi8-ru"] = 21866,
        ["macintosh"] = 10000, ["mac"] = 10000, ["x-mac-roman"] = 10000, ["macroman"] = 10000, ["x-mac-cyrillic"] = 10007,
        ["utf-16"] = 1200, ["utf-16le"] = 1200, ["utf-16be"] = 1201, ["ucs-2"] = 1200, ["unicode"] = 1200, ["utf-32"] = 12000,
        ["utf-7"] = -7, ["utf7"] = -7, ["unicode-1-1-utf-7"] = -7, ["x-unicode-2-0-utf-7"] = -7,
    };

    static Charsets()
    {
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        Windows1252 = Encoding.GetEncoding(1252);
    }

    /// <summary>Decodes; a missing or plainly wrong label means UTF-8 where the bytes are that, else windows-1252.</summary>
    internal static string Decode(ReadOnlySpan<byte> bytes, string? name, Repairs? repairs = null)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF])) return Guess(bytes[3..]);
        var page = Page(name, repairs);
        if (page == -7) return Utf7.Decode(bytes);
        if (page == 65001) return DecodeUtf8(bytes, repairs);
        if (page is -1 or Unknown or 1252)
        {
            if (Ascii.IsValid(bytes)) return Encoding.ASCII.GetString(bytes);
            var utf8 = Utf8.IsValid(bytes);
            // Characters of more than one byte that are all whole do not come about by chance in Western text.
            if (utf8 && page == 1252) repairs?.Note(MailNoteKind.Charset, $"A text says it is {Short(name)} and is UTF-8; it was read as that.");
            if (page == -1 && name is not null && !IsVague(name)) repairs?.Note(MailNoteKind.Charset, $"A text says it is {Short(name)} and is not; it was read as {(utf8 ? "UTF-8" : "windows-1252")}.");
            return utf8 ? Encoding.UTF8.GetString(bytes) : Windows1252.GetString(bytes);
        }
        try
        {
            return Encoding.GetEncoding(page).GetString(bytes);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            repairs?.Note(MailNoteKind.Charset, $"The charset {Short(name)} is not known here; it was read as windows-1252.");
            return Guess(bytes);
        }
    }

    /// <summary>UTF-8 where the bytes are that, else windows-1252.</summary>
    internal static string Guess(ReadOnlySpan<byte> bytes) => Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Windows1252.GetString(bytes);

    /// <summary>The charset for header fields in raw 8-bit bytes: the one named, unless that is none of 8 bits; else windows-1252.</summary>
    internal static (Encoding Encoding, string Label) ForHeaders(string? name)
    {
        var page = Page(name, null);
        if (page is not (-7 or -1 or Unknown or 65001 or 1200 or 1201 or 12000))
        {
            try { return (Encoding.GetEncoding(page), Short(name)); }
            catch (Exception e) when (e is ArgumentException or NotSupportedException) { return (Windows1252, "windows-1252"); }
        }
        return (Windows1252, "windows-1252");
    }

    /// <summary>The bytes that windows-1252 or its ISO relative would write this text with; null where it cannot.</summary>
    internal static byte[]? Western(string text)
    {
        var bytes = new byte[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c < 0xA0) bytes[i] = (byte)c;
            else if (c <= 0xFF) bytes[i] = (byte)c;
            else if (WesternMarks.IndexOf(c) is >= 0 and var mark) bytes[i] = (byte)(0x80 + mark);
            else return null;
        }
        return bytes;
    }

    /// <summary>What windows-1252 has from 0x80 to 0x9F; a blank where it has nothing.</summary>
    const string WesternMarks = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

    static string DecodeUtf8(ReadOnlySpan<byte> bytes, Repairs? repairs)
    {
        if (Utf8.IsValid(bytes)) return Encoding.UTF8.GetString(bytes);
        var damaged = LooksLikeUtf8(bytes);
        repairs?.Note(MailNoteKind.Charset, damaged ? "A text says it is UTF-8 and is damaged; what could not be read was replaced." : "A text says it is UTF-8 and is not; it was read as windows-1252.");
        return damaged ? Encoding.UTF8.GetString(bytes) : Windows1252.GetString(bytes);
    }

    /// <summary>Names that say nothing, so that nothing is wrong with them.</summary>
    static bool IsVague(string name) => name.Trim() is var n && (n.Length == 0 || n.Contains("unknown", StringComparison.OrdinalIgnoreCase) || n.Contains("default", StringComparison.OrdinalIgnoreCase) || n.EndsWith("bit", StringComparison.OrdinalIgnoreCase));

    /// <summary>Damaged UTF-8 still holds lead bytes followed by continuation bytes; Western 8-bit text hardly does.</summary>
    static bool LooksLikeUtf8(ReadOnlySpan<byte> bytes)
    {
        int good = 0, bad = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] < 0x80) continue;
            if (bytes[i] >= 0xC2 && i + 1 < bytes.Length && bytes[i + 1] is >= 0x80 and < 0xC0)
            {
                good++;
                while (i + 1 < bytes.Length && bytes[i + 1] is >= 0x80 and < 0xC0) i++;
            }
            else bad++;
        }
        return good > 0 && good >= bad;
    }

    static int Page(string? name, Repairs? repairs)
    {
        if (string.IsNullOrWhiteSpace(name)) return -1;
        var key = name.Trim().Trim('"', '\'', ';', ' ');
        if (Pages.TryGetValue(key, out var page)) return page;
        try
        {
            if (key.StartsWith("cp", StringComparison.OrdinalIgnoreCase)) key = "windows-" + key[2..];
            return Encoding.GetEncoding(key).CodePage;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            repairs?.Note(MailNoteKind.Charset, $"The charset {Short(name)} is not known here; it was read as windows-1252.");
            return Unknown;
        }
    }

    static string Short(string? name) => name is { Length: > 40 } ? name[..40] : name ?? "";
}
