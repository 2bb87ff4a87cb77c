using System.Net;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Remedies;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Tests.Features.Approvals;
using Amends.Web;

namespace Amends.Tests.Features.Recovery;

/// <summary>Somebody may be in danger: leads are asked at once, who else has it is counted, and Today shows it until somebody answered; by the forms, on both databases.</summary>
public sealed class SafetyPathTests
{
    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Leads_are_asked_to_stop_the_sale_and_others_who_have_it_are_counted_before_the_case_can_end(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, lea) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Lea", Role.Lead));
        var (number, other) = (await LimitTests.Understood(desk, jo, "Amara Okafor"), await LimitTests.Understood(desk, jo, "Ben Ito"));
        await desk.Database.Write(async unit =>
        {
            foreach (var (mine, order, lot) in new[] { (number, "A-1", "L7"), (other, "A-2", "L7"), (other, "A-3", "L7"), (other, "A-4", "L8") })
            {
                await unit.Run("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency, product, lot) select customer_id, @order, @order, 0, 5990, 'EUR', 'Kettle', @lot from cases where number = @mine", new { mine, order, lot });
            }

            await unit.Run("update cases set order_id = (select id from orders where number = 'A-1') where number = @number", new { number });
        });
        var (agent, lead) = (await desk.SignIn(jo), await desk.SignIn(lea));
        await agent.Send($"/cases/{number}/actions", $"/cases/{number}/safety", new() { ["at_risk"] = "yes" });
        await desk.RunDue();
        Assert.Equal(1, await desk.Value<long>("select count(*) from notices where text like '%Stop selling Kettle, lot L7?%' and person_id = @Id", new { lea.Id }));
        Assert.Contains("Amara Okafor", (await lead.Open("/today")).Words("section[aria-labelledby=stop-sale]"));

        Assert.Equal(HttpStatusCode.Forbidden, (await agent.Send($"/cases/{number}/stop-sale", $"/cases/{number}/stop-sale", new() { ["Stop"] = "yes" })).StatusCode);
        var unsaid = await lead.Send($"/cases/{number}/stop-sale", $"/cases/{number}/stop-sale", new() { ["Words"] = "Off the shop" });
        Assert.Equal("Off the shop", (await unsaid.Tree()).QuerySelector("#Words")!.TextContent);
        var page = await agent.Open($"/cases/{number}/stop-sale");
        Assert.Contains("By the orders now: 2 orders of one other customer. Everybody complained of it.", page.Words("section[aria-labelledby=affected-title]"));
        Assert.DoesNotContain("A-4", page.Words("table"));
        await agent.Send($"/cases/{number}/stop-sale", $"/cases/{number}/affected", new() { ["Product"] = "Kettle", ["Lot"] = "L7" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await agent.Send($"/cases/{number}/stop-sale", $"/cases/{number}/affected", new() { ["Product"] = " " })).StatusCode);

        await desk.Cases.Change(number, @case =>
        {
            var calendar = new Company().Calendar();
            @case.PrepareOffer(new Case.Draft([new Option(0, "Money back", "It is what you asked for.", [new OptionRemedy(RemedyKind.Refund, "Money back", new Money(2000, "EUR"), desk.Clock.Now.AddDays(2))], true)], null, desk.Clock.Now.AddDays(3), desk.Clock.Now.AddDays(7)), jo, desk.Clock.Now);
            @case.SendOffer(1, jo, calendar, desk.Clock.Now);
            @case.Choose(1, 1, Channel.Phone, "Yes.", jo, calendar, desk.Clock.Now);
            @case.FinishRemedy(1, null, jo, desk.Clock.Now);
        });
        var held = await agent.Send($"/cases/{number}/delivery", $"/cases/{number}/delivery", new() { ["Cause"] = "product", ["Systemic"] = "on" });
        Assert.Contains("no lead has said yet whether it is sold on", (await held.Tree()).Body!.TextContent);
        await lead.Send($"/cases/{number}/stop-sale", $"/cases/{number}/stop-sale", new() { ["Stop"] = "yes", ["Words"] = "Off the shop", ["Product"] = "Kettle", ["Lot"] = "L7" });
        Assert.Empty((await lead.Open("/today")).QuerySelectorAll("section[aria-labelledby=stop-sale]"));

        var again = await agent.Send($"/cases/{number}/delivery", $"/cases/{number}/delivery", new() { ["Cause"] = "product", ["Systemic"] = "on" });
        Assert.Contains("Ask why at least twice", (await again.Tree()).Body!.TextContent);
        Assert.Equal(HttpStatusCode.SeeOther, (await agent.Send($"/cases/{number}/delivery", $"/cases/{number}/delivery", new() { ["Cause"] = "product", ["Systemic"] = "on", ["WithoutLadder"] = "It is known." })).StatusCode);
        using var shop = await desk.AsProgram("Shop", Scopes.CasesRead);
        Assert.Equal((true, 2), ((await shop.Get($"/api/v1/cases/{number}")).GetProperty("stop_sale").GetProperty("is_stopped").GetBoolean(), (await shop.Get($"/api/v1/cases/{number}")).GetProperty("stop_sale").GetProperty("affected_orders").GetInt32()));
        var state = (await desk.Cases.Find(number))!;
        Assert.Equal((CaseStage.CheckBack, "It is known.", 2, 1), (state.Stage, state.Systemic!.WithoutLadder, state.StopSale!.Affected!.Orders, state.StopSale.Affected.Customers));
    }
}
