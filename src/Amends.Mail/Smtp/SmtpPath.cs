using System.Diagnostics.CodeAnalysis;

namespace Amends.Mail.Smtp;

/// <summary>The address argument of MAIL and RCPT (RFC 5321 §4.1.2), and what may stand in one.</summary>
internal static class SmtpPath
{
    // RFC 5321 §4.5.3.1.3 allows 256 with the angle brackets; internationalised addresses count bytes, so a little more.
    private const int Longest = 512;

    /// <summary>Takes <c>&lt;address&gt;</c> from the front of <paramref name="text"/>.</summary>
    /// <returns>False when it is not a path; <paramref name="rest"/> is what follows (the parameters).</returns>
    public static bool TryRead(string text, bool mayBeEmpty, [NotNullWhen(true)] out string? address, out string rest)
    {
        address = null;
        rest = "";
        text = text.TrimStart(' ');
        if (!text.StartsWith('<')) return false;
        var close = CloseOf(text);
        if (close < 0) return false;
        var inside = text[1..close];
        rest = text[(close + 1)..];
        if (rest.Length > 0 && rest[0] != ' ') return false;
        // A source route is to be accepted and ignored (RFC 5321 §4.1.1.3).
        if (inside.StartsWith('@') && inside.IndexOf(':') is > 0 and var colon) inside = inside[(colon + 1)..];
        if (inside.Length == 0 && mayBeEmpty)
        {
            address = "";
            return true;
        }
        if (!IsAddress(inside) && !inside.Equals("postmaster", StringComparison.OrdinalIgnoreCase)) return false;
        address = inside;
        return true;
    }

    /// <summary>True when the text can stand between angle brackets without breaking out of the command.</summary>
    public static bool IsAddress(string text)
    {
        if (text.Length is 0 or > Longest) return false;
        var at = text.LastIndexOf('@');
        if (at <= 0 || at == text.Length - 1) return false;
        foreach (var letter in text)
        {
            if (char.IsControl(letter)) return false;
        }
        var domain = text.AsSpan(at + 1);
        if (domain.IndexOfAny(" <>\"\\,;()") >= 0) return false;
        var local = text.AsSpan(0, at);
        return local.IndexOfAny(" <>\"\\,;()@") < 0 || IsQuoted(local);
    }

    // A quote inside must be escaped, or what follows it would stand outside the address.
    private static bool IsQuoted(ReadOnlySpan<char> local)
    {
        if (local.Length < 3 || local[0] != '"' || local[^1] != '"') return false;
        var inside = local[1..^1];
        for (var i = 0; i < inside.Length; i++)
        {
            if (inside[i] == '"') return false;
            if (inside[i] == '\\' && ++i == inside.Length) return false;
        }
        return true;
    }

    private static int CloseOf(string text)
    {
        var quoted = false;
        for (var i = 1; i < text.Length; i++)
        {
            if (quoted && text[i] == '\\') i++;
            else if (text[i] == '"') quoted = !quoted;
            else if (text[i] == '>' && !quoted) return i;
        }
        return -1;
    }
}
