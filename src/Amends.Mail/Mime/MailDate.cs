using System.Globalization;

namespace Amends.Mail.Mime;

/// <summary>Reads Date fields (RFC 5322 §3.3) with the old zones, two-digit years, missing parts and the other orders in use.</summary>
internal static class MailDate
{
    static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    static readonly Dictionary<string, int> Zones = new(StringComparer.OrdinalIgnoreCase)
    {
        ["UT"] = 0, ["GMT"] = 0, ["UTC"] = 0, ["Z"] = 0, ["EST"] = -300, ["EDT"] = -240, ["CST"] = -360, ["CDT"] = -300,
        ["MST"] = -420, ["MDT"] = -360, ["PST"] = -480, ["PDT"] = -420, ["BST"] = 60, ["WET"] = 0, ["WEST"] = 60, ["CET"] = 60, ["MET"] = 60,
        ["CEST"] = 120, ["MEST"] = 120, ["EET"] = 120, ["EEST"] = 180, ["MSK"] = 180, ["JST"] = 540, ["IST"] = 330, ["AEST"] = 600, ["AEDT"] = 660,
    };

    /// <summary>The instant with its offset; UTC where no zone is given; null where it cannot be read.</summary>
    internal static DateTimeOffset? Parse(string? raw)
    {
        if (string.IsNullOrWhiteSpace(raw) || raw.Length > 200) return null;
        var words = WithoutComments(raw).Replace(',', ' ').Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        int? day = null, month = null, year = null, zone = null;
        TimeSpan? time = null;
        foreach (var word in words.SelectMany(Divide))
        {
            if (time is null && word.Contains(':')) time = Time(word);
            else if (month is null && word.Length >= 3 && Array.IndexOf(Months, word[..3].ToLowerInvariant()) is >= 0 and var m && !char.IsDigit(word[0])) month = m + 1;
            else if (time is not null && word[0] is '+' or '-') zone ??= Offset(word);
            else if (time is not null && Zones.TryGetValue(word, out var named)) zone ??= named;
            else if (!int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) continue;
            else if (day is null && word.Length <= 2 && number is >= 1 and <= 31) day = number;
            else year ??= Year(number, word.Length);
        }
        if (day is { } d && month is { } mo && year is { } y)
        {
            try { return new DateTimeOffset(y, mo, d, 0, 0, 0, TimeSpan.FromMinutes(zone ?? 0)) + (time ?? TimeSpan.Zero); }
            catch (ArgumentOutOfRangeException) { return null; }
        }
        return DateTimeOffset.TryParse(raw, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var other) ? other : null;
    }

    /// <summary>"10-Jan-2011" is three words; "10:00:00+0100" two.</summary>
    static IEnumerable<string> Divide(string word)
    {
        var parts = word.Split('-');
        if (parts.Length == 3 && parts[1].Length >= 3 && char.IsLetter(parts[1][0])) return parts.Where(p => p.Length > 0);
        if (word.Contains(':') && word.IndexOfAny(['+', '-']) is > 0 and var sign) return [word[..sign], word[sign..]];
        return [word];
    }

    static string WithoutComments(string raw)
    {
        var open = raw.IndexOf('(');
        if (open < 0) return raw;
        var close = raw.LastIndexOf(')');
        return close > open ? raw[..open] + " " + raw[(close + 1)..] : raw[..open];
    }

    static TimeSpan? Time(string word)
    {
        var parts = word.Split(':', '.');
        var numbers = parts.Select(p => int.TryParse(p, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1).ToArray();
        if (numbers.Length < 2 || numbers[0] is < 0 or > 23 || numbers[1] is < 0 or > 59) return null;
        return new TimeSpan(numbers[0], numbers[1], numbers.Length > 2 && numbers[2] is >= 0 and <= 59 ? numbers[2] : 0);
    }

    static int? Offset(string word)
    {
        var digits = word[1..].Replace(":", "", StringComparison.Ordinal);
        if (digits.Length is < 1 or > 4 || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
        var minutes = digits.Length <= 2 ? number * 60 : number / 100 * 60 + number % 100;
        return minutes > 14 * 60 ? null : word[0] == '-' ? -minutes : minutes;
    }

    static int? Year(int number, int length) => length switch
    {
        4 => number,
        2 => number < 50 ? 2000 + number : 1900 + number,
        3 => 1900 + number,
        _ => null,
    };
}
