using Amends.Domain.Causes;

namespace Amends.Domain.People;

/// <summary>Some of us who answer for some categories together. Nobody is in two teams, and no category is answered for by two. Pure.</summary>
/// <param name="Id">Its id; 0 for one that is not stored yet.</param>
/// <param name="Name">Its name, as customers read it.</param>
/// <param name="People">Who is in it, by id.</param>
/// <param name="Categories">What it answers for: codes of categories; each stands for all that belongs to it and has no team of its own.</param>
/// <param name="IsRetired">It is used no more: nobody is in it, and it answers for nothing.</param>
public sealed record Team(long Id, string Name, IReadOnlyList<long> People, IReadOnlyList<string> Categories, bool IsRetired = false)
{
    /// <summary>The longest name, and how many teams there may be, retired ones among them.</summary>
    public const int LongestName = 60, Most = 100;

    /// <summary>What two names must not share: a name without its letter case and with single blanks.</summary>
    public static string KeyOf(string name) => Folded(name).ToUpperInvariant();

    /// <summary>A team as it is wanted.</summary>
    /// <param name="all">All teams as they are.</param>
    /// <param name="before">The team as it is; <c>null</c> for a new one.</param>
    /// <param name="wish">What is to change.</param>
    /// <param name="people">Who may be in a team, by id, beside those who are in this one already.</param>
    /// <param name="categories">The categories that may be chosen, beside those that it has already.</param>
    /// <exception cref="Refused"><c>name</c>, <c>people</c>, <c>categories</c> or <c>retired</c>, with what to do.</exception>
    public static Team As(IReadOnlyList<Team> all, Team? before, TeamWish wish, IReadOnlySet<long> people, IReadOnlySet<string> categories)
    {
        if (before is null && all.Count >= Most)
            throw new Refused("name", $"There are {Most} teams, and nobody finds their way among more. Take a retired one up again.");
        var team = before ?? new(0, "", [], []);
        if (before is null || wish.Name is not null)
            team = team with { Name = Named(all, team.Id, wish.Name) };
        if (wish.IsRetired is { } retired)
            team = retired ? team with { IsRetired = true, People = [], Categories = [] } : team with { IsRetired = false };
        if (team.IsRetired)
            return wish is { People.Count: > 0 } or { Categories.Count: > 0 } ? throw new Refused("retired", "Nobody is in a retired team. Take it up again first.") : team;
        if (wish.People is { } chosen)
        {
            if (chosen.Any(id => !people.Contains(id) && !team.People.Contains(id)))
                throw new Refused("people", "Choose people who work here and handle cases.");
            team = team with { People = [.. chosen.Distinct().Order()] };
        }

        if (wish.Categories is { } codes)
        {
            if (codes.FirstOrDefault(code => !categories.Contains(code) && !team.Categories.Contains(code)) is { } unknown)
                throw new Refused("categories", $"There is no category “{Texts.Cut(unknown, LongestName)}” to choose. Choose from the list.");
            team = team with { Categories = [.. codes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] };
        }

        return team;
    }

    /// <summary>What differs once a team is as it is wanted: whoever it takes leaves the team where they were, and so does a category. Those that lose somebody come first, the team itself last.</summary>
    /// <param name="all">All teams as they are.</param>
    /// <param name="team">The team as it is wanted.</param>
    public static IReadOnlyList<Team> After(IReadOnlyList<Team> all, Team team) =>
    [
        .. all.Where(other => other.Id != team.Id && (other.People.Any(team.People.Contains) || other.Categories.Any(team.Categories.Contains)))
            .Select(other => other with { People = [.. other.People.Where(id => !team.People.Contains(id))], Categories = [.. other.Categories.Where(code => !team.Categories.Contains(code))] }),
        team,
    ];

    /// <summary>Which team answers for a category: that of its own code, or of the nearest that it belongs to; nothing where none does.</summary>
    /// <param name="category">Its code.</param>
    /// <param name="answering">Teams by the codes that they answer for.</param>
    public static NamedTeam? AnsweringFor(string? category, IReadOnlyDictionary<string, NamedTeam> answering) =>
        category is null ? null : CodeSet.Chain(category).Select(answering.GetValueOrDefault).FirstOrDefault(team => team is not null);

    private static string Named(IReadOnlyList<Team> all, long id, string? typed)
    {
        var name = Folded(typed ?? "");
        if (name.Length is 0 or > LongestName)
            throw new Refused("name", name.Length == 0 ? "Write a name for the team, such as “Repairs and returns”." : $"Keep the name under {LongestName + 1} characters.");
        if (name.Any(char.IsControl))
            throw new Refused("name", "Write the name in letters and digits alone.");
        return all.FirstOrDefault(other => other.Id != id && KeyOf(other.Name) == KeyOf(name)) is not { } same ? name
            : throw new Refused("name", same.IsRetired ? $"A team that is retired is called “{same.Name}”. Take that one up again, or choose another name." : $"There is a team “{same.Name}” already. Choose another name.");
    }

    private static string Folded(string name) => string.Join(' ', name.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>What is to change of a team; what is left out stays.</summary>
public sealed record TeamWish
{
    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Everybody who is in it then; they leave the team where they are.</summary>
    public IReadOnlyList<long>? People { get; init; }

    /// <summary>All that it answers for then; another team answers for it no more.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>Whether it is retired, or taken up again.</summary>
    public bool? IsRetired { get; init; }
}
