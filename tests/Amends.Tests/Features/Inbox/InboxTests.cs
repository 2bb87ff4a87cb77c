using System.Net;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Tests.Servers;
using Amends.Web;

namespace Amends.Tests.Features.Inbox;

/// <summary>The lists of cases over HTTP, on both databases.</summary>
public sealed class InboxTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_list_is_sorted_by_promise_and_says_who_waits_for_what(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var browser = await desk.SignIn(jo);
        var first = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks <b>everywhere</b>.", jo);
        desk.Clock.Now = desk.Clock.Now.AddMinutes(30);
        var second = await desk.Complain("Jonas Berg", "Charged twice", "Twice!", jo);
        var question = await desk.Complain("Mei Chen", "How long is it?", "How long?", kind: CaseKind.Question);

        var page = await browser.Open("/inbox/mine");
        Assert.Equal([$"row-{first}", $"row-{second}"], page.QuerySelectorAll(".row").Select(row => row.Id));
        var row = page.QuerySelector($"#row-{first}")!;
        Assert.Equal("Amara Okafor", row.Words(".name"));
        Assert.Equal("The kettle leaks", row.Words(".subj"));
        Assert.Equal("It leaks <b>everywhere</b>.", row.Words(".snip"));
        Assert.Equal("in 3 h 30 min", row.Words(".chip"));
        Assert.Equal("Step 1 of 5: Listen", row.QuerySelector(".stage")!.GetAttribute("aria-label"));
        Assert.Contains("unread", row.ClassName);
        Assert.Equal("Promise due today2", page.Words("h2.group"));
        Assert.Equal("2", page.Words("[data-count=mine]"));
        Assert.Equal("page", page.QuerySelector("nav.nav li a[href='/inbox/mine']")!.GetAttribute("aria-current"));

        Assert.Equal([$"row-{question}"], (await browser.Open("/inbox/others")).QuerySelectorAll(".row").Select(found => found.Id));
        Assert.Equal([$"row-{question}"], (await browser.Open("/inbox/unassigned")).QuerySelectorAll(".row").Select(found => found.Id));
        Assert.Equal(3, (await browser.Open("/inbox/team")).QuerySelectorAll(".row").Length);
        Assert.Empty((await browser.Open("/inbox/follow-ups")).QuerySelectorAll(".row"));
        Assert.Contains("Nobody waits", (await browser.Open("/inbox/follow-ups")).Words(".empty"));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/inbox/nothing")).StatusCode);

        desk.Clock.Now = desk.Clock.Now.AddHours(6);
        await desk.RunDue();
        page = await browser.Open("/inbox/overdue");
        Assert.Equal("Promise overdue3", page.Words("h2.group"));
        Assert.StartsWith("2 h 30 min late", page.Words($"#row-{first} .chip"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_long_list_has_fifty_rows_a_page_and_no_case_twice(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var browser = await desk.SignIn(jo);
        for (var i = 0; i < 63; i++)
            await desk.Complain("Amara Okafor", $"Matter {i}", "It leaks.", jo);

        var page = await browser.Open("/inbox/mine");
        var seen = page.QuerySelectorAll(".row").Select(row => row.Id).ToList();
        Assert.Equal(50, seen.Count);
        page = await browser.Open(page.QuerySelector("a[rel=next]")!.GetAttribute("href")!);
        seen.AddRange(page.QuerySelectorAll(".row").Select(row => row.Id));
        Assert.Equal(63, seen.Distinct().Count());
        Assert.Equal(63, seen.Count);
        Assert.Null(page.QuerySelector("a[rel=next]"));
        Assert.NotNull(page.QuerySelector("a[rel=prev]"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task What_waits_for_the_customer_and_what_is_closed_have_lists_of_their_own(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var browser = await desk.SignIn(jo);
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", jo);
        await desk.Cases.Change(number, @case =>
        {
            @case.HearWantedOutcome("A new one", jo, desk.Clock.Now);
            @case.CheckSafety(false, jo, desk.Clock.Now);
            @case.WriteSummary("It leaks", "Tea", "Options", jo, desk.Clock.Now);
            @case.SendSummary(jo, desk.Clock.Now);
        });
        var page = await browser.Open("/inbox/with-customer");
        Assert.Equal("With them", page.QuerySelectorAll(".row .chip").Last().TextContent.Trim());
        Assert.Equal("1", page.Words("[data-count=with-customer]"));
        Assert.Equal("Step 2 of 5: Confirm", page.QuerySelector(".row .stage")!.GetAttribute("aria-label"));

        await desk.Cases.Change(number, @case => @case.Withdraw(CloseReason.Withdrawn, "She found the lid", Told.Without("They said so themselves."), jo, desk.Clock.Now));
        Assert.Empty((await browser.Open("/inbox/with-customer")).QuerySelectorAll(".row"));
        Assert.Equal("Withdrawn", (await browser.Open("/inbox/closed")).Words(".row .chip"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_row_is_there_as_long_as_its_list_has_it_and_the_numbers_follow(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var browser = await desk.SignIn(jo);
        var number = await desk.Complain("Amara Okafor", "The kettle leaks", "It leaks.", jo);
        await desk.Write(number, "And now the lid is off.");

        var row = await (await browser.Part($"/inbox/row/{number}?in=mine")).Tree();
        Assert.Equal("And now the lid is off.", row.Words(".snip"));
        Assert.Contains("\"mine\":1", await browser.GetStringAsync("/inbox/counts"));
        Assert.Equal(HttpStatusCode.NoContent, (await browser.GetAsync("/inbox/row/999999")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/inbox/row/{number}?in=nowhere")).StatusCode);
        await desk.Cases.Change(number, @case => @case.Assign(null, jo, desk.Clock.Now));
        Assert.Equal(HttpStatusCode.NoContent, (await browser.GetAsync($"/inbox/row/{number}?in=mine")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync($"/inbox/row/{number}?in=unassigned")).StatusCode);
    }

    [Fact]
    public async Task The_numbers_follow_what_another_node_says()
    {
        var url = await PostgresServer.CreateDatabase();
        await using var here = await Desk.On(url);
        await using var there = await Desk.On(url);
        var browser = await here.SignIn(await here.AddPerson("Jo", Role.Agent));
        Assert.Contains("\"team\":0", await browser.GetStringAsync("/inbox/counts"));

        var number = await there.Complain("Amara Okafor", "The kettle leaks", "It leaks.");
        here.Get<LiveSignals>().Hear($$$"""{"Node":"there","Signal":{"Type":"case","Id":{{{number}}}}}""");

        Assert.Contains("\"team\":1", await browser.GetStringAsync("/inbox/counts"));
    }
}
