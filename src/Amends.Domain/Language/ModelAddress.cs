namespace Amends.Domain.Language;

/// <summary>Where a language model may be: anywhere by https; by plain http only on this machine or in one's own network.</summary>
public static class ModelAddress
{
    private const int Longest = 300;

    /// <summary>The address in its usual form, without a stroke at the end.</summary>
    /// <param name="typed">As somebody typed it.</param>
    /// <exception cref="Refused"><c>address</c>: it is none, or one that nothing may be sent to.</exception>
    public static Uri Read(string typed)
    {
        var text = typed.Trim().TrimEnd('/');
        if (text.Length is 0 or > Longest || !Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.Host.Length == 0)
            throw new Refused("address", "Write an address such as http://127.0.0.1:11434/v1 or https://models.example/v1.");
        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
            throw new Refused("address", "The address has no name, password, “?” or “#” in it; the key has a field of its own.");
        if (text.EndsWith("/chat/completions", StringComparison.OrdinalIgnoreCase))
            throw new Refused("address", "Leave out /chat/completions: the address ends before it, mostly with /v1.");
        var isName = address.HostNameType == UriHostNameType.Dns;
        var bytes = isName ? null : BytesOf(address);
        if (bytes is not null && IsLinkLocal(bytes))
            throw new Refused("address", "Addresses that begin with 169.254 or fe80 are not sent to.");
        if (address.Scheme == "http" && bytes is not null && !IsOwnNetwork(bytes))
            throw new Refused("address", "Outside your own network it has to begin with https://, so that nobody on the way reads along.");
        if (address.Scheme == "http" && isName && !MayBeOwn(address.Host))
            throw new Refused("address", "A name with http:// has to be one of your own network, such as localhost or models.lan. Elsewhere it has to begin with https://.");
        return address;
    }

    /// <summary>Loopback, and the ranges for private networks: RFC 1918, RFC 6598, unique local addresses (RFC 4193).</summary>
    /// <param name="address">Four or sixteen bytes.</param>
    public static bool IsOwnNetwork(ReadOnlySpan<byte> address)
    {
        if (MappedTo4(address) is { } four)
            return IsOwnNetwork(four);
        return address.Length == 4
            ? address[0] is 127 or 10 || (address[0] == 172 && address[1] is >= 16 and <= 31) || (address[0] == 192 && address[1] == 168) || (address[0] == 100 && address[1] is >= 64 and <= 127)
            : address.Length == 16 && ((address[0] & 0xfe) == 0xfc || (address[..15].IndexOfAnyExcept((byte)0) < 0 && address[15] == 1));
    }

    /// <summary>Addresses of the wire that one hangs on, where clouds keep their secrets (169.254.169.254): nothing is ever sent there.</summary>
    /// <param name="address">Four or sixteen bytes.</param>
    public static bool IsLinkLocal(ReadOnlySpan<byte> address) =>
        MappedTo4(address) is { } four ? IsLinkLocal(four)
        : address.Length == 4 ? (address[0] == 169 && address[1] == 254) || address[0] == 0
        : address.Length == 16 && ((address[0] == 0xfe && (address[1] & 0xc0) == 0x80) || address.IndexOfAnyExcept((byte)0) < 0);

    private static byte[]? MappedTo4(ReadOnlySpan<byte> address) =>
        address.Length == 16 && address[..10].IndexOfAnyExcept((byte)0) < 0 && address[10] == 0xff && address[11] == 0xff ? address[12..].ToArray() : null;

    /// <summary>Names that can be of one's own network; what they really lead to is looked at when it is connected to.</summary>
    private static bool MayBeOwn(string host) =>
        !host.Contains('.', StringComparison.Ordinal) || ((string[])[".localhost", ".local", ".lan", ".internal", ".intranet", ".home.arpa", ".home", ".corp", ".test"]).Any(ending => host.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static byte[]? BytesOf(Uri address)
    {
        var host = address.Host.Trim('[', ']');
        if (address.HostNameType == UriHostNameType.IPv4)
            return [.. host.Split('.').Select(part => byte.Parse(part, System.Globalization.CultureInfo.InvariantCulture))];
        return address.HostNameType == UriHostNameType.IPv6 ? Six(host.Split('%')[0]) : null;
    }

    /// <summary>An IPv6 address in its usual form (RFC 5952), as <see cref="Uri"/> gives it.</summary>
    private static byte[] Six(string host)
    {
        var bytes = new byte[16];
        var halves = host.Split("::", 2);
        Fill(Groups(halves[0]), 0);
        if (halves.Length == 2)
        {
            var last = Groups(halves[1]);
            Fill(last, 16 - last.Count);
        }

        return bytes;

        void Fill(List<byte> groups, int from)
        {
            for (var at = 0; at < groups.Count && from + at is >= 0 and < 16; at++)
                bytes[from + at] = groups[at];
        }
    }

    private static List<byte> Groups(string half)
    {
        List<byte> groups = [];
        foreach (var part in half.Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part.Contains('.', StringComparison.Ordinal))
            {
                groups.AddRange(part.Split('.').Select(number => byte.TryParse(number, out var value) ? value : (byte)0));
                continue;
            }

            var group = ushort.TryParse(part, System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture, out var word) ? word : (ushort)0;
            groups.AddRange([(byte)(group >> 8), (byte)group]);
        }

        return groups;
    }
}
