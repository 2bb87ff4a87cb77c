using System.Globalization;
using Amends.Data;
using Dapper;

namespace Amends.Features.Shared;

/// <summary>Who was promised a word, by whom and by when: counted for each person, and listed, soonest first.</summary>
public sealed class BoardQuery(Database database, TimeProvider clock)
{
    /// <summary>Promises on a page.</summary>
    public const int PageSize = 50;

    /// <summary>The spans of time by their name in the address, and their condition on <c>cases c</c>.</summary>
    internal static readonly IReadOnlyDictionary<string, string> Spans = new Dictionary<string, string>
    {
        ["all"] = "",
        ["overdue"] = " and c.next_contact_at < @now",
        ["today"] = " and c.next_contact_at >= @now and c.next_contact_at < @today",
        ["tomorrow"] = " and c.next_contact_at >= @today and c.next_contact_at < @tomorrow",
        ["later"] = " and c.next_contact_at >= @tomorrow",
    };

    // The index of open cases by owner and promise has all that is counted.
    internal const string CountSql =
        """
        select o.owner_id, p.name as owner, o.overdue, o.today, o.tomorrow, o.later
        from (select owner_id, count(case when next_contact_at < @now then 1 end) as overdue,
                count(case when next_contact_at >= @now and next_contact_at < @today then 1 end) as today,
                count(case when next_contact_at >= @today and next_contact_at < @tomorrow then 1 end) as tomorrow,
                count(case when next_contact_at >= @tomorrow then 1 end) as later
            from cases where closed_at is null group by owner_id) o
        left join people p on p.id = o.owner_id
        """;

    /// <summary>Reads the board.</summary>
    /// <param name="span">One of <see cref="Spans"/>.</param>
    /// <param name="who"><c>all</c>, <c>mine</c>, <c>unassigned</c>, a person's id, or <c>team-</c> and a team's.</param>
    /// <param name="me">The reader's id.</param>
    /// <param name="zone">The company's zone: where days end.</param>
    /// <param name="after">Where the page before ended, as <see cref="Board.Next"/> gave it.</param>
    /// <param name="ct">The request's end.</param>
    public async Task<Board> Read(string span, string who, long me, TimeZoneInfo zone, string? after, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var today = LocalTime.EndOfDay(now, zone);
        var (at, last) = after?.Split('-') is [var due, var number] && long.TryParse(due, CultureInfo.InvariantCulture, out var time) && long.TryParse(number, CultureInfo.InvariantCulture, out var id) ? (time, id) : (0L, 0L);
        var values = new
        {
            team = TeamOf(who) ?? 0, owner = who == "mine" ? me : long.TryParse(who, CultureInfo.InvariantCulture, out var person) ? person : 0, at, last,
            now = now.ToUnixTimeMilliseconds(), today = today.ToUnixTimeMilliseconds(), tomorrow = LocalTime.EndOfDay(today, zone).ToUnixTimeMilliseconds(),
        };
        return await database.Read(async connection =>
        {
            var people = (await connection.QueryAsync<Person>(CountSql, values)).AsList();
            var rows = (await connection.QueryAsync<Row>(ListSql(span, who, after is not null), values)).AsList();
            var more = rows.Count > PageSize;
            if (more)
                rows.RemoveAt(PageSize);
            return new Board(
                [.. people.OrderByDescending(each => each.Overdue).ThenByDescending(each => each.Today).ThenBy(each => each.Owner is null).ThenBy(each => each.Owner, StringComparer.CurrentCultureIgnoreCase)],
                [.. rows.Select(row => row.Read())], more ? $"{rows[^1].NextContactAt}-{rows[^1].Number}" : null);
        }, ct);
    }

    /// <summary>The query for a page of promises. Its limit stands in it: PostgreSQL plans one that it does not know anew at each execution.</summary>
    internal static string ListSql(string span, string who, bool isLater) =>
        $"""
        select c.number, c.subject, c.next_contact_at, u.name as customer, p.name as owner, c.owner_id, c.severity, c.state
        from cases c join customers u on u.id = c.customer_id left join people p on p.id = c.owner_id
        where c.closed_at is null{Spans[span]}{who switch { "all" => "", "unassigned" => " and c.owner_id is null", _ when TeamOf(who) is not null => $" and {TeamDesk.CasesSql}", _ => " and c.owner_id = @owner" }}{(isLater ? " and (c.next_contact_at, c.number) > (@at, @last)" : "")}
        order by c.next_contact_at, c.number limit {PageSize + 1}
        """;

    /// <summary>The team that is meant; <c>null</c> for anything else.</summary>
    public static long? TeamOf(string? who) => who?.StartsWith("team-", StringComparison.Ordinal) == true && long.TryParse(who[5..], NumberStyles.None, CultureInfo.InvariantCulture, out var team) ? team : null;

    /// <summary>How many promises somebody has open, by when they are due.</summary>
    public sealed class Person
    {
        public long? OwnerId { get; init; }

        /// <summary><c>null</c> for cases that nobody has.</summary>
        public string? Owner { get; init; }
        public int Overdue { get; init; }
        public int Today { get; init; }
        public int Tomorrow { get; init; }
        public int Later { get; init; }
    }

    private sealed class Row
    {
        public long Number { get; init; }
        public string Subject { get; init; } = "";
        public long NextContactAt { get; init; }
        public string Customer { get; init; } = "";
        public string? Owner { get; init; }
        public long? OwnerId { get; init; }
        public int Severity { get; init; }
        public string State { get; init; } = "";

        public Promised Read()
        {
            var state = CaseJson.State(State);
            return new(Number, Subject, DateTimeOffset.FromUnixTimeMilliseconds(NextContactAt), state.NextContact?.What ?? "", Customer, Owner, OwnerId, Severity == (int)Domain.Cases.Severity.High) { IsCallDue = state.CheckBack?.CallDueAt is not null };
        }
    }
}

/// <summary>The board.</summary>
/// <param name="People">Whose promises, those with most that is overdue first.</param>
/// <param name="Promises">Soonest first.</param>
/// <param name="Next">Where the next page begins; <c>null</c> at the end.</param>
public sealed record Board(IReadOnlyList<BoardQuery.Person> People, IReadOnlyList<Promised> Promises, string? Next);

/// <summary>A promise that is open.</summary>
/// <param name="Number">The case.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="DueAt">By when.</param>
/// <param name="What">What the customer waits to hear.</param>
/// <param name="Customer">Who waits.</param>
/// <param name="Owner">Whose it is; <c>null</c> while nobody has it.</param>
/// <param name="OwnerId">Their id.</param>
/// <param name="IsSerious">The case is marked as serious.</param>
public sealed record Promised(long Number, string Subject, DateTimeOffset DueAt, string What, string Customer, string? Owner, long? OwnerId, bool IsSerious)
{
    /// <summary>A call is due with the question whether it is put right.</summary>
    public bool IsCallDue { get; init; }
}
