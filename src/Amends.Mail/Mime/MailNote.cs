namespace Amends.Mail.Mime;

/// <summary>What a <see cref="MailNote"/> is about, so that programs need not read its sentence.</summary>
public enum MailNoteKind
{
    /// <summary>Limit: the mail is larger than <see cref="MimeLimits.RawBytes"/>; only its header was read.</summary>
    RawTooLarge,

    /// <summary>Limit: parts nest deeper than <see cref="MimeLimits.Depth"/>; deeper ones were left undivided.</summary>
    TooDeep,

    /// <summary>Limit: more parts than <see cref="MimeLimits.Parts"/>; the rest was not divided.</summary>
    TooManyParts,

    /// <summary>Limit: a header block is larger than <see cref="MimeLimits.HeaderBytes"/>; its rest was not read.</summary>
    HeaderTooLarge,

    /// <summary>Limit: a field is longer than <see cref="MimeLimits.HeaderLineBytes"/>; its end was dropped.</summary>
    HeaderLineTooLong,

    /// <summary>Limit: the decoded parts are larger than <see cref="MimeLimits.DecodedBytes"/> or <see cref="MimeLimits.DecodedTimesRaw"/>; what is beyond was dropped.</summary>
    DecodedTooLarge,

    /// <summary>Repair: lines end in CR alone.</summary>
    LineEnds,

    /// <summary>Repair: something is wrong with how the header block is laid out.</summary>
    HeaderLayout,

    /// <summary>Repair: header fields hold 8-bit bytes that are not UTF-8 (RFC 6532).</summary>
    RawHeaderBytes,

    /// <summary>Repair: a field that may stand once stands twice, or its value cannot be used as it is.</summary>
    FieldValue,

    /// <summary>Repair: a boundary is missing, unnamed or does not occur.</summary>
    Boundary,

    /// <summary>Repair: a charset is unknown or wrongly named.</summary>
    Charset,

    /// <summary>Repair: characters were encoded twice.</summary>
    DoubleEncoding,

    /// <summary>Repair: base64, quoted-printable or uuencode is damaged.</summary>
    TransferEncoding,

    /// <summary>Told: a file was unpacked out of winmail.dat or out of the text, or could not be.</summary>
    Unpacked,

    /// <summary>Told: the body, or a part of it, is encrypted.</summary>
    Encrypted,

    /// <summary>Told: the mail is a fragment, or a part of it lies elsewhere.</summary>
    Incomplete,

    /// <summary>Repair: From names no address.</summary>
    Author,
}

/// <summary>Something that was wrong with a mail, and how it was read nevertheless.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Sentence">The same in words for people.</param>
public sealed record MailNote(MailNoteKind Kind, string Sentence)
{
    /// <summary>Whether a bound of <see cref="MimeLimits"/> was met, so that something of the mail is not in the reading.</summary>
    public bool IsLimit => Kind <= MailNoteKind.DecodedTooLarge;
}
