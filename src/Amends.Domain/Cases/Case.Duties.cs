using Amends.Domain.Calendars;
using Amends.Domain.Deadlines;
using Amends.Domain.Handling;
using Amends.Domain.People;
using Amends.Domain.Issues;
using Amends.Domain.Listening;
using Amends.Domain.Offers;
using Amends.Domain.Remedies;

namespace Amends.Domain.Cases;

/// <summary>How duties begin, are met and are missed by what happens on the case.</summary>
public sealed partial class Case
{
    private int _followed;

    /// <summary>Lets the duties follow what has happened since the case was loaded. Doing it twice changes nothing.</summary>
    public void FollowDuties(DeadlineBook book)
    {
        for (; _followed < _news.Count; _followed++) // what is told meanwhile is followed, too
            Follow(_news[_followed], book);
    }

    private void Follow(CaseEvent news, DeadlineBook book)
    {
        switch (news)
        {
            case CaseOpened { Kind: CaseKind.Complaint } or KindChanged { To: CaseKind.Complaint }:
                Match([.. book.Presets.Where(preset => Fits(preset, book) && !State.Presets.Any(each => each.Key == preset.Key && each.Applies))], book, Actor.Amends, news.At);
                return;
            case KindChanged { From: CaseKind.Complaint }:
                foreach (var preset in State.Presets.Where(preset => preset.Applies).ToList())
                    Tell(new PresetTakenOff(news.At, news.By, preset.Key, preset.Title, "It turned out to be no complaint."));
                return;
        }

        if (State.Presets.Count == 0)
            return;
        foreach (var (fulfilment, evidence) in Fulfils(news))
            Meet(fulfilment, evidence, book, news.By, news.At);
        if (Starts(news) is { } started)
        {
            if (news is ClockStarted noted)
                DropCountedOtherwise(noted, book);
            Begin(started, WhenNoted(started) ?? news.At, book, news.At);
        }

        switch (news)
        {
            case DutyMet met:
                AfterMet(State.Duties.First(duty => duty.Id == met.Id), met);
                break;
            case CaseClosed { Reason: CloseReason.Withdrawn or CloseReason.Duplicate or CloseReason.OutOfScope }:
                foreach (var duty in State.Duties.Where(duty => duty.IsOpen).ToList())
                    Tell(new DutyDropped(news.At, news.By, duty.Id, duty.Title, "The case ended."));
                break;
        }
    }

    private bool Fits(Preset preset, DeadlineBook book) =>
        preset.Trigger.Automatic && book.On.Contains(preset.Key)
        && (preset.Trigger.Channels.Count == 0 || preset.Trigger.Channels.Contains(State.Channel))
        && (preset.EffectiveFrom is not { } from || LocalDay.Of(State.OpenedAt, book.Rules.Zone) >= from);

    private void Match(IReadOnlyList<Preset> presets, DeadlineBook book, Actor by, DateTimeOffset at)
    {
        if (presets.Count == 0)
            return;
        var id = State.Duties.Count;
        List<Duty> duties = [.. from preset in presets
                                from milestone in preset.Milestones
                                let started = WhenStarted(milestone.StartsOn)
                                where started is not null
                                select Counted(++id, preset, milestone, started.Value, book)];
        Tell(new DutiesBegun(at, by, [.. presets.Select(preset => new MatchedPreset(preset.Key, preset.Version, preset.Title, at))], duties));
        if (State.AcknowledgedAt is { } told && told < at) // put on later: what was done before counts
        {
            foreach (var duty in duties.Where(duty => duty.MetBy.Contains(Fulfilment.Acknowledgement)))
            {
                if (told > duty.DueAt)
                    Breach(duty, at);
                Tell(new DutyMet(at, by, duty.Id, duty.Title, told <= duty.DueAt, null, null, told));
            }
        }
    }

    private DateTimeOffset? WhenStarted(StartsOn on) => on switch
    {
        StartsOn.Received => State.OpenedAt,
        StartsOn.Acknowledged => State.AcknowledgedAt,
        StartsOn.Classified => State.Summaries.Count > 0 ? State.Summaries[0].WrittenAt : null,
        StartsOn.Escalation => WhenNoted(on) ?? State.Review?.BegunAt,
        _ => WhenNoted(on),
    };

    /// <summary>The day that somebody noted goes before the moment at which we saw it happen.</summary>
    private DateTimeOffset? WhenNoted(StartsOn on) => State.ClockStarts.FirstOrDefault(start => start.StartsOn == on)?.When;

    /// <summary>Another day was noted: what is still owed in time from the one before is counted from this one. A date that the customer was told stays.</summary>
    private void DropCountedOtherwise(ClockStarted noted, DeadlineBook book)
    {
        foreach (var duty in State.Duties.Where(duty => State.Owes(duty) && duty.BreachedAt is null && duty.Extensions.Count == 0 && duty.Round == 1 && duty.StartedAt != noted.When && book.Find(duty.Preset)?.Find(duty.Milestone)?.StartsOn == noted.StartsOn).ToList())
            Tell(new DutyDropped(noted.At, noted.By, duty.Id, duty.Title, "Another day was noted from which it is counted."));
    }

    private void Begin(StartsOn what, DateTimeOffset when, DeadlineBook book, DateTimeOffset at)
    {
        var id = State.Duties.Count;
        List<Duty> duties = [.. from matched in State.Presets
                                where matched.Applies
                                let preset = book.Find(matched.Key)
                                where preset is not null
                                from milestone in preset.Milestones
                                where milestone.StartsOn == what && !State.Duties.Any(duty => duty.Preset == preset.Key && duty.Milestone == milestone.Name && duty.DroppedAt is null)
                                select Counted(++id, preset, milestone, when, book)];
        if (duties.Count > 0)
            Tell(new DutiesBegun(at, Actor.Amends, [], duties));
    }

    private static Duty Counted(int id, Preset preset, Milestone milestone, DateTimeOffset started, DeadlineBook book)
    {
        var calendar = book.Calendar(preset.Calendar);
        var due = DueDates.Moment(started, milestone, calendar, book.Rules);
        return new Duty(id, preset.Key, preset.Version, milestone.Name, milestone.Title, started, calendar.Key, calendar.Version, due, RemindAt(started, due), milestone.MetBy)
        {
            Repeats = milestone.Repeats, IsTarget = milestone.IsTarget, UnlessMet = milestone.UnlessMet,
        };
    }

    /// <summary>Five days before the end of a long period, a day before the end of a shorter one, and when three quarters of a short one have passed.</summary>
    private static DateTimeOffset RemindAt(DateTimeOffset from, DateTimeOffset due) => (due - from) switch
    {
        { TotalDays: >= 20 } => due.AddDays(-5),
        { TotalDays: >= 3 } => due.AddDays(-1),
        var span => due - (span / 4),
    };

    private IEnumerable<(Fulfilment, long?)> Fulfils(CaseEvent news) => news switch
    {
        CaseAcknowledged e => State.OwnerId is null ? [(Fulfilment.Acknowledgement, e.MessageId)] : [(Fulfilment.Acknowledgement, e.MessageId), (Fulfilment.NamedAcknowledgement, e.MessageId)],
        WeSpoke { By.Kind: ActorKind.Person } e => [(Fulfilment.Word, e.MessageId)],
        LetterSent { Kind: LetterKind.Acknowledgement } e => [(Fulfilment.Acknowledgement, e.MessageId), (Fulfilment.NamedAcknowledgement, e.MessageId)],
        LetterSent e => [(FulfilmentOf(e.Kind), e.MessageId)],
        DecisionSent => [(Fulfilment.Decision, MessageWith(news))],
        OfferSent => [(Fulfilment.Offer, MessageWith(news))],
        DeliveryCompleted => [(Fulfilment.Delivered, null)],
        CaseClosed => [(Fulfilment.Closed, null)],
        _ => [],
    };

    /// <summary>What a kind of letter meets.</summary>
    public static Fulfilment FulfilmentOf(LetterKind kind) => kind switch
    {
        LetterKind.Acknowledgement => Fulfilment.Acknowledgement,
        LetterKind.Update => Fulfilment.UpdateLetter,
        LetterKind.Holding => Fulfilment.HoldingLetter,
        LetterKind.SummaryResolution => Fulfilment.SummaryLetter,
        _ => Fulfilment.FinalLetter,
    };

    /// <summary>The message that was stored in the same change: what was told is told by it.</summary>
    private long? MessageWith(CaseEvent news) => _news.SkipWhile(each => each != news).OfType<WeSpoke>().FirstOrDefault()?.MessageId;

    private static StartsOn? Starts(CaseEvent news) => news switch
    {
        CaseAcknowledged => StartsOn.Acknowledged,
        SummaryWritten => StartsOn.Classified,
        ClockStarted e => e.StartsOn,
        ReviewBegun => StartsOn.Escalation,
        OptionChosen => StartsOn.AgreedPlan,
        DecisionSent or LetterSent { Kind: LetterKind.Final or LetterKind.NotUpheld } => StartsOn.Concluded,
        _ => null,
    };

    private void Meet(Fulfilment how, long? evidence, DeadlineBook book, Actor by, DateTimeOffset at)
    {
        foreach (var duty in State.Duties.Where(duty => duty.IsOpen && duty.MetBy.Contains(how) && duty.StartedAt <= at).ToList())
        {
            var dueAt = duty.MeetBy(at);
            if (duty.BreachedAt is null && dueAt < at)
                Breach(duty, at);
            var inTime = at <= dueAt && duty.BreachedAt is null;
            Tell(new DutyMet(at, by, duty.Id, duty.Title, inTime, evidence, Next(duty, inTime, book, at)));
        }
    }

    private void AfterMet(Duty duty, DutyMet met)
    {
        if (!met.InTime)
            return;
        foreach (var other in State.Duties.Where(other => other.IsOpen && other.UnlessMet == $"{duty.Preset}:{duty.Milestone}").ToList())
            Tell(new DutyDropped(met.At, met.By, other.Id, other.Title, $"Not owed: “{duty.Title}” was met in time."));
    }

    /// <summary>What comes again: in its own place when it was met in time, so that a long case stays short; beside it when it was late, which stays.</summary>
    private Duty? Next(Duty duty, bool inTime, DeadlineBook book, DateTimeOffset at) =>
        duty.Repeats && State.IsOpen && book.Find(duty.Preset) is { } preset && preset.Find(duty.Milestone) is { } milestone
            ? Counted(inTime ? duty.Id : State.Duties.Count + 1, preset, milestone, at, book) with { Round = duty.Round + 1 }
            : null;

    private void Breach(Duty duty, DateTimeOffset at) =>
        Tell(new DutyBreached(at, Actor.Amends, duty.Id, duty.Title, duty.MeetBy(at), State.OwnerId, duty.IsTarget));

    private IEnumerable<Alarm> DutyAlarms()
    {
        foreach (var duty in State.Duties.Where(duty => duty.BreachedAt is null && State.Owes(duty)))
        {
            if (duty is { RemindedAt: null, IsTarget: false } && duty.RemindAt < duty.DueAt)
            {
                yield return new Alarm(duty.RemindAt, at =>
                {
                    if (at <= duty.DueAt)
                        Tell(new DutyDueSoon(at, Actor.Amends, duty.Id, duty.Title, duty.DueAt, State.OwnerId));
                    else
                        Breach(duty, at); // the clock stood still meanwhile: nobody is reminded of what is missed
                });
            }

            if (duty.PausedAt is null)
                yield return new Alarm(duty.MeetBy(duty.DueAt).AddMilliseconds(1), at => Breach(duty, at));
        }
    }
}
