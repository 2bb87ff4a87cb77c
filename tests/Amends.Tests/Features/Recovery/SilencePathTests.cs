using System.Net;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Tests.Features.CustomerPages;
using Amends.Web;

namespace Amends.Tests.Features.Recovery;

/// <summary>A customer who does not answer what we offered, by pages and by JSON, on both databases.</summary>
public sealed class SilencePathTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Whoever_does_not_answer_is_reminded_twice_and_told_when_it_is_closed_for_now_and_a_word_opens_it_again(string kind)
    {
        await using var desk = await Desk.Start(kind);
        await desk.Get<StoredSettings>().Set(new Company { IsSetUp = true });
        var complaint = await Complaint.Open(desk);
        await desk.Database.Write(unit => unit.Run("update customers set phone = '0113 496 0142' where id = @Id", new { complaint.Customer.Id }));
        await complaint.Summarise();
        await complaint.Offer();
        var page = $"/cases/{complaint.Number}/reminder";
        Assert.Contains("They still have until", (await (await desk.SignIn(complaint.Jo)).Open(page)).Words("main"));

        await On(desk, (await complaint.State()).SentOffer!.WaitsUntil);
        var browser = await desk.SignIn(complaint.Jo);
        Assert.Equal("They did not answer what we offered, and the time for it has passed. Ask them once more; a reminder is drafted.", Assert.Single(await desk.Rows<string>("select text from notices")));
        Assert.Equal(page, (await browser.Open("/today")).QuerySelector("section[aria-labelledby=unanswered] li a")!.GetAttribute("href"));
        Assert.Equal(page, (await browser.Open($"/cases/{complaint.Number}")).QuerySelector(".case-head a.opt-wide")!.GetAttribute("href"));
        var shown = await browser.Open(page);
        Assert.Contains("Ask once more; silence is never counted as satisfied.", shown.Words("section[aria-labelledby=close-title]"));
        Assert.Contains("A call reaches them another way", shown.Words("section[aria-labelledby=mail-title]"));
        var draft = shown.QuerySelector("[name=Text]")!.TextContent;
        Assert.Contains("- New machine on Saturday", draft);

        var refused = await browser.Send(page, $"/cases/{complaint.Number}/reminders", new() { ["Via"] = "mail", ["Text"] = "Hello, … well" });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Hello, … well"), (refused.StatusCode, (await refused.Tree()).QuerySelector("[name=Text]")!.TextContent.Trim()));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send(page, $"/cases/{complaint.Number}/reminders", new() { ["Via"] = "mail", ["Text"] = draft })).StatusCode);
        Assert.Contains("/c/", Amends.Mail.Mime.MimeReader.Read(System.Text.Encoding.UTF8.GetBytes((await desk.Outgoing())[^1])).Text!);
        Assert.Empty((await browser.Open("/today")).QuerySelectorAll("section[aria-labelledby=unanswered]"));

        await On(desk, (await complaint.State()).SentOffer!.WaitsUntil);
        browser = await desk.SignIn(complaint.Jo);
        var early = await browser.Send(page, $"/cases/{complaint.Number}/silence", new() { ["Tell.How"] = "other", ["Tell.Words"] = "told" });
        Assert.Contains("They were reminded 1 of 2 times", (await early.Tree()).Words("#errors"));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send(page, $"/cases/{complaint.Number}/reminders", new() { ["Via"] = "phone", ["Said"] = "Spoke on the machine." })).StatusCode);
        await On(desk, (await complaint.State()).SentOffer!.WaitsUntil);

        browser = await desk.SignIn(complaint.Jo);
        var closing = (await browser.Open(page)).QuerySelector("[name='Tell.Letter']")!.TextContent;
        Assert.Contains("You can take it up again at any time", closing);
        var unsaid = await browser.Send(page, $"/cases/{complaint.Number}/silence", new() { ["Tell.Letter"] = closing });
        Assert.Contains("Say how they are told", (await unsaid.Tree()).Words("#errors"));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send(page, $"/cases/{complaint.Number}/silence", new() { ["Tell.How"] = "letter", ["Tell.Letter"] = closing, ["Cause"] = "product" })).StatusCode);
        var state = await complaint.State();
        Assert.Equal((CloseReason.Unconfirmed, true, "product"), (state.CloseReason, state.EndedUnanswered, state.Cause));
        Assert.Contains("They were told by letter", (await browser.Open($"/cases/{complaint.Number}")).Words(".timeline"));
        Assert.Equal(0, await desk.Value<long>("select count(*) from events where kind = 'next_contact_missed' and at > (select min(at) from events where kind = 'offer_sent')"));

        var customer = await complaint.Browse();
        Assert.Contains("Take it up again", customer.Text);
        Assert.DoesNotContain("is put right", customer.Page.Words("main h1"));
        await customer.Open("/c/more");
        await customer.Submit("/c/more", ("words", "I was away. The first one, please."));
        Assert.True((await complaint.State()).IsOpen);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Programs_remind_and_close_by_the_same_rules_and_the_rule_is_a_setting(string kind)
    {
        await using var desk = await Desk.Start(kind);
        await desk.Get<StoredSettings>().Set(new Company { IsSetUp = true });
        var owner = await desk.SignIn(await desk.AddPerson("Ona", Role.Owner));
        var wrong = await (await owner.Send("/settings/no-answer", "/settings/no-answer", new() { ["Reminders"] = "0", ["Days"] = "soon", ["ReopenDays"] = "3" })).Tree();
        Assert.Equal(["Remind them 1 to 5 times: nobody is given up unasked, and more is a burden.", "Write a whole number.", "Let a case open again by itself for 7 to 730 days."], wrong.QuerySelectorAll("#errors li").Select(item => item.TextContent.Trim()));
        Assert.Equal("soon", wrong.QuerySelector("[name=Days]")!.GetAttribute("value"));
        Assert.Equal(HttpStatusCode.SeeOther, (await owner.Send("/settings/no-answer", "/settings/no-answer", new() { ["Reminders"] = "1", ["Days"] = "2", ["ReopenDays"] = "60" })).StatusCode);

        var complaint = await Complaint.Open(desk);
        await complaint.Summarise();
        await complaint.Offer();
        using var shop = await desk.ActingFor(complaint.Jo, "Shop", Scopes.RecoveryWrite, Scopes.CasesRead);
        var at = $"/api/v1/cases/{complaint.Number}";
        async Task<string> Ask(string path, string body, string key) => await (await shop.Json(at + path, body, key)).Content.ReadAsStringAsync();
        Assert.Contains("answer_time", await Ask("/offers/1/reminder", """{"via":"mail","text":"Hello once more."}""", "a"));
        await On(desk, (await complaint.State()).SentOffer!.WaitsUntil);
        Assert.Equal("ask_again", (await shop.Get(at)).GetProperty("next_action").GetString());
        Assert.Contains("Say mail with the text", await Ask("/offers/1/reminder", """{"via":"phone","text":"Hello once more."}""", "b"));
        Assert.Contains("offer_changed", await Ask("/offers/2/reminder", """{"via":"mail","text":"Hello once more."}""", "c"));
        Assert.Contains("\"offered\"", await Ask("/offers/1/reminder", """{"via":"mail","text":"Hello once more."}""", "d"));
        await On(desk, (await complaint.State()).SentOffer!.WaitsUntil);
        Assert.Contains("Say how the customer is told", await Ask("/closing", """{"reason":"unconfirmed"}""", "e"));
        Assert.Contains("There are the causes", await Ask("/closing", """{"reason":"unconfirmed","customer":{"told":"by phone"},"cause":"moon"}""", "f"));
        Assert.Contains("\"unconfirmed\"", await Ask("/closing", """{"reason":"unconfirmed","customer":{"told":"by phone"}}""", "g"));
        Assert.Equal(("unknown", true), ((await complaint.State()).Cause, (await complaint.State()).EndedUnanswered));
        await desk.Count();
        var outcomes = await (await desk.SignIn(await desk.AddPerson("Marta", Role.Manager))).Open("/reports/outcomes?days=30");
        Assert.Contains("Unknown", outcomes.Words("main"));
    }

    private static async Task On(Desk desk, DateTimeOffset at)
    {
        desk.Clock.Now = at;
        await desk.RunDue();
    }
}
