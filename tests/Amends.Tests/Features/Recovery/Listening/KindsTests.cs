using System.Net;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using CustomerBrowser = Amends.Tests.Features.CustomerPages.Browser;

namespace Amends.Tests.Features.Recovery.Listening;

/// <summary>What somebody comes with is chosen at the door: on the contact form, by hand, in a live call; on both databases.</summary>
public sealed class KindsTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task What_it_is_is_chosen_when_it_comes_and_the_first_answer_fits_it(string kind)
    {
        await using var desk = await MailDesk.Start(kind, agent: false);
        using var customer = new CustomerBrowser(desk.Address);
        await customer.Open("/contact");
        Assert.Equal(["Something went wrong", "A question", "Thanks", "An idea"], customer.Page.QuerySelectorAll("#about label").Select(label => label.TextContent.Trim()));
        Assert.True(customer.Page.QuerySelector("[name=about][value=Complaint]")!.HasAttribute("checked"));
        await customer.Submit("/contact", ("reach", "Amara, amara@customer.example"), ("about", "Poem"), ("happened", "Jo called back twice. Thank you!"));
        Assert.Equal(("Choose what it is.", "Jo called back twice. Thank you!"), (customer.Page.Words("#about .error"), customer.Page.QuerySelector("[name=happened]")!.TextContent.Trim()));
        await customer.Submit("/contact", ("reach", "Amara, amara@customer.example"), ("about", "Praise"), ("happened", "Jo called back twice. Thank you!"));
        var praised = (await desk.Cases.Find(await desk.Value<long>("select max(number) from cases")))!;
        Assert.Equal((CaseKind.Praise, "to whom we passed it on", 0), (praised.Kind, praised.NextContact!.What, praised.Duties.Count));
        var first = (await desk.Outgoing())[^1];
        Assert.Contains("Thank you for taking the time", first);
        Assert.DoesNotContain("sorry", first);
        await customer.Open("/contact");
        await customer.Submit("/contact", ("reach", "Nora, nora@customer.example"), ("happened", "It leaks."));
        Assert.Equal(CaseKind.Complaint, (await desk.Cases.Find(await desk.Value<long>("select max(number) from cases")))!.Kind);
        Assert.Contains("sorry", (await desk.Outgoing())[^1]);

        var browser = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        async Task<CaseState> Made(HttpResponseMessage answer) => (await desk.Cases.Find(long.Parse(answer.Headers.Location!.ToString()["/cases/".Length..])))!;
        var asked = new Dictionary<string, string> { ["Channel"] = "InPerson", ["Kind"] = "Question", ["Name"] = "Sam", ["Story"] = "Does the shelf fit a slanted wall?" };
        Assert.Equal(CaseKind.Question, (await Made(await browser.Send("/cases/new", "/cases", asked))).Kind);
        var summed = await browser.Send("/cases/new", "/cases", new(asked) { ["OutcomeAsked"] = "on", ["AtRisk"] = "no", ["Happened"] = "They ask about a wall.", ["Matters"] = "A safe shelf" });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "They ask about a wall."), (summed.StatusCode, (await summed.Tree()).QuerySelector("[name=Happened]")!.TextContent.Trim()));
        Assert.Equal(CaseKind.Complaint, (await Made(await browser.Send("/cases/new", "/cases", new() { ["Channel"] = "Phone", ["Name"] = "Sam", ["Story"] = "It leaks." }))).Kind);

        var live = new Dictionary<string, string> { ["Heard"] = "on", ["Name"] = "Kim", ["Kind"] = "Idea", ["Story"] = "Put the lot number on the page.", ["Next"] = "what we make of it", ["NextAt"] = "2026-03-06T12:00", ["Then"] = "save" };
        Assert.Equal(CaseKind.Idea, (await Made(await browser.Send("/calls/live", "/calls/live", live))).Kind);
        var read = await (await browser.Send("/calls/live", "/calls/live", new(live) { ["Happened"] = "x" })).Tree();
        Assert.Contains("go with a complaint", read.Words("#errors"));
        Assert.True(read.QuerySelector("[name=Kind][value=Idea]")!.HasAttribute("checked"));
    }
}
