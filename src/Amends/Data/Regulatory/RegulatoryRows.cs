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
    /// <param name="database">Of which kind it is.</param>
    /// <param name="complaints">Case numbers, each with what is counted of it (<c>null</c> for nothing) and its category.</param>
    /// <param name="rules">By what is counted.</param>
    internal static async Task Write(Unit unit, Database database, IReadOnlyList<(long Number, ReportableComplaint? Complaint, string Category)> complaints, ReportRules rules)
    {
        var numbers = complaints.Select(one => one.Number).ToArray();
        var (sums, (products, payments)) = (new RegulatorySums(), await CountedComplaint.Beside(unit, database, numbers));
        foreach (var was in await unit.List<string>($"select counted from regulatory_facts where case_number {database.Among("@numbers")}", new { numbers }))
            sums.Add(CountedComplaint.Parse(was), -1);
        var counted = complaints.Where(one => one.Complaint is not null).ToDictionary(one => one.Number, one => Counted(one.Complaint!, products.GetValueOrDefault(one.Number, ""), one.Category, [.. payments[one.Number]], rules));
        foreach (var now in counted.Values)
            sums.Add(now, +1);
        await sums.Write(unit);

        var each = unit.IsPostgres ? "jsonb_array_elements(cast(@json as jsonb)) as each(value)" : "json_each(@json) as each";
        var gone = complaints.Where(one => one.Complaint is null).Select(one => one.Number).ToArray();
        if (gone.Length > 0)
            await unit.Run($"delete from regulatory_facts where case_number {database.Among("@gone")}", new { gone });
        var rows = complaints.Where(one => one.Complaint is not null).Select(one => RowOf(one.Number, one.Complaint!, one.Category, counted[one.Number], rules)).ToList();
        if (rows.Count == 0)
            return;
        await unit.Run(
            $"""
            insert into regulatory_facts (case_number, received_day, received_at, settled_day, settled_at, settled_by, week, quick, ended_day, outcome, category, needs_support, represented, counted)
            select cast(value ->> 0 as bigint), cast(value ->> 1 as integer), cast(value ->> 2 as bigint), cast(value ->> 3 as integer), cast(value ->> 4 as bigint), cast(value ->> 5 as integer), cast(value ->> 6 as integer),
                cast(value ->> 7 as integer), cast(value ->> 8 as integer), cast(value ->> 9 as integer), value ->> 10, cast(value ->> 11 as integer), cast(value ->> 12 as integer), value ->> 13 from {each} where true
            on conflict (case_number) do update set received_day = excluded.received_day, received_at = excluded.received_at, settled_day = excluded.settled_day, settled_at = excluded.settled_at, settled_by = excluded.settled_by,
                week = excluded.week, quick = excluded.quick, ended_day = excluded.ended_day, outcome = excluded.outcome, category = excluded.category, needs_support = excluded.needs_support, represented = excluded.represented, counted = excluded.counted
            """, new { json = JsonSerializer.Serialize(rows) });
    }

    private static object?[] RowOf(long number, ReportableComplaint complaint, string category, CountedComplaint counted, ReportRules rules)
    {
        var zone = rules.Calendar.Zone;
        (int Week, int Quick) bands = complaint.SettledAt is { } at && complaint.Bands(at, rules.BusinessDays, new(zone, rules.CutOff)) is var (week, quick) ? ((int)week, (int)quick) : (0, 0);
        return
        [
            number, counted.ReceivedDay, complaint.ReceivedAt.ToUnixTimeMilliseconds(), counted.SettledDay, complaint.SettledAt?.ToUnixTimeMilliseconds(), (int)(complaint.By ?? 0), bands.Week, bands.Quick,
            complaint.EndedAt is { } ended ? Day(ended, zone) : null, (int)complaint.Outcome, category, complaint.NeedsSupport ? 1 : 0, complaint.IsRepresented ? 1 : 0, counted.Write(),
        ];
    }

    private static CountedComplaint Counted(ReportableComplaint complaint, string product, string category, IReadOnlyList<Payment> payments, ReportRules rules) =>
        new(product, category, Day(complaint.ReceivedAt, rules.Calendar.Zone), complaint.SettledAt is { } settled ? Day(settled, rules.Calendar.Zone) : null, (int)complaint.Outcome, payments);

    private static int Day(DateTimeOffset at, TimeZoneInfo zone) => LocalDay.Of(at, zone).DayNumber;
}
