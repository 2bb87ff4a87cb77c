using System.Globalization;
using Amends.Data;
using Amends.Data.Rollups;
using Amends.Domain;
using Amends.Domain.Calendars;
using Amends.Domain.People;
using Amends.Features.Shared;
using Amends.Web;
using Dapper;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Worth;

/// <summary>What recovery is worth: the report, the page for the budget, the complaints behind each figure, the file, and whom we asked.</summary>
public static class WorthEndpoints
{
    private const int MostAsked = 1_000_000;

    /// <summary>What the pages need.</summary>
    public static void AddWorth(this IServiceCollection services) =>
        services.AddSingleton<WorthDesk>().AddSingleton<WorthQuery>().AddSingleton<WorthCaseList>().AddSingleton<SpendImport>().AddSingleton<AssumptionEndpoints.Pages>().AddSingleton(new MailedReport("worth", "What it is worth", Role.Manager, [.. WorthReport.SpanChoices], Mailed));

    /// <summary>Maps the pages.</summary>
    public static void MapWorth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/reports/worth", (int? days, int? within, HttpContext context, WorthQuery query, Frame frame) => Show(days, within, context, query, frame, new(), null)).RequireAuthorization(Policies.Manager);
        app.MapGet("/reports/worth/print", async (int? days, int? within, HttpContext context, WorthQuery query, Frame frame, StoredSettings settings) =>
            Html.Show<WorthPrintPage, WorthPrintPage.View>(new(await frame.For(context), await query.Read(days, within, context.RequestAborted), (await settings.Company(context.RequestAborted)).Name))).RequireAuthorization(Policies.Manager);
        app.MapGet("/reports/worth/cases", Cases).RequireAuthorization(Policies.Manager);
        app.MapGet("/reports/worth/export", async (int? days, int? within, HttpContext context, WorthQuery query) =>
        {
            var report = await query.Read(days, within, context.RequestAborted);
            return TableFile.Of(report.Csv(), $"worth-{report.From:yyyy-MM-dd}-to-{report.To:yyyy-MM-dd}", context);
        }).RequireAuthorization(Policies.Manager);
        app.MapForm("/reports/worth/voices", Asked).RequireAuthorization(Policies.Manager);
        app.MapAssumptions();
        app.MapSpend();
    }

    private static async Task<MailedContent> Mailed(IServiceProvider given, MailedAsked asked, CancellationToken ct)
    {
        var report = await given.GetRequiredService<WorthQuery>().Read(asked.Days, null, ct);
        return new(report.From, report.To, $"days={report.Days}&within={report.Within}",
            [.. report.Sections.SelectMany(section => section.Figures).Select(figure => new MailedLine(figure.Title, figure.IsFew ? "–" : figure.RangeAlone ? figure.Range(report.Currency) ?? "–" : figure.Words(figure.Value, report.Currency), figure.IsFew ? "too few to say" : figure.RangeAlone ? "" : figure.Range(report.Currency) ?? ""))],
            [("worth", ReportFile.Rows(report.Csv()))]);
    }

    private static async Task<IResult> Show(int? days, int? within, HttpContext context, WorthQuery query, Frame frame, WorthPage.Fields typed, (string Field, string Words)? error) =>
        Html.Show<WorthPage, WorthPage.View>(new(await frame.For(context), await query.Read(days, within, context.RequestAborted), typed, error), error is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Cases(string? of, int? days, int? within, HttpContext context, WorthQuery query, WorthCaseList list, Database database, Frame frame, StoredSettings settings, TimeProvider clock)
    {
        var report = await query.Read(days, within, context.RequestAborted);
        if (report.Figure(of ?? "kept") is not { } figure)
            return TypedResults.NotFound();
        var numbers = (await list.Numbers(figure.Cases, context.RequestAborted)).ToArray();
        var rows = numbers.Length == 0 ? [] : await database.Read(async connection => (await connection.QueryAsync<WorthCasesPage.Row>(
            $"select c.number, c.subject, u.name as customer, c.opened_at, c.closed_at from cases c join customers u on u.id = c.customer_id where c.number {database.Among("@numbers")} order by c.number desc", new { numbers })).AsList(), context.RequestAborted);
        var company = await settings.Company(context.RequestAborted);
        return Html.Show<WorthCasesPage, WorthCasesPage.View>(new(await frame.For(context), report, figure, rows, clock.GetUtcNow(), company.Zone())
        {
            Customers = figure.Customers.Count == 0 ? [] : await Customers(database, [.. figure.Customers], company.Currency, context.RequestAborted),
        });
    }

    /// <summary>Customers with what they ordered, whoever ordered last first.</summary>
    private static Task<List<WorthCasesPage.CustomerRow>> Customers(Database database, long[] customers, string currency, CancellationToken ct) => database.Read(async connection => (await connection.QueryAsync<WorthCasesPage.CustomerRow>(
        $"""
        select u.id, u.name, count(*) as orders, cast(sum(o.total_minor) as bigint) as total, min(o.placed_at) as first_at, max(o.placed_at) as last_at,
            (select e.total_minor from orders e where e.customer_id = u.id and e.currency = @currency order by e.placed_at, e.id limit 1) as first
        from customers u join orders o on o.customer_id = u.id where u.id {database.Among("@customers")} and o.currency = @currency group by u.id, u.name order by last_at desc, u.id
        """, new { customers, currency })).AsList(), ct);

    private static async Task<IResult> Asked([FromForm] WorthPage.Fields? sent, HttpContext context, Database database, WorthQuery query, WorthDesk desk, Frame frame, StoredSettings settings, TimeProvider clock)
    {
        var (fields, now) = (sent ?? new(), clock.GetUtcNow()); // a form with nothing in it binds to nothing
        var today = LocalDay.Of(now, (await settings.Company(context.RequestAborted)).Zone());
        var (asked, told, how) = (Count(fields.Asked), Count(fields.Told), (fields.How ?? "").Trim());
        (string, string)? error =
            asked is not > 0 ? ("Asked", $"Write how many customers with a problem you asked, from 1 to {MostAsked:N0}.")
            : told is null || told > asked ? ("Told", "Write how many of them had told you, from none to all.")
            : !DateOnly.TryParseExact(fields.On, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) || day > today || day.Year < 2000 ? ("On", "Choose the day on which you asked, today at the latest.")
            : how.Length is 0 or > 200 ? ("How", how.Length == 0 ? "Say in a few words how they were chosen and asked." : "That is longer than 200 characters.")
            : null;
        if (error is not null)
            return await Show(null, null, context, query, frame, fields, error);
        await database.Write(unit => unit.Run("insert into voice_surveys (asked_on, asked, told, how, person_id, at) values (@On, @asked, @told, @how, @Id, @at)", new { fields.On, asked, told, how, context.User.Actor().Id, at = now.ToUnixTimeMilliseconds() }), context.RequestAborted);
        desk.Forget();
        Frame.Say(context, "Noted. It counts from now on.");
        return TypedResults.Redirect303("/reports/worth#silent");

        static int? Count(string? typed) => int.TryParse(typed?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= MostAsked ? count : null;
    }
}
