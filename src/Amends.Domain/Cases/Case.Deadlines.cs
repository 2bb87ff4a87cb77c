using Amends.Domain.Deadlines;
using Amends.Domain.People;

namespace Amends.Domain.Cases;

/// <summary>
/// What presets ask of us: put on the case with the complaint, met by what we do anyway, missed for ever once they are missed. The store calls
/// <see cref="FollowDuties"/> before it writes, so no way into the case can forget them.
/// </summary>
public sealed partial class Case
{
    /// <summary>Puts a preset on the case by hand, for those that do not fit every complaint.</summary>
    /// <exception cref="Refused"><c>preset</c> when there is none of this name that is on, or the case has it.</exception>
    public void PutUnder(string? key, DeadlineBook book, Actor by, DateTimeOffset at)
    {
        MustBeComplaint();
        MustBeOpen();
        MustBeOneOfUs(by);
        if (book.Find(key ?? "") is not { } preset || !book.On.Contains(preset.Key))
            throw new Refused("preset", "Choose a set of deadlines that is switched on.");
        if (State.Presets.Any(each => each.Key == preset.Key && each.Applies))
            throw new Refused("preset", "This case falls under it already.");
        Match([preset], book, by, at);
    }

    /// <summary>Takes a preset off the case, with the reason. What was missed under it stays in the history.</summary>
    /// <exception cref="Refused"><c>not_a_lead</c>; <c>preset</c>; <c>why</c>.</exception>
    public void TakeOff(string? key, string? why, Actor by, DateTimeOffset at)
    {
        if (by is not { Kind: ActorKind.Person, Role: >= Role.Lead })
            throw new Refused("not_a_lead", "A lead takes deadlines off a case.");
        var preset = State.Presets.FirstOrDefault(each => each.Key == key && each.Applies) ?? throw new Refused("preset", "This case does not fall under it.");
        Tell(new PresetTakenOff(at, by, preset.Key, preset.Title, Needed(why, "why", "Say why these deadlines do not apply.", 500)));
    }

    /// <summary>Notes a date from which duties are counted, such as the day on which a regulator sent the complaint on.</summary>
    /// <exception cref="Refused"><c>start</c> when it cannot be noted; <c>when</c> when it has not come yet.</exception>
    public void StartClock(StartsOn on, DateTimeOffset when, DeadlineBook book, Actor by, DateTimeOffset at)
    {
        MustBeComplaint();
        MustBeOneOfUs(by);
        if (on is not (StartsOn.ForwardedByRegulator or StartsOn.OrderPromiseDate or StartsOn.Escalation))
            throw new Refused("start", "Choose what starts the clock.");
        if (on != StartsOn.OrderPromiseDate && when > at)
            throw new Refused("when", "This has not happened yet. Give the day on which it did.");
        if (State.ClockStarts.Any(start => start.StartsOn == on && start.When == when))
            return;
        Tell(new ClockStarted(at, by, on, when));
        FollowDuties(book);
    }

    /// <summary>
    /// Gives a duty more time. The customer was told why, until when, and where they can go: that message is the evidence. It is possible once, before
    /// the date has passed, and not beyond what the rule allows.
    /// </summary>
    /// <param name="id">The duty.</param>
    /// <param name="until">The last day of it, in the company's zone.</param>
    /// <param name="reason">Why, as the customer is told.</param>
    /// <param name="agreed">The customer agreed; needed where the rule says so.</param>
    /// <param name="messageId">The notice to the customer.</param>
    /// <param name="book">The presets and calendars.</param>
    /// <param name="by">One of us.</param>
    /// <param name="at">Now.</param>
    /// <exception cref="Refused"><c>duty</c>, <c>no_extension</c>, <c>too_late</c>, <c>until</c>, <c>agreed</c> or <c>reason</c>.</exception>
    public void ExtendDuty(int id, DateOnly until, string? reason, bool agreed, long messageId, DeadlineBook book, Actor by, DateTimeOffset at)
    {
        MustBeComplaint();
        MustBeOneOfUs(by);
        var (duty, milestone, rule) = Extensible(id, book, at);
        if (rule.NeedsConsent && !agreed)
            throw new Refused("agreed", "This rule gives more time only where the customer agrees. Ask them first.");
        var because = Needed(reason, "reason", "Say why it takes longer. The customer reads it.", 2000);
        var (to, latest) = (DueDates.EndOf(until, book.Rules.Zone), LatestOf(duty, milestone, rule, book));
        if (to <= duty.DueAt)
            throw new Refused("until", $"It is due on {Day(duty.DueAt, book)} already. Choose a later day.");
        if (to > latest)
            throw new Refused("until", $"The rule allows no more than {Day(latest, book)}. Choose that day or an earlier one.");
        Tell(new DutyExtended(at, by, id, duty.DueAt, to, RemindAt(at, to), because, messageId));
    }

    /// <summary>The last moment to which a duty can be extended; <c>null</c> when it cannot, with the sentence that says why.</summary>
    public (DateTimeOffset? Latest, string? Why) CanExtend(int id, DeadlineBook book, DateTimeOffset at)
    {
        try
        {
            var (duty, milestone, rule) = Extensible(id, book, at);
            return (LatestOf(duty, milestone, rule, book), null);
        }
        catch (Refused no)
        {
            return (null, no.Message);
        }
    }

    /// <summary>Counts the open due dates anew, with the presets and calendars as they are now. What was extended keeps the date that the customer was told; what was missed stays missed.</summary>
    /// <exception cref="Refused"><c>why</c>; <c>same</c> when nothing would change.</exception>
    public void ReckonDuties(string? why, DeadlineBook book, Actor by, DateTimeOffset at)
    {
        MustBeOneOfUs(by);
        var because = Needed(why, "why", "Say why the dates are counted anew.", 500);
        var changes = new List<Reckoned>();
        foreach (var duty in State.Duties.Where(duty => State.Owes(duty) && duty.Extensions.Count == 0))
        {
            if (book.Find(duty.Preset) is not { } preset || preset.Find(duty.Milestone) is not { } milestone)
                continue;
            var calendar = book.Calendar(preset.Calendar);
            var due = DueDates.Moment(duty.StartedAt, milestone, calendar, book.Rules);
            if ((due, preset.Version, calendar.Version) != (duty.DueAt, duty.PresetVersion, duty.CalendarVersion))
                changes.Add(new Reckoned(duty.Id, duty.DueAt, due, RemindAt(duty.StartedAt, due), preset.Version, calendar.Version));
        }

        if (changes.Count == 0)
            throw new Refused("same", "The dates are counted with the newest rules and holidays already.");
        Tell(new DutiesReckoned(at, by, because, changes));
    }

    /// <summary>A letter went out that is kept as it was sent. A final one goes out when every issue has its answer, a summary resolution when the customer said yes.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="messageId">The message.</param>
    /// <param name="sha256">Its digest in lower-case hex.</param>
    /// <param name="by">Who sent it.</param>
    /// <param name="at">Now.</param>
    /// <param name="outsideRoute">The words with which it says where the customer can go next, for a final one that does.</param>
    /// <exception cref="Refused"><c>issues_open</c>, <c>not_upheld</c> or <c>acceptance</c>.</exception>
    public void KeepLetter(LetterKind kind, long messageId, string sha256, Actor by, DateTimeOffset at, string? outsideRoute = null)
    {
        MustBeComplaint();
        if (kind is LetterKind.Final or LetterKind.NotUpheld && (!State.Raised.Any() || State.OpenIssues.Any()))
            throw new Refused("issues_open", State.Raised.Any() ? $"These still need an answer: {Listed([.. State.OpenIssues])}. Decide on them first." : "Hear them out first: nothing is written down that they raised.");
        if (kind == LetterKind.NotUpheld && !State.Raised.Any(issue => issue.Decision is { Finding: Issues.Finding.NotUpheld }))
            throw new Refused("not_upheld", "Nothing was decided that way. Send the final response instead.");
        if (kind == LetterKind.SummaryResolution && !State.Offers.Any(offer => offer.ChosenId is not null))
            throw new Refused("acceptance", "They have not said yes to anything yet. A summary resolution goes out when they have.");
        var route = kind is LetterKind.Final or LetterKind.NotUpheld && outsideRoute != State.OutsideRoute ? Given(outsideRoute, 8000) : null;
        Tell(new LetterSent(at, by, kind, messageId, sha256, route));
    }

    private (Duty Duty, Milestone Milestone, ExtensionRule Rule) Extensible(int id, DeadlineBook book, DateTimeOffset at)
    {
        var duty = State.Duties.FirstOrDefault(each => each.Id == id && State.Owes(each)) ?? throw new Refused("duty", "This is not owed any more.");
        if (book.Find(duty.Preset) is not { } preset || preset.Find(duty.Milestone) is not { } milestone || preset.Extensions.FirstOrDefault(each => each.Milestone == duty.Milestone) is not { } rule)
            throw new Refused("no_extension", "The rule gives no more time for this.");
        if (duty.Extensions.Count > 0)
            throw new Refused("no_extension", "It was extended already, and the rule allows that once.");
        if (duty.BreachedAt is not null || duty.DueAt < at)
            throw new Refused("too_late", "The date has passed, so it was missed. Write to the customer now, say why, and when it comes.");
        return (duty, milestone, rule);
    }

    private static DateTimeOffset LatestOf(Duty duty, Milestone milestone, ExtensionRule rule, DeadlineBook book)
    {
        var calendar = book.Calendar(duty.Calendar, duty.CalendarVersion) ?? book.Calendar(duty.Calendar);
        return rule.FromStart
            ? DueDates.Moment(duty.StartedAt, rule.Term, milestone, calendar, book.Rules)
            : DueDates.EndOf(DueDates.Day(DueDates.DayOf(duty.DueAt, book.Rules.Zone), rule.Term, calendar), book.Rules.Zone);
    }

    private static string Day(DateTimeOffset due, DeadlineBook book) => DueDates.DayOf(due, book.Rules.Zone).ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture);
}
