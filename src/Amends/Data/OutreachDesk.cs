using System.Text.Json;
using Amends.Domain;
using Amends.Domain.Outreach;
using Amends.Domain.People;
using Dapper;

namespace Amends.Data;

/// <summary>Who else has it and said nothing, from the orders; and notices to them, which two people agree on.</summary>
public sealed class OutreachDesk(Database database, StoredSettings settings)
{
    /// <summary>The most customers that one notice goes to.</summary>
    public const int Most = 50_000;

    private const int Shown = 200;

    /// <summary>How many have it, and to how many of them one may write; the count comes first.</summary>
    public async Task<AudienceCount> Count(Audience audience, CancellationToken ct = default)
    {
        var values = await Values(audience, ct);
        return await database.Read(connection => connection.QuerySingleAsync<AudienceCount>(SameOrders.Count(audience), values), ct);
    }

    /// <summary>Those who said nothing, the newest order first.</summary>
    public async Task<IReadOnlyList<SilentCustomer>> Silent(Audience audience, int most = Shown, CancellationToken ct = default)
    {
        var values = await Values(audience, ct);
        values.Add("most", most);
        return await database.Read(async connection => (IReadOnlyList<SilentCustomer>)(await connection.QueryAsync<SilentCustomer>($"{SameOrders.Who(audience)} select customer_id, name, coalesce(place, '') as place, orders, placed_at, address, letters_off_at from who where complained = 0 order by placed_at desc, customer_id limit @most", values)).AsList(), ct);
    }

    /// <summary>Keeps a notice as a draft.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="audience">To whom, checked.</param>
    /// <param name="text">What it says, checked.</param>
    /// <param name="perHour">How many an hour.</param>
    /// <param name="by">Who writes it.</param>
    /// <param name="now">Now.</param>
    /// <exception cref="Refused"><c>per_hour</c> outside of <see cref="Batch.Least"/> to <see cref="Batch.Most"/>.</exception>
    public static Task<long> Draft(Unit unit, Audience audience, NoticeText text, int perHour, Actor by, DateTimeOffset now) =>
        perHour is < Batch.Least or > Batch.Most ? throw new Refused("per_hour", $"From {Batch.Least} to {Batch.Most} an hour.")
        : unit.Value<long>("insert into outreaches (audience, subject, body, per_hour, made_by, made_at, state) values (@audience, @Subject, @Body, @perHour, @Id, @at, 1) returning id",
            new { audience = JsonSerializer.Serialize(audience), text.Subject, text.Body, perHour, by.Id, at = now.ToUnixTimeMilliseconds() });

    /// <summary>A second person agrees, and sending begins: to everybody whom one may write to at this moment.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="id">The notice.</param>
    /// <param name="by">A lead or somebody above who did not write it; whoever is alone may agree to their own.</param>
    /// <param name="now">Now.</param>
    /// <returns>To how many it goes.</returns>
    /// <exception cref="Refused"><c>not_a_lead</c>, <c>own</c>, <c>state</c>, <c>nobody</c> or <c>too_many</c>.</exception>
    public async Task<int> Agree(Unit unit, long id, Actor by, DateTimeOffset now)
    {
        if (by is not { Role: >= Role.Lead })
            throw new Refused("not_a_lead", "A lead or somebody above agrees to a notice.");
        if (await unit.One<Row>("select id, audience, state, made_by from outreaches where id = @id", new { id }) is not { } row)
            throw new Refused("notice", "There is no such notice.");
        if (row.State != 1)
            throw new Refused("state", "It is on its way already, or was stopped.");
        if (row.MadeBy == by.Id && await unit.Value<long>("select count(*) from people where active = 1 and role >= @lead and id <> @Id", new { lead = (int)Role.Lead, by.Id }) > 0)
            throw new Refused("own", "Somebody else reads it before it goes to so many: a lead who did not write it.");
        var audience = JsonSerializer.Deserialize<Audience>(row.Audience)!;
        var values = await Values(audience);
        values.AddDynamicParams(new { id, at = now.ToUnixTimeMilliseconds(), by = by.Id, most = Most + 1 });
        var count = await unit.Run($"insert into outreach_letters (outreach_id, customer_id, address, state, due_at) {SameOrders.Who(audience)} select @id, customer_id, address, 1, @at from who where complained = 0 and letters_off_at is null and address is not null order by placed_at desc, customer_id limit @most", values);
        if (count is 0 or > Most)
            throw count == 0 ? new Refused("nobody", "Nobody is left to write to.") : new Refused("too_many", $"These are more than {Most:N0} customers. Name fewer: a lot, or days.");
        if (await unit.Run("update outreaches set state = 2, agreed_by = @by, agreed_at = @at where id = @id and state = 1", values) == 0)
            throw new Refused("state", "It is on its way already, or was stopped.");
        return count;
    }

    /// <summary>Stops it: what has not left does not leave.</summary>
    /// <exception cref="Refused"><c>why</c> without a reason; <c>state</c> when it is over.</exception>
    public static async Task Stop(Unit unit, long id, string? why, Actor by, DateTimeOffset now)
    {
        var said = why?.Trim() ?? "";
        if (said.Length is 0 or > 500)
            throw new Refused("why", said.Length == 0 ? "Say why it stops." : "Keep it under 500 characters.");
        if (await unit.Run("update outreaches set state = 4, ended_at = @at, stopped_by = @who, why = @said where id = @id and state in (1, 2)", new { id, at = now.ToUnixTimeMilliseconds(), who = by.Id, said }) == 0)
            throw new Refused("state", "It is over already.");
    }

    /// <summary>All notices, newest first, with what came of them.</summary>
    public Task<IReadOnlyList<KeptNotice>> List(CancellationToken ct = default) => database.Read(async connection =>
        (IReadOnlyList<KeptNotice>)[.. (await connection.QueryAsync<Row>($"{Sql} order by o.id desc limit 100")).Select(row => row.Read())], ct);

    /// <summary>One notice; <c>null</c> when there is none.</summary>
    public Task<KeptNotice?> Find(long id, CancellationToken ct = default) => database.Read(async connection => (await connection.QueryAsync<Row>($"{Sql} where o.id = @id", new { id })).FirstOrDefault()?.Read(), ct);

    // What came: a case of theirs within sixty days, an order within ninety.
    private const string Sql =
        """
        select o.id, o.audience, o.subject, o.body, o.per_hour, o.made_by, m.name as made_by_name, o.made_at, o.state, g.name as agreed_by_name, o.agreed_at, o.ended_at, o.why,
            (select count(*) from outreach_letters l where l.outreach_id = o.id) as letters,
            (select count(*) from outreach_letters l where l.outreach_id = o.id and l.state in (3, 6)) as gone,
            (select count(*) from outreach_letters l where l.outreach_id = o.id and l.state = 5) as failed,
            (select count(*) from outreach_letters l where l.outreach_id = o.id and l.state = 7) as left_out,
            (select count(*) from outreach_letters l where l.outreach_id = o.id and l.sent_at is not null and exists (select 1 from cases c where c.customer_id = l.customer_id and c.opened_at >= l.sent_at and c.opened_at < l.sent_at + 5184000000)) as answered,
            (select count(*) from outreach_letters l where l.outreach_id = o.id and l.sent_at is not null and exists (select 1 from orders r where r.customer_id = l.customer_id and r.placed_at >= l.sent_at and r.placed_at < l.sent_at + 7776000000)) as ordered
        from outreaches o join people m on m.id = o.made_by left join people g on g.id = o.agreed_by
        """;

    private async Task<DynamicParameters> Values(Audience audience, CancellationToken ct = default) => SameOrders.Values(audience, (await settings.Company(ct)).Zone());

    private sealed class Row
    {
        public long Id { get; init; }
        public string Audience { get; init; } = "";
        public string Subject { get; init; } = "";
        public string Body { get; init; } = "";
        public int PerHour { get; init; }
        public long MadeBy { get; init; }
        public string MadeByName { get; init; } = "";
        public long MadeAt { get; init; }
        public int State { get; init; }
        public string? AgreedByName { get; init; }
        public long? AgreedAt { get; init; }
        public long? EndedAt { get; init; }
        public string Why { get; init; } = "";
        public int Letters { get; init; }
        public int Gone { get; init; }
        public int Failed { get; init; }
        public int LeftOut { get; init; }
        public int Answered { get; init; }
        public int Ordered { get; init; }

        public KeptNotice Read() => new(Id, JsonSerializer.Deserialize<Audience>(Audience)!, new NoticeText(Subject, Body), PerHour, MadeBy, MadeByName, DateTimeOffset.FromUnixTimeMilliseconds(MadeAt), (NoticeState)State, AgreedByName,
            AgreedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null, EndedAt is { } end ? DateTimeOffset.FromUnixTimeMilliseconds(end) : null, Why, Letters, Gone, Failed, LeftOut, Answered, Ordered);
    }
}

/// <summary>A customer who has it and said nothing.</summary>
public sealed class SilentCustomer
{
    public long CustomerId { get; init; }
    public string Name { get; init; } = "";
    public string Place { get; init; } = "";
    public int Orders { get; init; }
    public long PlacedAt { get; init; }
    public string? Address { get; init; }
    public long? LettersOffAt { get; init; }
}

/// <summary>Where a notice stands.</summary>
public enum NoticeState
{
    /// <summary>It waits for a second person.</summary>
    Draft = 1,

    /// <summary>It leaves, batch by batch.</summary>
    Sending,

    /// <summary>All of it left.</summary>
    Sent,

    /// <summary>Somebody stopped it.</summary>
    Stopped,
}

/// <summary>A notice, and what came of it: <see cref="Answered"/> wrote or rang within sixty days, <see cref="Ordered"/> ordered within ninety.</summary>
public sealed record KeptNotice(long Id, Audience Audience, NoticeText Text, int PerHour, long MadeById, string MadeBy, DateTimeOffset MadeAt, NoticeState State, string? AgreedBy, DateTimeOffset? AgreedAt, DateTimeOffset? EndedAt, string Why,
    int Letters, int Gone, int Failed, int LeftOut, int Answered, int Ordered);
