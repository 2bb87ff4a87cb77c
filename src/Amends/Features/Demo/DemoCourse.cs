using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Remedies;
using Amends.Letters;

namespace Amends.Features.Demo;

/// <summary>Cases that do not run straight: somebody who does not answer what was offered, and somebody who comes back long after the end.</summary>
public sealed class DemoCourse(Database database, CaseStore cases, Outbox outbox, Company company)
{
    /// <summary>The subjects, by which tests and people find the cases.</summary>
    public const string Silent = "The blind hangs crooked", Late = "The drawer sticks again";

    /// <summary>Adds them.</summary>
    public Task Run(IReadOnlyList<DemoCustomers.Person> customers, Actor agent, DateTimeOffset now) => database.Write(async unit =>
    {
        await NoAnswer(unit, customers[58], agent, now);
        await CameBack(unit, customers[59], agent, now);
    });

    private async Task CameBack(Unit unit, DemoCustomers.Person whose, Actor agent, DateTimeOffset now)
    {
        var at = now.AddDays(-130);
        var old = await Open(unit, whose, agent, at, "The drawer sticks", "The lower drawer of the chest sticks.");
        await cases.ChangeIn(unit, old, (@case, _) =>
        {
            @case.BeginListening(agent, at.AddHours(1));
            @case.Withdraw(CloseReason.Withdrawn, "It runs again since the floor was levelled.", Told.Without("He said so himself, on the phone."), agent, at.AddHours(2));
            return Task.CompletedTask;
        });
        await Open(unit, whose, agent, now.AddHours(-2), Late, "The drawer sticks again, and now the one above does, too.", old);
    }


    private async Task NoAnswer(Unit unit, DemoCustomers.Person whose, Actor agent, DateTimeOffset now)
    {
        var (at, calendar) = (now.AddDays(-11), company.Calendar());
        var number = await Open(unit, whose, agent, at, Silent, "The blind hangs lower on the left since it was put up.");
        await cases.ChangeIn(unit, number, async (@case, _) =>
        {
            @case.BeginListening(agent, at.AddHours(1));
            @case.HearWantedOutcome("A blind that hangs straight", agent, at.AddHours(1));
            @case.CheckSafety(false, agent, at.AddHours(1));
            @case.WriteSummary("The blind hangs lower on the left.", "A blind that hangs straight.", "You hear from us with options.", agent, at.AddHours(2));
            @case.SendSummary(agent, at.AddHours(2));
            @case.ConfirmSummary(1, Channel.Page, null, Actor.Customer(whose.Id, whose.Name), at.AddHours(3));
            var offered = at.AddHours(4);
            Option Way(string title, RemedyKind kind, long euros, bool asWanted) => new(0, title, "You want it to hang straight.", [new OptionRemedy(kind, title, new Money(euros * 100, company.Currency), at.AddDays(20))], asWanted);
            @case.PrepareOffer(new Case.Draft([Way("We come and hang it anew", RemedyKind.Repair, 0, true), Way("Your money back", RemedyKind.Refund, 45, false)], null, at.AddDays(3), at.AddDays(25)), agent, offered);
            @case.SendOffer(1, agent, calendar, offered);
            @case.Speak(await outbox.Queue(unit, company, number, OfferLetter.For(company, number, @case.State, agent.Name), agent, offered), Channel.Mail, agent, offered);

            @case.Wake(at.AddDays(3));
            var reminded = at.AddDays(3.5);
            var words = SilenceDraft.Reminder(company, @case.State, false, company.Course.Rule().Until(calendar, reminded));
            @case.RemindOfOffer(1, company.Course.Rule(), Channel.Mail, await outbox.Queue(unit, company, number, PlainReply.For(company, number, @case.State, words, agent.Name), agent, reminded), agent, calendar, reminded);
            @case.Wake(now.AddHours(-1));
        });
    }

    private Task<long> Open(Unit unit, DemoCustomers.Person whose, Actor agent, DateTimeOffset at, string subject, string words, long? follows = null) =>
        Intake.Open(unit, cases, company, new NewCase(Channel.Mail, CaseKind.Complaint, subject, words, whose.Id, Actor.Customer(whose.Id, whose.Name), at, agent) { Follows = follows, MayGoOn = follows is not null },
            _ => new NewMessage(Direction.In, Channel.Mail, whose.Name, words, at) { Subject = subject });
}
