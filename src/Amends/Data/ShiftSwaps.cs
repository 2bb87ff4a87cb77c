using System.Globalization;
using Amends.Domain;
using Amends.Domain.CallBacks;
using Amends.Domain.Calendars;
using Amends.Domain.People;
using Dapper;

namespace Amends.Data;

/// <summary>
/// Colleagues take over one another's hours for a day. One asks, the other agrees or not; leads see what was agreed. On that day no new case
/// comes to whoever is away, the calls that they owe are the other's, and no more calls can be booked than there are people left to make them.
/// </summary>
public sealed class ShiftSwaps(Database database)
{
    /// <summary>How far ahead one can ask.</summary>
    public const int DaysAhead = 90;

    private const string Columns = "s.id, s.asked_by, a.name as asker, s.asked_of, o.name as stand_in, s.day, s.why, s.state, s.answer";

    /// <summary>Those of somebody from today on: asked, agreed, and what was answered.</summary>
    public async Task<IReadOnlyList<ShiftSwap>> Of(long me, DateOnly today, CancellationToken ct = default) => (await database.Read(connection => connection.QueryAsync<ShiftSwap>(
        $"select {Columns} from shift_swaps s join people a on a.id = s.asked_by join people o on o.id = s.asked_of where s.day >= @today and s.state <> 4 and (s.asked_by = @me or s.asked_of = @me) order by s.day, s.id limit 100",
        new { me, today = Iso(today) }), ct)).AsList();

    /// <summary>All that was agreed from today on; for leads.</summary>
    public async Task<IReadOnlyList<ShiftSwap>> Agreed(DateOnly today, CancellationToken ct = default) => (await database.Read(connection => connection.QueryAsync<ShiftSwap>(
        $"select {Columns} from shift_swaps s join people a on a.id = s.asked_by join people o on o.id = s.asked_of where s.day >= @today and s.state = 2 order by s.day, s.id limit 200", new { today = Iso(today) }), ct)).AsList();

    /// <summary>Asks a colleague.</summary>
    /// <param name="colleague">Whom.</param>
    /// <param name="day">Which day at the desk.</param>
    /// <param name="why">Why; may be empty.</param>
    /// <param name="me">Who asks.</param>
    /// <param name="company">For its clock.</param>
    /// <param name="now">Now.</param>
    /// <exception cref="Refused"><c>day</c>, <c>colleague</c> or <c>why</c>.</exception>
    public Task Ask(long colleague, DateOnly day, string? why, Actor me, Company company, DateTimeOffset now) => database.Write(async unit =>
    {
        var (today, said) = (LocalDay.Of(now, company.Zone()), Storable.Of(why?.Trim() ?? ""));
        if (day < today || day > today.AddDays(DaysAhead))
            throw new Refused("day", day < today ? "That day is over. Choose today or a later one." : $"Choose a day within the next {DaysAhead} days.");
        if (said.Length > 300)
            throw new Refused("why", "Keep it under 300 characters.");
        if (colleague == me.Id || await unit.Value<int>("select count(*) from people where id = @colleague and active = 1 and role >= 1", new { colleague }) == 0)
            throw new Refused("colleague", "Choose a colleague who handles cases.");
        if (await unit.Value<int>("select count(*) from shift_swaps where asked_by = @me and day = @day and state in (1, 2)", new { me = me.Id, day = Iso(day) }) > 0)
            throw new Refused("day", "You have asked for that day already. Take it back first.");
        await MustBeThere(unit, colleague, day);
        if (await unit.Value<int>("select count(*) from shift_swaps where asked_of = @me and day = @day and state = 2", new { me = me.Id, day = Iso(day) }) > 0)
            throw new Refused("day", "You stand in for a colleague on that day. Give that back first.");
        var id = await unit.Insert("shift_swaps.id", "asked_by, asked_of, day, from_at, to_at, why, asked_at, state", "@me, @colleague, @day, @from, @to, @said, @at, 1",
            new { me = me.Id, colleague, day = Iso(day), from = Ms(LocalDay.Begins(day, company.Zone())), to = Ms(LocalDay.Begins(day.AddDays(1), company.Zone())), said, at = Ms(now) });
        await Notices.Tell(unit, colleague, null, $"swap:{id}", $"{me.Name} asks you to take over their hours on {Words(day)}. Answer under “My own”.", now);
    });

    /// <summary>Agrees, or says no. Answering twice the same changes nothing.</summary>
    /// <returns><c>false</c> when nobody asked this person, or it was taken back.</returns>
    /// <exception cref="Refused"><c>answer</c>: agreeing is not possible, or the words are too long.</exception>
    public Task<bool> Answer(long id, bool yes, string? words, Actor me, DateTimeOffset now) => database.Write(async unit =>
    {
        if (await unit.One<SwapRow>($"select id, asked_by, asked_of, day, from_at, to_at, state from shift_swaps where id = @id and asked_of = @me and state <> 4{database.ForUpdate}", new { id, me = me.Id }) is not { } swap)
            return false;
        var (state, said) = (yes ? 2 : 3, Storable.Of(words?.Trim() ?? ""));
        if (swap.State == state)
            return true;
        if (swap.State != 1)
            throw new Refused("answer", "You have answered this already. If it changed, give it back, and let them ask again.");
        if (said.Length > 300)
            throw new Refused("answer", "Keep it under 300 characters.");
        var day = DateOnly.ParseExact(swap.Day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (yes)
        {
            if (swap.ToAt <= Ms(now))
                throw new Refused("answer", "That day is over.");
            await unit.Run("insert into call_turns (id, turn) values (1, 1) on conflict (id) do update set turn = call_turns.turn + 1"); // nobody books a call meanwhile
            await MustBeThere(unit, me.Id, day, "answer");
            if (await unit.Value<int>("select count(*) from shift_swaps where asked_of = @AskedBy and day = @Day and state = 2", new { swap.AskedBy, swap.Day }) > 0)
                throw new Refused("answer", "They stand in for somebody else on that day by now. Ask them what they want.");
            await MustNotMeet(unit, swap);
        }

        await unit.Run("update shift_swaps set state = @state, answered_at = @at, answer = @said where id = @id", new { state, at = Ms(now), said, id });
        await Notices.Tell(unit, swap.AskedBy, null, $"swap-answer:{id}", yes ? $"{me.Name} takes over your hours on {Words(day)}." : $"{me.Name} cannot take over your hours on {Words(day)}.{(said.Length > 0 ? $" “{said}”" : "")}", now);
        return true;
    });

    /// <summary>Takes back what one asked, or gives back what one agreed to; the other hears of it.</summary>
    /// <returns><c>false</c> when there is no such one.</returns>
    public Task<bool> End(long id, Actor me, DateTimeOffset now) => database.Write(async unit =>
        await unit.One<SwapRow>("select id, asked_by, asked_of, day, from_at, to_at, state from shift_swaps where id = @id and (asked_by = @me or (asked_of = @me and state = 2)) and state in (1, 2)", new { id, me = me.Id }) is { } swap && await End(unit, swap, me.Id, me.Name, now));

    /// <summary>Ends all that somebody asked or agreed to, in the caller's unit of work: they do not work here any more.</summary>
    public static async Task EndAllOf(Unit unit, long person, DateTimeOffset now)
    {
        var name = await unit.Value<string>("select name from people where id = @person", new { person }) ?? "";
        foreach (var swap in await unit.List<SwapRow>("select id, asked_by, asked_of, day, from_at, to_at, state from shift_swaps where (asked_by = @person or asked_of = @person) and state in (1, 2) and to_at > @now", new { person, now = Ms(now) }))
            await End(unit, swap, person, name, now);
    }

    /// <summary>Who stands in for somebody at a moment; <c>null</c> when nobody does.</summary>
    public static Task<long?> StandInFor(Unit unit, long person, DateTimeOffset at) => unit.Value<long?>(
        "select min(asked_of) from shift_swaps where asked_by = @person and state = 2 and from_at <= @at and to_at > @at", new { person, at = Ms(at) });

    /// <summary>Who can call, from now on.</summary>
    internal static CallCrew CrewOf(int people, IEnumerable<(long From, long To)> away) =>
        new(people, [.. away.Select(each => new CallTime(DateTimeOffset.FromUnixTimeMilliseconds(each.From), DateTimeOffset.FromUnixTimeMilliseconds(each.To)))]);

    private static async Task<bool> End(Unit unit, SwapRow swap, long by, string name, DateTimeOffset now)
    {
        await unit.Run("update shift_swaps set state = 4, answered_at = @at where id = @Id", new { at = Ms(now), swap.Id });
        var day = DateOnly.ParseExact(swap.Day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
        await Notices.Tell(unit, by == swap.AskedBy ? swap.AskedOf : swap.AskedBy, null, $"swap-end:{swap.Id}",
            by == swap.AskedBy ? $"{name} works their own hours on {Words(day)} after all." : $"{name} cannot stand in for you on {Words(day)} after all.", now);
        return true;
    }

    /// <summary>Whoever stands in must not have given away the day themselves.</summary>
    private static async Task MustBeThere(Unit unit, long colleague, DateOnly day, string code = "colleague")
    {
        if (await unit.Value<int>("select count(*) from shift_swaps where asked_by = @colleague and day = @day and state = 2", new { colleague, day = Iso(day) }) > 0)
            throw new Refused(code, code == "answer" ? "A colleague takes over your own hours on that day. Take that back first." : "They are away on that day themselves. Choose somebody else.");
    }

    /// <summary>Nobody can make two calls at a time.</summary>
    private static async Task MustNotMeet(Unit unit, SwapRow swap)
    {
        var calls = await unit.List<CallRow>("select c.owner_id, t.from_at, t.to_at from call_times t join cases c on c.number = t.case_number where c.owner_id in (@AskedBy, @AskedOf) and t.from_at < @ToAt and t.to_at > @FromAt",
            new { swap.AskedBy, swap.AskedOf, swap.FromAt, swap.ToAt });
        if (calls.Any(one => one.OwnerId == swap.AskedBy && calls.Any(other => other.OwnerId == swap.AskedOf && one.FromAt < other.ToAt && other.FromAt < one.ToAt)))
            throw new Refused("answer", "Both of you owe a customer a call at the same time on that day. Move one of the calls first.");
    }

    /// <summary>A day as the database has it.</summary>
    internal static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Words(DateOnly day) => day.ToString("dddd d MMMM", CultureInfo.InvariantCulture);

    private static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();

    private sealed class SwapRow
    {
        public long Id { get; init; }
        public long AskedBy { get; init; }
        public long AskedOf { get; init; }
        public string Day { get; init; } = "";
        public long FromAt { get; init; }
        public long ToAt { get; init; }
        public int State { get; init; }
    }

    private sealed class CallRow
    {
        public long OwnerId { get; init; }
        public long FromAt { get; init; }
        public long ToAt { get; init; }
    }
}

/// <summary>Hours that a colleague takes over, or is asked to.</summary>
public sealed class ShiftSwap
{
    public long Id { get; init; }
    public long AskedBy { get; init; }
    public string Asker { get; init; } = "";
    public long AskedOf { get; init; }
    public string StandIn { get; init; } = "";

    /// <summary>ISO 8601.</summary>
    public string Day { get; init; } = "";
    public string Why { get; init; } = "";

    /// <summary>1 asked, 2 agreed, 3 no.</summary>
    public int State { get; init; }
    public string Answer { get; init; } = "";

    /// <summary>The day.</summary>
    public DateOnly On => DateOnly.ParseExact(Day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
