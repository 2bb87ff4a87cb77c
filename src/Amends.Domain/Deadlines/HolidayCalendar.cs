namespace Amends.Domain.Deadlines;

/// <summary>
/// Which days are no business days in one jurisdiction: a weekend and a list of holidays. It is data that people keep up to date; each change
/// makes a new version, and the versions before stay, since due dates were counted with them.
/// </summary>
/// <param name="Key">Its name in presets, such as <c>gb-ew</c>.</param>
/// <param name="Version">Counts up with each change.</param>
/// <param name="Title">For people.</param>
/// <param name="Weekend">The days of the week on which nobody counts.</param>
/// <param name="Holidays">The holidays that are known.</param>
/// <param name="KnownUntil">The last day for which the holidays are known; <c>null</c> when that was never said.</param>
public sealed record HolidayCalendar(string Key, int Version, string Title, IReadOnlyList<DayOfWeek> Weekend, IReadOnlyList<DateOnly> Holidays, DateOnly? KnownUntil = null)
{
    /// <summary>Days that are searched for a business day; a calendar that has none within them never opens.</summary>
    internal const int Horizon = 400;

    /// <summary>Whether a day counts.</summary>
    public bool IsBusinessDay(DateOnly day) => !Weekend.Contains(day.DayOfWeek) && !Holidays.Contains(day);

    /// <summary>Whether the holidays up to this day are known.</summary>
    public bool Knows(DateOnly day) => KnownUntil is not { } until || day <= until;
}
