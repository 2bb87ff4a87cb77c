using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.People;
using Amends.Letters;

namespace Amends.Features.Demo;

/// <summary>
/// The planted story of the call-backs: promised and forgotten for weeks, until each became a promise with a clock; since
/// then they are kept. The reports show both halves, and the change between them.
/// </summary>
public sealed class DemoCallBacks(Database database, CaseStore cases, Outbox outbox, Company company, Random chance)
{
    private const int Calls = 26;
    private const int ChangedDaysAgo = 28;

    private static readonly (string Product, string Subject, string Story, string Wanted)[] Told =
    [
        ("Oven Terra", "Nobody called back", "I was told that somebody calls me about the engineer. I kept the phone beside me all day.", "A call when you say you call"),
        ("Mattress Havn", "Waiting for your call since Monday", "You wanted to call about the collection. I have rung twice myself by now and told the story twice.", "One person who knows my case"),
        ("Desk Viken", "You said you would ring", "The desk has a scratch. The shop said that somebody rings me the same afternoon.", "To know what happens with the desk"),
    ];

    /// <summary>Plays the cases.</summary>
    public async Task Run(DemoStory like, IReadOnlyList<DemoCustomers.Person> customers, IReadOnlyList<Actor> people, DateTimeOffset now)
    {
        var changed = now.AddDays(-ChangedDaysAgo);
        for (var i = 0; i < Calls; i++)
        {
            var at = DemoHours.Morning(now.AddDays(-84 + i * 3.2), i, company.Zone());
            var (customer, agent, letter) = (customers[(i * 11 + 5) % customers.Count], people[i % 3], Told[i % Told.Length]);
            var story = like with { Product = letter.Product, Subject = letter.Subject, Story = letter.Story, Outcome = letter.Wanted };
            await database.Write(unit => Play(unit, story, customer, agent, people[3], i, at, isBroken: at < changed));
        }
    }

    private async Task Play(Unit unit, DemoStory story, DemoCustomers.Person whose, Actor agent, Actor lead, int index, DateTimeOffset at, bool isBroken)
    {
        var (customer, calendar) = (Actor.Customer(whose.Id, whose.Name), company.Calendar());
        var order = await DemoCustomers.AddOrder(unit, whose.Id, story, at.AddDays(-3 - index % 5), chance);
        var number = await Intake.Open(unit, cases, company, new NewCase(Channel.Phone, CaseKind.Complaint, story.Subject, story.Story, whose.Id, customer, at, agent),
            _ => new NewMessage(Direction.Call, Channel.Phone, whose.Name, story.Story, at) { Subject = story.Subject });
        await unit.Run("update cases set order_id = @Id where number = @number", new { order.Id, number });
        await cases.ChangeIn(unit, number, async (@case, _) =>
        {
            async Task Call(string words, DateTimeOffset when) => @case.Speak(await Conversation.Add(unit, number, new NewMessage(Direction.Call, Channel.Phone, agent.Name, words, when) { AuthorId = agent.Id }), Channel.Phone, agent, when);

            await Call("Heard the story. We call back with a fixed day.", at.AddMinutes(10));
            var due = at.AddHours(5);
            @case.KeepPromise("a fixed day, on the phone", due, agent, calendar, at.AddMinutes(10));
            var called = due.AddMinutes(-20);
            if (isBroken)
            {
                @case.Wake(due.AddMinutes(1));
                called = due.AddHours(20);
                @case.Hear(await Conversation.Add(unit, number, new NewMessage(Direction.In, Channel.Mail, whose.Name, "Nobody has called. Again.", called.AddHours(-3)) { Subject = story.Subject }), Channel.Mail, customer, calendar, called.AddHours(-3), tone: cases.Ear.ToneOf("Nobody has called. Again."));
            }

            await Call(isBroken ? "Called a day late and said sorry for it." : "Called as promised.", called);
            @case.KeepPromise("the options in writing", called.AddHours(6), agent, calendar, called);
            @case.HearWantedOutcome(story.Outcome, agent, called);
            @case.CheckSafety(false, agent, called);
            @case.Categorise(story.Category, confirmed: true, agent, called);
            @case.WriteSummary(story.Happened, story.Matters, story.Promised, agent, called);
            @case.ConfirmSummary(1, Channel.Phone, "Yes, exactly.", agent, called);
            var offered = called.AddHours(2);
            @case.PrepareOffer(story.Draft(offered, less: index * 7 % 19 * 100), agent, offered);
            if (@case.State.Offer!.NeedsApproval)
                @case.ApproveOffer(1, lead, offered);
            @case.SendOffer(1, agent, calendar, offered);
            @case.Speak(await outbox.Queue(unit, company, number, OfferLetter.For(company, number, @case.State, agent.Name), agent, offered), Channel.Mail, agent, offered);
            @case.Choose(1, index % 2 + 1, Channel.Page, story.Choice, customer, calendar, offered.AddHours(8));
            foreach (var remedy in @case.State.Remedies)
                @case.FinishRemedy(remedy.Id, "The engineer has been there", agent, offered.AddDays(1.5));
            @case.CompleteDelivery(story.Cause, offered.AddDays(2), agent, calendar, offered.AddDays(1.6));
            await Answer(unit, number, @case, story, customer, offered.AddDays(2), calendar, index, isBroken);
        });
    }

    /// <summary>Who was kept waiting is harder to win back: some never answer, and the rest are less happy.</summary>
    private static async Task Answer(Unit unit, long number, Case @case, DemoStory story, Actor customer, DateTimeOffset at, Domain.Calendars.Calendar calendar, int index, bool isBroken)
    {
        if (isBroken && index % 3 == 0)
        {
            for (var day = 0; day <= 16 && @case.State.IsOpen; day += 4)
                @case.Wake(at.AddDays(day));
            return;
        }

        @case.AnswerCheckBack(CheckBackAnswer.Yes, isBroken ? 3 : 5, Channel.Page, isBroken ? "In the end, yes. I had to ask for it." : story.Answer, customer, calendar, at.AddHours(3), isBroken ? new Survey(2, 3, OutcomeMet.Missed, WouldReturn.Perhaps) : new Survey(5, 6, OutcomeMet.Met, WouldReturn.Yes));
        await Conversation.Add(unit, number, new NewMessage(Direction.In, Channel.Page, customer.Name, isBroken ? "In the end, yes. I had to ask for it." : story.Answer, at.AddHours(3)));
    }
}
