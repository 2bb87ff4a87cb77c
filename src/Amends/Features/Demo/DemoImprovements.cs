using Amends.Data;
using Amends.Domain.Calendars;
using Amends.Domain.Causes;
using Amends.Domain.Improvements;
using Amends.Domain.People;
using Amends.Letters;
using Dapper;

namespace Amends.Features.Demo;

/// <summary>
/// What the demo company changed: call-backs with a clock, which the count shows to have helped; a second carrier after the outage, which is still counted; the bad lot, which
/// somebody is late with; and an idea that waits for a manager.
/// </summary>
public sealed class DemoImprovements(Database database, CaseStore cases, ImprovementDesk desk, Dispatch dispatch, Company company)
{
    private const int Shown = 8;

    /// <summary>Plays them, move by move.</summary>
    /// <param name="people">The company's people: three agents, a lead, a manager.</param>
    /// <param name="now">Now.</param>
    public async Task Run(IReadOnlyList<Actor> people, DateTimeOffset now)
    {
        var (agent, other, lead, manager) = (people[0], people[1], people[3], people[4]);
        DateOnly Day(int ago) => LocalDay.Of(now.AddDays(-ago), company.Zone());
        DateTimeOffset At(int ago) => LocalDay.Begins(Day(ago), company.Zone()).AddHours(11);

        var calls = await Propose(new("Call-backs are promises with a clock: their owner is reminded two hours before", "Somebody says “we call you back”, and nobody does. Customers wait at the phone, and tell everything again.")
        {
            OwnerId = other.Id, Due = Day(26), CostMinor = 90_000, BenefitMinor = 640_000, By = Dimension.Promises, TriggerFrom = Day(84), TriggerUntil = Day(70),
        }, await Numbers("c.subject in ('Nobody called back', 'Waiting for your call since Monday', 'You said you would ring') and c.opened_at < @until", now.AddDays(-29)), lead, At(52));
        await Why(calls, "A call that was promised stood in a note, and nobody reads notes at the right time", null, other, At(50));
        await Why(calls, "There was no list of calls with a time on it", 1, other, At(50), true);
        await Move(calls, item => item.Agree("It costs two days of work, and each broken call-back costs us an hour and a customer's patience.", manager, At(48)));
        await Move(calls, item => item.Start("With the calls of Monday", other, At(44)));
        await Move(calls, item => item.Finish("Call-backs are promises with a clock: their owner is reminded two hours before, and a lead sees those that nobody makes.", now.AddDays(-28), other, At(27)));
        await Move(calls, item => item.Watch(40, other, At(26)));
        if (await desk.Effect((await desk.Find(calls))!.Item, now) is { Effect.IsShown: true } found)
            await Move(calls, item => item.ShowEffective(found.Effect, lead, At(1)));

        var carrier = await Propose(new("A second carrier for the north, after Northline's outage", "For days nothing reached the north, and nobody could say where it was.")
        {
            OwnerId = lead.Id, Due = Day(36), CostMinor = 240_000, BenefitMinor = 900_000, By = Dimension.Carrier, Of = "Northline", TriggerFrom = Day(48), TriggerUntil = Day(40),
        }, await Numbers("o.carrier = 'Northline' and c.category like 'DEL.%' and c.opened_at < @until", now.AddDays(-20)), agent, At(44));
        await Move(carrier, item => item.Agree("One outage of one partner must not stop half the country.", manager, At(43)));
        await Move(carrier, item => item.Finish("Parcels to the north go with a second carrier as soon as the first one has no news for a day.", now.AddDays(-38), lead, At(37)));
        await Move(carrier, item => item.Watch(200, lead, At(36)));
        await Tell(carrier, lead, At(6));

        var lot = await Propose(new("Kettle K-12: the seal of lot L-2291 is tested before it is sold, and the supplier changes it", "Kettles of one lot leak from the bottom within weeks.")
        {
            OwnerId = agent.Id, Due = Day(1), CostMinor = 60_000, BenefitMinor = 300_000, By = Dimension.Product, Of = "Kettle K-12", TriggerFrom = Day(60), TriggerUntil = Day(12), SettleDays = 60,
        }, await Numbers("o.lot = 'L-2291'", now), agent, At(12));
        await Why(lot, "The seal in the bottom shrinks when it is hot", null, agent, At(11), seenIn: true);
        await Why(lot, "The supplier took another rubber for this lot and told nobody", 1, agent, At(11));
        await Why(lot, "Nothing in our contract says that a change of material is told before", 2, agent, At(10), true);
        await Move(lot, item => item.Agree("A kettle that leaks can hurt somebody. The lot stays in the warehouse until it is done.", manager, At(10)));
        await Move(lot, item => item.Start("The supplier has three of them for a test", agent, At(9)));

        await Propose(new("Refunds leave on the day on which the parcel is scanned", "Customers send something back and wait for their money until somebody looks into the parcel."), [], other, At(3));
    }

    private Task<long> Propose(ImprovementPlan plan, IReadOnlyList<long> numbers, Actor by, DateTimeOffset at) => database.Write(unit => desk.Propose(unit, plan, numbers, [], by, at));

    private Task Move(long id, Func<ImprovementItem, ImprovementItem> verb) => database.Write(unit => desk.Change(unit, id, verb));

    private async Task Why(long id, string words, int? under, Actor by, DateTimeOffset at, bool canChange = false, bool seenIn = false)
    {
        var number = seenIn ? (await desk.Find(id))!.Cases[0].Number : (long?)null;
        await database.Write(unit => desk.AskWhy(unit, id, new(words, under, null, number, canChange), [], by, at));
    }

    /// <summary>The first of its customers who may be told is told; the others are left to try.</summary>
    private async Task Tell(long id, Actor by, DateTimeOffset at)
    {
        var file = (await desk.Find(id))!;
        foreach (var each in file.Cases)
        {
            if (await cases.Find(each.Number) is { } state && state.ClosedAt < at && ChangeLetterRule.Against(state, id, wantsNone: false).Count == 0)
            {
                await cases.Change(each.Number, (@case, unit) => dispatch.Change(new(@case, unit, each.Number, company, by, at), desk, id, ChangeLetter.Draft(state, file.Item, company.Zone())));
                return;
            }
        }
    }

    private Task<IReadOnlyList<long>> Numbers(string which, DateTimeOffset until) => database.Read(async connection => (IReadOnlyList<long>)(await connection.QueryAsync<long>(
        $"select c.number from cases c left join orders o on o.id = c.order_id where c.kind = 1 and {which} order by case when c.close_reason = 1 then 0 else 1 end, c.opened_at limit {Shown}", new { until = until.ToUnixTimeMilliseconds() })).AsList());
}
