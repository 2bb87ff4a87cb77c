using Amends.Domain.Deadlines;

namespace Amends.Domain.Tests.Deadlines;

/// <summary>Periods, counted by hand elsewhere; the holiday sets are test data and stand here whole.</summary>
public sealed class DueDatesTests
{
    private static readonly DayOfWeek[] Weekend = [DayOfWeek.Saturday, DayOfWeek.Sunday];

    private static readonly HolidayCalendar EnglandWales = new("gb-ew", 1, "England and Wales", Weekend,
        Days("2026-01-01 2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28 2027-01-01 2027-03-26 2027-03-29"));

    private static readonly HolidayCalendar Ireland = new("ie", 1, "Ireland", Weekend,
        Days("2026-01-01 2026-02-02 2026-03-17 2026-04-06 2026-05-04 2026-06-01 2026-08-03 2026-10-26 2026-12-25 2026-12-26 2027-01-01"));

    [Theory]
    [InlineData("2026-08-24", "2026-08-27", "2026-09-01", "2026-09-08", "2026-09-15", "2026-10-13", "2026-10-05", "2026-10-19", "2026-09-23", "2026-09-08", "2026-10-23")]
    [InlineData("2026-12-18", "2026-12-23", "2026-12-29", "2027-01-06", "2027-01-13", "2027-02-10", "2027-01-29", "2027-02-12", "2027-01-17", "2027-01-02", "2027-02-16")]
    [InlineData("2026-05-01", "2026-05-07", "2026-05-11", "2026-05-18", "2026-05-26", "2026-06-23", "2026-06-12", "2026-06-26", "2026-05-31", "2026-05-16", "2026-06-30")]
    [InlineData("2026-08-29", "2026-09-03", "2026-09-07", "2026-09-14", "2026-09-21", "2026-10-19", "2026-10-10", "2026-10-24", "2026-09-28", "2026-09-13", "2026-10-28")]
    public void Periods_from_a_day_in_England_and_Wales_end_on_the_days_that_were_counted_by_hand(
        string received, string bd3, string bd5, string bd10, string bd15, string bd35, string sixWeeks, string eightWeeks, string cd30, string cd15, string cd60)
    {
        (Term Term, string Due)[] expected =
        [
            (new(3, TimeUnit.BusinessDays), bd3), (new(5, TimeUnit.BusinessDays), bd5), (new(10, TimeUnit.BusinessDays), bd10), (new(15, TimeUnit.BusinessDays), bd15), (new(35, TimeUnit.BusinessDays), bd35),
            (new(6, TimeUnit.Weeks), sixWeeks), (new(8, TimeUnit.Weeks), eightWeeks), (new(30, TimeUnit.CalendarDays), cd30), (new(15, TimeUnit.CalendarDays), cd15), (new(60, TimeUnit.CalendarDays), cd60),
        ];
        Assert.All(expected, each => Assert.Equal(Day(each.Due), DueDates.Day(Day(received), each.Term, EnglandWales)));
    }

    [Theory]
    [InlineData("2026-08-24", "2026-08-31", "2026-09-21", "2026-10-19")]
    [InlineData("2026-12-18", "2026-12-28", "2027-01-19", "2027-02-16")]
    [InlineData("2026-05-01", "2026-05-11", "2026-06-02", "2026-06-30")]
    public void Periods_from_a_day_in_Ireland_end_on_the_days_that_were_counted_by_hand(string received, string bd5, string bd20, string bd40) =>
        Assert.All([(5, bd5), (20, bd20), (40, bd40)], each => Assert.Equal(Day(each.Item2), DueDates.Day(Day(received), new(each.Item1, TimeUnit.BusinessDays), Ireland)));

    [Theory]
    [InlineData("2026-01-31", 1, "2026-02-28")]
    [InlineData("2028-01-31", 1, "2028-02-29")]
    [InlineData("2026-08-31", 6, "2027-02-28")]
    [InlineData("2026-03-15", 2, "2026-05-15")]
    public void A_month_ends_on_the_same_day_or_on_the_last_one_of_a_shorter_month(string from, int months, string due) =>
        Assert.Equal(Day(due), DueDates.Day(Day(from), new(months, TimeUnit.Months), EnglandWales));

    [Theory]
    [InlineData("2026-03-04", 20, "2026-05-20")] // the cycle that runs until 20 March is not complete
    [InlineData("2026-03-20", 20, "2026-05-20")]
    [InlineData("2026-03-21", 20, "2026-06-20")]
    [InlineData("2026-01-05", 31, "2026-03-31")]
    [InlineData("2025-12-31", 31, "2026-02-28")]
    [InlineData("2026-03-04", null, "2026-05-04")] // nobody knows when it closes: never later than two months
    public void Billing_cycles_count_when_they_are_complete(string from, int? closesOn, string due) =>
        Assert.Equal(Day(due), DueDates.Day(Day(from), new(2, TimeUnit.BillingCycles), EnglandWales, closesOn));

    [Fact]
    public void A_duty_of_days_can_be_met_until_midnight_where_we_are_and_one_of_hours_runs_through_the_night()
    {
        var rules = new DayRules(TimeZoneInfo.FindSystemTimeZoneById("Europe/London"), new TimeOnly(17, 0));
        var days = new Milestone("answer", "Answer", StartsOn.Received, new(3, TimeUnit.BusinessDays), [Fulfilment.FinalLetter]);
        var received = new DateTimeOffset(2026, 8, 23, 23, 30, 0, TimeSpan.Zero); // half past midnight on Monday in London
        Assert.Equal(Utc(2026, 8, 27, 23, 0), DueDates.Moment(received, days, EnglandWales, rules)); // Thursday's midnight in London's summer
        Assert.Equal(Utc(2026, 8, 27, 16, 0), DueDates.Moment(received, days with { ByCloseOfBusiness = true }, EnglandWales, rules));
        Assert.Equal(received.AddHours(24), DueDates.Moment(received, days with { Term = new(24, TimeUnit.ClockHours) }, EnglandWales, rules));
    }

    [Fact]
    public void What_comes_after_the_closing_hour_counts_as_received_that_day_unless_the_rule_says_otherwise()
    {
        var rules = new DayRules(TimeZoneInfo.Utc, new TimeOnly(17, 0));
        var usual = new Milestone("answer", "Answer", StartsOn.Received, new(1, TimeUnit.BusinessDays), [Fulfilment.FinalLetter]);
        var late = usual with { AfterCutOffIsNextDay = true };
        var evening = Utc(2026, 8, 24, 17, 1); // a Monday
        Assert.Equal(Utc(2026, 8, 26, 0, 0), DueDates.Moment(evening, usual, EnglandWales, rules));
        Assert.Equal(Utc(2026, 8, 27, 0, 0), DueDates.Moment(evening, late, EnglandWales, rules));
        Assert.Equal(Utc(2026, 8, 26, 0, 0), DueDates.Moment(evening.AddMinutes(-1), late, EnglandWales, rules));
        Assert.Equal(Utc(2026, 9, 3, 0, 0), DueDates.Moment(Utc(2026, 8, 29, 9, 0), late, EnglandWales, rules)); // Saturday before a bank holiday: received on Tuesday, due on Wednesday
    }

    [Fact]
    public void A_longest_period_cuts_off_another_one()
    {
        var cycles = new Milestone("answer", "Answer", StartsOn.Received, new(4, TimeUnit.BillingCycles), [Fulfilment.FinalLetter]) { AtMost = new(90, TimeUnit.CalendarDays) };
        Assert.Equal(Utc(2026, 6, 3, 0, 0), DueDates.Moment(Utc(2026, 3, 4, 10, 0), cycles, EnglandWales, new DayRules(TimeZoneInfo.Utc, new TimeOnly(17, 0))));
    }

    [Fact]
    public void Nonsense_is_refused()
    {
        Assert.Throws<ArgumentException>(() => DueDates.Day(Day("2026-01-01"), new(-1, TimeUnit.Weeks), EnglandWales));
        Assert.Throws<ArgumentException>(() => DueDates.Day(Day("2026-01-01"), new(1, TimeUnit.ClockHours), EnglandWales));
        Assert.Throws<ArgumentOutOfRangeException>(() => DueDates.Day(Day("2026-01-01"), new(1, TimeUnit.BillingCycles), EnglandWales, 32));
        Assert.Throws<InvalidOperationException>(() => DueDates.Day(Day("2026-01-01"), new(1, TimeUnit.BusinessDays), new HolidayCalendar("never", 1, "Never", Enum.GetValues<DayOfWeek>(), [])));
    }

    [Fact]
    public void A_midnight_belongs_to_the_day_that_it_ends()
    {
        var london = TimeZoneInfo.FindSystemTimeZoneById("Europe/London");
        Assert.Equal(Day("2026-08-27"), DueDates.DayOf(Utc(2026, 8, 27, 23, 0), london));
        Assert.Equal(Utc(2026, 8, 27, 23, 0), DueDates.EndOf(Day("2026-08-27"), london));
    }

    private static DateTimeOffset Utc(int year, int month, int day, int hour, int minute) => new(year, month, day, hour, minute, 0, TimeSpan.Zero);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static DateOnly[] Days(string text) => [.. text.Split(' ').Select(Day)];
}
