using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Promises;
using Amends.Letters;

namespace Amends.Features.Api.Writes;

/// <summary>What the customer was told to hear, and by when; and whose case it is.</summary>
public sealed class PromiseWrites(CaseWrite write, Dispatch dispatch)
{
    private const int LongestPromise = 500, LongestTalk = 20_000, MostSteps = 12, LongestStep = 500;

    /// <summary>We spoke with the customer, which keeps the promise, and say what they hear next; or the promise gets another date, with the reason.</summary>
    public Task<IResult> Promise(long number, HttpContext context) => write.Send<MakePromise>(number, context, asked =>
    {
        var said = asked.Value;
        var due = asked.Moment("due_at", said.DueAt) ?? throw new BadField("due_at", "Say by when they hear from us.");
        if (said.Reason is not null)
        {
            if (said.What is not null || said.Via is not null || said.Words is not null || said.IsLogged)
                throw new BadField("reason", "With a reason the promise only moves. Leave it out when you spoke with them and promise something new.");
            var reason = Checked.Needed("reason", said.Reason, LongestPromise);
            return work =>
            {
                work.Case.MovePromise(due, reason, work.By, work.Calendar, work.Now);
                return Task.CompletedTask;
            };
        }

        var what = Checked.Needed("what", said.What, LongestPromise);
        var via = said.Via is Channel.Phone or Channel.InPerson ? said.Via.Value : throw new BadField("via", "Say how you spoke: phone or in_person. What you write goes to updates or messages.");
        var words = Checked.Needed("words", said.Words, LongestTalk);
        if (said.IsLogged && via != Channel.Phone)
            throw new BadField("via", "Who rang, minutes and balance are of a call: phone.");
        return async work =>
        {
            var (@case, by, now) = (work.Case, work.By, work.Now);
            var message = await Conversation.Add(work.Unit, number, new NewMessage(Direction.Call, via, by.Name, words, now) { AuthorId = by.Id });
            if (said.TheyRang == true)
                @case.Hear(message, via, by, work.Calendar, now, work.Company.Replies.Times());
            @case.Speak(message, via, by, now);
            if (said.IsLogged)
            {
                @case.LogCall(message, said.TheyRang == true, said.Minutes, said.Balance, null, by, now);
                await NoteStore.LogCall(work.Unit, number, @case.State.Calls.First(call => call.MessageId == message), by);
            }

            if (via == Channel.Phone)
                @case.ReachCall(by, now); // a call that was agreed is made
            @case.KeepPromise(what, due, by, work.Calendar, now);
        };
    });

    /// <summary>Writes how far we are, by mail, which keeps the promise.</summary>
    public Task<IResult> Update(long number, HttpContext context) => write.Send<SendUpdate>(number, context, asked =>
    {
        var said = asked.Value;
        var update = new Update(Steps("did", said.Did), Steps("next", said.Next), !said.NoNews, Checked.Text("why_missed", said.WhyMissed, LongestPromise), Checked.Needed("promise", said.Promise, LongestPromise),
            asked.Moment("due_at", said.DueAt) ?? throw new BadField("due_at", "Say by when they hear from us next."));
        return work => dispatch.Update(work, update);
    });

    /// <summary>Writing will do although the case says to ring.</summary>
    public Task<IResult> SetNudgeAside(long number, HttpContext context) => write.Do<SetAside>(number, context, asked =>
    {
        var why = Checked.Needed("why", asked.Value.Why, LongestPromise);
        return work => work.Case.SetNudgeAside(why, work.By, work.Now);
    });

    /// <summary>Takes the case, gives it to somebody, or back to the team.</summary>
    public Task<IResult> Own(long number, HttpContext context) => write.Send<ChangeOwner>(number, context, asked =>
    {
        var (take, id, team) = (asked.Value.Take, asked.Value.OwnerId, asked.Value.Team);
        if ((take ? 1 : 0) + (id is null ? 0 : 1) + (team ? 1 : 0) != 1)
            throw new BadField("body", "Send one of take, team and owner_id.");
        return async work =>
        {
            var person = id is { } given ? await Colleagues.Find(work.Unit, given) ?? throw new BadField("owner_id", "Nobody who handles cases here has this id.") : null;
            work.Case.Assign(take ? work.By : person?.Actor, work.By, work.Now);
        };
    });

    private static IReadOnlyList<string> Steps(string field, IReadOnlyList<string?>? steps) => [.. Checked.List(field, steps, MostSteps).Select(step => Checked.Needed(field, step, LongestStep))];
}

/// <summary>The next word to the customer: after a talk (<c>what</c>, <c>via</c>, <c>words</c>), or another date for what is promised (<c>reason</c>).</summary>
public sealed record MakePromise
{
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>What they hear then.</summary>
    public string? What { get; init; }

    /// <summary>How you spoke: phone or in_person.</summary>
    public Channel? Via { get; init; }

    /// <summary>What was said.</summary>
    public string? Words { get; init; }

    /// <summary>Of a call: whether they rang, its minutes, and who spoke how much: mostly_them, even or mostly_us.</summary>
    public bool? TheyRang { get; init; }
    public int? Minutes { get; init; }
    public Domain.Listening.TalkBalance? Balance { get; init; }

    internal bool IsLogged => TheyRang is not null || Minutes is not null || Balance is not null;

    /// <summary>Why the promise moves.</summary>
    public string? Reason { get; init; }
}

/// <summary>How far we are.</summary>
public sealed record SendUpdate
{
    /// <summary>What was done since the last word, a step each.</summary>
    public IReadOnlyList<string?>? Did { get; init; }

    /// <summary>What is done next, a step each.</summary>
    public IReadOnlyList<string?>? Next { get; init; }
    public bool NoNews { get; init; }

    /// <summary>Why the promise was broken, if it was; the customer reads it.</summary>
    public string? WhyMissed { get; init; }

    /// <summary>What they hear next, and by when.</summary>
    public string? Promise { get; init; }
    public DateTimeOffset? DueAt { get; init; }
}

/// <summary>Whose it is: one of the three.</summary>
public sealed record ChangeOwner
{
    /// <summary>Whoever the token acts for.</summary>
    public bool Take { get; init; }

    /// <summary>Nobody in particular.</summary>
    public bool Team { get; init; }

    /// <summary>Somebody by their id.</summary>
    public long? OwnerId { get; init; }
}

/// <summary>Why writing will do.</summary>
public sealed record SetAside(string? Why);
