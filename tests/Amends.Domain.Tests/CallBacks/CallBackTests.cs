using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Promises;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.CallBacks;

public sealed class CallBackTests
{
    private const string Number = "0113 496 0142";
    private static readonly CallTime Afternoon = new(Start.AddHours(4.5), Start.AddHours(5));
    private static readonly IReadOnlyList<CallTime> Free = [.. CallTimes.Offered(Hours, Calls, Start)];

    [Fact]
    public void A_booked_call_is_the_next_contact_in_place_of_what_was_promised()
    {
        var @case = Booked();
        Assert.Equal((Afternoon.To, 1), (@case.State.NextContact!.DueAt, @case.State.NextContact.Call));
        Assert.Single(@case.State.Promises, promise => promise.IsOpen);
        Assert.Equal([new TakeCallTime(Afternoon, 1)], @case.Claims);
    }

    [Theory]
    [InlineData("", 4.5, "phone")]
    [InlineData("later", 4.5, "phone")]
    [InlineData(Number, 4.25, "time")]
    [InlineData(Number, 0.5, "time")] // too soon
    [InlineData(Number, 10, "time")] // closed by then
    public void A_call_needs_a_number_and_one_of_the_times(string phone, double hours, string code) =>
        Assert.Equal(code, Assert.Throws<Refused>(() => Opened().BookCall(phone, new(Start.AddHours(hours), Start.AddHours(hours + 0.5)), null, Calls, Amara, Hours, Start)).Code);

    [Fact]
    public void Writing_meanwhile_neither_keeps_nor_replaces_the_call_and_what_is_promised_for_later_comes_after_it()
    {
        var @case = Booked();
        @case.Speak(1, Channel.Mail, Jo, Start.AddHours(1));
        @case.KeepPromise("what the depot says", Start.AddDays(2), Jo, Hours, Start.AddHours(1));
        Assert.Equal((Afternoon.To, 1), (@case.State.NextContact!.DueAt, @case.State.NextContact.Call));

        @case.CallOff(null, Amara, Hours, Start.AddHours(2));
        Assert.Equal(("what the depot says", Start.AddDays(2)), (@case.State.NextContact!.What, @case.State.NextContact.DueAt));
    }

    [Fact]
    public void What_is_promised_for_before_the_call_goes_before_it_and_then_the_call_is_next_again()
    {
        var @case = Booked();
        @case.KeepPromise("the label", Start.AddHours(2), Jo, Hours, Start.AddHours(1));
        Assert.Equal("the label", @case.State.NextContact!.What);
        @case.KeepPromise("what the depot says", Start.AddDays(2), Jo, Hours, Start.AddHours(1.5));
        Assert.Equal(1, @case.State.NextContact!.Call);
    }

    [Fact]
    public void When_the_time_comes_somebody_is_told_and_when_it_has_passed_the_promise_counts_as_missed()
    {
        var @case = Booked();
        Assert.Equal(Afternoon.From, @case.WakeAt);
        @case.Wake(Afternoon.From);
        Assert.Single(@case.News.OfType<CallDue>());
        @case.Wake(Afternoon.To);
        @case.Wake(Afternoon.To.AddHours(9));
        Assert.Single(@case.News.OfType<CallMissed>());
        Assert.Single(@case.News.OfType<NextContactMissed>());
        Assert.True(@case.State is { CallBack: { IsOpen: true, MissedAt: not null }, NextContact.MissedAt: not null, Escalation: 1 });
    }

    [Fact]
    public void After_three_calls_that_nobody_answers_on_three_open_days_we_write_instead()
    {
        var @case = Booked();
        var days = new List<DateTimeOffset>();
        while (@case.State.CallBack is { } call)
        {
            days.Add(call.From.Date);
            @case.TryCall(CallOutcome.NoAnswer, null, null, [.. CallTimes.Offered(Hours, Calls, call.From)], Calls, Jo, Hours, call.From.AddMinutes(2));
        }

        Assert.Equal(3, days.Distinct().Count());
        Assert.Equal((3, CallEnd.NotReached), (@case.State.CallBacks[0].Attempts, @case.State.CallBacks[0].End));
        Assert.StartsWith("in writing", @case.State.NextContact!.What);
        Assert.All(@case.State.Promises.Where(promise => promise.Call is not null), promise => Assert.True(promise is { KeptAt: not null, MissedAt: null })); // we rang as promised
    }

    [Fact]
    public void A_wrong_number_ends_it_and_another_time_moves_it()
    {
        var @case = Booked();
        @case.TryCall(CallOutcome.Later, "after work", Free[^1], Free, Calls, Jo, Hours, Afternoon.From);
        Assert.Equal((Free[^1], 1, 0), (@case.State.CallBack!.Time, @case.State.CallBack.Sequence, @case.State.CallBack.Attempts));
        Assert.Equal("time", Assert.Throws<Refused>(() => @case.TryCall(CallOutcome.Later, null, null, Free, Calls, Jo, Hours, Afternoon.From)).Code);
        @case.TryCall(CallOutcome.WrongNumber, null, null, Free, Calls, Jo, Hours, Afternoon.From.AddMinutes(5));
        Assert.Null(@case.State.CallBack);
        Assert.Null(@case.State.NextContact!.Call);
    }

    [Fact]
    public void Whoever_is_reached_too_late_was_missed_all_the_same()
    {
        var @case = Booked();
        @case.ReachCall(Jo, Afternoon.To.AddHours(1));
        @case.KeepPromise("the options", Afternoon.To.AddHours(9), Jo, Hours, Afternoon.To.AddHours(1));
        Assert.Single(@case.News.OfType<CallMissed>());
        Assert.Single(@case.News.OfType<NextContactMissed>());
        Assert.Equal((CallEnd.Reached, "the options"), (@case.State.CallBacks[0].End, @case.State.NextContact!.What));
    }

    [Fact]
    public void Somebody_who_rang_in_vain_is_rung_back_within_four_open_hours_of_it()
    {
        var @case = Opened();
        @case.TheyRang(Number, Start.AddHours(1), Jo, Hours, Start.AddHours(2));
        Assert.Equal((Start.AddHours(2), Start.AddHours(5)), (@case.State.CallBack!.From, @case.State.CallBack.To));
        Assert.Equal("rang_at", Assert.Throws<Refused>(() => @case.TheyRang(Number, Start.AddHours(9), Jo, Hours, Start.AddHours(2))).Code);
        @case.TheyRang(Number, Start.AddHours(2), Jo, Hours, Start.AddHours(3));
        Assert.Single(@case.State.CallBacks); // it is owed already
    }

    [Fact]
    public void A_call_moves_once_for_the_same_wish_and_ends_with_the_case()
    {
        var @case = Booked();
        @case.BookCall(Number, Afternoon, null, Calls, Amara, Hours, Start.AddMinutes(1));
        Assert.Equal(0, @case.State.CallBack!.Sequence);
        @case.BookCall(Number, Free[^1], "Europe/Paris", Calls, Amara, Hours, Start.AddMinutes(1));
        Assert.Equal((1, "Europe/Paris"), (@case.State.CallBack!.Sequence, @case.State.CallBack.Zone));
        @case.Withdraw(CloseReason.Withdrawn, "not needed", Told.Without("They said so themselves."), Jo, Start.AddMinutes(2));
        Assert.Equal(CallEnd.CaseClosed, @case.State.CallBacks[0].End);
        Assert.Contains(new FreeCallTime(), @case.Claims);
        Assert.Null(@case.WakeAt);
    }

    [Fact]
    public void The_answer_that_all_is_right_drops_the_call()
    {
        var @case = AskedBack();
        @case.BookCall(Number, Free[^1], null, Calls, Amara, Hours, Start.AddHours(3));
        @case.AnswerCheckBack(CheckBackAnswer.Yes, 5, Channel.Page, null, Amara, Hours, Start.AddHours(4));
        Assert.True(@case.State is { IsOpen: false, CallBack: null, CloseReason: CloseReason.Confirmed });
    }

    private static Case Booked()
    {
        var @case = Opened();
        @case.BookCall(Number, Afternoon, null, Calls, Amara, Hours, Start);
        return @case;
    }
}
