using Amends.Data;

namespace Amends.Letters;

/// <summary>A letter that was sent, on paper: who wrote to whom and when, the words as they were, and the digest by which they can be compared.</summary>
public static class LetterPaper
{
    /// <summary>The letter.</summary>
    /// <param name="company">Who wrote.</param>
    /// <param name="number">The case.</param>
    /// <param name="letter">What was sent.</param>
    /// <param name="words">Its words, subject first, as they were kept.</param>
    public static Paper Of(Company company, long number, SentLetter letter, string words)
    {
        var (subject, text) = words.Split("\n\n", 2) is [var first, var rest] ? (first, rest) : (letter.Subject, words);
        var sent = Words.Moment(DateTimeOffset.FromUnixTimeMilliseconds(letter.At), company);
        var year = TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(letter.At), company.Zone()).Year;
        return new Paper(subject, $"{company.Name} · {number} · SHA-256 {letter.Digest ?? Blobs.DigestOf(System.Text.Encoding.UTF8.GetBytes(words))}",
        [
            new PaperBlock($"{letter.Name}\nFrom: {letter.AuthorName}{(letter.AuthorName == company.Name ? "" : $", {company.Name}")}\nTo: {letter.Recipients}\nSent: {sent}, {year}"),
            .. text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(paragraph => new PaperBlock(paragraph)),
        ]);
    }
}
