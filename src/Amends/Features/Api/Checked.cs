using Amends.Data;
using Amends.Domain;
using Amends.Features.Shared;

namespace Amends.Features.Api;

/// <summary>Fields of a request, within bounds; what is wrong is a <see cref="BadField"/> that names the field.</summary>
internal static class Checked
{
    private const int FurthestYears = 5;

    /// <summary>A text without blanks around it; <c>null</c> when there is none.</summary>
    public static string? Text(string field, string? text, int most)
    {
        var said = text?.Trim() ?? "";
        return said.Length == 0 ? null : said.Length > most ? throw new BadField(field, $"That is longer than {most} characters.") : said;
    }

    /// <summary>A text that must be there.</summary>
    public static string Needed(string field, string? text, int most) => Text(field, text, most) ?? throw new BadField(field, "This must not be empty.");

    /// <summary>The code of a cause that is offered; <c>null</c> when it was left out.</summary>
    public static string? Cause(string field, string? cause, Company company) => Text(field, cause, 60) is not { } code ? null
        : company.Content.Causes.Offered.Any(known => known.Code == code) ? code : throw new BadField(field, $"There are the causes {string.Join(", ", company.Content.Causes.Offered.Select(known => known.Code))}.");

    /// <summary>One of the words of a list, which must be there.</summary>
    /// <param name="field">Its name.</param>
    /// <param name="chosen">What was sent.</param>
    /// <param name="words">What to say when nothing was.</param>
    public static T Chosen<T>(string field, T? chosen, string words) where T : struct, Enum =>
        chosen is { } one && Enum.IsDefined(one) ? one : throw new BadField(field, words);

    /// <summary>A moment that calendars can count with: from a few years ago to a few years ahead.</summary>
    public static DateTimeOffset? Moment(string field, DateTimeOffset? at, DateTimeOffset now) =>
        at is not { } moment || (moment > now.AddYears(-FurthestYears) && moment < now.AddYears(FurthestYears)) ? at : throw new BadField(field, $"Give a moment within {FurthestYears} years, such as {now:yyyy-MM-ddTHH:mm:ssZ}.");

    /// <summary>A day within the same bounds.</summary>
    public static DateOnly? Day(string field, DateOnly? day, DateTimeOffset now) =>
        day is not { } on || Math.Abs(on.Year - now.Year) < FurthestYears ? day : throw new BadField(field, $"Give a day within {FurthestYears} years, such as {now:yyyy-MM-dd}.");

    /// <summary>An amount in the company's currency, zero or more; nothing is zero.</summary>
    public static Money Worth(string field, Amount? amount, Company company) =>
        amount is null ? Money.Zero(company.Currency)
        : amount.Currency != company.Currency ? throw new BadField(field + ".currency", $"Amounts are in {company.Currency} here.")
        : amount.Minor is < 0 or > MostMinor ? throw new BadField(field + ".minor", $"Give minor units, such as cents: from 0 to {MostMinor}.")
        : new Money(amount.Minor, company.Currency);

    /// <summary>The entries of a list; none when it was left out.</summary>
    public static IReadOnlyList<T> List<T>(string field, IReadOnlyList<T?>? entries, int most) where T : class =>
        entries is null ? [] : entries.Count > most ? throw new BadField(field, $"There are {most} at the most.") : [.. entries.Select(each => each ?? throw new BadField(field, "No entry may be null."))];

    /// <summary>A list of numbers or words, no longer than this; <c>null</c> when it was left out.</summary>
    public static IReadOnlyList<T>? Few<T>(string field, IReadOnlyList<T>? entries, int most) where T : struct =>
        entries?.Count > most ? throw new BadField(field, $"There are {most} at the most.") : entries;

    private const long MostMinor = 1_000_000_000_000;
}
