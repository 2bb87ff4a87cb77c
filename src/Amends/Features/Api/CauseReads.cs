using System.Globalization;
using Amends.Data;
using Amends.Domain.Causes;
using Amends.Domain.Improvements;
using Amends.Domain.Statistics;
using Amends.Web;

namespace Amends.Features.Api;

/// <summary>Why complaints come, what a supplier or carrier can be sent, and the improvements, for programs. The same counts as on the pages.</summary>
public sealed class CauseReads(CauseQuery query, ImprovementDesk desk, Database database, StoredSettings settings, TimeProvider clock)
{
    /// <summary>Complaints by what they share.</summary>
    /// <exception cref="BadField"><c>by</c>, <c>days</c>, <c>level</c> or <c>weigh</c>.</exception>
    public async Task<CauseReportAnswer> Causes(string? by, string? days, string? level, string? weigh, CancellationToken ct)
    {
        var dimension = by is null ? Dimension.Category : CauseQuery.Dimensions.FirstOrDefault(each => each.Code == by) is { Code: not null } found ? found.By
            : throw new BadField("by", $"by is one of {string.Join(", ", CauseQuery.Dimensions.Select(each => each.Code))}.");
        var report = await query.Read(dimension, level switch { null or "2" => 2, "1" => 1, "3" => 3, _ => throw new BadField("level", "level is 1, 2 or 3.") }, await Span(days, ct),
            weigh is null ? CauseWeight.Count : CauseQuery.WeightOf(weigh) ?? throw new BadField("weigh", $"weigh is one of {string.Join(", ", CauseQuery.Weights.Select(each => each.Code))}."), ct);
        return new(CodeOf(report.By), report.Span.FirstDay, report.Span.LastDay, report.Complaints, report.NotKnown, report.Orders, report.Without, Share(report.Other), Share(report.Unknown), Share(report.Changed),
            [.. report.Lines.Select(line => new CauseLineAnswer(line.Code, line.Words, line.Complaints, line.Orders, Rate(line.Rate, line.Within), line.Share, line.Cumulative, line.IsVital, line.Weight, line.Before.Complaints, line.Before.Orders))],
            [.. report.Heard.Select(each => new HeardAnswer(each.First, each.Confirmed, each.Cases))]);
    }

    /// <summary>What a supplier or a carrier can be sent; <c>null</c> when no order of these days names it.</summary>
    /// <exception cref="BadField"><c>by</c>, <c>of</c> or <c>days</c>.</exception>
    public async Task<PartnerReportAnswer?> Partner(string? by, string? of, string? days, CancellationToken ct)
    {
        var dimension = by switch { "supplier" => Dimension.Supplier, "carrier" => Dimension.Carrier, _ => throw new BadField("by", "by is supplier or carrier.") };
        var content = (await settings.Company(ct)).Content;
        return await PartnerReport.Read(database, dimension, Checked.Needed("of", of, 500), await Span(days, ct), content.Categories, content.Causes, ct) is not { } report ? null
            : new(CodeOf(report.By), report.Name, report.Span.FirstDay, report.Span.LastDay, Counted(report.Theirs), Counted(report.Others), report.Comparison(), [.. report.Problems.Select(each => new PartnerProblem(each.Words, each.Complaints))],
                [.. report.Lots.Select(lot => new PartnerLotAnswer(lot.Product, lot.Lot, Counted((lot.Complaints, lot.Orders))))], report.Examples);
    }

    /// <summary>All improvements.</summary>
    public async Task<ImprovementListAnswer> List(CancellationToken ct)
    {
        var currency = (await settings.Company(ct)).Currency;
        return new([.. (await desk.List(ct)).Select(row => Of(row, row.Read(), currency))]);
    }

    /// <summary>One of them; <c>null</c> when there is no such one.</summary>
    public async Task<ImprovementAnswer?> One(long id, CancellationToken ct)
    {
        if (await desk.Find(id, ct) is not { } file)
            return null;
        var effect = await desk.Effect(file.Item, clock.GetUtcNow(), ct);
        return Of(file.Row, file.Item, file.Currency) with
        {
            CaseNumbers = [.. file.Cases.Select(each => each.Number)],
            ToldCases = [.. file.Cases.Where(each => each.SentAt is not null).Select(each => each.Number)],
            Whys = [.. file.Item.Whys.Select(why => new ImprovementWhy(why.Id, why.Under, why.Words, why.Evidence, why.SeenIn, why.CanChange, why.Stands))],
            History = [.. file.Moves.Select(move => new ImprovementMoveAnswer(move.At, move.By, move.Move, move.From, move.To, move.Words))],
            Effect = effect is not { } found ? null : new(found.Days.BeforeFrom, found.Days.BeforeUntil, found.Days.WithoutFrom, found.Days.WithoutUntil, found.Days.AfterFrom, found.Days.AfterUntil,
                found.Effect.CountBefore, found.Effect.ExposureBefore, found.Effect.CountAfter, found.Effect.ExposureAfter, found.Effect.Ratio, found.Effect.Within?.Low, found.Effect.Within?.High, found.Effect.IsShown, found.Effect.Needed, found.Effect.Words()),
        };
    }

    private static ImprovementAnswer Of(ImprovementRow row, ImprovementItem item, string currency) => new(row.Id, item.Plan.What, item.Plan.Problem, item.State, item.Plan.OwnerId is { } owner ? new(owner, item.Plan.Owner) : null, item.Plan.Due)
    {
        Decision = item.Decision, DecidedBy = item.DecidedBy, DecidedAt = item.DecidedAt, Done = item.DoneWords, HoldsFrom = item.HoldsFrom, Aim = item.Aim, Cases = row.Cases, Told = row.Told,
        Cost = item.Plan.CostMinor is { } cost ? new(cost, currency) : null, Benefit = item.Plan.BenefitMinor is { } benefit ? new(benefit, currency) : null,
        MeasuredBy = item.Plan.By == Dimension.None ? null : CodeOf(item.Plan.By), MeasuredOf = item.Plan.Of.Length == 0 ? null : item.Plan.Of, TriggerFrom = item.Plan.TriggerFrom, TriggerUntil = item.Plan.TriggerUntil, SettleDays = item.Plan.SettleDays,
    };

    private async Task<CauseSpan> Span(string? days, CancellationToken ct) => CauseSpan.Until(clock.GetUtcNow(), days is null ? null
        : int.TryParse(days, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) && CauseSpan.Choices.Contains(asked) ? asked : throw new BadField("days", $"days is one of {string.Join(", ", CauseSpan.Choices)}."), (await settings.Company(ct)).Zone());

    private static string CodeOf(Dimension by) => by.ToString().ToLowerInvariant();

    private static CountedAnswer Counted((int Complaints, int Orders) counted) => new(counted.Complaints, counted.Orders, PartnerReport.RateOf(counted) is { } rate ? Rate(rate.Rate, rate.Within) : null);

    private static RateAnswer? Rate(double? rate, Interval? within) => rate is { } known && within is { } interval ? new(known, interval.Low, interval.High) : null;

    private static ShareAnswer Share(Proportion share) => share.IsFew ? new(null, share.Of, null, null, null) : new(share.Hits, share.Of, share.Share, share.Interval?.Low, share.Interval?.High);
}

/// <summary>Complaints for a thousand orders, with the exact 95 % interval.</summary>
public sealed record RateAnswer(double Per1000, double Low, double High);

/// <summary>So many complaints about so many orders.</summary>
public sealed record CountedAnswer(int Complaints, int Orders, RateAnswer? Rate);

/// <summary>Complaints by what they share; of fewer than ten no share is given.</summary>
public sealed record CauseReportAnswer(string By, DateOnly From, DateOnly To, int Complaints, int NotKnown, int Orders, int WithoutComplaint, ShareAnswer SomethingElse, ShareAnswer UnknownCause, ShareAnswer TurnedOutOtherwise, IReadOnlyList<CauseLineAnswer> Lines, IReadOnlyList<HeardAnswer> Heard);

/// <summary>One line; vital are the fewest that make four fifths of the weight: a number of complaints, their severity, or minor units of the company's currency. Before are as many days before.</summary>
public sealed record CauseLineAnswer(string Code, string Name, int Complaints, int Orders, RateAnswer? Rate, double Share, double Cumulative, bool Vital, long Weight, int ComplaintsBefore, int OrdersBefore);

/// <summary>What it was heard as first, what it was, and how often.</summary>
public sealed record HeardAnswer(string First, string Confirmed, int Complaints);

/// <summary>What a supplier or a carrier can be sent; nothing in it is a customer's.</summary>
public sealed record PartnerReportAnswer(string By, string Name, DateOnly From, DateOnly To, CountedAnswer Theirs, CountedAnswer Others, string Comparison, IReadOnlyList<PartnerProblem> Problems, IReadOnlyList<PartnerLotAnswer> Lots, IReadOnlyList<string> Examples);

/// <summary>What complaints are about.</summary>
public sealed record PartnerProblem(string Name, int Complaints);

/// <summary>A product and lot.</summary>
public sealed record PartnerLotAnswer(string Product, string Lot, CountedAnswer Counted);

/// <summary>Improvements: what is to be done first, by its day.</summary>
public sealed record ImprovementListAnswer(IReadOnlyList<ImprovementAnswer> Items);

/// <summary>An improvement. What it shows, its cases, its ladder and its history are there when one is asked for.</summary>
public sealed record ImprovementAnswer(long Id, string What, string Problem, ImprovementState State, Named? Owner, DateOnly? Due)
{
    public string? Decision { get; init; }
    public string? DecidedBy { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }

    /// <summary>What was done, and since when it holds.</summary>
    public string? Done { get; init; }
    public DateTimeOffset? HoldsFrom { get; init; }
    public Amount? Cost { get; init; }

    /// <summary>In a year.</summary>
    public Amount? Benefit { get; init; }

    /// <summary>What is counted: category, cause, product, lot, carrier, supplier, place or promises.</summary>
    public string? MeasuredBy { get; init; }
    public string? MeasuredOf { get; init; }
    public DateOnly? TriggerFrom { get; init; }
    public DateOnly? TriggerUntil { get; init; }
    public int SettleDays { get; init; }
    public long? Aim { get; init; }
    public int Cases { get; init; }
    public int Told { get; init; }
    public IReadOnlyList<long>? CaseNumbers { get; init; }
    public IReadOnlyList<long>? ToldCases { get; init; }
    public IReadOnlyList<ImprovementWhy>? Whys { get; init; }
    public IReadOnlyList<ImprovementMoveAnswer>? History { get; init; }
    public EffectAnswer? Effect { get; init; }
}

/// <summary>A step of why upon why.</summary>
public sealed record ImprovementWhy(int Id, int? Under, string Words, string? Evidence, long? SeenIn, bool CanChange, bool Stands);

/// <summary>A move of its history.</summary>
public sealed record ImprovementMoveAnswer(DateTimeOffset At, string By, ImprovementMove Move, ImprovementState From, ImprovementState To, string Words);

/// <summary>What was counted before and after: the days, the counts, after by before with its exact 95 % interval, and how much more is needed to show it.</summary>
public sealed record EffectAnswer(DateTimeOffset BeforeFrom, DateTimeOffset BeforeUntil, DateTimeOffset WithoutFrom, DateTimeOffset WithoutUntil, DateTimeOffset AfterFrom, DateTimeOffset AfterUntil,
    long CountBefore, long ExposureBefore, long CountAfter, long ExposureAfter, double? Ratio, double? Low, double? High, bool IsShown, double? Needed, string Words);

/// <summary>Maps the reads.</summary>
internal static class CauseReadEndpoints
{
    /// <summary>Maps all of them.</summary>
    public static void MapCauseReads(this IEndpointRouteBuilder api)
    {
        api.MapGet("/reports/causes", async (CauseReads reads, CancellationToken ct, string? by, string? days, string? level, string? weigh) => ApiJson.Answer(await reads.Causes(by, days, level, weigh, ct)))
            .Describe<CauseReportAnswer>("Complaints by category, cause, product, lot, carrier, supplier or place, with the rate for orders of these days", Scopes.CasesRead).ProducesProblem(400);
        api.MapGet("/reports/partner", async (CauseReads reads, CancellationToken ct, string? by, string? of, string? days) => await reads.Partner(by, of, days, ct) is { } report ? ApiJson.Answer(report) : TypedResults.NotFound())
            .Describe<PartnerReportAnswer>("What a supplier or a carrier can be sent, without anything of a customer", Scopes.CasesRead).ProducesProblem(400).ProducesProblem(404);
        api.MapGet("/improvements", async (CauseReads reads, CancellationToken ct) => ApiJson.Answer(await reads.List(ct))).Describe<ImprovementListAnswer>("Improvements, those to be done first", Scopes.CasesRead);
        api.MapGet("/improvements/{id:long}", async (long id, CauseReads reads, CancellationToken ct) => await reads.One(id, ct) is { } found ? ApiJson.Answer(found) : TypedResults.NotFound())
            .Describe<ImprovementAnswer>("One improvement with its cases, its history and what was counted", Scopes.CasesRead).ProducesProblem(404);
    }
}
