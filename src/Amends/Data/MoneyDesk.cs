using System.Text.Json;
using Amends.Domain.Calendars;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Domain.Remedies;
using Dapper;

namespace Amends.Data;

/// <summary>Limits and budgets over many cases: what somebody may give now, and how a case sets money aside.</summary>
public static class MoneyDesk
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private const string GivenSql =
        """
        select kind, coalesce(sum(case when customer_id = @customer and at > @since then minor end), 0) as customer, coalesce(sum(case when person_id = @person and at >= @today then minor end), 0) as day
        from money_given where ((customer_id = @customer and at > @since) or (person_id = @person and at >= @today)) and currency = @currency and statutory = 0 and (chosen = 1 or case_number <> @number)
        group by kind
        """;

    private const string LentSql =
        """
        select max(p.role) from delegations d join people p on p.id = d.from_person
        where d.to_person = @person and d.from_at <= @now and d.until_at > @now and d.ended_at is null and p.active = 1
        """;

    private const string OthersSql = "select role from people where active = 1 and role > 0 and id <> @person";
    private const string BooksSql = "select value from settings where name = 'books'";
    private const string AddressSql = "select address from customer_addresses where customer_id = @customer";
    private const string PhoneSql = "select phone from customers where id = @customer";
    private const string StaffSql = "select p.id, p.email, c.phone from people p left join customer_addresses a on a.address_key = p.email_key left join customers c on c.id = a.customer_id where p.active = 1";

    private const string StoredSql = "select value from settings where name = 'authority'";

    /// <summary>What somebody may give in a case, in a unit of work that goes on to give it: until it ends nobody else gives.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="company">For the currency and the day.</param>
    /// <param name="by">Who gives, or agrees to it.</param>
    /// <param name="customer">To whom.</param>
    /// <param name="number">The case; what it has set aside itself does not count, since it is replaced.</param>
    /// <param name="now">Now.</param>
    public static async Task<Power> PowerIn(Unit unit, Company company, Actor by, long customer, long number, DateTimeOffset now)
    {
        await TakeTurn(unit);
        var values = Values(company, by, customer, number, now);
        var authority = Of(await unit.Value<string?>(StoredSql), company, await unit.Value<int?>(LentSql, values)) with { Others = Roles(await unit.List<int>(OthersSql, values)) };
        return new Power(authority, Read(await unit.List<Row>(GivenSql, values)))
        {
            CostShare = Share(await unit.Value<string?>(BooksSql)),
            Related = customer == 0 ? [] : Relations.Of(await unit.List<string>(AddressSql, values), await unit.Value<string?>(PhoneSql, values), Staff(await unit.List<StaffRow>(StaffSql))),
        };
    }

    /// <summary>The most that somebody may give unaided in one case; <c>null</c> for any amount.</summary>
    public static async Task<Money?> MostOf(Database database, Company company, Actor me, DateTimeOffset now)
    {
        var (authority, _) = await PowerOf(database, company, me, 0, 0, now);
        return authority.MostOf(authority.RoleOf(me));
    }

    /// <summary>The same to look at, such as beside a form; nothing is held.</summary>
    public static Task<Power> PowerOf(Database database, Company company, Actor by, long customer, long number, DateTimeOffset now, CancellationToken ct = default) => database.Read(async connection =>
    {
        var values = Values(company, by, customer, number, now);
        var authority = Of(await connection.ExecuteScalarAsync<string?>(StoredSql), company, await connection.ExecuteScalarAsync<int?>(LentSql, values));
        authority = authority with { Others = Roles(await connection.QueryAsync<int>(OthersSql, values)) };
        return new Power(authority, Read(await connection.QueryAsync<Row>(GivenSql, values)))
        {
            CostShare = Share(await connection.ExecuteScalarAsync<string?>(BooksSql)),
            Related = customer == 0 ? [] : Relations.Of(await connection.QueryAsync<string>(AddressSql, values), await connection.ExecuteScalarAsync<string?>(PhoneSql, values), Staff(await connection.QueryAsync<StaffRow>(StaffSql))),
        };
    }, ct);

    /// <summary>The limits as they are set.</summary>
    public static Task<Authority> AuthorityOf(Database database, Company company, CancellationToken ct = default) =>
        database.Read(async connection => Of(await connection.ExecuteScalarAsync<string?>(StoredSql), company, null), ct);

    /// <summary>The limits as they are set, in a unit of work that changes them.</summary>
    public static async Task<Authority> AuthorityIn(Unit unit, Company company)
    {
        await TakeTurn(unit);
        return Of(await unit.Value<string?>(StoredSql), company, null);
    }

    /// <summary>Changes the limits, and writes down who did and how they were before.</summary>
    public static async Task Set(Unit unit, Authority to, Authority before, Actor by, DateTimeOffset now)
    {
        await StoredSettings.SetIn(unit, "authority", to);
        await Log(unit, by, now, "limits", new { before, after = to });
    }

    /// <summary>Writes down who changed a rule about money.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="by">Who.</param>
    /// <param name="now">When.</param>
    /// <param name="what">A word for what was changed.</param>
    /// <param name="detail">How, as JSON.</param>
    public static Task Log(Unit unit, Actor by, DateTimeOffset now, string what, object detail) => unit.Put(
        "insert into authority_log (at, person_id, what, detail) values (@at, @Id, @what, @detail)", new { at = now.ToUnixTimeMilliseconds(), by.Id, what, detail = JsonSerializer.Serialize(detail, Json) });

    /// <summary>Applies what a change of a case claims.</summary>
    /// <exception cref="Refused"><c>limit_customer</c>, <c>limit_day</c> or <c>budget</c>: it is more than may be given.</exception>
    internal static async Task Apply(Unit unit, long number, IReadOnlyList<Claim> claims)
    {
        if (!claims.Any(claim => claim is GiveMoney or FreeMoney or TakeBackMoney))
            return;
        await TakeTurn(unit);
        foreach (var claim in claims)
        {
            switch (claim)
            {
                case GiveMoney give:
                    await Give(unit, number, give);
                    await ExtraStock.Hold(unit, number, give);
                    break;
                case FreeMoney:
                    await unit.Run("delete from money_given where case_number = @number and chosen = 0", new { number });
                    await ExtraStock.Free(unit, number);
                    break;
                case TakeBackMoney back when back.Value.Minor > 0:
                    await unit.Run(
                        """
                        update money_given set minor = minor - @Minor where id = (
                            select max(id) from money_given where case_number = @number and kind = @kind and chosen = 1 and currency = @Currency and minor >= @Minor)
                        """, new { number, kind = (int)back.Kind, back.Value.Minor, back.Value.Currency });
                    break;
            }
        }
    }

    /// <summary>Waits until nobody else gives money or changes its rules; until the unit of work ends nobody else does.</summary>
    public static Task TakeTurn(Unit unit) => unit.Run("insert into money_turns (id, turn) values (1, 1) on conflict (id) do update set turn = money_turns.turn + 1");

    private static async Task Give(Unit unit, long number, GiveMoney give)
    {
        await unit.Run("delete from money_given where case_number = @number and (chosen = 0 or offer_id = @OfferId)", new { number, give.OfferId });
        if (give.Gifts.Count == 0)
            return;
        var currency = give.Gifts[0].Value.Currency;
        foreach (var cap in give.Caps)
        {
            var isCustomer = cap.Reason == ApprovalReason.Customer;
            var given = await unit.Value<long>(
                $"select coalesce(sum(minor), 0) from money_given where {(isCustomer ? "customer_id = @id and at >" : "person_id = @id and at >=")} @since and currency = @currency and statutory = 0 and kind in ({string.Join(", ", cap.Kinds.Select(kind => (int)kind))})",
                new { id = isCustomer ? give.CustomerId : give.PersonId, since = cap.Since.ToUnixTimeMilliseconds(), currency });
            if (given + cap.Adds <= cap.Most)
                continue;
            var (most, spent) = (new Money(cap.Most, currency), new Money(given, currency));
            throw isCustomer
                ? new Refused("limit_customer", $"This customer has been given {spent} of {most} within {Authority.CustomerDays} days. Ask a second person to approve this.")
                : new Refused("limit_day", $"{spent} of {most} for today is given already. Ask a second person to approve this.");
        }

        if (!give.IsChosen && give.Gifts.Any(gift => !gift.IsStatutory))
            await MustBeInBudget(unit, give, currency);
        foreach (var gift in give.Gifts)
        {
            await unit.Run(
                """
                insert into money_given (case_number, offer_id, person_id, customer_id, kind, minor, currency, statutory, chosen, at, month_at, law)
                values (@number, @OfferId, @PersonId, @CustomerId, @kind, @Minor, @Currency, @statutory, @chosen, @at, @month, @law)
                """,
                new
                {
                    number, give.OfferId, give.PersonId, give.CustomerId, kind = (int)gift.Kind, gift.Value.Minor, gift.Value.Currency, statutory = gift.IsStatutory ? 1 : 0,
                    chosen = give.IsChosen ? 1 : 0, at = give.At.ToUnixTimeMilliseconds(), month = give.Month.ToUnixTimeMilliseconds(), law = gift.Law ?? "",
                });
        }
    }

    private static async Task MustBeInBudget(Unit unit, GiveMoney give, string currency)
    {
        foreach (var budget in await unit.List<BudgetRow>("select kind, minor from budgets order by kind"))
        {
            var adds = give.Gifts.Where(gift => !gift.IsStatutory && (budget.Kind == 0 || (int)gift.Kind == budget.Kind)).Sum(gift => gift.Value.Minor);
            if (adds == 0)
                continue;
            var given = await unit.Value<long>("select coalesce(sum(minor), 0) from money_given where month_at = @month and currency = @currency and (@Kind = 0 or kind = @Kind)",
                new { month = give.Month.ToUnixTimeMilliseconds(), currency, budget.Kind });
            if (given + adds > budget.Minor)
                throw new Refused("budget", $"This month's budget{(budget.Kind == 0 ? "" : $" for “{RemedyTypes.Of((RemedyKind)budget.Kind).Name}”")} has {new Money(Math.Max(0, budget.Minor - given), currency)} left of {new Money(budget.Minor, currency)}. Offer something that costs less, or ask a manager to raise it.");
        }
    }

    private static object Values(Company company, Actor by, long customer, long number, DateTimeOffset now)
    {
        var zone = company.Zone();
        return new
        {
            customer, number, person = by.Id, currency = company.Currency, now = now.ToUnixTimeMilliseconds(), since = now.AddDays(-Authority.CustomerDays).ToUnixTimeMilliseconds(),
            today = LocalDay.Begins(now, zone).ToUnixTimeMilliseconds(),
        };
    }

    private static Authority Of(string? stored, Company company, int? lent)
    {
        var authority = stored is null ? Authority.Of(AuthorityProfile.SmallTeam, company.Currency) : JsonSerializer.Deserialize<Authority>(stored, Json)!;
        if (authority.Profile != AuthorityProfile.Own)
            authority = Authority.Of(authority.Profile, company.Currency); // a ready-made set is as it is now, not as it was when it was chosen
        return authority with { Currency = company.Currency, Lent = lent is { } role ? (Role)role : null };
    }

    private static Dictionary<RemedyKind, Given> Read(IEnumerable<Row> rows) => rows.ToDictionary(row => (RemedyKind)row.Kind, row => new Given(row.Customer, row.Day));

    private static List<Role> Roles(IEnumerable<int> roles) => [.. roles.Select(role => (Role)role)];

    private static decimal? Share(string? books) => books is null ? null : JsonSerializer.Deserialize<BookSettings>(books, Json)!.CostShare / 100m;

    private static List<(long, string, string?)> Staff(IEnumerable<StaffRow> rows) => [.. rows.Select(row => (row.Id, row.Email, row.Phone))];

    private sealed class StaffRow
    {
        public long Id { get; init; }
        public string Email { get; init; } = "";
        public string? Phone { get; init; }
    }

    private sealed class Row
    {
        public int Kind { get; init; }
        public long Customer { get; init; }
        public long Day { get; init; }
    }

    private sealed class BudgetRow
    {
        public int Kind { get; init; }
        public long Minor { get; init; }
    }
}
