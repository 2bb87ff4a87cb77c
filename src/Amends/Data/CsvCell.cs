using System.Globalization;

namespace Amends.Data;

/// <summary>A cell of a CSV file (RFC 4180).</summary>
public static class CsvCell
{
    /// <summary>Quoted where it must be; a text that a spreadsheet would take for a formula is given an apostrophe, a number below zero is not.</summary>
    /// <param name="text">What stands in it.</param>
    /// <param name="delimiter">What parts cells in this file.</param>
    public static string Of(string text, string delimiter = ",")
    {
        var safe = text.Length > 0 && text[0] is '=' or '+' or '@' or '\t' or '\r' || (text.StartsWith('-') && !decimal.TryParse(text, CultureInfo.InvariantCulture, out _)) ? "'" + text : text;
        return safe.AsSpan().IndexOfAny('"', '\n', '\r') >= 0 || safe.Contains(delimiter, StringComparison.Ordinal) ? $"\"{safe.Replace("\"", "\"\"")}\"" : safe;
    }
}
