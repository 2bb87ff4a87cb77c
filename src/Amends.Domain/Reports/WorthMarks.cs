using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Listening;
using Amends.Domain.Outcomes;
using Amends.Domain.Promises;
using Amends.Domain.Remedies;
using Amends.Domain.Worth;

namespace Amends.Domain.Reports;

/// <summary>What the log of a case says for what it is worth.</summary>
/// <param name="Category">Code of the category that counts; empty while there is none.</param>
/// <param name="OpenedAt">When it came.</param>
/// <param name="EndedAt">When it was closed; <c>null</c> while it is open, or when it ended in a way that says nothing of what we are worth to them.</param>
/// <param name="Ending">Put right by the customer's own word, not put right, or no answer; <c>null</c> with <paramref name="EndedAt"/>.</param>
public sealed record WorthLog(string Category, DateTimeOffset OpenedAt, DateTimeOffset? EndedAt, Ending? Ending)
{
    /// <summary>When all of it was done; when it ended where nobody said.</summary>
    public DateTimeOffset? FixedAt { get; private init; }

    /// <summary>What it was put down to.</summary>
    public string? Cause { get; private init; }

    /// <summary>The newest answer to the question whether it is put right.</summary>
    public CheckBackAnswered? Answer { get; private init; }

    /// <summary>The customer confirmed what we understood.</summary>
    public bool Confirmed { get; private init; }

    /// <summary>Something that we did failed.</summary>
    public bool FixFailed { get; private init; }

    /// <summary>A promise was missed.</summary>
    public bool PromiseMissed { get; private init; }

    /// <summary>The kinds of remedy that were chosen.</summary>
    public IReadOnlySet<RemedyKind> Kinds { get; private init; } = new HashSet<RemedyKind>();

    /// <summary>What remedies are known to cost us, by their id.</summary>
    public IReadOnlyDictionary<int, Money> Known { get; private init; } = new Dictionary<int, Money>();

    /// <summary>Reads a log.</summary>
    /// <param name="log">All of it, oldest first.</param>
    /// <param name="facts">What reports know of it, from the same log.</param>
    public static WorthLog Of(IReadOnlyList<CaseEvent> log, CaseFacts facts)
    {
        var (kinds, known) = (new HashSet<RemedyKind>(), new Dictionary<int, Money>());
        var (fixedAt, cause, answer, confirmed, failed, missed) = ((DateTimeOffset?)null, (string?)null, (CheckBackAnswered?)null, false, false, false);
        foreach (var news in log)
        {
            switch (news)
            {
                case RemedyAdded added:
                    kinds.Add(added.Kind);
                    if (added.Data?.Cost is { } cost)
                        known[added.Id] = cost;
                    break;
                case DeliveryCompleted done: (fixedAt, cause) = (done.At, done.Cause); break;
                case CaseClosed { Cause: { } named }: cause = named; break;
                case CheckBackAnswered answered: answer = answered; break;
                case SummaryConfirmed: confirmed = true; break;
                case RemedyFailed: failed = true; break;
                case NextContactMissed: missed = true; break;
            }
        }

        Ending? ending = !facts.IsComplaint ? null : facts.Reason switch
        {
            CloseReason.Confirmed => Outcomes.Ending.PutRight,
            CloseReason.Deadlock or CloseReason.OutsideDecision => Outcomes.Ending.NotPutRight,
            CloseReason.Unconfirmed => answer is null ? Outcomes.Ending.NoAnswer : Outcomes.Ending.NotPutRight,
            _ => null,
        };
        var ended = ending is null ? null : facts.ClosedAt;
        return new(facts.Category, facts.OpenedAt, ended, ending) { FixedAt = fixedAt ?? ended, Cause = cause, Answer = answer, Confirmed = confirmed, FixFailed = failed, PromiseMissed = missed, Kinds = kinds, Known = known };
    }
}

/// <summary>An order of the customer.</summary>
/// <param name="At">When it was placed, Unix milliseconds.</param>
/// <param name="Minor">What it cost.</param>
/// <param name="IsOurs">In the company's currency.</param>
public readonly record struct WorthOrder(long At, long Minor, bool IsOurs);

/// <summary>A line of the books about a remedy.</summary>
/// <param name="Day">Of the books, as <see cref="DateOnly.DayNumber"/>.</param>
/// <param name="Remedy">Its id in the case.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Minor">What was booked, below zero where it was turned round.</param>
public readonly record struct WorthLine(int Day, int Remedy, RemedyKind Kind, long Minor);

/// <summary>Work, or what was written down by hand.</summary>
/// <param name="Day">As <see cref="DateOnly.DayNumber"/>.</param>
/// <param name="What">What it is.</param>
/// <param name="Amount">Seconds of work, else minor units.</param>
public readonly record struct WorthCost(int Day, Spent What, long Amount);

/// <summary>What is known of a case beside its log: its customer's orders, what the books say, and what it cost.</summary>
/// <param name="Orders">All orders of the customer.</param>
/// <param name="Lines">The books.</param>
/// <param name="Costs">Work, and what was written down.</param>
public sealed record WorthBeside(IReadOnlyList<WorthOrder> Orders, IReadOnlyList<WorthLine> Lines, IReadOnlyList<WorthCost> Costs);

/// <summary>A complaint as the later ones of its customer look back at it.</summary>
/// <param name="Number">Its number.</param>
/// <param name="OrderId">The order that it is about.</param>
/// <param name="GoesOnIn">The case in which it goes on.</param>
/// <param name="FixFailed">Something that we did in it failed.</param>
/// <param name="PromiseMissed">A promise of it was missed.</param>
public sealed record WorthEarlier(long Number, long? OrderId, long? GoesOnIn, bool FixFailed, bool PromiseMissed);

/// <summary>
/// What is counted of what a complaint is worth. Nothing here depends on assumptions or on what time it is: money follows from the sums and the assumptions of the day, and who reads leaves out whose days are not over.
/// </summary>
public static class WorthMarks
{
    private static readonly (double Days, AgainAmong Speed)[] Speeds = [(2, AgainAmong.InTwoDays), (7, AgainAmong.InAWeek), (14, AgainAmong.InTwoWeeks), (30, AgainAmong.InAMonth), (double.MaxValue, AgainAmong.Later)];

    /// <summary>The marks of a case, apart from what follows from the complaints before it.</summary>
    /// <param name="log">What its log says.</param>
    /// <param name="beside">What is known beside that.</param>
    /// <param name="rules">By what is counted.</param>
    public static IReadOnlyDictionary<Mark, long> Of(WorthLog log, WorthBeside beside, ReportRules rules)
    {
        var marks = new Dictionary<Mark, long>();
        foreach (var line in beside.Lines)
            Count(Measure.Keeping, line.Day, line.Minor < 0 ? WorthParts.Back(line.Kind) : WorthParts.Of(line.Kind), 0, Math.Abs(line.Minor));
        foreach (var cost in beside.Costs)
            Count(Measure.Keeping, cost.Day, (int)cost.What, 0, cost.Amount);
        if (log is not { Ending: { } ending, EndedAt: { } ended })
            return marks;

        var day = LocalDay.Of(ended, rules.Calendar.Zone).DayNumber;
        foreach (var remedy in beside.Lines.GroupBy(line => (line.Remedy, line.Kind)).Select(lines => (lines.Key, Minor: lines.Sum(line => line.Minor))).Where(remedy => remedy.Minor > 0))
        {
            var isKnown = log.Known.TryGetValue(remedy.Key.Remedy, out var known) && known.Currency == rules.Currency;
            Count(Measure.WorthSpent, day, isKnown ? (int)Spent.Known : WorthParts.Of(remedy.Key.Kind), 0, isKnown ? known.Minor : remedy.Minor);
        }

        foreach (var costs in beside.Costs.GroupBy(cost => cost.What))
            Count(Measure.WorthSpent, day, (int)costs.Key, 0, costs.Sum(cost => cost.Amount));
        foreach (var sort in marks.Where(mark => mark.Key.Measure == Measure.WorthSpent && mark.Value > 0).Select(mark => SortOf(mark.Key.Part)).Distinct().ToList())
            Count(Measure.WorthCostly, day, (int)sort);

        var answer = log.Answer?.Answer switch { null => AfterAll.NotSaid, CheckBackAnswer.Yes => AfterAll.PutRight, _ => AfterAll.NotPutRight };
        foreach (var kind in log.Kinds)
            Count(Measure.RemedyAnswered, day, (int)kind, (int)answer);
        Bought(ending, ended, day);
        return marks;

        void Bought(Ending ending, DateTimeOffset ended, int day)
        {
            if (HistoryOf(beside.Orders, log.OpenedAt) is not { Orders: > 0 } history)
                return;
            Count(Measure.WorthRevenue, day, (int)ending, 0, history.YearlyMinor(log.OpenedAt));
            var within = (int)WithinOf(beside.Orders, ended);
            foreach (var among in AmongOf(log, ending))
                Count(Measure.WorthAgain, day, (int)among, within);
            foreach (var kind in log.Kinds)
                Count(Measure.WorthAgain, day, WorthParts.Of(kind), within);
        }

        void Count(Measure measure, int on, long part, int bucket = 0, long count = 1)
        {
            var mark = new Mark(measure, on, part, bucket);
            if (count != 0)
                marks[mark] = marks.GetValueOrDefault(mark) + count;
        }
    }

    /// <summary>The mark that a complaint ended, which hangs on the complaint before it.</summary>
    /// <param name="ending">How.</param>
    /// <param name="day">On which day, as <see cref="DateOnly.DayNumber"/>.</param>
    /// <param name="category">Code of its category; empty without one.</param>
    /// <param name="cause">What it was put down to; empty or <c>null</c> without.</param>
    /// <param name="earlier">What <see cref="Earlier"/> found.</param>
    public static Mark Ended(Ending ending, int day, string category, string? cause, WorthEarlier? earlier) =>
        new(Measure.WorthEnded, day, (int)(SelfMade.Of(new(category.Length == 0 ? null : category, cause, earlier is { FixFailed: true }, earlier is { PromiseMissed: true })) ?? 0), (int)ending);

    /// <summary>The same mark by person.</summary>
    /// <param name="ended">What <see cref="Ended"/> gave.</param>
    /// <param name="person">The id of whoever had it; 0 for nobody.</param>
    public static Mark EndedBy(Mark ended, long person) => new(Measure.EndedBy, ended.Day, person, Reports.Marks.EndedBucket((Ending)ended.Bucket, (int)ended.Part));

    /// <summary>The newest complaint before about the same order, or that goes on in this one; <c>null</c> when there is none.</summary>
    /// <param name="number">The complaint.</param>
    /// <param name="order">The order that it is about.</param>
    /// <param name="complaints">All complaints of its customer.</param>
    public static WorthEarlier? Earlier(long number, long? order, IEnumerable<WorthEarlier> complaints) =>
        complaints.Where(each => each.Number < number && ((order is not null && each.OrderId == order) || each.GoesOnIn == number)).MaxBy(each => each.Number);

    private static OrderHistory? HistoryOf(IReadOnlyList<WorthOrder> orders, DateTimeOffset opened)
    {
        var until = opened.ToUnixTimeMilliseconds();
        var (count, total, first) = (0, 0L, long.MaxValue);
        foreach (var order in orders)
        {
            if (order.IsOurs && order.At <= until)
                (count, total, first) = (count + 1, total + order.Minor, Math.Min(first, order.At));
        }

        return count == 0 ? null : new(count, total, DateTimeOffset.FromUnixTimeMilliseconds(first));
    }

    private static AgainWithin WithinOf(IReadOnlyList<WorthOrder> orders, DateTimeOffset ended)
    {
        const long Day = 86_400_000;
        var end = ended.ToUnixTimeMilliseconds();
        var next = long.MaxValue;
        foreach (var order in orders)
        {
            if (order.At > end)
                next = Math.Min(next, order.At);
        }

        return next == long.MaxValue ? AgainWithin.NotInAYear : (next - end) switch { <= 90 * Day => AgainWithin.Days90, <= 180 * Day => AgainWithin.Days180, <= 365 * Day => AgainWithin.Days365, _ => AgainWithin.NotInAYear };
    }

    private static IEnumerable<AgainAmong> AmongOf(WorthLog log, Ending ending)
    {
        if (ending == Outcomes.Ending.PutRight)
        {
            yield return Speeds.First(speed => (log.FixedAt!.Value - log.OpenedAt).TotalDays <= speed.Days).Speed;
            yield return AgainAmong.PutRight;
        }
        else if (ending == Outcomes.Ending.NotPutRight)
        {
            yield return AgainAmong.NotPutRight;
        }

        if (log.Answer?.Survey?.Return is { } back)
            yield return back == WouldReturn.Yes ? AgainAmong.WouldReturn : AgainAmong.MayNotReturn;
        yield return log.Confirmed ? AgainAmong.Heard : AgainAmong.NotHeard;
    }

    private static CostSort SortOf(long part) => part switch { (int)Spent.Work or (int)Spent.ByHand => CostSort.Work, (int)Spent.Shipping or (int)Spent.WrittenOff or (int)Spent.LostMargin => CostSort.Other, _ => CostSort.Remedies };
}
