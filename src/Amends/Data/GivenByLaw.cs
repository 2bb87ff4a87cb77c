using System.Globalization;
using Amends.Data.Rollups;
using Amends.Domain;
using Amends.Domain.People;
using Amends.Domain.Remedies;
using Dapper;

namespace Amends.Data;

/// <summary>What a law gave above the limit of who gave it: nothing held it up, and a lead sees it afterwards.</summary>
public sealed class GivenByLaw(Database database, StoredSettings settings)
{
    /// <summary>How far back it is listed.</summary>
    public const int Days = 90;

    private const string Sql =
        """
        select g.case_number, g.offer_id, g.person_id, min(p.name) as person, min(p.role) as role, min(u.name) as customer, g.kind, sum(g.minor) as minor, min(g.law) as law, max(g.at) as at, min(s.name) as seen_by
        from money_given g join people p on p.id = g.person_id join customers u on u.id = g.customer_id
            left join law_checks c on c.case_number = g.case_number and c.offer_id = g.offer_id left join people s on s.id = c.person_id
        where g.statutory = 1 and g.chosen = 1 and g.minor > 0 and g.currency = @currency and g.at > @since
        group by g.case_number, g.offer_id, g.person_id, g.kind order by max(g.at) desc, g.case_number desc limit 500
        """;

    /// <summary>Those of the last days, what nobody has looked at first.</summary>
    public async Task<IReadOnlyList<LawGift>> AboveLimits(DateTimeOffset now, CancellationToken ct)
    {
        var company = await settings.Company(ct);
        var authority = await MoneyDesk.AuthorityOf(database, company, ct);
        var rows = await database.Read(async connection => (await connection.QueryAsync<Row>(Sql, new { currency = company.Currency, since = now.AddDays(-Days).ToUnixTimeMilliseconds() })).AsList(), ct);
        return [.. rows.Where(row => row.Minor > Limit(row, authority)).OrderBy(row => row.SeenBy is not null).Select(row => new LawGift(row.CaseNumber, row.OfferId, row.PersonId, row.Person, row.Customer, RemedyTypes.Of((RemedyKind)row.Kind).Name, new Money(row.Minor, company.Currency),
            new Money(Limit(row, authority)!.Value, company.Currency), row.Law.Length == 0 ? "not named" : row.Law, DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.SeenBy))];
    }

    /// <summary>Notes that somebody looked at it. Twice is once.</summary>
    /// <exception cref="Refused"><c>gift</c> when it is not on the list; <c>second_person</c> for what one gave oneself.</exception>
    public async Task See(long number, int offer, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        var gift = (await AboveLimits(now, ct)).FirstOrDefault(each => each.Number == number && each.OfferId == offer) ?? throw new Refused("gift", "This is not on the list any more.");
        if (gift.PersonId == by.Id)
            throw new Refused("second_person", "You gave this yourself. Somebody else looks at it.");
        await database.Write(unit => unit.Run("insert into law_checks (case_number, offer_id, person_id, at) values (@number, @offer, @Id, @at) on conflict do nothing", new { number, offer, by.Id, at = now.ToUnixTimeMilliseconds() }), ct);
    }

    /// <summary>The list as CSV (RFC 4180), a line each: amounts in major units, moments in UTC.</summary>
    public static string Csv(IEnumerable<LawGift> gifts) => ReportFile.Csv(
    [
        ["case", "customer", "what", "law", "given_by", "worth", "limit", "currency", "at", "seen_by"],
        .. gifts.Select(gift => (IReadOnlyList<object?>)[gift.Number, gift.Customer, gift.Kind, gift.Law, gift.Person, gift.Amount.Major, gift.Limit.Major, gift.Amount.Currency, gift.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), gift.SeenBy]),
    ]);

    private static long? Limit(Row row, Authority authority) => authority.For((Role)row.Role, (RemedyKind)row.Kind).PerCase;

    private sealed class Row
    {
        public long CaseNumber { get; init; }
        public int OfferId { get; init; }
        public long PersonId { get; init; }
        public string Person { get; init; } = "";
        public int Role { get; init; }
        public string Customer { get; init; } = "";
        public int Kind { get; init; }
        public long Minor { get; init; }
        public string Law { get; init; } = "";
        public long At { get; init; }
        public string? SeenBy { get; init; }
    }
}

/// <summary>Something that a law gave above a limit.</summary>
/// <param name="Number">The case.</param>
/// <param name="OfferId">The offer.</param>
/// <param name="PersonId">Who gave it, by id.</param>
/// <param name="Person">Who gave it.</param>
/// <param name="Customer">To whom.</param>
/// <param name="Kind">What kind of remedy.</param>
/// <param name="Amount">How much.</param>
/// <param name="Limit">What they may give unaided in a case.</param>
/// <param name="Law">By which law.</param>
/// <param name="At">When.</param>
/// <param name="SeenBy">Who looked at it; <c>null</c> while nobody has.</param>
public sealed record LawGift(long Number, int OfferId, long PersonId, string Person, string Customer, string Kind, Money Amount, Money Limit, string Law, DateTimeOffset At, string? SeenBy);
