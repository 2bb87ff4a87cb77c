using Amends.Data;
using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.Deadlines;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Remedies;

namespace Amends.Tests.Storage;

/// <summary>The preset with a second stage, as its file has it: the clocks of that stage start when somebody else begins to look.</summary>
public sealed class SecondStageClockTests
{
    private static readonly Actor Jo = Actor.Person(1, "Jo", Role.Owner), Lea = Actor.Person(2, "Lea", Role.Lead), Amara = Actor.Customer(7, "Amara");
    private static readonly Calendar Hours = Calendar.NineToFive(TimeZoneInfo.Utc);

    private static readonly DeadlineBook Book = new(PresetFiles.All, new HashSet<string> { "uk-housing-code" }, [.. PresetFiles.Calendars, new HolidayCalendar(HolidayCalendars.Company, 1, "Ours", [], [])],
        new DayRules(TimeZoneInfo.Utc, new TimeOnly(17, 0)));

    [Theory] // working days in England and Wales, counted by hand
    [InlineData("2026-08-24", "2026-09-01", "2026-09-22")]
    [InlineData("2026-12-18", "2026-12-29", "2027-01-20")]
    [InlineData("2026-05-01", "2026-05-11", "2026-06-02")]
    [InlineData("2026-08-29", "2026-09-07", "2026-09-28")]
    public void It_is_acknowledged_within_5_and_answered_within_20_working_days_after_it_began(string begun, string acknowledged, string answered)
    {
        var at = new DateTimeOffset(DateTime.Parse(begun, System.Globalization.CultureInfo.InvariantCulture).AddHours(10), TimeSpan.Zero);
        var before = at.AddHours(-2);
        var @case = Case.Open(new Opening(Channel.Mail, CaseKind.Complaint, "The boiler", "It is cold.", Amara.Id, Amara.Name), Amara, Hours, before);
        @case.HearWantedOutcome("Heating", Jo, before);
        @case.CheckSafety(false, Jo, before);
        @case.WriteSummary("The boiler is out", "A warm flat", "Options today", Jo, before);
        @case.PrepareOffer(new Case.Draft([new Option(1, "A heater", "Until then.", [new OptionRemedy(RemedyKind.Redo, "A heater", Domain.Money.Zero("EUR"), before.AddDays(2))], true)], null, before.AddDays(3), before.AddDays(7)), Jo, before);
        @case.SendOffer(1, Jo, Hours, before);
        @case.Decline(1, Channel.Page, "The boiler, please.", Amara, Hours, before);
        @case.BeginReview(Lea, "“The boiler, please.”", Jo, Hours, at);
        @case.FollowDuties(Book);

        DateOnly Due(string name) => DueDates.DayOf(@case.State.Duties.Single(duty => duty.Milestone == name).DueAt, TimeZoneInfo.Utc);
        Assert.Equal((acknowledged, answered), (Due("stage-two-acknowledge").ToString("O"), Due("stage-two").ToString("O")));
        Assert.All(@case.State.Duties.Where(duty => duty.Milestone.StartsWith("stage-two", StringComparison.Ordinal)), duty => Assert.Equal((at, "gb-ew", 2), (duty.StartedAt, duty.Calendar, duty.PresetVersion)));
    }
}
