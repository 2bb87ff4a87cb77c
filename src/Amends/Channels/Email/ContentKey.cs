using System.Security.Cryptography;

namespace Amends.Channels.Email;

/// <summary>What a mail is known by, however it travelled: the SHA-256 of it without the fields that servers add on the way.</summary>
public static class ContentKey
{
    private static readonly string[] Trace =
        ["Received", "Return-Path", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Received", "Received-SPF", "Authentication-Results", "X-Spam-Status", "X-Spam-Score", "X-Spam-Level"];

    /// <summary>The key in hex.</summary>
    public static string Of(ReadOnlySpan<byte> raw)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var skipping = false;
        while (!raw.IsEmpty)
        {
            var end = raw.IndexOf((byte)'\n');
            var line = end < 0 ? raw : raw[..(end + 1)];
            raw = raw[line.Length..];
            if (line.TrimEnd("\r\n"u8).IsEmpty)
                break; // the body begins
            skipping = line[0] is (byte)' ' or (byte)'\t' ? skipping : IsTrace(line);
            if (!skipping)
                hash.AppendData(line);
        }

        hash.AppendData("\n"u8);
        hash.AppendData(raw);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Whether the header has this field.</summary>
    public static bool Has(ReadOnlySpan<byte> raw, string field)
    {
        while (!raw.IsEmpty)
        {
            var end = raw.IndexOf((byte)'\n');
            var line = end < 0 ? raw : raw[..(end + 1)];
            raw = raw[line.Length..];
            if (line.TrimEnd("\r\n"u8).IsEmpty)
                return false;
            if (IsField(line, field))
                return true;
        }

        return false;
    }

    private static bool IsTrace(ReadOnlySpan<byte> line)
    {
        foreach (var field in Trace)
        {
            if (IsField(line, field))
                return true;
        }

        return line.StartsWith("ARC-"u8);
    }

    private static bool IsField(ReadOnlySpan<byte> line, string field) =>
        line.Length > field.Length && line[field.Length] == (byte)':' && System.Text.Ascii.EqualsIgnoreCase(line[..field.Length], field);
}
