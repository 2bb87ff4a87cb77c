using Amends.Channels.Email;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Exports;
using Amends.Domain.People;
using Amends.Letters;

namespace Amends.Features.Demo;

/// <summary>
/// Makes the demo company: people, customers with orders, and about eighty cases in every state, played through the same
/// verbs as real ones, at times relative to now. It sends nothing outside: every letter stays in the outbox.
/// </summary>
public sealed class MakeDemo(Database database, CaseStore cases, StoredSettings settings, Outbox outbox, DeadlineDesk deadlines, LetterDesk letters, MailLedger ledger, IServiceProvider services, TimeProvider clock)
{
    private const int Cases = 56; // with those of the call-backs about eighty
    private const string Charter =
        """
        ## When something goes wrong

        - We listen first, and write back what we understood. You say whether that is right.
        - One named person looks after you, and you always know when you hear from us next.
        - You get options, and you choose. Fixing our mistake costs you nothing.
        - It is put right when **you** say so. We ask.
        """;

    /// <summary>Fills an empty database; says what it does while it works.</summary>
    public async Task Run(Action<string> tell)
    {
        var now = clock.GetUtcNow();
        var company = new Company
        {
            Name = "Northwind Home", TimeZone = "Europe/London", Currency = "EUR", MailFrom = "service@northwind-home.example", Phone = "0113 496 0142",
            AssignAtOnce = true, IsSetUp = true, IsDemo = true, OutsideRoute = DemoDecisions.OutsideRoute, Charter = Charter, OpenHours = EveryDay(), Calls = new() { AtOnce = 3 },
            FollowOn = new() { IsOn = true, ReviewUrl = "https://reviews.example/northwind-home", HasCodes = true },
        };
        var stories = DemoStory.Load();
        var chance = new Random(20); // the same company at every start
        tell("people, customers and orders");
        var (people, customers) = await database.Write(async unit =>
        {
            await StoredSettings.SetIn(unit, "company", company);
            var staff = await DemoPeople.Add(unit, now);
            await unit.Run("insert into mailboxes (name, address, address_key, created_at) values ('Service', @address, @key, @at)",
                new { address = company.MailFrom, key = Customers.KeyOf(company.MailFrom), at = now.ToUnixTimeMilliseconds() });
            return (staff, await DemoCustomers.Add(unit, stories, chance, now));
        });
        await settings.Set(company);

        for (var i = 0; i < Cases; i++)
        {
            var scene = new Scene(stories[i % stories.Count], customers[i * 7 % customers.Count], people[i % 3], people[3], (CaseStage)(i % 7 + 1), i);
            await database.Write(unit => Play(unit, company, scene, chance, now));
            if (i % 20 == 19)
                tell($"{i + 1} cases");
        }

        await new DemoCallBacks(database, cases, outbox, company, chance).Run(stories.First(story => story.Cause == "service"), customers, people, now);
        await new DemoCalls(database, cases, company).Run(now);
        await new DemoHandling(database, cases).Run(now);
        await new DemoCare(database, cases, company).Run(people[0], now);
        await new DemoOthers(database, cases, company).Run(customers, people[1], now);
        await new DemoDecisions(database, cases, outbox, company).Run(customers, people[2], people[3], now);
        await new DemoRemedies(database, cases, outbox, company).Run(customers, people[2], now);
        await new DemoDeadlines(database, cases, deadlines, letters, outbox, company).Run(customers, people[1], people[2], people[3], now);
        await new DemoPlaybooks(database, cases, outbox, new PlaybookDesk(database), company).Run(stories[0], customers, people[1], now);
        await new DemoContent(new ContentDesk(database, settings)).Run(people[1], people[4], PlaybookDesk.DayOf(now, company), now);
        await new DemoWorth(database, cases, company).Run(stories[3], people[0], people[3], people[4], now);
        await database.Write(async unit =>
        {
            await ExtraStock.Set(unit, "extra.spare_part", 3, people[4], now);
            foreach (var (story, i) in stories.DistinctBy(story => story.Product).Select((story, i) => (story, i)))
                await ProductStock.Put(unit, story.Product, story.Product == "Desk Viken" ? 0 : 3 + i * 5 % 17, now.AddHours(-6));
        });
        await new DemoListening(database, cases, company).Run(customers, people[0], people[2], now);
        await new DemoAfter(database, cases, outbox, ledger, company).Run(customers, people[1], stories[2], now);
        await new DemoCourse(database, cases, outbox, company).Run(customers, people[2], now);
        await new DemoHearing(database, cases).Run(people[3], now);
        await ActivatorUtilities.CreateInstance<DemoImprovements>(services, company).Run(people, now);
        await ActivatorUtilities.CreateInstance<DemoSelfCare>(services, company).Run(people, now);
        await ActivatorUtilities.CreateInstance<DemoWording>(services).Run(people[0], now);
        await DemoTelephone.Run(database, company, people.Select(person => person.Id), now);
        await new DemoMail(ledger).Run(company.MailFrom, now.ToUniversalTime());
        await ActivatorUtilities.CreateInstance<DemoSignals>(services).Run(people[3], people[4], now);
        await ActivatorUtilities.CreateInstance<DemoReportMails>(services).Run(people[4], now);
        await database.Write(unit => services.GetRequiredService<Data.Exports.ExportDesk>().Add(unit, Data.Exports.ExportAsker.Of(people[4]), new(ExportOf.Cases, null, null, null, CasesIn.Closed, ExportFormat.Workbook)));
        await new DemoMentions(database).Run(people[0], now);
        await ActivatorUtilities.CreateInstance<DemoLearning>(services).Run(people, now);
        await new DemoTeams(database).Run(people, company, now); // last: what is above went to whom it had to
        await database.Write(unit => unit.Run("delete from jobs")); // what followed long ago needs no letter today
    }

    private async Task Play(Unit unit, Company company, Scene scene, Random chance, DateTimeOffset now)
    {
        var calendar = company.Calendar();
        var customer = Actor.Customer(scene.Customer.Id, scene.Customer.Name);
        var begun = now.AddDays(-Age(scene, chance)).AddMinutes(-chance.Next(10, 180));
        var order = await DemoCustomers.AddOrder(unit, scene.Customer.Id, scene.Story, begun.AddDays(-chance.Next(5, 25)), chance);
        var number = await Intake.Open(unit, cases, company,
            new NewCase(Channel.Mail, CaseKind.Complaint, scene.Story.Subject, scene.Story.Story, scene.Customer.Id, customer, begun, scene.Owned ? scene.Agent : null),
            _ => new NewMessage(Direction.In, Channel.Mail, scene.Customer.Name, scene.Story.Story + $"\n\n{scene.Customer.Name}\nOrder {order.Number}", begun) { Subject = scene.Story.Subject });
        await unit.Run("update cases set order_id = @Id where number = @number", new { order.Id, number });
        await cases.ChangeIn(unit, number, async (@case, _) =>
        {
            @case.Acknowledge(await outbox.Queue(unit, company, number, Acknowledgement.For(company, number, @case.State), Actor.Amends, begun.AddSeconds(5)), begun.AddSeconds(5));
            await PlayOn(unit, company, calendar, scene, customer, number, @case, begun, now);
        });
    }

    private async Task PlayOn(Unit unit, Company company, Calendar calendar, Scene scene, Actor customer, long number, Case @case, DateTimeOffset begun, DateTimeOffset now)
    {
        var (story, agent) = (scene.Story, scene.Agent);
        var length = now - begun;
        DateTimeOffset At(double share, DateTimeOffset from, double hours) => new[] { begun + length * share, from.AddHours(hours) }.Min(); // never later than was promised
        void Next(string what, DateTimeOffset at, TimeSpan due) // a few are late by now
        {
            for (; now + due - at > calendar.LongestSilence; at += calendar.LongestSilence - TimeSpan.FromHours(1))
                @case.KeepPromise("how far we are", at + calendar.LongestSilence, agent, calendar, at);
            @case.KeepPromise(what, now + due, agent, calendar, at);
        }
        var (heard, summed, confirmed) = (At(0.1, begun, 2), At(0.22, begun, 5), At(0.3, begun, 20));

        if (scene.Stage == CaseStage.Received)
        {
            if (!scene.Owned)
                @case.Assign(null, scene.Lead, At(0.2, begun, 3));
            return;
        }

        var reply = $"Dear {customer.Name.Split(' ')[0]},\n\n{story.Reply}\n\n{agent.Name}";
        @case.Speak(await Conversation.Add(unit, number, new NewMessage(Direction.Out, Channel.Mail, agent.Name, reply, heard) { AuthorId = agent.Id, Subject = story.Subject }), Channel.Mail, agent, heard, await services.GetRequiredService<WordingDesk>().Said(@case.State, reply, company, heard));
        Next("what we can do, with fixed options", heard, TimeSpan.FromHours(scene.Index * 37 % 23 - 2.4));
        if (scene.Index % 3 == 0)
            @case.Categorise(scene.Index % 2 == 0 ? "OTH" : story.Category, confirmed: false, agent, heard); // what it looked like at first
        if (scene.Stage == CaseStage.Listening)
            return;

        @case.HearWantedOutcome(story.Outcome, agent, summed);
        @case.CheckSafety(false, agent, summed);
        @case.Categorise(story.Category, confirmed: true, agent, summed);
        @case.WriteSummary(story.Happened, story.Matters, story.Promised, agent, summed);
        @case.SendSummary(agent, summed);
        @case.Speak(await outbox.Queue(unit, company, number, SummaryLetter.For(company, number, @case.State, agent.Name), agent, summed), Channel.Mail, agent, summed);
        @case.ConfirmSummary(1, Channel.Page, null, customer, confirmed);
        @case.Note(await Conversation.Add(unit, number, new NewMessage(Direction.Note, Channel.Page, scene.Lead.Name, "Please keep the date; I have asked the depot to hold the slot.", confirmed) { AuthorId = scene.Lead.Id }), scene.Lead, confirmed);
        if (scene.Stage == CaseStage.Working)
            return;

        var offered = DemoHours.Worked(calendar, scene.Stage == CaseStage.Offered ? now.AddHours(-2) : At(0.4, confirmed, 6), confirmed);
        @case.PrepareOffer(story.Draft(offered), agent, offered);
        if (@case.State.Offer!.NeedsApproval)
        {
            if (@case.State.Offer.Options.Any(option => option.Value > Money.FromMajor(250, "EUR")))
                return; // waits for somebody above the lead: an approval to try
            @case.ApproveOffer(1, scene.Lead, offered);
        }

        @case.SendOffer(1, agent, calendar, offered);
        @case.Speak(await outbox.Queue(unit, company, number, OfferLetter.For(company, number, @case.State, agent.Name), agent, offered), Channel.Mail, agent, offered);
        if (scene.Stage == CaseStage.Offered)
            return;

        var chosen = new[] { At(0.5, offered, 20), offered.AddMinutes(20) }.Max();
        @case.Choose(1, scene.Index % 2 + 1, Channel.Page, story.Choice, customer, calendar, chosen);
        await Say(unit, number, @case, customer, story.Choice, chosen, calendar);
        if (scene.Stage == CaseStage.Delivering)
        {
            Next("that what you chose is done", At(0.55, chosen, 3), TimeSpan.FromHours(5 + scene.Index % 20));
            return;
        }

        foreach (var remedy in @case.State.Remedies)
            @case.FinishRemedy(remedy.Id, "Confirmed with the depot", agent, At(0.7, offered, 36));
        var (done, ask) = (At(0.75, offered, 44), scene.Stage == CaseStage.CheckBack ? now.AddHours(scene.Index % 3 * 20 + 3) : At(0.9, offered, 90));
        var latest = calendar.LatestWord(done); // nobody is asked later, on whichever day of the week the demo is made
        @case.CompleteDelivery(story.Cause, ask < latest ? ask : latest, agent, calendar, done);
        if (scene.Stage == CaseStage.CheckBack)
            return;

        var answered = At(0.95, ask, 3);
        switch (scene.Index / 7 % 4)
        {
            case 2:
                @case.AnswerCheckBack(scene.Index < 28 ? CheckBackAnswer.Partly : CheckBackAnswer.No, 2, Channel.Page, "It is better, but not what we agreed.", customer, calendar, answered, new Survey(2 + scene.Index % 3, 2 + scene.Index % 4, OutcomeMet.Missed, WouldReturn.Perhaps, 3 + scene.Index % 4));
                Next("what we do about the rest", answered.AddHours(1), TimeSpan.FromHours(4 + scene.Index % 20));
                break;
            case 3: @case.WaiveCheckBack(Channel.Phone, "No need to call again.", agent, answered); break;
            default: @case.AnswerCheckBack(CheckBackAnswer.Yes, 4 + scene.Index % 2, Channel.Page, story.Answer, customer, calendar, answered, new Survey(4 + scene.Index % 2, 4 + scene.Index % 4, scene.Index % 3 == 0 ? OutcomeMet.Exceeded : OutcomeMet.Met, WouldReturn.Yes, 7 + scene.Index % 4)); break;
        }
    }

    private async Task Say(Unit unit, long number, Case @case, Actor customer, string words, DateTimeOffset at, Calendar calendar) =>
        @case.Hear(await Conversation.Add(unit, number, new NewMessage(Direction.In, Channel.Page, customer.Name, words, at)), Channel.Page, customer, calendar, at, isAnswer: true, tone: cases.Ear.ToneOf(words));

    private static double Age(Scene scene, Random chance) => scene.Stage switch
    {
        CaseStage.Received => 0.02,
        CaseStage.Closed when scene.Story.Carrier is not null => 41 + chance.NextDouble() * 4, // the carrier's outage
        CaseStage.Closed => chance.Next(9, 80),
        CaseStage.CheckBack => chance.Next(5, 9),
        _ => 1 + chance.NextDouble() * 3,
    };

    private static Dictionary<string, string> EveryDay() =>
        new[] { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday" }.ToDictionary(day => day, _ => "08:00-20:00");

    private sealed record Scene(DemoStory Story, DemoCustomers.Person Customer, Actor Agent, Actor Lead, CaseStage Stage, int Index)
    {
        public bool Owned => Stage != CaseStage.Received || Index % 2 == 0;
    }
}
