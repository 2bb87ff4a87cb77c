using System.Text;

namespace Amends.Mail.Mime;

/// <summary>Divides a mail into its tree of parts, within the limits. Parts are slices of the mail; nothing is copied to find them.</summary>
internal sealed class PartTree(MimeLimits limits, Repairs repairs, DecodedBudget budget)
{
    /// <summary>A stretch of bytes and where it lies in the raw mail; -1 where it was decoded.</summary>
    readonly record struct Stretch(ReadOnlyMemory<byte> Bytes, int At)
    {
        internal Stretch Cut(int from, int to) => new(Bytes[from..to], At < 0 ? -1 : At + from);
    }

    int parts;

    internal MimePart Read(ReadOnlyMemory<byte> source) => Part(new Stretch(source, 0), 0, "text/plain", top: true);

    /// <summary>The header alone, with an empty body.</summary>
    internal MimePart ReadHeader(ReadOnlyMemory<byte> source)
    {
        var (headers, _, _) = HeaderFields.Read(source.Span, limits, repairs, top: true);
        return new MimePart { Headers = headers };
    }

    MimePart Part(Stretch source, int depth, string assumed, bool top)
    {
        parts++;
        var (headers, start, bodyAt) = HeaderFields.Read(source.Bytes.Span, limits, repairs, top);
        var body = source.Cut(bodyAt, source.Bytes.Length);
        var type = ContentType(headers);
        var disposition = HeaderValue.Parse(headers.First("Content-Disposition")?.Raw, repairs);
        var mediaType = MediaType(type.Value, assumed);
        var encoding = headers.First("Content-Transfer-Encoding")?.Raw;
        var (children, inner) = Children(type, body, encoding, depth, ref mediaType);
        var range = source.At < 0 ? default(PartRange?) : new PartRange(source.At + start, source.At + bodyAt, source.At + source.Bytes.Length);
        return new MimePart
        {
            Headers = headers,
            ContentType = mediaType,
            Parameters = type.Parameters,
            Disposition = disposition.Value.Length == 0 ? null : disposition.Value,
            FileName = FileNames.Of(disposition, type),
            ContentId = headers.First("Content-ID")?.Raw.Trim().Trim('<', '>', ' ') is { Length: > 0 } id ? id : null,
            // Folding may have put blanks into a long address (RFC 2557 §4.4.2).
            ContentLocation = headers.Value("Content-Location") is { } place && string.Concat(place.Where(c => c is not (' ' or '\t'))) is { Length: > 0 } location ? location : null,
            // A mail within is counted by its own parts, not once more as a whole.
            Source = children.Count > 0 ? new EncodedBody(inner, null, int.MaxValue, null) : budget.Reserve(body.Bytes, encoding),
            Range = range,
            Children = children,
        };
    }

    /// <summary>The first Content-Type that names a type; some programs write a second one, or an empty first.</summary>
    HeaderValue ContentType(MailHeaders headers)
    {
        if (headers.First("Content-Type") is not { } field) return HeaderValue.None;
        var first = HeaderValue.Parse(field.Raw, repairs);
        var more = headers.All("Content-Type").Skip(1).ToList();
        if (more.Count == 0) return first;
        repairs.Note(MailNoteKind.FieldValue, "A part has more than one Content-Type; the first that names a type counts.");
        return first.Value.Contains('/') ? first : more.Select(f => HeaderValue.Parse(f.Raw, repairs)).FirstOrDefault(v => v.Value.Contains('/')) ?? first;
    }

    (IReadOnlyList<MimePart> Children, ReadOnlyMemory<byte> Inner) Children(HeaderValue type, Stretch body, string? encoding, int depth, ref string mediaType)
    {
        var multipart = mediaType.StartsWith("multipart/", StringComparison.Ordinal);
        if (mediaType == "message/partial") repairs.Note(MailNoteKind.Incomplete, $"This is fragment {Number(type, "number")} of {Number(type, "total")} of a mail that was sent in pieces (RFC 2046 §5.2.2); they are not put together.");
        if (mediaType == "message/external-body") repairs.Note(MailNoteKind.Incomplete, "A part is not in the mail but lies elsewhere (RFC 2046 §5.2.3); it was not fetched.");
        if (!multipart && mediaType is not ("message/rfc822" or "message/global" or "message/news")) return ([], default);
        if (depth >= limits.Depth)
        {
            repairs.Note(MailNoteKind.TooDeep, $"Parts are nested more than {limits.Depth} deep; deeper ones were left undivided.");
            return ([], default);
        }
        if (!multipart)
        {
            if (parts >= limits.Parts)
            {
                TooMany();
                return ([], default);
            }
            var inner = Plain(body, encoding);
            return inner.Bytes.IsEmpty ? ([], default) : ([Part(inner, depth + 1, "text/plain", top: true)], inner.Bytes);
        }
        var found = Divide(type, ref body, encoding);
        if (found.Count == 0)
        {
            mediaType = "text/plain";
            return ([], default);
        }
        var digest = mediaType == "multipart/digest";
        var children = new List<MimePart>(found.Count);
        foreach (var (from, to) in found)
        {
            if (parts >= limits.Parts)
            {
                TooMany();
                break;
            }
            children.Add(Part(body.Cut(from, to), depth + 1, digest ? "message/rfc822" : "text/plain", top: false));
        }
        return (children, default);
    }

    void TooMany() => repairs.Note(MailNoteKind.TooManyParts, $"The mail has more than {limits.Parts} parts; the rest was not divided.");

    static string Number(HeaderValue type, string name) => type.Parameters.TryGetValue(name, out var text) && text.Length is > 0 and < 9 ? text : "?";

    /// <summary>A container's body without its transfer encoding; it should have none (RFC 2045 §6.4), and then it is no copy.</summary>
    Stretch Plain(Stretch body, string? encoding)
    {
        if (TransferEncoding.KindOf(encoding) == TransferEncoding.Kind.None) return body;
        repairs.Note(MailNoteKind.TransferEncoding, "A part that holds other parts is encoded as a whole; it was decoded.");
        return new Stretch(budget.Reserve(body.Bytes, encoding).Decode(), -1);
    }

    List<(int From, int To)> Divide(HeaderValue type, ref Stretch body, string? encoding)
    {
        var boundary = type.Parameters.GetValueOrDefault("boundary");
        var named = !string.IsNullOrEmpty(boundary);
        if (!named) boundary = GuessBoundary(body.Bytes.Span);
        if (boundary is null)
        {
            repairs.Note(MailNoteKind.Boundary, "A multipart names no boundary; it was read as text.");
            return [];
        }
        if (!named) repairs.Note(MailNoteKind.Boundary, "A multipart names no boundary; the one that it uses was found.");
        var found = Slices(body, Encoding.UTF8.GetBytes("--" + boundary.TrimEnd()));
        if (found.Count == 0 && TransferEncoding.KindOf(encoding) != TransferEncoding.Kind.None)
        {
            body = Plain(body, encoding);
            found = Slices(body, Encoding.UTF8.GetBytes("--" + boundary.TrimEnd()));
        }
        if (found.Count == 0 && named && GuessBoundary(body.Bytes.Span) is { } other)
        {
            found = Slices(body, Encoding.UTF8.GetBytes("--" + other));
            if (found.Count > 0) repairs.Note(MailNoteKind.Boundary, "A multipart's boundary does not occur in it; the one that it uses was found.");
        }
        if (found.Count == 0) repairs.Note(MailNoteKind.Boundary, "A multipart's boundary does not occur in it; it was read as text.");
        return found;
    }

    /// <summary>What stands between boundary lines (RFC 2046 §5.1.1); a missing last boundary ends at the end.</summary>
    List<(int From, int To)> Slices(Stretch body, byte[] boundary)
    {
        var found = new List<(int From, int To)>();
        var span = body.Bytes.Span;
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
            if (start >= 0) found.Add((start, BeforeLineEnd(span, start, line)));
            start = lineEnd < 0 ? span.Length : span.Length - rest.Length + lineEnd + 1;
            at = start;
            if (found.Count > limits.Parts) return found;
            if (!closing) continue;
            start = -1;
            break;
        }
        if (start >= 0 && start < span.Length)
        {
            repairs.Note(MailNoteKind.Boundary, "A multipart's last boundary is missing.");
            found.Add((start, span.Length));
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
