using Amends.Domain.Listening.Drafts;
using Amends.Domain.People;

namespace Amends.Data;

/// <summary>Which team a complaint goes to when it comes, by the first impression that its words give. Nothing is written down of the impression: what it is about is said by a person.</summary>
/// <param name="ByCode">Teams by the codes that they answer for.</param>
public sealed record AnsweringTeams(IReadOnlyDictionary<string, NamedTeam> ByCode)
{
    /// <summary>SQL for them.</summary>
    internal const string Sql = "select a.code, t.id, t.name from team_categories a join teams t on t.id = a.team_id";

    /// <summary>From the rows of <see cref="Sql"/>.</summary>
    internal static AnsweringTeams Of(IEnumerable<Row> rows) => new(rows.ToDictionary(row => row.Code, row => new NamedTeam(row.Id, row.Name)));

    /// <summary>The team for a complaint in these words; <c>null</c> where there is none, or the words say too little.</summary>
    /// <param name="words">Its subject and story.</param>
    public NamedTeam? For(string words) => ByCode.Count == 0 ? null
        : Team.AnsweringFor(ListeningFiles.Categories.Guess(words).FirstOrDefault(guess => guess.Strength >= GuessStrength.Perhaps)?.Code, ByCode);

    /// <summary>A category that a team answers for.</summary>
    internal sealed class Row
    {
        public string Code { get; init; } = "";
        public long Id { get; init; }
        public string Name { get; init; } = "";
    }
}
