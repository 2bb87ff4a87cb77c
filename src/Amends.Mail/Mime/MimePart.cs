namespace Amends.Mail.Mime;

/// <summary>One node of a mail's tree: a leaf with decoded content, or a container with children.</summary>
public sealed class MimePart
{
    /// <summary>The part's own header fields; those of the whole mail at the root.</summary>
    public MailHeaders Headers { get; init; } = MailHeaders.Empty;

    /// <summary>The media type in lower case, such as <c>text/plain</c>; what RFC 2045 §5.2 assumes where none is given.</summary>
    public string ContentType { get; init; } = "text/plain";

    /// <summary>The parameters of Content-Type, names in lower case, values decoded (RFC 2231).</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();

    /// <summary><c>attachment</c>, <c>inline</c> or another word in lower case; null where no disposition is given.</summary>
    public string? Disposition { get; init; }

    /// <summary>The file name without folders and control characters, or null.</summary>
    public string? FileName { get; init; }

    /// <summary>The Content-ID without angle brackets, or null.</summary>
    public string? ContentId { get; init; }

    /// <summary>The address that the HTML may name the part by (RFC 2557 §4.2), or null.</summary>
    public string? ContentLocation { get; init; }

    /// <summary>
    /// The content with its transfer encoding undone; empty for a container. Bytes that are not encoded are those of the raw mail itself;
    /// encoded ones are decoded when first asked for, and kept.
    /// </summary>
    public ReadOnlyMemory<byte> Content
    {
        // A holder is set at once; two threads that come first both decode, and one of the equal results stays.
        get => (content ??= new Decoded(Source.Decode())).Bytes;
        init => content = new Decoded(value);
    }

    /// <summary>Where the part lies in the raw mail; null where it came out of an encoded part, a winmail.dat or a text.</summary>
    public PartRange? Range { get; init; }

    internal EncodedBody Source { get; init; }

    sealed record Decoded(ReadOnlyMemory<byte> Bytes);

    Decoded? content;

    /// <summary>The parts within: of a multipart, or the one mail within message/rfc822.</summary>
    public IReadOnlyList<MimePart> Children { get; init; } = [];

    /// <summary>The part's content as text in its charset, NULs removed and line ends as LF.</summary>
    public string Text => MailText.Of(this);

    /// <summary>Whether this is a multipart that was divided.</summary>
    public bool IsMultipart => ContentType.StartsWith("multipart/", StringComparison.Ordinal);

    /// <summary>This part and everything within it, outer before inner, in order.</summary>
    public IEnumerable<MimePart> All()
    {
        var open = new Stack<MimePart>();
        open.Push(this);
        while (open.TryPop(out var part))
        {
            yield return part;
            for (var i = part.Children.Count - 1; i >= 0; i--) open.Push(part.Children[i]);
        }
    }
}
