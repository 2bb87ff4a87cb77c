using Amends.Data.Rollups;
using Amends.Domain.Calendars;
using Amends.Domain.Deadlines;
using Amends.Domain.Regulatory;
using Dapper;

namespace Amends.Data.Regulatory;

/// <summary>Counts for regulators: what a return on complaints asks for, the data of each complaint, and the measures that standards on complaints suggest.</summary>
public sealed class RegulatoryDesk(Database database, StoredSettings settings, DeadlineDesk deadlines, TimeProvider clock)
{
    /// <summary>So many cases behind a figure are shown at most.</summary>
    public const int Most = 100;

    private const string QuickPreset = "uk-fca-disp-3bd";

    /// <summary>The business days of the FCA's return, in their newest version.</summary>
    public static HolidayCalendar BusinessDaysOf(DeadlineBook book) => book.Calendar(book.Find(QuickPreset)?.Calendar ?? HolidayCalendars.Company);

    /// <summary>Today, of the company.</summary>
    public async Task<DateOnly> Today(CancellationToken ct) => LocalDay.Of(clock.GetUtcNow(), (await settings.Company(ct)).Zone());

    /// <summary>The counts of a period.</summary>
    /// <param name="period">Which days.</param>
    /// <param name="ct">The request's end.</param>
    public async Task<RegulatoryCounts> Read(ReportingPeriod period, CancellationToken ct)
    {
        var (company, calendar, today) = (await settings.Company(ct), BusinessDaysOf(await deadlines.Book(ct)), await Today(ct));
        return await database.Read(async connection =>
        {
            var sums = new ReportCounts(connection, database);
            var tally = await Tally.Read(sums, period);
            var handling = await HandlingMeasures.Read(connection, sums, company, period, tally);
            var report = ComplaintsReturn.Of(tally, await RegulatorySums.Read(connection, period), handling) with { Currency = company.Currency, Waiting = await connection.ExecuteScalarAsync<long>(ReportBook.WaitingSql) };
            return new RegulatoryCounts(report, period, FcaReturn.FormOf(period), period.IsOver(today), calendar.Knows(period.To) ? null : calendar.KnownUntil, tally.AtStart + tally.CameIn);
        }, ct);
    }

    /// <summary>The complaints behind a figure, the newest first, and one more than <see cref="Most"/> when there are more.</summary>
    /// <param name="asked">Which.</param>
    /// <param name="ct">The request's end.</param>
    public Task<IReadOnlyList<FoundComplaint>> Cases(ComplaintsAsked asked, CancellationToken ct) => database.Read(connection => new ComplaintsBehind(connection).Cases(asked, Most + 1), ct);
}

/// <summary>The counts of a period.</summary>
/// <param name="Report">Figures and tables, from which page, files, mail and JSON are made alike.</param>
/// <param name="Period">Which days.</param>
/// <param name="Form">Which form the FCA asks for; of the old one only are bands in the report.</param>
/// <param name="IsOver">Whether the period is over; until then the counts grow.</param>
/// <param name="HolidaysKnownUntil">The last day whose holidays are known, where the period goes on after it.</param>
/// <param name="Rows">How many complaints were received, open or closed in it: the rows of the data for ASIC.</param>
public sealed record RegulatoryCounts(Report Report, ReportingPeriod Period, ReturnForm Form, bool IsOver, DateOnly? HolidaysKnownUntil, long Rows)
{
    /// <summary>What one must know before one uses them, in sentences.</summary>
    public IEnumerable<string> Notices
    {
        get
        {
            if (Form == ReturnForm.Consolidated)
                yield return "For these days the FCA’s consolidated return of PS25/19 applies; its first period is 1 January to 30 June 2027. The old form of DISP 1 Annex 1R ends with 2026 and is not offered for them. The sections and headings of the new return are not in Amends: below are general counts only, and whether a complaint is reported under one of its sections is for you to say.";
            if (Form == ReturnForm.Neither)
                yield return "These days lie on both sides of 1 January 2027. The old form ends with 2026 and the consolidated return of PS25/19 begins in 2027, so neither is of them: below are general counts only. Choose a half-year.";
            if (!IsOver)
                yield return "These days are not over yet. The counts grow until they are.";
            if (HolidaysKnownUntil is { } until)
                yield return $"Holidays are known up to {until.ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture)} only. Add the later ones under Settings, Deadlines: three business days are counted by them.";
        }
    }
}
