using Amends.Domain;
using Amends.Domain.Causes;
using Amends.Domain.Improvements;
using Amends.Domain.Listening;
using Amends.Domain.People;
using Dapper;

namespace Amends.Data;

/// <summary>Why upon why for what stands out: its ladder is that of the improvement that was begun for it, or of one that is measured alike and rests on one of its cases.</summary>
public sealed class AlertWhys(Database database, ImprovementDesk improvements, StoredSettings settings)
{
    private const string Which =
        """
        select i.id, i.since, i.what, i.state, i.document from improvements i
        where i.state <> @declined and (i.id = (select a.improvement_id from alerts a where a.id = @alert) or (@dimension > 0 and i.dimension = @dimension and i.of_what = @named
            and exists (select 1 from improvement_evidence e join alert_cases l on l.case_number = e.case_number where e.improvement_id = i.id and l.alert_id = @alert)))
        order by case when i.id = (select a.improvement_id from alerts a where a.id = @alert) then 0 else 1 end, i.id desc limit 1
        """;

    /// <summary>The ladder as it stands; <c>null</c> while nobody asked why.</summary>
    /// <param name="kept">What stands out.</param>
    /// <param name="ct">The request's end.</param>
    public Task<AlertLadder?> Find(KeptAlert kept, CancellationToken ct = default) => database.Read(async connection =>
        await connection.QueryFirstOrDefaultAsync<ImprovementRow>(Which, Values(kept)) is { } row ? new AlertLadder(row.Id, row.What, Why.Ends(row.Read().Whys)) : null, ct);

    /// <summary>Begins an improvement on its cases, or takes its new cases into the one that is there.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="kept">What stands out.</param>
    /// <param name="by">Who asks.</param>
    /// <param name="now">Now.</param>
    /// <returns>The improvement.</returns>
    public async Task<long> Ask(Unit unit, KeptAlert kept, Actor by, DateTimeOffset now)
    {
        await unit.Value<long?>($"select id from alerts where id = @Id{database.ForUpdate}", new { kept.Id }); // who asks at the same moment waits, and finds it
        var known = await unit.One<ImprovementRow>(Which, Values(kept));
        var id = known?.Id ?? await improvements.Propose(unit, PlanOf(kept), [], [], by, now);
        await unit.Run("update alerts set improvement_id = @improvement where id = @Id", new { improvement = id, kept.Id });
        if (known?.Read().IsOver == true)
            return id;
        var left = ImprovementItem.MostCases - await unit.Value<long>("select count(*) from improvement_evidence where improvement_id = @id", new { id });
        foreach (var number in await unit.List<long>(
            """
            select c.number from alert_cases l join cases c on c.number = l.case_number where l.alert_id = @alert and c.kind = 1
                and not exists (select 1 from improvement_evidence e where e.improvement_id = @id and e.case_number = c.number) order by c.opened_at desc, c.number desc limit @left
            """, new { alert = kept.Id, id, left = Math.Max(0, left) }))
            await improvements.AddCase(unit, id, number, by, now);
        return id;
    }

    private ImprovementPlan PlanOf(KeptAlert kept)
    {
        var (what, (by, of)) = ("Find out why: " + AlertWords.About(kept.Alert, settings.Content.Categories), MeasureOf(kept));
        return new(Texts.Cut(what, ImprovementPlan.LongestWhat), AlertWords.Of(kept.Alert, settings.Content.Categories)) { By = by, Of = of, TriggerFrom = kept.Alert.From, TriggerUntil = kept.Alert.To };
    }

    private static (Dimension By, string Of) MeasureOf(KeptAlert kept) => kept.Alert switch
    {
        { Product.Length: > 0 } alert => (Dimension.Product, alert.Product.Trim()),
        { Category.Length: > 0 } alert => (Dimension.Category, alert.Category),
        _ => (Dimension.None, ""),
    };

    private static object Values(KeptAlert kept) => MeasureOf(kept) is var (by, of) ? new { alert = kept.Id, declined = (int)ImprovementState.Declined, dimension = (int)by, named = Storable.Of(of) } : new { };
}

/// <summary>The ladder of what stands out.</summary>
/// <param name="Improvement">The improvement on which it stands.</param>
/// <param name="What">What is to change by it.</param>
/// <param name="Ends">The steps at which it ends at present; none while nobody said why.</param>
public sealed record AlertLadder(long Improvement, string What, IReadOnlyList<Why> Ends);
