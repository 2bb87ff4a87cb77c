using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amends.Domain.Calendars;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Domain.Playbooks;
using Dapper;

namespace Amends.Data;

/// <summary>
/// The playbooks: those that ship, and versions of the company's own. Anybody proposes one; it becomes a version when a manager other than
/// whoever proposed it agrees.
/// </summary>
public sealed class PlaybookDesk(Database database)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = { new JsonStringEnumConverter() },
    };

    private static readonly Lazy<IReadOnlyList<Playbook>> Loaded = new(() => Content.Read<List<Playbook>>("playbooks.json", Json));

    /// <summary>Those that ship with the program.</summary>
    public static IReadOnlyList<Playbook> Shipped => Loaded.Value;

    /// <summary>The day at the desk.</summary>
    public static DateOnly DayOf(DateTimeOffset now, Company company) => LocalDay.Of(now, company.Zone());

    /// <summary>All versions, shipped and own.</summary>
    public Task<IReadOnlyList<Playbook>> All(CancellationToken ct = default) => database.Read(async connection =>
        (IReadOnlyList<Playbook>)[.. Shipped, .. (await connection.QueryAsync<string>("select document from playbook_versions where version is not null")).Select(Read)], ct);

    /// <summary>The playbook that suits a case now, with what its order cost; both <c>null</c> where there is none.</summary>
    /// <param name="number">The case.</param>
    /// <param name="state">As it stands.</param>
    /// <param name="company">For the day and the currency.</param>
    /// <param name="now">Now.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<(Playbook? Playbook, Money? Order)> For(long number, CaseState state, Company company, DateTimeOffset now, CancellationToken ct = default)
    {
        var paid = await database.Read(async connection => await connection.QuerySingleOrDefaultAsync<PaidRow>(
            "select o.total_minor, o.currency from cases c join orders o on o.id = c.order_id where c.number = @number", new { number }), ct);
        var playbook = Playbook.Match(await All(ct), state.Category?.Code, state.Journey, paid is not null, DayOf(now, company));
        return (playbook, paid is null ? null : new Money(paid.TotalMinor, paid.Currency));
    }

    /// <summary>What a playbook asks of an offer.</summary>
    /// <param name="playbook">The one that suits.</param>
    /// <param name="company">For the currency.</param>
    /// <param name="used">The key and version that the form began from, as <see cref="Mark"/> writes it.</param>
    public static PlaybookTerms Terms(Playbook playbook, Company company, string? used) => new(
        playbook.Key, playbook.Version, playbook.Title, Money.FromMajor(playbook.NoQuestionsUpTo, company.Currency), playbook.Minimum, used == Mark(playbook));

    /// <summary>A version in a word, for a form: <c>late.2</c>.</summary>
    public static string Mark(Playbook playbook) => $"{playbook.Key}.{playbook.Version.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>What waits for somebody's yes or no, oldest first, and what was decided last.</summary>
    public Task<IReadOnlyList<PlaybookProposal>> Proposals(CancellationToken ct = default) => database.Read(async connection =>
        (IReadOnlyList<PlaybookProposal>)[.. (await connection.QueryAsync<ProposalRow>(
            """
            select v.id, v.version, v.based_on, v.document, v.why, v.proposed_by, p.name as proposer, v.proposed_at, d.name as decider, v.decided_at, v.decided_why
            from playbook_versions v join people p on p.id = v.proposed_by left join people d on d.id = v.decided_by
            order by v.decided_at is not null, coalesce(-v.decided_at, v.id) limit 60
            """)).Select(row => row.Read())], ct);

    /// <summary>Proposes a version.</summary>
    /// <param name="proposed">What it is to say; its version is given when it is agreed to.</param>
    /// <param name="why">Why, in a sentence.</param>
    /// <param name="by">Who.</param>
    /// <param name="today">The day at the desk.</param>
    /// <param name="now">Now.</param>
    /// <exception cref="Refused">The code is the field that is wrong; <c>waits</c> while the same person's earlier proposal for it waits unchanged.</exception>
    public async Task Propose(Playbook proposed, string? why, Actor by, DateOnly today, DateTimeOffset now)
    {
        proposed.MustBeWhole();
        if (proposed.EffectiveFrom < today)
            throw new Refused("effective_from", "Choose today or a later day: what was offered until now stays as it was.");
        if (proposed.EffectiveUntil < proposed.EffectiveFrom)
            throw new Refused("effective_until", "It would end before it begins. Choose a later day, or leave it empty.");
        var said = why?.Trim() ?? "";
        if (said.Length is 0 or > 500)
            throw new Refused("why", said.Length == 0 ? "Say in a sentence why. Whoever agrees reads it." : "Keep it under 500 characters.");
        foreach (var code in proposed.Categories.Where(code => CategorySet.WordsOf(code) is null))
            throw new Refused("categories", $"There is no category “{code}”. Choose from the list.");
        var document = JsonSerializer.Serialize(proposed, Json);
        await database.Write(async unit =>
        {
            if (await unit.Value<long>("select count(*) from playbook_versions where playbook = @Key and version is null and decided_at is null and document = @document", new { proposed.Key, document }) > 0)
                return; // sent twice
            await unit.Run(
                """
                insert into playbook_versions (playbook, based_on, document, effective_from, why, proposed_by, proposed_at)
                values (@Key, @Version, @document, @from, @said, @me, @at)
                """, new { proposed.Key, proposed.Version, document, from = proposed.EffectiveFrom.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), said, me = by.Id, at = now.ToUnixTimeMilliseconds() });
        });
    }

    /// <summary>Agrees to a proposal, which makes it the next version, or says no to it. Deciding twice the same changes nothing.</summary>
    /// <param name="id">The proposal.</param>
    /// <param name="yes">Whether it holds.</param>
    /// <param name="why">Why not; needed for a no.</param>
    /// <param name="by">A manager or owner.</param>
    /// <param name="today">The day at the desk; a first day that has passed meanwhile becomes today.</param>
    /// <param name="now">Now.</param>
    /// <exception cref="Refused"><c>second_person</c> for one's own; <c>not_allowed</c> below a manager; <c>why_not</c> for a no without a reason; <c>decided</c> when it was decided otherwise.</exception>
    /// <returns>Whether there is such a proposal.</returns>
    public Task<bool> Decide(long id, bool yes, string? why, Actor by, DateOnly today, DateTimeOffset now) => database.Write(async unit =>
    {
        if (by.Role < Role.Manager)
            throw new Refused("not_allowed", "A manager decides on playbooks.");
        if (await unit.One<DecideRow>($"select id, playbook, version, document, proposed_by, decided_at from playbook_versions where id = @id {database.ForUpdate}", new { id }) is not { } row)
            return false;
        if (row.DecidedAt is not null)
            return row.Version is not null == yes ? true : throw new Refused("decided", $"Somebody has {(row.Version is null ? "said no to" : "agreed to")} this already.");
        if (row.ProposedBy == by.Id)
            throw new Refused("second_person", "Somebody else must decide on this: nobody approves their own proposal.");
        var no = why?.Trim() ?? "";
        if (!yes && no.Length is 0 or > 500)
            throw new Refused("why_not", no.Length == 0 ? "Say why not, so that a better one can be proposed." : "Keep it under 500 characters.");
        var (at, me) = (now.ToUnixTimeMilliseconds(), by.Id);
        if (!yes)
        {
            await unit.Run("update playbook_versions set decided_by = @me, decided_at = @at, decided_why = @no where id = @id", new { me, at, no, id });
            return true;
        }

        var newest = Math.Max(await unit.Value<int>("select coalesce(max(version), 0) from playbook_versions where playbook = @Playbook", new { row.Playbook }), Shipped.Where(each => each.Key == row.Playbook).Select(each => each.Version).DefaultIfEmpty(0).Max());
        var playbook = Read(row.Document);
        playbook = playbook with { Version = newest + 1, EffectiveFrom = playbook.EffectiveFrom < today ? today : playbook.EffectiveFrom };
        await unit.Run("update playbook_versions set version = @Version, document = @document, effective_from = @from, decided_by = @me, decided_at = @at where id = @id",
            new { playbook.Version, document = JsonSerializer.Serialize(playbook, Json), from = playbook.EffectiveFrom.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), me, at, id });
        return true;
    });

    /// <summary>Categories of complaints of the last 90 days for which no playbook holds, most often first; the empty code is "no category yet".</summary>
    /// <param name="day">The day at the desk.</param>
    /// <param name="now">Now.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<IReadOnlyList<(string Code, int Complaints)>> Gaps(DateOnly day, DateTimeOffset now, CancellationToken ct = default)
    {
        var holding = Playbook.On(await All(ct), day);
        var since = now.AddDays(-GapDays).ToUnixTimeMilliseconds();
        var documents = await database.Read(async connection => (await connection.QueryAsync<string>("select state from cases where kind = 1 and opened_at > @since", new { since })).ToList(), ct);
        return [.. documents.Select(CaseJson.State).GroupBy(state => state.Category?.Code ?? "")
            .Where(group => group.Key.Length == 0 || !holding.Any(playbook => playbook.Categories.Contains(group.Key) || playbook.Categories.Contains(group.Key.Split('.')[0])))
            .Select(group => (group.Key, group.Count())).OrderByDescending(gap => gap.Item2).ThenBy(gap => gap.Key, StringComparer.Ordinal)];
    }

    /// <summary>How far back gaps are looked for.</summary>
    public const int GapDays = 90;

    private static Playbook Read(string document) => JsonSerializer.Deserialize<Playbook>(document, Json)!;

    private sealed class PaidRow
    {
        public long TotalMinor { get; init; }
        public string Currency { get; init; } = "";
    }

    private sealed class DecideRow
    {
        public long Id { get; init; }
        public string Playbook { get; init; } = "";
        public int? Version { get; init; }
        public string Document { get; init; } = "";
        public long ProposedBy { get; init; }
        public long? DecidedAt { get; init; }
    }

    private sealed class ProposalRow
    {
        public long Id { get; init; }
        public int? Version { get; init; }
        public int BasedOn { get; init; }
        public string Document { get; init; } = "";
        public string Why { get; init; } = "";
        public long ProposedBy { get; init; }
        public string Proposer { get; init; } = "";
        public long ProposedAt { get; init; }
        public string? Decider { get; init; }
        public long? DecidedAt { get; init; }
        public string? DecidedWhy { get; init; }

        internal PlaybookProposal Read() => new(Id, PlaybookDesk.Read(Document), BasedOn, Why, ProposedBy, Proposer, DateTimeOffset.FromUnixTimeMilliseconds(ProposedAt), Version, Decider,
            DecidedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null, DecidedWhy);
    }
}

/// <summary>A version that somebody proposed, and what became of it.</summary>
/// <param name="Id">The proposal's.</param>
/// <param name="Playbook">What it says.</param>
/// <param name="BasedOn">The version that it was written from; 0 for a new playbook.</param>
/// <param name="Why">Why.</param>
/// <param name="ProposedBy">Who, by id.</param>
/// <param name="Proposer">Who, by name.</param>
/// <param name="ProposedAt">When.</param>
/// <param name="Version">The version that it became; <c>null</c> while it waits, and after a no.</param>
/// <param name="Decider">Who decided.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="WhyNot">Why not.</param>
public sealed record PlaybookProposal(long Id, Playbook Playbook, int BasedOn, string Why, long ProposedBy, string Proposer, DateTimeOffset ProposedAt, int? Version, string? Decider, DateTimeOffset? DecidedAt, string? WhyNot)
{
    /// <summary>Somebody must still say yes or no.</summary>
    public bool Waits => DecidedAt is null;
}
