using System.Text;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Web;

namespace Amends.Bench;

/// <summary>
/// A desk with many cases of five messages each, made through the verbs of the domain in big units of work. Three in ten
/// are open; every case has a word that no other has, and its words are spread as words of a language are (<see cref="Words"/>).
/// </summary>
public static class DataSet
{
    /// <summary>Everybody's password.</summary>
    public const string Password = "the kettle sings at noon";

    /// <summary>Where mail for this desk goes.</summary>
    public const string Ours = "service@desk.example";

    /// <summary>Words of one message, about.</summary>
    public const int MessageWords = 110;

    private const int People = 8;
    private const int CasesInUnit = 50;
    /// <summary>The word that only this case has.</summary>
    public static string WordOf(long index) => $"zq{index:d6}x";

    /// <summary>The address of somebody who works here.</summary>
    public static string EmailOf(int person) => $"agent{person}@desk.example";

    /// <summary>Makes the company and its people. Letters are kept and sent nowhere, as in the demo.</summary>
    public static async Task<List<Actor>> AddCompany(IServiceProvider services)
    {
        await services.GetRequiredService<StoredSettings>().Set(new Company { Name = "Kettle & Co", MailFrom = Ours, TimeZone = "Europe/Berlin", IsSetUp = true, IsDemo = true });
        var hash = Passwords.HashOf(Password);
        return await services.GetRequiredService<Database>().Write(async unit =>
        {
            var people = new List<Actor>();
            for (var i = 0; i < People; i++)
            {
                var id = await unit.Value<long>("insert into people (name, email, email_key, role, password_hash, created_at) values (@name, @email, @key, @role, @hash, 0) returning id",
                    new { name = $"Agent {i}", email = EmailOf(i), key = Customers.KeyOf(EmailOf(i)), role = (int)Role.Agent, hash });
                people.Add(Actor.Person(id, $"Agent {i}", Role.Agent));
            }

            return people;
        });
    }

    /// <summary>Makes the company and this many cases; returns the bytes of all texts of messages.</summary>
    public static async Task<long> Add(IServiceProvider services, int count)
    {
        var people = await AddCompany(services);
        var company = await services.GetRequiredService<StoredSettings>().Company();
        var database = services.GetRequiredService<Database>();
        var cases = services.GetRequiredService<CaseStore>();
        var now = DateTimeOffset.UtcNow;
        var bytes = 0L;
        var customers = await database.Write(async unit =>
        {
            var added = new List<Actor>();
            for (var i = 0; i < Math.Max(1, count / 5); i++)
            {
                var (id, name) = await Customers.FindOrAdd(unit, $"customer{i}@c{i % 200}.example", $"Customer {i}", null, now);
                added.Add(Actor.Customer(id, name));
            }

            return added;
        });
        await Parallel.ForEachAsync(Enumerable.Range(0, (count + CasesInUnit - 1) / CasesInUnit), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (part, _) =>
        {
            var made = await database.Write(async unit =>
            {
                var sum = 0L;
                for (var i = part * CasesInUnit; i < Math.Min(count, (part + 1) * CasesInUnit); i++)
                    sum += await AddCase(unit, cases, company, people[i % People], customers[i % customers.Count], i, now);
                return sum;
            });
            Interlocked.Add(ref bytes, made);
        });
        return bytes;
    }

    private static async Task<long> AddCase(Unit unit, CaseStore cases, Company company, Actor agent, Actor customer, int i, DateTimeOffset now)
    {
        var chance = new Random(i);
        var open = i % 10 < 3;
        var calendar = company.Calendar();
        var begun = now.AddMinutes(-(open ? chance.Next(300, 4 * 1440) : chance.Next(5 * 1440, 200 * 1440)));
        var subject = $"{Text(chance, 5)} {WordOf(i)}";
        var story = Text(chance, MessageWords);
        var bytes = (long)story.Length;
        var number = await Intake.Open(unit, cases, company, new NewCase(Channel.Mail, open ? CaseKind.Complaint : CaseKind.Question, subject, story, customer.Id, customer, begun, agent),
            _ => new NewMessage(Direction.In, Channel.Mail, customer.Name, story, begun) { Subject = subject });
        await cases.ChangeIn(unit, number, async (@case, inner) =>
        {
            for (var turn = 1; turn < 5; turn++)
            {
                var at = begun.AddMinutes(turn * 50);
                var text = Text(chance, MessageWords);
                bytes += text.Length;
                if (turn % 2 == 1)
                    @case.Speak(await Conversation.Add(inner, number, new NewMessage(Direction.Out, Channel.Mail, agent.Name, text, at) { AuthorId = agent.Id, Subject = subject }), Channel.Mail, agent, at);
                else
                    @case.Hear(await Conversation.Add(inner, number, new NewMessage(Direction.In, Channel.Mail, customer.Name, text, at) { Subject = subject }), Channel.Mail, customer, calendar, at);
            }

            if (open)
                @case.KeepPromise("what we found out, and what happens next", now.AddHours(3 + i % 40), agent, calendar, begun.AddMinutes(210));
            else
                @case.CloseAsAnswered(1, agent, begun.AddMinutes(210));
        });
        return bytes;
    }

    /// <summary>A sentence of so many words.</summary>
    public static string Text(Random chance, int words)
    {
        var text = new StringBuilder();
        for (var i = 0; i < words; i++)
            text.Append(i > 0 ? " " : "").Append(Words.Any(chance));
        return text.ToString();
    }
}
