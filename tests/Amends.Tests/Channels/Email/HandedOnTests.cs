using System.Net;
using Amends.Data;
using Amends.Data.Backups;
using Amends.Domain.People;

namespace Amends.Tests.Channels.Email;

/// <summary>Mail that a colleague or anybody hands on: whoever wrote it first is offered as the customer, and one of us decides.</summary>
public sealed class HandedOnTests
{
    private const string Forward = "Please look after her.\r\n\r\n---------- Forwarded message ---------\r\nFrom: Nele Vos <nele.vos@customer.example>\r\nDate: Mon, 2 Mar 2026 at 18:30\r\nSubject: Broken lid\r\nTo: Jo <jo@shop.example>\r\n\r\nThe lid broke.";

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task One_click_gives_the_case_to_whoever_wrote_first_and_the_next_letter_goes_there(string kind)
    {
        await using var desk = await MailDesk.Start(kind, agent: false);
        using var browser = await desk.SignIn(await desk.AddPerson("Kim", Role.Agent));
        await desk.Post(MailDesk.Mail("Jo Till <jo@shop.example>", "Fwd: Broken lid", Forward));
        await desk.ReadAll();
        Assert.Equal("Jo Till", (await desk.Cases.Find(1001))!.CustomerName); // nothing by itself
        Assert.Contains("The customer is Nele Vos", await browser.GetStringAsync("/cases/1001"));
        var message = await desk.Value<long>("select message_id from forwards");

        var answer = await browser.Send("/cases/1001", "/cases/1001/customer", new() { ["message"] = $"{message}" });
        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal("Nele Vos", (await desk.Cases.Find(1001))!.CustomerName);
        Assert.Equal("nele.vos@customer.example", await desk.Value<string>("select a.address from cases c join customer_addresses a on a.customer_id = c.customer_id where c.number = 1001"));
        Assert.Equal(0, await desk.Value<long>("select known from mail_senders where case_number = 1001"));
        Assert.Equal(0, await desk.Value<long>("select count(*) from customer_links where case_number = 1001 and revoked_at is null"));
        Assert.DoesNotContain("This mail hands on", await browser.GetStringAsync("/cases/1001"));

        await desk.Cases.Change(1001, @case => @case.SetSeverity(Domain.Cases.Severity.High, Actor.Person(1, "Kim", Role.Agent), desk.Clock.Now));
        await using var snapshot = await Snapshot.Take(desk.Database);
        await VerifyChains.Run(snapshot, sentence => Assert.Fail(sentence));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_mail_attached_to_a_mail_is_handed_on_too_and_a_message_without_one_gives_nothing_away(string kind)
    {
        await using var desk = await MailDesk.Start(kind, agent: false);
        using var browser = await desk.SignIn(await desk.AddPerson("Kim", Role.Agent));
        await desk.Post(
            $"From: Jo Till <jo@shop.example>\r\nTo: {MailDesk.Ours}\r\nSubject: From my customer\r\nMessage-ID: <f1@shop.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nPlease look after her.\r\n"
            + "--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: Nele Vos <nele.vos@customer.example>\r\nSubject: Broken lid\r\n\r\nThe lid broke.\r\n--b--\r\n");
        await desk.ReadAll();
        Assert.Equal("nele.vos@customer.example", await desk.Value<string>("select address from forwards"));
        var refused = await browser.Send("/cases/1001", "/cases/1001/customer", new() { ["message"] = "999999" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("hands nothing on", await refused.Content.ReadAsStringAsync());
        Assert.Equal("Jo Till", (await desk.Cases.Find(1001))!.CustomerName);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Somebody_who_hands_on_their_own_mail_or_ours_is_the_customer_already(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await desk.Post(MailDesk.Mail("Nele Vos <nele.vos@customer.example>", "Fwd: Broken lid", Forward));
        await desk.Post(MailDesk.Mail("Jo Till <jo@shop.example>", "Fwd: Broken lid", Forward.Replace("nele.vos@customer.example", MailDesk.Ours)));
        await desk.ReadAll();
        Assert.Equal(0, await desk.Value<long>("select count(*) from forwards"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task An_invitation_is_shown_as_one_and_an_answer_to_one_is_automatic(string kind)
    {
        await using var desk = await MailDesk.Start(kind, agent: false);
        using var browser = await desk.SignIn(await desk.AddPerson("Kim", Role.Agent));
        await desk.Post(Calendar("i1", "REQUEST", "", "Can you come?"));
        await desk.ReadAll();
        var page = await browser.GetStringAsync("/cases/1001");
        Assert.Contains("An invitation", page);
        Assert.Contains("Canal 9", page);
        await desk.Post(Calendar("i2", "REPLY", $"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{MailDesk.Ours}\r\n", "", $"In-Reply-To: {MailDesk.Header((await desk.Outgoing())[0], "Message-ID")}\r\n"));
        await desk.ReadAll();
        Assert.Equal(1, await desk.Value<long>("select automatic from messages order by id desc limit 1"));
        Assert.Contains("They accept the invitation", await browser.GetStringAsync("/cases/1001"));
    }

    private static string Calendar(string id, string method, string extra, string body, string headers = "") =>
        $"From: Amara Okafor <amara@customer.example>\r\nTo: {MailDesk.Ours}\r\nSubject: Look at the kettle\r\nMessage-ID: <{id}@customer.example>\r\n{headers}MIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n{body}\r\n--b\r\nContent-Type: text/calendar; method={method}\r\n\r\n"
        + $"BEGIN:VCALENDAR\r\nMETHOD:{method}\r\nBEGIN:VEVENT\r\nSUMMARY:Look at the kettle\r\nDTSTART:20260310T080000Z\r\nDTEND:20260310T083000Z\r\nLOCATION:Canal 9\r\n{extra}END:VEVENT\r\nEND:VCALENDAR\r\n--b--\r\n";
}
