using Amends.Domain.Causes;
using Amends.Domain.Listening;
using Amends.Domain.People;

namespace Amends.Domain.Improvements;

/// <summary>
/// A corrective action: a problem, a decision, an owner, a day, an end, and the count that shows whether it helped. Each verb gives the item as it
/// is afterwards, with the move to write down. Pure. The statuses and the way to judge are those of the domain research, section 5.5.
/// </summary>
/// <param name="Plan">What it is about.</param>
/// <param name="State">How far it is.</param>
public sealed record ImprovementItem(ImprovementPlan Plan, ImprovementState State)
{
    /// <summary>How many steps its ladder of whys holds, and how many complaints show its problem.</summary>
    public const int MostWhys = 50, MostCases = 200;

    private const int LongestReason = 1000, LongestStep = 500;

    /// <summary>Why it was agreed to, or not.</summary>
    public string? Decision { get; init; }

    /// <summary>Who decided.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>What was done, and since when it holds; <c>null</c> before it does.</summary>
    public string? DoneWords { get; init; }

    /// <inheritdoc cref="DoneWords"/>
    public DateTimeOffset? HoldsFrom { get; init; }

    /// <summary>So much is to be counted after it before it is judged, such as orders; <c>null</c> when nobody set it.</summary>
    public long? Aim { get; init; }

    /// <summary>Why upon why, with the cases that show it.</summary>
    public IReadOnlyList<Why> Whys { get; init; } = [];

    /// <summary>What the last verb did; nothing when it changed nothing.</summary>
    public ImprovementNews? News { get; init; }

    /// <summary>It has an end: nothing is due any more.</summary>
    public bool IsOver => State is ImprovementState.Effective or ImprovementState.NotEffective or ImprovementState.Declined;

    /// <summary>It is still to be done, and its day has passed.</summary>
    /// <param name="today">The day at the desk.</param>
    public bool IsLate(DateOnly today) => IsToDo(State) && Plan.Due < today;

    /// <summary>Whether something is still to be done in a state.</summary>
    public static bool IsToDo(ImprovementState state) => state is ImprovementState.Proposed or ImprovementState.Agreed or ImprovementState.InProgress;

    /// <summary>A new one.</summary>
    /// <exception cref="Refused">As <see cref="ImprovementPlan.Whole"/>; <c>not_allowed</c>.</exception>
    public static ImprovementItem Propose(ImprovementPlan plan, IReadOnlyList<string> colleagues, Actor by, DateTimeOffset at)
    {
        MustBe(by, Role.Agent);
        var item = new ImprovementItem(plan.Whole(colleagues), ImprovementState.Proposed);
        return item.Moved(ImprovementMove.Proposed, ImprovementState.Proposed, "", by, at);
    }

    /// <summary>Other words, another owner, day, cost or measure. Once somebody has agreed it takes a reason; once it is watched the measure stays, or anything could be shown.</summary>
    /// <exception cref="Refused">As <see cref="ImprovementPlan.Whole"/>; <c>measure</c>, <c>reason</c>, <c>owner</c>, <c>not_allowed</c>.</exception>
    public ImprovementItem Change(ImprovementPlan plan, string? why, IReadOnlyList<string> colleagues, Actor by, DateTimeOffset at)
    {
        MustBe(by, Role.Agent);
        if (State != ImprovementState.Proposed)
            MustBeTheirs(by);
        var whole = plan.Whole(colleagues);
        if (whole == Plan)
            return this with { News = null };
        if (State >= ImprovementState.Watching && !whole.IsMeasuredAs(Plan))
            throw new Refused("measure", "It is watched already. What is counted stays as it is, or anything could be shown.");
        if (State is not (ImprovementState.Proposed or ImprovementState.Declined))
            MustHaveOwnerAndDay(whole);
        var reason = State == ImprovementState.Proposed ? (why ?? "").Trim() : Reason(why, "Say why it changes.");
        return (this with { Plan = whole }).Moved(ImprovementMove.Changed, State, reason.Length == 0 ? Differences(whole) : $"{reason} ({Differences(whole)})", by, at);
    }

    /// <summary>A manager decides that it is done. It has an owner and a day then.</summary>
    /// <exception cref="Refused"><c>state</c>, <c>not_allowed</c>, <c>owner</c>, <c>due</c>, <c>reason</c>.</exception>
    public ImprovementItem Agree(string? why, Actor by, DateTimeOffset at)
    {
        MustBe(by, Role.Manager);
        MustStandAt(ImprovementState.Proposed);
        MustHaveOwnerAndDay(Plan);
        var reason = Reason(why, "Say why it is worth doing.");
        return (this with { Decision = reason, DecidedBy = by.Name, DecidedAt = at }).Moved(ImprovementMove.Agreed, ImprovementState.Agreed, reason, by, at);
    }

    /// <summary>A manager decides against it.</summary>
    public ImprovementItem Decline(string? why, Actor by, DateTimeOffset at)
    {
        MustBe(by, Role.Manager);
        MustStandAt(ImprovementState.Proposed, ImprovementState.Agreed);
        var reason = Reason(why, "Say why not, so that a better one can be proposed.");
        return (this with { Decision = reason, DecidedBy = by.Name, DecidedAt = at }).Moved(ImprovementMove.Declined, ImprovementState.Declined, reason, by, at);
    }

    /// <summary>Its owner, or a lead, begins.</summary>
    public ImprovementItem Start(string? why, Actor by, DateTimeOffset at)
    {
        MustBeTheirs(by);
        MustStandAt(ImprovementState.Agreed);
        return Moved(ImprovementMove.Started, ImprovementState.InProgress, Given(why), by, at);
    }

    /// <summary>It is done, and holds since a moment.</summary>
    /// <exception cref="Refused"><c>since</c> for one that is still to come; <c>reason</c> without what was done.</exception>
    public ImprovementItem Finish(string? what, DateTimeOffset since, Actor by, DateTimeOffset at)
    {
        MustBeTheirs(by);
        MustStandAt(ImprovementState.Agreed, ImprovementState.InProgress);
        if (since > at)
            throw new Refused("since", "Choose the day since when it holds, today at the latest.");
        var words = Reason(what, "Say what was done.");
        return (this with { DoneWords = words, HoldsFrom = since }).Moved(ImprovementMove.Done, ImprovementState.Done, words, by, at);
    }

    /// <summary>From now on what comes after it is counted: what it is measured by stays.</summary>
    /// <param name="aim">So much is to be counted before it is judged; <c>null</c> for no aim.</param>
    /// <param name="by">Its owner, or a lead.</param>
    /// <param name="at">Now.</param>
    /// <exception cref="Refused"><c>measure</c> when nothing is counted, <c>trigger</c> when nobody said which days made us look, <c>aim</c>.</exception>
    public ImprovementItem Watch(long? aim, Actor by, DateTimeOffset at)
    {
        MustBeTheirs(by);
        MustStandAt(ImprovementState.Done);
        if (Plan.By == Dimension.None)
            throw new Refused("measure", "Say first what is counted to see whether it helps: a product, a lot, a carrier, a supplier, a place, a category, a cause, or promises.");
        if (Plan.TriggerFrom is null)
            throw new Refused("trigger", "Say first which days made us look. They do not count as “before”: whatever is picked because it was bad looks better afterwards by itself.");
        if (aim is <= 0)
            throw new Refused("aim", "Give a number above 0, or nothing.");
        return (this with { Aim = aim }).Moved(ImprovementMove.Watched, ImprovementState.Watching, aim is { } much ? $"until {much} are counted" : "", by, at);
    }

    /// <summary>The count shows that it helped. Nobody can say so without the count.</summary>
    /// <exception cref="Refused"><c>not_shown</c> while it may be chance.</exception>
    public ImprovementItem ShowEffective(Effect effect, Actor by, DateTimeOffset at)
    {
        MustBe(by, Role.Lead);
        MustStandAt(ImprovementState.Watching);
        return effect.IsShown ? Moved(ImprovementMove.ShownEffective, ImprovementState.Effective, effect.Words(), by, at) : throw new Refused("not_shown", effect.Words());
    }

    /// <summary>It did not help, or not enough.</summary>
    public ImprovementItem FindNotEffective(string? why, Effect? effect, Actor by, DateTimeOffset at)
    {
        MustBe(by, Role.Lead);
        MustStandAt(ImprovementState.Watching);
        return Moved(ImprovementMove.FoundNotEffective, ImprovementState.NotEffective, string.Join(" ", new[] { Reason(why, "Say what you see, and what may be missing."), effect?.Words() }.OfType<string>()), by, at);
    }

    /// <summary>It goes on: what was declined is a proposal again, what was done is worked on anew by a new day.</summary>
    /// <exception cref="Refused"><c>due</c> for a day that has passed; <c>reason</c>; <c>state</c> for one that is not done yet.</exception>
    public ImprovementItem Reopen(string? why, DateOnly? due, DateOnly today, Actor by, DateTimeOffset at)
    {
        MustBe(by, Role.Lead);
        if (IsToDo(State))
            throw WrongState();
        var reason = Reason(why, "Say why it goes on.");
        if (State == ImprovementState.Declined)
            return (this with { Decision = null, DecidedBy = null, DecidedAt = null }).Moved(ImprovementMove.Reopened, ImprovementState.Proposed, reason, by, at);
        if (due is null || due < today)
            throw new Refused("due", "Say by when it is to be done now: today or a later day.");
        MustHaveOwnerAndDay(Plan with { Due = due });
        return (this with { Plan = Plan with { Due = due }, DoneWords = null, HoldsFrom = null, Aim = null }).Moved(ImprovementMove.Reopened, ImprovementState.InProgress, reason, by, at);
    }

    /// <summary>Adds a step to its ladder of whys.</summary>
    /// <param name="why">Because…</param>
    /// <param name="under">The step that it explains; <c>null</c> for the problem itself.</param>
    /// <param name="evidence">How we know.</param>
    /// <param name="seenIn">A case of its evidence that shows it.</param>
    /// <param name="canChange">We can change this.</param>
    /// <param name="colleagues">Names of people who work here; empty when the step is to stay although it names one.</param>
    /// <param name="by">One of us.</param>
    /// <param name="at">Now.</param>
    /// <exception cref="Refused"><c>why</c>, <c>person</c>, <c>under</c>.</exception>
    public ImprovementItem AskWhy(string? why, int? under, string? evidence, long? seenIn, bool canChange, IReadOnlyList<string> colleagues, Actor by, DateTimeOffset at)
    {
        MustBe(by, Role.Agent);
        var words = (why ?? "").Trim();
        if (words.Length is 0 or > LongestStep)
            throw new Refused("why", words.Length == 0 ? "Write in a line why it came to that." : $"Keep it under {LongestStep} characters.");
        Why.MustNameNobody(words, colleagues);
        if (under is { } above && Whys.All(each => each.Id != above || !each.Stands))
            throw new Refused("under", "This step is no longer there. Choose the one that you explain.");
        if (Whys.Any(each => each.Stands && each.Under == under && each.Words == words))
            return this with { News = null };
        if (Whys.Count >= MostWhys)
            throw new Refused("why", $"A ladder holds {MostWhys} steps. Look for what we can change in what is there.");
        var step = new Why(Whys.Count + 1, under, words, Given(evidence) is { Length: > 0 } shown ? shown : null, canChange, at, by.Name) { SeenIn = seenIn };
        return (this with { Whys = [.. Whys, step] }).Moved(ImprovementMove.WhyAdded, State, words, by, at);
    }

    /// <summary>Takes back a step that turned out to be wrong. It stays to be read, with the reason.</summary>
    public ImprovementItem TakeBackWhy(int id, string? reason, Actor by, DateTimeOffset at)
    {
        MustBe(by, Role.Agent);
        if (Whys.FirstOrDefault(each => each.Id == id && each.Stands) is not { } step)
            throw new Refused("under", "There is no such step.");
        if (Whys.Any(each => each.Stands && each.Under == id))
            throw new Refused("under", "Other steps explain this one. Take them back first.");
        var said = Reason(reason, "Say why it was wrong.");
        return (this with { Whys = [.. Whys.Select(each => each.Id == id ? each with { TakenBackAt = at, Reason = said } : each)] }).Moved(ImprovementMove.WhyTakenBack, State, $"{step.Words}: {said}", by, at);
    }

    /// <summary>Notes something beside it: a case that shows the problem, or one that does not after all, or a customer who was told.</summary>
    public ImprovementItem Note(ImprovementMove move, string words, Actor by, DateTimeOffset at)
    {
        MustBe(by, Role.Agent);
        return Moved(move, State, words, by, at);
    }

    /// <summary>Who may move it: its owner, and leads.</summary>
    public bool IsTheirs(Actor by) => by.Role >= Role.Lead || (by.Role >= Role.Agent && Plan.OwnerId == by.Id);

    private void MustBeTheirs(Actor by)
    {
        if (!IsTheirs(by))
            throw new Refused("not_allowed", "Its owner or a lead does this.");
    }

    private static void MustBe(Actor by, Role role)
    {
        if (by.Kind != ActorKind.Person || by.Role < role)
            throw new Refused("not_allowed", role switch { Role.Manager => "A manager decides on this.", Role.Lead => "A lead says this.", _ => "One of us who handles cases does this." });
    }

    private static void MustHaveOwnerAndDay(ImprovementPlan plan)
    {
        if (plan.OwnerId is null)
            throw new Refused("owner", "Say who sees to it: what everybody owns nobody does.");
        if (plan.Due is null)
            throw new Refused("due", "Say by when it is to be done.");
    }

    private void MustStandAt(params ImprovementState[] states)
    {
        if (!states.Contains(State))
            throw WrongState();
    }

    private Refused WrongState() => new("state", $"It is {Words(State)}. Look at it again: somebody was faster, or another step comes first.");

    /// <summary>A state in a few small words.</summary>
    public static string Words(ImprovementState state) => state switch
    {
        ImprovementState.InProgress => "in progress",
        ImprovementState.Watching => "being watched",
        ImprovementState.Effective => "shown effective",
        ImprovementState.NotEffective => "not effective",
        _ => state.ToString().ToLowerInvariant(),
    };

    private string Differences(ImprovementPlan next) => string.Join(", ", new[]
    {
        next.What != Plan.What ? "what changes" : null, next.Problem != Plan.Problem ? "the problem" : null, next.OwnerId != Plan.OwnerId ? $"owner: {(next.Owner.Length > 0 ? next.Owner : "nobody")}" : null,
        next.Due != Plan.Due ? $"due: {next.Due?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? "no day"}" : null,
        (next.CostMinor, next.BenefitMinor) != (Plan.CostMinor, Plan.BenefitMinor) ? "cost and benefit" : null, next.IsMeasuredAs(Plan) ? null : "what is counted",
    }.OfType<string>());

    private ImprovementItem Moved(ImprovementMove move, ImprovementState to, string words, Actor by, DateTimeOffset at) => this with { State = to, News = new(move, State, to, words, by, at) };

    private static string Given(string? words) => (words ?? "").Trim() is { Length: <= LongestReason } said ? said : throw new Refused("reason", $"Keep it under {LongestReason} characters.");

    private static string Reason(string? words, string needed) => Given(words) is { Length: > 0 } said ? said : throw new Refused("reason", needed);
}

/// <summary>A move of an improvement, to be written down once.</summary>
/// <param name="Move">What happened.</param>
/// <param name="From">How far it was.</param>
/// <param name="To">How far it is.</param>
/// <param name="Words">Why, or what; empty without.</param>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
public sealed record ImprovementNews(ImprovementMove Move, ImprovementState From, ImprovementState To, string Words, Actor By, DateTimeOffset At);
