using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Listening;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Playbooks;
using Amends.Letters;

namespace Amends.Features.Demo;

/// <summary>A case whose playbook waits on the page for options, one in which it was used and whose choice can still be changed, and a proposal that a manager has to decide on.</summary>
public sealed class DemoPlaybooks(Database database, CaseStore cases, Outbox outbox, PlaybookDesk playbooks, Company company)
{
    /// <summary>The subjects, by which tests and people find the cases.</summary>
    public const string ToOffer = "The bookcase has not come", Chosen = "A wardrobe that nobody delivered";

    /// <summary>Adds them.</summary>
    public async Task Run(DemoStory like, IReadOnlyList<DemoCustomers.Person> customers, Actor agent, DateTimeOffset now)
    {
        var (chance, today) = (new Random(30), PlaybookDesk.DayOf(now, company));
        await database.Write(async unit =>
        {
            await Play(unit, like with { Product = "Bookcase Lund" }, customers[56], agent, now.AddHours(-30), chance, ToOffer, "The bookcase was due last Friday. Nobody came, and nobody wrote.", "To know the day, and to have it by Sunday", null);
            await Play(unit, like with { Product = "Wardrobe Fjell" }, customers[57], agent, now.AddHours(-50), chance, Chosen, "I took a day off for the wardrobe. The van never came.", "The wardrobe, or my money", PlaybookDesk.Shipped.First(each => each.Key == "late"));
        });
        var late = PlaybookDesk.Shipped.First(each => each.Key == "late");
        await playbooks.Propose(late with { NoQuestionsUpTo = 50, EffectiveFrom = today.AddDays(7), Source = "Your own" }, "Half of those who waited were asked for a photo of nothing. Fifty costs us less than asking.", agent, today, now);
    }

    private async Task Play(Unit unit, DemoStory story, DemoCustomers.Person whose, Actor agent, DateTimeOffset at, Random chance, string subject, string words, string outcome, Playbook? playbook)
    {
        var (customer, calendar) = (Actor.Customer(whose.Id, whose.Name), company.Calendar());
        var order = await DemoCustomers.AddOrder(unit, whose.Id, story, at.AddDays(-12), chance);
        var number = await Intake.Open(unit, cases, company, new NewCase(Channel.Mail, CaseKind.Complaint, subject, words, whose.Id, customer, at, agent), _ => new NewMessage(Direction.In, Channel.Mail, whose.Name, words, at) { Subject = subject });
        await unit.Run("update cases set order_id = @Id where number = @number", new { order.Id, number });
        var paid = new Money(await unit.Value<long>("select total_minor from orders where id = @Id", new { order.Id }), company.Currency);
        await cases.ChangeIn(unit, number, async (@case, _) =>
        {
            @case.BeginListening(agent, at.AddHours(1));
            @case.Categorise("DEL.late", false, agent, at.AddHours(1));
            @case.PlaceOnJourney(JourneyStage.Delivery, agent, at.AddHours(1));
            @case.HearWantedOutcome(outcome, agent, at.AddHours(1));
            @case.CheckSafety(false, agent, at.AddHours(1));
            @case.WriteSummary(words, outcome, "You hear from us with fixed options.", agent, at.AddHours(2));
            @case.SendSummary(agent, at.AddHours(2));
            @case.ConfirmSummary(1, Channel.Page, null, customer, at.AddHours(3));
            if (playbook is null)
                return;
            var offered = DemoHours.Worked(calendar, at.AddHours(4), at.AddHours(3));
            var options = playbook.OptionsFor(8).Select(option => new Option(0, option.Title, option.WhyFor(outcome),
                [new OptionRemedy(option.Kind, option.What, option.Value.Of(paid, company.Currency) ?? Money.Zero(company.Currency), at.AddDays(2 + option.Days)) { IsStatutory = option.Value.Percent == 100, Law = option.Value.Percent == 100 ? new(null, "Consumer Contracts Regulations 2013") : null, Data = option.Reason is { } reason ? new() { Reason = reason } : null }], false)).ToList();
            @case.PrepareOffer(new Case.Draft(options, null, at.AddDays(4), at.AddDays(10), Playbook: PlaybookDesk.Terms(playbook, company, PlaybookDesk.Mark(playbook))), agent, offered, new Power(Authority.Of(AuthorityProfile.TrustFirst, company.Currency)));
            @case.SendOffer(1, agent, calendar, offered);
            @case.Speak(await outbox.Queue(unit, company, number, OfferLetter.For(company, number, @case.State, agent.Name), agent, offered), Channel.Mail, agent, offered);
            @case.Choose(1, 1, Channel.Page, null, customer, calendar, at.AddHours(20));
        });
    }
}
