using System.Text;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Remedies;
using Amends.Domain.Returns;
using Amends.Domain.Visits;
using Amends.Letters;

namespace Amends.Features.Demo;

/// <summary>What takes longer than a tick: a return on its way, a label that waits, a visit that is agreed, a parcel with another number in it, a visit to choose, a voucher that was used in part, a substitute that the customer agreed to.</summary>
public sealed class DemoRemedies(Database database, CaseStore cases, Outbox outbox, Company company)
{
    /// <summary>The subjects, by which tests and people find the cases.</summary>
    public const string OnItsWay = "The kettle hums and drips", WithLabel = "Two left sides of one rack", Booked = "The dishwasher stops halfway", ToChoose = "The oven door does not close", Voucher = "Three weeks late, and no word", Instead = "The blue chair is gone", Another = "The mixer smokes on the highest speed";

    /// <summary>Adds them.</summary>
    public Task Run(IReadOnlyList<DemoCustomers.Person> customers, Actor agent, DateTimeOffset now) => database.Write(async unit =>
    {
        var label = new LabelFile("label.pdf", "application/pdf", await Blobs.Put(unit, Label()));
        await Play(unit, customers[50], agent, now, OnItsWay, "The kettle from last month hums, and drips from below.", "Money back",
            [Of(RemedyKind.Return, "You send it back with our label, free of charge", 0, now.AddDays(4)), Of(RemedyKind.Refund, "The full price back", 4900, now.AddDays(6)) with { Data = new RemedyData { ReleaseOn = ReleaseOn.Receipt, PaymentReference = "Card, 4 February" } }],
            async (@case, at) =>
            {
                @case.IssueReturn(1, new ReturnLabel("Swift & Sons", "SW 4471 0092", label, company.Remedies.ReturnInstructions, now.AddDays(12)), await RemedyDesk.NextReturn(unit), agent, at);
                @case.ScanReturn(1, RemedyStep.InTransit, now.AddHours(-3), "Depot Leeds", agent, company.Calendar(), now.AddHours(-3));
            });
        await Play(unit, customers[59], agent, now, Another, "The mixer smokes as soon as I turn it up, and smells of burnt rubber.", "Money back",
            [Of(RemedyKind.Return, "You send it back with our label, free of charge", 0, now.AddDays(4)), Of(RemedyKind.Refund, "The full price back", 4200, now.AddDays(6)) with { Data = new RemedyData { ReleaseOn = ReleaseOn.Receipt, PaymentReference = "Card, 19 January" } }],
            async (@case, at) =>
            {
                @case.IssueReturn(1, new ReturnLabel("Northline", "NL 20 388", label, company.Remedies.ReturnInstructions, now.AddDays(12)), await RemedyDesk.NextReturn(unit), agent, at);
                @case.ScanReturn(1, RemedyStep.Received, now.AddHours(-3), "Dock 2", agent, company.Calendar(), now.AddHours(-3));
                @case.InspectReturn(1, Inspection.Other, "The same mixer in the same colour, with another number on its foot.", agent, now.AddHours(-2), "MX-70-118206", ReturnMark.Sent("MX-70-118260", "L-2744"));
            }, new Order("A-31744", customers[59].Email, customers[59].Name, "", "", now.AddDays(-31), new Money(4200, company.Currency), "Mixer Vind", "L-2744", "Northline", "delivered") { Serial = "MX-70-118260" });
        await Play(unit, customers[51], agent, now, WithLabel, "The rack came with two left sides.", "The right side, or money back",
            [Of(RemedyKind.Return, "You send it back with our label, free of charge", 0, now.AddDays(5)), Of(RemedyKind.Replacement, "The right one, sent as soon as yours is handed in", 0, now.AddDays(5)) with { Data = new RemedyData { ReleaseOn = ReleaseOn.Scan } }],
            async (@case, at) => @case.IssueReturn(1, new ReturnLabel("Northline", "NL 20 117", label, company.Remedies.ReturnInstructions, now.AddDays(10)), await RemedyDesk.NextReturn(unit), agent, at));
        await Play(unit, customers[52], agent, now, Booked, "It stops in the middle and stands full of water.", "Somebody who looks at it", [Visit(now)], (@case, at) =>
        {
            Book(@case, Offer(@case, at, now, agent), customers[52], at.AddHours(1));
            return Task.CompletedTask;
        });
        await Play(unit, customers[53], agent, now, ToChoose, "The door of the oven hangs and does not close.", "A door that closes", [Visit(now)], (@case, at) =>
        {
            Offer(@case, at, now, agent);
            return Task.CompletedTask;
        });
        await Play(unit, customers[54], agent, now, Voucher, "The lamp came three weeks late, and nobody wrote.", "A sign that you noticed", [Of(RemedyKind.Voucher, "A voucher for your next order", 2500, now.AddDays(1)) with { Data = new RemedyData { ValidUntil = now.AddYears(1), Rule = "For anything in the shop", Transferable = true } }], (@case, at) =>
        {
            var code = RemedyDesk.NewCode();
            @case.IssueVoucher(1, code, null, agent, at);
            @case.UseVoucher(code, new Money(1000, company.Currency), "Order A-30117", agent, at.AddHours(2));
            return Task.CompletedTask;
        });
        await Play(unit, customers[55], agent, now, Instead, "You wrote that the blue chair I ordered is gone.", "A chair by Sunday", [Of(RemedyKind.Apology, "A letter by whoever leads the depot", 0, now.AddDays(3)) with { Data = new RemedyData { Signatory = "Lea Moreau" } }, Of(RemedyKind.Substitute, "The green chair, by Saturday", 0, now.AddDays(2)) with { Data = new RemedyData { InsteadOf = "the blue chair" } }], (@case, at) =>
        {
            @case.AdvanceRemedy(2, RemedyStep.Reserved, "Set aside in the depot", null, agent, at);
            @case.AdvanceRemedy(2, RemedyStep.Shipped, null, "SW 4471 0101", agent, at.AddHours(2));
            @case.HandRemedy(2, new RemedyOwner(null, "Swift & Sons"), agent, at.AddHours(2));
            return Task.CompletedTask;
        });
    });

    private async Task Play(Unit unit, DemoCustomers.Person whose, Actor agent, DateTimeOffset now, string subject, string words, string outcome, IReadOnlyList<OptionRemedy> remedies, Func<Case, DateTimeOffset, Task> then, Order? order = null)
    {
        var (customer, calendar, at) = (Actor.Customer(whose.Id, whose.Name), company.Calendar(), now.AddDays(-2));
        var number = await Intake.Open(unit, cases, company, new NewCase(Channel.Mail, CaseKind.Complaint, subject, words, whose.Id, customer, at, agent), _ => new NewMessage(Direction.In, Channel.Mail, whose.Name, words, at) { Subject = subject });
        if (order is not null)
        {
            await Orders.Put(unit, order, now);
            await unit.Run("update cases set order_id = (select id from orders where number = @own) where number = @number", new { own = order.Number, number });
        }

        await cases.ChangeIn(unit, number, async (@case, _) =>
        {
            @case.BeginListening(agent, at.AddHours(1));
            @case.HearWantedOutcome(outcome, agent, at.AddHours(1));
            @case.CheckSafety(false, agent, at.AddHours(1));
            @case.WriteSummary(words, outcome, "You hear from us with fixed options.", agent, at.AddHours(2));
            @case.SendSummary(agent, at.AddHours(2));
            @case.ConfirmSummary(1, Channel.Page, null, customer, at.AddHours(3));
            var offered = DemoHours.Worked(calendar, at.AddHours(4), at.AddHours(3));
            @case.PrepareOffer(new Case.Draft([new Option(0, remedies[^1].What, "It is what you asked for.", remedies, true), new Option(0, "An apology, and nothing to do for you", "If you would rather leave it.", [Of(RemedyKind.Apology, "A letter by whoever leads the team", 0, now.AddDays(3))], false)], null, now.AddDays(2), now.AddDays(9)), agent, offered);
            @case.SendOffer(1, agent, calendar, offered);
            @case.Speak(await outbox.Queue(unit, company, number, OfferLetter.For(company, number, @case.State, agent.Name), agent, offered), Channel.Mail, agent, offered);
            @case.Choose(1, 1, Channel.Page, null, customer, calendar, at.AddHours(20));
            await then(@case, at.AddHours(22));
        });
    }

    private IReadOnlyList<VisitTime> Offer(Case @case, DateTimeOffset at, DateTimeOffset now, Actor agent)
    {
        var rules = company.Remedies.VisitRules();
        var times = VisitTimes.All(company.Calendar(), rules, at).Where(time => time.From > now.AddHours(12)).Skip((int)(@case.State.CustomerId % 5)).Where((_, i) => i % 2 == 0).Take(3).ToList();
        @case.OfferVisit(1, times, null, rules, agent, company.Calendar(), at);
        return times;
    }

    private void Book(Case @case, IReadOnlyList<VisitTime> times, DemoCustomers.Person whose, DateTimeOffset at) =>
        @case.BookVisit(1, times[1], null, Channel.Page, null, company.Remedies.VisitRules(), Actor.Customer(whose.Id, whose.Name), company.Calendar(), at);

    private OptionRemedy Visit(DateTimeOffset now) => Of(RemedyKind.Visit, "Somebody comes, looks and mends it", 0, now.AddDays(4)) with { Data = new RemedyData { Address = "12 Mill Lane, Leeds" } };

    private OptionRemedy Of(RemedyKind kind, string what, long minor, DateTimeOffset due) => new(kind, what, new Money(minor, company.Currency), due);

    /// <summary>The smallest page that says what it is.</summary>
    private static byte[] Label() => Encoding.ASCII.GetBytes(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n" +
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n" +
        "4 0 obj<</Length 61>>stream\nBT /F 18 Tf 30 120 Td (Return label, paid by Northwind Home) Tj ET\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n");
}
