using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Statistics;
using Amends.Domain.Worth;
using Amends.Web;
using Microsoft.AspNetCore.Mvc;

namespace Amends.Features.Api;

/// <summary>What recovery is worth, what it rests on, and what finding customers costs, for programs.</summary>
public sealed class WorthApi(Database database, WorthQuery query, WorthCaseList list, WorthDesk desk, CaseStore cases, DoOnce once, StoredSettings settings)
{
    private const int MostMonths = 120;

    /// <summary>The report: the figures of the page.</summary>
    public async Task<WorthReportAnswer> Report(string? days, string? within, CancellationToken ct)
    {
        var report = await query.Read(Choice("days", days, WorthReport.SpanChoices), Choice("within", within, WorthReport.WithinChoices), ct);
        return new(report.Days, report.Within, report.From, report.To, report.Currency,
            [.. report.Figures.Select(each => new WorthFigureAnswer(each.Key, each.Title, each.Definition, each.Unit, each.N, each.IsFew || each.RangeAlone ? null : each.Value, each.IsFew ? null : each.Low, each.IsFew ? null : each.High, each.IsFew, each.Cases is { Count: null } ? null : each.CaseCount))], Assumptions(report.Book));
    }

    /// <summary>The newest complaints behind a figure of the report; <c>null</c> when there is no such figure.</summary>
    public async Task<WorthCasesAnswer?> Cases(string of, string? days, string? within, CancellationToken ct)
    {
        var report = await query.Read(Choice("days", days, WorthReport.SpanChoices), Choice("within", within, WorthReport.WithinChoices), ct);
        return report.Figure(of) is { } figure ? new(figure.Key, report.From, report.To, figure.Cases is { Count: null } ? null : figure.CaseCount, await list.Numbers(figure.Cases, ct), figure.Customers) : null;
    }

    /// <summary>The assumptions as they count now.</summary>
    public async Task<AssumptionListAnswer> Assumed(CancellationToken ct) => new(Assumptions(await desk.Book(ct)));

    /// <summary>What finding customers cost, month by month.</summary>
    public async Task<SpendListAnswer> Spend(CancellationToken ct) =>
        new([.. (await AcquisitionSpend.Newest(database, MostMonths, ct)).Select(row => new SpendAnswer(row.Month, new(row.Minor, row.Currency), row.NewCustomers))]);

    /// <summary>Takes what finding customers cost; all of it or nothing.</summary>
    public async Task<IResult> Tell(HttpContext context)
    {
        var (asked, body) = await ApiJson.Read<TellSpend>(context.Request);
        if (asked.Months is not { Count: > 0 and <= MostMonths } told)
            throw new BadField("months", $"Send one month at least, and {MostMonths} at the most.");
        var company = await settings.Company(context.RequestAborted);
        List<SpendMonth> rows = [.. told.Select((each, i) => new SpendMonth
        {
            Month = AcquisitionSpend.MonthOf(each?.Month) ?? throw new BadField($"months[{i}].month", "Months are written 2026-03."), Currency = company.Currency,
            Minor = each!.Spend is null ? throw new BadField($"months[{i}].spend", "Say what was spent.") : Checked.Worth($"months[{i}].spend", each.Spend, company).Minor,
            NewCustomers = each.NewCustomers is >= 0 and <= (int)AcquisitionSpend.MostCustomers and var found ? found : throw new BadField($"months[{i}].new_customers", "Say how many came, as a whole number from 0."),
        })];
        var result = await once.Run(context, body, async (unit, _, now) =>
        {
            var added = 0;
            foreach (var row in rows)
                added += await AcquisitionSpend.Put(unit, row, now) ? 1 : 0;
            return new Written(StatusCodes.Status201Created, "/api/v1/acquisition-spend", new SpendToldAnswer(added, rows.Count - added));
        });
        desk.Forget();
        return result;
    }

    /// <summary>What is at stake in a case and what it cost; <c>null</c> when there is no such case.</summary>
    public async Task<CaseWorthAnswer?> Case(long number, CancellationToken ct)
    {
        if (await cases.Find(number, ct) is not { } state)
            return null;
        var stake = await desk.StakeOf(state, ct);
        var cost = await CaseCosts.Of(database, number, state, stake.Book, stake.Currency, ct);
        Amount Of(long minor) => new(minor, stake.Currency);
        RangeAnswer Range(LowMidHigh<long> range) => new(Of(range.Low), Of(range.Mid), Of(range.High));
        return new(number, stake.Worth is { } worth ? Range(worth.Discounted) : null, Range(stake.Risk.Before), Range(stake.Risk.After), Range(stake.Risk.AtRisk), cost.Seconds / 60, Of(cost.Cost.Labour), Of(cost.Cost.Remedy), Of(cost.Cost.Shipping), Of(cost.Cost.WriteOff), Of(cost.Cost.LostMargin), Of(cost.Cost.Total));
    }

    /// <summary>Writes down minutes or another cost of a case.</summary>
    public async Task<IResult> Add(long number, HttpContext context)
    {
        var (asked, body) = await ApiJson.Read<AddCost>(context.Request);
        var company = await settings.Company(context.RequestAborted);
        var (kind, amount) = (Checked.Chosen("kind", asked.Kind, "One of minutes, shipping, written_off and lost_margin."), Checked.Worth("amount", asked.Amount, company));
        return await once.Run(context, body, async (unit, _, now) =>
            await CaseCosts.Add(unit, number, kind, asked.Minutes ?? 0, amount, asked.Why, now) is { } id ? new Written(StatusCodes.Status201Created, $"/api/v1/cases/{number}/worth", new CostAddedAnswer(id)) : null);
    }

    private static int? Choice(string field, string? asked, IReadOnlyList<int> choices) => asked is null ? null
        : int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var chosen) && choices.Contains(chosen) ? chosen
        : throw new BadField(field, $"{field} is one of {string.Join(", ", choices)}.");

    private static IReadOnlyList<AssumptionAnswer> Assumptions(AssumptionBook book) =>
        [.. book.All.Select(held => new AssumptionAnswer(held.Of.Key, held.Of.Title, held.Of.UsedFor, held.Of.Measure, held.Range?.Low, held.Range?.Mid, held.Range?.High, held.Grade, held.Of.Source, held.Counted?.N, held.Of.OwnFrom, held.Counted?.Since))];
}

/// <summary>Maps them.</summary>
internal static class WorthApiEndpoints
{
    /// <summary>Maps what is read and told.</summary>
    public static void MapWorthReads(this IEndpointRouteBuilder api)
    {
        api.MapGet("/reports/worth", async (WorthApi worth, CancellationToken ct, string? days, string? within) => ApiJson.Answer(await worth.Report(days, within, ct)))
            .Describe<WorthReportAnswer>("What recovery keeps and costs, with ranges, and how many complaints are behind each figure", Scopes.MoneyRead).ProducesProblem(400);
        api.MapGet("/reports/worth/{figure}/cases", async (string figure, WorthApi worth, CancellationToken ct, string? days, string? within) => await worth.Cases(figure, days, within, ct) is { } found ? ApiJson.Answer(found) : TypedResults.NotFound())
            .Describe<WorthCasesAnswer>("The complaints behind a figure, the newest hundred, or its customers", Scopes.MoneyRead).ProducesProblem(400).ProducesProblem(404);
        api.MapGet("/assumptions", async (WorthApi worth, CancellationToken ct) => ApiJson.Answer(await worth.Assumed(ct))).Describe<AssumptionListAnswer>("What the figures on worth assume", Scopes.MoneyRead);
        api.MapGet("/acquisition-spend", async (WorthApi worth, CancellationToken ct) => ApiJson.Answer(await worth.Spend(ct))).Describe<SpendListAnswer>("What finding customers cost, month by month, the newest first", Scopes.MoneyRead);
        api.MapPost("/acquisition-spend", (HttpContext context, WorthApi worth, [FromHeader(Name = DoOnce.Header)] string? key) => worth.Tell(context))
            .Accepts<TellSpend>("application/json").Describe<SpendToldAnswer>("Says what finding customers cost; a known month is brought up to date", Scopes.CustomersWrite, 201).ProducesProblem(400);
        api.MapGet("/cases/{number:long}/worth", async (long number, WorthApi worth, CancellationToken ct) => await worth.Case(number, ct) is { } found ? ApiJson.Answer(found) : TypedResults.NotFound())
            .Describe<CaseWorthAnswer>("What is at stake in a case, and what it cost so far", Scopes.MoneyRead).ProducesProblem(404);
        api.MapPost("/cases/{number:long}/costs", (long number, HttpContext context, WorthApi worth, [FromHeader(Name = DoOnce.Header)] string? key) => worth.Add(number, context))
            .Accepts<AddCost>("application/json").Describe<CostAddedAnswer>("Writes down minutes of work or another cost of a case", Scopes.CasesWrite, 201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);
    }
}

/// <summary>A figure: money in minor units, shares from 0 to 1; without value where only its range may be shown, without any where there are fewer than ten. Cases is how many complaints are behind it, null where only what they cost is summed.</summary>
public sealed record WorthFigureAnswer(string Key, string Title, string Definition, WorthUnit Unit, long N, double? Value, double? Low, double? High, bool TooFew, long? Cases);

/// <summary>The complaints behind a figure: how many, null where only what they cost is summed, and the newest hundred of them; and the customers, where it is about customers.</summary>
public sealed record WorthCasesAnswer(string Figure, DateOnly From, DateOnly To, long? Count, IReadOnlyList<long> Cases, IReadOnlyList<long> Customers);

/// <summary>What recovery is worth.</summary>
public sealed record WorthReportAnswer(int Days, int Within, DateOnly From, DateOnly To, string Currency, IReadOnlyList<WorthFigureAnswer> Figures, IReadOnlyList<AssumptionAnswer> Assumptions);

/// <summary>An assumption as it counts now; the value is of its own figures once there are enough.</summary>
public sealed record AssumptionAnswer(string Key, string Title, string UsedFor, Measure Measure, double? Low, double? Value, double? High, Grade Grade, string Source, int? OwnN, int? OwnFrom, DateOnly? OwnSince);

/// <summary>All of them.</summary>
public sealed record AssumptionListAnswer(IReadOnlyList<AssumptionAnswer> Assumptions);

/// <summary>What a month cost, and how many came.</summary>
public sealed record SpendAnswer(string Month, Amount Spend, int NewCustomers);

/// <summary>The months.</summary>
public sealed record SpendListAnswer(IReadOnlyList<SpendAnswer> Months);

/// <summary>What finding customers cost.</summary>
public sealed record TellSpend(IReadOnlyList<ToldMonth?>? Months);

/// <summary>A month: 2026-03, what was spent, how many new customers came.</summary>
public sealed record ToldMonth(string? Month, Amount? Spend, int? NewCustomers);

/// <summary>How many months were new, and how many were known.</summary>
public sealed record SpendToldAnswer(int Added, int Updated);

/// <summary>A range: where all assumptions make least of it, in the middle, where they make most.</summary>
public sealed record RangeAnswer(Amount Low, Amount Mid, Amount High);

/// <summary>What is at stake in a case, and what it cost.</summary>
public sealed record CaseWorthAnswer(long Number, RangeAnswer? Lifetime, RangeAnswer LostUnresolved, RangeAnswer LostResolved, RangeAnswer AtStake, long Minutes, Amount Labour, Amount Remedies, Amount Shipping, Amount WrittenOff, Amount LostMargin, Amount Total);

/// <summary>Something that a case cost: minutes, or an amount.</summary>
public sealed record AddCost(CostKind? Kind = null, int? Minutes = null, Amount? Amount = null, string? Why = null);

/// <summary>Its id.</summary>
public sealed record CostAddedAnswer(long Id);
