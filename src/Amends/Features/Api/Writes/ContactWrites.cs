using Amends.Data;
using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Letters;

namespace Amends.Features.Api.Writes;

/// <summary>Word with the customer beside mail: what was answered elsewhere, calls that nobody took, when and how we ask, and a letter of thanks.</summary>
public sealed class ContactWrites(CaseWrite write, Dispatch dispatch, WordingDesk wording)
{
    private const int LongestWords = 20_000, LongestNote = 500;

    /// <summary>An answer that was given where Amends does not write itself, which keeps the promise, and what they hear next.</summary>
    public Task<IResult> Elsewhere(long number, HttpContext context) => write.Send<AnsweredElsewhere>(number, context, asked =>
    {
        var said = asked.Value;
        var via = said.Via is Channel.Letter or Channel.Sms or Channel.Social or Channel.ReviewSite or Channel.InPerson ? said.Via.Value : throw new BadField("via", "Say how you answered: letter, sms, social, review_site or in_person. Mail goes to messages, a call to promises.");
        var (words, next) = (Checked.Needed("words", said.Words, LongestWords), Checked.Needed("what", said.What, LongestNote));
        var due = asked.Moment("due_at", said.DueAt) ?? throw new BadField("due_at", "Say by when they hear from us next.");
        return async work =>
        {
            var (@case, by, now) = (work.Case, work.By, work.Now);
            @case.Speak(await Conversation.Add(work.Unit, number, new NewMessage(Direction.Out, via, by.Name, words, now) { AuthorId = by.Id }), via, by, now, await wording.Said(@case.State, words, work.Company, now));
            @case.KeepPromise(next, due, by, work.Calendar, now);
        };
    });

    /// <summary>We rang about the call that is owed, and did not speak.</summary>
    public Task<IResult> Attempt(long number, HttpContext context) => write.Send<TryCall>(number, context, asked =>
    {
        var outcome = Unreached(asked.Value.Outcome, "no_answer, wrong_number, or later with the time that they asked for");
        var (note, from) = (Checked.Text("note", asked.Value.Note, LongestNote), asked.Moment("from", asked.Value.From));
        if (outcome == CallOutcome.Later != from is not null)
            throw new BadField("from", "With later goes one of the times that are free, and with nothing else.");
        var rules = asked.Company.Calls.Rules();
        CallTime? later = from is { } begins ? new CallTime(begins, begins + rules.Length) : null;
        return async work => work.Case.TryCall(outcome, note, later, await CallDesk.FreeIn(work.Unit, work.Company, work.Now, number), rules, work.By, work.Calendar, work.Now);
    }, state => CallStep.Of(number, state));

    /// <summary>They rang, and nobody answered: we ring back.</summary>
    public Task<IResult> TheyRang(long number, HttpContext context) => write.Do<NoteRing>(number, context, asked =>
    {
        var (phone, at) = (Checked.Needed("phone", asked.Value.Phone, 60), asked.Moment("rang_at", asked.Value.RangAt));
        return work => work.Case.TheyRang(phone, at ?? work.Now, work.By, work.Calendar, work.Now);
    }, state => CallStep.Of(number, state));

    /// <summary>We rang with the question whether it is put right, and did not speak.</summary>
    public Task<IResult> AttemptCheckBack(long number, HttpContext context) => write.Do<TryCheckBack>(number, context, asked =>
    {
        var (outcome, note) = (Unreached(asked.Value.Outcome, "no_answer or wrong_number. Their answer goes to check-back/answer"), Checked.Text("note", asked.Value.Note, LongestNote));
        return work => work.Case.TryCheckBackCall(outcome, note, work.By, work.Now);
    }, state => new CheckBackStep(number, state.Stage, state.CheckBack?.DueAt, state.CheckBack?.Attempts ?? 0));

    /// <summary>When and how the customer wants to be asked whether it is put right.</summary>
    public Task<IResult> AgreeCheckBack(long number, HttpContext context) => write.Do<AgreeCheckBack>(number, context, asked =>
    {
        var due = asked.Moment("due_at", asked.Value.DueAt) ?? throw new BadField("due_at", "Say when we ask.");
        var manner = Checked.Chosen("manner", asked.Value.Manner, "Say how: mail or phone.");
        return work => work.Case.AgreeCheckBack(due, manner, work.By, work.Now);
    }, state => new CheckBackStep(number, state.Stage, state.CheckBack?.DueAt, state.CheckBack?.Attempts ?? 0));

    /// <summary>A letter of thanks after a good end, once a case.</summary>
    public Task<IResult> Thank(long number, HttpContext context) => write.Send<SendThanks>(number, context, asked =>
    {
        var text = Checked.Needed("text", asked.Value.Text, LongestWords);
        return work => dispatch.FollowOn(work, text, asked.Value.AsksForReview, asked.Value.WithCode);
    });

    private static CallOutcome Unreached(CallOutcome? outcome, string which) => Checked.Chosen("outcome", outcome, $"Say what came of it: {which}.");
}

/// <summary>What was answered on paper, by text message, on a network or a review site, or across the counter; and what they hear next.</summary>
public sealed record AnsweredElsewhere
{
    /// <summary>letter, sms, social, review_site or in_person.</summary>
    public Channel? Via { get; init; }

    /// <summary>Word for word.</summary>
    public string? Words { get; init; }

    /// <summary>What they hear next, and by when.</summary>
    public string? What { get; init; }
    public DateTimeOffset? DueAt { get; init; }
}

/// <summary>What came of a call: no_answer, wrong_number, or later with <c>from</c>, one of the free times.</summary>
public sealed record TryCall(CallOutcome? Outcome, string? Note = null, DateTimeOffset? From = null);

/// <summary>They rang: from which number, and when; now when left out.</summary>
public sealed record NoteRing(string? Phone, DateTimeOffset? RangAt = null);

/// <summary>What came of the call: no_answer or wrong_number.</summary>
public sealed record TryCheckBack(CallOutcome? Outcome, string? Note = null);

/// <summary>When and how they want to be asked: mail or phone.</summary>
public sealed record AgreeCheckBack(DateTimeOffset? DueAt, CheckBackManner? Manner);

/// <summary>A letter of thanks: its words, whether it asks to tell others, and whether it carries a code for a friend.</summary>
public sealed record SendThanks(string? Text, bool AsksForReview = false, bool WithCode = false);

/// <summary>The call that is owed, and how often it was tried.</summary>
public sealed record CallStep(long Number, CaseStage State, DateTimeOffset? From, DateTimeOffset? To, int Attempts, DateTimeOffset? PromiseDueAt)
{
    /// <summary>Of a case.</summary>
    internal static CallStep Of(long number, CaseState state) => new(number, state.Stage, state.CallBack?.From, state.CallBack?.To, state.CallBack?.Attempts ?? 0, state.IsOpen ? state.NextContact?.DueAt : null);
}

/// <summary>When the customer is asked whether it is put right, and how often they were.</summary>
public sealed record CheckBackStep(long Number, CaseStage State, DateTimeOffset? DueAt, int Attempts);
