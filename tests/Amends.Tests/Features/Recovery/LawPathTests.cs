using System.Net;
using System.Net.Http.Json;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.Laws;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Approvals;

namespace Amends.Tests.Features.Recovery;

/// <summary>A remedy law that is switched on, from the question on the form for options to the books and the list that a lead reads afterwards.</summary>
public sealed class LawPathTests
{
    private static readonly Company Company = new();

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_law_applies_by_itself_is_asked_about_named_booked_and_seen_by_a_lead_afterwards(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, lea) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Lea", Role.Lead));
        var number = await LimitTests.Understood(desk, jo, "Amara Okafor");
        await desk.Get<DeadlineDesk>().Set(new DeadlineSettings { Switched = new Dictionary<string, bool> { ["uk-cra-2015"] = true } });
        await desk.Database.Write(async unit =>
        {
            await unit.Run("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency) select customer_id, 'A-1', 'a1', @placed, 59900, 'EUR' from cases where number = @number", new { number, placed = desk.Clock.Now.AddDays(-100).ToUnixTimeMilliseconds() });
            await unit.Run("update cases set order_id = (select id from orders where number_key = 'a1') where number = @number", new { number });
        });
        var (agent, lead) = (await desk.SignIn(jo), await desk.SignIn(lea));
        string Form = $"/cases/{number}/offer/new", Post = $"/cases/{number}/offers";
        Assert.Contains("Is what they bought faulty, late, not as described?", (await agent.Open(Form)).Body!.TextContent);
        var typed = new Dictionary<string, string>
        {
            ["Options[0].Title"] = "We repair it", ["Options[0].Why"] = "You keep your own one.", ["Options[0].Kind"] = "Repair", ["Options[0].Due"] = "2026-03-09T12:00",
            ["Options[1].Title"] = "The same again", ["Options[1].Why"] = "It is soonest.", ["Options[1].Kind"] = "Replacement", ["Options[1].Due"] = "2026-03-09T12:00",
            ["AnswerBy"] = "2026-03-09T12:00", ["CheckBackAt"] = "2026-03-12T12:00", ["Then"] = "save",
        };
        async Task<AngleSharp.Dom.IDocument> Refused(Dictionary<string, string> fields)
        {
            var answer = await agent.Send(Form, Post, fields);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            return (AngleSharp.Dom.IDocument)await answer.Tree();
        }

        Assert.Contains("Say what is wrong with what they bought", (await Refused(typed)).Words("#Law_Problem-error"));
        typed["Law.Problem"] = "Faulty";
        typed["Law.Since"] = "2026-02-20"; // within the 30 days, whenever it was ordered
        var page = await Refused(typed);
        Assert.Contains("“Consumer Rights Act 2015” gives them the whole price back", page.Words("#Options_1_Title-error"));
        Assert.Contains("Until 22 March 2026", page.Body!.TextContent);
        Assert.Equal("Faulty", page.QuerySelector("#Law_Problem option[selected]")!.GetAttribute("value")); // nothing typed is lost

        (typed["Options[1].Title"], typed["Options[1].Kind"], typed["Options[1].Amount"], typed["Options[1].Law"]) = ("Your money back", "Refund", "599", "other");
        Assert.Contains("Write which other law", (await Refused(typed)).Words("#Options_2_Law-error"));
        typed["Options[1].Law"] = "uk-cra-2015";
        Assert.Equal(HttpStatusCode.SeeOther, (await agent.Send(Form, Post, typed)).StatusCode);
        var state = (await desk.Cases.Find(number))!;
        Assert.False(state.Offer!.NeedsApproval);
        Assert.Equal((Problem.Faulty, new DateOnly(2026, 2, 20)), (state.Problem!.Problem, state.Problem.HadSince!.Value));
        Assert.Contains(state.Presets, preset => preset is { Key: "uk-cra-2015", Applies: true });
        Assert.Contains("Given by law: Consumer Rights Act 2015", (await agent.Open($"/cases/{number}/offer")).Body!.TextContent);

        await desk.Cases.Change(number, async (@case, unit) =>
        {
            var power = await MoneyDesk.PowerIn(unit, Company, jo, @case.State.CustomerId, number, desk.Clock.Now);
            @case.SendOffer(1, jo, Company.Calendar(), desk.Clock.Now, power);
            @case.Choose(1, 2, Channel.Phone, "The money.", jo, Company.Calendar(), desk.Clock.Now);
        });
        Assert.Contains("given by law: Consumer Rights Act 2015", (await agent.Open($"/cases/{number}")).Body!.TextContent);
        Assert.Equal(2, await desk.Value<long>("select count(*) from ledger_lines where law = 'Consumer Rights Act 2015'"));
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.Send("/profile", "/approvals/by-law", new() { ["case"] = "1" })).StatusCode);
        var list = await lead.Open("/approvals/by-law");
        Assert.Contains("Consumer Rights Act 2015", list.Words("table"));
        Assert.Equal(HttpStatusCode.SeeOther, (await lead.Send("/approvals/by-law", "/approvals/by-law", new() { ["case"] = $"{number}", ["offer"] = "1" })).StatusCode);
        Assert.Equal(1, await desk.Value<long>("select count(*) from law_checks"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await lead.Send("/profile", "/approvals/by-law", new() { ["case"] = "9", ["offer"] = "1" })).StatusCode);
    }

    [Fact]
    public async Task A_new_case_and_a_live_call_ask_the_same_of_what_is_agreed_on_the_spot()
    {
        await using var desk = await Desk.Start();
        var agent = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        await desk.Get<DeadlineDesk>().Set(new DeadlineSettings { Switched = new Dictionary<string, bool> { ["uk-cra-2015"] = true } });
        string Day(int days) => desk.Clock.Now.AddDays(days).ToString("yyyy-MM-ddTHH:mm");
        var spot = new Dictionary<string, string>
        {
            ["Channel"] = "Phone", ["Name"] = "Amara Okafor", ["Story"] = "It leaks on the table.", ["Outcome"] = "A dry table", ["AtRisk"] = "no", ["Happened"] = "The kettle leaks", ["Matters"] = "Tea in the morning",
            ["Spot.Title"] = "We repair it", ["Spot.Kind"] = "Repair", ["Spot.Other"] = "A voucher", ["Spot.Words"] = "“Yes, fine.”", ["Spot.Due"] = Day(2), ["Spot.CheckBackAt"] = Day(7),
            ["Spot.Bought.Problem"] = "Faulty", ["Spot.Bought.Since"] = desk.Clock.Now.AddDays(-5).ToString("yyyy-MM-dd"),
        };
        var refused = await agent.Send("/cases/new?by=phone", "/cases", spot);
        Assert.Contains("gives them the whole price back", (await refused.Tree()).Words("#Spot_Title-error"));
        var given = new Dictionary<string, string>(spot) { ["Spot.Title"] = "Money back", ["Spot.Kind"] = "Refund", ["Spot.Amount"] = "600", ["Spot.Law"] = "uk-cra-2015" };
        Assert.Equal(HttpStatusCode.SeeOther, (await agent.Send("/cases/new?by=phone", "/cases", given)).StatusCode);

        var told = new Dictionary<string, string> { ["Name"] = "Ben Ito", ["Who"] = "them", ["Story"] = "“It leaks on the table.”" };
        await agent.Send("/calls/live", "/calls/live", new(told) { ["Then"] = "heard" });
        var call = new Dictionary<string, string>(told)
        {
            ["Heard"] = "on", ["Then"] = "save", ["Outcome"] = "A dry table", ["AtRisk"] = "no", ["Happened"] = "The kettle leaks", ["Matters"] = "Tea in the morning", ["Confirmed"] = "“Yes.”",
            ["Options[0].Title"] = "A repair", ["Options[0].Why"] = "You keep it", ["Options[0].Kind"] = "Repair", ["Options[0].Due"] = Day(2),
            ["Options[1].Title"] = "Money back", ["Options[1].Why"] = "You may buy another", ["Options[1].Kind"] = "Refund", ["Options[1].Amount"] = "600", ["Options[1].Due"] = Day(1),
            ["Chosen"] = "2", ["ChosenWords"] = "The money.", ["CheckBackAt"] = Day(7), ["Law.Problem"] = "NotAsDescribed", ["Law.Since"] = desk.Clock.Now.AddDays(-5).ToString("yyyy-MM-dd"),
        };
        Assert.Contains("gives them the whole price back", (await (await agent.Send("/calls/live", "/calls/live", call)).Tree()).Words("#Options_1_Title-error"));
        var saved = await agent.Send("/calls/live", "/calls/live", new(call) { ["Options[1].Law"] = "uk-cra-2015" });
        Assert.True(saved.StatusCode == HttpStatusCode.SeeOther, await saved.Content.ReadAsStringAsync());
        Assert.Equal(2, await desk.Value<long>("select count(*) from money_given where statutory = 1 and law = 'Consumer Rights Act 2015'"));
    }
}
