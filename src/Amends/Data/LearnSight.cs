using System.Globalization;
using Amends.Domain.Calendars;
using Amends.Domain.Causes;
using Amends.Domain.Learning;
using Amends.Domain.Outreach;
using Dapper;

namespace Amends.Data;

/// <summary>What a week shows: what most complaints came from and what those share, who else may have it, and the hardest case that went well. Reads only.</summary>
public sealed class LearnSight(Database database, StoredSettings settings, CauseQuery causes, OutreachDesk outreach)
{
    private const int MostCases = 2000;

    /// <summary>What most complaints of a week came from, with the product or lot that most of them share and how many have it; <c>null</c> in a week without a known cause or category.</summary>
    /// <param name="week">Its Monday.</param>
    /// <param name="ct">The request's end.</param>
    public async Task<TopCause?> Top(DateOnly week, CancellationToken ct)
    {
        var company = await settings.Company(ct);
        var (from, to) = Of(week, company.Zone());
        foreach (var by in new[] { Dimension.Cause, Dimension.Category })
        {
            var (top, all) = await causes.Came(by, from, to, ct);
            if (top is not { Code: var name, Cases: var cases })
                continue;
            var set = by == Dimension.Category ? company.Content.Categories : company.Content.Causes;
            var audience = await causes.Shared(by, name, from, to, ct) is { } shared ? shared.IsLot ? new Audience(Lot: shared.Value) : new Audience(Product: shared.Value) : null;
            return new TopCause(by, name, set.WordsOf(name) ?? name, cases, all, audience, audience is null ? null : await outreach.Count(audience, ct));
        }

        return null;
    }

    /// <summary>The hardest complaint of those closed in a week that went well, told without names; <c>null</c> when there was none.</summary>
    /// <param name="week">Its Monday.</param>
    /// <param name="ct">The request's end.</param>
    public async Task<(HardCase Case, string Story, string Subject)?> Hardest(DateOnly week, CancellationToken ct)
    {
        var company = await settings.Company(ct);
        var (from, to) = Of(week, company.Zone());
        var rows = await database.Read(connection => connection.QueryAsync<CaseRow>(
            $"""
            select c.number, c.state, (select count(*) from messages m where m.case_number = c.number and m.direction = 1 and m.automatic = 0) as rounds
            from cases c where c.kind = 1 and c.close_reason = 1 and c.closed_at >= @from and c.closed_at < @to order by c.closed_at limit {MostCases}
            """, new { from = from.ToUnixTimeMilliseconds(), to = to.ToUnixTimeMilliseconds() }), ct);
        if (HardCase.Hardest(rows.Select(row => HardCase.Of(row.Number, CaseJson.State(row.State), row.Rounds, company.Currency)).OfType<HardCase>()) is not { } hardest)
            return null;
        var source = (await LearnSource.Load(database, hardest.Number, ct))!;
        return (hardest, HardStory.Of(source.State, source.Customer, source.Known), HardStory.WithoutPeople(source.State.Subject, source.Customer, source.Known));
    }

    /// <summary>The Monday of the week that is meant: of the last whole week where it says none or one that is not over.</summary>
    public static DateOnly WeekOf(string? typed, DateTimeOffset now, TimeZoneInfo zone)
    {
        var last = LocalDay.Of(LocalDay.LastWeek(now, zone).From, zone);
        return DateOnly.TryParseExact(typed?.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year >= 2000 && LocalDay.MondayOf(day) < last ? LocalDay.MondayOf(day) : last;
    }

    /// <summary>When a week begins and ends by the company's clock.</summary>
    public static (DateTimeOffset From, DateTimeOffset To) Of(DateOnly week, TimeZoneInfo zone) => (LocalDay.Begins(week, zone), LocalDay.Begins(week.AddDays(7), zone));

    private sealed class CaseRow
    {
        public long Number { get; init; }
        public string State { get; init; } = "";
        public int Rounds { get; init; }
    }
}

/// <summary>What most complaints of a week came from.</summary>
/// <param name="By">Causes, or categories while no cause is known.</param>
/// <param name="Code">Its code.</param>
/// <param name="Words">In words.</param>
/// <param name="Cases">Complaints of the week that came from it.</param>
/// <param name="All">All complaints of the week.</param>
/// <param name="Audience">The product or lot that most of them share; <c>null</c> when none is shared.</param>
/// <param name="Else">How many have it; <c>null</c> without <paramref name="Audience"/>.</param>
public sealed record TopCause(Dimension By, string Code, string Words, int Cases, int All, Audience? Audience, AudienceCount? Else);
