using System.Text.Json;
using Amends.Domain.Calendars;
using Amends.Domain.Regulatory;
using Amends.Domain.Reports;

namespace Amends.Data.Regulatory;

/// <summary>Keeps what returns count of each complaint, in the step of <see cref="Rollups.ReportReader"/> that reads its log.</summary>
internal static class RegulatoryRows
{
    /// <summary>Puts what is true now in place of what was kept.</summary>
    /// <param name="unit">The unit of work of the step.</param>
    /// <param name="complaints">Case numbers, each with what is counted of it (<c>null</c> for nothing) and its category.</param>
    /// <param name="rules">By what is counted.</param>
    internal static async Task Write(Unit unit, IReadOnlyList<(long Number, ReportableComplaint? Complaint, string Category)> complaints, ReportRules rules)
    {
        var each = unit.IsPostgres ? "jsonb_array_elements(cast(@json as jsonb)) as each(value)" : "json_each(@json) as each";
        var gone = complaints.Where(one => one.Complaint is null).Select(one => one.Number).ToArray();
        if (gone.Length > 0)
            await unit.Run($"delete from regulatory_facts where case_number in (select cast(value ->> 0 as bigint) from {each})", new { json = JsonSerializer.Serialize(gone.Select(number => new[] { number })) });
        var rows = complaints.Where(one => one.Complaint is not null).Select(one => RowOf(one.Number, one.Complaint!, one.Category, rules)).ToList();
        if (rows.Count == 0)
            return;
        await unit.Run(
            $"""
            insert into regulatory_facts (case_number, received_day, received_at, settled_day, settled_at, settled_by, week, quick, ended_day, outcome, category, needs_support, represented)
            select cast(value ->> 0 as bigint), cast(value ->> 1 as integer), cast(value ->> 2 as bigint), cast(value ->> 3 as integer), cast(value ->> 4 as bigint), cast(value ->> 5 as integer), cast(value ->> 6 as integer),
                cast(value ->> 7 as integer), cast(value ->> 8 as integer), cast(value ->> 9 as integer), value ->> 10, cast(value ->> 11 as integer), cast(value ->> 12 as integer) from {each} where true
            on conflict (case_number) do update set received_day = excluded.received_day, received_at = excluded.received_at, settled_day = excluded.settled_day, settled_at = excluded.settled_at, settled_by = excluded.settled_by,
                week = excluded.week, quick = excluded.quick, ended_day = excluded.ended_day, outcome = excluded.outcome, category = excluded.category, needs_support = excluded.needs_support, represented = excluded.represented
            """, new { json = JsonSerializer.Serialize(rows) });
    }

    private static object?[] RowOf(long number, ReportableComplaint complaint, string category, ReportRules rules)
    {
        var zone = rules.Calendar.Zone;
        (int Week, int Quick) bands = complaint.SettledAt is { } at && complaint.Bands(at, rules.BusinessDays, new(zone, rules.CutOff)) is var (week, quick) ? ((int)week, (int)quick) : (0, 0);
        return
        [
            number, Day(complaint.ReceivedAt, zone), complaint.ReceivedAt.ToUnixTimeMilliseconds(), complaint.SettledAt is { } settled ? Day(settled, zone) : null, complaint.SettledAt?.ToUnixTimeMilliseconds(), (int)(complaint.By ?? 0), bands.Week, bands.Quick,
            complaint.EndedAt is { } ended ? Day(ended, zone) : null, (int)complaint.Outcome, category, complaint.NeedsSupport ? 1 : 0, complaint.IsRepresented ? 1 : 0,
        ];
    }

    private static int Day(DateTimeOffset at, TimeZoneInfo zone) => LocalDay.Of(at, zone).DayNumber;
}
