using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.People;

namespace Amends.Features.Api.Writes;

/// <summary>One change of a case by a program, done once: what was sent is read and bounded first, then the case's own verbs say yes or no.</summary>
public sealed class CaseWrite(CaseStore cases, StoredSettings settings, DoOnce once, TimeProvider clock)
{
    /// <summary>Reads what was sent, and does it.</summary>
    /// <param name="number">The case.</param>
    /// <param name="context">The request.</param>
    /// <param name="read">Checks the fields; returns the change.</param>
    /// <param name="answer">What is answered; where the case stands, when left out.</param>
    /// <param name="longest">The most bytes that may be sent; a megabyte, when left out.</param>
    public async Task<IResult> Send<T>(long number, HttpContext context, Func<Asked<T>, Func<Work, Task>> read, Func<CaseState, object>? answer = null, int? longest = null) where T : class
    {
        var (asked, body) = await Read<T>(context, longest);
        return await Run(number, context, body, asked.Company, read(asked), answer);
    }

    /// <summary>As <see cref="Send"/>, for verbs that touch nothing but the case.</summary>
    public Task<IResult> Do<T>(long number, HttpContext context, Func<Asked<T>, Action<Work>> read, Func<CaseState, object>? answer = null) where T : class => Send<T>(number, context, asked =>
    {
        var change = read(asked);
        return work =>
        {
            change(work);
            return Task.CompletedTask;
        };
    }, answer);

    /// <summary>What was sent, with what it is read by.</summary>
    public async Task<(Asked<T> Asked, byte[] Body)> Read<T>(HttpContext context, int? longest = null) where T : class
    {
        var (value, body) = longest is { } most ? await ApiJson.Read<T>(context.Request, most) : await ApiJson.Read<T>(context.Request);
        return (new(value, await settings.Company(context.RequestAborted), clock.GetUtcNow()), body);
    }

    /// <summary>Does it once, under the key of its sender.</summary>
    public Task<IResult> Run(long number, HttpContext context, byte[] body, Company company, Func<Work, Task> change, Func<CaseState, object>? answer = null) =>
        once.Run(context, body, async (unit, by, now) =>
            await cases.ChangeIn(unit, number, (@case, inside) => change(new(@case, inside, number, company, by, now))) is { } state
                ? new Written(StatusCodes.Status201Created, $"/api/v1/cases/{number}", answer?.Invoke(state) ?? CaseStep.Of(number, state))
                : null);
}

/// <summary>What a program asks for.</summary>
/// <param name="Value">As it was sent.</param>
/// <param name="Company">For its currency, hours and lists.</param>
/// <param name="Now">Now.</param>
public sealed record Asked<T>(T Value, Company Company, DateTimeOffset Now)
{
    /// <summary>A moment that calendars can count with.</summary>
    public DateTimeOffset? Moment(string field, DateTimeOffset? at) => Checked.Moment(field, at, Now);

    /// <summary>Until when the customer can answer, when nobody says: three days and then the next open hour, as the forms propose.</summary>
    public DateTimeOffset AnswerBy(string field, DateTimeOffset? at) => Moment(field, at) ?? Company.Calendar().NextOpen(Now.AddDays(3));

    /// <summary>When we ask whether it is put right, when nobody says: in a week.</summary>
    public DateTimeOffset CheckBack(string field, DateTimeOffset? at) => Moment(field, at) ?? Company.Calendar().NextOpen(Now.AddDays(7));
}

/// <summary>Where the case stands after a change.</summary>
/// <param name="Number">The case.</param>
/// <param name="State">Its stage.</param>
/// <param name="PromiseDueAt">By when the customer hears from us next; <c>null</c> once it is closed.</param>
/// <param name="CloseReason">Why it ended; <c>null</c> while it is open.</param>
public sealed record CaseStep(long Number, CaseStage State, DateTimeOffset? PromiseDueAt, CloseReason? CloseReason)
{
    /// <summary>The step of a case.</summary>
    internal static CaseStep Of(long number, CaseState state) => new(number, state.Stage, state.IsOpen ? state.NextContact?.DueAt : null, state.CloseReason);
}

/// <summary>The customer's own words for an answer, as one of us heard or read them.</summary>
internal static class Quoted
{
    private const int LongestWords = 2000;

    /// <summary>How they answered, and what they said.</summary>
    /// <exception cref="BadField">Either is missing or cannot be: nobody but the customer answers on their page.</exception>
    public static (Channel Via, string Words) Of(Channel? via, string? words) => (
        via is Channel.Mail or Channel.Phone or Channel.InPerson or Channel.Letter or Channel.Sms or Channel.Social ? via.Value : throw new BadField("via", "Say how they answered: mail, phone, in_person, letter, sms or social."),
        Checked.Needed("words", words, LongestWords));

    /// <summary>Who writes the answer down; through whom it came, when somebody acts for the customer.</summary>
    public static Actor Speaker(Work work, bool byRepresentative) => byRepresentative ? work.By with { Through = work.Case.State.Representative?.Name ?? "Somebody" } : work.By;
}
