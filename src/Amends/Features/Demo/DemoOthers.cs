using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.People;

namespace Amends.Features.Demo;

/// <summary>Not everybody complains: questions, a request, an idea, thanks. Some are answered, and one of those waits for a second look.</summary>
public sealed class DemoOthers(Database database, CaseStore cases, Company company)
{
    private static readonly (CaseKind Kind, string Subject, string Words)[] Open =
    [
        (CaseKind.Question, "Does the Oslo bookcase fit a slanted wall?", "Our wall leans by about four degrees. Would the Oslo still stand safely?"),
        (CaseKind.Request, "A copy of my invoice, please", "Could you send me the invoice of my last order once more? My tax adviser asks for it."),
        (CaseKind.Idea, "Tell us the lot number on the page", "It would help to find the lot number of a kettle without turning it over when it is hot."),
        (CaseKind.Praise, "Thank you, Jo", "I had given up on the desk. Jo called when she said she would, twice. Please tell her."),
    ];

    private static readonly (string Subject, string Words, string Answer, bool Drawn)[] Answered =
    [
        ("Which bulbs for the lamp Sol?", "Which bulbs does the lamp Sol take?", "E14, up to 40 watts. Two are in the box.", false),
        ("Until when do you deliver on Saturdays?", "Is there a slot after three on Saturdays?", "Yes, the last one is from three to five.", false),
        ("Where do I find the manual?", "Where is the manual of the Terra? The third engineer asked for it as well, and each time I waited a day at home for nothing.", "You find it on the page of the oven, below the pictures.", true),
        ("Do you take old mattresses back?", "Do you take the old mattress with you when you bring a new one?", "Yes, free of charge. Just tell the driver.", false),
    ];

    /// <summary>Adds them.</summary>
    public Task Run(IReadOnlyList<DemoCustomers.Person> customers, Actor agent, DateTimeOffset now) => database.Write(async unit =>
    {
        foreach (var ((kind, subject, words), i) in Open.Select((letter, i) => (letter, i)))
            await Add(unit, customers[40 + i], kind, subject, words, agent, now.AddMinutes(-20 - i * 35));
        foreach (var ((subject, words, answer, drawn), i) in Answered.Select((letter, i) => (letter, i)))
        {
            var at = now.AddDays(-1 - i * 3);
            var number = await Add(unit, customers[44 + i], CaseKind.Question, subject, words, agent, at);
            await cases.ChangeIn(unit, number, async (@case, _) =>
            {
                @case.Speak(await Conversation.Add(unit, number, new NewMessage(Direction.Out, Channel.Mail, agent.Name, answer, at.AddHours(1)) { AuthorId = agent.Id, Subject = subject }), Channel.Mail, agent, at.AddHours(1));
                @case.CloseAsAnswered(drawn ? 0 : 0.5, agent, at.AddHours(1));
            });
        }
    });

    private Task<long> Add(Unit unit, DemoCustomers.Person customer, CaseKind kind, string subject, string words, Actor agent, DateTimeOffset at) =>
        Intake.Open(unit, cases, company, new NewCase(Channel.Mail, kind, subject, words, customer.Id, Actor.Customer(customer.Id, customer.Name), at, agent),
            _ => new NewMessage(Direction.In, Channel.Mail, customer.Name, words, at) { Subject = subject });
}
