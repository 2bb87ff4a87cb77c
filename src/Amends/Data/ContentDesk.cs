using Amends.Domain;
using Amends.Domain.Causes;
using Amends.Domain.Contents;
using Amends.Domain.People;
using Dapper;

namespace Amends.Data;

/// <summary>
/// Questions, letters, extras, the hiring kit, policies, and the sets of categories and causes: as they ship, and in versions of the company's own. Somebody proposes a change, a
/// manager other than they agrees. What ships never takes the place of an own version: a newer edition is offered, and is proposed or left.
/// </summary>
public sealed class ContentDesk(Database database, StoredSettings settings)
{
    private const string Table = "content_versions", Column = "item";

    private readonly ProposedVersions<ContentItem> _versions = VersionsIn(database);

    /// <summary>The company's own versions.</summary>
    internal static Task<IReadOnlyList<ContentItem>> Own(Database database, CancellationToken ct = default) => VersionsIn(database).Agreed(ct);

    /// <summary>What holds on a day, with all own versions looked at anew.</summary>
    public async Task<ContentInForce> On(DateOnly day, CancellationToken ct = default) => ContentInForce.On(ContentFiles.Shipped, await _versions.Agreed(ct), day);

    /// <summary>The company's own versions that begin after a day, and of each item that does not hold on it the newest one that has ended.</summary>
    /// <param name="day">The day at the desk.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<(IReadOnlyList<ContentItem> Coming, IReadOnlyList<ContentItem> Ended)> Besides(DateOnly day, CancellationToken ct = default)
    {
        var own = await _versions.Agreed(ct);
        return ([.. own.Where(item => item.EffectiveFrom > day)], [.. own.Where(item => item.EffectiveFrom <= day).GroupBy(item => item.Key).Select(items => items.MaxBy(item => item.Version)!).Where(item => !item.Holds(day))]);
    }

    /// <summary>All versions of an item, the newest first: own ones, then what shipped.</summary>
    public async Task<IReadOnlyList<ContentItem>> Versions(string key, CancellationToken ct = default) =>
        [.. ContentFiles.Shipped.Concat(await _versions.Agreed(ct)).Where(item => item.Key == key).OrderByDescending(item => item.Version).ThenByDescending(item => item.Edition)];

    /// <summary>What waits for somebody's yes or no, oldest first, and what was decided last.</summary>
    public Task<IReadOnlyList<Proposal<ContentItem>>> Proposals(CancellationToken ct = default) => _versions.Proposals(ct);

    /// <summary>Everything that was ever proposed for an item, the newest first.</summary>
    public Task<IReadOnlyList<Proposal<ContentItem>>> ProposalsOf(string key, CancellationToken ct = default) => _versions.Of(key, ct);

    /// <summary>A proposal; <c>null</c> when there is no such one.</summary>
    public Task<Proposal<ContentItem>?> Find(long id, CancellationToken ct = default) => _versions.Find(id, ct);

    /// <summary>Whether nobody but this person works here, so that there is no second person to decide.</summary>
    public Task<bool> IsAlone(Actor me, CancellationToken ct = default) => _versions.IsAlone(me, ct);

    /// <summary>Editions that ship and that nobody has looked at yet, of items of which the company has its own version.</summary>
    public async Task<IReadOnlyList<ContentItem>> Newer(CancellationToken ct = default)
    {
        var seen = await Seen(ct);
        return [.. ContentInForce.Newest(ContentFiles.Shipped).Where(item => IsNewer(item, seen))];
    }

    /// <summary>Whether an edition is newer than all that the company's own versions and proposals have seen; never for an item that nobody changed.</summary>
    /// <param name="shipped">The newest edition.</param>
    /// <param name="seen">Of each item with a version of its own the newest edition that was seen.</param>
    public static bool IsNewer(ContentItem shipped, IReadOnlyDictionary<string, int> seen) => seen.TryGetValue(shipped.Key, out var edition) && shipped.Edition > edition;

    /// <summary>Proposes a version.</summary>
    /// <param name="proposed">What it is to say; its version is that from which it was written.</param>
    /// <param name="why">Why, in a sentence.</param>
    /// <param name="by">Who.</param>
    /// <param name="today">The day at the desk.</param>
    /// <param name="now">Now.</param>
    /// <returns>The proposal's id.</returns>
    /// <exception cref="Refused">The code is the field that is wrong.</exception>
    public async Task<long> Propose(ContentItem proposed, string? why, Actor by, DateOnly today, DateTimeOffset now)
    {
        proposed.MustBeWhole();
        if (proposed.Kind is ContentKind.Policy or ContentKind.Extra && (await On(today)).Categories is var known && proposed.Categories.FirstOrDefault(code => known.WordsOf(code) is null) is { } unknown)
            throw new Refused("categories", $"There is no category “{unknown}”. Choose from the list.");
        if (proposed.Kind == ContentKind.Extra && (await On(today)).Of(ContentKind.Extra).Any(other => other.Key != proposed.Key && string.Equals(other.Title.Trim(), proposed.Title.Trim(), StringComparison.OrdinalIgnoreCase)))
            throw new Refused("title", "There is something extra of this name already. Propose the next version of that one, or give this one another name.");
        if (proposed.Kind is ContentKind.Categories or ContentKind.Causes)
            await MustBeASet(proposed);
        return await _versions.Propose(proposed, why, by, today, now);
    }

    /// <summary>A set of codes keeps all that it ever had, and no entry of it is a person.</summary>
    private async Task MustBeASet(ContentItem proposed)
    {
        new CodeSet(proposed.Codes).MustKeep((await Versions(proposed.Key)).SelectMany(version => version.Codes).Select(line => line.Code));
        var colleagues = await database.Read(async connection => (await connection.QueryAsync<string>("select name from people order by id")).AsList());
        foreach (var line in proposed.Codes)
        {
            if (Domain.Listening.Why.PersonIn(line.Words, colleagues) is { } person)
                throw new Refused("codes", $"“{line.Words}” names a person (“{person}”). A person is never a cause: say what let it happen.");
        }
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
    public async Task<bool> Decide(long id, bool yes, string? why, Actor by, DateOnly today, DateTimeOffset now)
    {
        var isThere = await _versions.Decide(id, yes, why, by, today, now);
        settings.Forget();
        return isThere;
    }

    /// <summary>Leaves a newer edition: the company's own version stays, and the edition is not offered again. A second time changes nothing.</summary>
    /// <param name="key">The item.</param>
    /// <param name="why">Why, in a sentence.</param>
    /// <param name="by">A manager or owner.</param>
    /// <param name="today">The day at the desk.</param>
    /// <param name="now">Now.</param>
    /// <returns>Whether there is such an item.</returns>
    /// <exception cref="Refused"><c>not_allowed</c> below a manager; <c>why_not</c> without a reason.</exception>
    public async Task<bool> KeepOwn(string key, string? why, Actor by, DateOnly today, DateTimeOffset now)
    {
        if (ContentFiles.Shipped.All(item => item.Key != key))
            return false;
        var said = Agreement.ToDecide(false, why, by, null, false);
        if ((await Newer()).FirstOrDefault(item => item.Key == key) is not { } newer)
            return true;
        await _versions.Leave(newer with { EffectiveFrom = today }, "A newer text ships with Amends.", said!, by, now);
        return true;
    }

    /// <summary>All keys that were ever used.</summary>
    public Task<IReadOnlyList<string>> Keys(CancellationToken ct = default) => database.Read(async connection =>
        (IReadOnlyList<string>)[.. ContentFiles.Shipped.Select(item => item.Key).Concat(await connection.QueryAsync<string>("select distinct item from content_versions")).Distinct()], ct);

    private async Task<IReadOnlyDictionary<string, int>> Seen(CancellationToken ct) => (await _versions.Everything(ct)).GroupBy(each => each.Proposed.Key)
        .Where(each => each.Any(row => row.Version is not null)).ToDictionary(each => each.Key, each => each.Max(row => row.Proposed.Edition));

    private static ProposedVersions<ContentItem> VersionsIn(Database database) => new(database, Table, Column, ContentFiles.Json, (item, version, from) => item with { Version = version, EffectiveFrom = from });
}
