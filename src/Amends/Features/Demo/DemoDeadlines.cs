using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Deadlines;
using Amends.Domain.People;
using Amends.Letters;

namespace Amends.Features.Demo;

/// <summary>Three complaints under rules that are switched on: one whose answer is nearly due, one that was given more time with its notice, and one in which somebody was in danger and a law gave the money back.</summary>
public sealed class DemoDeadlines(Database database, CaseStore cases, DeadlineDesk desk, LetterDesk letters, Outbox outbox, Company company)
{
    /// <summary>The set of deadlines that the demo company has switched on; somebody puts it on a case by hand, so that all others stay as they are.</summary>
    public const string Preset = "uk-cra-2015";

    /// <summary>Adds them.</summary>
    public async Task Run(IReadOnlyList<DemoCustomers.Person> customers, Actor agent, Actor other, Actor lead, DateTimeOffset now)
    {
        await desk.Set(new DeadlineSettings { Switched = new Dictionary<string, bool> { [Preset] = true, ["au-acl"] = true } });
        var book = await desk.Book();
        await database.Write(async unit =>
        {
            await Kettle(unit, book, customers[50], agent, now.AddDays(-13));
            await Shelf(unit, book, customers[51], other, now.AddDays(-6));
            await Lamp(unit, book, customers, agent, lead, now.AddDays(-11));
        });
    }

    /// <summary>Money back was agreed twelve days ago; the law gives fourteen.</summary>
    private async Task Kettle(Unit unit, DeadlineBook book, DemoCustomers.Person whose, Actor agent, DateTimeOffset at)
    {
        var customer = Actor.Customer(whose.Id, whose.Name);
        var number = await Open(unit, whose, customer, agent, at, "The kettle trips the fuse", "The kettle from last week trips the fuse each time. I would like my money back, please.");
        await cases.ChangeIn(unit, number, async (@case, _) =>
        {
            var calendar = company.Calendar();
            @case.PutUnder(Preset, book, agent, at.AddHours(1));
            @case.BeginListening(agent, at.AddHours(1));
            @case.HearWantedOutcome("The money back", agent, at.AddHours(1));
            @case.CheckSafety(false, agent, at.AddHours(1));
            @case.WriteSummary("The kettle trips the fuse each time it is switched on.", "Not to be without a kettle.", "The money back as soon as it is here.", agent, at.AddHours(2));
            @case.ConfirmSummary(1, Channel.Phone, "Yes, that is it.", agent, at.AddHours(2));
            var offered = DemoHours.Worked(calendar, at.AddHours(3), at.AddHours(2));
            @case.PrepareOffer(new Case.Draft([new Domain.Offers.Option(0, "The whole price back", "It is what you asked for.", [new Domain.Offers.OptionRemedy(Domain.Remedies.RemedyKind.Refund, "The whole price back", new(3990, company.Currency), at.AddDays(13.6))], true)], null, at.AddDays(3), at.AddDays(16)), agent, offered);
            @case.SendOffer(1, agent, calendar, offered);
            @case.Speak(await outbox.Queue(unit, company, number, OfferLetter.For(company, number, @case.State, agent.Name), agent, at.AddHours(3)), Channel.Mail, agent, at.AddHours(3));
            @case.Choose(1, 1, Channel.Page, "Yes, please.", customer, calendar, at.AddHours(20));
            for (var day = 2; day < 13; day += 5)
                @case.KeepPromise("that the money is on its way", at.AddDays(day + 6), agent, calendar, at.AddDays(day));
        });
    }

    private async Task Shelf(Unit unit, DeadlineBook book, DemoCustomers.Person whose, Actor agent, DateTimeOffset at)
    {
        var customer = Actor.Customer(whose.Id, whose.Name);
        var number = await Open(unit, whose, customer, agent, at, "The shelf has a board too few", "One board of the shelf is missing, and the maker does not answer me. Can you find out?");
        await cases.ChangeIn(unit, number, async (@case, _) =>
        {
            var calendar = company.Calendar();
            @case.FollowDuties(book);
            @case.Speak(await Conversation.Add(unit, number, new NewMessage(Direction.Out, Channel.Mail, agent.Name, $"Hello {whose.Name},\n\nI have asked the maker, and I tell you what they say.\n\n{agent.Name}", at.AddHours(2)) { AuthorId = agent.Id, Subject = "The shelf has a board too few" }), Channel.Mail, agent, at.AddHours(2));
            @case.KeepPromise("what the maker says", at.AddDays(6.4), agent, calendar, at.AddHours(2));
            var later = at.AddDays(5);
            var duty = @case.State.Duties.First(each => each.Milestone == "target");
            var (preset, latest) = (book.Find(duty.Preset)!, @case.CanExtend(duty.Id, book, later).Latest!.Value);
            var words = new LegalWords(company, number, @case.State, agent.Name) { Reason = "The maker cuts the board anew, and delivers it to us first.", NewDay = latest };
            var letter = ExtensionLetter.For(words, preset, preset.Extensions[0], null, agent.Name);
            var message = await outbox.Queue(unit, company, number, letter, agent, later);
            @case.ExtendDuty(duty.Id, DueDates.DayOf(latest, company.Zone()), words.Reason, false, message, book, agent, later);
            @case.Speak(message, Channel.Mail, agent, later);
            await letters.Keep(unit, number, @case, LetterKind.Holding, message, letter, agent, later);
            @case.KeepPromise("whether the board is here", at.AddDays(8), agent, calendar, later);
        });
    }

    /// <summary>A plug got hot: a lead stopped the sale of the lot, others who have it were counted, and the law gave the money back above what the agent may give.</summary>
    private async Task Lamp(Unit unit, DeadlineBook book, IReadOnlyList<DemoCustomers.Person> customers, Actor agent, Actor lead, DateTimeOffset at)
    {
        const string Product = "Floor lamp Lys", Lot = "LY-24";
        var (whose, calendar) = (customers[58], company.Calendar());
        var customer = Actor.Customer(whose.Id, whose.Name);
        foreach (var other in customers.Skip(56))
            await Orders.Change(unit, await unit.Value<long>("select max(id) from orders where customer_id = @Id", new { other.Id }), "product = @Product, lot = @Lot", new { Product, Lot });
        var number = await Open(unit, whose, customer, agent, at, "The plug of the lamp gets hot", "The plug of the new lamp got so hot that I pulled it out. I do not want it in the house any more.");
        await unit.Run("update cases set order_id = (select max(id) from orders where customer_id = @Id) where number = @number", new { whose.Id, number });
        var placed = DateTimeOffset.FromUnixTimeMilliseconds(await unit.Value<long>("select o.placed_at from cases c join orders o on o.id = c.order_id where c.number = @number", new { number }));
        var (orders, others) = await AffectedOrders.Count(unit, number, Product, Lot);
        await cases.ChangeIn(unit, number, async (@case, _) =>
        {
            @case.BeginListening(agent, at.AddHours(1));
            @case.Categorise("PRD.safety", true, agent, at.AddHours(1));
            @case.HearWantedOutcome("The money back, and that nobody else gets it", agent, at.AddHours(1));
            @case.CheckSafety(true, agent, at.AddHours(1));
            @case.AnswerStopSale(true, "The lot is out of the shop, the maker is told and looks at the plugs.", Product, Lot, lead, at.AddHours(1.5));
            @case.CountAffected(Product, Lot, orders, others, agent, at.AddHours(2));
            @case.WriteSummary("The plug of the new lamp got so hot that it had to be pulled out.", "That it leaves the house, and that nobody else is in danger.", "The money back today, and what we do about the others.", agent, at.AddHours(2));
            @case.ConfirmSummary(1, Channel.Phone, "Yes, exactly.", agent, at.AddHours(2));
            var laws = new Domain.Laws.LawTerms(book) { HasOrder = true, OrderedOn = Domain.Calendars.LocalDay.Of(placed, company.Zone()), Said = new(Domain.Laws.Problem.Faulty, true, Domain.Calendars.LocalDay.Of(at.AddDays(-3) > placed ? at.AddDays(-3) : placed, company.Zone())) };
            @case.PrepareOffer(new Case.Draft([new Domain.Offers.Option(0, "The whole price back", "It is what you asked for.", [new Domain.Offers.OptionRemedy(Domain.Remedies.RemedyKind.Refund, "The whole price back, today", new(8900, company.Currency), at.AddDays(2)) { IsStatutory = true, Law = new(Preset, "") }], true)], null, at.AddDays(3), at.AddDays(5)), agent, at.AddHours(3), null, laws);
            @case.SendOffer(1, agent, calendar, at.AddHours(3));
            @case.Speak(await outbox.Queue(unit, company, number, OfferLetter.For(company, number, @case.State, agent.Name), agent, at.AddHours(3)), Channel.Mail, agent, at.AddHours(3));
            @case.Choose(1, 1, Channel.Phone, "Yes, please.", agent, calendar, at.AddHours(4));
            @case.FinishRemedy(1, null, agent, at.AddHours(26));
            @case.AskWhy("The plugs of this lot are from another maker", null, "The maker’s list of parts", false, agent, at.AddHours(26));
            @case.AskWhy("Nobody looks at a part again when its maker changes", 1, null, true, agent, at.AddHours(26));
            @case.CompleteDelivery("product", at.AddDays(5), agent, calendar, at.AddHours(26), new SystemicCause());
            @case.AnswerCheckBack(CheckBackAnswer.Yes, 5, Channel.Phone, "Yes. Thank you for looking after the others, too.", agent, calendar, at.AddDays(5));
        });
    }

    private async Task<long> Open(Unit unit, DemoCustomers.Person whose, Actor customer, Actor agent, DateTimeOffset at, string subject, string words)
    {
        var number = await Intake.Open(unit, cases, company, new NewCase(Channel.Mail, CaseKind.Complaint, subject, words, whose.Id, customer, at, agent), _ => new NewMessage(Direction.In, Channel.Mail, whose.Name, words, at) { Subject = subject });
        await cases.ChangeIn(unit, number, async (@case, _) =>
            @case.Acknowledge(await outbox.Queue(unit, company, number, Acknowledgement.For(company, number, @case.State), Actor.Amends, at.AddSeconds(5)), at.AddSeconds(5)));
        return number;
    }
}
