using System.Text;

namespace Amends.Mail.Mime;

/// <summary>Divides a mail into its tree of parts, within the limits.</summary>
internal sealed class PartTree(MimeLimits limits, Repairs repairs)
{
    int parts;
    long decoded;

    internal MimePart Read(ReadOnlyMemory<byte> source) => Part(source, 0, "text/plain", top: true);

    MimePart Part(ReadOnlyMemory<byte> source, int depth, string assumed, bool top)
    {
        parts++;
        var (headers, bodyAt) = HeaderFields.Read(source.Span, limits, repairs, top);
        var body = source[bodyAt..];
        var type = HeaderValue.Parse(headers.First("Content-Type")?.Raw, repairs);
        var disposition = HeaderValue.Parse(headers.First("Content-Disposition")?.Raw, repairs);
        var mediaType = MediaType(type.Value, assumed);
        var encoding = headers.First("Content-Transfer-Encoding")?.Raw;
        var children = Children(mediaType, type, body, encoding, depth, ref mediaType);
        var content = children.Count > 0 && mediaType.StartsWith("multipart/", StringComparison.Ordinal) ? default : Content(body, encoding);
        return new MimePart
        {
            Headers = headers,
            ContentType = mediaType,
            Parameters = type.Parameters,
            Disposition = disposition.Value.Length == 0 ? null : disposition.Value,
            FileName = FileNames.Of(disposition, type),
            ContentId = headers.First("Content-ID")?.Raw.Trim().Trim('<', '>', ' ') is { Length: > 0 } id ? id : null,
            Content = content,
            Children = children,
        };
    }

    IReadOnlyList<MimePart> Children(string mediaType, HeaderValue type, ReadOnlyMemory<byte> body, string? encoding, int depth, ref string effective)
    {
        var multipart = mediaType.StartsWith("multipart/", StringComparison.Ordinal);
        if (!multipart && mediaType is not ("message/rfc822" or "message/global" or "message/news")) return [];
        if (depth >= limits.Depth)
        {
            repairs.Note($"Parts are nested more than {limits.Depth} deep; deeper ones were left undivided.");
            return [];
        }
        if (!multipart)
        {
            var inner = TransferEncoding.Decode(body, encoding);
            return inner.IsEmpty || parts >= limits.Parts ? [] : [Part(inner, depth + 1, "text/plain", top: true)];
        }
        var boundary = type.Parameters.GetValueOrDefault("boundary");
        if (string.IsNullOrEmpty(boundary)) boundary = GuessBoundary(body.Span);
        if (boundary is null)
        {
            repairs.Note("A multipart names no boundary; it was read as text.");
            effective = "text/plain";
            return [];
        }
        var slices = Slices(body, Encoding.UTF8.GetBytes("--" + boundary.TrimEnd()));
        if (slices.Count == 0)
        {
            repairs.Note("A multipart's boundary does not occur in it; it was read as text.");
            effective = "text/plain";
            return [];
        }
        var children = new List<MimePart>(slices.Count);
        foreach (var slice in slices)
        {
            if (parts >= limits.Parts)
            {
                repairs.Note($"The mail has more than {limits.Parts} parts; the rest was not divided.");
                break;
            }
            children.Add(Part(slice, depth + 1, mediaType == "multipart/digest" ? "message/rfc822" : "text/plain", top: false));
        }
        return children;
    }

    /// <summary>What stands between boundary lines (RFC 2046 §5.1.1); a missing last boundary ends at the end.</summary>
    List<ReadOnlyMemory<byte>> Slices(ReadOnlyMemory<byte> body, byte[] boundary)
    {
        var found = new List<ReadOnlyMemory<byte>>();
        var span = body.Span;
        var start = -1;
        for (var at = 0; at < span.Length;)
        {
            var hit = span[at..].IndexOf(boundary);
            if (hit < 0) break;
            var line = at + hit;
            var end = line + boundary.Length;
            at = end;
            if (line > 0 && span[line - 1] != (byte)'\n') continue;
            var closing = span[end..].StartsWith("--"u8);
            var rest = span[(closing ? end + 2 : end)..];
            var lineEnd = rest.IndexOf((byte)'\n');
            var tail = lineEnd < 0 ? rest : rest[..lineEnd];
            if (!tail.Trim(" \t\r"u8).IsEmpty) continue;
            if (start >= 0) found.Add(body[start..BeforeLineEnd(span, start, line)]);
            start = lineEnd < 0 ? span.Length : span.Length - rest.Length + lineEnd + 1;
            at = start;
            if (found.Count > limits.Parts) return found;
            if (!closing) continue;
            start = -1;
            break;
        }
        if (start >= 0 && start < span.Length)
        {
            repairs.Note("A multipart's last boundary is missing.");
            found.Add(body[start..]);
        }
        return found;
    }

    /// <summary>The line end before a boundary belongs to the boundary.</summary>
    static int BeforeLineEnd(ReadOnlySpan<byte> span, int start, int line)
    {
        if (line > start && span[line - 1] == (byte)'\n') line--;
        if (line > start && span[line - 1] == (byte)'\r') line--;
        return Math.Max(start, line);
    }

    static string? GuessBoundary(ReadOnlySpan<byte> body)
    {
        for (var tries = 0; tries < 50 && !body.IsEmpty; tries++)
        {
            var cut = body.IndexOf((byte)'\n');
            var line = (cut < 0 ? body : body[..cut]).TrimEnd("\r \t"u8);
            body = cut < 0 ? default : body[(cut + 1)..];
            if (line.Length is > 4 and < 80 && line.StartsWith("--"u8) && line.IndexOf((byte)' ') < 0) return Encoding.Latin1.GetString(line[2..]);
        }
        return null;
    }

    ReadOnlyMemory<byte> Content(ReadOnlyMemory<byte> body, string? encoding)
    {
        var content = TransferEncoding.Decode(body, encoding);
        if (decoded + content.Length > limits.DecodedBytes)
        {
            repairs.Note($"The decoded parts are larger than {limits.DecodedBytes} bytes together; what is beyond was dropped.");
            content = content[..(int)Math.Max(0, limits.DecodedBytes - decoded)];
        }
        decoded += content.Length;
        return content;
    }

    static string MediaType(string value, string assumed)
    {
        var slash = value.IndexOf('/');
        if (slash > 0 && slash < value.Length - 1 && value.Length <= 200) return value.Replace(" ", "", StringComparison.Ordinal);
        return value switch
        {
            "" => assumed,
            "text" => "text/plain",
            "html" => "text/html",
            "multipart" => "multipart/mixed",
            _ => "application/octet-stream",
        };
    }
}
