using Amends.Domain.People;

namespace Amends.Domain.Cases;

/// <summary>That something was said. What was said is in the messages; the case keeps only that and when.</summary>
public sealed partial class Case
{
    /// <summary>
    /// The customer wrote or called. A closed case that was answered plainly opens again, and so does a complaint: a
    /// customer who writes on is not done.
    /// </summary>
    public void Hear(long messageId, Channel channel, Actor by, Calendars.Calendar calendar, DateTimeOffset at)
    {
        if (!State.IsOpen)
            Reopen("The customer wrote again.", by, calendar, at);
        Tell(new CustomerSpoke(at, by, channel, messageId));
    }

    /// <summary>We wrote or spoke to the customer. Whoever does so has begun to listen.</summary>
    public void Speak(long messageId, Channel channel, Actor by, DateTimeOffset at)
    {
        MustBeOpen();
        if (by.Kind == ActorKind.Person)
            BeginListening(by, at);
        Tell(new WeSpoke(at, by, channel, messageId));
    }

    /// <summary>A note for the team; possible on closed cases, too.</summary>
    public void Note(long messageId, Actor by, DateTimeOffset at)
    {
        if (by.Kind != ActorKind.Integration)
            MustBeOneOfUs(by);
        Tell(new NoteWritten(at, by, messageId));
    }
}
