using Amends.Data;
using Amends.Domain.Deadlines;

namespace Amends.Letters;

/// <summary>A letter that a rule asks for, as somebody wants it sent.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The words without greeting and signature; <c>null</c> while there are none.</param>
/// <param name="Reason">Why it takes longer, in a letter that says so.</param>
/// <param name="Until">The day by which they have the answer, in a letter that names one.</param>
public sealed record AskedLetter(LetterKind Kind, string? Text, string Reason, DateOnly? Until)
{
    /// <summary>The end of that day, where the company is.</summary>
    public DateTimeOffset? NewDay(Company company) => Until is { } day ? DueDates.EndOf(day, company.Zone()) : null;
}
