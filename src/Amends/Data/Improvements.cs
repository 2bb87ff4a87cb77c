using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Remedies;
using Dapper;

namespace Amends.Data;

/// <summary>What the company changed, and the customers who were promised so: a line of a case stands for a change of the list, or begins one.</summary>
public static class Improvements
{
    /// <summary>How many are offered to choose from, the newest first.</summary>
    public const int Most = 30;

    /// <summary>The newest, to choose from.</summary>
    public static Task<IReadOnlyList<NotedChange>> Newest(Database database, CancellationToken ct) => database.Read(async connection =>
        (IReadOnlyList<NotedChange>)(await connection.QueryAsync<NotedChange>($"select id, what from improvements where state <> 8 order by since desc, id desc limit {Most}")).AsList(), ct);

    /// <summary>What the lines of a case stand for, by line.</summary>
    public static Task<IReadOnlyDictionary<int, string>> Of(Database database, long number, CancellationToken ct) => database.Read(async connection =>
        (IReadOnlyDictionary<int, string>)(await connection.QueryAsync<Row>("select l.remedy_id, i.what from improvement_cases l join improvements i on i.id = l.improvement_id where l.case_number = @number", new { number })).ToDictionary(row => row.RemedyId, row => row.What), ct);

    /// <summary>Notes what a line changes, for this case.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="number">The case.</param>
    /// <param name="remedy">The line.</param>
    /// <param name="by">Who notes it.</param>
    /// <param name="now">Now.</param>
    internal static async Task Note(Unit unit, long number, Remedy remedy, Domain.People.Actor by, DateTimeOffset now)
    {
        if (await unit.Value<long?>("select improvement_id from improvement_cases where case_number = @number and remedy_id = @Id", new { number, remedy.Id }) is not null)
            return; // it stands in the list already
        var improvement = await unit.Value<long>("insert into improvements (since, what, noted_by, noted_at) values (@at, @what, @Id, @at) returning id", new { at = now.ToUnixTimeMilliseconds(), what = $"{remedy.Data?.Improvement ?? remedy.What} (case {number})", by.Id });
        await Link(unit, improvement, number, remedy.Id);
    }

    /// <summary>Ties new lines to the change that they stand for.</summary>
    internal static async Task Write(Unit unit, long number, CaseState before, CaseState after)
    {
        foreach (var remedy in after.Remedies.Where(remedy => remedy.Data?.ImprovementId is not null && before.Remedies.All(each => each.Id != remedy.Id)))
            await Link(unit, remedy.Data!.ImprovementId!.Value, number, remedy.Id);
    }

    /// <summary>Nobody is promised a change that is not in the list.</summary>
    /// <param name="database">Where.</param>
    /// <param name="remedies">What is to be promised.</param>
    /// <param name="ct">The request's end.</param>
    /// <exception cref="Refused"><c>improvement</c>: there is no such change.</exception>
    public static async Task MustStand(Database database, IEnumerable<Domain.Offers.OptionRemedy> remedies, CancellationToken ct)
    {
        foreach (var id in remedies.Select(remedy => remedy.Data?.ImprovementId).OfType<long>())
        {
            if (await database.Read(connection => connection.ExecuteScalarAsync<long>("select count(*) from improvements where id = @id", new { id }), ct) == 0)
                throw new Refused("improvement", "There is no such change in the list. Choose one that is there, or say it in your own words.");
        }
    }

    private static Task Link(Unit unit, long improvement, long number, int remedy) =>
        unit.Put("insert into improvement_cases (improvement_id, case_number, remedy_id) values (@improvement, @number, @remedy) on conflict do nothing", new { improvement, number, remedy });

    private sealed class Row
    {
        public int RemedyId { get; init; }
        public string What { get; init; } = "";
    }
}

/// <summary>A change of the list.</summary>
public sealed class NotedChange
{
    public long Id { get; init; }
    public string What { get; init; } = "";
}
