using Amends.Data;
using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Features.Shared;
using Amends.Jobs;
using Dapper;

namespace Amends.Features.SecondLooks;

/// <summary>
/// When a week is over in which cases were answered plainly and chance chose none of them, one is put before the leads
/// after all. Once a week, whichever node comes first.
/// </summary>
public sealed class DrawWeekly(Database database, CaseStore cases, StoredSettings settings, TimeProvider clock, LoopHealth health, ILogger<DrawWeekly> log)
    : Loop(TimeSpan.FromHours(1), health, log)
{
    private const int Most = 10_000;

    /// <inheritdoc/>
    public override async Task<bool> RunOnce(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (from, to) = LastWeek(now, (await settings.Company(ct)).Zone());
        var answered = (await database.Read(connection => connection.QueryAsync<Row>(
            "select number, second_look from cases where close_reason = 6 and closed_at >= @from and closed_at < @to order by number limit @Most",
            new { from = from.ToUnixTimeMilliseconds(), to = to.ToUnixTimeMilliseconds(), Most }), ct)).AsList();
        if (SecondLook.OfWeek([.. answered.Select(row => (row.Number, row.SecondLook > 0))], Random.Shared.NextDouble()) is not { } drawn)
            return false;

        await database.Write(async unit =>
        {
            if (await AnsweredForms.TakeFirst(unit, $"second-look:{from:yyyy-MM-dd}", now)) // another node may be drawing, too
                await cases.ChangeIn(unit, drawn, (@case, _) => { @case.DrawSecondLook(now); return Task.CompletedTask; });
        }, ct);
        return false;
    }

    /// <summary>The last whole week, Monday to Monday, local time.</summary>
    private static (DateTimeOffset From, DateTimeOffset To) LastWeek(DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = LocalDay.Of(now, zone);
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        return (LocalDay.Begins(monday.AddDays(-7), zone), LocalDay.Begins(monday, zone));
    }

    private sealed class Row
    {
        public long Number { get; init; }
        public int SecondLook { get; init; }
    }
}
