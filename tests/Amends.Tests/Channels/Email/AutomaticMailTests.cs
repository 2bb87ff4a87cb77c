using Amends.Channels.Email;
using Amends.Domain.Cases;

namespace Amends.Tests.Channels.Email;

/// <summary>Machines that write to us: kept, and never answered into a loop.</summary>
public sealed class AutomaticMailTests
{
    private const string Amara = "Amara Okafor <amara@customer.example>";

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Our_own_letter_sent_on_by_a_machine_is_kept_and_not_answered(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await desk.Post(MailDesk.Mail(Amara, "The kettle leaks", "It leaks."));
        await desk.ReadAll();
        var id = MailDesk.Header(Assert.Single(await desk.Outgoing()), "Message-ID").Trim('<', '>');
        await desk.Post(MailDesk.Mail("Shared box <all@customer.example>", "We have it", "Sent on.", id));
        await desk.ReadAll();
        Assert.Equal(2, await desk.Value<long>("select count(*) from cases"));
        Assert.Single(await desk.Outgoing());
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Automatic_mail_gets_no_answer(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await desk.Post(MailDesk.Mail("Shop <orders@shop.example>", "Your weekly list", "Things.", extra: "List-Id: <weekly.shop.example>\r\n"));
        await desk.Post(MailDesk.Mail("News <news@shop.example>", "Hello", "Things.", extra: "Auto-Submitted: auto-generated\r\n"));
        await desk.Post(MailDesk.Mail("Robot <r@shop.example>", "Hello", "Things."), from: "");
        await desk.ReadAll();
        Assert.Equal(3, await desk.Value<long>("select count(*) from cases"));
        Assert.Empty(await desk.Outgoing());
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task One_sender_gets_five_automatic_answers_an_hour_at_the_most(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        for (var i = 0; i < 7; i++)
            await desk.Post(MailDesk.Mail(Amara, $"Number {i}", "Again."));
        await desk.ReadAll();
        Assert.Equal(7, await desk.Value<long>("select count(*) from cases"));
        Assert.Equal(5, (await desk.Outgoing()).Count);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_holiday_note_joins_its_case_without_reopening_it(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await desk.Post(MailDesk.Mail(Amara, "The kettle leaks", "It leaks."));
        await desk.ReadAll();
        var jo = Domain.People.Actor.Person(1, "Jo", Domain.People.Role.Agent);
        await desk.Cases.Change(1001, @case => @case.Withdraw(CloseReason.Withdrawn, "She said so.", jo, desk.Clock.Now));
        var id = MailDesk.Header(Assert.Single(await desk.Outgoing()), "Message-ID");
        await desk.Post(MailDesk.Mail(Amara, "Out of office: Re: The kettle leaks", "I am away.", extra: $"In-Reply-To: {id}\r\nAuto-Submitted: auto-replied\r\n"));
        await desk.ReadAll();
        Assert.Equal(CaseStage.Closed, (await desk.Cases.Find(1001))!.Stage);
        Assert.Equal(1, await desk.Value<long>("select automatic from messages order by id desc limit 1"));
    }
}
