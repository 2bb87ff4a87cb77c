using System.Text.Json;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;

namespace Amends.Data;

/// <summary>Notes on a case how often we ask whether it is put right, and how its customer can be reached.</summary>
internal static class CheckBackDesk
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Does it when the asking begins, and after each attempt, for a number may have come or gone. Nothing is read for any other change.</summary>
    public static async Task Plan(Unit unit, Case @case)
    {
        if (@case.State is not { Stage: CaseStage.CheckBack, CheckBack: { Answer: null, Waived: false } check } || @case.News.Count == 0)
            return;
        if (check.Plan is { } known && !@case.News.Any(news => news is CheckBackAsked))
            return;
        var row = await unit.One<Row>(
            """
            select u.phone, (select count(*) from customer_addresses a where a.customer_id = u.id) as addresses, (select value from settings where name = 'company') as company
            from customers u where u.id = @CustomerId
            """, new { @case.State.CustomerId });
        var rules = check.Plan is { } begun ? (begun.Attempts, begun.DaysBetween) : RulesOf(row?.Company);
        @case.PlanCheckBack(new CheckBackPlan(rules.Attempts, rules.DaysBetween, row?.Phone is { Length: > 0 }, row?.Addresses > 0), @case.News[^1].At);
    }

    private static (int Attempts, int DaysBetween) RulesOf(string? company) =>
        (company is null ? new Company() : JsonSerializer.Deserialize<Company>(company, Json)!).CheckBacks is var set && CheckBackPlan.Wrong(set.Attempts, set.Days) is null
            ? (set.Attempts, set.Days)
            : (CheckBackPlan.Default.Attempts, CheckBackPlan.Default.DaysBetween);

    private sealed class Row
    {
        public string? Phone { get; init; }
        public long Addresses { get; init; }
        public string? Company { get; init; }
    }
}
