using Amends.Domain.Cases;
using Dapper;

namespace Amends.Data;

/// <summary>What is owed to customers, a line a row, beside the cases that it belongs to: for Today and the board, by when it is due and whose it is.</summary>
public static class OwedLines
{
    /// <summary>How many late lines the board shows at once.</summary>
    public const int Most = 50;

    private const string Columns =
        """
        select l.case_number as number, l.remedy_id, l.due_at, coalesce(l.person_id, c.owner_id) as owner_id, p.name as owner, c.subject, u.name as customer, c.state
        from owed_lines l join cases c on c.number = l.case_number join customers u on u.id = c.customer_id left join people p on p.id = coalesce(l.person_id, c.owner_id)
        """;

    /// <summary>Lines of somebody's own in cases of others that are due before a moment, soonest first.</summary>
    internal static readonly string HandedSql = $"{Columns} where l.person_id = @me and l.due_at < @today and (c.owner_id is null or c.owner_id <> @me) order by l.due_at, l.case_number, l.remedy_id limit {Most}";

    /// <summary>Writes the lines of a case anew when they are others than before.</summary>
    internal static async Task Write(Unit unit, long number, CaseState before, CaseState after)
    {
        var lines = Of(after);
        if (lines.SequenceEqual(Of(before)))
            return;
        await unit.Put("delete from owed_lines where case_number = @number", new { number });
        foreach (var (id, person, due) in lines)
            await unit.Put("insert into owed_lines (case_number, remedy_id, person_id, due_at) values (@number, @id, @person, @due)", new { number, id, person, due });
    }

    /// <summary>Lines whose day has passed, those that are late the longest first.</summary>
    /// <param name="database">Where.</param>
    /// <param name="now">Now.</param>
    /// <param name="owner">Only this person's; <c>null</c> for all.</param>
    /// <param name="isNobodys">Only those that nobody has.</param>
    /// <param name="ct">The request's end.</param>
    public static Task<IReadOnlyList<OwedLine>> Late(Database database, DateTimeOffset now, long? owner, bool isNobodys, CancellationToken ct) => database.Read(async connection =>
        (IReadOnlyList<OwedLine>)[.. (await connection.QueryAsync<Row>(
            $"{Columns} where l.due_at < @now{(isNobodys ? " and coalesce(l.person_id, c.owner_id) is null" : owner is null ? "" : " and coalesce(l.person_id, c.owner_id) = @owner")} order by l.due_at, l.case_number, l.remedy_id limit {Most}",
            new { now = now.ToUnixTimeMilliseconds(), owner = owner ?? 0 })).Select(row => row.Read())], ct);

    private static List<(int, long?, long)> Of(CaseState state) => [.. state.Owed.Select(remedy => (remedy.Id, remedy.Owner?.PersonId, remedy.DueAt.ToUnixTimeMilliseconds()))];

    /// <summary>A line as it is read.</summary>
    internal sealed class Row
    {
        public long Number { get; init; }
        public int RemedyId { get; init; }
        public long DueAt { get; init; }
        public long? OwnerId { get; init; }
        public string? Owner { get; init; }
        public string Subject { get; init; } = "";
        public string Customer { get; init; } = "";
        public string State { get; init; } = "";

        /// <summary>The line, with its words and whoever outside has it.</summary>
        public OwedLine Read()
        {
            var remedy = CaseJson.State(State).Remedies.First(each => each.Id == RemedyId);
            return new(Number, RemedyId, remedy.What, DateTimeOffset.FromUnixTimeMilliseconds(DueAt), Subject, Customer, OwnerId, Owner, remedy.Owner is { PersonId: null } outside ? outside.Name : null);
        }
    }
}

/// <summary>Something that is owed to a customer.</summary>
/// <param name="Number">The case.</param>
/// <param name="RemedyId">The line.</param>
/// <param name="What">In words for the customer.</param>
/// <param name="DueAt">When they should have it.</param>
/// <param name="Subject">The case's subject.</param>
/// <param name="Customer">Who waits.</param>
/// <param name="OwnerId">Whose it is among us; <c>null</c> while nobody has it.</param>
/// <param name="Owner">Their name.</param>
/// <param name="Outside">Who outside does it.</param>
public sealed record OwedLine(long Number, int RemedyId, string What, DateTimeOffset DueAt, string Subject, string Customer, long? OwnerId, string? Owner, string? Outside);
