namespace Amends.Mail.Smtp;

/// <summary>One answer of an SMTP server.</summary>
/// <param name="Code">The three-digit code (RFC 5321 §4.2).</param>
/// <param name="Enhanced">The enhanced status code such as <c>5.1.1</c> (RFC 3463), or empty.</param>
/// <param name="Text">The human text, lines joined by a blank.</param>
public sealed record SmtpReply(int Code, string Enhanced, string Text)
{
    /// <summary>The usual answer to a mail that was taken.</summary>
    public static SmtpReply Taken { get; } = new(250, "2.0.0", "Stored");

    /// <summary>2xx.</summary>
    public bool IsPositive => Code is >= 200 and < 300;

    /// <summary>4xx: try again later.</summary>
    public bool IsTemporary => Code is >= 400 and < 500;

    /// <summary>5xx: trying again will not help.</summary>
    public bool IsPermanent => Code is >= 500 and < 600;

    /// <inheritdoc/>
    public override string ToString() => Enhanced.Length == 0 ? $"{Code} {Text}" : $"{Code} {Enhanced} {Text}";
}
