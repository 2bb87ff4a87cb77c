using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Listening;
using Amends.Domain.People;

namespace Amends.Features.Demo;

/// <summary>How people tell us elsewhere, and how one listens: a review, a letter, a text message, and a complaint that was asked about down to what can be changed.</summary>
public sealed class DemoListening(Database database, CaseStore cases, Company company)
{
    /// <summary>Adds them.</summary>
    public Task Run(IReadOnlyList<DemoCustomers.Person> customers, Actor agent, Actor other, DateTimeOffset now) => database.Write(async unit =>
    {
        await Review(unit, customers[51], other, now.AddHours(-20));
        await Letter(unit, customers[52], other, now.AddDays(-2));
        await Message(unit, customers[53], other, now.AddHours(-6));
        await Asked(unit, customers[54], agent, now.AddDays(-1));
    });

    private async Task Review(Unit unit, DemoCustomers.Person whose, Actor agent, DateTimeOffset at)
    {
        const string Words = "Ordered a lamp, got the wrong colour, and the shop answered after nine days. Never again.";
        var number = await Open(unit, whose, agent, at, Channel.ReviewSite, "A review: wrong colour, nine days without an answer", Words,
            new Source { Place = "Shop Stars", Handle = "lampfan_77", Link = "https://shopstars.example/northwind-home/reviews/4412", InPublic = Words, Stars = 1 });
        await cases.ChangeIn(unit, number, async (@case, _) =>
        {
            @case.Categorise("SRV.slow", false, agent, at.AddHours(1));
            @case.PlaceOnJourney(JourneyStage.Service, agent, at.AddHours(1));
            const string Answer = "You are right, nine days are too long, and we are sorry. Please write to service@northwind-home.example, then one person looks after it until it is right.";
            var id = await Conversation.Add(unit, number, new NewMessage(Direction.Out, Channel.ReviewSite, agent.Name, Answer, at.AddHours(2)) { AuthorId = agent.Id });
            @case.Speak(id, Channel.ReviewSite, agent, at.AddHours(2));
            @case.KeepPromise("whether they wrote to us, and what we can do about the colour", at.AddHours(50), agent, company.Calendar(), at.AddHours(2));
        });
    }

    private async Task Letter(Unit unit, DemoCustomers.Person whose, Actor agent, DateTimeOffset at)
    {
        var number = await Open(unit, whose, agent, at, Channel.Letter, "A letter about the cupboard door", "Dear Sir or Madam, the left door of the cupboard Ulla does not close any more since your fitter was here. I am 81 and cannot lift it.",
            new Source { Dated = DateOnly.FromDateTime(at.AddDays(-3).UtcDateTime) });
        await cases.ChangeIn(unit, number, (@case, _) =>
        {
            @case.BeginListening(agent, at.AddHours(1));
            @case.HearImpact("A cupboard that stands open, and a door too heavy to lift", agent, at.AddHours(1));
            @case.Categorise("VIS.work", false, agent, at.AddHours(1));
            @case.KeepPromise("a date for somebody who puts the door right", at.AddDays(4), agent, company.Calendar(), at.AddHours(1));
            return Task.CompletedTask;
        });
    }

    private async Task Message(Unit unit, DemoCustomers.Person whose, Actor agent, DateTimeOffset at) =>
        await Open(unit, whose, agent, at, Channel.Sms, "Driver left the parcel in the rain", "Parcel was left in the rain, everything wet. Please ring me.", new Source { Handle = "0113 496 0188" });

    private async Task Asked(Unit unit, DemoCustomers.Person whose, Actor agent, DateTimeOffset at)
    {
        var number = await Open(unit, whose, agent, at, Channel.Phone, "The kettle leaks, the second one", "The second kettle leaks, just like the first one. I had to send it back in my lunch break.", null);
        await cases.ChangeIn(unit, number, async (@case, _) =>
        {
            var now = at.AddMinutes(12);
            @case.BeginListening(agent, now);
            var call = await Conversation.Add(unit, number, new NewMessage(Direction.Call, Channel.Phone, agent.Name, "“The second one leaks, too. I cannot believe it.” She stayed calm once she could tell it all.", now) { AuthorId = agent.Id });
            @case.Speak(call, Channel.Phone, agent, now);
            @case.LogCall(call, true, 11, null, (390, 210), agent, now);
            await NoteStore.LogCall(unit, number, @case.State.Calls[^1], agent);
            await NoteStore.Add(unit, @case, number, "I do not want a third one that leaks. I want to know why.", new Quote(whose.Name, now), agent, now);
            var note = await NoteStore.Add(unit, @case, number, "Lot number on the bottom: K-2207. Ask the workshop about the seal.", null, agent, now.AddMinutes(1));
            await NoteStore.Change(unit, @case, number, note, "It is K-2217, she read it to me again.", false, agent, now.AddHours(2));
            @case.Answer("ANY.begin", company.Content.QuestionOf("ANY.begin")!, "On the first morning, with the first kettle", agent, now);
            @case.Answer("PRD.without", company.Content.QuestionOf("PRD.without")!, "A pot on the stove", agent, now);
            @case.Categorise("DEL.damaged", false, agent, now);
            @case.HearWantedOutcome("A kettle that holds water, and to know why", agent, now);
            @case.CheckSafety(false, agent, now);
            @case.WriteSummary("Two kettles leaked, and she had to send the first one back in her lunch break.", "That the next one holds.", "To find out why, and tell her.", agent, now.AddMinutes(2), "No tea before work, and a lunch break at the post office");
            @case.ConfirmSummary(1, Channel.Phone, "Yes, exactly that.", agent, now.AddMinutes(3));
            @case.Categorise("PRD.on_arrival", true, agent, now.AddMinutes(3));
            @case.PlaceOnJourney(JourneyStage.Use, agent, now.AddMinutes(3));
            @case.AskWhy("The seal under the base is missing", null, "Both kettles, seen by the workshop", false, agent, now.AddHours(3));
            @case.AskWhy("This lot was packed before the check", 1, "Packing list of lot K-2217", false, agent, now.AddHours(3));
            @case.AskWhy("The work sheet says check after packing on Saturdays", 2, "Work sheet 14", true, agent, now.AddHours(4));
            @case.KeepPromise("why both leaked, and two ways to put it right", at.AddHours(34), agent, company.Calendar(), now.AddHours(4));
        });
    }

    private Task<long> Open(Unit unit, DemoCustomers.Person whose, Actor agent, DateTimeOffset at, Channel channel, string subject, string words, Source? source) =>
        Intake.Open(unit, cases, company, new NewCase(channel, CaseKind.Complaint, subject, words, whose.Id, agent, at, agent) { Source = source },
            _ => new NewMessage(channel == Channel.Phone ? Direction.Call : Direction.In, channel, channel == Channel.Phone ? agent.Name : whose.Name, words, at) { Subject = subject, AuthorId = channel == Channel.Phone ? agent.Id : 0 });
}
