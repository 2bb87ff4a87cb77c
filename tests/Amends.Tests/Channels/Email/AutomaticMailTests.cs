using Amends.Channels.Email;
using Amends.Data;
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
        await desk.Cases.Change(1001, @case => @case.Withdraw(CloseReason.Withdrawn, "She said so.", Told.Without("They said so themselves."), jo, desk.Clock.Now));
        var id = MailDesk.Header(Assert.Single(await desk.Outgoing()), "Message-ID");
        await desk.Post(MailDesk.Mail(Amara, "Out of office: Re: The kettle leaks", "I am away.", extra: $"In-Reply-To: {id}\r\nAuto-Submitted: auto-replied\r\n"));
        await desk.ReadAll();
        Assert.Equal(CaseStage.Closed, (await desk.Cases.Find(1001))!.Stage);
        Assert.Equal(1, await desk.Value<long>("select automatic from messages order by id desc limit 1"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task One_domain_gets_a_hundred_automatic_answers_an_hour_and_one_case_one_for_each_sender(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        var allowed = await desk.Database.Write(async unit =>
        {
            var count = 0;
            for (var i = 0; i < 103; i++)
                count += await AutomaticAnswers.Allow(unit, $"box{i}@Loop.example", 1001 + i, desk.Clock.Now) ? 1 : 0;
            return count;
        });
        Assert.Equal(100, allowed);
        Assert.True(await desk.Database.Write(unit => AutomaticAnswers.Allow(unit, "box200@other.example", 1001, desk.Clock.Now)));
        Assert.False(await desk.Database.Write(unit => AutomaticAnswers.Allow(unit, "BOX200@other.example", 1001, desk.Clock.Now.AddHours(2))));
        Assert.True(await desk.Database.Write(unit => AutomaticAnswers.Allow(unit, "box201@loop.example", 5000, desk.Clock.Now.AddHours(2))));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Mails_that_are_taken_side_by_side_share_the_caps(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        var allowed = 0;
        for (var group = 0; group < 4; group++)
        {
            Assert.True(await desk.Database.WriteTogether([.. Enumerable.Range(30 * group, 30).Select(i => (Func<Unit, Task>)(async unit =>
            {
                await unit.Value<long>("select count(*) from people"); // all of them are on their way
                if (await AutomaticAnswers.Allow(unit, $"box{i}@loop.example", 1001 + i, desk.Clock.Now))
                    Interlocked.Increment(ref allowed);
            }))]));
        }

        Assert.Equal(100, allowed);
        Assert.Equal(100, await desk.Value<long>("select count(*) from automatic_answers"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_challenge_a_list_and_a_report_of_spam_are_not_answered(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await desk.Post(MailDesk.Mail("Gate <gate@shop.example>", "Please confirm your message", "Press the link.", extra: "Auto-Submitted: auto-replied (challenge)\r\n"));
        await desk.Post(MailDesk.Mail("List <list@shop.example>", "Hello", "Things.", extra: "Precedence: list\r\n"));
        await desk.Post($"From: abuse@provider.example\r\nTo: {MailDesk.Ours}\r\nSubject: Report\r\nMessage-ID: <arf@provider.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSpam.\r\n--b\r\nContent-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\n\r\n--b--\r\n");
        await desk.ReadAll();
        Assert.Empty(await desk.Outgoing());
        Assert.Equal(2, await desk.Value<long>("select count(*) from intake where state = 3")); // nothing that they are about
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task An_acknowledgement_says_that_it_is_automatic_and_names_nobody_to_return_it_to(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await desk.Post(MailDesk.Mail(Amara, "The kettle leaks", "It leaks."));
        await desk.ReadAll();
        Assert.StartsWith("auto-", MailDesk.Header(Assert.Single(await desk.Outgoing()), "Auto-Submitted"));
        Assert.Equal("", await desk.Value<string>("select envelope_from from outbox"));
    }
}
