using System.Net;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.People;
using Amends.Features.CustomerFiles;
using Amends.Tests.Channels.Email;
using Amends.Tests.Features.Api;
using Amends.Tests.Features.CustomerPages;
using Amends.Web;
using Microsoft.Extensions.DependencyInjection;

namespace Amends.Tests.Features.CheckBacks;

/// <summary>A letter of thanks after a satisfied yes, the friend who came with its code, and the customer who wants no more of them; on both databases.</summary>
public sealed class FollowOnPathTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task One_of_us_thanks_them_once_a_friend_comes_with_the_code_and_they_can_say_no_to_more(string kind)
    {
        await using var desk = await MailDesk.Start(kind, agent: false);
        var complaint = await CheckBackPathTests.Waiting(desk);
        var page = $"/cases/{complaint.Number}/follow-on";
        var browser = await desk.SignIn(complaint.Jo);
        Assert.Contains("switched off", (await browser.Open(page)).Words("main"));
        await desk.Get<StoredSettings>().Set((await desk.Get<StoredSettings>().Company()) with { FollowOn = new() { IsOn = true, ReviewUrl = "https://reviews.example/us", HasCodes = true } });
        Assert.Contains("The case is open", (await browser.Open(page)).Words("main"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Send($"/cases/{complaint.Number}/actions", page, new() { ["Text"] = "Thank you." })).StatusCode);
        await desk.Cases.Change(complaint.Number, @case => @case.AnswerCheckBack(CheckBackAnswer.Yes, 5, Channel.Page, "All well now.", complaint.Customer, Complaint.Calendar, desk.Clock.Now));

        Assert.Contains("You wrote: “All well now.”", (await browser.Open(page)).QuerySelector("[name=Text]")!.TextContent);
        Assert.Equal(0, await desk.Value<long>("select count(*) from follow_ons")); // a draft is no letter
        var refused = await browser.Send(page, page, new() { ["Text"] = "Thank you! 10 % off for a review.", ["Review"] = "yes" });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, true), (refused.StatusCode, (await refused.Tree()) is var shown && shown.Words("#errors").Contains("“10 %”") && shown.QuerySelector("[name=Text]")!.TextContent.Contains("10 % off")));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send(page, page, new() { ["Text"] = "Thank you for your patience.", ["Review"] = "yes", ["Code"] = "yes" })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Send($"/cases/{complaint.Number}/actions", page, new() { ["Text"] = "And again." })).StatusCode);

        var state = await complaint.State();
        Assert.Equal((false, true), (state.IsOpen, state.FollowOn!.AsksForReview));
        var letter = Amends.Mail.Mime.MimeReader.Read(System.Text.Encoding.UTF8.GetBytes((await desk.Outgoing())[^1])).Text!;
        Assert.Contains("https://reviews.example/us", letter);
        Assert.Contains(state.FollowOn.Code!, letter);
        var link = letter[letter.IndexOf(FollowOnDesk.OffPath, StringComparison.Ordinal)..].Split('\n', '\r', ' ')[0];
        Assert.DoesNotContain(link, await desk.Value<string>("select text from messages where text like 'Thank you for your patience.%'"));

        // who sent you?
        var csv = $"number,email,placed_at,total,who_sent_you\nA-1,friend@mail.example,2026-03-05,20,{state.FollowOn.Code!.ToLowerInvariant()}\nA-2,amara.okafor@customer.example,2026-03-05,20,{state.FollowOn.Code}\nA-3,other@mail.example,2026-03-06,20,NOBODY22\nA-4,before@mail.example,2026-03-01,20,\nA-5,before@mail.example,2026-03-07,20,{state.FollowOn.Code}";
        var result = await desk.Get<OrderImport>().Run(new StringReader(csv), "EUR", TimeZoneInfo.Utc);
        Assert.Equal((5, 0), (result.Added, result.RefusedCount));
        Assert.Equal(["friend@mail.example"], await desk.Rows<string>("select a.address from referrals r join customer_addresses a on a.customer_id = r.customer_id")); // not their own, not one that nobody has, not of somebody who was here before
        var other = await desk.Value<long>("select customer_id from customer_addresses where address = 'other@mail.example'");
        var wrong = await browser.Send($"/customers/{other}", $"/customers/{other}/sent-by", new() { ["sentBy"] = "WRONG" });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "WRONG"), (wrong.StatusCode, (await wrong.Tree()).QuerySelector("[name=sentBy]")!.GetAttribute("value")));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send($"/customers/{other}", $"/customers/{other}/sent-by", new() { ["sentBy"] = state.FollowOn.Code })).StatusCode);

        foreach (var (letters, off) in new[] { ("off", 1L), ("on", 0) }) // what they tell one of us
        {
            Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send($"/customers/{other}", $"/customers/{other}/letters", new() { ["letters"] = letters })).StatusCode);
            Assert.Equal(off, await desk.Value<long>("select count(letters_off_at) from customers"));
        }

        // no more of them
        var visitor = new CustomerPages.Browser(desk.Address);
        await visitor.Open(FollowOnDesk.OffPath + new string('x', 43));
        Assert.Equal(HttpStatusCode.NotFound, visitor.Response.StatusCode);
        await visitor.Open(link);
        Assert.Contains("Nothing happens until you press", visitor.Text);
        Assert.Null(await desk.Value<long?>("select letters_off_at from customers where letters_off_at is not null"));
        await visitor.Submit(null);
        Assert.Contains("You get no more of them", visitor.Text);
        Assert.Equal(complaint.Customer.Id, await desk.Value<long>("select id from customers where letters_off_at is not null"));
        var second = await desk.Complain("Amara Okafor", "Another matter", "It is late.", complaint.Jo);
        Assert.Contains("They said no to such letters.", (await browser.Open($"/cases/{second}/follow-on")).Words("main"));

        desk.Clock.Now = desk.Clock.Now.AddDays(4); // the orders of the file have been placed
        var counts = (await desk.SignIn(await desk.AddPerson("Marta", Role.Manager))) is var manager ? await manager.Open("/reports/follow-on?days=30") : null!;
        Assert.Equal(["–", "–", "2", "1"], counts.QuerySelectorAll(".kpi .v").Select(value => value.TextContent.Trim()));
        Assert.Contains("1 of 1 complaints that their customer says are put right", counts.Words(".kpi .d")); // A-2 came after
        Assert.Equal("2", counts.QuerySelector("section[aria-labelledby=newest] tbody td:last-child")!.TextContent);
        var behind = counts.QuerySelectorAll("main a[href*='follow-on/cases']").Select(link => link.GetAttribute("href")!).ToList();
        Assert.Equal(["again_after_yes", "asked_for_review", "letters", "referral_orders", "referrals", "want_none", "with_code"], behind.Select(address => address[(address.IndexOf("of=", StringComparison.Ordinal) + 3)..].Split('&')[0]).Order(StringComparer.Ordinal));
        foreach (var address in behind)
            Assert.Contains($"#{complaint.Number} ", (await manager.Open(address)).Words("main tbody"));
        Assert.Contains("2 customers", (await manager.Open("/reports/follow-on/cases?of=referrals&days=30")).Words("main tbody"));
        Assert.Equal(HttpStatusCode.NotFound, (await manager.GetAsync("/reports/follow-on/cases?of=luck")).StatusCode);
        var json = await (await desk.AsProgram("shop", Scopes.CasesRead)).Get("/api/v1/reports/follow-on");
        Assert.Equal((1, 2, 2, 1), (json.GetProperty("letters").GetInt32(), json.GetProperty("referrals").GetInt32(), json.GetProperty("referral_orders").GetInt32(), json.GetProperty("want_none").GetInt32()));
    }
}
