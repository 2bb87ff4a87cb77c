using Amends.Domain.Calendars;
using Amends.Domain.People;
using Amends.Domain.Promises;

namespace Amends.Domain.Cases;

/// <summary>Keeping the customer posted, with news or without: nobody waits long without a word.</summary>
public sealed partial class Case
{
    /// <summary>
    /// We wrote how far we are, which keeps the promise, and say when the next word comes. A promise that was broken is
    /// explained first; the customer reads the reason, too.
    /// </summary>
    /// <param name="messageId">What we wrote.</param>
    /// <param name="update">What was said.</param>
    /// <param name="by">Who wrote.</param>
    /// <param name="calendar">The open hours.</param>
    /// <param name="at">Now.</param>
    /// <param name="said">What the letter said, as it was read.</param>
    /// <exception cref="Refused"><c>steps</c> when it tells no step; <c>missed</c> without a reason for a broken promise.</exception>
    public void Update(long messageId, Update update, Actor by, Calendar calendar, DateTimeOffset at, IReadOnlyList<Frameworks.SaidPart>? said = null)
    {
        MustBeOpen();
        MustBeOneOfUs(by);
        if (update.Did.Count == 0 && update.Next.Count == 0)
            throw new Refused("steps", "Tell at least one step: what was done, or what you do next.");
        if (State.NextContact is { } promise && promise.NeedsExplaining(at))
        {
            MissIfLate(promise, at);
            Tell(new NextContactExplained(at, by, promise.Id, Needed(update.WhyMissed, "missed", "Say why the promise was missed. The customer reads it, too.", 500)));
        }

        Speak(messageId, Channel.Mail, by, at, said);
        KeepPromise(update.Promise, update.DueAt, by, calendar, at);
    }

    /// <summary>Refuses a date that would leave the customer without a word for too long (<see cref="Calendar.LatestWord"/>). What the customer agreed to is their own choice.</summary>
    /// <param name="stage">Where the case is.</param>
    /// <param name="dueAt">The date.</param>
    /// <param name="calendar">For the longest silence.</param>
    /// <param name="at">Now.</param>
    /// <exception cref="Refused"><c>promise_too_far</c>.</exception>
    public static void MustHearSoon(CaseStage stage, DateTimeOffset dueAt, Calendar calendar, DateTimeOffset at)
    {
        if (stage != CaseStage.CheckBack && dueAt > calendar.LatestWord(at))
            throw new Refused("promise_too_far", $"Nobody waits longer than {Texts.Count(calendar.LongestSilence.Days, "day")} without a word. Choose an earlier day, and write then, news or no news.");
    }
}

/// <summary>How far we are, in words for the customer.</summary>
/// <param name="Did">What was done since the last word, a step each.</param>
/// <param name="Next">What is done next, a step each.</param>
/// <param name="HasNews">Whether there is something new to tell.</param>
/// <param name="WhyMissed">Why the promise was broken, if it was.</param>
/// <param name="Promise">What the customer hears next.</param>
/// <param name="DueAt">By when.</param>
public sealed record Update(IReadOnlyList<string> Did, IReadOnlyList<string> Next, bool HasNews, string? WhyMissed, string Promise, DateTimeOffset DueAt);
