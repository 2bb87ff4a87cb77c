using System.Globalization;
using System.Text.Json;
using Amends.Domain;
using Amends.Domain.Calendars;
using Amends.Domain.Causes;
using Amends.Domain.Improvements;
using Amends.Domain.People;
using Dapper;

namespace Amends.Data;

/// <summary>Improvements: what is wrong, who sees to it by when, what was decided and done, the complaints that show it, and what came of it. Every move is written once.</summary>
public sealed class ImprovementDesk(Database database, CauseQuery counts, StoredSettings settings)
{
    /// <summary>How many are listed.</summary>
    public const int Most = 500;

    private const string Columns = "i.id, i.since, i.what, i.state, i.owner_id, p.name as owner, i.due, i.document, i.noted_at, n.name as noted_by, (select count(*) from improvement_evidence e where e.improvement_id = i.id) as cases, (select count(*) from improvement_letters l where l.improvement_id = i.id) as told";
    private const string From = "from improvements i left join people p on p.id = i.owner_id join people n on n.id = i.noted_by";

    /// <summary>All of them: those that are to be done first, by their day, then the newest.</summary>
    public Task<IReadOnlyList<ImprovementRow>> List(CancellationToken ct = default) => Rows($"order by case when i.state <= 3 then 0 else 1 end, case when i.state <= 3 then coalesce(i.due, '9999') else '' end, i.id desc limit {Most}", new { }, ct);

    /// <summary>Those that are to be done and whose day is today or has passed.</summary>
    /// <param name="today">The day at the desk.</param>
    /// <param name="owner">Only this person's; <c>null</c> for all.</param>
    /// <param name="lateOnly">Without those that are due today.</param>
    /// <param name="ct">The request's end.</param>
    public Task<IReadOnlyList<ImprovementRow>> Due(DateOnly today, long? owner, bool lateOnly, CancellationToken ct = default) =>
        Rows($"where i.due is not null and i.due {(lateOnly ? "<" : "<=")} @day and i.state <= {(int)ImprovementState.InProgress}{(owner is null ? "" : " and i.owner_id = @owner")} order by i.due, i.id limit 50", new { day = Day(today), owner = owner ?? 0 }, ct);

    /// <summary>One of them, with all that belongs to it; <c>null</c> when there is no such one.</summary>
    public async Task<ImprovementFile?> Find(long id, CancellationToken ct = default)
    {
        if (await Rows("where i.id = @id", new { id }, ct) is not [var row])
            return null;
        var company = await settings.Company(ct);
        return await database.Read(async connection =>
        {
            using var all = await connection.QueryMultipleAsync(
                """
                select c.number, c.subject, u.name as customer, c.category, c.opened_at, c.close_reason, l.message_id, l.sent_at from improvement_evidence e join cases c on c.number = e.case_number join customers u on u.id = c.customer_id
                    left join improvement_letters l on l.improvement_id = e.improvement_id and l.case_number = e.case_number where e.improvement_id = @id order by c.opened_at, c.number;
                select distinct case_number from improvement_cases where improvement_id = @id order by case_number;
                select at, by_name, move, from_state, to_state, words from improvement_moves where improvement_id = @id order by id
                """, new { id });
            return new ImprovementFile(row, (await all.ReadAsync<EvidenceRow>()).AsList(), (await all.ReadAsync<long>()).AsList(), [.. (await all.ReadAsync<MoveRow>()).Select(move => move.Read())], company.Currency);
        }, ct);
    }

    /// <summary>What was counted before it and after it; <c>null</c> while nothing is measured, or it does not hold yet.</summary>
    public async Task<(CountedDays Days, Effect Effect)?> Effect(ImprovementItem item, DateTimeOffset now, CancellationToken ct = default)
    {
        if (item.Plan.By == Dimension.None)
            return null;
        var zone = (await settings.Company(ct)).Zone();
        return CountedDays.Of(item.Plan, item.HoldsFrom, now, day => LocalDay.Begins(day, zone)) is { } windows ? (windows, await counts.Effect(item.Plan, windows, ct)) : null;
    }

    /// <summary>Names of all who work here: a person is never a cause.</summary>
    public Task<IReadOnlyList<string>> Colleagues(CancellationToken ct = default) => database.Read(async connection => (IReadOnlyList<string>)(await connection.QueryAsync<string>("select name from people order by id")).AsList(), ct);

    /// <summary>Who may own one: active people who handle cases.</summary>
    public Task<IReadOnlyList<Owner>> Owners(CancellationToken ct = default) => database.Read(async connection => (IReadOnlyList<Owner>)(await connection.QueryAsync<Owner>("select id, name from people where active = 1 and role > 0 order by name, id")).AsList(), ct);

    /// <summary>Proposes one.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="plan">What it is about.</param>
    /// <param name="cases">Complaints that show the problem.</param>
    /// <param name="colleagues">As <see cref="Colleagues"/>.</param>
    /// <param name="by">Who.</param>
    /// <param name="now">Now.</param>
    /// <returns>Its id.</returns>
    /// <exception cref="Refused">As the verb; <c>case</c> for a number that is no complaint.</exception>
    public async Task<long> Propose(Unit unit, ImprovementPlan plan, IEnumerable<long> cases, IReadOnlyList<string> colleagues, Actor by, DateTimeOffset now)
    {
        var item = ImprovementItem.Propose(await Known(unit, plan), colleagues, by, now);
        var id = await unit.Value<long>("insert into improvements (since, what, noted_by, noted_at, state) values (0, @what, @Id, @now, 1) returning id", new { what = Storable.Of(item.Plan.What), by.Id, now = now.ToUnixTimeMilliseconds() });
        await Save(unit, id, item);
        foreach (var number in cases.Distinct())
            await AddCase(unit, id, number, by, now);
        return id;
    }

    /// <summary>Changes one by a verb.</summary>
    /// <returns>The item afterwards; <c>null</c> when there is no such one.</returns>
    public async Task<ImprovementItem?> Change(Unit unit, long id, Func<ImprovementItem, ImprovementItem> verb)
    {
        if (await unit.One<ImprovementRow>($"select i.id, i.since, i.what, i.state, i.owner_id, (select name from people where id = i.owner_id) as owner, i.due, i.document from improvements i where i.id = @id{database.ForUpdate}", new { id }) is not { } row)
            return null;
        var before = row.Read();
        var after = verb(before with { News = null });
        if (after.Plan.OwnerId != before.Plan.OwnerId)
            after = after with { Plan = await Known(unit, after.Plan) };
        await Save(unit, id, after);
        return after;
    }

    /// <summary>A complaint shows the problem. The same a second time changes nothing.</summary>
    /// <exception cref="Refused"><c>case</c> when it is no complaint, or there are many already.</exception>
    /// <returns>Whether there is such an improvement.</returns>
    public async Task<bool> AddCase(Unit unit, long id, long number, Actor by, DateTimeOffset now)
    {
        if (await unit.Value<long?>("select id from improvements where id = @id", new { id }) is null)
            return false;
        if (await unit.Value<long?>("select number from cases where number = @number and kind = 1", new { number }) is null)
            throw new Refused("case", $"There is no complaint with the number {number}.");
        if (await unit.Value<long>("select count(*) from improvement_evidence where improvement_id = @id", new { id }) >= ImprovementItem.MostCases)
            throw new Refused("case", $"{ImprovementItem.MostCases} complaints are enough to show it.");
        if (await unit.Run("insert into improvement_evidence (improvement_id, case_number, added_by, added_at) values (@id, @number, @me, @now) on conflict do nothing", new { id, number, me = by.Id, now = now.ToUnixTimeMilliseconds() }) == 1)
            await Change(unit, id, item => item.Note(ImprovementMove.CaseAdded, $"case {number}", by, now));
        return true;
    }

    /// <summary>A complaint does not show the problem after all.</summary>
    /// <exception cref="Refused"><c>case</c> when its customer was told what changed because of them.</exception>
    public async Task<bool> RemoveCase(Unit unit, long id, long number, Actor by, DateTimeOffset now)
    {
        if (await unit.Value<long>("select count(*) from improvement_letters where improvement_id = @id and case_number = @number", new { id, number }) > 0)
            throw new Refused("case", "This customer was told what changed because of them. The case stays.");
        if (await unit.Run("delete from improvement_evidence where improvement_id = @id and case_number = @number", new { id, number }) == 0)
            return false;
        await Change(unit, id, item => item.Note(ImprovementMove.CaseRemoved, $"case {number}", by, now));
        return true;
    }

    /// <summary>Adds a step to the ladder; the case that shows it is one of its evidence.</summary>
    /// <exception cref="Refused">As the verb; <c>seen_in</c> for a case that is none of its evidence.</exception>
    public async Task<ImprovementItem?> AskWhy(Unit unit, long id, LadderStep step, IReadOnlyList<string> colleagues, Actor by, DateTimeOffset now)
    {
        if (step.SeenIn is { } number && await unit.Value<long>("select count(*) from improvement_evidence where improvement_id = @id and case_number = @number", new { id, number }) == 0)
            throw new Refused("seen_in", $"Case {number} is none of the complaints that show this problem. Add it to them first.");
        return await Change(unit, id, item => item.AskWhy(step.Words, step.Under, step.Evidence, step.SeenIn, step.CanChange, colleagues, by, now));
    }

    /// <summary>A letter to a customer went out.</summary>
    internal async Task Told(Unit unit, long id, long number, long message, string token, Actor by, DateTimeOffset now)
    {
        await unit.Run("insert into improvement_letters (improvement_id, case_number, message_id, sent_by, sent_at, off_hash) values (@id, @number, @message, @me, @now, @hash)",
            new { id, number, message, me = by.Id, now = now.ToUnixTimeMilliseconds(), hash = FollowOnDesk.HashOf(token) });
        await Change(unit, id, item => item.Note(ImprovementMove.CustomerTold, $"case {number}", by, now));
    }

    private static async Task<ImprovementPlan> Known(Unit unit, ImprovementPlan plan) => plan.OwnerId is not { } owner ? plan with { Owner = "" }
        : await unit.Value<string>("select name from people where id = @owner and active = 1 and role > 0", new { owner }) is { } name ? plan with { Owner = name }
        : throw new Refused("owner", "Choose somebody who works here and handles cases.");

    private static async Task Save(Unit unit, long id, ImprovementItem item)
    {
        if (item.News is not { } news)
            return;
        var plan = item.Plan;
        await unit.Run("update improvements set what = @what, since = @since, state = @state, owner_id = @OwnerId, due = @due, dimension = @by, of_what = @of, document = @document where id = @id", new
        {
            id, what = Storable.Of(plan.What), since = item.HoldsFrom?.ToUnixTimeMilliseconds() ?? 0, state = (int)item.State, plan.OwnerId, due = plan.Due is { } due ? Day(due) : null, by = (int)plan.By, of = Storable.Of(plan.Of),
            document = Storable.Of(JsonSerializer.Serialize(item with { News = null }, CaseJson.Options)),
        });
        await unit.Run("insert into improvement_moves (improvement_id, at, by_id, by_name, move, from_state, to_state, words) values (@id, @at, @by, @Name, @move, @from, @to, @words)", new
        {
            id, at = news.At.ToUnixTimeMilliseconds(), by = news.By.Id, news.By.Name, move = JsonNamingPolicy.SnakeCaseLower.ConvertName(news.Move.ToString()), from = (int)news.From, to = (int)news.To, words = Storable.Of(news.Words),
        });
    }

    private Task<IReadOnlyList<ImprovementRow>> Rows(string where, object values, CancellationToken ct) => database.Read(async connection => (IReadOnlyList<ImprovementRow>)(await connection.QueryAsync<ImprovementRow>($"select {Columns} {From} {where}", values)).AsList(), ct);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed class MoveRow
    {
        public long At { get; init; }
        public string ByName { get; init; } = "";
        public string Move { get; init; } = "";
        public int FromState { get; init; }
        public int ToState { get; init; }
        public string Words { get; init; } = "";

        public ImprovementMoved Read() => new(DateTimeOffset.FromUnixTimeMilliseconds(At), ByName, Enum.Parse<ImprovementMove>(Move.Replace("_", "", StringComparison.Ordinal), true), (ImprovementState)FromState, (ImprovementState)ToState, Words);
    }
}

/// <summary>A step of why upon why, as somebody wants to add it.</summary>
/// <param name="Words">Because…</param>
/// <param name="Under">The step that it explains; <c>null</c> for the problem itself.</param>
/// <param name="Evidence">How we know.</param>
/// <param name="SeenIn">A case that shows it.</param>
/// <param name="CanChange">We can change this.</param>
public sealed record LadderStep(string? Words, int? Under, string? Evidence, long? SeenIn, bool CanChange);

/// <summary>Somebody who may own an improvement.</summary>
public sealed class Owner
{
    public long Id { get; init; }
    public string Name { get; init; } = "";
}

/// <summary>An improvement as it is stored.</summary>
public sealed class ImprovementRow
{
    public long Id { get; init; }
    public long Since { get; init; }
    public string What { get; init; } = "";
    public int State { get; init; }
    public long? OwnerId { get; init; }
    public string? Owner { get; init; }
    public string? Due { get; init; }

    /// <summary>Its day as people write it; empty without one.</summary>
    public string DueWords => Due is { } due ? DateOnly.ParseExact(due, "yyyy-MM-dd", CultureInfo.InvariantCulture).ToString("d MMMM yyyy", CultureInfo.InvariantCulture) : "";
    public string Document { get; init; } = "{}";
    public long NotedAt { get; init; }
    public string NotedBy { get; init; } = "";

    /// <summary>How many complaints show its problem, and how many customers were told.</summary>
    public int Cases { get; init; }

    /// <inheritdoc cref="Cases"/>
    public int Told { get; init; }

    /// <summary>The item. One that was only noted as a change has no more than its words and its day.</summary>
    public ImprovementItem Read() => Document == "{}"
        ? new(new(What, "") { OwnerId = OwnerId, Owner = Owner ?? "" }, (ImprovementState)State) { HoldsFrom = Since > 0 ? DateTimeOffset.FromUnixTimeMilliseconds(Since) : null, DoneWords = What }
        : JsonSerializer.Deserialize<ImprovementItem>(Document, CaseJson.Options)! is var item ? item with { Plan = item.Plan with { Owner = Owner ?? "" } } : throw new InvalidOperationException();
}

/// <summary>A complaint that shows an improvement's problem, and the letter that told its customer what changed.</summary>
public sealed class EvidenceRow
{
    public long Number { get; init; }
    public string Subject { get; init; } = "";
    public string Customer { get; init; } = "";
    public string? Category { get; init; }
    public long OpenedAt { get; init; }
    public int? CloseReason { get; init; }
    public long? MessageId { get; init; }
    public long? SentAt { get; init; }
}

/// <summary>A move as it was written down.</summary>
public sealed record ImprovementMoved(DateTimeOffset At, string By, ImprovementMove Move, ImprovementState From, ImprovementState To, string Words);

/// <summary>An improvement with its complaints, the cases in which it was promised, and its history.</summary>
public sealed record ImprovementFile(ImprovementRow Row, IReadOnlyList<EvidenceRow> Cases, IReadOnlyList<long> PromisedIn, IReadOnlyList<ImprovementMoved> Moves, string Currency)
{
    /// <summary>The item.</summary>
    public ImprovementItem Item { get; } = Row.Read();
}
