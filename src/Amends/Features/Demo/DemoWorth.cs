using Amends.Data;
using Amends.Data.Rollups;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Issues;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Remedies;

namespace Amends.Features.Demo;

/// <summary>
/// What shows in the long run: complaints of the last year, most of them put right, with who ordered again and who did not, beside customers who had no reason to complain; minutes of work, what finding customers cost, and
/// whom the company asked whether they had told it.
/// </summary>
public sealed class DemoWorth(Database database, CaseStore cases, Company company)
{
    private const int Complaints = 40, Others = 80;

    private static readonly string[] First = ["Ada", "Bruno", "Carla", "Dario", "Edda", "Felix", "Greta", "Hugo", "Ines", "Jasper", "Klara", "Levi"];
    private static readonly string[] Last = ["Holm", "Ferrer", "Wójcik", "Baker", "Moreau", "Iversen", "Sato", "Haddad", "Keller", "Costa"];

    /// <summary>Adds them.</summary>
    public async Task Run(DemoStory like, Actor agent, Actor lead, Actor manager, DateTimeOffset now)
    {
        var (chance, plain) = (new Random(58), like with { Lot = null, Carrier = "Swift & Sons" });
        for (var i = 0; i < Complaints; i++)
        {
            var (which, at) = (i, DemoHours.Morning(now.AddDays(-105 - i * 6.2), i, company.Zone()));
            var ending = (i % 10) switch { 8 or 9 => CloseReason.Deadlock, 7 => CloseReason.Unconfirmed, _ => CloseReason.Confirmed };
            var again = chance.NextDouble() < ending switch { CloseReason.Confirmed => 0.75, CloseReason.Deadlock => 0.2, _ => 0.5 };
            await database.Write(async unit =>
            {
                var whose = await Customer(unit, which, at);
                for (var back = 1 + chance.Next(4); back > 0; back--)
                    await DemoCustomers.AddOrder(unit, whose.Id, plain, at.AddDays(-60 - chance.Next(500)), chance);
                var order = await DemoCustomers.AddOrder(unit, whose.Id, plain, at.AddDays(-3 - which % 9), chance);
                var number = await Intake.Open(unit, cases, company, new NewCase(Channel.Mail, CaseKind.Complaint, plain.Subject, plain.Story, whose.Id, Actor.Customer(whose.Id, whose.Name), at, agent), _ => new NewMessage(Direction.In, Channel.Mail, whose.Name, plain.Story, at) { Subject = plain.Subject });
                await unit.Run("update cases set order_id = @Id where number = @number", new { order.Id, number });
                await cases.ChangeIn(unit, number, (@case, _) =>
                {
                    Play(@case, plain, Actor.Customer(whose.Id, whose.Name), agent, lead, which, ending, at);
                    return Task.CompletedTask;
                });
                for (var next = again ? 1 + chance.Next(3) : 0; next > 0; next--)
                    await DemoCustomers.AddOrder(unit, whose.Id, plain, at.AddDays(14 + chance.NextDouble() * 80), chance);
            });
        }

        await database.Write(async unit =>
        {
            for (var i = 0; i < Others; i++)
            {
                var since = now.AddDays(-100 - chance.Next(650));
                var whose = await Customer(unit, Complaints + i, since);
                await DemoCustomers.AddOrder(unit, whose.Id, plain, since, chance);
                for (var at = since.AddDays(20 + chance.Next(200)); at < now && chance.Next(4) > 0; at = at.AddDays(20 + chance.Next(200)))
                    await DemoCustomers.AddOrder(unit, whose.Id, plain, at, chance);
            }
        });
        await database.Write(async unit =>
        {
            await unit.Run("update customers set since = (select min(o.placed_at) from orders o where o.customer_id = customers.id) where since > (select min(o.placed_at) from orders o where o.customer_id = customers.id)");
            await Figures(unit, manager, now);
        });
    }

    private static Task<FoundCustomer> Customer(Unit unit, int which, DateTimeOffset at)
    {
        var name = $"{First[which % First.Length]} {Last[which / First.Length]}";
        return Customers.FindOrAdd(unit, $"{name.ToLowerInvariant().Replace(' ', '.').Replace("ó", "o", StringComparison.Ordinal)}@mail.example", name, null, at);
    }

    private void Play(Case @case, DemoStory story, Actor customer, Actor agent, Actor lead, int which, CloseReason ending, DateTimeOffset at)
    {
        var calendar = company.Calendar();
        @case.BeginListening(agent, at.AddHours(1));
        @case.HearWantedOutcome(story.Outcome, agent, at.AddHours(1));
        @case.CheckSafety(false, agent, at.AddHours(1));
        @case.Categorise(which % 6 == 5 ? "SRV.slow" : story.Category, confirmed: true, agent, at.AddHours(1));
        @case.WriteSummary(story.Happened, story.Matters, story.Promised, agent, at.AddHours(2));
        @case.SendSummary(agent, at.AddHours(2));
        var confirms = which % 3 != 0;
        if (confirms)
            @case.ConfirmSummary(1, Channel.Page, null, customer, at.AddHours(3));
        var offered = confirms ? DemoHours.Worked(calendar, at.AddHours(4), at.AddHours(3)) : DemoHours.Worked(calendar, at.AddHours(80), at.AddHours(79)); // who does not answer has had a day of open hours
        if (ending == CloseReason.Deadlock)
        {
            @case.Decide(1, Finding.PartlyUpheld, "It left us whole, and it arrived with a scratch: we give part of it back.", "A part of your money back.", "The photo", agent, offered);
            @case.SendDecision(new DecisionTerms(offered.AddDays(3), offered.AddDays(3), offered.AddDays(7), DemoDecisions.OutsideRoute, company.Currency), agent, calendar, offered);
            @case.DeclareDeadlock("They want all of it; we give half.", lead, offered.AddDays(2));
            return;
        }

        var days = new[] { 1, 3, 5, 10, 20 }[which % 5];
        Option Way(string title, RemedyKind kind, long euros) => new(0, title, $"You wanted: {story.Outcome}.", [new OptionRemedy(kind, title, new Money(euros * 100, company.Currency), offered.AddDays(days))], false);
        @case.PrepareOffer(new Case.Draft([Way("The same again, without a fault", RemedyKind.Replacement, 40), Way("Part of your money back", RemedyKind.Refund, 15 + which % 4 * 5)], null, offered.AddDays(3), offered.AddDays(days + 4)), agent, offered);
        @case.SendOffer(1, agent, calendar, offered);
        @case.Choose(1, which % 2 + 1, Channel.Page, null, customer, calendar, offered.AddHours(6));
        var done = offered.AddDays(days);
        foreach (var remedy in @case.State.Remedies.ToList())
            @case.FinishRemedy(remedy.Id, "Seen to", agent, done);
        @case.CompleteDelivery(which % 6 == 5 ? "service" : story.Cause, done.AddDays(4), agent, calendar, done.AddMinutes(5));
        if (ending == CloseReason.Unconfirmed)
            @case.WaiveCheckBack(Channel.Phone, "No need to ask.", agent, done.AddDays(4));
        else
            @case.AnswerCheckBack(CheckBackAnswer.Yes, 4 + which % 2, Channel.Page, null, customer, calendar, done.AddDays(4), new Survey(5, 6, OutcomeMet.Met, which % 5 == 4 ? WouldReturn.Perhaps : WouldReturn.Yes, Told: new[] { 0, 1, 3, 7, 3, 0 }[which % 6]));
    }

    /// <summary>Minutes of work and other costs, a year of what finding customers cost, and whom the company asked.</summary>
    private async Task Figures(Unit unit, Actor manager, DateTimeOffset now)
    {
        foreach (var row in await unit.List<CaseRow>("select number, opened_at from cases where kind = 1 order by number"))
        {
            var day = DateTimeOffset.FromUnixTimeMilliseconds(row.OpenedAt).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
            await unit.Run("insert into case_work (case_number, day, seconds) values (@Number, @day, @seconds)", new { row.Number, day, seconds = 600 + row.Number * 397 % 2400 });
            await WorthNotes.Case(unit, row.Number);
            if (row.Number % 4 == 0)
                await CaseCosts.Add(unit, row.Number, CostKind.Minutes, 10 + (int)(row.Number % 5) * 5, Money.Zero(company.Currency), "A call with the depot", now.AddDays(-1));
            if (row.Number % 5 == 0)
                await CaseCosts.Add(unit, row.Number, CostKind.Shipping, 0, new Money(690, company.Currency), "The parcel there and back", now.AddDays(-1));
        }

        for (var back = 1; back <= 12; back++)
        {
            var month = AcquisitionSpend.MonthOf(new DateOnly(now.Year, now.Month, 1).AddMonths(-back).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture))!;
            await AcquisitionSpend.Put(unit, new() { Month = month, Minor = (2_400 + back * 53 % 11 * 90) * 100, Currency = company.Currency, NewCustomers = 44 + back * 7 % 13 }, now);
        }

        foreach (var (days, asked, told) in new[] { (200, 118, 9), (20, 131, 17) })
            await unit.Run("insert into voice_surveys (asked_on, asked, told, how, person_id, at) values (@on, @asked, @told, 'By mail, every twentieth order', @Id, @at)", new { on = now.AddDays(-days).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), asked, told, manager.Id, at = now.AddDays(-days).ToUnixTimeMilliseconds() });
    }

    private sealed class CaseRow
    {
        public long Number { get; init; }
        public long OpenedAt { get; init; }
    }
}
