using System.Buffers;
using System.Globalization;
using System.Text;

namespace Amends.Mail.Trust;

/// <summary>A DKIM-Signature field (RFC 6376 §3.5).</summary>
internal sealed record DkimSignature
{
    const int MostFields = 200;
    const int LongestField = 16 * 1024;

    /// <summary>Who signs (d=), in lower case and in letters of DNS.</summary>
    public string Domain { get; private init; } = "";

    /// <summary>Which key (s=).</summary>
    public string Selector { get; private init; } = "";

    /// <summary>For whom (i=).</summary>
    public string Identity { get; private init; } = "";

    /// <summary>The algorithm (a=).</summary>
    public string Algorithm { get; private init; } = "";
    public bool RelaxedHeader { get; private init; }
    public bool RelaxedBody { get; private init; }

    /// <summary>Only so many bytes of the body are signed (l=); <c>null</c> for all.</summary>
    public long? BodyLength { get; private init; }

    /// <summary>When it ends (x=).</summary>
    public DateTimeOffset? Expires { get; private init; }

    /// <summary>The signed fields (h=), in lower case.</summary>
    public IReadOnlyList<string> Fields { get; private init; } = [];
    public byte[] BodyHash { get; private init; } = [];
    public byte[] Value { get; private init; } = [];

    /// <summary>Why it cannot be used; <c>null</c> when it can.</summary>
    public string? Trouble { get; private init; }

    /// <summary>Reads a field.</summary>
    public static DkimSignature Of(ReadOnlySpan<byte> mail, RawField field)
    {
        if (field.End - field.Colon > LongestField) return Bad("it is larger than any in use");
        var tags = TagList.Parse(Encoding.Latin1.GetString(mail[(field.Colon + 1)..field.End]));
        if (tags is null) return Bad("it cannot be read");
        var domain = DnsName.Host(tags["d"]);
        var signature = new DkimSignature { Domain = domain ?? "", Selector = (tags["s"] ?? "").ToLowerInvariant(), Algorithm = (tags["a"] ?? "").ToLowerInvariant() };
        if (domain is null || !domain.Contains('.')) return signature.But("it names no domain");
        if (DnsName.Host(tags["s"]) is not { } selector) return signature.But("it names no key");
        if (tags["v"] != "1") return signature.But("it is of another version");
        if (tags.Bytes("b") is not { Length: > 0 } value || tags.Bytes("bh") is not { Length: > 0 } hash) return signature.But("it has no signature");
        if (tags.Words("h") is not { } fields || fields.Count > MostFields || fields.Any(name => name.Length == 0)) return signature.But("it names no fields");
        if (!fields.Contains("from")) return signature.But("the sender's address is not signed");
        if (tags.Words("q") is { } queries && !queries.Contains("dns/txt")) return signature.But("its key is not in the DNS");
        var ways = (tags["c"] ?? "simple/simple").ToLowerInvariant().Split('/');
        if (ways.Length > 2 || ways.Any(way => way is not ("simple" or "relaxed"))) return signature.But("it was made in an unknown way");
        if (!Moment(tags["t"], out var made) || !Moment(tags["x"], out var ends) || (made is { } from && ends is { } until && until < from)) return signature.But("its times cannot be read");
        if (!Count(tags["l"], out var length)) return signature.But("its length cannot be read");
        var identity = (tags["i"] ?? "@" + domain).ToLowerInvariant();
        var of = DnsName.Host(identity[(identity.LastIndexOf('@') + 1)..]);
        if (of is null || !identity.Contains('@') || (of != domain && !of.EndsWith("." + domain, StringComparison.Ordinal))) return signature.But("it speaks for a domain that is not its own");
        return signature with
        {
            Selector = selector, Identity = identity, RelaxedHeader = ways[0] == "relaxed", RelaxedBody = ways.Length == 2 && ways[1] == "relaxed", BodyLength = length, Expires = ends, Fields = fields, BodyHash = hash, Value = value,
        };
    }

    /// <summary>What is hashed and signed: the named fields from the bottom up, and this one without its value (§3.7, §5.4.2).</summary>
    public static ReadOnlyMemory<byte> Signed(ReadOnlySpan<byte> mail, RawHeader header, RawField own, IReadOnlyList<string> names, bool relaxed)
    {
        var result = new ArrayBufferWriter<byte>(4096);
        var left = new Dictionary<string, Stack<RawField>>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in header.Fields)
        {
            if (!left.TryGetValue(field.Name, out var stack)) left[field.Name] = stack = new();
            stack.Push(field);
        }
        foreach (var name in names)
        {
            if (left.TryGetValue(name, out var stack) && stack.TryPop(out var field)) Canonical.Field(mail, field, relaxed, result);
        }
        var bare = WithoutValue(mail[own.Start..own.End]);
        var itself = new ArrayBufferWriter<byte>(bare.Length + 8);
        Canonical.Field(bare, new RawField(own.Name, 0, own.Colon - own.Start, bare.Length), relaxed, itself);
        result.Write(itself.WrittenSpan[..^2]);
        return result.WrittenMemory;
    }

    /// <summary>The field with nothing between <c>b=</c> and the next semicolon, and with its line end.</summary>
    static byte[] WithoutValue(ReadOnlySpan<byte> field)
    {
        var at = field.IndexOf((byte)':') + 1;
        while (at < field.Length)
        {
            var end = field[at..].IndexOf((byte)';') is >= 0 and var cut ? at + cut : field.Length;
            var equals = field[at..end].IndexOf((byte)'=');
            if (equals >= 0 && field.Slice(at, equals).Trim(" \t\r\n"u8).SequenceEqual("b"u8))
                return end == field.Length ? [.. field[..(at + equals + 1)], .. "\r\n"u8] : [.. field[..(at + equals + 1)], .. field[end..]];
            at = end + 1;
        }
        return field.ToArray();
    }

    static bool Moment(string? text, out DateTimeOffset? moment)
    {
        moment = null;
        if (!Count(text, out var seconds)) return false;
        // A number of up to twelve digits is meant to be taken (§3.5); beyond the year 9999 it is as good as for ever.
        if (seconds is { } count) moment = DateTimeOffset.FromUnixTimeSeconds(Math.Min(count, 253_402_300_799));
        return true;
    }

    static bool Count(string? text, out long? count)
    {
        count = null;
        if (text is null) return true;
        if (text.Length > 76 || text.Length == 0 || !text.All(char.IsAsciiDigit)) return false;
        count = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : long.MaxValue;
        return true;
    }

    DkimSignature But(string trouble) => this with { Trouble = trouble };

    static DkimSignature Bad(string trouble) => new() { Trouble = trouble };
}
