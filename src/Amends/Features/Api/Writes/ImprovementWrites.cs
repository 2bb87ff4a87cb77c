using Amends.Data;
using Amends.Domain.Causes;
using Amends.Domain.Improvements;
using Amends.Letters;

namespace Amends.Features.Api.Writes;

/// <summary>Improvements by programs that act for one of us: proposed, planned, moved, shown by complaints, asked why, and told to customers.</summary>
public sealed class ImprovementWrites(CaseWrite write, DoOnce once, ImprovementDesk desk, CaseStore cases, Dispatch dispatch)
{
    private const int MostCases = 50;

    /// <summary>Proposes one.</summary>
    public async Task<IResult> Propose(HttpContext context)
    {
        var (asked, body) = await write.Read<ProposeImprovement>(context);
        var numbers = Checked.Few("cases", asked.Value.Cases, MostCases) ?? [];
        var (plan, colleagues) = (asked.Value.Plan(asked.Company), await desk.Colleagues(context.RequestAborted));
        return await once.Run(context, body, async (unit, by, now) => Step(await desk.Propose(unit, plan, numbers, colleagues, by, now), ImprovementState.Proposed));
    }

    /// <summary>Other words, another owner, day, cost or measure.</summary>
    public async Task<IResult> Change(long id, HttpContext context)
    {
        var (asked, body) = await write.Read<ChangeImprovement>(context);
        var (plan, colleagues) = (asked.Value.Plan(asked.Company), await desk.Colleagues(context.RequestAborted));
        var owner = (await desk.Owners(context.RequestAborted)).FirstOrDefault(each => each.Id == plan.OwnerId)?.Name ?? "";
        return await once.Run(context, body, async (unit, by, now) => Step(id, (await desk.Change(unit, id, item => item.Change(plan with { Owner = owner }, asked.Value.Why, colleagues, by, now)))?.State));
    }

    /// <summary>Moves one.</summary>
    public async Task<IResult> Move(long id, HttpContext context)
    {
        var (asked, body) = await write.Read<MoveImprovement>(context);
        var sent = asked.Value;
        var wanted = new WantedMove(Checked.Text("move", sent.Move, 20) is { } move && WantedMove.Names.Contains(move) ? move : throw new BadField("move", $"There are {string.Join(", ", WantedMove.Names)}."), Checked.Text("why", sent.Why, 1000), sent.Since, sent.Aim, sent.Due);
        var effect = wanted.NeedsEffect && await desk.Find(id, context.RequestAborted) is { } file ? await desk.Effect(file.Item, asked.Now, context.RequestAborted) : null;
        return await once.Run(context, body, async (unit, by, now) => Step(id, (await desk.Change(unit, id, item => wanted.On(item, effect?.Effect, asked.Company.Zone(), by, now)))?.State));
    }

    /// <summary>Adds complaints that show it.</summary>
    public async Task<IResult> AddCases(long id, HttpContext context)
    {
        var (asked, body) = await write.Read<AddEvidence>(context);
        var numbers = Checked.Few("cases", asked.Value.Cases, MostCases) is { Count: > 0 } few ? few : throw new BadField("cases", "Give the numbers of complaints that show it.");
        return await once.Run(context, body, async (unit, by, now) =>
        {
            foreach (var number in numbers)
            {
                if (!await desk.AddCase(unit, id, number, by, now))
                    return null;
            }

            return Step(id, (await desk.Change(unit, id, item => item))?.State);
        });
    }

    /// <summary>Takes a complaint out.</summary>
    public async Task<IResult> RemoveCase(long id, long number, HttpContext context)
    {
        var (_, body) = await write.Read<Nothing>(context);
        return await once.Run(context, body, async (unit, by, now) => await desk.RemoveCase(unit, id, number, by, now) ? Step(id, (await desk.Change(unit, id, item => item))?.State) : null);
    }

    /// <summary>Adds a step of why upon why.</summary>
    public async Task<IResult> AskWhy(long id, HttpContext context)
    {
        var (asked, body) = await write.Read<AddStep>(context);
        var (sent, colleagues) = (asked.Value, asked.Value.Anyway ? [] : await desk.Colleagues(context.RequestAborted));
        return await once.Run(context, body, async (unit, by, now) => Step(id, (await desk.AskWhy(unit, id, new(sent.Why, sent.Under, sent.Evidence, sent.SeenIn, sent.CanChange), colleagues, by, now))?.State));
    }

    /// <summary>Takes a step back.</summary>
    public async Task<IResult> TakeBackWhy(long id, int why, HttpContext context)
    {
        var (asked, body) = await write.Read<TakeBackStep>(context);
        return await once.Run(context, body, async (unit, by, now) => Step(id, (await desk.Change(unit, id, item => item.TakeBackWhy(why, asked.Value.Reason, by, now)))?.State));
    }

    /// <summary>Tells the customer of a complaint what changed because of them.</summary>
    public async Task<IResult> Tell(long id, HttpContext context)
    {
        var (asked, body) = await write.Read<TellCustomer>(context);
        var number = asked.Value.Case ?? throw new BadField("case", "Name the complaint whose customer is told.");
        if (await desk.Find(id, context.RequestAborted) is not { } file || file.Cases.All(each => each.Number != number))
            return TypedResults.NotFound();
        if (!ChangeLetterRule.HasChanged(file.Item))
            throw new Domain.Refused("state", "Nothing holds yet that they can be told of.");
        return await once.Run(context, body, async (unit, by, now) =>
            await cases.ChangeIn(unit, number, (@case, inside) => dispatch.Change(new(@case, inside, number, asked.Company, by, now), desk, id, asked.Value.Text)) is null ? null : Step(id, file.Item.State));
    }

    private static Written? Step(long id, ImprovementState? state) => state is { } now ? new(StatusCodes.Status201Created, $"/api/v1/improvements/{id}", new ImprovementStep(id, now)) : null;
}

/// <summary>How far an improvement is after a change.</summary>
public sealed record ImprovementStep(long Id, ImprovementState State);

/// <summary>What an improvement is about.</summary>
public record PlannedImprovement
{
    public string? What { get; init; }
    public string? Problem { get; init; }
    public long? OwnerId { get; init; }
    public DateOnly? Due { get; init; }
    public Amount? Cost { get; init; }

    /// <summary>In a year.</summary>
    public Amount? Benefit { get; init; }

    /// <summary>category, cause, product, lot, carrier, supplier, place or promises; nothing is counted when left out.</summary>
    public string? MeasuredBy { get; init; }
    public string? MeasuredOf { get; init; }

    /// <summary>The days that made you look; they do not count as before.</summary>
    public DateOnly? TriggerFrom { get; init; }
    public DateOnly? TriggerUntil { get; init; }

    /// <summary>A complaint counts when it comes within so many days of its order; 14 when left out.</summary>
    public int? SettleDays { get; init; }

    internal ImprovementPlan Plan(Company company) => new(What ?? "", Problem ?? "")
    {
        OwnerId = OwnerId, Due = Due, CostMinor = Cost is null ? null : Checked.Worth("cost", Cost, company).Minor, BenefitMinor = Benefit is null ? null : Checked.Worth("benefit", Benefit, company).Minor,
        By = MeasuredBy is null ? Dimension.None : Enum.TryParse<Dimension>(MeasuredBy, true, out var by) && by != Dimension.None && Enum.IsDefined(by) && !char.IsAsciiDigit(MeasuredBy[0]) ? by : throw new BadField("measured_by", "There are category, cause, product, lot, carrier, supplier, place and promises."),
        Of = MeasuredOf ?? "", TriggerFrom = TriggerFrom, TriggerUntil = TriggerUntil, SettleDays = SettleDays ?? ImprovementPlan.UsualSettleDays,
    };
}

/// <summary>A new improvement, with complaints that show it.</summary>
public sealed record ProposeImprovement : PlannedImprovement
{
    public IReadOnlyList<long>? Cases { get; init; }
}

/// <summary>The whole plan as it is to be, and why it changes.</summary>
public sealed record ChangeImprovement : PlannedImprovement
{
    public string? Why { get; init; }
}

/// <summary>A move: agree, decline, start, finish (with why as what was done, and since), watch (with aim), effective, not_effective, reopen (with due).</summary>
public sealed record MoveImprovement(string? Move, string? Why, DateOnly? Since, long? Aim, DateOnly? Due);

/// <summary>Complaints that show it.</summary>
public sealed record AddEvidence(IReadOnlyList<long>? Cases);

/// <summary>A step of why upon why; anyway keeps one that names a person, the next one says what let it happen.</summary>
public sealed record AddStep(string? Why, int? Under, string? Evidence, long? SeenIn, bool CanChange = false, bool Anyway = false);

/// <summary>Why a step was wrong.</summary>
public sealed record TakeBackStep(string? Reason);

/// <summary>The letter to the customer of a complaint; what stands in quotation marks is theirs.</summary>
public sealed record TellCustomer(long? Case, string? Text);
