using Amends.Domain.Calendars;

namespace Amends.Domain.Tests.Calendars;

public sealed class CalendarTests
{
    private static readonly Calendar London = Calendar.NineToFive(TimeZoneInfo.FindSystemTimeZoneById("Europe/London"));
    private static readonly DateTimeOffset FridayFour = new(2026, 3, 6, 16, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset MondayTen = new(2026, 3, 9, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Two_open_hours_after_Friday_four_is_Monday_ten() => Assert.Equal(MondayTen, London.After(FridayFour, TimeSpan.FromHours(2)));

    [Fact]
    public void Two_open_hours_before_Monday_ten_is_Friday_four() => Assert.Equal(FridayFour, London.Before(MondayTen, TimeSpan.FromHours(2)));

    [Fact]
    public void Between_counts_open_time_only() => Assert.Equal(TimeSpan.FromHours(2), London.Between(FridayFour, MondayTen));

    [Fact]
    public void The_weekend_opens_on_Monday() => Assert.Equal(MondayTen.AddHours(-1), London.NextOpen(FridayFour.AddDays(1)));

    [Fact]
    public void A_holiday_is_passed_over()
    {
        var calendar = new Calendar(TimeZoneInfo.Utc, new Dictionary<DayOfWeek, OpenHours> { [DayOfWeek.Monday] = new(new(9, 0), new(17, 0)) }, new HashSet<DateOnly> { new(2026, 3, 9) });

        Assert.Equal(new DateTimeOffset(2026, 3, 16, 9, 0, 0, TimeSpan.Zero), calendar.NextOpen(FridayFour));
    }

    [Fact]
    public void Clocks_that_change_on_the_way_do_not_move_opening()
    {
        var before = new DateTimeOffset(2026, 3, 27, 17, 0, 0, TimeSpan.Zero); // Friday before summer time

        Assert.Equal(new DateTimeOffset(2026, 3, 30, 9, 0, 0, TimeSpan.FromHours(1)), London.NextOpen(before));
    }

    [Fact]
    public void A_desk_that_never_opens_counts_plain_time_instead_of_searching_for_ever()
    {
        var never = new Calendar(TimeZoneInfo.Utc, new Dictionary<DayOfWeek, OpenHours>());

        Assert.Equal(FridayFour.AddHours(4), never.After(FridayFour, TimeSpan.FromHours(4)));
        Assert.Equal(FridayFour, never.NextOpen(FridayFour));
    }
}
