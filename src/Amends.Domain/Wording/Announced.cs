namespace Amends.Domain.Wording;

/// <summary>Finds attachments and links that are announced and are not there.</summary>
internal static class Announced
{
    public static IEnumerable<Hint> Of(Reading reading)
    {
        if (reading.Context.Attachments.Count == 0 && reading.Of(Sign.Attached) is [var attached, ..])
            yield return Check.AttachmentMissing.At(reading.Pack, reading.StretchOf(attached));
        if (!reading.Context.HasLink && reading.Of(Sign.Link) is [var link, ..] && !reading.Draft.Tokens.Exists(token => token.Kind == TokenKind.Address && !token.Quoted && reading.Draft.Text.AsSpan(token.Start, token.Length).Contains("://", StringComparison.Ordinal)) && !reading.Draft.Text.Contains("www.", StringComparison.OrdinalIgnoreCase))
            yield return Check.LinkMissing.At(reading.Pack, reading.StretchOf(link));
    }
}
