using Amends.Domain.People;
using Amends.Tests.Channels.Email;

namespace Amends.Tests.Features.Promises;

public sealed class PromiseNoticeTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task The_owner_is_reminded_before_and_the_lead_is_told_after_each_once(string kind)
    {
        await using var desk = await MailDesk.Start(kind);
        await desk.AddPerson("Lena", Role.Lead);
        await desk.Post(MailDesk.Mail("Amara <amara@customer.example>", "The kettle leaks", "It leaks."));
        await desk.ReadAll();

        desk.Clock.Now = desk.Clock.Now.AddHours(3);
        await desk.RunDue();
        Assert.Equal(["The customer hears from us by 15:00, as promised."], await desk.Rows<string>("select text from notices n join people p on p.id = n.person_id where p.name = 'Jo'"));

        desk.Clock.Now = desk.Clock.Now.AddHours(3);
        await desk.RunDue();
        await desk.RunDue();
        Assert.Equal(2, await desk.Value<long>("select count(*) from notices n join people p on p.id = n.person_id where p.name = 'Jo'"));
        Assert.StartsWith("Promise missed", Assert.Single(await desk.Rows<string>("select text from notices n join people p on p.id = n.person_id where p.name = 'Lena'")));
    }
}
