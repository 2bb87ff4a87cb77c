using System.Globalization;
using Amends.Data;
using Amends.Data.Rollups;
using Amends.Domain;
using Amends.Domain.Calendars;
using Amends.Domain.People;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Signals;

/// <summary>What managers look at among what was given.</summary>
public static class GiftCheckEndpoints
{
    /// <summary>What the page needs, and the report by mail.</summary>
    public static void AddGiftChecks(this IServiceCollection services) => services.AddSingleton<GiftChecks>().AddSingleton(new MailedReport("gifts", "What we gave", Role.Manager, [(int)GiftChecks.Window.TotalDays], Mailed));

    /// <summary>Maps the page, its files, and noting what was found.</summary>
    public static void MapGiftChecks(this IEndpointRouteBuilder app)
    {
        app.MapGet("/reports/gifts", (HttpContext context, GiftChecks checks, Frame frame, TimeProvider clock) => Show(context, checks, frame, clock, null)).RequireAuthorization(Policies.Manager);
        app.MapForm("/reports/gifts", Note).RequireAuthorization(Policies.Manager);
        app.MapGet("/reports/gifts/export", async (string? table, HttpContext context, GiftChecks checks, TimeProvider clock) =>
        {
            var found = await checks.Read(clock.GetUtcNow(), context.RequestAborted);
            return TableFile.Of(Tables(found), $"gifts-{found.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture)}", table, context);
        }).RequireAuthorization(Policies.Manager);
    }

    /// <summary>The tables of the page by code: patterns, and the sample. Amounts are in major units.</summary>
    private static IReadOnlyList<(string Code, IReadOnlyList<IReadOnlyList<object?>> Rows)> Tables(GiftChecks.Found found) =>
    [
        ("patterns",
        [
            ["what", "given_by", "given_to", "count", "of", "cases"],
            .. found.Signals.Select(each => (IReadOnlyList<object?>)[SignalWords.Of(each.Signal.Kind), each.Person, each.Customer, each.Signal.Count, each.Signal.Of, string.Join(' ', each.Signal.Cases.Select(number => string.Create(CultureInfo.InvariantCulture, $"#{number}")))]),
        ]),
        ("sample",
        [
            ["month", "case", "given_to", "given_by", "worth", "currency", "found", "words", "looked_at_by"],
            .. found.Sample.Select(each => (IReadOnlyList<object?>)[found.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture), each.CaseNumber, each.Customer, each.Person, each.Amount.Major, each.Amount.Currency, each.Verdict is { } verdict ? verdict.IsRight ? "right" : "not right" : null, each.Verdict?.Words, each.Verdict?.By]),
        ]),
    ];

    /// <summary>The letter counts and names nobody; its file has what the page has.</summary>
    private static async Task<MailedContent> Mailed(IServiceProvider given, MailedAsked asked, CancellationToken ct)
    {
        var found = await given.GetRequiredService<GiftChecks>().Read(asked.Now, ct);
        var to = LocalDay.Of(asked.Now, (await given.GetRequiredService<StoredSettings>().Company(ct)).Zone());
        var looked = found.Sample.Count(each => each.Verdict is not null);
        return new(to.AddDays(-asked.Days), to, "",
            [
                .. found.Signals.GroupBy(each => each.Signal.Kind).Select(kind => new MailedLine(SignalWords.Of(kind.Key), Texts.Count(kind.Count(), "pattern"), "to look at")),
                new($"Sample of {found.Month.ToString("MMMM yyyy", CultureInfo.InvariantCulture)}", $"{looked} of {found.Sample.Count} looked at", $"drawn by chance out of {Texts.Count(found.Given, "gift")}; {found.Sample.Count(each => each.Verdict is { IsRight: false })} not right"),
            ],
            Tables(found)) { Finding = found.Signals.Count == 0 ? "No pattern in the last half year." : "Most patterns have a good reason: ask before you think anything." };
    }

    private static async Task<IResult> Show(HttpContext context, GiftChecks checks, Frame frame, TimeProvider clock, (Refused No, GiftFields Typed)? refused) =>
        Html.Show<GiftsPage, GiftsPage.View>(new(await frame.For(context), await checks.Read(clock.GetUtcNow(), context.RequestAborted), context.User.Actor().Id, refused?.Typed, refused?.No.Message), refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);

    private static async Task<IResult> Note([FromForm] GiftFields? sent, HttpContext context, GiftChecks checks, Frame frame, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        try
        {
            if (fields.Right is not ("yes" or "no"))
                throw new Refused("right", "Say whether it is as it should be.");
            await checks.Note(fields.Case ?? 0, fields.Offer ?? 0, fields.Right == "yes", fields.Words, context.User.Actor(), clock.GetUtcNow(), context.RequestAborted);
            Frame.Say(context, "Noted.");
            return TypedResults.Redirect303("/reports/gifts");
        }
        catch (Refused no)
        {
            return await Show(context, checks, frame, clock, (no, fields));
        }
    }
}

/// <summary>What was found about a gift.</summary>
public sealed record GiftFields
{
    public long? Case { get; init; }
    public int? Offer { get; init; }

    /// <summary><c>yes</c> or <c>no</c>.</summary>
    public string? Right { get; init; }
    public string? Words { get; init; }
}
