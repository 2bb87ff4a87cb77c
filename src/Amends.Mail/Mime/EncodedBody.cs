namespace Amends.Mail.Mime;

/// <summary>A leaf's body as it stands in the mail, to be decoded when it is asked for.</summary>
/// <param name="Bytes">The bytes, a slice of the mail.</param>
/// <param name="Encoding">Content-Transfer-Encoding, or null.</param>
/// <param name="Most">Most bytes that it may give.</param>
/// <param name="Repairs">Where damage is noted.</param>
internal readonly record struct EncodedBody(ReadOnlyMemory<byte> Bytes, string? Encoding, int Most, Repairs? Repairs)
{
    internal ReadOnlyMemory<byte> Decode()
    {
        var content = TransferEncoding.Decode(Bytes, Encoding, Repairs);
        return content.Length > Most ? content[..Most] : content;
    }
}
