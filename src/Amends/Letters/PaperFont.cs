using System.Buffers.Binary;
using PdfSharp.Fonts;

namespace Amends.Letters;

/// <summary>The font of what is set on paper, DejaVu Sans, and which letters it has. It comes with the program, so a PDF looks the same on every machine.</summary>
public sealed class PaperFont : IFontResolver
{
    /// <summary>The family's name.</summary>
    public const string Family = "DejaVu Sans";

    private static readonly Lazy<HashSet<int>> Letters = new(() => LettersIn(Load("DejaVuSans")));

    /// <summary>Makes the font known to the library, once for the program.</summary>
    internal static void Use() => GlobalFontSettings.FontResolver ??= new PaperFont();

    /// <inheritdoc/>
    public FontResolverInfo? ResolveTypeface(string familyName, bool bold, bool italic) => new(bold ? "DejaVuSans-Bold" : "DejaVuSans");

    /// <inheritdoc/>
    public byte[] GetFont(string faceName) => Load(faceName);

    /// <summary>
    /// Whether a letter can be set as it should be: the font has it, and it is of a script that runs from left to right in single letters. What
    /// must be joined or turned around would be set wrongly, which is worse than to say so.
    /// </summary>
    public static bool Has(int letter) => letter is not (>= 0x0590 and <= 0x109F) and not (>= 0x1780 and <= 0x18AF) and not (>= 0xFB1D and <= 0xFDFF) and not (>= 0xFE70 and <= 0xFEFE) && Letters.Value.Contains(letter);

    private static byte[] Load(string face)
    {
        using var stream = typeof(PaperFont).Assembly.GetManifestResourceStream($"Amends.Letters.Fonts.{face}.ttf")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>The letters of the basic plane that a font maps to a glyph: its "cmap" table in format 4 (OpenType 1.9, "cmap").</summary>
    private static HashSet<int> LettersIn(ReadOnlySpan<byte> font)
    {
        var letters = new HashSet<int>();
        var cmap = 0;
        for (var i = 0; i < U16(font, 4); i++)
        {
            if (font.Slice(12 + (16 * i), 4).SequenceEqual("cmap"u8))
                cmap = (int)U32(font, 12 + (16 * i) + 8);
        }

        for (var i = 0; i < U16(font, cmap + 2); i++)
        {
            var at = cmap + (int)U32(font, cmap + 4 + (8 * i) + 4);
            if (U16(font, at) != 4)
                continue;
            var twice = U16(font, at + 6);
            for (var segment = 0; segment < twice; segment += 2)
            {
                var (end, start) = (U16(font, at + 14 + segment), U16(font, at + 16 + twice + segment));
                var (delta, offset) = (U16(font, at + 16 + (2 * twice) + segment), U16(font, at + 16 + (3 * twice) + segment));
                for (var letter = start; letter <= end && letter < 0xFFFF; letter++)
                {
                    var glyph = offset == 0 ? letter + delta : U16(font, at + 16 + (3 * twice) + segment + offset + (2 * (letter - start)));
                    if ((glyph & 0xFFFF) != 0)
                        letters.Add(letter);
                }
            }
        }

        return letters;
    }

    private static int U16(ReadOnlySpan<byte> font, int at) => BinaryPrimitives.ReadUInt16BigEndian(font[at..]);

    private static uint U32(ReadOnlySpan<byte> font, int at) => BinaryPrimitives.ReadUInt32BigEndian(font[at..]);
}
