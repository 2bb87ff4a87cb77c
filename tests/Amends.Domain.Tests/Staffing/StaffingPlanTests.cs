using Amends.Domain.Calendars;
using Amends.Domain.Staffing;
using Amends.Domain.Statistics;

namespace Amends.Domain.Tests.Staffing;

public sealed class StaffingPlanTests
{
    private static readonly Calendar London = Calendar.NineToFive(TimeZoneInfo.FindSystemTimeZoneById("Europe/London"));
    private static readonly DateOnly Monday = new(2026, 3, 23); // the clocks go forward on the Sunday of its week

    private static DateTimeOffset At(int day, int hour, int minute) => LocalDay.At(Monday.AddDays(day), new(hour, minute), London.Zone);

    [Fact]
    public void Calls_are_counted_by_half_hour_of_the_desks_clock_over_the_days_it_was_open()
    {
        var profile = ContactProfile.Of([(At(0, 9, 15), 4), (At(7, 9, 15), 2), (At(7, 9, 30), 1), (At(0, 8, 45), 3), (At(5, 12, 0), 5), (At(14, 9, 0), 99), (At(-1, 9, 0), 99)], London, Monday, Monday.AddDays(13));
        Assert.Equal((10, 80, 15, 8), (profile.DaysOpen, profile.Cells.Count, profile.Contacts, profile.OutsideHours));
        var nine = profile.Cells[0];
        Assert.Equal((new HalfHour(DayOfWeek.Monday, 18), 6, 2, 3.0, 2.0), (nine.At, nine.Contacts, nine.Days, nine.Mean, nine.Variance));
        Assert.Equal(PoissonRate.CountInterval(6).High / 2, nine.Within.High, 1e-12);
        Assert.Equal((new HalfHour(DayOfWeek.Monday, 19), 1), (profile.Cells[1].At, profile.Cells[1].Contacts)); // 10:30 of the summer's UTC less one
        Assert.Equal((0, 2), (profile.Cells[2].Contacts, profile.Cells[2].Days)); // a half hour without calls counts with none
        Assert.Equal("mon-0900", profile.Busiest!.At.Code);
        Assert.Equal(1.5, profile.PerDay);
        Assert.True(profile.IsFew);
        Assert.Null(profile.Dispersion);
        Assert.Equal(8 / 15.0, profile.OutsideShare, 12);
    }

    [Fact]
    public void A_closed_day_is_no_day_without_calls()
    {
        var calendar = new Calendar(London.Zone, new Dictionary<DayOfWeek, OpenHours> { [DayOfWeek.Monday] = new(new(9, 10), new(10, 20)) }, new HashSet<DateOnly> { Monday });
        var profile = ContactProfile.Of([(At(0, 9, 30), 5), (At(7, 9, 0), 1), (At(7, 9, 15), 1)], calendar, Monday, Monday.AddDays(13));
        Assert.Equal((1, 6, 1), (profile.DaysOpen, profile.OutsideHours, profile.Cells[0].Contacts));
        Assert.Equal(["mon-0900", "mon-0930", "mon-1000"], profile.Cells.Select(cell => cell.At.Code));
        Assert.All(profile.Cells, cell => Assert.Equal(1, cell.Days));
    }

    [Fact]
    public void Bursts_are_told_from_chance()
    {
        var chance = new SeededChance(3);
        var (even, bursts) = (new List<(DateTimeOffset, int)>(), new List<(DateTimeOffset, int)>());
        for (var week = 0; week < 26; week++)
        {
            for (var day = 0; day < 5; day++)
            {
                for (var slot = 0; slot < 16; slot++)
                {
                    var count = 0;
                    for (var at = chance.Exponential(0.5); at < 1; at += chance.Exponential(0.5))
                        count++;
                    even.Add((At(week * 7 + day, 9 + slot / 2, slot % 2 * 30), count));
                    bursts.Add((At(week * 7 + day, 9 + slot / 2, slot % 2 * 30), week % 4 == 0 ? count * 4 : 0));
                }
            }
        }

        Assert.Equal(1, ContactProfile.Of(even, London, Monday, Monday.AddDays(26 * 7 - 1)).Dispersion!.Value, 0.1);
        var driven = ContactProfile.Of(bursts, London, Monday, Monday.AddDays(26 * 7 - 1));
        Assert.True(driven.Dispersion > 4);
        Assert.Contains(StaffingWarnings.Of(driven, StaffingPlan.Of(driven, driven, 0, new()), true), words => words.StartsWith("Calls come in bursts", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mon-1030", DayOfWeek.Monday, 21)]
    [InlineData("sun-0000", DayOfWeek.Sunday, 0)]
    [InlineData("SAT-2330", DayOfWeek.Saturday, 47)]
    public void A_half_hour_is_read_from_an_address(string code, DayOfWeek day, int number)
    {
        Assert.Equal(new HalfHour(day, number), HalfHour.Parse(code));
        Assert.Equal(code.ToLowerInvariant(), HalfHour.Parse(code)!.Value.Code);
        Assert.All((string?[])[null, "", "mon", "mon-1015", "mon-2400", "mo-1030", "xyz-1030", "mon-1030-1"], bad => Assert.Null(HalfHour.Parse(bad)));
    }

    /// <summary>The published example: a hundred calls in half an hour, three minutes each.</summary>
    [Fact]
    public void A_plan_asks_for_as_many_people_as_the_formulas_and_for_more_on_the_rota()
    {
        var calls = ContactProfile.Of(Enumerable.Range(0, 4).Select(week => (At(week * 7, 10, 0), 100)), London, Monday, Monday.AddDays(27));
        var question = new StaffingQuestion { EachSeconds = 180, PatienceSeconds = 0 };
        var plan = StaffingPlan.Of(calls, ContactProfile.Empty(Monday), 0, question);
        Assert.Equal(("mon-1000", 14, null, 20), (plan.At!.Contacts.At.Code, plan.At.Patient, plan.At.HangingUp, plan.At.Scheduled));
        Assert.Equal([13, 14, 15], plan.Compared.Select(each => each.People));
        Assert.Equal(0.8883500, plan.Compared[1].Patient.ServiceLevel(20), 1e-7);
        Assert.All(plan.Compared, each => Assert.Null(each.Simulated));
        Assert.Equal((7, 10), (plan.HoursNeeded, plan.HoursScheduled)); // the other half hours have no calls and need nobody

        var hangingUp = StaffingPlan.Of(calls, ContactProfile.Empty(Monday), 0, question with { PatienceSeconds = 300 });
        Assert.Equal((14, 13, 19), (hangingUp.At!.Patient, hangingUp.At.HangingUp, hangingUp.At.Scheduled));
        Assert.Equal(0.8581777, hangingUp.Compared[1].HangingUp!.ServiceLevel(20), 1e-7);
        var other = StaffingPlan.Of(calls, ContactProfile.Empty(Monday), 0, question with { At = new(DayOfWeek.Friday, 20), People = 1 });
        Assert.Equal(("fri-1000", 0), (other.At!.Contacts.At.Code, other.At.Needed));
        Assert.Equal([1, 2], other.Compared.Select(each => each.People));
    }

    [Fact]
    public void More_work_than_is_planned_is_turned_down_before_it_is_reckoned()
    {
        var flood = ContactProfile.Of([(At(0, 10, 0), 20_000)], London, Monday, Monday.AddDays(6));
        Assert.True(StaffingPlan.IsTooMuch(flood, new() { EachSeconds = 181 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => StaffingPlan.Of(flood, flood, 0, new() { EachSeconds = 181 }));
        var most = new StaffingQuestion { EachSeconds = 180, People = 1 };
        Assert.False(StaffingPlan.IsTooMuch(flood, most));
        Assert.InRange(StaffingPlan.Of(flood, flood, 0, most).At!.Needed, 1800, 2400);
        Assert.Null(StaffingPlan.Of(flood, flood, 0, most).Compared[0].Simulated);
        Assert.False(StaffingPlan.IsTooMuch(ContactProfile.Empty(Monday), most));
    }

    [Fact]
    public void Mail_is_reckoned_by_the_day_with_one_writer_more_and_one_fewer()
    {
        var mail = ContactProfile.Of(Enumerable.Range(0, 28).Select(day => (At(day, 12, 0), 30)), London, Monday, Monday.AddDays(27)); // on closed days, too: 840 on twenty open days
        var written = StaffingPlan.Of(ContactProfile.Empty(Monday), mail, 60, new() { WriteMinutes = 10, DayMinutes = 300, BusyPercent = 80 }).Written;
        Assert.Equal((42.0, 60, 2), (written.PerDay, written.Waiting, written.Needed)); // 420 of 240 minutes each
        Assert.Equal([(1, 24.0, null), (2, 48.0, 10.0), (3, 72.0, 2.0)], written.Choices);
    }

    [Fact]
    public void What_is_typed_is_read_or_named_in_a_sentence_and_goes_back_into_the_address()
    {
        var usual = new StaffingQuestion { EachSeconds = 250 };
        Dictionary<string, string?> typed = new() { ["weeks"] = "13", ["each"] = " 300 ", ["share"] = "100", ["patience"] = "0", ["people"] = "", ["at"] = "tue-0930", ["write"] = "1e3", ["seed"] = "-1" };
        var (question, errors) = StaffingQuestion.Read(typed.GetValueOrDefault, usual);
        Assert.Equal((13, 300, 80, 0, null, 12), (question.Weeks, question.EachSeconds, question.SharePercent, question.PatienceSeconds, question.People, question.WriteMinutes));
        Assert.Equal(["share", "seed", "write"], errors.Keys);
        Assert.Equal("weeks=13&each=300&patience=0&at=tue-0930", question.Query(usual));
        Assert.Equal("", usual.Query(usual));
        Assert.Equal(question, StaffingQuestion.Read(name => System.Web.HttpUtility.ParseQueryString(question.Query(usual))[name], usual).Question);
        Assert.Equal(["weeks", "at"], StaffingQuestion.Read(name => name is "weeks" or "at" ? "9" : null, usual).Errors.Keys);
    }

    [Fact]
    public void Too_few_calls_small_desks_and_calls_while_closed_are_said()
    {
        var none = ContactProfile.Of([], London, Monday, Monday.AddDays(6));
        Assert.StartsWith("There are no calls", Assert.Single(StaffingWarnings.Of(none, StaffingPlan.Of(none, none, 0, new()), true)));
        var few = ContactProfile.Of([(At(0, 9, 0), 5), (At(0, 20, 0), 5)], London, Monday, Monday.AddDays(6));
        var words = StaffingWarnings.Of(few, StaffingPlan.Of(few, few, 0, new()), false);
        Assert.Equal(["The number of calls is too small: 10 calls", "These are calls that somebody wrote down.", "50 of a hundred calls come while you are closed.", "With 3 people or fewer"], words.Select(each => new[] { "The number of calls is too small: 10 calls", "These are calls that somebody wrote down.", "50 of a hundred calls come while you are closed.", "With 3 people or fewer" }.First(each.StartsWith)));
        Assert.NotNull(StaffingPlan.Of(few, few, 0, new()).Compared[0].Simulated);
    }
}
