using Amends.Domain.People;
using Amends.Domain.Promises;

namespace Amends.Domain.Cases;

/// <summary>That something was said. What was said is in the messages; the case keeps only that and when.</summary>
public sealed partial class Case
{
    /// <summary>
    /// The customer wrote or called. A closed case that was answered plainly opens again, and so does a complaint: a
    /// customer who writes on is not done. A person answers within the time for that channel, in open hours; whoever waits longest counts.
    /// </summary>
    /// <param name="messageId">The message.</param>
    /// <param name="channel">The way it came in.</param>
    /// <param name="by">The customer, or whoever wrote it down.</param>
    /// <param name="calendar">The company's.</param>
    /// <param name="at">Now.</param>
    /// <param name="times">How soon each channel is answered; the proposed times when not given.</param>
    /// <param name="tone">What the words were heard as; <c>null</c> when they are not the customer's own, or were not heard.</param>
    /// <param name="isAnswer">The words go with an answer to us, such as a choice, which has its own promise: nobody waits for a reply to them.</param>
    public void Hear(long messageId, Channel channel, Actor by, Calendars.Calendar calendar, DateTimeOffset at, ReplyTimes? times = null, bool isAnswer = false, Listening.Tone? tone = null)
    {
        if (!State.IsOpen)
            Reopen("The customer wrote again.", by, calendar, at);
        var wasVeryUpset = State.IsVeryUpset;
        Tell(new CustomerSpoke(at, by, channel, messageId, isAnswer ? null : calendar.After(calendar.NextOpen(at), (times ?? ReplyTimes.Proposed).For(channel)), tone));
        TellOfTone(wasVeryUpset, Actor.Amends, at);
    }

    /// <summary>We wrote or spoke to the customer. Whoever does so has begun to listen.</summary>
    /// <param name="messageId">The message.</param>
    /// <param name="channel">The way it went.</param>
    /// <param name="by">Whoever wrote or spoke.</param>
    /// <param name="at">Now.</param>
    /// <param name="said">What a letter of one of us said, as it was read when it went; <c>null</c> where it was not read.</param>
    public void Speak(long messageId, Channel channel, Actor by, DateTimeOffset at, IReadOnlyList<Frameworks.SaidPart>? said = null)
    {
        MustBeOpen();
        if (by.Kind == ActorKind.Person)
            BeginListening(by, at);
        Tell(new WeSpoke(at, by, channel, messageId) { Said = said is { Count: > 0 } && by.Kind == ActorKind.Person ? said : null });
    }

    /// <summary>A note for the team; possible on closed cases, too.</summary>
    public void Note(long messageId, Actor by, DateTimeOffset at)
    {
        if (by.Kind != ActorKind.Integration)
            MustBeOneOfUs(by);
        Tell(new NoteWritten(at, by, messageId));
    }
}
