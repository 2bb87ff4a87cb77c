using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Issues;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Remedies;
using Amends.Letters;

namespace Amends.Features.Demo;

/// <summary>The customer is not always right, and is always to be understood: a decision with two issues, and a deadlock.</summary>
public sealed class DemoDecisions(Database database, CaseStore cases, Outbox outbox, Company company)
{
    /// <summary>Where the demo company's customers can go next.</summary>
    public const string OutsideRoute = "Home Goods Ombudsman, 12 Mill Lane, Leeds. It is free for you, and you have a year to ask.";

    /// <summary>Adds them.</summary>
    public Task Run(IReadOnlyList<DemoCustomers.Person> customers, Actor agent, Actor lead, DateTimeOffset now) => database.Write(async unit =>
    {
        await Desk(unit, customers[48], agent, now.AddDays(-2));
        await Lamp(unit, customers[49], agent, lead, now.AddDays(-12));
    });

    private async Task Desk(Unit unit, DemoCustomers.Person whose, Actor agent, DateTimeOffset at)
    {
        var number = await Open(unit, whose, agent, at, "The desk wobbles, and nobody called", "The desk from May wobbles, one leg is short. And you said that somebody would call on Monday. Nobody did.");
        await cases.ChangeIn(unit, number, async (@case, _) =>
        {
            @case.RaiseIssue("The desk wobbles: one leg is too short", agent, at.AddHours(2));
            @case.RaiseIssue("Nobody called on Monday", agent, at.AddHours(2));
            await Hear(unit, number, @case, agent, at.AddHours(2), "A desk that stands still", "The desk wobbles since it was put up. A call on Monday was promised.", "To work at it from Thursday on.");
            @case.ConfirmSummary(1, Channel.Page, null, Customer(whose), at.AddHours(5));
            var decided = at.AddHours(24);
            @case.Decide(1, Finding.NotUpheld, "The pictures show the transport foot still under the left leg. With it the desk stands 4 mm higher on that side; page 3 of the manual says how to take it off.",
                "We call you today and take it off together with you. If it still wobbles then, an engineer comes on Thursday.", "Pictures 1 and 2; manual, page 3", agent, decided);
            @case.Decide(2, Finding.Upheld, "We had promised it, and did not do it.", "I call you myself this afternoon, and once more on Friday.", "Call list of Monday", agent, decided, remedies:
            [
                new OptionRemedy(RemedyKind.Distress, "Money for the afternoon that you waited", Money(2000), decided.AddDays(3)) { Data = new RemedyData { Reason = "You stayed at home for a call that never came." } },
                new OptionRemedy(RemedyKind.Change, "Promised calls stand on our board from now on", Money(0), decided.AddDays(5)),
            ]);
            await Send(unit, number, @case, agent, decided, 3);
        });
    }

    private async Task Lamp(Unit unit, DemoCustomers.Person whose, Actor agent, Actor lead, DateTimeOffset at)
    {
        var number = await Open(unit, whose, agent, at, "The lamp went out after two years", "The lamp Sol went out. It is two years old, and I want the whole price back.");
        await cases.ChangeIn(unit, number, async (@case, _) =>
        {
            var (customer, calendar) = (Customer(whose), company.Calendar());
            await Hear(unit, number, @case, agent, at.AddHours(2), "The whole price", "The lamp Sol went out after two years. The bulb is not the reason.", "Not to pay twice for a lamp.");
            @case.ConfirmSummary(1, Channel.Page, null, customer, at.AddHours(6));
            var offered = at.AddHours(24);
            @case.PrepareOffer(new Case.Draft(
            [
                new Option(0, "A new transformer, fitted by us", "It is the part that failed; the lamp is as new afterwards.", [new OptionRemedy(RemedyKind.Repair, "A new transformer", Money(0), offered.AddDays(4))], false),
                new Option(0, "Half the price as a voucher", "If you would rather have another lamp.", [new OptionRemedy(RemedyKind.Voucher, "A voucher", Money(4000), offered.AddDays(2))], false),
            ], null, offered.AddDays(3), offered.AddDays(8)), agent, offered);
            @case.SendOffer(1, agent, calendar, offered);
            @case.Speak(await outbox.Queue(unit, company, number, OfferLetter.For(company, number, @case.State, agent.Name), agent, offered), Channel.Mail, agent, offered);
            await Decline(unit, number, @case, customer, agent, "I want the whole price, nothing else.", offered.AddHours(2), "what the workshop found", offered.AddDays(4));
            var decided = at.AddDays(4);
            @case.Decide(1, Finding.PartlyUpheld, "A transformer should last longer than two years, so we stand by the lamp. It was used for two of the ten years that it is made for, which is why we do not give back all of it.",
                null, "Report of the workshop", agent, decided, remedies:
                [
                    new OptionRemedy(RemedyKind.Repair, "A new transformer, fitted at your home, free of charge", Money(0), decided.AddDays(3)) { Data = new RemedyData { Reason = "It is the part that failed; the lamp is as new afterwards." } },
                    new OptionRemedy(RemedyKind.ShippingRefund, "What you paid to send it in", Money(790), decided.AddDays(3)) { Data = new RemedyData { Reason = "You should not pay for our part." } },
                ]);
            await Send(unit, number, @case, agent, decided, 3);
            await Decline(unit, number, @case, customer, agent, "No. I ask somebody else then.", decided.AddHours(2), "what Lea says to it", decided.AddDays(3));
            @case.DeclareDeadlock("They want the whole price; we mend it or give half of it.", lead, decided.AddDays(2));
        });
    }

    private Task<long> Open(Unit unit, DemoCustomers.Person whose, Actor agent, DateTimeOffset at, string subject, string words) =>
        Intake.Open(unit, cases, company, new NewCase(Channel.Mail, CaseKind.Complaint, subject, words, whose.Id, Customer(whose), at, agent),
            _ => new NewMessage(Direction.In, Channel.Mail, whose.Name, words, at) { Subject = subject });

    private async Task Hear(Unit unit, long number, Case @case, Actor agent, DateTimeOffset at, string outcome, string happened, string matters)
    {
        @case.BeginListening(agent, at);
        @case.HearWantedOutcome(outcome, agent, at);
        @case.CheckSafety(false, agent, at);
        @case.WriteSummary(happened, matters, "You hear from us by tomorrow evening with what we found.", agent, at);
        @case.SendSummary(agent, at);
        @case.KeepPromise("what we found", at.AddHours(34), agent, company.Calendar(), at);
        @case.Speak(await outbox.Queue(unit, company, number, SummaryLetter.For(company, number, @case.State, agent.Name), agent, at), Channel.Mail, agent, at);
    }

    private async Task Send(Unit unit, long number, Case @case, Actor agent, DateTimeOffset at, int days)
    {
        @case.SendDecision(new DecisionTerms(at.AddDays(days), at.AddDays(days), at.AddDays(days + 4), OutsideRoute, company.Currency), agent, company.Calendar(), at);
        @case.Speak(await outbox.Queue(unit, company, number, DecisionLetter.For(company, number, @case.State, agent.Name), agent, at), Channel.Mail, agent, at);
    }

    private async Task Decline(Unit unit, long number, Case @case, Actor customer, Actor agent, string words, DateTimeOffset at, string next, DateTimeOffset due)
    {
        @case.Decline(@case.State.SentOffer!.Id, Channel.Page, words, customer, company.Calendar(), at);
        @case.Hear(await Conversation.Add(unit, number, new NewMessage(Direction.In, Channel.Page, customer.Name, words, at)), Channel.Page, customer, company.Calendar(), at, tone: cases.Ear.ToneOf(words));
        var called = at.AddHours(1);
        @case.Speak(await Conversation.Add(unit, number, new NewMessage(Direction.Call, Channel.Phone, agent.Name, "Called, and heard once more why.", called) { AuthorId = agent.Id }), Channel.Phone, agent, called);
        @case.KeepPromise(next, due, agent, company.Calendar(), called);
    }

    private Domain.Money Money(long minor) => new(minor, company.Currency);

    private static Actor Customer(DemoCustomers.Person whose) => Actor.Customer(whose.Id, whose.Name);
}
