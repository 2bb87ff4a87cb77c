using Amends.Data;
using Amends.Domain.Cases;

namespace Amends.Letters;

/// <summary>What one of us wrote, signed.</summary>
public static class PlainReply
{
    /// <summary>The letter around somebody's own words; signed unless the writer did so.</summary>
    /// <param name="company">Whose letter it is.</param>
    /// <param name="number">The case.</param>
    /// <param name="state">The case as it is.</param>
    /// <param name="text">The words, plain text.</param>
    /// <param name="writer">The name of who wrote them; <c>null</c> when it was no person.</param>
    /// <param name="withLink">Whether the customer's page is named below.</param>
    /// <param name="files">Files to send along.</param>
    public static Letter For(Company company, long number, CaseState state, string text, string? writer, bool withLink = true, IReadOnlyList<LetterFile>? files = null)
    {
        var words = text.ReplaceLineEndings("\n").Replace(Letter.Link, "").Trim();
        var end = words.Length > 120 ? words[^120..] : words;
        return new Letter(Words.Subject(number, state), Words.Paragraphs(
            words,
            writer is not null && end.Contains(writer, StringComparison.OrdinalIgnoreCase) ? null : Words.SignedBy(writer, company),
            withLink ? "Your page with us:\n" + Letter.Link : null))
        {
            Attachments = files ?? [],
        };
    }
}
