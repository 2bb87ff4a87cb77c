using System.Text.Json;
using Amends.Domain;
using Amends.Domain.Causes;
using Amends.Domain.People;
using Dapper;

namespace Amends.Data;

/// <summary>The teams: read, changed, and what was changed of them.</summary>
public sealed class TeamDesk(Database database)
{
    /// <summary>So many changes are shown.</summary>
    public const int LastChanges = 20;

    /// <summary>
    /// SQL: a case <c>c</c> is one of the team <c>@team</c>. That is whose owner is in it, and what nobody has yet and it answers for: by the category of the case, while it has none by the first impression when it came.
    /// </summary>
    public const string CasesSql =
        """
        (c.owner_id in (select id from people where team_id = @team) or (c.owner_id is null and coalesce(
            (select t.team_id from team_categories t where c.category = t.code or c.category like t.code || '.%' order by length(t.code) desc limit 1), c.team_id) = @team))
        """;

    private const string TeamsSql = "select id, name, case when retired_at is null then 0 else 1 end as retired from teams order by name_key",
        PeopleSql = "select id, team_id from people where team_id is not null order by id", CategoriesSql = "select code, team_id from team_categories order by code";

    /// <summary>All of them, retired ones, too, by name.</summary>
    public Task<IReadOnlyList<Team>> All(CancellationToken ct = default) => database.Read(async connection =>
        (IReadOnlyList<Team>)Joined(await connection.QueryAsync<TeamRow>(TeamsSql), await connection.QueryAsync<PersonRow>(PeopleSql), await connection.QueryAsync<CodeRow>(CategoriesSql)), ct);

    /// <summary>Those that are in use, with their names alone; none where nobody made any.</summary>
    public Task<IReadOnlyList<NamedTeam>> InUse(CancellationToken ct = default) => database.Read(async connection =>
        (IReadOnlyList<NamedTeam>)[.. (await connection.QueryAsync<TeamRow>("select id, name from teams where retired_at is null order by name_key")).Select(row => new NamedTeam(row.Id, row.Name))], ct);

    /// <summary>Who can be in a team: whoever works here and handles cases, and those who left and are in one still, so that what they did stays with it.</summary>
    public Task<IReadOnlyList<TeamPerson>> People(CancellationToken ct = default) => database.Read(async connection =>
        (IReadOnlyList<TeamPerson>)(await connection.QueryAsync<TeamPerson>("select id, name, team_id, active from people where (active = 1 and role >= 1) or team_id is not null order by name, id")).AsList(), ct);

    /// <summary>Adds a team; returns its id.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="wish">What it is to be.</param>
    /// <param name="categories">The categories that hold.</param>
    /// <param name="by">Who adds it.</param>
    /// <param name="now">Now.</param>
    /// <exception cref="Refused">As <see cref="Team.As"/> says, and when whoever asks is no manager.</exception>
    public async Task<long> Add(Unit unit, TeamWish wish, CodeSet categories, Actor by, DateTimeOffset now)
    {
        MustBeManager(by);
        var all = await In(unit);
        var team = Team.As(all, null, wish, await Known(unit), Codes(categories));
        var id = await unit.Value<long?>("insert into teams (name, name_key) values (@Name, @key) on conflict do nothing returning id", new { team.Name, key = Team.KeyOf(team.Name) })
            ?? throw new Refused("name", $"There is a team “{team.Name}” already. Choose another name.");
        await Write(unit, all, team with { Id = id }, by, now);
        return id;
    }

    /// <summary>Changes a team; <c>false</c> when there is none of this id. The same again changes nothing.</summary>
    /// <inheritdoc cref="Add"/>
    public async Task<bool> Change(Unit unit, long id, TeamWish wish, CodeSet categories, Actor by, DateTimeOffset now)
    {
        MustBeManager(by);
        var all = await In(unit);
        if (all.FirstOrDefault(team => team.Id == id) is not { } before)
            return false;
        await Write(unit, all, Team.As(all, before, wish, await Known(unit), Codes(categories)), by, now);
        return true;
    }

    /// <summary>What was changed last, the newest first.</summary>
    public Task<IReadOnlyList<TeamChange>> Changes(CancellationToken ct = default) => database.Read(async connection =>
        (IReadOnlyList<TeamChange>)[.. (await connection.QueryAsync<LogRow>($"select l.at, p.name as who, l.was, l.became from team_log l join people p on p.id = l.person_id order by l.id desc limit {LastChanges}"))
            .Select(row => new TeamChange(DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.Who, row.Was.Length == 0 ? null : JsonSerializer.Deserialize<Team>(row.Was, CaseJson.Options), JsonSerializer.Deserialize<Team>(row.Became, CaseJson.Options)!))], ct);

    private static void MustBeManager(Actor by)
    {
        if (by.Role < Role.Manager)
            throw new Refused("not_a_manager", "Managers and owners decide on teams. Ask one of them.");
    }

    private static HashSet<string> Codes(CodeSet categories) => [.. categories.Offered.Select(line => line.Code)];

    private static async Task<HashSet<long>> Known(Unit unit) => [.. await unit.List<long>("select id from people where active = 1 and role >= 1")];

    private static async Task<IReadOnlyList<Team>> In(Unit unit) => Joined(await unit.List<TeamRow>(TeamsSql), await unit.List<PersonRow>(PeopleSql), await unit.List<CodeRow>(CategoriesSql));

    private static List<Team> Joined(IEnumerable<TeamRow> teams, IEnumerable<PersonRow> people, IEnumerable<CodeRow> codes)
    {
        var (members, answers) = (people.ToLookup(row => row.TeamId, row => row.Id), codes.ToLookup(row => row.TeamId, row => row.Code));
        return [.. teams.Select(row => new Team(row.Id, row.Name, [.. members[row.Id]], [.. answers[row.Id].Order(StringComparer.Ordinal)], row.Retired == 1))];
    }

    private static async Task Write(Unit unit, IReadOnlyList<Team> all, Team wanted, Actor by, DateTimeOffset now)
    {
        foreach (var team in Team.After(all, wanted))
        {
            var before = all.FirstOrDefault(each => each.Id == team.Id);
            if (before is not null && Text(before) == Text(team))
                continue;
            if (before is not null && Team.KeyOf(before.Name) != Team.KeyOf(team.Name) && await unit.Value<long>("select count(*) from teams where name_key = @key", new { key = Team.KeyOf(team.Name) }) > 0)
                throw new Refused("name", $"There is a team “{team.Name}” already. Choose another name.");
            await unit.Run("update teams set name = @Name, name_key = @key, retired_at = case when @gone = 0 then null else coalesce(retired_at, @at) end where id = @Id",
                new { team.Id, team.Name, key = Team.KeyOf(team.Name), gone = team.IsRetired ? 1 : 0, at = now.ToUnixTimeMilliseconds() });
            await unit.Run("update people set team_id = null where team_id = @Id", new { team.Id });
            foreach (var person in team.People)
                await unit.Run("update people set team_id = @Id where id = @person", new { team.Id, person });
            await unit.Run("delete from team_categories where team_id = @Id", new { team.Id });
            foreach (var code in team.Categories)
                await unit.Run("insert into team_categories (code, team_id) values (@code, @Id) on conflict (code) do update set team_id = excluded.team_id", new { team.Id, code });
            await unit.Run("insert into team_log (team_id, person_id, at, was, became) values (@team, @person, @at, @was, @became)",
                new { team = team.Id, person = by.Id, at = now.ToUnixTimeMilliseconds(), was = before is null ? "" : Text(before), became = Text(team) });
        }
    }

    private static string Text(Team team) => JsonSerializer.Serialize(team, CaseJson.Options);

    private sealed class TeamRow
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public int Retired { get; init; }
    }

    private sealed class PersonRow
    {
        public long Id { get; init; }
        public long TeamId { get; init; }
    }

    private sealed class CodeRow
    {
        public string Code { get; init; } = "";
        public long TeamId { get; init; }
    }

    private sealed class LogRow
    {
        public long At { get; init; }
        public string Who { get; init; } = "";
        public string Was { get; init; } = "";
        public string Became { get; init; } = "";
    }
}

/// <summary>Somebody who can be in a team.</summary>
public sealed class TeamPerson
{
    public long Id { get; init; }
    public string Name { get; init; } = "";
    public long? TeamId { get; init; }

    /// <summary>They work here.</summary>
    public bool Active { get; init; }
}

/// <summary>A change of a team.</summary>
/// <param name="At">When.</param>
/// <param name="Who">By whom.</param>
/// <param name="Was">As it was; <c>null</c> when it was added.</param>
/// <param name="Became">As it became.</param>
public sealed record TeamChange(DateTimeOffset At, string Who, Team? Was, Team Became);
