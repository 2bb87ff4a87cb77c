namespace Amends.Domain.Returns;

/// <summary>Something that the customer sends back to us: its number, its label, and where it is.</summary>
/// <param name="Number">The return's number, as <see cref="ReturnNumber"/> writes it.</param>
/// <param name="Label">What the customer sticks on the parcel.</param>
/// <param name="IssuedAt">When the customer got it.</param>
public sealed record ReturnState(string Number, ReturnLabel Label, DateTimeOffset IssuedAt)
{
    /// <summary>When we reminded the customer that the label lapses.</summary>
    public DateTimeOffset? RemindedAt { get; init; }

    /// <summary>When the carrier first had the parcel, and when we had it.</summary>
    public DateTimeOffset? ScannedAt { get; init; }
    public DateTimeOffset? ReceivedAt { get; init; }

    /// <summary>What we found in it.</summary>
    public Inspection? Inspection { get; init; }

    /// <summary>What was noted about it.</summary>
    public string? InspectionNote { get; init; }

    /// <summary>The lot or serial number on what came back, and those that the order says were sent.</summary>
    public string? Mark { get; init; }
    public string? Sent { get; init; }

    /// <summary>What came back has another number than what was sent. It may be our own mistake, and decides nothing.</summary>
    public bool IsAnother => ReturnMark.Fits(Mark, Sent) == false;

    /// <summary>When the label lapsed with no parcel.</summary>
    public DateTimeOffset? ExpiredAt { get; init; }
}

/// <summary>What lets a parcel travel at our expense. It is always paid by us.</summary>
/// <param name="Carrier">Who carries it, as the customer knows them.</param>
/// <param name="Tracking">The carrier's number; <c>null</c> while there is none.</param>
/// <param name="File">The label to print; <c>null</c> when the parcel is collected and nothing is printed.</param>
/// <param name="Instructions">How to pack it and where to hand it in, for the customer.</param>
/// <param name="ExpiresAt">Until when the carrier takes it.</param>
public sealed record ReturnLabel(string Carrier, string? Tracking, LabelFile? File, string? Instructions, DateTimeOffset ExpiresAt);

/// <summary>The label's file, by the digest of its content.</summary>
/// <param name="Name">As it is downloaded.</param>
/// <param name="ContentType">PDF or PNG.</param>
/// <param name="Digest">SHA-256 in hex.</param>
public sealed record LabelFile(string Name, string ContentType, string Digest);

/// <summary>What we found in the parcel.</summary>
public enum Inspection
{
    /// <summary>As agreed.</summary>
    Pass = 1,

    /// <summary>Not what was agreed to come back. Nothing is taken from the customer for it without talking to them.</summary>
    Fail,

    /// <summary>Something else: another article, damaged on the way, more than one thing.</summary>
    Other,
}

/// <summary>How a return's number is written: <c>R</c>, digits that count up, and a check digit, so that a slip of the pen is seen.</summary>
public static class ReturnNumber
{
    /// <summary>The number that is the nth, from 1.</summary>
    public static string Of(long nth)
    {
        var digits = (100_000 + nth).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return "R" + digits + CheckDigit.Of(digits);
    }

    /// <summary>A number as somebody typed or scanned it, in the one way that it is written; <c>null</c> when it is none.</summary>
    public static string? Clean(string? typed)
    {
        var text = new string([.. (typed ?? "").Where(letter => !char.IsWhiteSpace(letter) && letter != '-')]).ToUpperInvariant();
        return text is ['R', .. var digits] && digits.Length is > 6 and < 20 && digits.All(char.IsAsciiDigit) && CheckDigit.Fits(digits) ? text : null;
    }
}
