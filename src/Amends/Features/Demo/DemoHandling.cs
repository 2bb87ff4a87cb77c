using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Handling;
using Amends.Domain.People;

namespace Amends.Features.Demo;

/// <summary>What is true beside the stage: somebody reads slowly, a parcel is searched for, one case rests, one is to be put right by a day of its own.</summary>
public sealed class DemoHandling(Database database, CaseStore cases)
{
    /// <summary>Notes it on cases that are worked on and whose promise is still to come.</summary>
    public Task Run(DateTimeOffset now) => database.Write(async unit =>
    {
        var open = await unit.List<Row>(
            $"""
            select c.number, p.id, p.name, p.role from cases c join people p on p.id = c.owner_id
            where c.kind = 1 and c.stage = {(int)CaseStage.Working} and c.call_at is null and c.next_contact_at > @soon order by c.number limit 4
            """, new { soon = now.AddHours(2).ToUnixTimeMilliseconds() });
        for (var i = 0; i < open.Count; i++)
            await Play(unit, open[i], i, now);
    });

    private Task Play(Unit unit, Row row, int scene, DateTimeOffset now) => cases.ChangeIn(unit, row.Number, (@case, _) =>
    {
        var (agent, noted) = (Actor.Person(row.Id, row.Name, (Role)row.Role), now.AddMinutes(-30));
        switch (scene)
        {
            case 0: @case.NoteSupportNeeds([SupportNeed.LargePrint, SupportNeed.MoreTime], "I read slowly, please leave me a few days.", agent, noted); break;
            case 1: @case.WaitFor(WaitsFor.Carrier, "a search for the parcel", agent, noted); break;
            case 2 when !@case.State.WaitsForReply: @case.Snooze(@case.State.NextContact!.DueAt.AddHours(-1), "the workshop looks at it", agent, noted); break;
            default: @case.PlanFix(now.AddDays(2), agent, noted); break;
        }

        return Task.CompletedTask;
    });

    private sealed class Row
    {
        public long Number { get; init; }
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public int Role { get; init; }
    }
}
