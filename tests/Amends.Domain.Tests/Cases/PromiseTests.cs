using Amends.Domain.Cases;
using Amends.Domain.Promises;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Cases;

public sealed class PromiseTests
{
    [Fact]
    public void A_new_case_promises_a_first_contact_inside_open_hours()
    {
        var night = Case.Open(new Opening(Channel.Mail, CaseKind.Complaint, "x", "y", 7, "Amara"), Amara, Hours, Start.AddHours(12));

        Assert.Equal(new DateTimeOffset(2026, 3, 5, 13, 0, 0, TimeSpan.Zero), night.State.NextContact!.DueAt);
    }

    [Fact]
    public void The_owner_is_reminded_two_open_hours_before_and_the_lead_told_after()
    {
        var @case = Opened();
        @case.KeepPromise("a date", Start.AddDays(1).AddHours(-1).AddMinutes(30), Jo, Hours, Start); // Thursday 9:30
        @case.Wake(new DateTimeOffset(2026, 3, 4, 15, 30, 0, TimeSpan.Zero));
        Assert.IsType<NextContactDueSoon>(@case.News[^1]);

        @case.Wake(Start.AddDays(1));
        Assert.Contains(@case.News, news => news is NextContactMissed);
        Assert.Equal(1, @case.State.Escalation);
    }

    [Fact]
    public void A_missed_promise_stays_the_next_contact_until_it_is_replaced()
    {
        var @case = Opened();
        @case.Wake(Start.AddDays(3));
        Assert.NotNull(@case.State.NextContact!.MissedAt);

        @case.KeepPromise("a date", Start.AddDays(4), Jo, Hours, Start.AddDays(3));
        Assert.Null(@case.State.NextContact!.MissedAt);
        Assert.Contains(@case.News, news => news is NextContactKept { InTime: false });
    }

    [Fact]
    public void Waking_twice_changes_nothing()
    {
        var @case = Opened();
        @case.Wake(Start.AddDays(3));
        var told = @case.News.Count;
        @case.Wake(Start.AddDays(3));

        Assert.Equal(told, @case.News.Count);
    }

    [Fact]
    public void A_promise_moves_with_a_reason_only_and_never_into_the_past()
    {
        var @case = Opened();
        Assert.Equal("reason", Assert.Throws<Refused>(() => @case.MovePromise(Start.AddDays(1), " ", Jo, Hours, Start)).Code);
        Assert.Equal("promise_in_the_past", Assert.Throws<Refused>(() => @case.MovePromise(Start, "late part", Jo, Hours, Start)).Code);
        @case.MovePromise(Start.AddDays(1), "The part is late", Jo, Hours, Start);

        Assert.Equal(Start.AddDays(1), @case.State.NextContact!.DueAt);
        Assert.Equal("The part is late", @case.State.Promises[0].Reason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Whoever_acts_late_has_missed_the_promise_though_the_clock_had_not_come_by(bool keeps)
    {
        var @case = Opened(); // due at 14:00
        var late = Start.AddHours(4).AddSeconds(3);
        if (keeps)
            @case.KeepPromise("a date", Start.AddDays(1), Jo, Hours, late);
        else
            @case.MovePromise(Start.AddDays(1), "The part is late", Jo, Hours, late);

        Assert.Single(@case.News, news => news is NextContactMissed);
        Assert.Equal(1, @case.State.Escalation);
        @case.Wake(late.AddMinutes(1));
        Assert.Single(@case.News, news => news is NextContactMissed);
    }

    [Fact]
    public void Nobody_is_reminded_of_a_promise_that_is_broken_already()
    {
        var @case = Opened();
        @case.Wake(Start.AddHours(5)); // the program stood still meanwhile

        Assert.DoesNotContain(@case.News, news => news is NextContactDueSoon);
        Assert.Single(@case.News, news => news is NextContactMissed);
    }
}
