using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Features.Recovery.Listening;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery;

/// <summary>A call about a case that is open: what they said, what we said, and when they hear from us next.</summary>
public static class CallEndpoints
{
    /// <summary>Maps the form and what it posts.</summary>
    public static void MapCalls(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/{number:long}/call", Form).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases/{number:long}/calls", Save).RequireAuthorization(Policies.Agent);
        app.MapPost("/cases/{number:long}/nudge/aside", SetAside).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> Form(long number, HttpContext context, CasePages pages, Database database) =>
        await pages.Load(context, number) is { } page
            ? Html.Show<CallForm, CallForm.View>(new(page, Fresh(page), await PhoneOf(database, page), new Dictionary<string, string>()))
            : TypedResults.NotFound();

    private static CallForm.Fields Fresh(CasePage page) => new()
    {
        Confirm = "yes", Next = page.State.CallBack?.Then?.What, NextAt = LocalTime.Of(page.State.CallBack?.Then is { } then && then.DueAt > page.Now ? then.DueAt : page.Company.Calendar().After(page.Company.Calendar().NextOpen(page.Now), TimeSpan.FromHours(8)), page.Company.Zone()) };

    private static async Task<IResult> SetAside(long number, [FromForm] string? aside, HttpContext context, CasePages pages, CaseStore cases, Database database, TimeProvider clock)
    {
        try
        {
            return await cases.Change(number, @case => @case.SetNudgeAside(aside, context.User.Actor(), clock.GetUtcNow())) is null
                ? TypedResults.NotFound()
                : Answers.Back(context, number, "Set aside, with your reason. The case says to ring again when there is a new one.");
        }
        catch (Refused no)
        {
            return await pages.Load(context, number, FieldErrors.Of(no, ("aside", "Aside"), ("too_long", "Aside"))) is { } page
                ? Html.Show<CallForm, CallForm.View>(new(page, Fresh(page), await PhoneOf(database, page), new Dictionary<string, string>(), aside), StatusCodes.Status422UnprocessableEntity)
                : TypedResults.NotFound();
        }
    }

    private static async Task<IResult> Save(
        long number, [FromForm] CallForm.Fields? sent, HttpContext context, CasePages pages, CaseStore cases, StoredSettings settings, Database database, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var me = context.User.Actor();
        var company = await settings.Company();
        var asked = await AskedFields.Of(context);
        try
        {
            if (string.IsNullOrWhiteSpace(fields.Words))
                throw new Refused("words", "Write down what was said, in their words.");
            var now = clock.GetUtcNow();
            var due = LocalTime.Parse(fields.NextAt, company.Zone(), "promise_in_the_past");
            var page = fields.Confirm is null ? null : await pages.Load(context, number);
            return await cases.Change(number, async (@case, unit) =>
            {
                var id = await Conversation.Add(unit, number, new NewMessage(Direction.Call, Channel.Phone, me.Name, fields.Words, now) { AuthorId = me.Id });
                if (fields.Who == "them")
                    @case.Hear(id, Channel.Phone, me, company.Calendar(), now, company.Replies.Times());
                @case.Speak(id, Channel.Phone, me, now);
                await new TalkTyped(fields.Who == "them", fields.Minutes, fields.Talk).Log(unit, @case, number, id, me, now);
                AskedFields.Tell(@case, asked, company, me, now);
                if (fields.Stands is null)
                    @case.ReachCall(me, now);
                @case.KeepPromise(fields.Next ?? "", due, me, company.Calendar(), now);
                if (page is not null)
                    await Draft(unit, number, me.Id, CallScript.Letter(page, fields.Words, fields.Next ?? "", due), fields, now);
            }) is null ? TypedResults.NotFound() : Answers.Back(context, number, fields.Confirm is null ? "The call is written down, and the next contact is promised." : "The call is written down. The letter about it is drafted below.");
        }
        catch (Refused no)
        {
            return await pages.Load(context, number, FieldErrors.Of(no, ("words", "Words"), ("minutes", "Minutes"), ("promise", "Next"), ("promise_in_the_past", "NextAt"), ("promise_too_far", "NextAt"))) is { } page
                ? Html.Show<CallForm, CallForm.View>(new(page, fields, await PhoneOf(database, page), asked), StatusCodes.Status422UnprocessableEntity)
                : TypedResults.NotFound();
        }
    }

    private static async Task<string?> PhoneOf(Database database, CasePage page) => page.State.CallBack?.Phone
        ?? await Customers.PhoneOf(database, page.State.CustomerId);

    /// <summary>Puts the letter where its writer writes; what they have begun there stays.</summary>
    private static Task Draft(Unit unit, long number, long person, string text, CallForm.Fields fields, DateTimeOffset at) => unit.Run(
        """
        insert into drafts (person_id, case_number, kind, text, next_what, next_due, device, saved_at) values (@person, @number, 1, @text, @what, @due, 0, @at) on conflict do nothing
        """, new { person, number, text, what = fields.Next ?? "", due = fields.NextAt ?? "", at = at.ToUnixTimeMilliseconds() });
}
