using System.Globalization;
using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.SelfCare;
using Dapper;

namespace Amends.Data;

/// <summary>What each of us keeps for themselves about their work: a look back at cases, a mood, what they want to be shown. Sealed; see <see cref="PrivateEntries"/>.</summary>
public sealed class SelfCareDesk(Database database, PrivateEntries entries)
{
    /// <summary>Kinds of entries.</summary>
    public const string Likes = "likes", MoodKind = "mood", ReviewKind = "look-back", RestKind = "rest";

    /// <summary>Who is in touch with whom is looked at this far back: a rest is about now.</summary>
    public static readonly TimeSpan Recent = TimeSpan.FromHours(12);

    /// <summary>How far back a closed case may be to be suggested for a look back.</summary>
    public const int SuggestDays = 30;

    private static readonly TimeSpan JustClosed = TimeSpan.FromHours(2);

    /// <summary>What somebody switched on; everything is off at first.</summary>
    public async Task<OwnLikes> LikesOf(long me, CancellationToken ct = default) => await entries.Find<OwnLikes>(me, Shelf.Own, Likes, ct: ct) ?? new OwnLikes();

    /// <summary>Switches things on or off.</summary>
    public Task SetLikes(long me, OwnLikes likes) => entries.Keep(me, Shelf.Own, Likes, "", likes with { HardInARow = Math.Clamp(likes.HardInARow, Breather.Fewest, Breather.Most), OneIn = Math.Clamp(likes.OneIn, 0, Sample.Widest) });

    /// <summary>Keeps today's mood, in place of an earlier tap of the day. No case and no customer goes with it.</summary>
    public Task SetMood(long me, int mood, DateOnly day) => entries.Keep(me, Shelf.Own, MoodKind, NameOf(day), new OwnMood(day, mood));

    /// <summary>All moods that somebody tapped, oldest day first.</summary>
    public async Task<IReadOnlyList<OwnMood>> Moods(long me, CancellationToken ct = default) => [.. (await entries.All<OwnMood>(me, Shelf.Own, MoodKind, ct)).Select(each => each.Value).OrderBy(each => each.Day)];

    /// <summary>Somebody took a rest: cases before it count no more.</summary>
    public Task TakeRest(long me, DateTimeOffset now) => entries.Keep(me, Shelf.Own, RestKind, "", new OwnRest(now));

    /// <summary>How somebody looked back at a case; <c>null</c> when they did not.</summary>
    public Task<LookedBack?> Review(long me, long number, CancellationToken ct = default) => entries.Find<LookedBack>(me, Shelf.Own, ReviewKind, NameOf(number), ct);

    /// <summary>Keeps it, in place of an earlier one of the same case.</summary>
    public Task SetReview(long me, LookedBack review) => entries.Keep(me, Shelf.Own, ReviewKind, NameOf(review.Number), review);

    /// <summary>Throws it away.</summary>
    public Task RemoveReview(long me, long number) => entries.Remove(me, Shelf.Own, ReviewKind, NameOf(number));

    /// <summary>All that somebody looked back at, the newest first.</summary>
    public async Task<IReadOnlyList<LookedBack>> Reviews(long me, CancellationToken ct = default) => [.. (await entries.All<LookedBack>(me, Shelf.Own, ReviewKind, ct)).Select(each => each.Value).OrderByDescending(each => each.Day).ThenByDescending(each => each.Number)];

    /// <summary>The same look back as something to share.</summary>
    public static Shareable AsShareable(long number) => new(Shelf.Own, ReviewKind, NameOf(number));

    /// <summary>A case as its look back needs it; <c>null</c> when there is no such case.</summary>
    public Task<LookedAt?> Look(long number, CancellationToken ct = default) => database.Read(async connection =>
    {
        if (await connection.ExecuteScalarAsync<string?>("select state from cases where number = @number", new { number }) is not { } document)
            return null;
        var log = (await connection.QueryAsync<EventRow>("select kind, body from events where case_number = @number order by seq", new { number })).Select(row => CaseJson.Event(row.Kind, row.Body)).ToList();
        var said = (await connection.QueryAsync<SaidRow>("select at, direction, text from messages where case_number = @number and direction in (1, 2) and automatic = 0 order by id", new { number }))
            .Select(row => new Utterance(DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.Direction == (int)Direction.In, row.Text)).ToList();
        return new LookedAt(CaseJson.State(document), log, said);
    }, ct);

    /// <summary>Closed complaints of somebody's own that their sampling drew and that they have not looked back at, the newest first.</summary>
    public async Task<IReadOnlyList<Suggested>> ToLookBackAt(long me, DateTimeOffset now, CancellationToken ct = default)
    {
        var oneIn = (await LikesOf(me, ct)).OneIn;
        if (oneIn == 0 || await entries.DrawFor(me, ct) is not { } draw)
            return [];
        var done = (await entries.All<LookedBack>(me, Shelf.Own, ReviewKind, ct)).Select(each => each.Value.Number).ToHashSet();
        var rows = await database.Read(connection => connection.QueryAsync<SuggestedRow>(
            """
            select c.number, c.subject, u.name as customer, c.closed_at from cases c join customers u on u.id = c.customer_id
            where c.owner_id = @me and c.closed_at is not null and c.closed_at > @since and c.kind = 1 order by c.closed_at desc, c.number desc limit 200
            """, new { me, since = now.AddDays(-SuggestDays).ToUnixTimeMilliseconds() }), ct);
        return [.. rows.Where(row => !done.Contains(row.Number) && Sample.IsDrawn(draw($"case {NameOf(row.Number)}"), oneIn)).Select(row => new Suggested(row.Number, row.Subject, row.Customer, DateTimeOffset.FromUnixTimeMilliseconds(row.ClosedAt)))];
    }

    /// <summary>What stands quietly beside somebody's day, of what they switched on.</summary>
    public async Task<QuietDay> Day(long me, Company company, DateTimeOffset now, CancellationToken ct = default)
    {
        var likes = await LikesOf(me, ct);
        if (likes.IsOff)
            return QuietDay.Nothing;
        var today = LocalDay.Of(now, company.Zone());
        return new QuietDay(
            likes.Rest && await NeedsRest(me, likes.HardInARow, now, ct) is { } hard ? hard : 0,
            likes.Perspective ? await Perspective(now, ct) : null,
            likes.LightCard && await IsLight(me, now, ct) ? LightCards.For(today) : null,
            likes.Mood ? (await entries.Find<OwnMood>(me, Shelf.Own, MoodKind, NameOf(today), ct))?.Mood ?? 0 : null);
    }

    /// <summary>The mood of all who agreed to count in it.</summary>
    public async Task<IReadOnlyList<TeamWeek>> Team(DateOnly today, int weeks, CancellationToken ct = default)
    {
        var all = await entries.OfEverybody<OwnMood>(MoodKind, async person => await LikesOf(person, ct) is { Mood: true, InTeam: true }, ct);
        return TeamMood.Of([.. all.SelectMany(person => person.Things.Select(mood => (person.Person, mood.Value.Day, mood.Value.Mood)))], today, weeks);
    }

    private async Task<int?> NeedsRest(long me, int after, DateTimeOffset now, CancellationToken ct)
    {
        var rested = (await entries.Find<OwnRest>(me, Shelf.Own, RestKind, ct: ct))?.At ?? DateTimeOffset.MinValue;
        var since = now - Recent > rested ? now - Recent : rested;
        var states = (await database.Read(connection => connection.QueryAsync<string>(
            """
            select c.state from (select case_number, max(at) as last_at from messages where author_id = @me and author_id > 0 and at > @since and direction in (2, 4) group by case_number) m
            join cases c on c.number = m.case_number order by m.last_at desc, c.number desc limit 20
            """, new { me, since = since.ToUnixTimeMilliseconds() }), ct)).Select(CaseJson.State).Select(state => state.Kind == CaseKind.Complaint && state.Hardness.Any()).ToList();
        return Breather.IsDue(states, after) ? Breather.InARow(states) : null;
    }

    private async Task<bool> IsLight(long me, DateTimeOffset now, CancellationToken ct) => await database.Read(connection => connection.ExecuteScalarAsync<string?>(
        "select state from cases where owner_id = @me and closed_at is not null and closed_at > @since order by closed_at desc, number desc limit 1", new { me, since = (now - JustClosed).ToUnixTimeMilliseconds() }), ct) is { } last && LightSide.Suits(CaseJson.State(last));

    private Task<WeekInView> Perspective(DateTimeOffset now, CancellationToken ct) => database.Read(async connection =>
    {
        var since = now.AddDays(-7).ToUnixTimeMilliseconds();
        var counts = await connection.QuerySingleAsync<CountRow>(
            """
            select (select count(*) from orders where placed_at > @since) as orders, (select count(*) from cases where kind = 1 and opened_at > @since) as complaints,
                (select count(*) from orders o where o.placed_at > @since and exists (select 1 from cases c where c.order_id = o.id and c.kind = 1)) as complained
            """, new { since });
        var thanks = (await connection.QueryAsync<ThanksRow>(
            "select c.state, c.preview, u.name from cases c join customers u on u.id = c.customer_id where c.kind = 5 and c.opened_at > @month order by c.opened_at desc, c.number desc limit 6", new { month = now.AddDays(-30).ToUnixTimeMilliseconds() }))
            .Where(row => !LightSide.IsGrave(CaseJson.State(row.State))).Take(2).Select(row => (row.Name, row.Preview)).ToList();
        return new WeekInView(counts.Orders - counts.Complained, counts.Complaints, thanks);
    }, ct);

    private static string NameOf(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string NameOf(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed class EventRow
    {
        public string Kind { get; init; } = "";
        public string Body { get; init; } = "";
    }

    private sealed class SaidRow
    {
        public long At { get; init; }
        public int Direction { get; init; }
        public string Text { get; init; } = "";
    }

    private sealed class SuggestedRow
    {
        public long Number { get; init; }
        public string Subject { get; init; } = "";
        public string Customer { get; init; } = "";
        public long ClosedAt { get; init; }
    }

    private sealed class CountRow
    {
        public int Orders { get; init; }
        public int Complaints { get; init; }
        public int Complained { get; init; }
    }

    private sealed class ThanksRow
    {
        public string State { get; init; } = "";
        public string Preview { get; init; } = "";
        public string Name { get; init; } = "";
    }
}
