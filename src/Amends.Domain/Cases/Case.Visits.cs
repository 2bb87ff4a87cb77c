using Amends.Domain.Calendars;
using Amends.Domain.People;
using Amends.Domain.Remedies;
using Amends.Domain.Visits;

namespace Amends.Domain.Cases;

/// <summary>Somebody comes and fixes it: windows are held for the customer, who picks one; nobody gets a window that is another's.</summary>
public sealed partial class Case
{
    /// <summary>Holds windows for the customer to choose from, in place of those that they had.</summary>
    /// <param name="id">The remedy: a visit, or something that is done again.</param>
    /// <param name="times">Two at least.</param>
    /// <param name="address">Where; the customer can change it.</param>
    /// <param name="rules">How visits are agreed.</param>
    /// <param name="by">One of us.</param>
    /// <param name="calendar">The open hours.</param>
    /// <param name="at">Now.</param>
    /// <exception cref="Refused"><c>times</c> with fewer than two, or one that cannot be had.</exception>
    public void OfferVisit(int id, IReadOnlyList<VisitTime> times, string? address, VisitRules rules, Actor by, Calendar calendar, DateTimeOffset at)
    {
        MustBeOneOfUs(by);
        var remedy = Visiting(id);
        if (remedy.Visit is { DoneAt: not null })
            throw new Refused("visited", "Somebody was there already. If it did not work, say so on this line.");
        var offered = times.Distinct().OrderBy(time => time.From).ToList();
        if (offered.Count < VisitRules.Fewest)
            throw new Refused("times", "Offer two times at least, so that they can choose.");
        var all = VisitTimes.All(calendar, rules, at).ToHashSet();
        if (offered.Any(time => !all.Contains(time)))
            throw new Refused("times", "One of these times has passed or lies outside your open hours. Choose among those that are shown.");
        _claims.Add(new HoldVisitTimes(id, offered, rules.AtOnce));
        Tell(new VisitOffered(at, by, id, offered, Given(address, 400, "address") ?? remedy.Visit?.Address ?? remedy.Data?.Address, (remedy.Visit?.Sequence ?? -1) + 1));
    }

    /// <summary>The customer picks a window; or says it to one of us, who quotes them. The others are free again.</summary>
    /// <exception cref="Refused"><c>time</c> when it is none of those that are held for them; <c>address</c> without one.</exception>
    public void BookVisit(int id, VisitTime time, string? address, Channel via, string? words, VisitRules rules, Actor by, Calendar calendar, DateTimeOffset at)
    {
        MustBeCustomersWord(by, words, via, at);
        var remedy = Visiting(id);
        if (remedy.Visit is not { DoneAt: null } visit)
            throw new Refused("time", "There is no time to choose at the moment. We offer you some soon.");
        var where = Needed(Given(address, 400, "address") ?? visit.Address, "address", "Tell us where we should come to.", 400);
        if (visit.Booked == time && visit.Address == where)
            return;
        if (visit.Booked != time && (visit.Booked is not null || !visit.Times.Contains(time)))
            throw new Refused("time", "Choose one of the times that are held for you.");
        if (time.From <= at)
            throw new Refused("time", "This time has passed. Choose a later one.");

        _claims.Add(new HoldVisitTimes(id, [time], rules.AtOnce));
        Tell(new VisitBooked(at, by, id, time.From, time.To, where, visit.Sequence + 1, Given(words, 1000, "words")));
        Kept(by, at);
        var then = calendar.After(calendar.NextOpen(time.To), FirstContactWithin);
        MakePromise("whether the visit has put it right, or what is still missing", then > calendar.LatestWord(at) ? calendar.LatestWord(at) : then, by, calendar, at);
    }

    /// <summary>Somebody was there: what they found, and what they used.</summary>
    public void EndVisit(int id, string? diagnosis, string? parts, string? technician, Actor by, DateTimeOffset at)
    {
        MustBeOneOfUs(by);
        var remedy = Visiting(id);
        if (remedy.Visit is not { Booked: { } time } visit)
            throw new Refused("not_booked", "No time is agreed yet.");
        if (visit.DoneAt is not null)
            return;
        if (at < time.From)
            throw new Refused("too_early", "The visit has not begun yet.");
        Tell(new VisitDone(at, by, id, Needed(diagnosis, "diagnosis", "Write what was found, and what was done about it.", 2000), Given(parts, 400, "parts"), Given(technician, 120, "technician")));
        if (remedy.Kind == RemedyKind.Redo)
            Tell(new RemedyDone(at, by, id, null));
    }

    /// <summary>The customer says that the visit was done: on their page, or as one of us quotes them.</summary>
    public void SignOffVisit(int id, Channel via, string? words, Actor by, DateTimeOffset at)
    {
        MustBeCustomersWord(by, words, via, at);
        MustBeIn(CaseStage.Working, CaseStage.Offered, CaseStage.Delivering);
        var remedy = RemedyOf(id);
        if (remedy.Step == RemedyStep.SignedOff)
            return;
        if (remedy is not { Kind: RemedyKind.Visit, IsOpen: true, Visit.DoneAt: not null })
            throw new Refused("not_visited", "This visit has not taken place yet.");
        Tell(new VisitSignedOff(at, by, id, via, Given(words, 1000, "words")));
        Tell(new RemedyDone(at, by, id, null));
    }

    /// <summary>It did not take place. The window is free, and the customer hears new times soon; when it was us, the lead is told as well.</summary>
    public void MissVisit(int id, VisitMiss whose, string? note, Actor by, Calendar calendar, DateTimeOffset at)
    {
        MustBeOneOfUs(by);
        var remedy = Visiting(id);
        if (!Enum.IsDefined(whose))
            throw new Refused("whose", "Say whether nobody of us came, or nobody opened.");
        if (remedy.Visit is not { Booked: { } time, DoneAt: null } visit)
            throw new Refused("not_booked", "No time is agreed yet.");
        if (at < time.From)
            throw new Refused("too_early", "The visit has not begun yet. If it cannot take place, offer other times.");
        _claims.Add(new HoldVisitTimes(id, [], 1));
        Tell(new VisitMissed(at, by, id, whose, Given(note, 1000, "note"), visit.Sequence + 1));
        if (whose == VisitMiss.Ours)
            TellLead($"Nobody came to the visit: {remedy.What}", Actor.Amends, at);
        Kept(by, at);
        MakePromise(whose == VisitMiss.Ours ? "why nobody came, and new times for the visit" : "new times for the visit", calendar.After(calendar.NextOpen(at), FirstContactWithin), by, calendar, at);
    }

    private Remedy Visiting(int id)
    {
        MustBeIn(CaseStage.Working, CaseStage.Offered, CaseStage.Delivering);
        var remedy = RemedyOf(id);
        if (remedy.Kind is not (RemedyKind.Visit or RemedyKind.Redo))
            throw new Refused("remedy", $"Nobody needs to come for “{remedy.What}”.");
        return remedy.IsOpen ? remedy : throw new Refused("remedy", "This line is already settled.");
    }

    private void FreeVisit(Remedy remedy)
    {
        if (remedy.Visit is { DoneAt: null })
            _claims.Add(new HoldVisitTimes(remedy.Id, [], 1));
    }

    /// <summary>The case ends: no window is held any more.</summary>
    private void DropVisits()
    {
        foreach (var remedy in State.Remedies.Where(remedy => remedy.IsOpen))
            FreeVisit(remedy);
    }
}

/// <summary>Windows for a visit, in place of those that the remedy had; none sets them free.</summary>
/// <param name="RemedyId">The remedy.</param>
/// <param name="Times">Which.</param>
/// <param name="AtOnce">How many visits there may be at the same time, this one among them.</param>
public sealed record HoldVisitTimes(int RemedyId, IReadOnlyList<VisitTime> Times, int AtOnce) : Claim;
