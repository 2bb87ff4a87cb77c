using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Remedies;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery;

/// <summary>One step of a line: further, released, agreed to, or with a code.</summary>
public static class RemedyEndpoints
{
    /// <summary>Maps what the delivery page posts for a step.</summary>
    public static void MapRemedySteps(this IEndpointRouteBuilder app)
    {
        app.MapPost("/cases/{number:long}/remedies/{id:int}/step", Step).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/remedies/{id:int}/release", Release).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/remedies/{id:int}/consent", Agree).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/remedies/{id:int}/voucher", Issue).RequireAuthorization(Policies.Agent);
        app.MapGet("/cases/{number:long}/remedies/{id:int}/letter", (long number, int id, HttpContext context, RemedyPages pages) => pages.Letter(context, number, id)).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/remedies/{id:int}/letter", Write).RequireAuthorization(Policies.Agent);
    }

    private static Task<IResult> Step(long number, int id, [FromForm] string? step, [FromForm] string? note, HttpContext context, CasePages pages, CaseStore cases, TimeProvider clock) =>
        Do(context, pages, number, "Noted.", () => Enum.TryParse<RemedyStep>(step, out var reached) && Enum.IsDefined(reached)
            ? cases.Change(number, async (@case, unit) =>
            {
                @case.AdvanceRemedy(id, reached, null, note, context.User.Actor(), clock.GetUtcNow());
                await KeepChange(unit, @case, number, context.User.Actor(), clock.GetUtcNow());
            })
            : throw new Refused("step", "Say which step it has reached."));

    private static Task<IResult> Release(long number, int id, [FromForm] string? note, HttpContext context, CasePages pages, CaseStore cases, StoredSettings settings, TimeProvider clock) =>
        Do(context, pages, number, "It is due now.", async () =>
        {
            var calendar = (await settings.Company()).Calendar();
            return await cases.Change(number, @case => @case.ReleaseRemedy(id, note, context.User.Actor(), calendar, clock.GetUtcNow()));
        });

    private static Task<IResult> Agree(long number, int id, [FromForm] string? note, HttpContext context, CasePages pages, CaseStore cases, TimeProvider clock) =>
        Do(context, pages, number, "Noted: they agree.", () => cases.Change(number, @case => @case.AgreeToSubstitute(id, Channel.Phone, note, context.User.Actor(), clock.GetUtcNow())));

    private static Task<IResult> Issue(long number, int id, [FromForm] string? note, HttpContext context, CasePages pages, CaseStore cases, TimeProvider clock) =>
        Do(context, pages, number, "The code goes to the customer.", () => cases.Change(number, @case => @case.IssueVoucher(id, RemedyDesk.NewCode(), null, context.User.Actor(), clock.GetUtcNow())));

    /// <summary>Sends an apology, an explanation or the reasons, by whoever writes it; with that it is done.</summary>
    private static async Task<IResult> Write(long number, int id, [FromForm] string? text, HttpContext context, RemedyPages pages, Outbox outbox)
    {
        var me = context.User.Actor();
        return await pages.Take(context, number, "Sent.", $"/cases/{number}/delivery", async (@case, unit, company, now) =>
        {
            var words = (text ?? "").Trim();
            if (words.Length is 0 or > 10_000 || words.Contains('…'))
                throw new Refused("text", words.Length == 0 ? "Write the letter first." : words.Length > 10_000 ? "That is longer than 10000 characters." : "Finish the letter: a sentence still ends with three dots.");
            if (@case.State.Remedies.FirstOrDefault(each => each.Id == id) is not { Kind: RemedyKind.Apology or RemedyKind.Explanation or RemedyKind.None } remedy)
                throw new Refused("remedy", "This line is no letter.");
            if (!remedy.IsOpen)
                return; // pressed twice
            var letter = Letters.PlainReply.For(company, number, @case.State, words, remedy.Data?.Signatory is { } signed && words.Contains(signed, StringComparison.OrdinalIgnoreCase) ? signed : me.Name);
            var message = await outbox.Queue(unit, company, number, letter, me, now);
            @case.Speak(message, Channel.Mail, me, now);
            @case.AdvanceRemedy(id, remedy.Type.DoneAt, null, remedy.Data?.Signatory is { } who ? $"signed by {who}" : null, me, now);
        }, no => pages.Letter(context, number, id, no));
    }

    /// <summary>A change that is done is noted with what the company changed, so that outcomes show whether it helped; once.</summary>
    internal static async Task KeepChange(Unit unit, Case @case, long number, Domain.People.Actor me, DateTimeOffset now)
    {
        foreach (var id in @case.News.Select(news => news switch { RemedyMoved { Step: RemedyStep.Done } e => e.Id, RemedyDone e => e.Id, _ => 0 }).Distinct())
        {
            if (@case.State.Remedies.FirstOrDefault(each => each.Id == id) is { Kind: RemedyKind.Change } change && !(change.Moves.Any(move => move.Step == RemedyStep.Done) && @case.News.Any(news => news is RemedyMoved { Step: RemedyStep.Told })))
                await unit.Run("insert into improvements (since, what, noted_by, noted_at) values (@at, @what, @Id, @at)", new { at = now.ToUnixTimeMilliseconds(), what = $"{change.Data?.Improvement ?? change.What} (case {number})", me.Id });
        }
    }

    private static async Task<IResult> Do(HttpContext context, CasePages pages, long number, string said, Func<Task<CaseState?>> change)
    {
        try
        {
            if (await change() is null)
                return TypedResults.NotFound();
            Frame.Say(context, said);
            return TypedResults.Redirect303($"/cases/{number}/delivery");
        }
        catch (Refused no)
        {
            return await pages.Load(context, number, FieldErrors.Of(no, ("note", "note"), ("why", "note"), ("words", "note"))) is { } page
                ? Html.Show<DeliveryPage, DeliveryPage.View>(new(page, new()), StatusCodes.Status422UnprocessableEntity)
                : TypedResults.NotFound();
        }
    }
}
