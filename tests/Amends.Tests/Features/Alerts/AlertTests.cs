using System.Net;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Alerts;
using Amends.Domain.People;
using Amends.Features.Alerts;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Tests.Features.Approvals;
using Amends.Web;

namespace Amends.Tests.Features.Alerts;

/// <summary>What stands out is kept, told once, and decided; on both databases.</summary>
public sealed class AlertTests
{
    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Three_alike_are_told_to_leads_once_with_their_cases_and_what_they_share_until_somebody_decides_and_new_cases_come(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (jo, lea) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Lea", Role.Lead));
        var look = desk.Get<LookForAlerts>();
        var first = new List<long> { await Complaint(desk, jo, "Amara Okafor", "L7"), await Complaint(desk, jo, "Ben Ito", "L7") };
        await desk.Count();
        await look.RunOnce(default);
        Assert.Equal(0, await desk.Value<long>("select count(*) from alerts"));
        first.Add(await Complaint(desk, jo, "Cy Roe", "L9"));
        await desk.Count();
        await look.RunOnce(default);
        await look.RunOnce(default);
        var alert = Assert.Single(await desk.Get<AlertDesk>().List(decided: false, 10));
        Assert.Equal((AlertRule.Similar, "PRD.quality", "Kettle", 3), (alert.Alert.Rule, alert.Alert.Category, alert.Alert.Product, alert.Alert.Observed));
        Assert.Equal(1, await desk.Value<long>("select count(*) from notices where person_id = @Id and text like '3 complaints alike%'", new { lea.Id }));

        using var agent = await desk.SignIn(jo);
        using var lead = await desk.SignIn(lea);
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.GetAsync("/reports/signals")).StatusCode);
        Assert.Contains("3 complaints alike within 14 days: Kettle", (await lead.Open("/reports/signals")).Words("main"));
        var at = $"/reports/signals/{alert.Id}";
        var page = await lead.Open(at);
        Assert.Contains("2 of 3 have the lot “L7”", page.Words("main"));
        Assert.All(first, number => Assert.Contains($"#{number}", page.Words("section[aria-labelledby=cases-title]")));
        var silent = await lead.Send(at, at + "/decision", new() { ["decision"] = "aside", ["words"] = " " });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, true), (silent.StatusCode, (await silent.Tree()).Words("main").Contains("Say why it is nothing", StringComparison.Ordinal)));
        await AsksWhy(desk, lead, at, first);
        var aside = await lead.Send(at, at + "/decision", new() { ["decision"] = "aside", ["words"] = "One shop window, taken down." });
        Assert.Equal(HttpStatusCode.SeeOther, aside.StatusCode);
        Assert.Contains("Set aside by Lea", (await lead.Open("/reports/signals?show=decided")).Words("main"));
        await Assert.ThrowsAsync<Refused>(() => desk.Database.Write(unit => AlertDesk.Decide(unit, alert.Id, true, "Again", lea, desk.Clock.Now)));

        using var program = await desk.ActingFor(lea, "Watch", Scopes.RecoveryWrite, Scopes.CasesRead);
        Assert.Equal(["3 complaints alike within 14 days: Kettle, “Product: quality”."], (await program.Get("/api/v1/signals?show=decided")).GetProperty("signals").EnumerateArray().Select(each => each.GetProperty("sentence").GetString()!));
        Assert.Equal(3, (await program.Get($"/api/v1/signals/{alert.Id}")).GetProperty("cases").GetArrayLength());
        Assert.Equal((1, "The drawing asks for no test of seals"), (await program.Get($"/api/v1/signals/{alert.Id}")) is var whole ? (whole.GetProperty("improvement").GetInt32(), whole.GetProperty("root_causes")[0].GetString()) : default);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await program.Json($"/api/v1/signals/{alert.Id}/decision", """{"taken_up":true,"words":"Again"}""", "a")).StatusCode);
        await desk.Count();
        await look.RunOnce(default);
        Assert.Empty(await desk.Get<AlertDesk>().List(decided: false, 10)); // what was decided is not asked again
        foreach (var name in new[] { "Di Fox", "Ed Ray", "Flo Kim" })
            await Complaint(desk, jo, name, "L9");
        await desk.Count();
        await look.RunOnce(default);
        Assert.Equal(6, Assert.Single(await desk.Get<AlertDesk>().List(decided: false, 10)).Alert.Observed);
        Assert.Equal(2, await desk.Value<long>("select count(*) from notices where person_id = @Id and text like '%alike%'", new { lea.Id }));
    }

    /// <summary>One press begins an improvement on its cases and lands at its ladder; pressed again it is the same one, and the signal says where the ladder ends.</summary>
    private static async Task AsksWhy(Desk desk, HttpClient lead, string at, List<long> cases)
    {
        Assert.Empty((await lead.Open(at)).QuerySelectorAll("[aria-labelledby=why-title] a"));
        var asked = await lead.Send(at, at + "/why", []);
        Assert.Equal((HttpStatusCode.SeeOther, "/improvements/1#ladder"), (asked.StatusCode, asked.Headers.Location!.OriginalString));
        var item = await lead.Open("/improvements/1");
        Assert.Equal("ladder", item.QuerySelector("[aria-labelledby=ladder] h2")!.Id);
        Assert.Equal(cases.Order(), await desk.Rows<long>("select case_number from improvement_evidence where improvement_id = 1 order by case_number"));
        Assert.Contains("Find out why: Kettle", item.Words("h1"));
        Assert.Contains("Nobody has said why yet.", (await lead.Open(at)).Words("[aria-labelledby=why-title]"));

        await lead.Send("/improvements/1", "/improvements/1/whys", new() { ["Words"] = "The seal is too thin", ["SeenIn"] = $"{cases[0]}" });
        await lead.Send("/improvements/1", "/improvements/1/whys", new() { ["Words"] = "The drawing asks for no test of seals", ["Under"] = "1", ["CanChange"] = "on" });
        await desk.Database.Write(unit => unit.Run("delete from improvement_evidence where case_number = @last", new { last = cases[^1] })); // as a case that came later
        var again = await lead.Send(at, at + "/why", []);
        Assert.Equal(("/improvements/1#ladder", 1L, (long)cases.Count), (again.Headers.Location!.OriginalString, await desk.Value<long>("select count(*) from improvements"), await desk.Value<long>("select count(*) from improvement_evidence")));
        var page = await lead.Open(at);
        Assert.Contains("The drawing asks for no test of seals We can change this.", page.Words("[aria-labelledby=why-title]"));
        Assert.DoesNotContain("The seal is too thin", page.Words("[aria-labelledby=why-title]"));
        Assert.Equal("/improvements/1#ladder", page.QuerySelector("[aria-labelledby=why-title] a")!.GetAttribute("href"));
        Assert.Equal(HttpStatusCode.NotFound, (await lead.Send(at, "/reports/signals/999/why", [])).StatusCode);
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task One_in_danger_is_an_alert_at_once_and_a_duplicate_counts_nowhere(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var number = await Complaint(desk, jo, "Amara Okafor", "L7");
        await desk.Cases.Change(number, @case => @case.CheckSafety(true, jo, desk.Clock.Now));
        await desk.RunDue();
        Assert.Equal((AlertRule.Safety, 1), Assert.Single((await desk.Get<AlertDesk>().List(decided: false, 10)).Select(kept => (kept.Alert.Rule, kept.Alert.Observed))));
        foreach (var name in new[] { "Di Fox", "Ed Ray" })
        {
            var other = await Complaint(desk, jo, name, "L7");
            await desk.Database.Write(unit => unit.Run("update cases set close_reason = 4 where number = @other", new { other }));
        }

        await desk.Count();
        await desk.Get<LookForAlerts>().RunOnce(default);
        Assert.Single(await desk.Get<AlertDesk>().List(decided: false, 10));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Days_are_those_of_the_companys_clock_and_the_chart_counts_by_orders(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var number = await Complaint(desk, jo, "Amara Okafor", "L7");
        await desk.Database.Write(async unit =>
        {
            await unit.Run("update cases set opened_at = @at where number = @number", new { number, at = desk.Clock.Now.AddDays(-7).ToUnixTimeMilliseconds() });
            await unit.Run("update orders set placed_at = @at", new { at = desk.Clock.Now.AddDays(-10).ToUnixTimeMilliseconds() });
        });
        await desk.Count();
        var chart = (await desk.Get<AlertDesk>().Counts()).ChartOf("PRD.quality");
        Assert.Equal((1, 0, 1L, 1L), (chart.Weeks[^2].Count, chart.Weeks[^1].Count, chart.Weeks[^2].Orders, chart.Weeks[^1].Orders));
        Assert.Equal(1000, chart.Weeks[^2].Point.Value);

        var another = await Complaint(desk, jo, "Di Fox", "L7"); // taken for another's: the chart does not count it
        await desk.Database.Write(unit => unit.Run("update cases set close_reason = 4, opened_at = @at where number = @another", new { another, at = desk.Clock.Now.AddDays(-7).ToUnixTimeMilliseconds() }));
        await desk.Count();
        using var lead = await desk.SignIn(await desk.AddPerson("Lea", Role.Lead));
        var week = (await lead.Open("/reports/signals?category=PRD.quality")).QuerySelectorAll("details tbody a").Single();
        Assert.Equal("1", week.TextContent.Split(' ')[0]);
        Assert.Equal([$"/cases/{number}"], (await lead.Open(week.GetAttribute("href")!)).QuerySelectorAll("main tbody a").Select(link => link.GetAttribute("href")));
        Assert.Contains("No case is counted here", (await lead.Open("/reports/signals/cases?category=PRD.quality&from=2026-03-02&to=2026-03-01")).Words("main"));
    }

    private static async Task<long> Complaint(Desk desk, Actor jo, string customer, string lot)
    {
        var number = await LimitTests.Understood(desk, jo, customer);
        var order = "A-" + customer;
        await desk.Database.Write(async unit =>
        {
            await unit.Run("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency, product, lot) select customer_id, @order, @order, 0, 4000, 'EUR', 'Kettle', @lot from cases where number = @number", new { number, order, lot });
            await unit.Run("update cases set category = 'PRD.quality', order_id = (select id from orders where number = @order) where number = @number", new { number, order });
        });
        return number;
    }
}
