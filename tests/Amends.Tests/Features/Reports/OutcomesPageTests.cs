using System.Net;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.People;
using Amends.Features.Demo;
using Amends.Tests.Features.CustomerPages;
using AngleSharp.Dom;
using Microsoft.Extensions.DependencyInjection;

namespace Amends.Tests.Features.Reports;

public sealed class OutcomesPageTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_manager_lands_on_what_customers_said_which_promises_were_kept_and_what_repeats(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var marta = await desk.AddPerson("Marta", Role.Manager);
        var browser = await desk.SignIn(marta);
        Assert.Equal("/reports/recovery", (await browser.GetAsync("/")).Headers.Location!.ToString());
        Assert.Contains("No promise came due", (await browser.Open("/reports/outcomes")).Words(".empty"));

        var complaint = await Complaint.Open(desk);
        await complaint.Summarise();
        await complaint.Offer();
        await desk.Cases.Change(complaint.Number, @case => @case.Choose(1, 1, Channel.Page, null, complaint.Customer, Complaint.Calendar, desk.Clock.Now));
        await complaint.Deliver();
        await desk.Cases.Change(complaint.Number, @case => @case.AnswerCheckBack(CheckBackAnswer.Yes, 5, Channel.Page, null, complaint.Customer, Complaint.Calendar, desk.Clock.Now));
        await desk.Complain("Jonas Berg", "Late", "It is late.", complaint.Jo);
        desk.Clock.Now = desk.Clock.Now.AddDays(1);
        await desk.RunDue();
        await desk.Count();

        browser = await desk.SignIn(marta); // a day later
        var page = await browser.Open("/reports/outcomes?days=30");
        Assert.Equal(["Complaints", "Came again", "Put right", "Promises kept", "Rated 4 or 5"], page.QuerySelectorAll(".kpi dt").Select(name => name.TextContent));
        Assert.Equal(["2", "0 %", "100 %", "50 %", "100 %"], page.QuerySelectorAll(".kpi .v").Select(value => value.TextContent.Trim()));
        Assert.Contains("too few to lean on: 21 to 100 %", page.QuerySelectorAll(".kpi")[2].TextContent);
        foreach (var (card, cases) in new[] { (0, 2), (2, 1), (4, 1) })
            Assert.Equal(cases, (await browser.Open(page.QuerySelectorAll(".kpi")[card].QuerySelector("a")!.GetAttribute("href")!)).QuerySelectorAll("main tbody tr").Length); // each figure leads to its cases
        Assert.Null(page.QuerySelectorAll(".kpi")[1].QuerySelector("a")); // nobody came again
        Assert.Equal("1 kept in time, 1 missed", page.Words("section[aria-labelledby=promises] header p"));
        Assert.StartsWith("Yes, it is put right1 · 100 %", page.Words("section[aria-labelledby=said] li"));
        Assert.StartsWith("Unknown1 · 100 %", page.Words("section[aria-labelledby=causes] li"));
        Assert.Contains($"#{complaint.Number} ", (await browser.Open(page.QuerySelector("section[aria-labelledby=causes] li a")!.GetAttribute("href")!)).Words("main tbody"));
        Assert.Equal(["1", "1"], page.QuerySelectorAll("section[aria-labelledby=promises] tbody tr")[^2].Children.Skip(1).Select(cell => cell.TextContent.Split(' ')[0])); // yesterday
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task What_was_changed_is_noted_and_shown_and_only_managers_see_it(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var (browser, agent) = (await desk.SignIn(await desk.AddPerson("Marta", Role.Manager)), await desk.SignIn(await desk.AddPerson("Jo", Role.Agent)));
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.GetAsync("/reports/outcomes")).StatusCode);
        Assert.Equal("/practices", (await agent.GetAsync("/reports")).Headers.Location!.ToString());

        foreach (var (what, since, words) in new[] { ("", "2026-03-01", "Say in a sentence"), (new string('x', 201), "2026-03-01", "longer than 200"), ("Clocks", "2026-03-05", "today at the latest"), ("Clocks", "soon", "Choose the day") })
        {
            var refused = await browser.Send("/reports/outcomes", "/reports/improvements", new() { ["What"] = what, ["Since"] = since });
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains(words, (await refused.Tree()).Words("#errors"));
        }

        await browser.Send("/reports/outcomes", "/reports/improvements", new() { ["What"] = "Call-backs have a clock", ["Since"] = "2026-03-01" });
        Assert.StartsWith("Call-backs have a clockSince 1 March 2026, noted by Marta.", (await browser.Open("/reports/outcomes")).Words("section[aria-labelledby=changed] li"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task The_demo_tells_the_story_of_a_bad_lot_an_outage_and_call_backs_that_are_kept_since_they_have_a_clock(string kind)
    {
        await using var desk = await Desk.Start(kind);
        await ActivatorUtilities.CreateInstance<MakeDemo>(desk.App.Services).Run(_ => { });
        await desk.Count();
        var browser = desk.Browser(follow: false);
        await browser.Send("/sign-in", "/sign-in", new() { ["email"] = "marta@northwind-home.example", ["password"] = DemoPeople.Password });

        var page = await browser.Open("/reports/outcomes");
        Assert.Contains("L-2291", page.QuerySelectorAll("section[aria-labelledby=repeats] tbody tr b").Take(3).Select(name => name.TextContent));
        Assert.Contains("Northline", page.Words("section[aria-labelledby=repeats] tbody"));
        var changed = page.QuerySelectorAll("section[aria-labelledby=changed] li").Single(line => line.TextContent.Contains("Call-backs are promises with a clock"));
        Assert.EndsWith("better.", changed.TextContent.Trim());
        Assert.All(page.QuerySelectorAll("section[aria-labelledby=said] li"), line => Assert.DoesNotContain("· 0 %", line.TextContent));
        Assert.NotEmpty(page.QuerySelectorAll(".chart .mark"));
        Assert.InRange(page.QuerySelectorAll(".kpi").Count(card => card.TextContent.Contains("too few")), 0, 0);
        Assert.Contains("Where do I find the manual?", (await browser.Open("/inbox/second-look")).Words(".scroll"));
    }
}
