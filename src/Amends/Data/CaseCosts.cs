using Amends.Data.Rollups;
using Amends.Domain;
using Amends.Domain.Advice;
using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.Remedies;
using Amends.Domain.Statistics;
using Amends.Domain.Worth;
using Dapper;

namespace Amends.Data;

/// <summary>What is written down by hand of what a complaint cost.</summary>
public enum CostKind
{
    /// <summary>Minutes that nothing here could see: a call, a walk to the store.</summary>
    Minutes = 1,

    /// <summary>Parcels there and back.</summary>
    Shipping,

    /// <summary>Goods that are worth nothing any more.</summary>
    WrittenOff,

    /// <summary>What would have been earned.</summary>
    LostMargin,
}

/// <summary>What a complaint cost: minutes of work, remedies at cost, and what was written down by hand. Never who it was that worked.</summary>
public static class CaseCosts
{
    private const int MostMinutes = 24 * 60;

    /// <summary>Notes a sign of work: the time since the last one counts for the case that it was on.</summary>
    /// <param name="database">Where.</param>
    /// <param name="person">Who.</param>
    /// <param name="number">The case.</param>
    /// <param name="at">When.</param>
    /// <param name="zone">Where days begin at midnight.</param>
    public static Task Sign(Database database, long person, long number, DateTimeOffset at, TimeZoneInfo zone) => database.WriteSoon(async unit =>
    {
        var last = await unit.One<SignRow>("select case_number, at from work_signs where person_id = @person", new { person });
        await unit.Run(
            """
            insert into work_signs (person_id, case_number, at) select @person, @number, @at where exists (select 1 from cases where number = @number)
            on conflict (person_id) do update set case_number = excluded.case_number, at = excluded.at where excluded.at > work_signs.at
            """, new { person, number, at = at.ToUnixTimeMilliseconds() });
        if (last is null || (long)WorkClock.Between(DateTimeOffset.FromUnixTimeMilliseconds(last.At), at).TotalSeconds is not (> 0 and var seconds))
            return;
        await unit.Run("insert into case_work (case_number, day, seconds) values (@CaseNumber, @day, @seconds) on conflict (case_number, day) do update set seconds = case_work.seconds + excluded.seconds",
            new { last.CaseNumber, day = LocalDay.Of(at, zone).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), seconds });
        await WorthNotes.Case(unit, last.CaseNumber);
    });

    /// <summary>Writes something down by hand.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="number">The case.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="minutes">How many, for minutes.</param>
    /// <param name="amount">How much, for anything else.</param>
    /// <param name="why">What for.</param>
    /// <param name="now">Now.</param>
    /// <returns>Its id; <c>null</c> when there is no such case.</returns>
    /// <exception cref="Refused"><c>kind</c>, <c>minutes</c>, <c>amount</c> or <c>why</c>: what is wrong with it.</exception>
    public static async Task<long?> Add(Unit unit, long number, CostKind kind, int minutes, Money amount, string? why, DateTimeOffset now)
    {
        var words = (why ?? "").Trim();
        if (!Enum.IsDefined(kind))
            throw new Refused("kind", "Choose what it is.");
        if (kind == CostKind.Minutes && minutes is < 1 or > MostMinutes)
            throw new Refused("minutes", $"Write whole minutes, from 1 to {MostMinutes}.");
        if (kind != CostKind.Minutes && amount.Minor <= 0)
            throw new Refused("amount", "Write an amount above zero.");
        if (words.Length is 0 or > 200)
            throw new Refused("why", words.Length == 0 ? "Say in a few words what for." : "That is longer than 200 characters.");
        if (await unit.Value<long?>("select number from cases where number = @number", new { number }) is null)
            return null;
        await WorthNotes.Case(unit, number);
        return await unit.Value<long>("insert into case_costs (case_number, kind, minutes, minor, currency, why, at) values (@number, @kind, @minutes, @minor, @Currency, @words, @at) returning id",
            new { number, kind = (int)kind, minutes = kind == CostKind.Minutes ? minutes : 0, minor = kind == CostKind.Minutes ? 0 : amount.Minor, amount.Currency, words, at = now.ToUnixTimeMilliseconds() });
    }

    /// <summary>Takes back what was written down by mistake.</summary>
    /// <returns>Whether it was there.</returns>
    public static async Task<bool> TakeBack(Unit unit, long number, long id)
    {
        await WorthNotes.Case(unit, number);
        return await unit.Run("delete from case_costs where id = @id and case_number = @number", new { id, number }) > 0;
    }

    /// <summary>What a case cost so far.</summary>
    /// <param name="database">Where.</param>
    /// <param name="number">The case.</param>
    /// <param name="state">As it stands.</param>
    /// <param name="book">The assumptions.</param>
    /// <param name="currency">The company's.</param>
    /// <param name="ct">The request's end.</param>
    public static Task<CaseCost> Of(Database database, long number, CaseState state, AssumptionBook book, string currency, CancellationToken ct) => database.Read(async connection =>
    {
        var seconds = await connection.ExecuteScalarAsync<long?>("select sum(seconds) from case_work where case_number = @number", new { number }) ?? 0;
        var lines = (await connection.QueryAsync<CostLine>("select id, kind, minutes, minor, currency, why, at from case_costs where case_number = @number order by id", new { number })).AsList();
        var booked = await connection.QueryAsync<BookedRow>("select case_number, remedy_id, remedy_kind, sum(minor) as minor from ledger_lines where account = 1 and case_number = @number and currency = @currency group by case_number, remedy_id, remedy_kind", new { number, currency });
        return new CaseCost(seconds, lines, book, currency, AtCost(booked.Select(row => (row, state.Remedies.FirstOrDefault(remedy => remedy.Id == row.RemedyId)?.Data?.Cost)), 1 - book.Margin, currency));
    }, ct);

    /// <summary>What remedies cost us, minor units, by the books: money as it is, vouchers as far as they are used, things and work at cost; what somebody wrote down of it goes before any estimate. What was turned round costs nothing.</summary>
    /// <param name="booked">What is booked of each, and what it is known to cost.</param>
    /// <param name="costShare">Cost of goods in their price, 0 to 1.</param>
    /// <param name="currency">The company's.</param>
    internal static long AtCost(IEnumerable<(BookedRow Row, Money? Known)> booked, double costShare, string currency) => (long)decimal.Round(booked.Where(each => each.Row.Minor > 0)
        .Sum(each => Margin.CostOf((RemedyKind)each.Row.RemedyKind, each.Row.Minor, (decimal)costShare, each.Known is { } known && known.Currency == currency ? known.Minor : null)), 0, MidpointRounding.AwayFromZero);

    private sealed class SignRow
    {
        public long CaseNumber { get; init; }
        public long At { get; init; }
    }
}

/// <summary>What the books say of a line.</summary>
internal sealed class BookedRow
{
    public long CaseNumber { get; init; }
    public int RemedyId { get; init; }
    public int RemedyKind { get; init; }
    public long Minor { get; init; }
}

/// <summary>Something that was written down by hand.</summary>
public sealed class CostLine
{
    public long Id { get; init; }
    public int Kind { get; init; }
    public int Minutes { get; init; }
    public long Minor { get; init; }
    public string Currency { get; init; } = "";
    public string Why { get; init; } = "";
    public long At { get; init; }
}

/// <summary>What a case cost.</summary>
/// <param name="Seen">Seconds of work that were seen.</param>
/// <param name="Lines">What was written down by hand.</param>
/// <param name="Book">The assumptions.</param>
/// <param name="Currency">The company's.</param>
/// <param name="Remedies">Remedies at cost, minor units.</param>
public sealed record CaseCost(long Seen, IReadOnlyList<CostLine> Lines, AssumptionBook Book, string Currency, long Remedies)
{
    /// <summary>All work, in seconds.</summary>
    public long Seconds => Seen + Lines.Sum(line => line.Minutes * 60L);

    /// <summary>All of it.</summary>
    public ComplaintCost Cost => new(Book.Labour(Seconds, Currency).Minor, Remedies, By(CostKind.Shipping), By(CostKind.WrittenOff), By(CostKind.LostMargin));

    private long By(CostKind kind) => Lines.Where(line => line.Kind == (int)kind && line.Currency == Currency).Sum(line => line.Minor);
}
