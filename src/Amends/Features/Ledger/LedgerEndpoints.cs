using System.Globalization;
using System.Text;
using System.Text.Json;
using Amends.Data;
using Amends.Data.Rollups;
using Amends.Domain.Calendars;
using Amends.Domain;
using Amends.Domain.Ledger;
using Amends.Domain.People;
using Amends.Domain.Remedies;
using Amends.Features.Shared;
using Amends.Web;
using Dapper;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Ledger;

/// <summary>The books: what putting things right cost, for managers and for the accounts.</summary>
public static class LedgerEndpoints
{
    private const string Settings = "/settings/books";

    private const int MostMailed = 20_000; // lines that still fit a letter

    /// <summary>What they need, and the books by mail.</summary>
    public static void AddLedger(this IServiceCollection services) => services.AddSingleton<LedgerPages>().AddSingleton(new MailedReport("ledger", "Books", Role.Manager, [30, 7, 90, 365], Mailed));

    /// <summary>Maps the pages, the export and what they post.</summary>
    public static void MapLedger(this IEndpointRouteBuilder app)
    {
        app.MapGet("/reports/ledger", (string? from, string? to, string? account, string? currency, string? side, HttpContext context, LedgerPages pages) => pages.Report(context, from, to, WantedLines.Parse(account, currency, side))).RequireAuthorization(Policies.Manager);
        app.MapGet("/reports/ledger/export", Export).RequireAuthorization(Policies.Manager);
        app.MapGet(Settings, (HttpContext context, LedgerPages pages) => pages.Settings(context)).RequireAuthorization(Policies.Manager);
        app.MapForm(Settings, Save).RequireAuthorization(Policies.Manager);
        app.MapPost(Settings + "/period", Close).RequireAuthorization(Policies.Manager);
    }

    private static async Task<IResult> Export(string? from, string? to, string? map, string? format, HttpContext context, Database database, StoredSettings settings, LedgerPages pages, TimeProvider clock)
    {
        var (first, last) = LedgerPages.Span(from, to, clock.GetUtcNow(), (await settings.Company(context.RequestAborted)).Zone());
        var isJson = format == "json";
        var isBook = format == "xlsx";
        var columns = ColumnMap.All.GetValueOrDefault(map ?? "generic") ?? ColumnMap.All["generic"];
        var rows = await database.Read(connection => connection.QueryAsync<LedgerRow>(LedgerExport.Sql, new { from = LedgerPages.Day(first), to = LedgerPages.Day(last) }), context.RequestAborted);
        var text = new StringBuilder();
        if (isBook)
        {
            return TypedResults.File(ReportFile.Workbook([("lines", Cells(rows, columns)), ("accounts", Accounts(await pages.Read(first, last, 0, context.RequestAborted)))]), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", $"books-{LedgerPages.Day(first)}-to-{LedgerPages.Day(last)}{(columns.Name == "generic" ? "" : "-" + columns.Name)}.xlsx");
        }
        else if (isJson)
        {
            text.Append(new System.Text.Json.Nodes.JsonArray([.. rows.Select(LedgerExport.Json)]).ToJsonString(new JsonSerializerOptions { WriteIndented = true })).Append('\n');
        }
        else
        {
            text.Append(LedgerExport.Head(columns)).Append("\r\n");
            foreach (var row in rows)
                text.Append(LedgerExport.Csv(row, columns)).Append("\r\n");
        }

        return TypedResults.File(Encoding.UTF8.GetBytes(text.ToString()), isJson ? "application/json" : "text/csv; charset=utf-8", $"books-{LedgerPages.Day(first)}-to-{LedgerPages.Day(last)}{(isJson || columns.Name == "generic" ? "" : "-" + columns.Name)}.{(isJson ? "json" : "csv")}");
    }

    /// <summary>Lines by a map, with the cells of its CSV: numbers as numbers.</summary>
    private static IReadOnlyList<IReadOnlyList<object?>> Cells(IEnumerable<LedgerRow> lines, ColumnMap columns)
    {
        var plain = columns with { Delimiter = "," };
        return ReportFile.Rows(string.Concat(lines.Select(line => LedgerExport.Csv(line, plain)).Prepend(LedgerExport.Head(plain)).Select(line => line + "\r\n")));
    }

    /// <summary>What stands on each account, in major units.</summary>
    private static IReadOnlyList<IReadOnlyList<object?>> Accounts(LedgerReport report) =>
    [
        ["account", "currency", "debit", "credit", "balance"],
        .. report.Accounts.Select(row => (IReadOnlyList<object?>)[LedgerPage.Name((Account)row.Account), row.Currency, new Money(row.Debit, row.Currency).Major, new Money(row.Credit, row.Currency).Major, new Money(row.Debit - row.Credit, row.Currency).Major]),
    ];

    /// <summary>The whole days up to yesterday.</summary>
    private static async Task<MailedContent> Mailed(IServiceProvider given, MailedAsked asked, CancellationToken ct)
    {
        var to = LocalDay.Of(asked.Now, (await given.GetRequiredService<StoredSettings>().Company(ct)).Zone()).AddDays(-1);
        var report = await given.GetRequiredService<LedgerPages>().Read(to.AddDays(1 - asked.Days), to, MostMailed + 1, ct);
        List<(string Code, IReadOnlyList<IReadOnlyList<object?>> Rows)> sheets = [("accounts", Accounts(report))];
        if (report.Lines.Count <= MostMailed)
            sheets.Add(("lines", Cells(report.Lines.Reverse(), ColumnMap.All["generic"])));
        return new(report.First, report.Last, $"from={LedgerPages.Day(report.First)}&to={LedgerPages.Day(report.Last)}",
            [
                .. report.Accounts.Select(row => new MailedLine(LedgerPage.Name((Account)row.Account), new Money(row.Debit - row.Credit, row.Currency).ToString(), $"{new Money(row.Debit, row.Currency)} debit, {new Money(row.Credit, row.Currency)} credit")),
                new("Lines", report.Lines.Count > MostMailed ? $"more than {MostMailed.ToString("N0", CultureInfo.InvariantCulture)}" : Texts.Count(report.Lines.Count, "line"), report.Lines.Count > MostMailed ? "too many for a letter: take them as a long export" : ""),
            ],
            sheets) { Finding = report.Agrees.FirstOrDefault(sum => !sum.Agrees) is { } wrong ? $"The cases say {wrong.Given} was given, the books {wrong.Booked}. Run “amends verify”." : null };
    }

    private static async Task<IResult> Save([FromForm] BookFields? sent, HttpContext context, LedgerPages pages, Database database, StoredSettings settings, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var (me, now) = (context.User.Actor(), clock.GetUtcNow());
        var before = await settings.Get<BookSettings>("books", context.RequestAborted) ?? new BookSettings();
        var (changed, errors) = fields.On(before);
        if (errors.Count > 0)
            return await pages.Settings(context, fields, errors);
        await database.Write(async unit =>
        {
            await StoredSettings.SetIn(unit, "books", changed);
            await MoneyDesk.Log(unit, me, now, "books", new { before, after = changed });
        });
        return Saved(context, "Saved. It holds for what is booked from now on.");
    }

    private static async Task<IResult> Close([FromForm] string? through, HttpContext context, LedgerPages pages, Database database, StoredSettings settings, TimeProvider clock)
    {
        var (me, company, now) = (context.User.Actor(), await settings.Company(context.RequestAborted), clock.GetUtcNow());
        var today = LocalDay.Of(now, company.Zone());
        var before = await settings.Get<BookSettings>("books", context.RequestAborted) ?? new BookSettings();
        string? wrong = !DateOnly.TryParseExact(through, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day >= today || day.Year < 2000 ? "Choose the last day of a period that is over."
            : DateOnly.TryParse(before.ClosedThrough, CultureInfo.InvariantCulture, out var closed) && day < closed ? $"The books are closed through {closed:d MMMM yyyy} already; a closed period stays closed." : null;
        if (wrong is not null)
            return await pages.Settings(context, BookFields.Of(before) with { Through = through }, new Dictionary<string, string> { ["through"] = wrong });
        await database.Write(async unit =>
        {
            await StoredSettings.SetIn(unit, "books", before with { ClosedThrough = LedgerPages.Day(day) });
            await MoneyDesk.Log(unit, me, now, "period", new { through = LedgerPages.Day(day) });
        });
        return Saved(context, "Closed. What comes later is booked after it.");
    }

    private static IResult Saved(HttpContext context, string words)
    {
        Frame.Say(context, words);
        return TypedResults.Redirect303(Settings);
    }
}

/// <summary>The form on the books.</summary>
public sealed record BookFields
{
    public List<CodeRow> Codes { get; init => field = value ?? []; } = [];
    public List<TaxRow> Taxes { get; init => field = value ?? []; } = [];
    public string? CostCentre { get; init; }
    public string? Through { get; init; }

    /// <summary>Cost of goods in their price, per cent.</summary>
    public string? CostShare { get; init; }

    /// <summary>The form as it is stored.</summary>
    public static BookFields Of(BookSettings books) => new()
    {
        Codes = [.. Enum.GetValues<Account>().Select(account => new CodeRow { Name = account.ToString(), Code = books.Codes.GetValueOrDefault(account.ToString()) })],
        Taxes = [.. RemedyTypes.All.Where(type => type.Costs).Select(type => type.Kind).Select(kind => new TaxRow { Kind = kind.ToString(), Rate = books.TaxOf(kind) is > 0 and var points ? (points / 100m).ToString("0.##", CultureInfo.InvariantCulture) : null })],
        CostCentre = books.CostCentre, CostShare = books.CostShare.ToString(CultureInfo.InvariantCulture), Through = books.ClosedThrough,
    };

    /// <summary>The settings as typed, and what is wrong with them: field id → words.</summary>
    public (BookSettings Books, IReadOnlyDictionary<string, string> Errors) On(BookSettings before)
    {
        var errors = new Dictionary<string, string>();
        if (Codes.Count == 0)
            errors["Codes_0_Code"] = "Give each account a code.";
        var codes = new Dictionary<string, string>(before.Codes);
        foreach (var (row, i) in Codes.Select((row, i) => (row, i)).Where(each => Enum.TryParse<Account>(each.row.Name, out _)))
        {
            if (row.Code?.Trim() is not { Length: > 0 and <= 20 } code)
                errors[$"Codes_{i}_Code"] = "Give this account a code of up to 20 characters, as your accounts have it.";
            else
                codes[row.Name!] = code;
        }

        var taxes = new Dictionary<string, int>();
        foreach (var (row, i) in Taxes.Select((row, i) => (row, i)).Where(each => Enum.TryParse<RemedyKind>(each.row.Kind, out _) && !string.IsNullOrWhiteSpace(each.row.Rate)))
        {
            if (!decimal.TryParse(row.Rate!.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate) || rate is < 0 or > 50 || decimal.Truncate(rate * 100) != rate * 100)
                errors[$"Taxes_{i}_Rate"] = "Write the rate in per cent, from 0 to 50, such as 19 or 5.5.";
            else if (rate > 0)
                taxes[row.Kind!] = (int)(rate * 100);
        }

        if (CostCentre?.Trim().Length > 40)
            errors["CostCentre"] = "That is longer than 40 characters.";
        if (!int.TryParse(CostShare, NumberStyles.None, CultureInfo.InvariantCulture, out var share) || share > 100)
            errors["CostShare"] = "Write how much of a price the goods cost you, in per cent: from 0 to 100.";
        return (before with { CostShare = share, Codes = codes, TaxPoints = taxes, CostCentre = CostCentre?.Trim() ?? "" }, errors);
    }

    /// <summary>The code of an account.</summary>
    public sealed record CodeRow
    {
        public string? Name { get; init; }
        public string? Code { get; init; }
    }

    /// <summary>The tax of a kind of remedy, in per cent.</summary>
    public sealed record TaxRow
    {
        public string? Kind { get; init; }
        public string? Rate { get; init; }
    }
}
