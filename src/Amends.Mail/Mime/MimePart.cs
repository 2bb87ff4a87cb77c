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

    /// <summary>The content with its transfer encoding undone; empty for a container.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

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
