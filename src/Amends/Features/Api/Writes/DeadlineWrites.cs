using Amends.Data;
using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.Deadlines;
using Amends.Letters;

namespace Amends.Features.Api.Writes;

/// <summary>Sets of deadlines on a case, the days from which they are counted, and more time with its notice.</summary>
public sealed class DeadlineWrites(CaseWrite write, DeadlineDesk desk, Dispatch dispatch)
{
    private const int LongestKey = 60, LongestWhy = 500;

    /// <summary>Puts the case under a set that somebody chooses by hand.</summary>
    public Task<IResult> PutUnder(long number, HttpContext context) => write.Send<ChoosePreset>(number, context, asked =>
    {
        var key = Checked.Needed("preset", asked.Value.Preset, LongestKey);
        return async work => work.Case.PutUnder(key, await desk.Book(), work.By, work.Now);
    }, state => DutiesStep.Of(number, state));

    /// <summary>Takes a set off the case.</summary>
    public Task<IResult> TakeOff(long number, HttpContext context) => write.Do<RemovePreset>(number, context, asked =>
    {
        var (key, why) = (Checked.Needed("preset", asked.Value.Preset, LongestKey), Checked.Needed("why", asked.Value.Why, LongestWhy));
        return work => work.Case.TakeOff(key, why, work.By, work.Now);
    }, state => DutiesStep.Of(number, state));

    /// <summary>Notes a day from which duties are counted.</summary>
    public Task<IResult> Start(long number, HttpContext context) => write.Send<StartClock>(number, context, asked =>
    {
        var what = Checked.Chosen("starts_on", asked.Value.StartsOn, "Say what happened: forwarded_by_regulator, order_promise_date or escalation.");
        var day = Checked.Day("on", asked.Value.On, asked.Now) ?? throw new BadField("on", "Give the day on which it happened.");
        return async work =>
        {
            var book = await desk.Book();
            work.Case.StartClock(what, LocalDay.Begins(day, book.Rules.Zone), book, work.By, work.Now);
        };
    }, state => DutiesStep.Of(number, state));

    /// <summary>Counts the open dates anew, with the rules and holidays as they are now.</summary>
    public Task<IResult> Reckon(long number, HttpContext context) => write.Send<ReckonDeadlines>(number, context, asked =>
    {
        var why = Checked.Needed("why", asked.Value.Why, LongestWhy);
        return async work => work.Case.ReckonDuties(why, await desk.Book(), work.By, work.Now);
    }, state => DutiesStep.Of(number, state));

    /// <summary>More time for a duty, with the letter to the customer without which there is none.</summary>
    public Task<IResult> Extend(long number, HttpContext context) => write.Send<ExtendDeadline>(number, context, asked =>
    {
        var said = asked.Value;
        var id = said.DeadlineId ?? throw new BadField("deadline_id", "Say which deadline gets more time.");
        var until = Checked.Day("until", said.Until, asked.Now) ?? throw new BadField("until", "Give the last day of it.");
        var (reason, more) = (Checked.Needed("reason", said.Reason, 2000), Checked.Text("more", said.More, 5000));
        return async work => await dispatch.Extension(work, await desk.Book(), id, until, reason, more, said.Agreed);
    }, state => DutiesStep.Of(number, state));
}

/// <summary>A set of deadlines, by its key.</summary>
public sealed record ChoosePreset(string? Preset);

/// <summary>A set of deadlines that does not apply, and why.</summary>
public sealed record RemovePreset(string? Preset, string? Why);

/// <summary>What happened, and on which day: forwarded_by_regulator, order_promise_date or escalation.</summary>
public sealed record StartClock(StartsOn? StartsOn, DateOnly? On);

/// <summary>Why the dates are counted anew.</summary>
public sealed record ReckonDeadlines(string? Why);

/// <summary>More time for a deadline.</summary>
public sealed record ExtendDeadline
{
    /// <summary>The deadline, by the id that the case gives.</summary>
    public int? DeadlineId { get; init; }

    /// <summary>The last day of it.</summary>
    public DateOnly? Until { get; init; }

    /// <summary>Why it takes longer; the customer reads it.</summary>
    public string? Reason { get; init; }

    /// <summary>Further words of the letter.</summary>
    public string? More { get; init; }

    /// <summary>The customer agreed, where the rule wants that.</summary>
    public bool Agreed { get; init; }
}

/// <summary>What rules ask for on a case, soonest first.</summary>
public sealed record DutiesStep(long Number, CaseStage State, IReadOnlyList<OwedAnswer> Owed)
{
    /// <summary>Of a case.</summary>
    internal static DutiesStep Of(long number, CaseState state) => new(number, state.Stage, OwedIn(state));

    /// <summary>What is owed.</summary>
    internal static IReadOnlyList<OwedAnswer> OwedIn(CaseState state) =>
        [.. state.Duties.Where(state.Owes).OrderBy(duty => duty.DueAt).ThenBy(duty => duty.Id).Select(duty => new OwedAnswer(duty.Id, duty.Preset, duty.Milestone, duty.DueAt))];
}

/// <summary>Something that is owed, by when.</summary>
public sealed record OwedAnswer(int Id, string Preset, string Name, DateTimeOffset DueAt);
