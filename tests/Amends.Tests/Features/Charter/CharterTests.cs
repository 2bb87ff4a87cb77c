using Amends.Data;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;

namespace Amends.Tests.Features.Charter;

public sealed class CharterTests
{
    [Fact]
    public async Task The_public_promise_shows_what_customers_get_by_the_playbooks_that_hold_and_every_acknowledgement_leads_to_it()
    {
        await using var desk = await MailDesk.Start("sqlite");
        var (marta, lea) = (await desk.AddPerson("Marta", Role.Manager), await desk.AddPerson("Lea", Role.Lead));
        using var anybody = desk.Browser();
        var late = PlaybookDesk.Shipped.First(playbook => playbook.Key == "late");
        Assert.Contains(late.Gets, (await (await anybody.GetAsync("/promise")).Tree()).Words(".prose"));

        var (playbooks, today) = (desk.Get<PlaybookDesk>(), PlaybookDesk.DayOf(desk.Clock.Now, new Company()));
        await playbooks.Propose(late with { Gets = "A taxi with it by tonight.", EffectiveFrom = today }, "People wait too long.", lea, today, desk.Clock.Now);
        Assert.DoesNotContain("A taxi", await anybody.GetStringAsync("/promise")); // nobody has agreed yet
        await playbooks.Decide((await playbooks.Proposals())[0].Id, true, null, marta, today, desk.Clock.Now);
        var page = (await (await anybody.GetAsync("/promise")).Tree()).Words(".prose");
        Assert.Contains("A taxi with it by tonight.", page);
        Assert.DoesNotContain(late.Gets, page);

        await desk.Post(MailDesk.Mail("Amara <amara@customer.example>", "It is late", "The kettle is late."));
        await desk.ReadAll();
        Assert.Contains("https://care.desk.example/promise", await desk.Value<string>("select text from messages where direction = 2"));
        Assert.Single(await desk.Outgoing());

        var owner = await desk.SignIn(await desk.AddPerson("Ona", Role.Owner));
        await owner.Send("/settings/charter", "/settings/charter", new() { ["charter"] = "We listen." });
        page = (await (await anybody.GetAsync("/promise")).Tree()).Words(".prose");
        Assert.Contains("We listen.", page);
        Assert.DoesNotContain("A taxi", page);
    }
}
