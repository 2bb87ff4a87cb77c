using Amends.Data;
using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.Handling;
using Amends.Domain.People;
using Amends.Jobs;
using Dapper;

namespace Amends.Features.ForYou;

/// <summary>When a week is over, everybody who handles cases reads which hard one ended well in it, and who stayed with it. Once a week, whichever node comes first.</summary>
public sealed class TellOfTheWeek(Database database, StoredSettings settings, TimeProvider clock, LoopHealth health, ILogger<TellOfTheWeek> log) : Loop(TimeSpan.FromHours(1), health, log)
{
    private const int Most = 2000;
    private DateTimeOffset _told;

    /// <inheritdoc/>
    public override async Task<bool> RunOnce(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var (from, to) = LocalDay.LastWeek(now, (await settings.Company(ct)).Zone());
        if (_told == from)
            return false;
        var closed = await database.Read(connection => connection.QueryAsync<(long Number, string State)>(
            "select number, state from cases where close_reason = @confirmed and closed_at >= @from and closed_at < @to order by number limit @Most",
            new { confirmed = (int)CloseReason.Confirmed, from = from.ToUnixTimeMilliseconds(), to = to.ToUnixTimeMilliseconds(), Most }), ct);
        if (HardestWeek.Of(closed.Select(row => (row.Number, CaseJson.State(row.State)))) is { } hardest)
            await database.Write(unit => Notices.TellAll(unit, Role.Agent, hardest.Number, $"hardest-week:{from:yyyy-MM-dd}", hardest.Words, now), ct);
        _told = from;
        return false;
    }
}
