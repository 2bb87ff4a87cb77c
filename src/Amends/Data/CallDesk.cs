using Amends.Domain;
using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Dapper;

namespace Amends.Data;

/// <summary>The times for calls that are taken, and how a case takes one: nobody is promised a call that nobody is free to make.</summary>
public static class CallDesk
{
    // What is taken, the hours of those who are away, and how many people there are, in one.
    private const string TakenSql =
        """
        select 1 as kind, from_at, to_at from call_times where to_at > @now and case_number <> @number
        union all select 2, from_at, to_at from shift_swaps where state = 2 and to_at > @now
        union all select 3, count(*), 0 from people where active = 1 and role >= 1
        """;

    /// <summary>The times that are free, in order.</summary>
    /// <param name="database">Where they are kept.</param>
    /// <param name="company">Whose hours.</param>
    /// <param name="now">Now.</param>
    /// <param name="number">A case that may move its own call: its time counts as free.</param>
    /// <param name="ct">The request's end.</param>
    public static Task<IReadOnlyList<CallTime>> Free(Database database, Company company, DateTimeOffset now, long number = 0, CancellationToken ct = default) =>
        database.Read(async connection => Free(company, await connection.QueryAsync<Row>(TakenSql, new { now = now.ToUnixTimeMilliseconds(), number }), now), ct);

    /// <summary>As above, in a unit of work that will take one of them: until it ends nobody else does.</summary>
    public static async Task<IReadOnlyList<CallTime>> FreeIn(Unit unit, Company company, DateTimeOffset now, long number)
    {
        await TakeTurn(unit);
        return Free(company, await unit.List<Row>(TakenSql, new { now = now.ToUnixTimeMilliseconds(), number }), now);
    }

    /// <summary>Applies what a change of a case claims.</summary>
    /// <exception cref="Refused"><c>time_taken</c>: somebody else was faster.</exception>
    internal static async Task Apply(Unit unit, long number, IReadOnlyList<Claim> claims)
    {
        if (claims.LastOrDefault(claim => claim is TakeCallTime or FreeCallTime) is not { } last)
            return;
        await TakeTurn(unit);
        await unit.Run("delete from call_times where case_number = @number", new { number });
        if (last is not TakeCallTime take)
            return;
        var (from, to) = (take.Time.From.ToUnixTimeMilliseconds(), take.Time.To.ToUnixTimeMilliseconds());
        var away = await unit.Value<int>("select count(*) from shift_swaps where state = 2 and from_at < @to and to_at > @from", new { from, to });
        var most = away == 0 ? take.AtOnce : CallCrew.AtOnce(take.AtOnce, await unit.Value<int>("select count(*) from people where active = 1 and role >= 1"), away);
        if (await unit.Run(
            """
            insert into call_times (case_number, from_at, to_at)
            select @number, @from, @to where (select count(*) from call_times where from_at < @to and to_at > @from) < @most
            """, new { number, from, to, most }) == 0)
            throw new Refused("time_taken", "This time was just taken. Choose another one, please.");
    }

    private static Task TakeTurn(Unit unit) => unit.Run("insert into call_turns (id, turn) values (1, 1) on conflict (id) do update set turn = call_turns.turn + 1");

    private static IReadOnlyList<CallTime> Free(Company company, IEnumerable<Row> read, DateTimeOffset now)
    {
        var rows = read.ToLookup(row => row.Kind, row => (row.FromAt, row.ToAt));
        return CallTimes.Free(company.Calendar(), company.Calls.Rules(), [.. rows[1].Select(row => new CallTime(DateTimeOffset.FromUnixTimeMilliseconds(row.FromAt), DateTimeOffset.FromUnixTimeMilliseconds(row.ToAt)))], now,
            ShiftSwaps.CrewOf((int)rows[3].Single().FromAt, rows[2]));
    }

    private sealed class Row
    {
        public int Kind { get; init; }
        public long FromAt { get; init; }
        public long ToAt { get; init; }
    }
}

/// <summary>How the company takes calls.</summary>
public sealed record CallSettings
{
    /// <summary>Customers can book a call.</summary>
    public bool IsOn { get; init; } = true;

    /// <summary>Minutes that one call is given.</summary>
    public int Minutes { get; init; } = 30;

    /// <summary>How many people take calls at the same time.</summary>
    public int AtOnce { get; init; } = 1;

    /// <summary>What a customer has bought for from which on it is better to ring, minor units; <c>null</c> for the company's mark of high value.</summary>
    public long? RingAboveMinor { get; init; }

    /// <summary>What to say when one should ring, a line each, with places that are filled in (<see cref="PhoneScript.Places"/>).</summary>
    public string Script { get; init; } = PhoneScript.Usual;

    /// <summary>The same for the domain.</summary>
    public CallRules Rules() => new(IsOn, TimeSpan.FromMinutes(Minutes), AtOnce);
}
