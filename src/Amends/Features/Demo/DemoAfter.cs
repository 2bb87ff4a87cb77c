using System.Text;
using Amends.Channels.Email;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Remedies;
using Amends.Letters;

namespace Amends.Features.Demo;

/// <summary>
/// What comes after: a call that is due with the question whether it is put right, a letter of thanks whose code a friend came with, a
/// second no, and cases and a mail that wait for a second look.
/// </summary>
public sealed class DemoAfter(Database database, CaseStore cases, Outbox outbox, MailLedger ledger, Company company)
{
    /// <summary>The subjects, by which tests and people find the cases.</summary>
    public const string CallDue = "The wardrobe door scrapes", Thanked = "A pan with a dent", NotYet = "The second lamp hums, too", Duplicate = "Once more about the tap", Tap = "The new tap drips";

    /// <summary>Adds them.</summary>
    public async Task Run(IReadOnlyList<DemoCustomers.Person> customers, Actor agent, DemoStory like, DateTimeOffset now)
    {
        var due = await PutRight(customers[50], agent, now.AddDays(-12), now.AddDays(-4.4), CallDue, "The left door scrapes along the floor since it was hung.", "A door that closes", "We hang it anew");
        await cases.Change(due, @case => @case.Wake(now.AddDays(-4.4)));
        await cases.Change(due, @case => @case.Wake(now.AddHours(-3)));

        var thanked = await PutRight(customers[51], agent, now.AddDays(-14), now.AddDays(-10), Thanked, "The pan came with a dent in its bottom and stands crooked.", "A new pan", "A new pan, sent the same day");
        await cases.Change(thanked, @case => @case.AnswerCheckBack(CheckBackAnswer.Yes, 5, Channel.Page, "The new one was there the next morning.", Customer(customers[51]), company.Calendar(), now.AddDays(-9.9), new Survey(5, 7, OutcomeMet.Exceeded, WouldReturn.Yes)));
        await cases.Change(thanked, @case => @case.Learn("Pans go out with a card under the bottom: without it they dent at the first drop.", agent, now.AddDays(-9)));
        await Thank(thanked, customers[51], agent, like, now.AddDays(-8));

        var again = await PutRight(customers[53], agent, now.AddDays(-15), now.AddDays(-6), NotYet, "The lamp hums. You sent another one, and it hums, too.", "A lamp that is silent", "A lamp of another maker");
        await cases.Change(again, @case =>
        {
            @case.AnswerCheckBack(CheckBackAnswer.No, 1, Channel.Page, "This one flickers.", Customer(customers[53]), company.Calendar(), now.AddHours(-2), new Survey(4, 3, OutcomeMet.Missed, WouldReturn.Perhaps));
            @case.KeepPromise("what we do about the flicker", now.AddHours(20), agent, company.Calendar(), now.AddHours(-1));
        });

        var twice = await Open(customers[54], agent, now.AddDays(-2), Duplicate, "I wrote about the tap last week, and it drips on. Is anybody there?");
        var first = await Open(customers[54], agent, now.AddDays(-5), Tap, "The tap that you put in drips, a bowl full every night.");
        await cases.Change(first, @case =>
        {
            @case.BeginListening(agent, now.AddDays(-4.9));
            @case.KeepPromise("when the plumber comes", now.AddDays(1), agent, company.Calendar(), now.AddDays(-4.9));
        });
        await cases.Change(twice, async (@case, unit) =>
        {
            var letter = await outbox.Queue(unit, company, twice, PlainReply.For(company, twice, @case.State, EndingDraft.For(@case.State, CloseReason.Duplicate), agent.Name), agent, now.AddDays(-1.5));
            var into = await OtherCases.Named(unit, twice, first);
            @case.Withdraw(CloseReason.Duplicate, "The same tap as in the case before.", Told.By(letter), agent, now.AddDays(-1.5), 0, into);
            await OtherCases.Join(unit, cases, into, twice, agent, now.AddDays(-1.5));
        });
        await LeaveOut(agent, now);
    }

    private static Actor Customer(DemoCustomers.Person person) => Actor.Customer(person.Id, person.Name);

    private Task<long> Open(DemoCustomers.Person whose, Actor agent, DateTimeOffset at, string subject, string words) => database.Write(unit =>
        Intake.Open(unit, cases, company, new NewCase(Channel.Mail, CaseKind.Complaint, subject, words, whose.Id, Customer(whose), at, agent), _ => new NewMessage(Direction.In, Channel.Mail, whose.Name, words, at) { Subject = subject }));

    private async Task<long> PutRight(DemoCustomers.Person whose, Actor agent, DateTimeOffset at, DateTimeOffset ask, string subject, string words, string outcome, string way)
    {
        var (customer, calendar, number) = (Customer(whose), company.Calendar(), await Open(whose, agent, at, subject, words));
        await cases.Change(number, async (@case, unit) =>
        {
            @case.BeginListening(agent, at.AddHours(1));
            @case.HearWantedOutcome(outcome, agent, at.AddHours(1));
            @case.CheckSafety(false, agent, at.AddHours(1));
            @case.WriteSummary(words, outcome, "You hear from us with options.", agent, at.AddHours(2));
            @case.SendSummary(agent, at.AddHours(2));
            @case.ConfirmSummary(1, Channel.Page, null, customer, at.AddHours(3));
            var offered = DemoHours.Worked(calendar, at.AddHours(4), at.AddHours(3));
            Option Way(string title, RemedyKind kind, long euros, bool asWanted) => new(0, title, $"You wanted: {outcome}.", [new OptionRemedy(kind, title, new Money(euros * 100 + number % 7 * 110, company.Currency), at.AddDays(3))], asWanted);
            @case.PrepareOffer(new Case.Draft([Way(way, RemedyKind.Replacement, 30, true), Way("Part of your money back", RemedyKind.Refund, 20, false)], null, at.AddDays(3), ask), agent, offered);
            @case.SendOffer(1, agent, calendar, offered);
            @case.Speak(await outbox.Queue(unit, company, number, OfferLetter.For(company, number, @case.State, agent.Name), agent, offered), Channel.Mail, agent, offered);
            @case.Choose(1, 1, Channel.Page, null, customer, calendar, at.AddHours(20));
            foreach (var remedy in @case.State.Remedies.ToList())
                @case.FinishRemedy(remedy.Id, "Seen to", agent, at.AddHours(30));
            @case.CompleteDelivery("product", ask, agent, calendar, at.AddHours(31));
        });
        return number;
    }

    private Task Thank(long number, DemoCustomers.Person whose, Actor agent, DemoStory like, DateTimeOffset at) => database.Write(async unit =>
    {
        var (code, token) = (await FollowOnDesk.NewCode(unit), FollowOnDesk.NewToken());
        await cases.ChangeIn(unit, number, async (@case, _) =>
            @case.SendFollowOn(await outbox.Queue(unit, company, number, FollowOnLetter.For(company, number, @case.State, FollowOnLetter.Draft(@case.State), true, code, agent.Name, outbox.Site(company) + FollowOnDesk.OffPath + token), agent, at), true, code, false, agent, at));
        await FollowOnDesk.Keep(unit, number, whose.Id, true, code, token, at);
        var friend = await Customers.FindOrAdd(unit, "wilma.sand@mail.example", "Wilma Sand", null, at.AddDays(3));
        await FollowOnDesk.CameBy(unit, friend.Id, code, SentBy.Order, at.AddDays(3));
        await DemoCustomers.AddOrder(unit, friend.Id, like with { Lot = null, Carrier = "Swift & Sons" }, at.AddDays(3), new Random(40));
    });

    private async Task LeaveOut(Actor agent, DateTimeOffset now)
    {
        var raw = $"From: Lamp World <news@lamps.example>\r\nTo: {company.MailFrom}\r\nSubject: Lamps at half the price\r\nMessage-ID: <lamps-1@lamps.example>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nOnly this week: everything that shines, at half the price.\r\n";
        await ledger.Keep(new Arrival(Encoding.UTF8.GetBytes(raw), [company.MailFrom], "news@lamps.example"), default);
        await database.Write(unit => unit.Run("update intake set state = 4, reason = 'Advertising', done_at = @at, done_by = @Name, second_look = 1 where id = (select max(id) from intake)", new { at = now.AddHours(-5).ToUnixTimeMilliseconds(), agent.Name }));
    }
}
