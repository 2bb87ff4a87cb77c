namespace Amends.Data;

/// <summary>The telephone's list of calls as it is kept for counting: without numbers and without names.</summary>
public sealed class PhoneList
{
    private const int AtOnce = 500;

    private readonly Dictionary<(long At, bool Inbound, int Seconds), int> _calls = [];
    private readonly Dictionary<long, HashSet<long>> _people = [];

    /// <summary>How many calls it has.</summary>
    public int Count => _calls.Values.Sum();

    /// <summary>Adds a call.</summary>
    /// <param name="at">When it began.</param>
    /// <param name="inbound">They rang.</param>
    /// <param name="seconds">How long it was; 0 when nobody answered.</param>
    /// <param name="person">Who of us was on the phone; <c>null</c> for nobody.</param>
    public void Add(DateTimeOffset at, bool inbound, int seconds, long? person)
    {
        var key = (at.ToUnixTimeMilliseconds(), inbound, seconds);
        _calls[key] = _calls.GetValueOrDefault(key) + 1;
        if (person is not { } id)
            return;
        var day = at.ToUnixTimeMilliseconds() / StaffingDesk.DayMs;
        if (!_people.TryGetValue(day, out var people))
            _people[day] = people = [];
        people.Add(id);
    }

    /// <summary>Keeps it, some at a time. The same list again, or one that overlaps, adds nothing that is known: calls that are alike in all three are as many as the list with most of them has.</summary>
    /// <param name="database">Where.</param>
    /// <param name="ct">Ends it in between; what is stored stays, and the list can be read again.</param>
    public async Task Store(Database database, CancellationToken ct)
    {
        foreach (var some in _calls.Chunk(AtOnce))
        {
            await database.Write(async unit =>
            {
                foreach (var ((at, inbound, seconds), calls) in some)
                {
                    await unit.Run(
                        """
                        insert into phone_calls (at, inbound, seconds, calls) values (@at, @inbound, @seconds, @calls)
                        on conflict (at, inbound, seconds) do update set calls = case when excluded.calls > phone_calls.calls then excluded.calls else phone_calls.calls end
                        """, new { at, inbound = inbound ? 1 : 0, seconds, calls });
                }
            }, ct);
        }

        foreach (var some in _people.Chunk(AtOnce))
        {
            await database.Write(async unit =>
            {
                foreach (var (day, people) in some)
                {
                    await unit.Run(
                        """
                        insert into phone_days (day, people) values (@day, @people)
                        on conflict (day) do update set people = case when excluded.people > phone_days.people then excluded.people else phone_days.people end
                        """, new { day, people = people.Count });
                }
            }, ct);
        }
    }
}
