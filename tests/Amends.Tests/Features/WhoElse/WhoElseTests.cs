using System.Net;
using Amends.Channels.Email;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.Outreach;
using Amends.Domain.People;
using Amends.Tests.Channels.Email;

namespace Amends.Tests.Features.WhoElse;

/// <summary>Who else has it and said nothing, and a notice to them; on both databases.</summary>
public sealed class WhoElseTests
{
    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task Those_who_said_nothing_are_counted_then_written_to_after_a_second_persons_yes_and_their_answers_are_cases(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await using var server = await Catcher.Start();
        await desk.Get<StoredSettings>().Set(OutgoingServer.Setting, server.Setting);
        var (lea, marta) = (await desk.AddPerson("Lea", Role.Lead), await desk.AddPerson("Marta", Role.Manager));
        await desk.Post(MailDesk.Mail("Amara Okafor <amara@customer.example>", "The kettle leaks", "It leaks."));
        await desk.ReadAll();
        await Orders(desk, ("amara", "L7"), ("ben", "L7"), ("ben", "L7"), ("cy", "L7"), ("di", "L7"), ("ed", "L8"));
        await desk.Database.Write(unit => unit.Run("update customers set letters_off_at = 1 where name = 'cy'"));

        using var lead = await desk.SignIn(lea);
        using var manager = await desk.SignIn(marta);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await lead.GetAsync("/who-else?from=2026-01-01")).StatusCode);
        var page = await lead.Open("/who-else?product=Kettle&lot=L7");
        Assert.Contains("4 customers with 5 orders", page.Words("main"));
        Assert.Contains("One may write to 2: 1 want no such letters", page.Words("main"));
        Assert.Equal(["di", "cy", "ben"], page.QuerySelectorAll("tbody td:first-child").Select(cell => cell.TextContent));
        Assert.StartsWith("name,address,place,orders,last_order,wants_no_letters\r\ndi,di@customer.example,,1,", await lead.GetStringAsync("/who-else/export?lot=L7"));

        const string New = "/who-else/notices/new?product=Kettle&lot=L7", At = "/who-else/notices/1";
        var blank = await lead.Send(New, "/who-else/notices", new() { ["Lot"] = "L7", ["Subject"] = "Your kettle", ["Body"] = "Dear {customer}", ["PerHour"] = "60" });
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "Dear {customer}"), (blank.StatusCode, (await blank.Tree()).QuerySelector("#Body")!.TextContent));
        await lead.Send(New, "/who-else/notices", new() { ["Product"] = "Kettle", ["Lot"] = "L7", ["Subject"] = "Your kettle", ["Body"] = "Dear {name},\nplease do not use it. We send you a new one.", ["PerHour"] = "60" });
        Assert.Contains("Dear di, please do not use it.", (await lead.Open(At)).Words("main"));
        var own = await lead.Send(At, At + "/agreement", []);
        Assert.Contains("Somebody else reads it before it goes", (await own.Tree()).Words("main"));
        await desk.Get<SendNotices>().RunOnce(default);
        Assert.Empty(server.Mails);

        await manager.Send(At, At + "/agreement", []);
        await desk.Get<SendNotices>().RunOnce(default);
        await desk.Get<SendNotices>().RunOnce(default);
        Assert.Single(server.Mails); // sixty an hour: the next in a minute
        Assert.Contains("Dear di,", server.Mails[0]);
        await desk.Post(MailDesk.Mail("ben@customer.example", "My kettle", "It leaks, too.")); // he wrote before it reached him
        await desk.ReadAll();
        desk.Clock.Now = desk.Clock.Now.AddMinutes(2);
        await desk.Get<SendNotices>().RunOnce(default);
        Assert.Single(server.Mails);
        Assert.Equal((1, 0, 1, NoticeState.Sent), (await desk.Get<OutreachDesk>().Find(1)) is { } sent ? (sent.Gone, sent.Failed, sent.LeftOut, sent.State) : default);

        await desk.Post(MailDesk.Mail("di@customer.example", "Re: Your kettle", "Mine is from that lot, too. What now?"));
        await desk.ReadAll();
        Assert.Equal(3, await desk.Value<long>("select count(*) from cases"));
        Assert.Equal(1, (await desk.Get<OutreachDesk>().Find(1))!.Answered);
        var off = server.Mails[0][server.Mails[0].IndexOf("/no-letters/", StringComparison.Ordinal)..].Split('>', '\r', '\n', ' ')[0];
        Assert.True(await FollowOnDesk.IsToken(desk.Database, off["/no-letters/".Length..]));
        Assert.True(await desk.Database.Write(unit => FollowOnDesk.SayNo(unit, off["/no-letters/".Length..], desk.Clock.Now)));
        Assert.Contains("Answered", (await lead.Open("/who-else/notices")).Words("main"));
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_crash_between_the_mail_and_its_record_sends_the_same_bytes_and_a_stop_holds_back_the_rest(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await using var server = await Catcher.Start();
        await desk.Get<StoredSettings>().Set(OutgoingServer.Setting, server.Setting);
        var lea = await desk.AddPerson("Lea", Role.Lead);
        await Orders(desk, ("ben", "L7"), ("cy", "L7"), ("di", "L7"));
        var audience = new Audience(Lot: "L7");
        var id = await desk.Database.Write(unit => OutreachDesk.Draft(unit, audience, new NoticeText("Your kettle", "Dear {name}, stop."), 2000, lea, desk.Clock.Now));
        await Assert.ThrowsAsync<Refused>(() => desk.Database.Write(unit => OutreachDesk.Draft(unit, audience, new NoticeText("A", "B"), 5, lea, desk.Clock.Now)));
        Assert.Equal(3, await desk.Database.Write(unit => desk.Get<OutreachDesk>().Agree(unit, id, lea, desk.Clock.Now))); // alone, one's own yes is the only one
        await Assert.ThrowsAsync<Refused>(() => desk.Database.Write(unit => desk.Get<OutreachDesk>().Agree(unit, id, lea, desk.Clock.Now)));
        await desk.Get<SendNotices>().RunOnce(default);
        Assert.Single(server.Mails);
        await desk.Database.Write(unit => unit.Run("update outreach_letters set state = 2, sent_at = null where state = 3")); // as a program that was killed leaves it
        desk.Clock.Now = desk.Clock.Now.AddMinutes(30);
        await desk.Database.Write(unit => OutreachDesk.Stop(unit, id, "Wrong lot.", lea, desk.Clock.Now));
        await desk.Get<SendNotices>().RunOnce(default);
        Assert.Single(server.Mails);
        Assert.Equal(lea.Id, await desk.Value<long>("select stopped_by from outreaches"));
        await desk.Database.Write(unit => unit.Run("update outreaches set state = 2"));
        await desk.Get<SendNotices>().RunOnce(default);
        Assert.Equal(4, server.Mails.Count);
        Assert.Equal(2, server.Mails.Count(mail => mail == server.Mails[0]));
        Assert.Equal(NoticeState.Sent, (await desk.Get<OutreachDesk>().Find(id))!.State);
    }

    [Theory, MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task The_stop_of_a_sale_and_a_notice_say_the_same_number_of_those_who_said_nothing(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        var jo = await desk.AddPerson("Kim", Role.Agent);
        var numbers = new Dictionary<string, long>();
        await Orders(desk, ("amara", "L7"), ("ben", "L7"), ("ben", "L8"), ("cy", "L7"), ("cy", "L7"), ("di", "L8"), ("ed", "L7"));
        foreach (var name in new[] { "amara", "ben", "ed" })
            numbers[name] = await desk.Complain(name, "My kettle", "It leaks.", jo);
        await desk.Database.Write(unit => unit.Run("update cases set order_id = (select id from orders where number = 'A-2') where number = @number", new { number = numbers["ben"] })); // about the other lot
        foreach (var (lot, others, orders, silent) in new[] { ("L7", 3, 4, 2), ("L8", 2, 2, 1), ("", 4, 6, 2) })
        {
            var (rows, count) = await AffectedOrders.List(desk.Database, numbers["amara"], "Kettle", lot);
            var notice = await desk.Get<OutreachDesk>().Count(new Audience("Kettle", lot));
            Assert.Equal((others, orders, silent, orders), (count.Customers, count.Orders, count.Silent, rows.Count));
            Assert.Equal(silent, notice.Silent); // the customer of the case complained and is none of them
            Assert.Equal(silent, (await desk.Get<OutreachDesk>().Silent(new Audience("Kettle", lot))).Count);
            Assert.Equal((orders, others), await desk.Database.Write(unit => AffectedOrders.Count(unit, numbers["amara"], "Kettle", lot)));
        }
    }

    private static Task Orders(Desk desk, params (string Name, string Lot)[] orders) => desk.Database.Write(async unit =>
    {
        for (var i = 0; i < orders.Length; i++)
        {
            var (name, lot) = orders[i];
            var (customer, _) = await Customers.FindOrAdd(unit, name + "@customer.example", name, null, desk.Clock.Now);
            await unit.Run("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency, product, lot) values (@customer, @order, @order, @at, 4000, 'EUR', 'Kettle', @lot)", new { customer, order = $"A-{i}", at = desk.Clock.Now.AddDays(i - 30).ToUnixTimeMilliseconds(), lot });
        }
    });
}
