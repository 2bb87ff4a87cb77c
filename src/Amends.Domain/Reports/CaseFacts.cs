using Amends.Domain.Calendars;
using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Deadlines;
using Amends.Domain.Effort;
using Amends.Domain.Listening;
using Amends.Domain.Offers;
using Amends.Domain.Outcomes;
using Amends.Domain.People;
using Amends.Domain.Promises;
using Amends.Domain.Regulatory;
using Amends.Domain.Remedies;
using Amends.Domain.Statistics;

namespace Amends.Domain.Reports;

/// <summary>By what reports count: both decide on which day and in which bucket something falls.</summary>
/// <param name="Calendar">The company's open hours, and the zone of its days.</param>
/// <param name="Currency">The company's currency: what is worth something in another one is not added up.</param>
public sealed record ReportRules(Calendar Calendar, string Currency)
{
    /// <summary>Business days of returns to regulators; weekends alone are none where nobody says more.</summary>
    public HolidayCalendar BusinessDays { get; init; } = new("weekdays", 1, "Weekdays", [DayOfWeek.Saturday, DayOfWeek.Sunday], []);

    /// <summary>The local hour at which a business day closes.</summary>
    public TimeOnly CutOff { get; init; } = new(17, 0);
}

/// <summary>
/// What reports know of one case, from its log alone: the same log and rules always give the same facts, so that a case can be counted
/// again whenever something was added to it.
/// </summary>
/// <param name="CustomerId">Whose it is.</param>
/// <param name="IsComplaint">Other kinds are not counted.</param>
/// <param name="Category">Code of the category that counts; empty while there is none.</param>
/// <param name="OpenedAt">When it came.</param>
/// <param name="ClosedAt">When it was closed; <c>null</c> while it is open.</param>
/// <param name="AtOnce">It ended with a summary and a remedy, and the customer turned to us once.</param>
/// <param name="Marks">What is counted of it, apart from what follows from other cases.</param>
public sealed record CaseFacts(long CustomerId, bool IsComplaint, string Category, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, bool AtOnce, IReadOnlyDictionary<Mark, long> Marks)
{
    /// <summary>When everything that was chosen was done, the last time; <c>null</c> while it is not.</summary>
    public DateTimeOffset? PutRightAt { get; init; }

    /// <summary>A promised contact came late or not at all.</summary>
    public bool BrokePromise { get; init; }

    /// <summary>It is closed, and the customer says that it is put right.</summary>
    public bool EndedWithYes { get; init; }

    /// <summary>The id of whoever has it, of a complaint; 0 for nobody.</summary>
    public long OwnerId => Marks.Keys.FirstOrDefault(mark => mark.Measure == Measure.CameTo).Part;

    /// <summary>Its offers with money, and how each was decided.</summary>
    public IReadOnlyList<OfferDecided> Offers { get; init; } = [];

    /// <summary>Why it was closed; <c>null</c> while it is open, and where only what is stored is known.</summary>
    public CloseReason? Reason { get; init; }

    /// <summary>What returns to regulators count of it; <c>null</c> for what they do not count, and where it was not read from the log.</summary>
    public ReportableComplaint? Reportable { get; init; }

    /// <summary>Reads a log.</summary>
    /// <param name="log">All of it, oldest first; at least the event with which the case began.</param>
    /// <param name="rules">By what is counted.</param>
    public static CaseFacts Of(IReadOnlyList<CaseEvent> log, ReportRules rules)
    {
        var (marks, state) = (new Dictionary<Mark, long>(), new CaseState());
        var (reached, promises) = (new Dictionary<Milestone, DateTimeOffset>(), new Dictionary<int, PromiseEnd?>());
        (Ending Ending, DateTimeOffset At)? ending = null;
        (CheckBackAnswered? Said, Reply Reply, DateTimeOffset At)? asked = null;
        var (step, since) = (0, log[0].At);
        DateTimeOffset? nudged = null;
        var (phoned, setAside) = (false, false);
        foreach (var news in log)
        {
            state = state.After(news);
            var now = state.IsOpen ? state.Step : 0;
            if (now != step)
            {
                if (step > 0)
                    Duration(Measure.InStep, step, since, news.At);
                (step, since) = (now, news.At);
            }

            switch (news)
            {
                case PhoneNudged: nudged ??= news.At; break;
                case PhoneNudgeSetAside: setAside = true; break;
                case WeSpoke { Channel: Channel.Phone } when nudged is not null: phoned = true; break;
                case CaseAcknowledged: Reach(Milestone.Acknowledged, news.At); break;
                case WeSpoke { By.Kind: ActorKind.Person }: Reach(Milestone.Answered, news.At); break;
                case SummaryWritten: Count(Measure.Summed, news.At, 1); break;
                case SummaryCorrected: Count(Measure.Summed, news.At, 2); break;
                case SummarySent or SummaryConfirmed: Reach(Milestone.Summed, news.At); break;
                case OfferSent or OptionChosen or DecisionAdded: Reach(Milestone.Offered, news.At); break;
                case DeliveryCompleted: reached[Milestone.PutRight] = news.At; break;
                case NextContactMissed e: promises[e.Id] = PromiseEnd.Missed; break;
                case NextContactMoved e: promises.TryAdd(e.Id, PromiseEnd.Moved); break;
                case NextContactKept e: promises.TryAdd(e.Id, !e.InTime ? PromiseEnd.Missed : e.By.Kind == ActorKind.Customer ? null : PromiseEnd.Kept); break; // when the customer acted first, nothing was due any more
                case CheckBackAnswered e: asked = (e, Reply.Answered, e.At); break;
                case CaseClosed { Reason: CloseReason.Unconfirmed, Unanswered: null } e when asked?.Said is null: asked = (null, e.By.Kind == ActorKind.Amends ? Reply.Silent : Reply.Waived, e.At); break;
            }

            if (Endings.Of(news) is { } how)
                ending = (how, news.At);
        }

        Count(Measure.Opened, state.OpenedAt, (int)state.Channel);
        Count(Measure.CameTo, state.OpenedAt, state.OwnerId ?? 0);
        if (state.ClosedAt is { } closed)
        {
            reached[Milestone.Closed] = closed;
            Count(Measure.Closed, closed, (int)state.CloseReason!.Value);
            Count(Measure.Contacts, closed, 0, Math.Clamp(CaseEffort.Of(log, closed).Contacts, 0, Reports.Marks.MostContacts));
            if (WalkedAll(state))
            {
                foreach (var (taken, at) in Taken(state, promises))
                    Count(Measure.Stepped, closed, state.OwnerId ?? 0, (int)taken * 2 + (at ? 1 : 0));
            }
        }

        foreach (var (milestone, at) in reached)
            Duration(Measure.Took, (int)milestone, state.OpenedAt, at);
        foreach (var promise in state.Promises)
        {
            if (promises.GetValueOrDefault(promise.Id) is not { } end)
                continue;
            Count(Measure.Promise, promise.DueAt, (int)SortOf(promise), (int)end);
            Count(Measure.PromisedBy, promise.DueAt, state.OwnerId ?? 0, (int)end);
        }

        if (ending is { } ended)
            Count(Measure.Ended, ended.At, (int)ended.Ending);
        if (asked is { } answer)
        {
            Count(Measure.Asked, answer.At, (int)answer.Reply);
            foreach (var (scale, value) in Scales(answer.Said))
                Count(Measure.Said, answer.At, (int)scale, value);
            if (answer.Said is { } said)
                CountEffort(said.Survey?.Ease, CaseEffort.Of(log, answer.At), answer.At);
        }

        foreach (var issue in state.Raised)
        {
            if (issue is { ToldAt: { } told, Decision: { } decision })
                Count(Measure.Decided, told, (int)decision.Finding);
        }

        foreach (var remedy in state.Remedies)
        {
            if (remedy.FailedAt is { } failed)
                Count(Measure.Remedy, failed, (int)remedy.Kind, 2);
            else if (remedy.DoneAt is { } done)
            {
                Count(Measure.Remedy, done, (int)remedy.Kind, 1);
                if (remedy.Value.Currency == rules.Currency)
                    Count(Measure.Worth, done, (int)remedy.Kind, 0, remedy.Value.Minor);
            }
        }

        var isComplaint = state.Kind == CaseKind.Complaint;
        var after = asked?.Said?.Answer switch { null => AfterAll.NotSaid, CheckBackAnswer.Yes => AfterAll.PutRight, _ => AfterAll.NotPutRight };
        if (nudged is { } rang)
            Count(Measure.Nudged, rang, (int)(phoned ? AfterNudge.Phoned : setAside ? AfterNudge.SetAside : AfterNudge.NotPhoned), (int)after);
        foreach (var part in Matters.PartsOf(SaidOf.Wanted, state.WantedOutcome))
            Count(Measure.Wanted, state.OpenedAt, part, (int)after);
        foreach (var part in Matters.PartsOf(SaidOf.Impact, state.Impact))
            Count(Measure.Impact, state.OpenedAt, part, (int)after);
        if (state.Kind == CaseKind.Praise)
            Praised(state.Story, state.OpenedAt);
        else if (asked is { Said: { Score: >= 4 } happy })
            Praised(happy.Words, happy.At);
        var reportable = ReportableComplaint.Of(log, state);
        if (reportable is not null)
            CountReportable(reportable);
        var atOnce = state is { ClosedAt: not null, Reopened: 0, CloseReason: CloseReason.Confirmed or CloseReason.Unconfirmed, EndedUnanswered: false, NotPutRight: 0, Remedies.Count: > 0, Summaries.Count: > 0 } && CaseEffort.Of(log, state.ClosedAt.Value).Contacts <= 1;
        return new(state.CustomerId, isComplaint, state.Category?.Code ?? "", state.OpenedAt, state.ClosedAt, atOnce, isComplaint ? marks : marks.Where(each => each.Key.Measure == Measure.Praised).ToDictionary())
        {
            PutRightAt = reached.TryGetValue(Milestone.PutRight, out var putRight) ? putRight : null,
            BrokePromise = promises.ContainsValue(PromiseEnd.Missed),
            EndedWithYes = state is { ClosedAt: not null, CloseReason: CloseReason.Confirmed },
            Offers = OfferDecided.Of(log, rules.Calendar),
            Reason = state.ClosedAt is null ? null : state.CloseReason,
            Reportable = reportable,
        };

        void Praised(string? words, DateTimeOffset at)
        {
            foreach (var part in Matters.PartsOf(SaidOf.Praise, words))
                Count(Measure.Praised, at, part);
        }

        void CountReportable(ReportableComplaint complaint)
        {
            Count(Measure.Reportable, complaint.ReceivedAt, complaint.NeedsSupport ? 1 : 0);
            if (complaint.SettledAt is { } settled)
            {
                var (week, quick) = complaint.Bands(settled, rules.BusinessDays, new(rules.Calendar.Zone, rules.CutOff));
                Count(Measure.Settled, settled, (int)complaint.Outcome, Reports.Marks.BandBucket(week, quick));
            }
            else if (complaint.EndedAt is { } ended)
            {
                Count(Measure.EndedAlone, ended, 0);
            }
        }

        void Reach(Milestone milestone, DateTimeOffset at) => reached.TryAdd(milestone, at);

        void Count(Measure measure, DateTimeOffset at, long part, int bucket = 0, long count = 1)
        {
            var mark = new Mark(measure, LocalDay.Of(at, rules.Calendar.Zone).DayNumber, part, bucket);
            marks[mark] = marks.GetValueOrDefault(mark) + count;
        }

        void CountEffort(int? ease, CaseEffort effort, DateTimeOffset at)
        {
            var found = ease switch { null => FoundIt.NotSaid, < 5 => FoundIt.Hard, _ => FoundIt.Easy };
            foreach (var (sum, value) in new[]
            {
                (EffortSum.Cases, 1), (EffortSum.Contacts, effort.Contacts), (EffortSum.Channels, effort.Channels.Count), (EffortSum.Transfers, effort.Transfers), (EffortSum.Repeats, effort.Repeats),
                (EffortSum.Forms, effort.Forms), (EffortSum.Days, effort.Days), (EffortSum.NothingTwice, effort.NothingAskedTwice ? 1 : 0),
            }.Where(each => each.Item2 > 0))
                Count(Measure.Effort, at, Reports.Marks.EffortPart(found, sum), 0, value);
        }

        void Duration(Measure measure, int of, DateTimeOffset from, DateTimeOffset to)
        {
            Count(measure, to, Reports.Marks.TimePart(of, TimeCount.Calendar), Bucket(to - from));
            Count(measure, to, Reports.Marks.TimePart(of, TimeCount.Open), Bucket(rules.Calendar.Between(from, to)));
        }

        static int Bucket(TimeSpan duration) => MinuteHistogram.BucketOf(Math.Max(0, (long)duration.TotalMinutes));
    }

    /// <summary>The sort of a promise.</summary>
    public static PromiseSort SortOf(NextContact promise) => promise.Call is not null ? PromiseSort.Call : promise.Offer is not null ? PromiseSort.Offer : PromiseSort.Update;

    /// <summary>It ended as a complaint that was worked on; what was taken back, joined with another, or not ours says nothing of how we work.</summary>
    private static bool WalkedAll(CaseState state) =>
        state.CloseReason is CloseReason.Confirmed or CloseReason.Unconfirmed or CloseReason.Deadlock or CloseReason.OutsideDecision;

    private static IEnumerable<(PathStep Step, bool Was)> Taken(CaseState state, Dictionary<int, PromiseEnd?> promises) =>
    [
        (PathStep.AskedWhatWouldHelp, state.OutcomeAsked),
        (PathStep.SummedUp, state.Summaries.Any(summary => summary.SentAt is not null || summary.ConfirmedAt is not null)),
        (PathStep.Confirmed, state.Summaries.Any(summary => summary.ConfirmedAt is not null)),
        (PathStep.GaveChoice, state.Offers.Any(offer => offer.Options.Count > 1 && (offer.SentAt is not null || offer.ChosenId is not null))),
        (PathStep.KeptPromises, !promises.ContainsValue(PromiseEnd.Missed)),
        (PathStep.CheckedBack, state.CheckBack is { } check && (check.Attempts > 0 || check.Answer is not null)),
        (PathStep.NamedCause, state.Cause is { } cause && cause != Case.UnknownCause),
    ];

    private static IEnumerable<(Scale Scale, int Value)> Scales(CheckBackAnswered? said)
    {
        if (said?.Score is { } score)
            yield return (Scale.Satisfied, score);
        if (said?.Survey is not { } survey)
            yield break;
        yield return (Scale.More, 1);
        if (survey.Ease is { } ease)
            yield return (Scale.Ease, ease);
        if (survey.Heard is { } heard)
            yield return (Scale.Heard, heard);
        if (survey.Met is { } met)
            yield return (Scale.Met, (int)met);
        if (survey.Return is { } back)
            yield return (Scale.Return, (int)back);
        if (survey.Recommend is { } recommend)
            yield return (Scale.Recommend, recommend);
    }
}
