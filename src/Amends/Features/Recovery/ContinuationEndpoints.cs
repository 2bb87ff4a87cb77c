using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Features.Shared;
using Amends.Letters;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery;

/// <summary>A customer wrote on in a case that was closed long ago: whether the old matter goes on, or it is a new one.</summary>
public static class ContinuationEndpoints
{
    /// <summary>Maps the page and what it posts.</summary>
    public static void MapContinuations(this IEndpointRouteBuilder app)
    {
        var group = app.MapGroup("/cases/{number:long}/continuation");
        group.MapGet("", (long number, HttpContext context, CasePages pages, Database database, CaseStore cases) => Show(number, context, pages, database, cases, null, null)).RequireAuthorization(Policies.Agent);
        group.MapForm("", Say).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> Say(long number, [FromForm] ContinuationPage.Fields? sent, HttpContext context, CasePages pages, CaseStore cases, Database database, StoredSettings settings, Dispatch dispatch, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        try
        {
            var (me, now, company) = (context.User.Actor(), clock.GetUtcNow(), await settings.Company(context.RequestAborted));
            var goesOn = fields.Answer switch { "goes_on" => true, "new" => false, _ => throw new Refused("answer", "Say whether the old matter goes on, or it is a new one.") };
            var led = number;
            var said = await cases.Change(number, async (@case, unit) =>
            {
                var work = new Work(@case, unit, number, company, me, now);
                if (goesOn)
                    led = await Continuation.GoOn(work, cases, () => dispatch.Tell(work, fields.Tell.ByLetter, fields.Tell.Letter, fields.Tell.Words));
                else
                    @case.FindNew(me, now);
            });
            return said is null ? TypedResults.NotFound() : Answers.Back(context, led, goesOn ? "The old case goes on, with what they wrote." : "It is a new matter, and follows the old one.");
        }
        catch (Refused no)
        {
            return await Show(number, context, pages, database, cases, fields, FieldErrors.Of(no, [("answer", "Answer"), .. ToldFields.Places]));
        }
    }

    private static async Task<IResult> Show(long number, HttpContext context, CasePages pages, Database database, CaseStore cases, ContinuationPage.Fields? fields, IReadOnlyDictionary<string, string>? errors)
    {
        if (await pages.Load(context, number, errors) is not { } page)
            return TypedResults.NotFound();
        var old = page.State.Follows is { } earlier ? await cases.Find(earlier, context.RequestAborted) : null;
        fields ??= new() { Tell = new() { How = (await Reach.Of(database, page.State.CustomerId, context.RequestAborted)).HasMail ? "letter" : "other", Letter = page.State.Follows is { } first ? EndingDraft.GoesOn(page.State, first) : null } };
        return Html.Show<ContinuationPage, ContinuationPage.View>(new(page, fields, old), errors is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity);
    }
}
