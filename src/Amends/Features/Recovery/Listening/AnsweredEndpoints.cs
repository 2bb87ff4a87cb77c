using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Features.Shared;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Recovery.Listening;

/// <summary>An answer that was given where Amends does not write itself: on paper, by text message, on a network or a review site, across the counter.</summary>
public static class AnsweredEndpoints
{
    internal static readonly Channel[] Ways = [Channel.Letter, Channel.Sms, Channel.Social, Channel.ReviewSite, Channel.InPerson];

    /// <summary>Maps the form and what it posts.</summary>
    public static void MapAnswered(this IEndpointRouteBuilder app)
    {
        app.MapGet("/cases/{number:long}/answered", Form).RequireAuthorization(Policies.Agent);
        app.MapForm("/cases/{number:long}/answered", Save).RequireAuthorization(Policies.Agent);
    }

    private static async Task<IResult> Form(long number, HttpContext context, CasePages pages) => await pages.Load(context, number) is { } page
        ? Html.Show<AnsweredForm, AnsweredForm.View>(new(page, new()
        {
            Channel = Ways.Contains(page.State.Channel) ? page.State.Channel.ToString() : nameof(Channel.Letter), Next = page.State.NextContact?.What,
            NextAt = LocalTime.Of(page.Company.Calendar().After(page.Company.Calendar().NextOpen(page.Now), TimeSpan.FromHours(16)), page.Company.Zone()),
        }))
        : TypedResults.NotFound();

    private static async Task<IResult> Save(long number, [FromForm] AnsweredForm.Fields? sent, HttpContext context, CasePages pages, CaseStore cases, StoredSettings settings, WordingDesk wording, TimeProvider clock)
    {
        var fields = sent ?? new(); // a form with nothing in it binds to nothing
        var (me, now, company) = (context.User.Actor(), clock.GetUtcNow(), await settings.Company());
        try
        {
            if (!Enum.TryParse<Channel>(fields.Channel, out var channel) || !Ways.Contains(channel))
                throw new Refused("channel", "Say how you answered.");
            if (string.IsNullOrWhiteSpace(fields.Words))
                throw new Refused("words", "Write down what you answered, word for word.");
            var due = LocalTime.Parse(fields.NextAt, company.Zone(), "promise_in_the_past");
            var uploads = await Upload.Read(context.Request.Form.Files);
            return await cases.Change(number, async (@case, unit) =>
            {
                var id = await Conversation.Add(unit, number, new NewMessage(Direction.Out, channel, me.Name, fields.Words, now) { AuthorId = me.Id, Attachments = await Upload.Store(unit, uploads) });
                @case.Speak(id, channel, me, now, await wording.Said(@case.State, fields.Words, company, now));
                @case.KeepPromise(fields.Next ?? "", due, me, company.Calendar(), now);
            }) is null ? TypedResults.NotFound() : Answers.Back(context, number, "Written down, and the next contact is promised.");
        }
        catch (Refused no)
        {
            return await pages.Load(context, number, FieldErrors.Of(no, ("channel", "Channel"), ("words", "Words"), ("files", "files"), ("promise", "Next"), ("promise_in_the_past", "NextAt"), ("promise_too_far", "NextAt"))) is { } page
                ? Html.Show<AnsweredForm, AnsweredForm.View>(new(page, fields), StatusCodes.Status422UnprocessableEntity)
                : TypedResults.NotFound();
        }
    }
}
