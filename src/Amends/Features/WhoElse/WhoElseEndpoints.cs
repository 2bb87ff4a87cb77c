using System.Globalization;
using System.Text;
using Amends.Channels.Email;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Outreach;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.WhoElse;

/// <summary>Who else has it and said nothing (practice 3-21), and notices to them.</summary>
public static class WhoElseEndpoints
{
    private const int Exported = 50_000, Tried = 3;

    /// <summary>What they need.</summary>
    public static void AddWhoElse(this IServiceCollection services) => services.AddSingleton<OutreachDesk>();

    /// <summary>Maps the pages and what they post.</summary>
    public static void MapWhoElse(this IEndpointRouteBuilder app)
    {
        app.MapGet("/who-else", Look).RequireAuthorization(Policies.Agent);
        app.MapGet("/who-else/export", Export).RequireAuthorization(Policies.Lead);
        app.MapGet("/who-else/notices", async (HttpContext context, OutreachDesk desk, Frame frame, StoredSettings settings, TimeProvider clock) =>
            Html.Show<NoticesPage, NoticesPage.View>(new(await frame.For(context), await desk.List(context.RequestAborted), clock.GetUtcNow(), (await settings.Company(context.RequestAborted)).Zone()))).RequireAuthorization(Policies.Lead);
        app.MapGet("/who-else/notices/new", (HttpContext context, OutreachDesk desk, Frame frame) => Form(context, desk, frame, NoticeFields.Of(context.Request.Query), null)).RequireAuthorization(Policies.Lead);
        app.MapForm("/who-else/notices", Draft).RequireAuthorization(Policies.Lead);
        app.MapGet("/who-else/notices/{id:long}", (long id, HttpContext context, OutreachDesk desk, Frame frame, StoredSettings settings, TimeProvider clock) => One(id, context, desk, frame, settings, clock, null)).RequireAuthorization(Policies.Lead);
        app.MapPost("/who-else/notices/{id:long}/agreement", Agree).RequireAuthorization(Policies.Lead);
        app.MapPost("/who-else/notices/{id:long}/stop", Stop).RequireAuthorization(Policies.Lead);
    }

    private static async Task<IResult> Look(HttpContext context, OutreachDesk desk, Frame frame, StoredSettings settings)
    {
        var fields = NoticeFields.Of(context.Request.Query);
        var chrome = await frame.For(context);
        var zone = (await settings.Company(context.RequestAborted)).Zone();
        if (fields.IsEmpty)
            return Html.Show<WhoElsePage, WhoElsePage.View>(new(chrome, fields, null, [], zone, null, null));
        try
        {
            var audience = fields.Audience();
            return Html.Show<WhoElsePage, WhoElsePage.View>(new(chrome, fields, await desk.Count(audience, context.RequestAborted), await desk.Silent(audience, ct: context.RequestAborted), zone, audience.InWords(), null));
        }
        catch (Refused no)
        {
            return Html.Show<WhoElsePage, WhoElsePage.View>(new(chrome, fields, null, [], zone, null, no.Message), StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static async Task<IResult> Export(HttpContext context, OutreachDesk desk, StoredSettings settings)
    {
        try
        {
            var fields = NoticeFields.Of(context.Request.Query);
            var rows = fields.IsEmpty ? [] : await desk.Silent(fields.Audience(), Exported, context.RequestAborted); // nobody was asked for
            var zone = (await settings.Company(context.RequestAborted)).Zone();
            var csv = new StringBuilder("name,address,place,orders,last_order,wants_no_letters\r\n");
            foreach (var row in rows)
                csv.AppendJoin(',', new[] { row.Name, row.Address ?? "", row.Place, row.Orders.ToString(CultureInfo.InvariantCulture), LocalTime.Of(DateTimeOffset.FromUnixTimeMilliseconds(row.PlacedAt), zone)[..10], row.LettersOffAt is null ? "no" : "yes" }.Select(cell => CsvCell.Of(cell))).Append("\r\n");
            return TypedResults.File(Encoding.UTF8.GetBytes(csv.ToString()), "text/csv; charset=utf-8", "who-else.csv");
        }
        catch (Refused no)
        {
            return TypedResults.Text(no.Message, statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static async Task<IResult> Form(HttpContext context, OutreachDesk desk, Frame frame, NoticeFields fields, Refused? no)
    {
        AudienceCount? count = null;
        try
        {
            count = fields.IsEmpty ? null : await desk.Count(fields.Audience(), context.RequestAborted);
        }
        catch (Refused unclear)
        {
            no ??= unclear;
        }

        return Html.Show<NoticeForm, NoticeForm.View>(new(await frame.For(context), fields, count, no), no is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static async Task<IResult> Draft([FromForm] NoticeFields? sent, HttpContext context, OutreachDesk desk, Database database, Frame frame, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        try
        {
            var (audience, text) = (fields.Audience(), new NoticeText(fields.Subject ?? "", fields.Body ?? "").Checked());
            var id = await database.Write(unit => OutreachDesk.Draft(unit, audience, text, fields.Rate(), context.User.Actor(), clock.GetUtcNow()));
            Frame.Say(context, "Kept. Somebody else reads it before it goes.");
            return TypedResults.Redirect303($"/who-else/notices/{id}");
        }
        catch (Refused no)
        {
            return await Form(context, desk, frame, fields, no);
        }
    }

    private static async Task<IResult> One(long id, HttpContext context, OutreachDesk desk, Frame frame, StoredSettings settings, TimeProvider clock, string? problem)
    {
        if (await desk.Find(id, context.RequestAborted) is not { } notice)
            return TypedResults.NotFound();
        var waits = notice.State == NoticeState.Draft;
        return Html.Show<NoticePage, NoticePage.View>(new(await frame.For(context), notice, waits ? await desk.Count(notice.Audience, context.RequestAborted) : null,
            waits ? [.. (await desk.Silent(notice.Audience, 50, context.RequestAborted)).Where(row => row is { LettersOffAt: null, Address: not null }).Take(Tried)] : [], context.User.Actor().Id, clock.GetUtcNow(), (await settings.Company(context.RequestAborted)).Zone(), problem),
            problem is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }

    private static Task<IResult> Agree(long id, HttpContext context, OutreachDesk desk, Database database, Frame frame, StoredSettings settings, SendNotices sender, TimeProvider clock) => Do(id, context, desk, frame, settings, clock, async () =>
    {
        var count = await database.Write(unit => desk.Agree(unit, id, context.User.Actor(), clock.GetUtcNow()));
        sender.Ring();
        return $"On its way to {Domain.Texts.Count(count, "customer")}.";
    });

    private static Task<IResult> Stop(long id, [FromForm] string? why, HttpContext context, OutreachDesk desk, Database database, Frame frame, StoredSettings settings, TimeProvider clock) => Do(id, context, desk, frame, settings, clock, async () =>
    {
        await database.Write(unit => OutreachDesk.Stop(unit, id, why, context.User.Actor(), clock.GetUtcNow()));
        return "Stopped. What has not left does not leave.";
    });

    private static async Task<IResult> Do(long id, HttpContext context, OutreachDesk desk, Frame frame, StoredSettings settings, TimeProvider clock, Func<Task<string>> work)
    {
        try
        {
            Frame.Say(context, await work());
            return TypedResults.Redirect303($"/who-else/notices/{id}");
        }
        catch (Refused no)
        {
            return await One(id, context, desk, frame, settings, clock, no.Message);
        }
    }
}

/// <summary>What was typed: whom it is about, and the notice.</summary>
public sealed record NoticeFields
{
    public string? Product { get; init; }
    public string? Lot { get; init; }
    public string? Carrier { get; init; }
    public string? Place { get; init; }
    public string? From { get; init; }
    public string? To { get; init; }
    public string? Subject { get; init; }
    public string? Body { get; init; }
    public string? PerHour { get; init; }

    /// <summary>Nothing was asked yet.</summary>
    public bool IsEmpty => string.IsNullOrWhiteSpace(Product + Lot + Carrier + Place + From + To);

    /// <summary>As an address names it.</summary>
    public static NoticeFields Of(IQueryCollection query) => new() { Product = query["product"], Lot = query["lot"], Carrier = query["carrier"], Place = query["place"], From = query["from"], To = query["to"] };

    /// <summary>The same for an address.</summary>
    public string Query => string.Join('&', new[] { ("product", Product), ("lot", Lot), ("carrier", Carrier), ("place", Place), ("from", From), ("to", To) }.Where(each => !string.IsNullOrWhiteSpace(each.Item2)).Select(each => $"{each.Item1}={Uri.EscapeDataString(each.Item2!)}"));

    /// <summary>Whom it is about.</summary>
    /// <exception cref="Refused">It means everybody, or a day is none.</exception>
    public Audience Audience() => new Audience(Storable.Of(Product ?? ""), Storable.Of(Lot ?? ""), Storable.Of(Carrier ?? ""), Storable.Of(Place ?? ""), Day(From), Day(To)).Checked();

    /// <summary>How many an hour.</summary>
    /// <exception cref="Refused"><c>per_hour</c>: it is no number.</exception>
    public int Rate() => int.TryParse(PerHour?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var rate) ? rate : throw new Refused("per_hour", $"Write a whole number from {Batch.Least} to {Batch.Most}.");

    private static DateOnly? Day(string? typed) => string.IsNullOrWhiteSpace(typed) ? null
        : DateOnly.TryParseExact(typed.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1990 and < 2200 ? day : throw new Refused("days", "Write days as 2026-03-04.");
}
