using Amends.Data;
using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Amends.Domain.People;

namespace Amends.Features.Demo;

/// <summary>Calls of these days: three to come, one that was missed, one that nobody answered, and somebody who rang in vain.</summary>
public sealed class DemoCalls(Database database, CaseStore cases, Company company)
{
    /// <summary>Agrees on them with customers of cases that are worked on.</summary>
    public Task Run(DateTimeOffset now) => database.Write(async unit =>
    {
        var open = await unit.List<Row>(
            $"""
            select c.number, p.id, p.name, p.role, coalesce(u.phone, '0113 496 0199') as phone from cases c join people p on p.id = c.owner_id join customers u on u.id = c.customer_id
            where c.kind = 1 and c.stage in ({(int)CaseStage.Listening}, {(int)CaseStage.Working}) and c.opened_at < @before order by c.number desc limit 6
            """, new { before = now.AddDays(-2).ToUnixTimeMilliseconds() });
        for (var i = 0; i < open.Count; i++)
            await Play(unit, open[i], i, now);
    });

    private Task Play(Unit unit, Row row, int scene, DateTimeOffset now) => cases.ChangeIn(unit, row.Number, async (@case, _) =>
    {
        var (agent, customer) = (Actor.Person(row.Id, row.Name, (Role)row.Role), Actor.Customer(@case.State.CustomerId, @case.State.CustomerName));
        var (rules, calendar) = (company.Calls.Rules(), company.Calendar());
        var asked = now.AddHours(scene is 3 or 4 ? -20 : -3);
        CallTime Pick(Func<CallTime, bool> which) => CallTimes.Offered(calendar, rules, asked).First(which);
        void Book(CallTime time) => @case.BookCall(row.Phone, time, null, rules, customer, calendar, asked);

        switch (scene)
        {
            case 0: Book(Pick(time => time.From >= now.AddMinutes(20))); break;
            case 1: Book(Pick(time => time.From >= now.AddHours(3))); break;
            case 2: Book(Pick(time => time.From >= now.AddHours(18))); break;
            case 3:
                Book(CallTimes.Offered(calendar, rules, asked).Last(time => time.To < now.AddMinutes(-10)));
                @case.Wake(@case.State.CallBack!.To);
                break;
            case 4:
                Book(CallTimes.Offered(calendar, rules, asked).Last(time => time.To < now.AddMinutes(-40)));
                var rang = @case.State.CallBack!.From.AddMinutes(2);
                @case.TryCall(CallOutcome.NoAnswer, "The mailbox answered", null, await CallDesk.FreeIn(unit, company, rang, row.Number), rules, agent, calendar, rang);
                break;
            default: @case.TheyRang(row.Phone, now.AddMinutes(-50), agent, calendar, now.AddMinutes(-40)); break;
        }
    });

    private sealed class Row
    {
        public long Number { get; init; }
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public int Role { get; init; }
        public string Phone { get; init; } = "";
    }
}
