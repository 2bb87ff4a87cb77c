using System.Net;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Features.SecondLooks;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Web;

namespace Amends.Tests.Features.SecondLooks;

/// <summary>What was closed as taken back, duplicate or not ours, and the mail that was left out, is looked at once more by a lead; on both databases.</summary>
public sealed class SampleTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_week_gives_one_case_and_one_mail_and_a_lead_says_whether_it_was_right(string kind)
    {
        await using var desk = await MailDesk.Start(kind, agent: false);
        var (jo, lea) = (await desk.AddPerson("Jo", Role.Agent), await desk.AddPerson("Lea", Role.Lead));
        var (agent, lead) = (await desk.SignIn(jo), await desk.SignIn(lea));
        var number = await desk.Complain("Amara Okafor", "The tap drips", "It drips.", jo);
        Assert.False(SecondLook.IsDrawn(SecondLook.ChanceOf($"case:{number}:0"))); // this one is left to the week
        var before = await desk.Complain("Amara Okafor", "The tap", "It drips.", jo);
        Assert.Equal(HttpStatusCode.SeeOther, (await agent.Send($"/cases/{number}/ending?as=duplicate", $"/cases/{number}/ending", new() { ["As"] = "duplicate", ["Into"] = $"{before}", ["Why"] = "As before.", ["Tell.How"] = "other", ["Tell.Words"] = "Told by phone." })).StatusCode);
        await desk.Post("Subject: Half the price\r\n\r\nLamps.\r\n");
        await desk.ReadAll();
        Assert.False(SecondLook.IsDrawn(SecondLook.ChanceOf("mail:1")));
        await agent.Send("/quarantine/1", "/quarantine/1/discard", new() { ["Reason"] = "Advertising" });
        Assert.Contains("No case waits.", (await lead.Open("/second-looks")).Words("section[aria-labelledby=cases]"));
        Assert.Equal(HttpStatusCode.Forbidden, (await agent.GetAsync("/second-looks")).StatusCode);

        desk.Clock.Now = desk.Clock.Now.AddDays(7);
        await desk.Get<DrawWeekly>().RunOnce(default);
        await desk.Get<DrawWeekly>().RunOnce(default);
        (agent, lead) = (await desk.SignIn(jo), await desk.SignIn(lea));
        var list = await lead.Open("/second-looks");
        Assert.Equal("2", list.Words("[data-count=second-look]"));
        Assert.Contains("Duplicate", list.Words("section[aria-labelledby=cases] tbody"));
        Assert.Contains("Advertising", list.Words("section[aria-labelledby=mails] tbody"));
        Assert.Contains("Did it rightly end so?", (await lead.Open($"/cases/{number}?in=second-look")).Words("section[aria-labelledby=look-title]"));

        Assert.Equal(HttpStatusCode.Forbidden, (await agent.GetAsync("/quarantine/1/second-look")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await lead.Send("/quarantine/1/second-look", "/quarantine/1/second-look", new() { ["Complaint"] = "yes", ["Name"] = "Nobody" })).StatusCode);
        var made = await lead.Send("/quarantine/1/second-look", "/quarantine/1/second-look", new() { ["Complaint"] = "yes", ["Address"] = "nora@customer.example", ["Name"] = "Nora" });
        Assert.Equal("Nora", (await desk.Cases.Find(long.Parse(made.Headers.Location!.ToString()["/cases/".Length..])))!.CustomerName);
        Assert.Equal((2L, 3L), (await desk.Value<long>("select state from intake"), await desk.Value<long>("select second_look from intake")));
        await lead.Send($"/cases/{number}", $"/cases/{number}/second-look", new() { ["complaint"] = "yes" });
        Assert.True((await desk.Cases.Find(number))!.IsOpen);

        Assert.Equal(["0|0|nothing to count yet", "0|0|nothing to count yet", "1|1|too few to lean on: 21 to 100 %", "0|0|nothing to count yet", "1|1|too few to lean on: 21 to 100 %", "2|2|too few to lean on: 34 to 100 %"],
            (await lead.Open("/second-looks")).QuerySelectorAll("section[aria-labelledby=wrong] tbody tr").Select(row => string.Join('|', row.Children.Skip(1).Select(cell => cell.TextContent.Trim()))));
        var json = await (await desk.AsProgram("shop", Scopes.CasesRead)).Get("/api/v1/reports/second-looks?days=365");
        Assert.Equal((0, 0, 5), (json.GetProperty("cases_waiting").GetInt32(), json.GetProperty("mails_waiting").GetInt32(), json.GetProperty("groups").GetArrayLength()));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_mail_that_chance_draws_when_it_is_left_out_waits_at_once_and_right_is_right(string kind)
    {
        await using var desk = await MailDesk.Start(kind, agent: false);
        var (agent, lead) = (await desk.SignIn(await desk.AddPerson("Jo", Role.Agent)), await desk.SignIn(await desk.AddPerson("Lea", Role.Lead)));
        var drawn = Enumerable.Range(1, 1000).First(id => SecondLook.IsDrawn(SecondLook.ChanceOf($"mail:{id}")));
        await desk.Post("Subject: Half the price\r\n\r\nLamps.\r\n");
        await desk.ReadAll();
        await desk.Database.Write(unit => unit.Run("update intake set id = @drawn", new { drawn }));
        await agent.Send($"/quarantine/{drawn}", $"/quarantine/{drawn}/discard", new() { ["Reason"] = "Advertising" });
        Assert.Contains("Half the price", (await lead.Open($"/quarantine/{drawn}/second-look")).Words("h1"));
        Assert.Equal("/second-looks", (await lead.Send($"/quarantine/{drawn}/second-look", $"/quarantine/{drawn}/second-look", new() { ["Complaint"] = "no" })).Headers.Location!.ToString());
        Assert.Equal((2L, "Lea"), (await desk.Value<long>("select second_look from intake"), await desk.Value<string>("select looked_by from intake")));
        Assert.Equal(HttpStatusCode.NotFound, (await lead.GetAsync($"/quarantine/{drawn}/second-look")).StatusCode);
    }
}
