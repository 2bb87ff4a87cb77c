using Amends.Domain.Calendars;
using Amends.Domain.CheckBacks;
using Amends.Domain.People;

namespace Amends.Domain.Cases;

/// <summary>The other ways to end, and to go on (T15, T16, T19).</summary>
public sealed partial class Case
{
    /// <summary>A question, thanks or another plain matter was answered (T19). A complaint never ends so; some are looked at again.</summary>
    /// <param name="chance">From 0 to below 1, evenly: decides whether a lead takes a second look.</param>
    /// <param name="by">Who closes it.</param>
    /// <param name="at">Now.</param>
    public void CloseAsAnswered(double chance, Actor by, DateTimeOffset at)
    {
        MustBeOpen();
        MustBeOneOfUs(by);
        if (State.Kind == CaseKind.Complaint)
            throw new Refused("complaint", "A complaint is closed by the customer's own answer, not by a reply.");
        if (State.LastContactAt is null && State.Kind != CaseKind.Praise)
            throw new Refused("answer_first", "Answer it first.");
        End(CloseReason.Answered, null, by, at);
        if (SecondLook.IsDrawn(chance))
            DrawSecondLook(at);
    }

    /// <summary>
    /// The customer took it back, it goes on in another case, or it is not ours (T15). The reason is kept, the customer is told, and some are
    /// looked at again. What we still owe ends only when the customer took it back.
    /// </summary>
    /// <param name="reason">One of the three.</param>
    /// <param name="why">In words.</param>
    /// <param name="told">The letter that tells the customer, or how they were told otherwise.</param>
    /// <param name="by">Who closes it.</param>
    /// <param name="at">Now.</param>
    /// <param name="chance">From 0 to below 1, evenly: decides whether a lead takes a second look; none without it.</param>
    /// <param name="into">The case in which a duplicate goes on.</param>
    /// <param name="cause">Code of the cause; what was found before, or unknown, without it. A duplicate has none: the other case is counted.</param>
    /// <exception cref="Refused"><c>reason</c>; <c>told</c>; <c>remedies_open</c>; <c>goes_on_in</c> when a duplicate names no case of the same customer that goes on.</exception>
    public void Withdraw(CloseReason reason, string why, Told told, Actor by, DateTimeOffset at, double chance = 1, OtherCase? into = null, string? cause = null)
    {
        MustBeOpen();
        MustBeOneOfUs(by);
        if (reason is not (CloseReason.Withdrawn or CloseReason.Duplicate or CloseReason.OutOfScope))
            throw new Refused("reason", "A case ends here as withdrawn, duplicate or out of scope.");
        var because = Needed(why, "reason", "Say why it ends.", 2000);
        if (reason != CloseReason.Withdrawn)
            MustOweNothing();
        else
            MustBeSafe(); // they may take it back; others have it all the same
        if (reason == CloseReason.Duplicate)
            MustGoOnIn(into);
        End(reason, because, by, at, told, closed => reason == CloseReason.Duplicate ? closed with { GoesOnIn = into!.Number } : State.Kind == CaseKind.Complaint ? closed with { Cause = CauseOf(cause) } : closed);
        if (SecondLook.IsDrawn(chance))
            DrawSecondLook(at);
    }

    /// <summary>Another case is about the same matter, and goes on here.</summary>
    /// <param name="number">The other one.</param>
    /// <param name="by">Who says so.</param>
    /// <param name="at">Now.</param>
    public void Join(long number, Actor by, DateTimeOffset at)
    {
        MustBeOneOfUs(by);
        Tell(new CaseJoined(at, by, number));
    }

    private void MustGoOnIn(OtherCase? into)
    {
        if (into is null)
            throw new Refused("goes_on_in", "Name the case in which it goes on.");
        if (into.State.CustomerId != State.CustomerId)
            throw new Refused("goes_on_in", $"Case {into.Number} is {into.State.CustomerName}’s. If that is the same person, join the two customers first.");
        if (into.State.GoesOnIn is { } last)
            throw new Refused("goes_on_in", $"Case {into.Number} itself goes on in case {last}. Name that one.");
    }

    /// <summary>The same matter goes on (T16), with a fresh promise.</summary>
    public void Reopen(string reason, Actor by, Calendar calendar, DateTimeOffset at)
    {
        if (State.IsOpen)
            return;
        Tell(new CaseReopened(at, by, Needed(reason, "reason", "Say why the case goes on.")));
        MakePromise("how we go on with this", calendar.After(calendar.NextOpen(at), FirstContactWithin), by, calendar, at);
    }

    /// <summary>Ends it when the customer was told; what a way to end knows beyond that is added to what is told.</summary>
    private void End(CloseReason reason, string? note, Actor by, DateTimeOffset at, Told? told = null, Func<CaseClosed, CaseClosed>? more = null)
    {
        var otherwise = told is { Letter: null } ? Needed(told.Otherwise, "told", "Say how they were told, or why not.", 500) : null;
        if (told?.Letter is { } letter)
            Speak(letter, Channel.Mail, by, at);
        DropCall(by, at);
        DropVisits();
        Kept(by, at);
        if (State.SentOffer is { IsWithCustomer: true })
            _claims.Add(new FreeMoney());
        var closed = new CaseClosed(at, by, reason, note) { Letter = told?.Letter, Told = otherwise };
        Tell(more is null ? closed : more(closed));
    }

    private string CauseOf(string? cause) => string.IsNullOrWhiteSpace(cause) ? State.Cause ?? UnknownCause : Needed(cause, "cause", "", 60);
}

/// <summary>How a customer was told that their case ends: by a letter that goes out with it, or in another way.</summary>
/// <param name="Letter">The message that tells them.</param>
/// <param name="Otherwise">How they were told without one, or why not: by phone, they wrote it themselves, nobody can be reached.</param>
public sealed record Told(long? Letter, string? Otherwise)
{
    /// <summary>By this letter.</summary>
    public static Told By(long letter) => new(letter, null);

    /// <summary>Without one, in words.</summary>
    public static Told Without(string? words) => new(null, words);
}

/// <summary>A case beside the one at hand.</summary>
/// <param name="Number">Its number.</param>
/// <param name="State">As it stands.</param>
public sealed record OtherCase(long Number, CaseState State);
