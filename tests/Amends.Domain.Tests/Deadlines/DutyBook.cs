using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.Deadlines;

namespace Amends.Domain.Tests.Deadlines;

/// <summary>Presets and a calendar that the tests of deadlines share.</summary>
internal static class DutyBook
{
    public static readonly HolidayCalendar Company = new(HolidayCalendars.Company, 3, "Ours", [DayOfWeek.Saturday, DayOfWeek.Sunday], []);

    public static readonly DeadlineBook Book = new(
    [
        Of("shop", [Duty("acknowledge", 1, TimeUnit.BusinessDays, Fulfilment.Acknowledgement, Fulfilment.Word), Duty("answer", 10, TimeUnit.BusinessDays, Fulfilment.Decision, Fulfilment.Offer, Fulfilment.Closed)]) with
        {
            Extensions = [new ExtensionRule("answer", new Term(10, TimeUnit.BusinessDays), "once", [])],
        },
        Of("law", [Duty("acknowledge", 2, TimeUnit.BusinessDays, Fulfilment.Acknowledgement) with { UnlessMet = "quick:summary" }, Duty("final", 8, TimeUnit.Weeks, Fulfilment.FinalLetter) with { UnlessMet = "quick:summary" },
            Duty("update", 5, TimeUnit.BusinessDays, Fulfilment.Word) with { Repeats = true }, Duty("stage-two", 20, TimeUnit.BusinessDays, Fulfilment.FinalLetter) with { StartsOn = StartsOn.Escalation }]),
        Of("quick", [Duty("summary", 3, TimeUnit.BusinessDays, Fulfilment.SummaryLetter) with { IsTarget = true }]),
        Of("by-hand", [Duty("agreed", 10, TimeUnit.BusinessDays, Fulfilment.Delivered) with { StartsOn = StartsOn.AgreedPlan }]) with { Trigger = new Trigger("by hand", false) },
        Of("paper", [Duty("answer", 1, TimeUnit.BusinessDays, Fulfilment.FinalLetter)]) with { Trigger = new Trigger("letters", true) { Channels = [Channel.Letter] } },
        Of("off", [Duty("answer", 1, TimeUnit.BusinessDays, Fulfilment.FinalLetter)]),
    ], new HashSet<string> { "shop", "law", "quick", "by-hand", "paper" }, [Company], new DayRules(TimeZoneInfo.Utc, new TimeOnly(17, 0)));

    public static Milestone Duty(string name, int amount, TimeUnit unit, params Fulfilment[] metBy) => new(name, name, StartsOn.Received, new Term(amount, unit), metBy);

    public static Preset Of(string key, IReadOnlyList<Milestone> milestones) => new()
    {
        Key = key, Version = 1, Title = key, Jurisdiction = "-", Sector = "-", AsOf = new(2026, 1, 1), Confidence = Confidence.Own, Sources = [], Note = "", Trigger = new Trigger("all", true), Milestones = milestones,
    };
}
