using System.Data.Common;
using System.Globalization;
using Dapper;

namespace Amends.Data.Rollups;

/// <summary>
/// People as reports add them up: by the team in which they are now. A team of one is a person, so its figures are added to those of people without a team; where these would be one person, too, they are not shown at all.
/// </summary>
/// <param name="Shown">The teams that are shown, by name, and last the others where they may be shown.</param>
public sealed record TeamGroups(IReadOnlyList<TeamGroup> Shown)
{
    /// <summary>So many who work here must be in what is shown.</summary>
    public const int Fewest = 2;

    /// <summary>The name in addresses of all people together, and of those who are in no team that is shown.</summary>
    public const string Everybody = "all", Others = "others";

    private const string OthersName = "Others";

    /// <summary>All people together.</summary>
    public TeamGroup All { get; } = new(Everybody, "Everybody", _ => true);

    /// <summary>Whether there is a team that is shown.</summary>
    public bool HasTeams => Shown.Any(group => group.Key != Others);

    /// <summary>The group of this name; <c>null</c> when there is none, or it is not shown.</summary>
    public TeamGroup? Find(string? key) => Shown.FirstOrDefault(group => group.Key == key);

    /// <summary>Reads them.</summary>
    /// <param name="connection">An open connection.</param>
    public static async Task<TeamGroups> Read(DbConnection connection)
    {
        var teams = (await connection.QueryAsync<TeamRow>("select id, name from teams where retired_at is null order by name_key")).AsList();
        var people = (await connection.QueryAsync<PersonRow>("select id, team_id, case when active = 1 and role >= 1 then 1 else 0 end as works from people")).AsList();
        var shown = teams.Where(team => people.Count(person => person.TeamId == team.Id && person.Works == 1) >= Fewest).ToList();
        var placed = people.Where(person => shown.Any(team => team.Id == person.TeamId)).Select(person => person.Id).ToHashSet();
        List<TeamGroup> groups = [.. shown.Select(team => new TeamGroup(team.Id.ToString(CultureInfo.InvariantCulture), team.Name, people.Where(person => person.TeamId == team.Id).Select(person => person.Id).ToHashSet().Contains))];
        if (people.Count(person => person.Works == 1 && !placed.Contains(person.Id)) != 1)
            groups.Add(new(Others, OthersName, person => !placed.Contains(person)));
        return new(groups);
    }

    private sealed class TeamRow
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
    }

    private sealed class PersonRow
    {
        public long Id { get; init; }
        public long? TeamId { get; init; }
        public int Works { get; init; }
    }
}

/// <summary>People who are added up together.</summary>
/// <param name="Key">Its name in addresses.</param>
/// <param name="Name">Its name.</param>
/// <param name="Has">Whether somebody is in it, by id; 0 stands for cases that nobody has.</param>
public sealed record TeamGroup(string Key, string Name, Func<long, bool> Has);
