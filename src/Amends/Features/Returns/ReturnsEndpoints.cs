using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Features.Shared;
using Amends.Web;
using CsvHelper;
using Dapper;

namespace Amends.Features.Returns;

/// <summary>What is on its way back to us: the list, a scan at the door, and a carrier's file.</summary>
public static class ReturnsEndpoints
{
    private const int Most = 300, MostRows = 20_000, MostRefused = 200;

    /// <summary>What they need.</summary>
    public static void AddReturns(this IServiceCollection services) => services.AddSingleton<ReturnScans>().AddSingleton<Pages>();

    /// <summary>Maps the page and what it posts.</summary>
    public static void MapReturnsBoard(this IEndpointRouteBuilder app)
    {
        app.MapGet("/returns", (HttpContext context, Pages pages) => pages.Show(context)).RequireAuthorization(Policies.Agent);
        app.MapPost("/returns/scan", Scan).RequireAuthorization(Policies.Agent);
        app.MapPost("/returns/import", Import).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> Scan(HttpContext context, Pages pages, ReturnScans scans, StoredSettings settings, TimeProvider clock)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var number = form["number"].ToString();
        try
        {
            var @case = await scans.Take(number, ReturnScans.IsReceived(form["step"]), null, null, context.User.Actor(), await settings.Company(), clock.GetUtcNow(), context.RequestAborted);
            Frame.Say(context, $"Noted for case {@case}.");
            return TypedResults.Redirect303("/returns");
        }
        catch (Refused no)
        {
            return await pages.Show(context, view => view with { Number = number, Problem = no.Message });
        }
    }

    private static async Task<IResult> Import(HttpContext context, Pages pages, ReturnScans scans, StoredSettings settings, TimeProvider clock)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (form.Files.GetFile("file") is not { Length: > 0 } file)
            return await pages.Show(context, view => view with { FileProblem = "Choose a file first." });
        var (company, now, me) = (await settings.Company(), clock.GetUtcNow(), context.User.Actor());
        var (taken, refused) = (0, new List<(long, string)>());
        try
        {
            using var text = new StreamReader(file.OpenReadStream(), System.Text.Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
            using var csv = CsvReader.Create(text, new CsvReaderOptions { TrimWhitespace = true, TrackLineNumbers = true, MaxRecordSize = 64 * 1024 }, leaveOpen: true);
            await csv.ReadHeaderAsync(context.RequestAborted);
            var places = (csv.Headers ?? []).Select((name, place) => (Name: name.Trim().ToLowerInvariant().Replace(' ', '_'), place)).GroupBy(each => each.Name).ToDictionary(each => each.Key, each => each.First().place);
            if (new[] { "number", "step" }.FirstOrDefault(column => !places.ContainsKey(column)) is { } missing)
                throw new Refused("columns", $"The first line must name the columns; {missing} is missing.");
            while (taken + refused.Count < MostRows && await csv.ReadAsync(context.RequestAborted))
            {
                string Cell(string name) => places.TryGetValue(name, out var place) && place < csv.FieldCount ? csv.GetString(place) : "";
                try
                {
                    await scans.Take(Cell("number"), ReturnScans.IsReceived(Cell("step")), At(Cell("at"), company), Cell("where"), me, company, now, context.RequestAborted);
                    taken++;
                }
                catch (Refused no)
                {
                    refused.Add((csv.LineNumber, no.Message));
                }
            }
        }
        catch (CsvFormatException broken)
        {
            refused.Add((broken.LineNumber, "From here on the file cannot be read: a quote has no end."));
        }
        catch (Refused no)
        {
            return await pages.Show(context, view => view with { FileProblem = no.Message });
        }

        return await pages.Show(context, view => view with { Taken = taken, Refused = [.. refused.Take(MostRefused)], RefusedCount = refused.Count });
    }

    private static DateTimeOffset? At(string typed, Company company)
    {
        if (typed.Length == 0)
            return null;
        if (!DateTime.TryParse(typed, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at))
            throw new Refused("scanned_at", "The time is written like 2026-03-04T10:00 or 2026-03-04T10:00:00Z.");
        return at.Kind == DateTimeKind.Unspecified ? new DateTimeOffset(at, company.Zone().GetUtcOffset(at)) : new DateTimeOffset(at);
    }

    /// <summary>Shows the list.</summary>
    public sealed class Pages(Database database, StoredSettings settings, Frame frame, TimeProvider clock)
    {
        /// <summary>The page; with a problem as 422.</summary>
        public async Task<IResult> Show(HttpContext context, Func<ReturnsPage.View, ReturnsPage.View>? with = null)
        {
            var rows = await database.Read(async connection => (await connection.QueryAsync<(string Number, long CaseNumber, int RemedyId, string State)>(
                "select r.number, r.case_number, r.remedy_id, c.state from returns r join cases c on c.number = r.case_number where c.closed_at is null order by r.number desc limit @Most", new { Most })).ToList(), context.RequestAborted);
            var all = rows.Select(row => (row.CaseNumber, State: CaseJson.State(row.State), row.RemedyId)).Select(row => new ReturnsPage.Row(row.CaseNumber, row.State.CustomerName, row.State.Remedies.First(remedy => remedy.Id == row.RemedyId)))
                .Where(row => row.Remedy is { Return: not null } && (row.Remedy.IsOpen || row.Remedy.LapsedAt is not null)).ToList();
            var view = new ReturnsPage.View(await frame.For(context), all, clock.GetUtcNow(), (await settings.Company()).Zone());
            view = with?.Invoke(view) ?? view;
            return Html.Show<ReturnsPage, ReturnsPage.View>(view, view.Problem is null && view.FileProblem is null ? 200 : 422);
        }
    }
}
