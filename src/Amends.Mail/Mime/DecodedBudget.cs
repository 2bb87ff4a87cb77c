namespace Amends.Mail.Mime;

/// <summary>How many decoded bytes a mail may still give.</summary>
internal sealed class DecodedBudget(MimeLimits limits, long rawBytes, Repairs repairs)
{
    long left = Math.Min(limits.DecodedBytes, rawBytes * limits.DecodedTimesRaw);

    /// <summary>What is left.</summary>
    internal long Left => left;

    /// <summary>
    /// Sets aside what a body can give at most, so that it may be decoded later or never. Only where that is more than is left is it decoded
    /// here, to know exactly.
    /// </summary>
    internal EncodedBody Reserve(ReadOnlyMemory<byte> body, string? encoding)
    {
        var most = TransferEncoding.KindOf(encoding) == TransferEncoding.Kind.Base64 ? body.Length / 4 * 3 + 3 : body.Length;
        if (most <= left)
        {
            left -= most;
            return new EncodedBody(body, encoding, int.MaxValue, repairs);
        }
        var content = TransferEncoding.Decode(body, encoding, repairs);
        return new EncodedBody(content[..Take(content.Length)], null, int.MaxValue, null);
    }

    /// <summary>Takes as much of that many bytes as there is left, and notes it where that is not all.</summary>
    internal int Take(int wanted)
    {
        var taken = (int)Math.Min(wanted, left);
        if (taken < wanted) Spent();
        left -= taken;
        return taken;
    }

    /// <summary>Notes that something was left out.</summary>
    internal void Spent() => repairs.Note(MailNoteKind.DecodedTooLarge, limits.DecodedBytes <= rawBytes * limits.DecodedTimesRaw
        ? $"The decoded parts are larger than {limits.DecodedBytes} bytes together; what is beyond was dropped."
        : $"The decoded parts are more than {limits.DecodedTimesRaw} times as large as the mail; what is beyond was dropped.");
}
