using Amends.Channels.Email;
using Amends.Domain.Cases;

namespace Amends.Tests.Channels.Email;

/// <summary>Mail that cannot be read, and nodes that die or sleep while they read.</summary>
public sealed class MailTroubleTests
{
    private const string Amara = "Amara Okafor <amara@customer.example>";

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task The_lead_is_told_of_held_mail_once_a_day(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await desk.AddPerson("Lee", Domain.People.Role.Lead);
        foreach (var day in new[] { 1, 1, 2 })
        {
            desk.Clock.Now = new(2026, 3, 4 + day, 10, 0, 0, TimeSpan.Zero);
            await desk.Post($"Subject: Nobody {Guid.NewGuid():n}\r\n\r\nHello.\r\n");
            await desk.ReadAll();
        }

        Assert.Equal(3, await desk.Value<long>("select count(*) from intake where state = 3"));
        Assert.Equal(2, await desk.Value<long>("select count(*) from notices"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_mail_that_fails_five_times_goes_to_quarantine_and_holds_up_nobody(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await desk.Post(MailDesk.Mail("Poison <p@elsewhere.example>", "Poison", "Poison."));
        await desk.Post(MailDesk.Mail(Amara, "The kettle leaks", "It leaks."));
        desk.Get<ReadMail>().BeforeTaking = row => _ = row == 1 ? throw new InvalidOperationException("poison") : 0;
        for (var i = 0; i < 5; i++)
        {
            await desk.ReadAll();
            desk.Clock.Now = desk.Clock.Now.AddMinutes(30);
        }

        Assert.Equal((int)IntakeState.Quarantined, await desk.Value<int>("select state from intake where id = 1"));
        Assert.Equal("The kettle leaks", (await desk.Cases.Find(1001))!.Subject);
        Assert.Equal(1, await desk.Value<long>("select count(*) from cases"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_mail_whose_bytes_rotted_in_the_database_holds_up_nobody(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await desk.Post(MailDesk.Mail("Rot <r@elsewhere.example>", "Rot", "Rot."));
        await desk.Post(MailDesk.Mail("Gone <g@elsewhere.example>", "Gone", "Gone."));
        await desk.Post(MailDesk.Mail(Amara, "The kettle leaks", "It leaks."));
        await desk.Database.Write(async unit =>
        {
            await unit.Run("update blobs set data = (select b.data from blobs b where b.digest = (select raw_digest from intake where id = 3)) where digest = (select raw_digest from intake where id = 1)");
            await unit.Run("delete from blobs where digest = (select raw_digest from intake where id = 2)");
        });
        for (var i = 0; i < 5; i++)
        {
            await desk.ReadAll();
            desk.Clock.Now = desk.Clock.Now.AddMinutes(30);
        }

        Assert.Equal(["The kettle leaks"], await desk.Rows<string>("select subject from cases"));
        var reasons = await desk.Rows<string>("select reason from intake where state = 3 order by id");
        Assert.Equal(2, reasons.Count);
        Assert.EndsWith("is not whole.", reasons[1]);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task More_mails_than_are_taken_at_a_time_keep_the_order_of_each_sender(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        for (var i = 100; i < 160; i++)
            await desk.Post(MailDesk.Mail($"Sender {i % 3} <s{i % 3}@customer.example>", $"Mail {i}", $"Words of {i}."));
        await desk.ReadAll();

        var cases = await desk.Rows<(string Customer, string Subject)>("select u.name, c.subject from cases c join customers u on u.id = c.customer_id order by c.number");
        Assert.Equal(60, cases.Count);
        Assert.All(cases.GroupBy(each => each.Customer), theirs => Assert.Equal(theirs.Select(each => each.Subject).Order(), theirs.Select(each => each.Subject)));
        Assert.Equal(0, await desk.Value<long>("select count(*) from intake where state <> 2 or tries <> 1"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_mail_whose_words_ask_for_a_call_says_so_at_once(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await desk.Post(MailDesk.Mail(Amara, "Outrageous", "I am furious. This is the third time you lied to me, it is a disgrace! You ruined my mother's birthday and nobody even apologised. Disgusting!"));
        await desk.ReadAll();
        Assert.Equal(["case_opened", "phone_nudged"], await desk.Rows<string>("select kind from events where kind in ('case_opened', 'phone_nudged') order by id"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_mail_that_names_nobody_goes_to_quarantine_at_once(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await desk.Post("Subject: Nobody\r\n\r\nHello.\r\n");
        await desk.ReadAll();
        Assert.Equal("It names no sender whom we could answer.", await desk.Value<string>("select reason from intake where state = 3"));
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_node_that_died_while_reading_leaves_the_mail_to_the_next_one(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await desk.Post(MailDesk.Mail(Amara, "The kettle leaks", "It leaks."));
        // The claim of a node that was killed before it wrote anything.
        await desk.Database.Write(unit => unit.Run("update intake set lease_until = @until, epoch = 1, tries = 1", new { until = desk.Clock.Now.AddMinutes(2).ToUnixTimeMilliseconds() }));
        await desk.ReadAll();
        Assert.Equal(0, await desk.Value<long>("select count(*) from cases"));
        desk.Clock.Now = desk.Clock.Now.AddMinutes(3);
        await desk.ReadAll();
        await desk.ReadAll();
        Assert.Equal(1, await desk.Value<long>("select count(*) from cases"));
        Assert.Single(await desk.Outgoing());
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_node_that_slept_through_its_lease_writes_nothing(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await desk.Post(MailDesk.Mail(Amara, "The kettle leaks", "It leaks."));
        var stolen = false;
        desk.Get<ReadMail>().BeforeTaking = row =>
        {
            if (!stolen)
                desk.Database.Write(unit => unit.Run("update intake set epoch = epoch + 1")).Wait();
            stolen = true;
        };
        await desk.ReadAll();
        Assert.Equal(0, await desk.Value<long>("select count(*) from cases"));
        Assert.Equal(0, await desk.Value<long>("select count(*) from messages"));
    }
}
