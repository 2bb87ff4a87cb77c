using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Amends.Domain.Cases;
using Amends.Domain.Ledger;
using Amends.Domain.Regulatory;
using Dapper;

namespace Amends.Data.Regulatory;

/// <summary>
/// The data of each complaint that ASIC takes for a half-year: one row for each that was received, open or closed in it, with the elements that are known by name
/// (domain research, section 2.5, source S17). Codes of ASIC's data dictionary are not known here; what Amends does not keep is an empty column.
/// </summary>
public static class ComplaintData
{
    /// <summary>So many rows go into a workbook at most; CSV has no bound.</summary>
    public const int MostInWorkbook = 50_000;

    private const int Piece = 1000;

    /// <summary>The columns with what is in each.</summary>
    public static IReadOnlyList<DataColumn> Columns { get; } =
    [
        new("id", "The number of the case.", true), new("brand", "Your company’s name.", true), new("complainant_type", "", false), new("gender", "", false), new("age", "", false), new("postcode", "", false),
        new("status", "open or closed, on the last day of the half-year.", true), new("channel", "How it came, in a word of Amends.", true), new("date_received", "ISO 8601.", true), new("date_closed", "When the final response went out or the customer accepted; empty while open.", true),
        new("days", "Calendar days from receipt until it was closed, or to the last day.", true), new("representative", "yes when somebody acts for the customer.", true), new("product", "The product of the case’s order.", true), new("issue", "The category that counts.", true),
        new("outcome", "upheld, rejected, or empty where nothing was decided.", true), new("monetary_remedy_minor", "Money that left us up to the last day, less what came back, in minor units of the company’s currency.", true), new("currency", "That currency.", true), new("other_money_minor", "The same in other currencies, as 1200 USD.", true),
    ];

    /// <summary>The rows in the order of case numbers, read in pieces so that memory stays small.</summary>
    /// <param name="connection">An open connection.</param>
    /// <param name="database">Of which kind it is.</param>
    /// <param name="company">For its name and currency.</param>
    /// <param name="period">The half-year.</param>
    /// <param name="ct">Ends it early.</param>
    public static async IAsyncEnumerable<IReadOnlyList<object?>> Rows(DbConnection connection, Database database, Company company, ReportingPeriod period, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var after = 0L; ;)
        {
            ct.ThrowIfCancellationRequested();
            var rows = (await connection.QueryAsync<Row>(
                """
                select r.case_number, r.received_day, r.settled_day, r.outcome, r.category, r.represented, c.channel, coalesce(o.product, '') as product
                from regulatory_facts r join cases c on c.number = r.case_number left join orders o on o.id = c.order_id
                where r.case_number > @after and r.received_day <= @to and (r.settled_day is null or r.settled_day >= @from) order by r.case_number limit @most
                """, new { after, from = period.From.DayNumber, to = period.To.DayNumber, most = Piece })).AsList();
            if (rows.Count == 0)
                yield break;
            after = rows[^1].CaseNumber;
            var money = (await connection.QueryAsync<Paid>($"select case_number, currency, cast(-sum(minor) as bigint) as minor from ledger_lines where case_number {database.Among("@numbers")} and account = {(int)Account.Cash} and booked_on <= @last group by case_number, currency having sum(minor) <> 0",
                new { numbers = rows.Select(row => row.CaseNumber).ToArray(), last = Iso(period.To) })).ToLookup(each => each.CaseNumber);
            foreach (var row in rows)
                yield return Cells(row, money[row.CaseNumber], company, period);
        }
    }

    private static object?[] Cells(Row row, IEnumerable<Paid> money, Company company, ReportingPeriod period)
    {
        var closed = row.SettledDay is { } day && day <= period.To.DayNumber ? row.SettledDay : null;
        return
        [
            row.CaseNumber, company.Name, null, null, null, null, closed is null ? "open" : "closed", ((Channel)row.Channel).ToString().ToLowerInvariant(), Iso(DateOnly.FromDayNumber(row.ReceivedDay)), closed is { } on ? Iso(DateOnly.FromDayNumber(on)) : null,
            (long)((closed ?? period.To.DayNumber) - row.ReceivedDay), row.Represented == 1 ? "yes" : "no", row.Product.Length == 0 ? null : row.Product, row.Category.Length == 0 ? null : CategorySet.WordsOf(row.Category) ?? row.Category,
            closed is null ? null : (ComplaintOutcome)row.Outcome switch { ComplaintOutcome.Upheld => "upheld", ComplaintOutcome.Rejected => "rejected", _ => null },
            money.Where(each => each.Currency == company.Currency).Sum(each => each.Minor), company.Currency,
            string.Join("; ", money.Where(each => each.Currency != company.Currency).OrderBy(each => each.Currency, StringComparer.Ordinal).Select(each => string.Create(CultureInfo.InvariantCulture, $"{each.Minor} {each.Currency}"))) is { Length: > 0 } other ? other : null,
        ];
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed class Row
    {
        public long CaseNumber { get; init; }
        public int ReceivedDay { get; init; }
        public int? SettledDay { get; init; }
        public int Outcome { get; init; }
        public string Category { get; init; } = "";
        public int Represented { get; init; }
        public int Channel { get; init; }
        public string Product { get; init; } = "";
    }

    private sealed class Paid
    {
        public long CaseNumber { get; init; }
        public string Currency { get; init; } = "";
        public long Minor { get; init; }
    }
}

/// <summary>A column of the data of complaints.</summary>
/// <param name="Code">Its head.</param>
/// <param name="What">What is in it.</param>
/// <param name="IsKept">Whether Amends keeps it; otherwise it is empty.</param>
public sealed record DataColumn(string Code, string What, bool IsKept);
