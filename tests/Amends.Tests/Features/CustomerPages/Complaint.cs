using Amends.Data;
using Amends.Domain;
using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Remedies;

namespace Amends.Tests.Features.CustomerPages;

/// <summary>A complaint that one of us walks to where the customer's turn comes, through the case's verbs.</summary>
public sealed class Complaint(Desk desk, Actor jo, Actor customer, long number)
{
    public static readonly Calendar Calendar = Calendar.NineToFive(TimeZoneInfo.Utc);

    public long Number => number;
    public Actor Jo => jo;
    public Actor Customer => customer;

    public static async Task<Complaint> Open(Desk desk, string name = "Amara Okafor", string owner = "Hanna")
    {
        var jo = await desk.AddPerson(owner, Role.Lead);
        var (id, shown) = await desk.AddCustomer(name);
        var customer = Actor.Customer(id, shown);
        var number = await desk.Cases.Open(Case.Open(new Opening(Channel.Mail, CaseKind.Complaint, "Broken machine", "It came damaged twice.", id, shown, jo), customer, Calendar, desk.Clock.Now));
        return new Complaint(desk, jo, customer, number);
    }

    public Task<string> Link() => desk.Database.Write(unit => CustomerLinks.Issue(unit, number, desk.Clock.Now));

    public async Task<CaseState> State() => (await desk.Cases.Find(number))!;

    /// <summary>A customer's browser that has opened its link.</summary>
    public async Task<Browser> Browse()
    {
        var browser = new Browser(desk.Address);
        await browser.Open(CustomerLinks.PathOf(await Link()));
        return await browser.Submit(null);
    }

    public Task Summarise(string happened = "Two damaged machines, three days off work, and no call back on Tuesday.") => desk.Cases.Change(number, @case =>
    {
        @case.BeginListening(jo, desk.Clock.Now);
        @case.HearWantedOutcome("A working machine by Saturday.", jo, desk.Clock.Now);
        @case.CheckSafety(false, jo, desk.Clock.Now);
        @case.WriteSummary(happened, "A working machine by Saturday and no more waiting at home all day.", "We call you by Thursday noon with a fixed day.", jo, desk.Clock.Now);
        @case.SendSummary(jo, desk.Clock.Now);
    });

    public Task Offer() => desk.Cases.Change(number, @case =>
    {
        var now = desk.Clock.Now;
        @case.PrepareOffer(new Case.Draft(
        [
            new Option(0, "New machine on Saturday, 08:00–10:00", "A two-person crew brings it, connects it, tests it with you and takes the damaged one away.",
                [new OptionRemedy(RemedyKind.Replacement, "New machine, two-hour slot", Money.Zero("EUR"), now.AddDays(3)), new OptionRemedy(RemedyKind.Refund, "Money back for the days you lost", Money.FromMajor(80, "EUR"), now.AddDays(5))], true),
            new Option(0, "Your money back, today", "We refund the full price. We collect the machine whenever it suits you; you need not be at home.",
                [new OptionRemedy(RemedyKind.Refund, "The full price", Money.FromMajor(200, "EUR"), now.AddDays(2))], false),
        ], null, now.AddHours(6), now.AddDays(7)), jo, now);
        @case.SendOffer(@case.State.Offer!.Id, jo, Calendar, now);
    });

    public Task Deliver() => desk.Cases.Change(number, @case =>
    {
        foreach (var remedy in @case.State.Remedies.Where(remedy => remedy.IsOpen).ToList())
            @case.FinishRemedy(remedy.Id, "internal receipt 77", jo, desk.Clock.Now);
        @case.CompleteDelivery(null, null, jo, Calendar, desk.Clock.Now);
    });
}
