using Amends.Domain.Calendars;
using Amends.Domain.CallBacks;
using FsCheck;
using FsCheck.Fluent;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.CallBacks;

public sealed class CallTimesTests
{
    private static readonly TimeZoneInfo London = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");

    [Fact]
    public void Times_begin_an_open_hour_from_now_and_end_after_ten_open_days()
    {
        var times = CallTimes.Offered(Hours, Calls, Start.AddMinutes(10)).ToList();
        Assert.Equal(Start.AddHours(1.5), times[0].From); // 10:10 and an hour is 11:10; the next one begins at half past
        Assert.Equal(new DateTimeOffset(2026, 3, 17, 17, 0, 0, TimeSpan.Zero), times[^1].To); // ten open days, today the first
        Assert.All(times, time => Assert.True(Hours.IsOpen(time.From) && time.To - time.From == Calls.Length));
        Assert.Equal(10, CallTimes.Days(times, TimeZoneInfo.Utc).Count);
    }

    [Fact]
    public void The_open_hour_of_notice_reaches_into_the_next_open_day() =>
        Assert.Equal(new DateTimeOffset(2026, 3, 9, 9, 30, 0, TimeSpan.Zero), CallTimes.Offered(Hours, Calls, new DateTimeOffset(2026, 3, 6, 16, 30, 0, TimeSpan.Zero)).First().From);

    [Fact]
    public void There_are_no_times_while_calls_are_off_or_nobody_takes_them()
    {
        Assert.Empty(CallTimes.Offered(Hours, Calls with { IsOn = false }, Start));
        Assert.Empty(CallTimes.Offered(Hours, Calls with { AtOnce = 0 }, Start));
        Assert.Empty(CallTimes.Offered(new Calendar(TimeZoneInfo.Utc, new Dictionary<DayOfWeek, OpenHours>()), Calls, Start));
    }

    [Theory]
    [InlineData("2026-03-29", 6)] // an hour is skipped: three open hours
    [InlineData("2026-10-25", 10)] // an hour comes twice: five
    [InlineData("2026-10-26", 8)]
    public void A_day_with_a_clock_change_has_as_many_times_as_it_has_open_time(string date, int count)
    {
        var night = new Calendar(London, Enum.GetValues<DayOfWeek>().ToDictionary(day => day, _ => new OpenHours(new TimeOnly(0, 0), new TimeOnly(4, 0))));
        var day = DateOnly.Parse(date);
        var times = CallTimes.Days(CallTimes.Offered(night, Calls, new DateTimeOffset(day.AddDays(-2), new TimeOnly(12, 0), TimeSpan.Zero)), London).Single(each => each.Date == day).Times;
        Assert.Equal(count, times.Count);
        Assert.Equal(count, times.Select(time => (time.Clock, time.Offset)).Distinct().Count()); // a clock that shows an hour twice says which
        Assert.Equal(date == "2026-10-25" ? 4 : 0, times.Count(time => time.Offset is not null));
    }

    [Fact]
    public void Days_and_hours_are_those_of_the_customers_zone()
    {
        var days = CallTimes.Days(CallTimes.Offered(Hours, Calls, Start), TimeZoneInfo.FindSystemTimeZoneById("Pacific/Auckland")); // thirteen hours ahead
        Assert.Equal((new DateOnly(2026, 3, 5), new TimeOnly(0, 0)), (days[0].Date, days[0].Times[0].Clock));
    }

    [Fact]
    public void No_time_is_given_more_often_than_there_are_people_to_call()
    {
        var history = Gen.Choose(0, 9999).ArrayOf(120);
        Prop.ForAll(history.ToArbitrary(), numbers =>
        {
            var taken = new List<CallTime>();
            var most = 1 + numbers[0] % 3;
            foreach (var number in numbers)
            {
                var rules = new CallRules(true, TimeSpan.FromMinutes(new[] { 15, 20, 30, 45 }[number % 4]), most); // the length is changed while others have booked
                var free = CallTimes.Free(Hours, rules, taken, Start.AddMinutes(number % 300));
                if (number % 9 == 0 && taken.Count > 0)
                    taken.RemoveAt(number % taken.Count); // somebody calls off
                else if (free.Count > 0)
                    taken.Add(free[number % Math.Min(free.Count, 12)]);
            }

            Assert.All(taken, time => Assert.InRange(taken.Count(other => other.From <= time.From && time.From < other.To), 1, most));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));
    }

    [Fact]
    public void The_next_attempt_is_on_the_next_open_day_in_its_other_half()
    {
        var free = CallTimes.Free(Hours, Calls, [], Start);
        Assert.Equal(new DateTimeOffset(2026, 3, 5, 13, 0, 0, TimeSpan.Zero), CallTimes.Again(free, Hours, Calls, Start).Time.From); // rung in the morning
        Assert.Equal(new DateTimeOffset(2026, 3, 5, 9, 0, 0, TimeSpan.Zero), CallTimes.Again(free, Hours, Calls, Start.AddHours(5)).Time.From);
        var full = CallTimes.Again([], Hours, Calls, Start);
        Assert.Equal((false, Start.AddDays(1)), (full.IsFree, full.Time.From));
    }
}
