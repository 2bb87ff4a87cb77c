using System.Globalization;
using Amends.Data;
using Amends.Domain.Alerts;
using Amends.Domain.Outreach;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Api;

/// <summary>What stands out among complaints, and who else has it, for programs.</summary>
public sealed class SignalApi(AlertDesk alerts, AlertWhys whys, OutreachDesk outreach, StoredSettings settings, DoOnce once)
{
    private const int Most = 200;

    /// <summary>Signals that wait for somebody, or those that were decided.</summary>
    public async Task<SignalListAnswer> List(string? show, CancellationToken ct) => show is null or "open" or "decided"
        ? new([.. (await alerts.List(show == "decided", Most, ct)).Select(Of)])
        : throw new BadField("show", "There are the lists open and decided.");

    /// <summary>One with its cases and what their orders share; <c>null</c> when there is none.</summary>
    public async Task<SignalInFullAnswer?> One(long id, CancellationToken ct)
    {
        if (await alerts.Find(id, ct) is not { } found)
            return null;
        var ladder = await whys.Find(found.Kept, ct);
        return new(Of(found.Kept), [.. found.Cases.Select(row => row.Number)], [.. found.Shared.Select(shared => new SharedAnswer(shared.What, shared.Value, shared.Cases, shared.Of))], ladder?.Improvement, [.. (ladder?.Ends ?? []).Where(end => end.CanChange).Select(end => end.Words)]);
    }

    /// <summary>Takes one up, or sets it aside.</summary>
    public async Task<IResult> Decide(long id, HttpContext context)
    {
        var (asked, body) = await ApiJson.Read<DecideSignal>(context.Request);
        var up = asked.TakenUp ?? throw new BadField("taken_up", "Say whether it is taken up: true, or set aside: false.");
        var words = Checked.Needed("words", asked.Words, 500);
        return await once.Run(context, body, async (unit, by, now) =>
        {
            if (by is not { Role: >= Domain.People.Role.Lead })
                throw new Domain.Refused("not_a_lead", "A lead decides on it. Use a token that acts for one.");
            await AlertDesk.Decide(unit, id, up, words, by, now);
            return new Written(StatusCodes.Status201Created, $"/api/v1/signals/{id}", new SignalDecidedAnswer(id, up));
        });
    }

    /// <summary>How many have the same and said nothing.</summary>
    public async Task<WhoElseAnswer> WhoElse(Audience asked, CancellationToken ct)
    {
        try
        {
            var count = await outreach.Count(asked.Checked(), ct);
            return new(count.Customers, count.Orders, count.Complained, count.Silent, count.Reachable, count.WantNone, count.NoAddress);
        }
        catch (Domain.Refused no)
        {
            throw new BadField(no.Code == "days" ? "to" : "product", no.Message);
        }
    }

    /// <summary>A day of the query.</summary>
    internal static DateOnly? Day(string field, string? typed) => typed is null ? null
        : DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1990 and < 2200 ? day : throw new BadField(field, "Write days as 2026-03-04.");

    private SignalAnswer Of(KeptAlert kept) => new(kept.Id, kept.Alert.Rule, AlertWords.Of(kept.Alert, settings.Content.Categories), kept.Alert.Category.Length == 0 ? null : kept.Alert.Category, kept.Alert.Product.Length == 0 ? null : kept.Alert.Product,
        kept.Alert.From, kept.Alert.To, kept.Alert.Observed, kept.Alert.Expected, kept.Alert.Exposure, kept.Alert.P, kept.FirstAt, kept.TakenUp, kept.DecidedAt, kept.Words.Length == 0 ? null : kept.Words);
}

/// <summary>Maps them.</summary>
internal static class SignalApiEndpoints
{
    /// <summary>Maps what is read and decided.</summary>
    public static void MapComplaintSignals(this IEndpointRouteBuilder api)
    {
        api.MapGet("/signals", async (SignalApi signals, CancellationToken ct, string? show) => ApiJson.Answer(await signals.List(show, ct)))
            .Describe<SignalListAnswer>("What stands out among complaints", Scopes.CasesRead).ProducesProblem(400);
        api.MapGet("/signals/{id:long}", async (long id, SignalApi signals, CancellationToken ct) => await signals.One(id, ct) is { } found ? ApiJson.Answer(found) : TypedResults.NotFound())
            .Describe<SignalInFullAnswer>("One of them with its cases, and what their orders share", Scopes.CasesRead).ProducesProblem(404);
        api.MapPost("/signals/{id:long}/decision", (long id, HttpContext context, SignalApi signals, [FromHeader(Name = DoOnce.Header)] string? key) => signals.Decide(id, context))
            .Accepts<DecideSignal>("application/json").Describe<SignalDecidedAnswer>("Takes one up, or sets it aside; for a token that acts for a lead", Scopes.RecoveryWrite, 201).ProducesProblem(400).ProducesProblem(422);
        api.MapGet("/who-else", async (SignalApi signals, CancellationToken ct, string? product, string? lot, string? carrier, string? place, string? from, string? to) =>
                ApiJson.Answer(await signals.WhoElse(new Audience(product ?? "", lot ?? "", carrier ?? "", place ?? "", SignalApi.Day("from", from), SignalApi.Day("to", to)), ct)))
            .Describe<WhoElseAnswer>("How many have the same product, lot, carrier, place or days, and said nothing", Scopes.CustomersRead).ProducesProblem(400);
    }
}

/// <summary>Signals.</summary>
public sealed record SignalListAnswer(IReadOnlyList<SignalAnswer> Signals);

/// <summary>Something that stands out: how many were observed, how many to be expected, of how many orders, and the chance of that if nothing had changed. <c>taken_up</c> is null while nobody decided.</summary>
public sealed record SignalAnswer(long Id, AlertRule Rule, string Sentence, string? Category, string? Product, DateOnly From, DateOnly To, int Observed, double? Expected, long? Exposure, double? P, DateTimeOffset FirstAt, bool? TakenUp, DateTimeOffset? DecidedAt, string? Words);

/// <summary>A signal with the numbers of its cases; the improvement where it is asked why, null while nobody asked, and where that ladder of whys ends at present at something that we can change.</summary>
public sealed record SignalInFullAnswer(SignalAnswer Signal, IReadOnlyList<long> Cases, IReadOnlyList<SharedAnswer> Shared, long? Improvement, IReadOnlyList<string> RootCauses);

/// <summary>A lot, carrier or product that so many of its cases have.</summary>
public sealed record SharedAnswer(string What, string Value, int Cases, int Of);

/// <summary>Taken up or set aside, and what is done or why it is nothing.</summary>
public sealed record DecideSignal(bool? TakenUp, string? Words);

/// <summary>What was decided.</summary>
public sealed record SignalDecidedAnswer(long Id, bool TakenUp);

/// <summary>How many have it: <c>silent</c> did not complain, <c>reachable</c> of them may be written to.</summary>
public sealed record WhoElseAnswer(int Customers, int Orders, int Complained, int Silent, int Reachable, int WantNone, int NoAddress);
