using Amends.Data;
using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Amends.Tests.Features;

namespace Amends.Tests;

public sealed class StoreTests
{
    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_case_is_stored_with_its_events_and_wakes_when_its_promise_is_missed(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var jo = await desk.AddPerson("Jo", Role.Agent);
        var customer = await desk.AddCustomer("Amara Okafor");
        var calendar = Calendar.NineToFive(TimeZoneInfo.Utc);
        var number = await desk.Cases.Open(Case.Open(new Opening(Channel.Mail, CaseKind.Complaint, "Broken kettle", "It leaks.", customer.Id, customer.Name, jo), Actor.Customer(customer.Id, customer.Name), calendar, desk.Clock.Now));

        Assert.Equal(1001, number);
        desk.Clock.Now = desk.Clock.Now.AddDays(1);
        await desk.RunDue();

        var state = await desk.Cases.Find(number);
        Assert.NotNull(state!.NextContact!.MissedAt);
        Assert.Equal(1, state.Escalation);
    }

    [Theory]
    [MemberData(nameof(Desk.Both), MemberType = typeof(Desk))]
    public async Task A_case_that_cannot_be_woken_holds_up_none_of_the_others(string kind)
    {
        await using var desk = await Desk.Start(kind);
        var broken = await desk.Complain("Amara Okafor", "Broken kettle", "It leaks.");
        desk.Clock.Now = desk.Clock.Now.AddMinutes(1);
        var later = await desk.Complain("Jonas Berg", "Late sofa", "It did not come.");
        await desk.Database.Write(unit => unit.Run("update cases set state = '{broken' where number = @broken", new { broken }));
        desk.Clock.Now = desk.Clock.Now.AddDays(1);

        await Assert.ThrowsAsync<AggregateException>(() => desk.Get<Clock.WakeCases>().RunOnce(default));

        Assert.NotNull((await desk.Cases.Find(later))!.NextContact!.MissedAt);
    }
}
