using System.Globalization;
using Amends.Data.Rollups;
using Amends.Domain;
using Amends.Domain.Alerts;
using Amends.Domain.Calendars;
using Amends.Domain.Causes;
using Amends.Domain.People;
using Dapper;

namespace Amends.Data;

/// <summary>What stands out among complaints: looked for by the clock, kept until somebody takes it up or sets it aside.</summary>
public sealed class AlertDesk(Database database, StoredSettings settings, TimeProvider clock)
{
    private const int MostCases = 200;
    private const long Milli = 1_000, Nano = 1_000_000_000;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);
    private volatile KeptCounts? _counted;

    // Taken for another's, or not ours: counted with the other, or nowhere.
    private const string Counted = "c.kind = 1 and (c.close_reason is null or c.close_reason not in (4, 5))";

    private const string DangerSql =
        $"""
        select c.number, coalesce(c.category, '') as category, coalesce(o.product, '') as product, c.opened_at
        from events e join cases c on c.number = e.case_number left join orders o on o.id = c.order_id where e.kind = 'stop_sale_asked' and {Counted} and c.opened_at >= @danger order by c.number
        """;

    private const string Columns = "a.id, a.rule, a.category, a.product, a.from_day, a.to_day, a.observed, a.expected_milli, a.exposure, a.p_nano, a.first_at, a.last_at, a.state, a.decided_by, (select name from people p where p.id = a.decided_by) as decided_by_name, a.decided_at, a.words";

    /// <summary>Looks for what stands out, and keeps it; done twice it changes nothing.</summary>
    /// <returns>How many alerts are new.</returns>
    public async Task<int> Look(CancellationToken ct = default)
    {
        var (now, zone) = (clock.GetUtcNow(), (await settings.Company(ct)).Zone());
        var found = (await Scan(now, zone, byProduct: true, ct)).Find();
        var danger = await database.Read(connection => connection.QueryAsync<DangerRow>(DangerSql, new { danger = LocalDay.Begins(LocalDay.Of(now, zone).AddDays(1 - AlertScan.SimilarWithin), zone).ToUnixTimeMilliseconds() }), ct);
        var fresh = 0;
        foreach (var alert in found)
        {
            var cases = (await database.Read(connection => connection.QueryAsync<long>(
                $"""
                select c.number from cases c left join orders o on o.id = c.order_id where {Counted} and c.category = @Category and (@Product = '' or o.product = @Product) and c.opened_at >= @from and c.opened_at < @to
                order by c.opened_at desc, c.number desc limit {MostCases}
                """, new { alert.Category, alert.Product, from = LocalDay.Begins(alert.From, zone).ToUnixTimeMilliseconds(), to = LocalDay.Begins(alert.To.AddDays(1), zone).ToUnixTimeMilliseconds() }), ct)).AsList();
            fresh += await Keep(alert, cases, now) ? 1 : 0;
        }

        foreach (var group in danger.GroupBy(row => (row.Category, row.Product)))
        {
            var (from, to) = (DayOf(group.Min(row => row.OpenedAt)), DayOf(group.Max(row => row.OpenedAt)));
            fresh += await Keep(new Alert(AlertRule.Safety, group.Key.Category, group.Key.Product, from, to, group.Count()), [.. group.Select(row => row.Number)], now) ? 1 : 0;
        }

        return fresh;

        DateOnly DayOf(long at) => LocalDay.Of(DateTimeOffset.FromUnixTimeMilliseconds(at), zone);
    }

    /// <summary>All that is counted now: the categories that had complaints, and the weekly chart of each. Kept while nothing is written here, ten seconds at most.</summary>
    public async Task<AlertScan> Counts(CancellationToken ct = default)
    {
        var (now, zone, changes) = (clock.GetUtcNow(), (await settings.Company(ct)).Zone(), database.Changes);
        var today = LocalDay.Of(now, zone);
        if (_counted is { } kept && (kept.Today, kept.Changes) == (today, changes) && clock.GetElapsedTime(kept.At) < Fresh)
            return kept.Scan;
        var scan = await Scan(now, zone, byProduct: false, ct);
        _counted = new(scan, today, changes, clock.GetTimestamp());
        return scan;
    }

    /// <summary>The complaints that a chart counts in some days, the newest first.</summary>
    /// <param name="category">Of which category.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last day.</param>
    /// <param name="ct">The request's end.</param>
    /// <returns>No more than <see cref="CountedCases.Most"/> and one.</returns>
    public async Task<IReadOnlyList<CountedCases.Found>> Came(string category, DateOnly from, DateOnly to, CancellationToken ct = default)
    {
        var zone = (await settings.Company(ct)).Zone();
        return await database.Read(async connection =>
        {
            var rows = await connection.QueryAsync<(long Number, long OpenedAt)>($"select c.number, c.opened_at from cases c where {Counted} and c.category = @category and c.opened_at >= @begins and c.opened_at < @ends order by c.opened_at desc, c.number desc limit @Most",
                new { category, begins = LocalDay.Begins(from, zone).ToUnixTimeMilliseconds(), ends = LocalDay.Begins(to.AddDays(1), zone).ToUnixTimeMilliseconds(), Most = CountedCases.Most + 1 });
            return await CountedCases.Named(connection, database, rows.Select(row => (row.Number, LocalDay.Of(DateTimeOffset.FromUnixTimeMilliseconds(row.OpenedAt), zone), (string?)null)));
        }, ct);
    }

    /// <summary>Alerts: what is open, danger and what is least likely by chance first; or what was decided, newest first.</summary>
    public Task<IReadOnlyList<KeptAlert>> List(bool decided, int most, CancellationToken ct = default) => database.Read(async connection =>
        (IReadOnlyList<KeptAlert>)[.. (await connection.QueryAsync<Row>($"select {Columns} from alerts a where {(decided ? "a.state > 1 order by a.decided_at desc, a.id desc" : $"a.state = 1 order by case a.rule when {(int)AlertRule.Safety} then 0 else 1 end, coalesce(a.p_nano, 1000000000), a.id")} limit @most", new { most })).Select(row => row.Read())], ct);

    /// <summary>One alert with its cases and what their orders share; <c>null</c> when there is none.</summary>
    public Task<AlertInFull?> Find(long id, CancellationToken ct = default) => database.Read(async connection =>
    {
        if ((await connection.QueryAsync<Row>($"select {Columns} from alerts a where a.id = @id", new { id })).FirstOrDefault() is not { } row)
            return null;
        var cases = (await connection.QueryAsync<AlertCase>(
            """
            select c.number, c.subject, u.name as customer, c.opened_at, coalesce(o.product, '') as product, coalesce(o.lot, '') as lot, coalesce(o.carrier, '') as carrier
            from alert_cases l join cases c on c.number = l.case_number join customers u on u.id = c.customer_id left join orders o on o.id = c.order_id where l.alert_id = @id order by c.opened_at desc, c.number desc
            """, new { id })).AsList();
        return new AlertInFull(row.Read(), cases, SharedBy(cases));
    }, ct);

    /// <summary>Somebody takes it up, or sets it aside with a reason. It is told anew when enough new cases come.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="id">The alert.</param>
    /// <param name="isTakenUp">Taken up; otherwise set aside.</param>
    /// <param name="words">What is done, or why it is nothing.</param>
    /// <param name="by">Who decides.</param>
    /// <param name="now">Now.</param>
    /// <exception cref="Refused"><c>words</c> without any; <c>decided</c> when somebody was faster; <c>alert</c> when there is none.</exception>
    public static async Task Decide(Unit unit, long id, bool isTakenUp, string? words, Actor by, DateTimeOffset now)
    {
        var said = words?.Trim() ?? "";
        if (said.Length is 0 or > 500)
            throw new Refused("words", said.Length == 0 ? isTakenUp ? "Say what is done about it." : "Say why it is nothing to act on." : "Keep it under 500 characters.");
        if (await unit.Run("update alerts set state = @state, decided_by = @who, decided_at = @at, words = @said where id = @id and state = 1", new { id, state = isTakenUp ? 2 : 3, who = by.Id, at = now.ToUnixTimeMilliseconds(), said }) == 0)
            throw await unit.Value<long?>("select id from alerts where id = @id", new { id }) is null ? new Refused("alert", "There is no such alert.") : new Refused("decided", "Somebody has decided on this already.");
    }

    private async Task<bool> Keep(Alert alert, IReadOnlyList<long> cases, DateTimeOffset now) => await database.Write(async unit =>
    {
        var values = new
        {
            alert.Key, Rule = (int)alert.Rule, alert.Category, alert.Product, From = Day(alert.From), To = Day(alert.To), alert.Observed, Expected = Scaled(alert.Expected, Milli), alert.Exposure, P = Scaled(alert.P, Nano), at = now.ToUnixTimeMilliseconds(),
        };
        var known = await unit.Value<long?>("select id from alerts where alert_key = @Key and state = 1", values);
        var open = known;
        if (known is not null)
            await unit.Run("update alerts set from_day = @From, to_day = @To, observed = @Observed, expected_milli = @Expected, exposure = @Exposure, p_nano = @P, last_at = @at where id = @known", new { known, values.From, values.To, values.Observed, values.Expected, values.Exposure, values.P, values.at });
        else
        {
            var decided = (await unit.List<long>("select l.case_number from alert_cases l join alerts a on a.id = l.alert_id where a.alert_key = @Key", values)).ToHashSet();
            if (cases.Count(number => !decided.Contains(number)) < alert.Least)
                return false; // what was decided is not asked again
            // another node may look at the same moment: the index lets one of them in
            open = await unit.Value<long?>(
                """
                insert into alerts (alert_key, rule, category, product, from_day, to_day, observed, expected_milli, exposure, p_nano, first_at, last_at, state)
                values (@Key, @Rule, @Category, @Product, @From, @To, @Observed, @Expected, @Exposure, @P, @at, @at, 1) on conflict do nothing returning id
                """, values);
            if (open is null)
                return false;
            await Notices.TellAll(unit, Role.Lead, cases.Count > 0 ? cases[0] : null, $"alert:{open}", AlertWords.Of(alert, settings.Content.Categories) + " See Reports, Signals.", now);
        }

        foreach (var number in cases)
            await unit.Run("insert into alert_cases (alert_id, case_number) values (@open, @number) on conflict do nothing", new { open, number });
        return known != open;
    });

    /// <summary>Counts all; charts are of categories alone and need no products, which are most of what is read.</summary>
    private async Task<AlertScan> Scan(DateTimeOffset now, TimeZoneInfo zone, bool byProduct, CancellationToken ct)
    {
        var today = LocalDay.Of(now, zone);
        var days = new Slice(today.AddDays(1 - AlertScan.Weeks * 7), today, null);
        return await database.Read(async connection =>
        {
            var sums = new TraitCounts(connection);
            var complaints = await sums.Along(isOrders: false, Trait.Came, days, byProduct);
            var orders = await sums.Along(isOrders: true, Trait.Product, days with { From = days.From.AddDays(-28) }, byProduct);
            return new AlertScan(today, complaints.Select(row => new ComplaintsOfDay(DateOnly.FromDayNumber(row.Day), row.Within, row.Value, (int)row.Count)), orders.Select(row => new OrdersOfDay(DateOnly.FromDayNumber(row.Day), row.Value, (int)row.Count)));
        }, ct);
    }

    /// <summary>Lots and carriers that at least half of the cases have, and two of them.</summary>
    private static List<SharedThing> SharedBy(IReadOnlyList<AlertCase> cases) =>
        [.. new[] { ("lot", cases.Select(each => each.Lot)), ("carrier", cases.Select(each => each.Carrier)), ("product", cases.Select(each => each.Product)) }
            .SelectMany(kind => kind.Item2.Where(value => value.Length > 0).GroupBy(value => value).Select(group => new SharedThing(kind.Item1, group.Key, group.Count(), cases.Count)))
            .Where(shared => shared.Cases >= 2 && shared.Cases * 2 >= shared.Of).OrderByDescending(shared => shared.Cases)];

    private static long? Scaled(double? value, long scale) => value is { } number ? (long)Math.Round(number * scale) : null;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed record KeptCounts(AlertScan Scan, DateOnly Today, long Changes, long At);

    private sealed class DangerRow
    {
        public long Number { get; init; }
        public string Category { get; init; } = "";
        public string Product { get; init; } = "";
        public long OpenedAt { get; init; }
    }

    private sealed class Row
    {
        public long Id { get; init; }
        public int Rule { get; init; }
        public string Category { get; init; } = "";
        public string Product { get; init; } = "";
        public string FromDay { get; init; } = "";
        public string ToDay { get; init; } = "";
        public int Observed { get; init; }
        public long? ExpectedMilli { get; init; }
        public long? Exposure { get; init; }
        public long? PNano { get; init; }
        public long FirstAt { get; init; }
        public long LastAt { get; init; }
        public int State { get; init; }
        public string? DecidedByName { get; init; }
        public long? DecidedAt { get; init; }
        public string Words { get; init; } = "";

        public KeptAlert Read() => new(Id, new Alert((AlertRule)Rule, Category, Product, Parsed(FromDay), Parsed(ToDay), Observed, ExpectedMilli / (double)Milli, Exposure, PNano / (double)Nano), DateTimeOffset.FromUnixTimeMilliseconds(FirstAt), DateTimeOffset.FromUnixTimeMilliseconds(LastAt),
            State == 2 ? true : State == 3 ? false : null, DecidedByName, DecidedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null, Words);

        private static DateOnly Parsed(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}

/// <summary>An alert as it is kept.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Alert">What stands out, as it was counted last.</param>
/// <param name="FirstAt">When it was told.</param>
/// <param name="LastAt">When it stood out last.</param>
/// <param name="TakenUp">Taken up, or set aside; <c>null</c> while nobody decided.</param>
/// <param name="By">Who decided.</param>
/// <param name="DecidedAt">When.</param>
/// <param name="Words">What is done, or why it is nothing.</param>
public sealed record KeptAlert(long Id, Alert Alert, DateTimeOffset FirstAt, DateTimeOffset LastAt, bool? TakenUp, string? By, DateTimeOffset? DecidedAt, string Words);

/// <summary>An alert with its cases, newest first, and what their orders have in common.</summary>
public sealed record AlertInFull(KeptAlert Kept, IReadOnlyList<AlertCase> Cases, IReadOnlyList<SharedThing> Shared);

/// <summary>A case of an alert.</summary>
public sealed class AlertCase
{
    public long Number { get; init; }
    public string Subject { get; init; } = "";
    public string Customer { get; init; } = "";
    public long OpenedAt { get; init; }
    public string Product { get; init; } = "";
    public string Lot { get; init; } = "";
    public string Carrier { get; init; } = "";
}

/// <summary>What several cases have in common.</summary>
/// <param name="What">lot, carrier or product.</param>
/// <param name="Value">Which.</param>
/// <param name="Cases">In how many of them.</param>
/// <param name="Of">How many there are.</param>
public sealed record SharedThing(string What, string Value, int Cases, int Of);
