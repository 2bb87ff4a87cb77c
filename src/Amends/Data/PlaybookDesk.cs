using System.Globalization;
using Amends.Domain;
using Amends.Domain.Calendars;
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
    private static readonly Lazy<IReadOnlyList<Playbook>> Loaded = new(() => Content.Read<List<Playbook>>("playbooks.json", ContentFiles.Json));

    private readonly ProposedVersions<Playbook> _versions = new(database, "playbook_versions", "playbook", ContentFiles.Json, (playbook, version, from) => playbook with { Version = version, EffectiveFrom = from });

    /// <summary>Those that ship with the program.</summary>
    public static IReadOnlyList<Playbook> Shipped => Loaded.Value;

    /// <summary>The day at the desk.</summary>
    public static DateOnly DayOf(DateTimeOffset now, Company company) => LocalDay.Of(now, company.Zone());

    /// <summary>All versions, shipped and own.</summary>
    public async Task<IReadOnlyList<Playbook>> All(CancellationToken ct = default) => [.. Shipped, .. await _versions.Agreed(ct)];

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
    public Task<IReadOnlyList<Proposal<Playbook>>> Proposals(CancellationToken ct = default) => _versions.Proposals(ct);

    /// <summary>Whether nobody but this person works here, so that there is no second person to decide.</summary>
    public Task<bool> IsAlone(Actor me, CancellationToken ct = default) => _versions.IsAlone(me, ct);

    /// <summary>Proposes a version.</summary>
    /// <param name="proposed">What it is to say; its version is given when it is agreed to.</param>
    /// <param name="why">Why, in a sentence.</param>
    /// <param name="by">Who.</param>
    /// <param name="today">The day at the desk.</param>
    /// <param name="now">Now.</param>
    /// <exception cref="Refused">The code is the field that is wrong.</exception>
    public async Task Propose(Playbook proposed, string? why, Actor by, DateOnly today, DateTimeOffset now)
    {
        proposed.MustBeWhole();
        var categories = await CategorySet.On(database, today);
        foreach (var code in proposed.Categories.Where(code => categories.WordsOf(code) is null))
            throw new Refused("categories", $"There is no category “{code}”. Choose from the list.");
        await _versions.Propose(proposed, why, by, today, now);
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
    public Task<bool> Decide(long id, bool yes, string? why, Actor by, DateOnly today, DateTimeOffset now) =>
        _versions.Decide(id, yes, why, by, today, now, key => Shipped.Where(each => each.Key == key).Select(each => each.Version).DefaultIfEmpty(0).Max());

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
            .Where(group => group.Key.Length == 0 || !holding.Any(playbook => Domain.Causes.CodeSet.Chain(group.Key).Any(playbook.Categories.Contains)))
            .Select(group => (group.Key, group.Count())).OrderByDescending(gap => gap.Item2).ThenBy(gap => gap.Key, StringComparer.Ordinal)];
    }

    /// <summary>How far back gaps are looked for.</summary>
    public const int GapDays = 90;

    private sealed class PaidRow
    {
        public long TotalMinor { get; init; }
        public string Currency { get; init; } = "";
    }
}
