using System.Net;
using Amends.Data.Rollups;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Tests.Features.CustomerPages;
using Amends.Web;

namespace Amends.Tests.Features.CheckBacks;

/// <summary>Asking whether it is put right in two ways, what is said of it in reports, and what may follow; on both databases.</summary>
public sealed class CheckBackPathTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Silence_is_asked_by_mail_by_a_call_that_somebody_makes_and_by_mail_and_ends_unconfirmed(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var complaint = await Waiting(desk);
        var browser = await desk.SignIn(complaint.Jo);
        Assert.Equal(new CheckBackPlan(3, 4, true, true), (await complaint.State()).CheckBack!.Plan);
        Assert.Contains("Nobody waits", (await browser.Open("/calls")).Words(".empty"));

        await On(desk, 8);
        Assert.Equal([CheckBackManner.Mail], (await complaint.State()).CheckBack!.Asked);
        await On(desk, 5);
        browser = await desk.SignIn(complaint.Jo);
        Assert.NotNull((await complaint.State()).CheckBack!.CallDueAt);
        Assert.Contains("attempt 2 of 3", Assert.Single(await desk.Rows<string>("select text from notices where text like 'It is time to call%'")));
        Assert.Equal($"/cases/{complaint.Number}/check-back", (await browser.Open("/today")).QuerySelector("section[aria-labelledby=checkbackcall] li a")!.GetAttribute("href"));
        Assert.Contains("call and ask", (await browser.Open("/promises")).Words("section[aria-labelledby=waiting] tbody"));
        Assert.Contains("Attempt 2 of 3", (await browser.Open("/calls")).Words("section[aria-labelledby=ask-title]"));
        Assert.Contains("Call and ask", (await browser.Open($"/cases/{complaint.Number}")).Words(".steps"));

        var page = $"/cases/{complaint.Number}/check-back";
        Assert.Contains("They answered: write it down", (await browser.Open(page)).Words("section[aria-labelledby=call]"));
        var unsaid = await browser.Send(page, page + "/attempts", new() { ["Note"] = "The line was engaged" });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "The line was engaged"), (unsaid.StatusCode, (await unsaid.Tree()).QuerySelector("[name=Note]")!.GetAttribute("value")));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Send(page, page + "/day", new() { ["Until"] = "2020-01-01T10:00" })).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send(page, page + "/attempts", new() { ["Outcome"] = "no_answer", ["Note"] = "Engaged" })).StatusCode);
        Assert.Empty((await browser.Open("/calls")).QuerySelectorAll("section[aria-labelledby=ask-title]"));

        await On(desk, 5);
        await On(desk, 5);
        var state = await complaint.State();
        Assert.Equal((CloseReason.Unconfirmed, 3), (state.CloseReason, state.CheckBack!.Attempts));
        Assert.Equal(2, await desk.Value<long>("select count(*) from messages where subject like 'Is it really put right?%'"));
        Assert.Contains("No answer after 3 attempts: 2 by mail, 1 by phone.", (await (await desk.SignIn(complaint.Jo)).Open($"/cases/{complaint.Number}")).Words(".timeline"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task How_often_is_a_setting_within_bounds_and_a_score_that_is_none_gets_a_sentence(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var owner = await desk.SignIn(await desk.AddPerson("Ona", Role.Owner));
        await desk.Get<StoredSettings>().Set(new Company { IsSetUp = true });
        async Task<string?> Save(string attempts, string days, string url = "")
        {
            var answer = await owner.Send("/settings/check-backs", "/settings/check-backs", new() { ["Attempts"] = attempts, ["Days"] = days, ["On"] = "yes", ["ReviewUrl"] = url });
            return answer.StatusCode == HttpStatusCode.SeeOther ? null : (await answer.Tree()).QuerySelector("#errors li")!.TextContent;
        }

        Assert.StartsWith("Ask 2 to 5 times", await Save("9", "4"));
        Assert.StartsWith("The attempts must span 7 days", await Save("2", "4"));
        Assert.StartsWith("Write a whole number", await Save("often", "4"));
        Assert.StartsWith("Write the whole address", await Save("2", "8", "http://reviews.example"));
        Assert.Null(await Save("2", "8", "https://reviews.example/us"));
        var complaint = await Waiting(desk);
        Assert.Equal((2, 8), (await complaint.State()).CheckBack is { Rules: var plan } ? (plan.Attempts, plan.DaysBetween) : default);

        var customer = await complaint.Browse();
        await customer.Open("/c/rate");
        await customer.Submit("/c/rate", ("answer", "yes"), ("score", "eleven"), ("ease", "6"), ("words", "All well."));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, customer.Response.StatusCode);
        Assert.Contains("The score goes from 1 to 5. Choose one of them, or leave it open. You sent “eleven”.", customer.Text);
        Assert.Equal(("All well.", true, true), (customer.Page.QuerySelector("[name=words]")!.TextContent.Trim(), customer.Page.QuerySelector("[name=ease][value='6']")!.HasAttribute("checked"), customer.Page.QuerySelector("[name=answer][value=yes]")!.HasAttribute("checked")));
        Assert.True((await complaint.State()).IsOpen);
        await customer.Open("/c/date");
        Assert.Equal("0113 496 0142", customer.Page.QuerySelector("[name=phone]")!.GetAttribute("value")); // known, so not asked
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task What_they_say_is_reported_with_silence_beside_it_and_few_answers_hidden(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var complaint = await Waiting(desk);
        await On(desk, 8);
        await desk.Cases.Change(complaint.Number, @case => @case.AnswerCheckBack(CheckBackAnswer.Yes, 5, Channel.Page, null, complaint.Customer, Complaint.Calendar, desk.Clock.Now, new Survey(5, 6, OutcomeMet.Exceeded, WouldReturn.Yes)));
        for (var i = 0; i < 10; i++)
        {
            var other = await Waiting(desk, $"Customer {i}", $"Owner{i}");
            var survey = new Survey(i < 9 ? 4 : 2, i < 8 ? 7 : 3, i < 9 ? OutcomeMet.Met : OutcomeMet.Missed); // nobody else says whether they would return
            await desk.Cases.Change(other.Number, @case => @case.AnswerCheckBack(CheckBackAnswer.Yes, null, Channel.Page, null, other.Customer, Complaint.Calendar, desk.Clock.Now, survey));
        }

        var silent = await Waiting(desk, "Silent One", "Somebody");
        await desk.Cases.Change(silent.Number, @case => @case.NoteSupportNeeds([Domain.Handling.SupportNeed.WritingOnly], null, silent.Jo, desk.Clock.Now));
        foreach (var days in (int[])[8, 5, 5, 5])
            await On(desk, days);
        Assert.Equal(CloseReason.Unconfirmed, (await silent.State()).CloseReason);

        var manager = await desk.SignIn(await desk.AddPerson("Marta", Role.Manager));
        await desk.Get<ReportReader>().CatchUp();
        var page = await manager.Open("/reports/survey?days=90");
        Assert.Equal(["92 %", "100 %", "6.2"], page.QuerySelectorAll(".kpi .v").Select(value => value.TextContent.Trim()));
        Assert.Contains("11 of 12 who were asked; 1 said nothing", page.Words(".kpi .d"));
        Assert.Equal(["10 of 11|91 %|62 to 98 %", "9 of 11|82 %|52 to 95 %", "1 of 11|9 %|2 to 38 %", "9 of 11|82 %|52 to 95 %", "1 of 11|9 %|2 to 38 %", "of 1|–|too few to show"],
            page.QuerySelectorAll("section[aria-labelledby=shares] tbody tr").Select(row => string.Join('|', row.Children.Skip(1).Select(cell => cell.TextContent.Trim()))));
        foreach (var (row, cases) in page.QuerySelectorAll("section[aria-labelledby=shares] tbody tr").Zip([10, 9, 1, 9, 1, 0]))
            Assert.Equal(cases, row.QuerySelector("a")?.GetAttribute("href") is { } behind ? (await manager.Open(behind)).QuerySelectorAll("main tbody tr").Length : 0); // what is too few to show leads nowhere
        Assert.Equal(11, (await manager.Open(page.QuerySelector(".kpi a")!.GetAttribute("href")!)).QuerySelectorAll("main tbody tr").Length);
        Assert.Equal(["2", "9", "0"], page.QuerySelectorAll("section[aria-labelledby=effort] tbody tr").Select(row => row.Children[1].TextContent.Split(' ')[0]));
        foreach (var (row, cases) in page.QuerySelectorAll("section[aria-labelledby=effort] tbody tr").Zip([2, 9, 0]))
            Assert.Equal(cases, row.QuerySelector("a")?.GetAttribute("href") is { } behind ? (await manager.Open(behind)).QuerySelectorAll("main tbody tr").Length : 0);
        var month = page.QuerySelectorAll("section[aria-labelledby=parts] tbody tr").Single(row => row.QuerySelector("a") is not null);
        foreach (var (link, cases) in month.QuerySelectorAll("a").Zip([11, 10, 9, 10], (link, cases) => (link.GetAttribute("href")!, cases)))
            Assert.Equal(cases, (await manager.Open(link)).QuerySelectorAll("main tbody tr").Length);
        var csv = (await manager.GetStringAsync("/reports/survey/export?days=90")).Split("\r\n");
        Assert.Contains(csv, line => line.Contains(",easy,9,11,0.8182,0.523,0.9486,12,11,1"));
        Assert.Contains(csv, line => line.Contains(",would_return,,1,,,,12,11,1"));

        var program = await desk.AsProgram("shop", Scopes.CasesRead);
        var all = (await program.Get("/api/v1/reports/survey?days=90")).GetProperty("all");
        Assert.Equal((12, 1, 9), (all.GetProperty("asked").GetInt32(), all.GetProperty("silent").GetInt32(), all.GetProperty("answers").GetProperty("easy").GetProperty("hits").GetInt32()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, all.GetProperty("answers").GetProperty("would_return").GetProperty("hits").ValueKind);
        Assert.Equal(HttpStatusCode.BadRequest, (await program.GetAsync("/api/v1/reports/survey?days=7")).StatusCode);
        var json = await program.Get($"/api/v1/cases/{complaint.Number}");
        Assert.Equal(("exceeded", false, 3), (json.GetProperty("outcome").GetProperty("met").GetString(), json.GetProperty("double_failure").GetBoolean(), json.GetProperty("check_back").GetProperty("most_attempts").GetInt32()));
        Assert.Equal(1, json.GetProperty("effort").GetProperty("contacts").GetInt32());

        var back = await (await desk.SignIn(complaint.Jo)).Open($"/cases/{complaint.Number}/effort");
        Assert.Contains("more than they wanted", back.Words("section[aria-labelledby=gap]"));
        Assert.Contains("nothing was asked twice", back.Words("section[aria-labelledby=effort]"));
        Assert.Equal(HttpStatusCode.Forbidden, (await (await desk.SignIn(complaint.Jo)).GetAsync("/reports/survey")).StatusCode);
    }

    /// <summary>A case that waits for its check-back; its customer can be called.</summary>
    internal static async Task<Complaint> Waiting(Desk desk, string name = "Amara Okafor", string owner = "Hanna")
    {
        var complaint = await Complaint.Open(desk, name, owner);
        await desk.Database.Write(unit => unit.Run("update customers set phone = '0113 496 0142' where id = @Id", new { complaint.Customer.Id }));
        await complaint.Summarise();
        await complaint.Offer();
        await desk.Cases.Change(complaint.Number, @case => @case.Choose(1, 1, Channel.Page, null, complaint.Customer, Complaint.Calendar, desk.Clock.Now));
        await complaint.Deliver();
        return complaint;
    }

    private static async Task On(Desk desk, int days)
    {
        desk.Clock.Now = desk.Clock.Now.AddDays(days);
        await desk.RunDue();
    }
}
