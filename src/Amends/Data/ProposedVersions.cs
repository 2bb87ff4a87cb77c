using System.Globalization;
using System.Text.Json;
using Amends.Domain;
using Amends.Domain.Contents;
using Amends.Domain.People;
using Dapper;

namespace Amends.Data;

/// <summary>
/// Versions in a table of their own: anybody's proposal first, a version once a manager other than whoever proposed it has agreed. A version
/// never changes, and a no stays with its reason.
/// </summary>
/// <param name="database">Where.</param>
/// <param name="table">The table.</param>
/// <param name="key">Its column for the key.</param>
/// <param name="json">How a version is written.</param>
/// <param name="numbered">The version with this number, from this day on.</param>
public sealed class ProposedVersions<T>(Database database, string table, string key, JsonSerializerOptions json, Func<T, int, DateOnly, T> numbered) where T : class, IDated
{
    private const string Others = "select count(*) from people where active = 1 and id <> @me";

    private readonly string _select =
        $"""
        select v.id, v.version, v.based_on, v.document, v.why, v.proposed_by, coalesce(p.name, 'Amends') as proposer, v.proposed_at, d.name as decider, v.decided_at, v.decided_why
        from {table} v left join people p on p.id = v.proposed_by left join people d on d.id = v.decided_by
        """;

    /// <summary>All versions that somebody agreed to.</summary>
    public Task<IReadOnlyList<T>> Agreed(CancellationToken ct = default) => database.Read(async connection =>
        (IReadOnlyList<T>)[.. (await connection.QueryAsync<string>($"select document from {table} where version is not null order by id")).Select(Read)], ct);

    /// <summary>What waits for somebody's yes or no, oldest first, and what was decided last.</summary>
    public Task<IReadOnlyList<Proposal<T>>> Proposals(CancellationToken ct = default) => Rows("order by v.decided_at is not null, coalesce(-v.decided_at, v.id) limit 60", new { }, ct);

    /// <summary>Everything that was ever proposed, the oldest first.</summary>
    public Task<IReadOnlyList<Proposal<T>>> Everything(CancellationToken ct = default) => Rows("order by v.id", new { }, ct);

    /// <summary>Everything that was ever proposed for one key, the newest first.</summary>
    public Task<IReadOnlyList<Proposal<T>>> Of(string which, CancellationToken ct = default) => Rows($"where v.{key} = @which order by v.id desc", new { which }, ct);

    /// <summary>One of them; <c>null</c> when there is no such proposal.</summary>
    public async Task<Proposal<T>?> Find(long id, CancellationToken ct = default) => (await Rows("where v.id = @id", new { id }, ct)).SingleOrDefault();

    /// <summary>Whether nobody but this person works here, so that there is no second person to decide.</summary>
    public Task<bool> IsAlone(Actor me, CancellationToken ct = default) => database.Read(async connection => await connection.ExecuteScalarAsync<long>(Others, new { me = me.Id }) == 0, ct);

    /// <summary>Proposes a version; the same a second time changes nothing.</summary>
    /// <param name="proposed">What it is to say; its number is given when it is agreed to, and until then it has that of the version that it was written from.</param>
    /// <param name="why">Why, in a sentence.</param>
    /// <param name="by">Who.</param>
    /// <param name="today">The day at the desk.</param>
    /// <param name="now">Now.</param>
    /// <returns>The proposal's id.</returns>
    /// <exception cref="Refused">As <see cref="Agreement.ToPropose"/>.</exception>
    public Task<long> Propose(T proposed, string? why, Actor by, DateOnly today, DateTimeOffset now)
    {
        var said = Storable.Of(Agreement.ToPropose(proposed, why, today));
        var document = Write(proposed);
        return database.Write(async unit => await unit.Value<long?>($"select max(id) from {table} where {key} = @Key and version is null and decided_at is null and document = @document", new { proposed.Key, document })
            ?? await unit.Value<long>(
                $"""
                insert into {table} ({key}, based_on, document, effective_from, why, proposed_by, proposed_at)
                values (@Key, @Version, @document, @from, @said, @me, @at) returning id
                """, new { proposed.Key, proposed.Version, document, from = Day(proposed.EffectiveFrom), said, me = by.Id, at = now.ToUnixTimeMilliseconds() }));
    }

    /// <summary>Agrees to a proposal, which makes it the next version, or says no to it. Deciding twice the same changes nothing.</summary>
    /// <param name="id">The proposal.</param>
    /// <param name="yes">Whether it holds.</param>
    /// <param name="why">Why not; needed for a no.</param>
    /// <param name="by">A manager or owner.</param>
    /// <param name="today">The day at the desk; a first day that has passed meanwhile becomes today.</param>
    /// <param name="now">Now.</param>
    /// <param name="newest">The newest version that ships under a key, where shipped and own ones are counted together; none without it.</param>
    /// <exception cref="Refused">As <see cref="Agreement.ToDecide"/>; <c>decided</c> when it was decided otherwise.</exception>
    /// <returns>Whether there is such a proposal.</returns>
    public Task<bool> Decide(long id, bool yes, string? why, Actor by, DateOnly today, DateTimeOffset now, Func<string, int>? newest = null) => database.Write(async unit =>
    {
        if (await unit.One<DecideRow>($"select id, {key} as which, version, document, proposed_by, decided_at from {table} where id = @id {database.ForUpdate}", new { id }) is not { } row)
            return false;
        if (row.DecidedAt is not null && by.Role >= Role.Manager)
            return row.Version is not null == yes ? true : throw new Refused("decided", $"Somebody has {(row.Version is null ? "said no to" : "agreed to")} this already.");
        var isAlone = await unit.Value<long>(Others, new { me = by.Id }) == 0;
        var no = Agreement.ToDecide(yes, why, by, row.ProposedBy, isAlone);
        var (at, me) = (now.ToUnixTimeMilliseconds(), by.Id);
        if (no is not null)
        {
            await unit.Run($"update {table} set decided_by = @me, decided_at = @at, decided_why = @no where id = @id", new { me, at, no = Storable.Of(no), id });
            return true;
        }

        var last = Math.Max(await unit.Value<int>($"select coalesce(max(version), 0) from {table} where {key} = @Which", new { row.Which }), newest?.Invoke(row.Which) ?? 0);
        var proposed = Read(row.Document);
        var agreed = numbered(proposed, last + 1, proposed.EffectiveFrom < today ? today : proposed.EffectiveFrom);
        await unit.Run($"update {table} set version = @Version, document = @document, effective_from = @from, decided_by = @me, decided_at = @at where id = @id",
            new { agreed.Version, document = Write(agreed), from = Day(agreed.EffectiveFrom), me, at, id });
        return true;
    });

    /// <summary>Keeps a version that nobody wants, with the reason. The same a second time changes nothing.</summary>
    /// <param name="left">The version.</param>
    /// <param name="why">Where it came from.</param>
    /// <param name="whyNot">Why not.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="now">Now.</param>
    public Task Leave(T left, string why, string whyNot, Actor by, DateTimeOffset now)
    {
        var document = Write(left);
        return database.Write(async unit =>
        {
            if (await unit.Value<long>($"select count(*) from {table} where {key} = @Key and document = @document", new { left.Key, document }) == 0)
                await unit.Run($"insert into {table} ({key}, based_on, document, effective_from, why, proposed_at, decided_by, decided_at, decided_why) values (@Key, @Version, @document, @from, @why, @at, @me, @at, @no)",
                    new { left.Key, left.Version, document, from = Day(left.EffectiveFrom), why, at = now.ToUnixTimeMilliseconds(), me = by.Id, no = Storable.Of(whyNot) });
        });
    }

    private Task<IReadOnlyList<Proposal<T>>> Rows(string where, object values, CancellationToken ct) => database.Read(async connection =>
        (IReadOnlyList<Proposal<T>>)[.. (await connection.QueryAsync<ProposalRow>($"{_select} {where}", values)).Select(row => new Proposal<T>(row.Id, Read(row.Document), row.BasedOn, row.Why, row.ProposedBy, row.Proposer,
            DateTimeOffset.FromUnixTimeMilliseconds(row.ProposedAt), row.Version, row.Decider, row.DecidedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null, row.DecidedWhy))], ct);

    private T Read(string document) => JsonSerializer.Deserialize<T>(document, json)!;

    private string Write(T version) => Storable.Of(JsonSerializer.Serialize(version, json));

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed class DecideRow
    {
        public long Id { get; init; }
        public string Which { get; init; } = "";
        public int? Version { get; init; }
        public string Document { get; init; } = "";
        public long? ProposedBy { get; init; }
        public long? DecidedAt { get; init; }
    }

    private sealed class ProposalRow
    {
        public long Id { get; init; }
        public int? Version { get; init; }
        public int BasedOn { get; init; }
        public string Document { get; init; } = "";
        public string Why { get; init; } = "";
        public long? ProposedBy { get; init; }
        public string Proposer { get; init; } = "";
        public long ProposedAt { get; init; }
        public string? Decider { get; init; }
        public long? DecidedAt { get; init; }
        public string? DecidedWhy { get; init; }
    }
}

/// <summary>A version that somebody proposed, and what became of it.</summary>
/// <param name="Id">The proposal's.</param>
/// <param name="Proposed">What it says.</param>
/// <param name="BasedOn">The version that it was written from; 0 for something new, or for the text as it ships.</param>
/// <param name="Why">Why.</param>
/// <param name="ProposedBy">Who, by id; <c>null</c> for no person.</param>
/// <param name="Proposer">Who, by name.</param>
/// <param name="ProposedAt">When.</param>
/// <param name="Version">The version that it became; <c>null</c> while it waits, and after a no.</param>
/// <param name="Decider">Who decided.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="WhyNot">Why not.</param>
public sealed record Proposal<T>(long Id, T Proposed, int BasedOn, string Why, long? ProposedBy, string Proposer, DateTimeOffset ProposedAt, int? Version, string? Decider, DateTimeOffset? DecidedAt, string? WhyNot)
{
    /// <summary>Somebody must still say yes or no.</summary>
    public bool Waits => DecidedAt is null;
}
