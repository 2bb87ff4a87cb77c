using System.Net;
using Amends.Channels.Email;
using Amends.Data;
using Amends.Data.Backups;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Letters;
using Amends.Tests.Channels.Email;

namespace Amends.Tests.Features.SentMail;

/// <summary>On a restored desk no letter leaves until a person has decided, so that no customer hears the same twice by surprise.</summary>
public sealed class OutboxHoldTests
{
    private static readonly string[] Subjects = ["It waited in the backup", "Due since", "Sent by the old desk"];

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Nothing_leaves_a_restored_desk_until_a_lead_lets_it_go_and_what_waited_in_the_backup_stays(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await using var server = await Catcher.Start();
        var (lea, jo) = (await desk.AddPerson("Lea", Role.Lead), await desk.AddPerson("Kim", Role.Agent));
        await Restored(desk, server, jo);

        await desk.Get<SendMail>().RunOnce(default);
        Assert.Empty(server.Mails);
        using var lead = await desk.SignIn(lea);
        Assert.Contains("no mail goes out yet", (await lead.Open("/inbox/mine")).Words(".banner"));
        Assert.Contains("3 letters wait here, 1 of them since before the backup", (await lead.Open("/outbox")).Words("[aria-labelledby=held-title] > p"));
        using var agent = await desk.SignIn(jo);
        Assert.Contains("A lead or an owner decides", (await agent.Open("/outbox?state=waiting")).Words("[aria-labelledby=held-title]"));
        Assert.NotEqual("/outbox", (await agent.Send("/profile", "/outbox/release")).Headers.Location?.ToString());

        await lead.Send("/outbox", $"/outbox/{await desk.Value<long>("select max(id) from outbox")}/drop");
        Assert.Equal(HttpStatusCode.SeeOther, (await lead.Send("/outbox", "/outbox/release")).StatusCode);
        await desk.Get<SendMail>().RunOnce(default);

        Assert.Contains("Due since", MailDesk.Header(Assert.Single(server.Mails), "Subject"));
        Assert.Equal([OutboxState.Failed, OutboxState.Accepted, OutboxState.TakenBack], (await desk.Rows<int>("select state from outbox order by id")).Select(state => (OutboxState)state));
        Assert.Contains("may have gone since; look before you write again", await desk.Value<string>("select text from notices where person_id = @Id", new { jo.Id }));
        Assert.Null((await lead.Open("/outbox")).QuerySelector(".banner, #held-title"));
        await lead.Send("/profile", "/outbox/2/drop");
        Assert.Equal((int)OutboxState.Accepted, await desk.Value<int>("select state from outbox where id = 2"));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task What_waited_in_the_backup_goes_too_when_the_lead_says_so(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await using var server = await Catcher.Start();
        var lea = await desk.AddPerson("Lea", Role.Lead);
        await Restored(desk, server, lea);
        using var lead = await desk.SignIn(lea);

        await lead.Send("/outbox", "/outbox/release", new() { ["waited"] = "send" });
        await desk.Get<SendMail>().RunOnce(default);

        Assert.Equal(Subjects, server.Mails.Select(mail => MailDesk.Header(mail, "Subject")));
    }

    /// <summary>One letter waits in the backup; two are written on the restored desk.</summary>
    private static async Task Restored(Desk desk, Catcher server, Actor owner)
    {
        await desk.Get<StoredSettings>().Set(OutgoingServer.Setting, server.Setting);
        var (id, _) = await desk.AddCustomer("Amara Okafor");
        var company = await desk.Get<StoredSettings>().Company();
        var number = await desk.Database.Write(unit => Intake.Open(unit, desk.Cases, company, new NewCase(Channel.Mail, CaseKind.Complaint, "Lid", "No lid", id, owner, desk.Clock.Now, owner)));
        foreach (var subject in Subjects)
        {
            await desk.Database.Write(unit => desk.Get<Outbox>().Queue(unit, company, number, new Letter(subject, "It is on its way."), Actor.Amends, desk.Clock.Now));
            if (subject == Subjects[0])
                await desk.Database.Write(unit => AfterRestore.Run(unit, new RestoreChoices(), desk.Clock.Now.AddMinutes(1), desk.Clock.Now.AddHours(1)));
            desk.Clock.Now = desk.Clock.Now.AddHours(1);
        }
    }
}
