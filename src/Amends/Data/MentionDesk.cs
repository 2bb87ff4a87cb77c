using System.Security.Cryptography;
using System.Text;
using Amends.Domain;
using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.Mentions;
using Amends.Domain.People;
using Dapper;

namespace Amends.Data;

/// <summary>What is said of the company in public: written down once, answered, linked to a case by one of us, and rated again.</summary>
public sealed class MentionDesk(Database database)
{
    /// <summary>So many are listed at most.</summary>
    public const int Shown = 200;

    private const int MostProposed = 8, LookBackDays = 180, LookAheadDays = 60;

    private const string Columns = "m.id, m.site, m.link, m.author, m.body, m.said_at, m.rating_before, m.rating_after, m.rated_at, m.order_number, m.case_number, m.answered_at, m.answer, c.subject";

    private const string From = "from mentions m left join cases c on c.number = m.case_number";

    /// <summary>What can be listed, with its words and its condition.</summary>
    public static IReadOnlyList<(string Code, string Words, string Where)> Lists { get; } =
    [
        ("open", "To see to", "(m.answered_at is null or m.case_number is null)"), ("loose", "Without a case", "m.case_number is null"), ("unanswered", "Not answered", "m.answered_at is null"),
        ("raised", "Rated higher after", "m.rating_after > m.rating_before"), ("lowered", "Rated lower after", "m.rating_after < m.rating_before"), ("same", "Rated the same after", "m.rating_after = m.rating_before"),
        ("answered", "Answered", "m.answered_at is not null"), ("linked", "With a case", "m.case_number is not null"), ("all", "All", "1 = 1"),
    ];

    /// <summary>The newest of a list.</summary>
    /// <param name="wanted">Which.</param>
    /// <param name="ct">The request's end.</param>
    public Task<IReadOnlyList<MentionRow>> List(WantedMentions wanted, CancellationToken ct = default)
    {
        var where = string.Concat(Lists.First(each => each.Code == wanted.List).Where, wanted.Site is null ? "" : " and m.site = @Site", wanted.Before is null ? "" : " and m.rating_before = @Before", wanted.After is null ? "" : " and m.rating_after = @After");
        return database.Read(async connection => (IReadOnlyList<MentionRow>)(await connection.QueryAsync<MentionRow>($"select {Columns} {From} where m.said_at >= @since and m.said_at <= @until and {where} order by m.said_at desc, m.id desc limit {Shown + 1}",
            new { since = wanted.Span?.From.ToUnixTimeMilliseconds() ?? 0, until = wanted.Span?.To.ToUnixTimeMilliseconds() ?? long.MaxValue, wanted.Site, wanted.Before, wanted.After })).AsList(), ct);
    }

    /// <summary>One of them; <c>null</c> when there is none.</summary>
    public Task<MentionRow?> Find(long id, CancellationToken ct = default) => database.Read(connection => connection.QuerySingleOrDefaultAsync<MentionRow?>($"select {Columns} {From} where m.id = @id", new { id }), ct);

    /// <summary>Writes one down. What is known already is brought up to date: a rating that changed is the one after, an answer that came is kept.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="told">What is told.</param>
    /// <param name="by">Who; <c>null</c> for a file or a program.</param>
    /// <param name="now">Now.</param>
    /// <exception cref="Refused">See <see cref="Mention.MustBeWhole"/>.</exception>
    /// <returns>Its id, and whether it is new.</returns>
    public static async Task<(long Id, bool IsNew)> Put(Unit unit, Mention told, Actor? by, DateTimeOffset now)
    {
        var whole = told.MustBeWhole(now);
        var values = new
        {
            key = KeyOf(whole), whole.Site, whole.Link, whole.Author, whole.Text, said = whole.SaidAt.ToUnixTimeMilliseconds(), first = whole.Before, later = whole.After, rated = whole.After is null ? (long?)null : now.ToUnixTimeMilliseconds(),
            whole.Order, answered = whole.AnsweredAt?.ToUnixTimeMilliseconds(), whole.Answer, person = whole.AnsweredAt is null ? null : by?.Id, at = now.ToUnixTimeMilliseconds(),
        };
        if (await unit.Value<long?>(
            """
            insert into mentions (key, site, link, author, body, said_at, rating_before, rating_after, rated_at, order_number, answered_at, answer, answered_by, added_at)
            values (@key, @Site, @Link, @Author, @Text, @said, @first, @later, @rated, @Order, @answered, @Answer, @person, @at) on conflict (key) do nothing returning id
            """, values) is { } added)
            return (added, true);
        var known = (await unit.One<MentionRow>($"select {Columns} {From} where m.key = @key", values))!;
        var (first, later) = Mention.Again(known.RatingBefore, known.RatingAfter, whole);
        await unit.Run(
            """
            update mentions set rating_before = @first, rating_after = @later, rated_at = case when @moved = 1 then @at else rated_at end, order_number = coalesce(order_number, @Order),
                answered_at = coalesce(answered_at, @answered), answer = coalesce(answer, @Answer), body = case when @Text = '' then body else @Text end where id = @Id
            """, new { first, later, moved = later == known.RatingAfter ? 0 : 1, values.at, values.Order, values.answered, values.Answer, values.Text, known.Id });
        return (known.Id, false);
    }

    /// <summary>Cases that it may be about, the surest first: nothing is linked before one of us says so.</summary>
    public Task<IReadOnlyList<ProposedCase>> Proposals(MentionRow of, CancellationToken ct = default) => database.Read(async connection =>
    {
        var said = DateTimeOffset.FromUnixTimeMilliseconds(of.SaidAt);
        var values = new { order = of.OrderNumber is { } told ? Customers.KeyOf(told) : "", author = of.Author.Trim(), from = said.AddDays(-LookBackDays).ToUnixTimeMilliseconds(), to = said.AddDays(LookAheadDays).ToUnixTimeMilliseconds() };
        const string columns = "select c.number, c.subject, u.name as customer, c.opened_at";
        var found = new List<ProposedCase>();
        if (values.order.Length > 0)
        {
            Add((await connection.QueryAsync<ProposedCase>($"{columns} from orders o join cases c on c.order_id = o.id join customers u on u.id = c.customer_id where o.number_key = @order order by c.number desc limit {MostProposed}", values)), "it is about the same order");
            Add((await connection.QueryAsync<ProposedCase>($"{columns} from orders o join cases c on c.customer_id = o.customer_id join customers u on u.id = c.customer_id where o.number_key = @order order by c.number desc limit {MostProposed}", values)), "the order is this customer’s");
        }

        if (of.Link is { } link)
        {
            var written = await connection.QueryAsync<WrittenRow>($"{columns}, c.state from cases c join customers u on u.id = c.customer_id where c.channel in ({(int)Channel.Social}, {(int)Channel.ReviewSite}) and c.opened_at >= @from and c.opened_at <= @to order by c.opened_at desc limit 500", values);
            Add(written.Where(row => CaseJson.State(row.State).Source?.Link is { } theirs && Address(theirs) == Address(link)), "it was written down from the same address");
        }

        Add((await connection.QueryAsync<ProposedCase>($"{columns} from customers u join cases c on c.customer_id = u.id where lower(u.name) = lower(@author) and c.opened_at >= @from and c.opened_at <= @to order by c.opened_at desc limit {MostProposed}", values)), "the name is the same");
        return (IReadOnlyList<ProposedCase>)[.. found.Take(MostProposed)];

        void Add(IEnumerable<ProposedCase> rows, string why) => found.AddRange(rows.Where(row => found.All(known => known.Number != row.Number)).Select(row => row with { Why = why }).ToList());
    }, ct);

    /// <summary>Links it to a case, or takes the link away.</summary>
    /// <exception cref="Refused"><c>case</c>: there is no such case.</exception>
    public Task<bool> Link(long id, long? number, Actor by, DateTimeOffset now) => database.Write(async unit =>
    {
        if (number is not null && await unit.Value<long>("select count(*) from cases where number = @number", new { number }) == 0)
            throw new Refused("case", $"There is no case {number}. Look for its number.");
        return await unit.Run("update mentions set case_number = @number, linked_by = @person, linked_at = @at where id = @id", new { id, number, person = by.Id, at = now.ToUnixTimeMilliseconds() }) > 0;
    });

    /// <summary>Keeps when and with which words it was answered there.</summary>
    /// <exception cref="Refused"><c>answered</c>, <c>answer</c>.</exception>
    public Task<bool> Answer(long id, DateTimeOffset at, string? words, Actor by, DateTimeOffset now) => database.Write(async unit =>
    {
        if (await unit.Value<long?>("select said_at from mentions where id = @id", new { id }) is not { } said)
            return false;
        Mention.AnswerMustFit(at, words, DateTimeOffset.FromUnixTimeMilliseconds(said), now);
        if (words!.Trim().Length > Mention.LongestText)
            throw new Refused("answer", $"That is longer than {Mention.LongestText} characters.");
        return await unit.Run("update mentions set answered_at = @at, answer = @words, answered_by = @person where id = @id", new { id, at = at.ToUnixTimeMilliseconds(), words = words.Trim(), person = by.Id }) > 0;
    });

    /// <summary>Keeps the stars that they give now.</summary>
    /// <exception cref="Refused"><c>rating_after</c>.</exception>
    public Task<bool> Rate(long id, int? stars, DateTimeOffset now) => database.Write(async unit =>
    {
        if (await unit.Value<long?>("select coalesce(rating_before, 0) from mentions where id = @id", new { id }) is not { } before)
            return false;
        if (before == 0)
            throw new Refused("rating_after", "Nobody wrote down the stars from before, so that nothing can be compared.");
        if (stars is null)
            throw new Refused("rating_after", "Say how many stars they give now.");
        Mention.Stars(stars, "rating_after");
        return await unit.Run("update mentions set rating_after = @stars, rated_at = @at where id = @id", new { id, stars, at = now.ToUnixTimeMilliseconds() }) > 0;
    });

    private static string KeyOf(Mention mention) => mention.Link is { } link ? Address(link)
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', mention.Site.ToLowerInvariant(), mention.Author.ToLowerInvariant(), LocalDay.Of(mention.SaidAt, TimeZoneInfo.Utc), mention.Text))));

    private static string Address(string link) => link.Trim().TrimEnd('/');

    private sealed record WrittenRow : ProposedCase
    {
        public string State { get; init; } = "";
    }
}

/// <summary>Which mentions are listed. What is <c>null</c> narrows nothing.</summary>
/// <param name="List">A code of <see cref="MentionDesk.Lists"/>.</param>
/// <param name="Span">Said in these days.</param>
/// <param name="Site">On this site.</param>
/// <param name="Before">With so many stars at first.</param>
/// <param name="After">With so many stars after.</param>
public sealed record WantedMentions(string List, CauseSpan? Span, string? Site = null, int? Before = null, int? After = null)
{
    /// <summary>As a query of the page.</summary>
    public string Query => string.Concat($"show={List}", Span is { } span ? $"&days={span.Days}" : "", Site is { } site ? $"&site={Uri.EscapeDataString(site)}" : "", Before is { } before ? $"&before={before}" : "", After is { } after ? $"&after={after}" : "");

    /// <summary>Whether more narrows it than its list and its days.</summary>
    public bool IsPart => Site is not null || Before is not null || After is not null;
}

/// <summary>A mention as it stands in the database; moments are Unix milliseconds.</summary>
public sealed record MentionRow
{
    public long Id { get; init; }
    public string Site { get; init; } = "";
    public string? Link { get; init; }
    public string Author { get; init; } = "";
    public string Body { get; init; } = "";
    public long SaidAt { get; init; }
    public int? RatingBefore { get; init; }
    public int? RatingAfter { get; init; }
    public long? RatedAt { get; init; }
    public string? OrderNumber { get; init; }
    public long? CaseNumber { get; init; }
    public long? AnsweredAt { get; init; }
    public string? Answer { get; init; }

    /// <summary>Of the case.</summary>
    public string? Subject { get; init; }
}

/// <summary>A case that a mention may be about.</summary>
public record ProposedCase
{
    public long Number { get; init; }
    public string Subject { get; init; } = "";
    public string Customer { get; init; } = "";
    public long OpenedAt { get; init; }

    /// <summary>Why it is proposed.</summary>
    public string Why { get; init; } = "";
}
