using System.Net;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;

namespace Amends.Tests.Features.Quarantine;

public sealed class QuarantineTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_held_mail_is_seen_and_becomes_a_case_when_somebody_says_whose_it_is(string kind)
    {
        await using var desk = await MailDesk.Start(kind, agent: false);
        var browser = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        await desk.Post("Subject: A kettle <b>leaks</b>\r\n\r\nHello.\r\n");
        await desk.ReadAll();

        var list = await browser.GetStringAsync("/quarantine");
        Assert.Contains("A kettle &lt;b&gt;leaks&lt;/b&gt;", list);
        Assert.Contains("It names no sender", list);
        Assert.Contains("Hello.", await browser.GetStringAsync("/quarantine/1"));
        Assert.StartsWith("Subject: A kettle", await browser.GetStringAsync("/quarantine/1/raw"));

        var refused = await browser.Send("/quarantine/1", "/quarantine/1/case");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var made = await browser.Send("/quarantine/1", "/quarantine/1/case", new() { ["Address"] = "amara@customer.example", ["Name"] = "Amara" });
        Assert.Equal("/cases/1001", made.Headers.Location!.ToString());
        Assert.Equal("Amara", (await desk.Cases.Find(1001))!.CustomerName);
        Assert.Equal("Jo", await desk.Value<string>("select done_by from intake where state = 2"));
        Assert.DoesNotContain("A kettle", await browser.GetStringAsync("/quarantine"));
        Assert.Equal("/quarantine", (await browser.PostAsync("/quarantine/1/case", await Form(browser, desk))).Headers.Location!.ToString());
        Assert.Equal(1, await desk.Value<long>("select count(*) from cases"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_held_mail_is_left_out_only_with_a_reason(string kind)
    {
        await using var desk = await MailDesk.Start(kind, agent: false);
        var browser = await desk.SignIn(await desk.AddPerson("Jo", Role.Agent));
        await desk.Post("Subject: Nothing\r\n\r\nHello.\r\n");
        await desk.ReadAll();
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Send("/quarantine/1", "/quarantine/1/discard")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send("/quarantine/1", "/quarantine/1/discard", new() { ["Reason"] = "Advertising" })).StatusCode);
        Assert.Equal("Advertising", await desk.Value<string>("select reason from intake where state = 4"));
        Assert.Equal(1, await desk.Value<long>("select count(*) from blobs"));
    }

    [Fact]
    public async Task Readers_do_not_see_held_mail()
    {
        await using var desk = await MailDesk.Start("sqlite", agent: false);
        var browser = await desk.SignIn(await desk.AddPerson("Rae", Role.Reader));
        Assert.NotEqual(HttpStatusCode.OK, (await browser.GetAsync("/quarantine")).StatusCode);
    }

    private static async Task<FormUrlEncodedContent> Form(HttpClient browser, Desk desk)
    {
        await desk.Post("Subject: Another\r\n\r\nHello.\r\n");
        await desk.ReadAll();
        return new(new Dictionary<string, string> { ["__RequestVerificationToken"] = await browser.FormToken("/quarantine/2"), ["Address"] = "b@customer.example" });
    }
}
