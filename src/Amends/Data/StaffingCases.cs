using System.Data.Common;
using System.Globalization;
using Amends.Data.Rollups;
using Amends.Domain.Calendars;
using Amends.Domain.Staffing;
using Dapper;

namespace Amends.Data;

/// <summary>Which of the contacts of <see cref="StaffingLog"/> a figure counts. What is <c>null</c> narrows nothing.</summary>
/// <param name="Part">Of what.</param>
/// <param name="Weeks">Of how many weeks, where it is about weeks.</param>
/// <param name="At">In which half hour of the week; of calls.</param>
/// <param name="Least">Who waits so many minutes or longer.</param>
/// <param name="Below">Who waits less than so many minutes.</param>
/// <param name="ByClock">Whether they are minutes of the clock; otherwise those in which the desk was open.</param>
public sealed record WantedContacts(ContactPart Part, int Weeks, HalfHour? At = null, long? Least = null, long? Below = null, bool ByClock = true)
{
    /// <summary>As the query of <c>/reports/staffing/cases</c>.</summary>
    public string Query => string.Create(CultureInfo.InvariantCulture, $"of={Part}&weeks={Weeks}{(At is { } at ? $"&at={at.Code}" : "")}{(Least is { } least ? $"&least={least}" : "")}{(Below is { } below ? $"&below={below}" : "")}{(ByClock ? "" : "&open=1")}");

    /// <summary>From such a query.</summary>
    /// <returns><c>null</c> when it makes no sense.</returns>
    public static WantedContacts? Parse(string? of, int? weeks, string? at, long? least, long? below, string? open)
    {
        var part = of is null ? ContactPart.Calls : Enum.TryParse<ContactPart>(of, out var named) && Enum.IsDefined(named) ? named : (ContactPart?)null;
        return part is null || at is not null && (HalfHour.Parse(at) is null || part > ContactPart.Missed) ? null : new(part.Value, weeks is { } asked && StaffingQuestion.Ranges.Contains(asked) ? asked : new StaffingQuestion().Weeks, HalfHour.Parse(at), least, below, open != "1");
    }
}

/// <summary>Of what a figure is.</summary>
public enum ContactPart
{
    /// <summary>Calls that people wrote down on cases.</summary>
    Calls = 1,

    /// <summary>Those of them that nobody answered.</summary>
    Missed,

    /// <summary>What customers wrote.</summary>
    Written,

    /// <summary>Who waits for a first word now.</summary>
    FirstWord,

    /// <summary>Open cases in which the customer spoke last.</summary>
    OurTurn,
}

/// <summary>The cases behind the figures of <see cref="StaffingReport"/>.</summary>
public sealed class StaffingCases(Database database)
{
    /// <summary>Finds them: the newest first, and of those who wait whoever waits longest.</summary>
    /// <param name="wanted">Which.</param>
    /// <param name="company">Whose hours.</param>
    /// <param name="now">Now.</param>
    /// <param name="ct">The request's end.</param>
    /// <returns>No more than <see cref="CountedCases.Most"/> and one.</returns>
    public Task<IReadOnlyList<CountedCases.Found>> Read(WantedContacts wanted, Company company, DateTimeOffset now, CancellationToken ct) => database.Read(async connection =>
    {
        var zone = company.Zone();
        return await CountedCases.Named(connection, database, (await Find(connection, wanted, company, now)).DistinctBy(each => each.Number)
            .Select(each => (each.Number, LocalDay.Of(each.At, zone), (string?)TimeZoneInfo.ConvertTime(each.At, zone).ToString("ddd d MMM, HH:mm", CultureInfo.InvariantCulture))));
    }, ct);

    /// <summary>What the list says of each case beside it.</summary>
    public static string NoteOf(ContactPart part) => part switch
    {
        ContactPart.Calls or ContactPart.Missed => "They rang",
        ContactPart.Written => "They wrote",
        ContactPart.FirstWord => "Wait since",
        _ => "They wrote last",
    };

    private static async Task<IEnumerable<(long Number, DateTimeOffset At)>> Find(DbConnection connection, WantedContacts wanted, Company company, DateTimeOffset now)
    {
        var (zone, calendar) = (company.Zone(), company.Calendar());
        if (wanted.Part == ContactPart.OurTurn)
        {
            return (await connection.QueryAsync<(long Number, long At)>(
                """
                select c.number, coalesce((select max(m.at) from messages m where m.case_number = c.number and m.direction = 1 and m.automatic = 0), c.opened_at) as at from cases c
                where c.closed_at is null and c.waits_for_us = 1 order by c.opened_at, c.number limit @Most
                """, new { Most = CountedCases.Most + 1 })).Select(row => (row.Number, At(row.At)));
        }

        if (wanted.Part == ContactPart.FirstWord)
        {
            return (await StaffingDesk.WhoWaits(connection)).Take(StaffingDesk.MostWaiting).Select(row => (row.Number, At: At(row.OpenedAt))).Where(row => row.At <= now)
                .Where(row => IsWithin((long)(wanted.ByClock ? now - row.At : calendar.Between(row.At, now)).TotalMinutes, wanted));
        }

        var (first, last) = StaffingDesk.DaysOf(wanted.Weeks, now, zone);
        var range = StaffingDesk.Range.Of(first, last, zone);
        if (wanted.Part == ContactPart.Written)
        {
            return (await connection.QueryAsync<(long Number, long At)>($"select case_number, max(at) as at from messages where {StaffingDesk.WrittenSql} group by case_number order by at desc, case_number desc limit @Most", new { range.From, range.To, Most = CountedCases.Most + 1 }))
                .Select(row => (row.Number, At(row.At)));
        }

        var calls = (await StaffingDesk.ByHand(connection, range)).Where(call => range.Has(call.At) && (wanted.Part == ContactPart.Calls || call.IsMissed));
        if (wanted.At is { } half && ContactProfile.Times(half, calendar, first, last) is var times)
            calls = calls.Where(call => times.Any(time => call.At >= time.From && call.At < time.To));
        return calls.OrderByDescending(call => call.At).Select(call => (call.Number, call.At));
    }

    /// <summary>Whole minutes, as the histogram of waits counts them.</summary>
    private static bool IsWithin(long minutes, WantedContacts wanted) => (wanted.Least is null || minutes >= wanted.Least) && (wanted.Below is null || minutes < wanted.Below);

    private static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);
}
