using System.Net;
using System.Text.Json;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.People;
using Amends.Tests.Features.Api;
using Amends.Tests.Features.CustomerPages;
using Amends.Web;
using AngleSharp.Dom;

namespace Amends.Tests.Features.Reports;

/// <summary>The report on teams: problems first, then what came again; no figure is of one person; every figure leads to its cases.</summary>
public sealed class TeamReportTests
{
    private const string Days = "from=2026-02-01&to=2026-04-30";

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Whoever_has_more_problems_stands_behind_however_many_they_put_right(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var people = new Dictionary<string, Actor>();
        foreach (var name in new[] { "Ada", "Abe", "Bea", "Bob", "Gil", "Gwen", "Sol" })
            people[name] = await desk.AddPerson(name, Role.Lead);
        var max = await desk.AddPerson("Max", Role.Manager);
        var (teams, categories) = (desk.Get<TeamDesk>(), new Company().Content.Categories);
        async Task<long> Add(string name, params string[] who) => await desk.Database.Write(unit => teams.Add(unit, new() { Name = name, People = [.. who.Select(each => people[each].Id)] }, categories, max, desk.Clock.Now));
        var (again, calm, menders, solo) = (await Add("Again", "Ada", "Abe"), await Add("Calm", "Bea", "Bob"), await Add("Menders", "Gil", "Gwen"), await Add("Solo", "Sol"));
        for (var i = 0; i < 11; i++)
        {
            await Play(desk, people[i % 2 == 0 ? "Bea" : "Bob"], $"Calm {i}", "DEL.late", i < 6);
            await Play(desk, people[i % 2 == 0 ? "Ada" : "Abe"], "The same one", "DEL.late", true); // who comes back every time
            desk.Clock.Now += TimeSpan.FromHours(20);
        }

        for (var i = 0; i < 14; i++)
            await Play(desk, people[i < 5 ? "Gil" : "Gwen"], $"Mended {i}", i < 2 ? "SRV.rude" : "PRD.quality", true);
        await Play(desk, people["Sol"], "Lone", "PRD.quality", true);
        await desk.Database.Write(async unit =>
        {
            for (var i = 0; i < 50; i++)
                await unit.Run("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency) select min(id), @name, @name, @at, 100, 'EUR' from customers", new { name = $"N-{i}", at = desk.Clock.Now.ToUnixTimeMilliseconds() });
        });
        await desk.Count();

        using var manager = await desk.SignIn(max);
        var page = await manager.Open($"/reports/teams?{Days}");
        var rows = Rows(page);
        Assert.Equal(["Calm", "Again", "Menders", "Others"], rows.Select(row => row[0])); // Solo is one person, and no team is sorted by what it put right
        Assert.Equal(["11", "220.0", "0 % of 11 (0–26)"], rows[0][1..4]);
        Assert.StartsWith("55 % of 11", rows[0][6], StringComparison.Ordinal);
        Assert.Equal(["11", "220.0"], rows[1][1..3]);
        Assert.StartsWith("91 % of 11", rows[1][3], StringComparison.Ordinal); // all but the last came again
        Assert.Equal(["14", "280.0"], rows[2][1..3]);
        Assert.StartsWith("14 % of 14", rows[2][4], StringComparison.Ordinal);
        Assert.StartsWith("100 % of 12", rows[2][6], StringComparison.Ordinal); // what they made themselves is no recovery
        Assert.Equal(["1", "20.0", "of 1, too few"], rows[3][1..4]);
        Assert.Equal("740.0", page.QuerySelectorAll(".kpi .v")[0].TextContent.Trim());
        Assert.Empty(page.QuerySelectorAll("main select[name=sort], main a[href*='sort=']"));

        async Task<int> Cases(string team, int column)
        {
            var link = page.QuerySelectorAll("section[aria-labelledby=t-teams] tbody tr").Single(row => row.Children[0].TextContent == team).Children[column].QuerySelector("a")?.GetAttribute("href");
            if (link is null)
                return 0;
            Assert.DoesNotContain("part=", link);
            return (await manager.Open(link)).QuerySelectorAll("tbody tr").Length;
        }

        Assert.Equal((14, 2, 12), (await Cases("Menders", 1), await Cases("Menders", 4), await Cases("Menders", 6)));
        Assert.Equal((10, 0, 1), (await Cases("Again", 3), await Cases("Calm", 3), await Cases("Others", 1)));
        foreach (var card in page.QuerySelectorAll(".kpi a"))
            Assert.NotEmpty((await manager.Open(card.GetAttribute("href")!)).QuerySelectorAll("tbody tr"));

        using var agent = await desk.SignIn(people["Gil"]);
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.GetAsync("/reports/teams")).StatusCode);
        foreach (var (who, query) in new[] { (agent, $"measure=CameTo&team={menders}"), (manager, $"measure=CameTo&part={people["Gil"].Id}"), (manager, $"measure=EndedBy&team={menders}&part={people["Gil"].Id}"), (manager, "measure=PromisedBy"), (manager, $"measure=CameTo&team={solo}"), (manager, $"measure=Opened&team={menders}"), (manager, "measure=CameTo&team=x") })
            Assert.Equal(HttpStatusCode.NotFound, (await who.GetAsync($"/reports/cases?{query}&{Days}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await manager.GetAsync($"/reports/cases?measure=CameTo&team=others&{Days}")).StatusCode);

        var csv = (await manager.GetStringAsync($"/reports/teams/export?{Days}&table=teams")).Split("\r\n");
        Assert.StartsWith("team,complaints,per_1000_orders,recurrence,recurrence_hits", csv[0], StringComparison.Ordinal);
        Assert.StartsWith("Calm,11,220,0,0,11", csv[1], StringComparison.Ordinal);
        using var json = JsonDocument.Parse(await (await desk.AsProgram("shop", Scopes.CasesRead)).GetStringAsync($"/api/v1/reports/teams?{Days}"));
        Assert.Equal(["Calm", "Again", "Menders", "Others"], json.RootElement.GetProperty("tables")[0].GetProperty("rows").EnumerateArray().Select(row => row[0].GetString()));
        Assert.Equal(["Again", "Calm", "Menders", "Others"], Rows(await manager.Open($"/reports/promises?{Days}")).Select(row => row[0]));

        // Gil goes over to Calm: what he has or had goes along, and Menders is one person alone
        await desk.Database.Write(unit => teams.Change(unit, calm, new() { People = [people["Bea"].Id, people["Bob"].Id, people["Gil"].Id] }, categories, max, desk.Clock.Now));
        Assert.Equal([["Again", "11"], ["Calm", "16"], ["Others", "10"]], Rows(await manager.Open($"/reports/teams?{Days}")).Select(row => row[..2]));
        await desk.Database.Write(unit => teams.Change(unit, again, new() { IsRetired = true }, categories, max, desk.Clock.Now));
        await desk.Database.Write(unit => teams.Change(unit, calm, new() { IsRetired = true }, categories, max, desk.Clock.Now));
        page = await manager.Open($"/reports/teams?{Days}");
        Assert.Contains("no team of two people or more", page.Words(".lead"));
        Assert.Equal([["Others", "37"]], Rows(page).Select(row => row[..2]));
        Assert.Empty(Rows(await manager.Open($"/reports/promises?{Days}")));
    }

    private static List<string[]> Rows(IDocument page) => [.. page.QuerySelectorAll("section[aria-labelledby=t-teams] tbody tr").Select(row => row.Children.Select(cell => cell.TextContent.Trim()).ToArray())];

    /// <summary>A complaint from its beginning to the customer's own yes or no.</summary>
    private static async Task Play(Desk desk, Actor who, string customer, string category, bool yes)
    {
        var (id, name) = await desk.AddCustomer(customer);
        var complaint = new Complaint(desk, who, Actor.Customer(id, name), await desk.Complain(name, "Broken kettle", "It leaks.", who));
        await complaint.Summarise();
        await desk.Cases.Change(complaint.Number, @case =>
        {
            @case.Categorise(category, true, who, desk.Clock.Now);
            @case.ConfirmSummary(1, Channel.Phone, "Yes.", who, desk.Clock.Now);
        });
        await complaint.Offer();
        await desk.Cases.Change(complaint.Number, @case => @case.Choose(@case.State.Offer!.Id, 2, Channel.Page, null, complaint.Customer, Complaint.Calendar, desk.Clock.Now));
        await complaint.Deliver();
        if (yes)
            await desk.Cases.Change(complaint.Number, @case => @case.AnswerCheckBack(CheckBackAnswer.Yes, 5, Channel.Page, null, complaint.Customer, Complaint.Calendar, desk.Clock.Now));
        else
            await desk.Cases.Change(complaint.Number, @case => @case.WaiveCheckBack(Channel.Phone, "No need.", who, desk.Clock.Now));
    }
}
