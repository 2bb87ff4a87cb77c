using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Amends.Domain;
using Amends.Domain.Calendars;
using Amends.Domain.People;
using Amends.Domain.Remedies;
using Amends.Domain.Signals;
using Amends.Web;
using Dapper;

namespace Amends.Data;

/// <summary>Reads what we gave: patterns of half a year, and the sample of the month that is over.</summary>
public sealed class GiftChecks(Database database, StoredSettings settings, Secrets secrets)
{
    /// <summary>The time that patterns are looked for in.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromDays(180);

    private const int MostGifts = 20_000;

    /// <summary>The patterns and the sample as they are now.</summary>
    public async Task<Found> Read(DateTimeOffset now, CancellationToken ct)
    {
        var company = await settings.Company(ct);
        var zone = company.Zone();
        var (calendar, today) = (company.Calendar(), LocalDay.Of(now, zone));
        var month = new DateOnly(today.Year, today.Month, 1).AddMonths(-1);
        var authority = await MoneyDesk.AuthorityOf(database, company, ct);
        var (gifts, people, looked, given) = await database.Read(async connection =>
        {
            var rows = (await connection.QueryAsync<Row>(
                $"""
                select g.person_id, g.customer_id, g.case_number, g.at, g.kind, g.minor, g.statutory, p.role, case when exists (
                    select 1 from customer_addresses a join people own on own.email_key = a.address_key where a.customer_id = g.customer_id) then 1 else 0 end as own
                from money_given g join people p on p.id = g.person_id where g.chosen = 1 and g.minor > 0 and g.currency = @currency and g.at > @since order by g.at desc limit {MostGifts}
                """, new { currency = company.Currency, since = (now - Window).ToUnixTimeMilliseconds() })).AsList();
            var names = (await connection.QueryAsync<(long Id, string Name)>("select id, name from people")).ToDictionary(each => each.Id, each => each.Name);
            var checks = (await connection.QueryAsync<CheckRow>("select c.case_number, c.offer_id, c.is_right, c.words, p.name from gift_checks c join people p on p.id = c.person_id where c.month = @month", new { month = KeyOf(month) })).AsList();
            var ofMonth = (await connection.QueryAsync<GivenRow>(
                """
                select g.case_number, g.offer_id, min(g.person_id) as person_id, sum(g.minor) as minor, min(u.name) as customer from money_given g join customers u on u.id = g.customer_id
                where g.chosen = 1 and g.currency = @currency and g.at >= @begins and g.at < @ends group by g.case_number, g.offer_id
                """, new { currency = company.Currency, begins = LocalDay.Begins(month, zone).ToUnixTimeMilliseconds(), ends = LocalDay.Begins(month.AddMonths(1), zone).ToUnixTimeMilliseconds() })).AsList();
            return (rows, names, checks, ofMonth);
        }, ct);

        var signals = GiverSignals.Of([.. gifts.Select(row => new Gift(row.PersonId, row.CustomerId, row.CaseNumber, DateTimeOffset.FromUnixTimeMilliseconds(row.At), row.Minor,
            authority.For((Role)row.Role, (RemedyKind)row.Kind).PerCase, calendar.IsOpen(DateTimeOffset.FromUnixTimeMilliseconds(row.At)), row.Own == 1) { ByLaw = row.Statutory == 1 })]);
        var ids = signals.Select(signal => signal.CustomerId).OfType<long>().Distinct().ToArray();
        Dictionary<long, string> customers = ids.Length == 0 ? [] : await database.Read(async connection => (await connection.QueryAsync<(long Id, string Name)>($"select id, name from customers where id {database.Among("@ids")}", new { ids })).ToDictionary(each => each.Id, each => each.Name), ct);
        var sample = Sample(given, month).Select(row => new Sampled(row.CaseNumber, row.OfferId, row.Customer, row.PersonId, people.GetValueOrDefault(row.PersonId, "Somebody"), new Money(row.Minor, company.Currency),
            looked.FirstOrDefault(check => check.CaseNumber == row.CaseNumber && check.OfferId == row.OfferId) is { } check ? new Verdict(check.IsRight == 1, check.Words, check.Name) : null)).ToList();
        return new Found(month, [.. signals.Select(signal => (signal, people.GetValueOrDefault(signal.PersonId, "Somebody"), signal.CustomerId is { } id ? customers.GetValueOrDefault(id) : null))], given.Count, sample);
    }

    /// <summary>Notes what somebody found about a gift of the sample; the newest word counts.</summary>
    /// <exception cref="Refused"><c>sample</c> when it is not in the sample; <c>second_person</c> for what one gave oneself; <c>words</c> when it is not right and nobody says what is wrong.</exception>
    public async Task Note(long number, int offer, bool isRight, string? words, Actor by, DateTimeOffset now, CancellationToken ct)
    {
        var found = await Read(now, ct);
        var gift = found.Sample.FirstOrDefault(each => each.CaseNumber == number && each.OfferId == offer) ?? throw new Refused("sample", "This is not in the sample of the month.");
        if (gift.PersonId == by.Id)
            throw new Refused("second_person", "You gave this yourself. Somebody else looks at it.");
        var said = Texts.Cut((words ?? "").Trim(), 500);
        if (!isRight && said.Length == 0)
            throw new Refused("words", "Say what is not right.");
        await database.Write(unit => unit.Run(
            """
            insert into gift_checks (month, case_number, offer_id, person_id, at, is_right, words) values (@month, @number, @offer, @Id, @at, @right, @said)
            on conflict (month, case_number, offer_id) do update set person_id = excluded.person_id, at = excluded.at, is_right = excluded.is_right, words = excluded.words
            """, new { month = KeyOf(found.Month), number, offer, by.Id, at = now.ToUnixTimeMilliseconds(), right = isRight ? 1 : 0, said }), ct);
    }

    /// <summary>The same ones whoever asks, and nobody can tell beforehand which: they are drawn with a key that the program alone has.</summary>
    private IEnumerable<GivenRow> Sample(IReadOnlyCollection<GivenRow> given, DateOnly month)
    {
        var key = secrets.KeyFor("sample of gifts");
        return given.OrderBy(row => Convert.ToHexString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(FormattableString.Invariant($"{KeyOf(month)}:{row.CaseNumber}:{row.OfferId}")))), StringComparer.Ordinal).Take(SampleSize.For(given.Count));
    }

    private static string KeyOf(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    /// <summary>What was found.</summary>
    /// <param name="Month">The month of the sample.</param>
    /// <param name="Signals">Patterns, with the names of whom they are about.</param>
    /// <param name="Given">How many gifts that month had.</param>
    /// <param name="Sample">Those to look at.</param>
    public sealed record Found(DateOnly Month, IReadOnlyList<(GiverSignal Signal, string Person, string? Customer)> Signals, int Given, IReadOnlyList<Sampled> Sample);

    /// <summary>A gift to look at.</summary>
    public sealed record Sampled(long CaseNumber, int OfferId, string Customer, long PersonId, string Person, Money Amount, Verdict? Verdict);

    /// <summary>What somebody found about it.</summary>
    public sealed record Verdict(bool IsRight, string Words, string By);

    private sealed class Row
    {
        public long PersonId { get; init; }
        public long CustomerId { get; init; }
        public long CaseNumber { get; init; }
        public long At { get; init; }
        public int Kind { get; init; }
        public long Minor { get; init; }
        public int Role { get; init; }
        public int Own { get; init; }
        public int Statutory { get; init; }
    }

    private sealed class GivenRow
    {
        public long CaseNumber { get; init; }
        public int OfferId { get; init; }
        public long PersonId { get; init; }
        public long Minor { get; init; }
        public string Customer { get; init; } = "";
    }

    private sealed class CheckRow
    {
        public long CaseNumber { get; init; }
        public int OfferId { get; init; }
        public int IsRight { get; init; }
        public string Words { get; init; } = "";
        public string Name { get; init; } = "";
    }
}
