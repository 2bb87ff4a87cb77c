using System.Net;
using Amends.Data;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Features.Api;

namespace Amends.Tests.Channels.Email;

/// <summary>Mail that came back marks the address that it was sent to, until somebody writes from there.</summary>
public sealed class ReturnedMailTests
{
    private const string Amara = "Amara Okafor <amara@customer.example>";

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task An_address_that_does_not_exist_shows_on_the_case_and_the_customer_and_in_json(string kind)
    {
        await using var desk = await MailDesk.Start(kind, agent: false);
        using var browser = await desk.SignIn(await desk.AddPerson("Kim", Role.Agent));
        await Returned(desk, "5.1.1", "550 5.1.1 User unknown");
        Assert.Contains("the address does not exist", await browser.GetStringAsync("/cases/1001"));
        var customer = await desk.Value<long>("select customer_id from cases");
        Assert.Contains("Mail came back", await browser.GetStringAsync($"/customers/{customer}"));
        var bounced = Assert.Single((await desk.Get<ReadCustomer>().Find(customer, default))!.BouncedAddresses);
        Assert.Equal(("amara@customer.example", true, "userunknown"), (bounced.Address, bounced.Hard, bounced.Reason));
        Assert.Single((await desk.Get<ReadCase>().Find(1001, default))!.BouncedAddresses);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_reply_to_an_address_that_does_not_exist_is_asked_about_first_and_can_be_sent_anyway(string kind)
    {
        await using var desk = await MailDesk.Start(kind, agent: false);
        using var browser = await desk.SignIn(await desk.AddPerson("Kim", Role.Agent));
        await Returned(desk, "5.1.1", "550 5.1.1 User unknown");
        var words = new Dictionary<string, string> { ["kind"] = "reply", ["text"] = "We are on it.", ["seen"] = "99999" };
        var asked = await browser.Send("/cases/1001", "/cases/1001/messages", words);
        Assert.Equal(HttpStatusCode.Conflict, asked.StatusCode);
        Assert.Contains("Mail to amara@customer.example came back", await asked.Content.ReadAsStringAsync());
        Assert.Equal(0, await desk.Value<long>("select count(*) from held_replies"));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send("/cases/1001", "/cases/1001/messages", new(words) { ["bounced"] = "1" })).StatusCode);
        Assert.Equal(1, await desk.Value<long>("select count(*) from held_replies"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_full_mailbox_is_said_but_asks_nothing_and_does_not_undo_what_is_worse(string kind)
    {
        await using var desk = await MailDesk.Start(kind, agent: false);
        using var browser = await desk.SignIn(await desk.AddPerson("Kim", Role.Agent));
        await Returned(desk, "5.2.2", "552 5.2.2 Mailbox full");
        Assert.Equal((0L, "mailboxfull"), await Marked(desk));
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Send("/cases/1001", "/cases/1001/messages", new() { ["kind"] = "reply", ["text"] = "We are on it.", ["seen"] = "99999" })).StatusCode);
        await Report(desk, "5.1.1", "550 5.1.1 User unknown");
        await Report(desk, "5.2.2", "552 5.2.2 Mailbox full");
        Assert.Equal((1L, "userunknown"), await Marked(desk));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Whoever_writes_from_an_address_has_it(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await Returned(desk, "5.1.1", "550 5.1.1 User unknown");
        await desk.Post(MailDesk.Mail(Amara, "Are you there?", "I wait."));
        await desk.ReadAll();
        Assert.Equal(0, await desk.Value<long>("select count(*) from address_bounces"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_report_about_a_closed_case_reopens_nothing_and_a_stranger_s_report_marks_nobody(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await desk.Post(MailDesk.Mail(Amara, "The kettle leaks", "It leaks."));
        await desk.ReadAll();
        await desk.Cases.Change(1001, @case => @case.Withdraw(CloseReason.Withdrawn, "She said so.", Told.Without("They said so themselves."), Actor.Person(1, "Jo", Role.Agent), desk.Clock.Now));
        await Report(desk, "5.1.1", "550 5.1.1 User unknown", "<made-up@elsewhere.example>");
        Assert.Equal(0, await desk.Value<long>("select count(*) from address_bounces"));
        await Report(desk, "5.1.1", "550 5.1.1 User unknown");
        Assert.Equal(1, await desk.Value<long>("select count(*) from address_bounces"));
        Assert.Equal(CaseStage.Closed, (await desk.Cases.Find(1001))!.Stage);
    }

    [Fact]
    public async Task A_report_that_holds_nothing_of_the_mail_is_known_by_the_name_that_it_was_handed_over_with()
    {
        await using var desk = await MailDesk.Start("sqlite");
        await desk.Post(MailDesk.Mail(Amara, "The kettle leaks", "It leaks."));
        await desk.ReadAll();
        var name = (await desk.Value<string>("select mail_id from outbox"))!.Replace("=", "+3D").Replace("@", "+40");
        await desk.Post(
            $"From: MAILER-DAEMON@relay.example\r\nTo: {MailDesk.Ours}\r\nSubject: Undelivered\r\nMessage-ID: <n@relay.example>\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nNo.\r\n"
            + $"--b\r\nContent-Type: message/delivery-status\r\n\r\nOriginal-Envelope-Id: {name}\r\nReporting-MTA: dns; relay.example\r\n\r\nFinal-Recipient: rfc822; amara@customer.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--b--\r\n", from: "");
        await desk.ReadAll();
        Assert.Equal((1L, "userunknown"), await Marked(desk));
    }

    private static async Task Returned(Desk desk, string status, string words)
    {
        await desk.Post(MailDesk.Mail(Amara, "The kettle leaks", "It leaks."));
        await desk.ReadAll();
        await Report(desk, status, words);
    }

    private static async Task Report(Desk desk, string status, string words, string? about = null)
    {
        var id = about ?? MailDesk.Header((await desk.Outgoing())[0], "Message-ID");
        await desk.Post(
            $"From: MAILER-DAEMON@relay.example\r\nTo: {MailDesk.Ours}\r\nSubject: Undelivered Mail Returned to Sender\r\nMessage-ID: <{Guid.NewGuid():n}@relay.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
            + "--b\r\nContent-Type: text/plain\r\n\r\nIt could not be delivered.\r\n"
            + $"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; relay.example\r\n\r\nFinal-Recipient: rfc822; amara@customer.example\r\nAction: failed\r\nStatus: {status}\r\nDiagnostic-Code: smtp; {words}\r\n\r\n"
            + $"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {id}\r\nSubject: x\r\n\r\n--b--\r\n", from: "");
        await desk.ReadAll();
    }

    private static async Task<(long, string)> Marked(Desk desk) => (await desk.Rows<(long, string)>("select hard, reason from address_bounces")).Single();
}
