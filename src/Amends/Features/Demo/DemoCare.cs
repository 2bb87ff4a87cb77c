using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Customers;
using Amends.Domain.Handling;
using Amends.Domain.People;

namespace Amends.Features.Demo;

/// <summary>
/// Who customers are to us: one wrote from a second address and stands there twice, one has a daughter who acts for her, one told us once
/// what he needs and what to call him, and one went quiet after a complaint.
/// </summary>
public sealed class DemoCare(Database database, CaseStore cases, Company company)
{
    /// <summary>The subject of the case that came in under a second address.</summary>
    public const string Twice = "Second message about the missing feet";

    /// <summary>The subject of the case where a daughter acts for her mother.</summary>
    public const string SpokenFor = "The armchair cannot be reclined";

    /// <summary>The subject of the case of somebody who told us once what he needs.</summary>
    public const string Known = "The instructions are too small to read";

    /// <summary>Adds them.</summary>
    public Task Run(Actor agent, DateTimeOffset now) => database.Write(async unit =>
    {
        var known = await Add(unit, "Rosalind Hart", "rosalind.hart@mail.example", "0113 496 0301", "Leeds", now.AddDays(-900));
        await Buy(unit, known, "A-99101", "Sofa Larch", now.AddDays(-40));
        await Open(unit, known, "The sofa came without its feet", "The sofa is here, the four feet are not.", agent, now.AddDays(-5), now.AddDays(-5).AddHours(2));
        var again = await Add(unit, "Rosalind Hart", "rosalind.hart+sofa@mail.example", "+44 113 496 0301", "Leeds", now.AddDays(-1));
        await Open(unit, again, Twice, "I wrote last week about the feet of the sofa. Nothing has come so far.", agent, now.AddDays(-1), now.AddDays(-1).AddHours(1));

        var mother = await Add(unit, "Edith Quill", "edith.quill@mail.example", "0113 496 0302", "Galway", now.AddDays(-2000));
        await Buy(unit, mother, "A-99102", "Armchair Fern", now.AddDays(-30));
        var number = await Open(unit, mother, SpokenFor, "The lever of the armchair is stuck. I cannot get up from it by myself.", agent, now.AddDays(-2), now.AddDays(-2).AddHours(2));
        await cases.ChangeIn(unit, number, async (@case, _) =>
        {
            @case.NameRepresentative(new("Nell Quill", "daughter", "nell.quill@mail.example", "0113 496 0303", Mandate.Hear, "Her mother said so on the phone", DateOnly.FromDateTime(now.UtcDateTime.AddDays(-1)), null, LettersTo.Both), agent, now.AddDays(-1).AddHours(1));
            await CustomerCare.RememberRepresentative(unit, mother, @case.State.Representative!, agent, now.AddDays(-1).AddHours(1));
        });

        var named = await Add(unit, "Thaddeus Brandt", "thaddeus.brandt@mail.example", "0113 496 0304", "Graz", now.AddDays(-700));
        await Buy(unit, named, "A-99103", "Wardrobe Alder", now.AddDays(-9));
        var care = new CustomerCare(cases);
        await care.SetPreferences(unit, named, "Tad", PreferredChannel.Mail, agent, now.AddDays(-300));
        await care.SetNeeds(unit, named, [SupportNeed.LargePrint, SupportNeed.MoreTime], "Please print it large.", agreed: true, agent, now.AddDays(-300));
        await Open(unit, named, Known, "I cannot read the instructions of the wardrobe, they are printed far too small.", agent, now.AddDays(-1), now.AddDays(-1).AddHours(1));

        var quiet = await Add(unit, "Marguerite Lowe", "marguerite.lowe@mail.example", null, "Ghent", now.AddDays(-600));
        for (var i = 0; i < 6; i++)
            await Buy(unit, quiet, $"A-9911{i}", "Lamp Birch", now.AddDays(-360 + i * 30));
        var asked = await Open(unit, quiet, "The lamp came broken again", "The shade was cracked when I unpacked it, for the second time.", agent, now.AddDays(-200), now.AddDays(-200).AddHours(3));
        await cases.ChangeIn(unit, asked, (@case, _) =>
        {
            @case.Withdraw(CloseReason.Withdrawn, "She said that she buys another one elsewhere.", Told.Without("She said so herself."), agent, now.AddDays(-199));
            return Task.CompletedTask;
        });
    });

    private async Task<long> Open(Unit unit, long whose, string subject, string story, Actor agent, DateTimeOffset at, DateTimeOffset answered)
    {
        var customer = (await Customers.Current(unit, whose))!.Value;
        var by = Actor.Customer(customer.Id, customer.Name);
        var number = await Intake.Open(unit, cases, company, new NewCase(Channel.Mail, CaseKind.Complaint, subject, story, whose, by, at, agent), _ => new NewMessage(Direction.In, Channel.Mail, customer.Name, story, at) { Subject = subject });
        await cases.ChangeIn(unit, number, async (@case, _) =>
        {
            @case.Speak(await Conversation.Add(unit, number, new NewMessage(Direction.Out, Channel.Mail, agent.Name, $"Hello {@case.State.GreetingName},\n\nI have it, and look into it today.\n\n{agent.Name}", answered) { AuthorId = agent.Id, Subject = subject }), Channel.Mail, agent, answered);
            @case.KeepPromise("what I found out", answered.AddDays(6), agent, company.Calendar(), answered);
        });
        return number;
    }

    private static async Task<long> Add(Unit unit, string name, string address, string? phone, string place, DateTimeOffset since)
    {
        var (id, _) = await Customers.FindOrAdd(unit, address, name, phone, since);
        await unit.Run("update customers set place = @place where id = @id", new { id, place });
        await SearchIndex.Add(unit, 0, -id, $"{name}\n{address}");
        return id;
    }

    private static Task Buy(Unit unit, long id, string number, string product, DateTimeOffset at) => Orders.Add(unit,
        "insert into orders (customer_id, number, number_key, placed_at, total_minor, currency, product, lot, carrier, status) values (@id, @number, @number, @at, 24900, 'EUR', @product, 'L-2811', 'Swift & Sons', 'delivered') returning id",
        new { id, number, at = at.ToUnixTimeMilliseconds(), product });
}
