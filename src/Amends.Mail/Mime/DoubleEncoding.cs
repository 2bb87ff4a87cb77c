using System.Text;
using System.Text.Unicode;

namespace Amends.Mail.Mime;

/// <summary>Undoes "FÃ¼r": UTF-8 that a program took for windows-1252 and encoded once more. Only where the whole text bears it out.</summary>
internal static class DoubleEncoding
{
    /// <summary>The text as it was meant, or as it is where that is not certain.</summary>
    /// <param name="text">Decoded text.</param>
    /// <param name="atLeast">How many characters within words must show the damage.</param>
    /// <param name="repairs">Where it is noted.</param>
    internal static string Undo(string text, int atLeast, Repairs? repairs)
    {
        // Of a lead byte of UTF-8 (0xC2 to 0xF4) windows-1252 makes one of these; without one, or with a character that it does not have, nothing is wrong.
        if (text.AsSpan().IndexOfAnyInRange('\u00C2', '\u00F4') < 0 || Charsets.Western(text) is not { } bytes || !Utf8.IsValid(bytes)) return text;
        var meant = Encoding.UTF8.GetString(bytes);
        var inWords = 0;
        for (var i = 0; i < meant.Length; i++)
        {
            // Who writes about the damage ("it shows Ã¼") sets it apart; a word that holds it was damaged. C1 controls were never meant.
            if (meant[i] is >= '\u0080' and < '\u00A0') return text;
            if (meant[i] >= 0x80 && (i > 0 && char.IsAsciiLetter(meant[i - 1]) || i + 1 < meant.Length && char.IsAsciiLetter(meant[i + 1]))) inWords++;
        }
        if (inWords < atLeast) return text;
        repairs?.Note(MailNoteKind.DoubleEncoding, "Characters had been encoded twice as UTF-8; they were read as meant.");
        return meant;
    }
}
