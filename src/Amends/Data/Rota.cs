using Amends.Domain.People;
using Dapper;

namespace Amends.Data;

/// <summary>
/// Whose turn it is: the available agent with the fewest open cases; a lead or owner when there is no agent; nobody when
/// nobody is available. Whoever has a colleague stand in for them today is not. Among people who all have a full desk it is whose newest case is oldest, so that counting has an
/// end. It counts what it hands out itself, so that one reading serves a few mails that are read at once.
/// </summary>
public sealed class Rota
{
    /// <summary>Open cases of one person beyond which nobody counts.</summary>
    private const int FullDesk = 60;

    private static readonly string Sql =
        $"""
        select p.id, p.name, p.role, p.team_id,
            (select count(*) from (select 1 from cases c where c.owner_id = p.id and c.closed_at is null limit {FullDesk}) as counted) as open,
            (select coalesce(max(c.number), 0) from cases c where c.owner_id = p.id and c.owner_id > 0) as newest,
            (select count(*) from (select 1 from cases c where c.owner_id = p.id and c.closed_at is null and c.mood >= 2 limit {FullDesk}) as upset) as upset
        from people p where p.active = 1 and p.available = 1 and p.role >= 1
            and not exists (select 1 from shift_swaps s where s.asked_by = p.id and s.state = 2 and s.from_at <= @now and s.to_at > @now)
        """;

    private readonly Lock _one = new();
    private readonly List<Free> _free;
    private long _handedOut;

    private Rota(List<Free> free, AnsweringTeams teams) => (_free, Teams) = (free, teams);

    /// <summary>Which team answers for what.</summary>
    public AnsweringTeams Teams { get; }

    /// <summary>Reads it inside a unit of work.</summary>
    public static async Task<Rota> Read(Unit unit, DateTimeOffset now) => new(await unit.List<Free>(Sql, new { now = now.ToUnixTimeMilliseconds() }), AnsweringTeams.Of(await unit.List<AnsweringTeams.Row>(AnsweringTeams.Sql)));

    /// <summary>Reads it by itself.</summary>
    public static Task<Rota> Read(Database database, DateTimeOffset now, CancellationToken ct) =>
        database.Read(async connection => new Rota((await connection.QueryAsync<Free>(Sql, new { now = now.ToUnixTimeMilliseconds() })).AsList(), AnsweringTeams.Of(await connection.QueryAsync<AnsweringTeams.Row>(AnsweringTeams.Sql))), ct);

    /// <summary>Who gets the next case; may be asked by several at once.</summary>
    /// <param name="isHard">Its words are upset: then whoever has the fewest such ones comes first, so that nobody has them all.</param>
    /// <param name="team">The team that answers for it: one of it who is available comes before everybody else.</param>
    public Actor? Next(bool isHard = false, long? team = null)
    {
        lock (_one)
        {
            var ours = team is not null && _free.Any(person => person.TeamId == team);
            if (_free.Where(person => !ours || person.TeamId == team).OrderBy(person => person.Role == 1 ? 0 : person.Role).ThenBy(person => isHard ? person.Upset : 0).ThenBy(person => person.Open).ThenBy(person => person.TurnsHere).ThenBy(person => person.Newest).ThenBy(person => person.Id).FirstOrDefault() is not { } next)
                return null;
            next.Open = Math.Min(next.Open + 1, FullDesk);
            next.Upset += isHard ? 1 : 0;
            next.TurnsHere = ++_handedOut;
            return Actor.Person(next.Id, next.Name, (Role)next.Role);
        }
    }

    private sealed class Free
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public int Role { get; init; }
        public long? TeamId { get; init; }
        public int Open { get; set; }
        public long Newest { get; init; }

        /// <summary>Open cases whose newest words are upset.</summary>
        public int Upset { get; set; }

        /// <summary>When it was this person's turn here, in turns; 0 when it was not yet.</summary>
        public long TurnsHere { get; set; }
    }
}
