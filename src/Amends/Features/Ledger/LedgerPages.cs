using System.Globalization;
using Amends.Data;
using Amends.Domain.Calendars;
using Amends.Domain;
using Amends.Domain.Ledger;
using Amends.Domain.Remedies;
using Amends.Features.Shared;
using Dapper;

namespace Amends.Features.Ledger;

/// <summary>Loads the pages on the books.</summary>
public sealed class LedgerPages(Database database, StoredSettings settings, Frame frame, TimeProvider clock)
{
    private const int MostLines = 200;

    /// <summary>The books of some days: what stands on each account, the newest lines, and whether they agree with the cases.</summary>
    public async Task<IResult> Report(HttpContext context, string? from, string? to, WantedLines wanted)
    {
        var (company, now) = (await settings.Company(context.RequestAborted), clock.GetUtcNow());
        var (first, last) = Span(from, to, now, company.Zone());
        return Html.Show<LedgerPage, LedgerPage.View>(new(await frame.For(context), await Read(first, last, MostLines, context.RequestAborted, wanted), wanted));
    }

    /// <summary>Reads them.</summary>
    /// <param name="first">The first day.</param>
    /// <param name="last">The last day.</param>
    /// <param name="mostLines">How many lines, the newest.</param>
    /// <param name="ct">The request's end.</param>
    /// <param name="wanted">Which lines; all without.</param>
    public async Task<LedgerReport> Read(DateOnly first, DateOnly last, int mostLines, CancellationToken ct, WantedLines? wanted = null)
    {
        var which = wanted ?? new(null, null, null);
        var zone = (await settings.Company(ct)).Zone();
        var span = new
        {
            from = Day(first), to = Day(last), mostLines, account = (int?)which.Account, which.Currency,
            begins = LocalDay.Begins(first, zone).ToUnixTimeMilliseconds(), ends = LocalDay.Begins(last.AddDays(1), zone).ToUnixTimeMilliseconds(),
        };
        var (accounts, lines, booked, given) = await database.Read(async connection =>
        {
            using var all = await connection.QueryMultipleAsync(
                $"""
                select account, currency, sum(case when minor > 0 then minor else 0 end) as debit, sum(case when minor < 0 then -minor else 0 end) as credit from ledger_lines where booked_on >= @from and booked_on <= @to group by account, currency order by currency, account;
                select {Books.Columns} from ledger_lines where {which.Days}{which.Sql} order by number desc limit @mostLines;
                select currency, sum(minor) as minor from ledger_lines where kind = {(int)EntryKind.Paid} and account = {(int)Account.Owed} and at >= @begins and at < @ends group by currency order by currency;
                {Given(database)}
                """, span);
            return ((await all.ReadAsync<AccountRow>()).AsList(), (await all.ReadAsync<LedgerRow>()).AsList(), (await all.ReadAsync<SumRow>()).AsList(), (await all.ReadAsync<SumRow>()).AsList());
        }, ct);
        var (told, sums) = (given.ToDictionary(row => row.Currency, row => row.Minor), booked.ToDictionary(row => row.Currency, row => row.Minor));
        var agrees = told.Keys.Union(sums.Keys).Order(StringComparer.Ordinal).Select(currency => new Reconciled(new Money(told.GetValueOrDefault(currency), currency), new Money(sums.GetValueOrDefault(currency), currency))).ToList();
        return new(first, last, accounts, lines, agrees);
    }

    /// <summary>The accounts, taxes and closed periods; with errors as 422.</summary>
    public async Task<IResult> Settings(HttpContext context, BookFields? fields = null, IReadOnlyDictionary<string, string>? errors = null)
    {
        var books = await settings.Get<BookSettings>("books", context.RequestAborted) ?? new BookSettings();
        return Html.Show<BooksPage, BooksPage.View>(new(await frame.For(context), books, fields ?? BookFields.Of(books), errors ?? new Dictionary<string, string>()), errors is { Count: > 0 } ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status200OK);
    }

    /// <summary>The days that are asked for; this month without them.</summary>
    public static (DateOnly First, DateOnly Last) Span(string? from, string? to, DateTimeOffset now, TimeZoneInfo zone)
    {
        var today = LocalDay.Of(now, zone);
        var first = DateOnly.TryParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var begins) && begins.Year > 1900 ? begins : new DateOnly(today.Year, today.Month, 1);
        var last = DateOnly.TryParseExact(to, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var ends) && ends.Year is > 1900 and < 9999 ? ends : today;
        return last < first ? (last, first) : (first, last);
    }

    /// <summary>A day as the books have it.</summary>
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>What the log says was given: each remedy that was done is worth what was said when it was added. Nothing of the books is in it.</summary>
    private static string Given(Database database)
    {
        string Of(string @event, string path) => database.Dialect == "postgres" ? $"(cast({@event}.body as jsonb) #>> '{{{path.Replace('.', ',')}}}')" : $"json_extract({@event}.body, '$.{path}')";
        return $"""
            select currency, cast(sum(minor) as bigint) as minor from (
                select {Of("a", "value.currency")} as currency, cast({Of("a", "value.minor")} as bigint) as minor
                from events d join events a on a.case_number = d.case_number and a.kind = 'remedy_added' and {Of("a", "id")} = {Of("d", "id")}
                where d.kind in ('remedy_added', 'remedy_done') and d.kind = 'remedy_done' and d.at >= @begins and d.at < @ends
            ) as given where minor > 0 group by currency
            """;
    }

    private sealed class SumRow
    {
        public string Currency { get; init; } = "";
        public long Minor { get; init; }
    }
}

/// <summary>Which lines of the books are shown. What is <c>null</c> narrows nothing.</summary>
/// <param name="Account">Of which account.</param>
/// <param name="Currency">In which currency.</param>
/// <param name="Side">On which side; all that was given, by its moment and not by the day of the books, where a sum of it is compared with the cases.</param>
public sealed record WantedLines(Account? Account, string? Currency, LineSide? Side)
{
    /// <summary>As a query of the page.</summary>
    public string Query => string.Concat(Account is { } account ? $"&account={account}" : "", Currency is { } currency ? $"&currency={Uri.EscapeDataString(currency)}" : "", Side is { } side ? $"&side={side}" : "");

    /// <summary>Whether it is all of them.</summary>
    public bool IsAll => this is { Account: null, Currency: null, Side: null };

    /// <summary>From such a query; what makes no sense narrows nothing.</summary>
    public static WantedLines Parse(string? account, string? currency, string? side) => new(
        Enum.TryParse<Account>(account, out var known) && Enum.IsDefined(known) ? known : null, string.IsNullOrWhiteSpace(currency) ? null : currency, Enum.TryParse<LineSide>(side, out var which) && Enum.IsDefined(which) ? which : null);

    /// <summary>The condition on their days.</summary>
    internal string Days => Side == LineSide.Given ? "at >= @begins and at < @ends" : "booked_on >= @from and booked_on <= @to";

    /// <summary>The other conditions, each after “and”.</summary>
    internal string Sql => string.Concat(Account is null ? "" : " and account = @account", Currency is null ? "" : " and currency = @Currency", Side switch
    {
        LineSide.Debit => " and minor > 0",
        LineSide.Credit => " and minor < 0",
        LineSide.Given => $" and kind = {(int)EntryKind.Paid} and account = {(int)Domain.Ledger.Account.Owed}",
        _ => "",
    });
}

/// <summary>A side of the books.</summary>
public enum LineSide
{
    /// <summary>What is written on the left.</summary>
    Debit = 1,

    /// <summary>What is written on the right.</summary>
    Credit,

    /// <summary>What customers were given.</summary>
    Given,
}

/// <summary>The books of some days.</summary>
/// <param name="First">The first day.</param>
/// <param name="Last">The last day.</param>
/// <param name="Accounts">What stands on each account.</param>
/// <param name="Lines">The newest lines.</param>
/// <param name="Agrees">Whether they agree with the cases, a currency each.</param>
public sealed record LedgerReport(DateOnly First, DateOnly Last, IReadOnlyList<AccountRow> Accounts, IReadOnlyList<LedgerRow> Lines, IReadOnlyList<Reconciled> Agrees);

/// <summary>What stands on an account.</summary>
public sealed class AccountRow
{
    public int Account { get; init; }
    public string Currency { get; init; } = "";
    public long Debit { get; init; }
    public long Credit { get; init; }
}

/// <summary>What the cases say was given, and what the books and the export say.</summary>
public sealed record Reconciled(Money Given, Money Booked)
{
    /// <summary>Whether both say the same.</summary>
    public bool Agrees => Given == Booked;
}
