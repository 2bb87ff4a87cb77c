using Amends.Data;
using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Features.Shared;
using Amends.Jobs;
using Dapper;

namespace Amends.Features.SecondLooks;

/// <summary>
/// When a week is over in which cases were answered plainly, or ended as taken back, duplicate or not ours, or mail was left out, and
/// chance chose none of them, one of each is put before the leads after all. Once a week, whichever node comes first; which one follows
/// from the week alone.
/// </summary>
public sealed class DrawWeekly(Database database, CaseStore cases, StoredSettings settings, TimeProvider clock, LoopHealth health, ILogger<DrawWeekly> log)
    : Loop(TimeSpan.FromHours(1), health, log)
{
    private const int Most = 10_000;

    private static readonly (string Name, string Sql)[] Kinds =
    [
        ("second-look", "select number, second_look from cases where close_reason = 6 and closed_at >= @from and closed_at < @to order by number limit @Most"),
        ("ended", "select number, second_look from cases where close_reason in (3, 4, 5) and closed_at >= @from and closed_at < @to order by number limit @Most"),
        (Mail, "select id as number, second_look from intake where state = 4 and done_at >= @from and done_at < @to order by id limit @Most"),
    ];

    private const string Mail = "left-out";

    /// <inheritdoc/>
    public override async Task<bool> RunOnce(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (from, to) = LocalDay.LastWeek(now, (await settings.Company(ct)).Zone());
        foreach (var (name, sql) in Kinds)
        {
            var ended = (await database.Read(connection => connection.QueryAsync<Row>(sql, new { from = from.ToUnixTimeMilliseconds(), to = to.ToUnixTimeMilliseconds(), Most }), ct)).AsList();
            var key = $"{name}:{from:yyyy-MM-dd}";
            if (SecondLook.OfWeek([.. ended.Select(row => (row.Number, row.SecondLook > 0))], SecondLook.ChanceOf(key)) is not { } drawn)
                continue;
            await database.Write(async unit =>
            {
                if (!await AnsweredForms.TakeFirst(unit, key, now)) // another node may be drawing, too
                    return;
                if (name == Mail)
                    await unit.Run("update intake set second_look = 1 where id = @drawn and state = 4 and second_look = 0", new { drawn });
                else
                    await cases.ChangeIn(unit, drawn, (@case, _) => { @case.DrawSecondLook(now); return Task.CompletedTask; });
            }, ct);
        }

        return false;
    }

    private sealed class Row
    {
        public long Number { get; init; }
        public int SecondLook { get; init; }
    }
}
