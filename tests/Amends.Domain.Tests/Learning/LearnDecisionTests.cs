using Amends.Domain.Calendars;
using Amends.Domain.Learning;

namespace Amends.Domain.Tests.Learning;

/// <summary>Ten minutes, and one action with an owner and a day.</summary>
public sealed class LearnDecisionTests
{
    private static readonly DateOnly Week = new(2026, 3, 2);
    private static readonly LearnDecision Good = new(4, "Ring before the van comes", 7, new(2026, 3, 20), LearnAction.Improvement, "It costs a minute.", "");

    [Fact]
    public void The_steps_take_ten_minutes()
    {
        Assert.Equal(10, LearnPlan.Steps.Sum(step => step.Minutes));
        Assert.All(LearnPlan.Steps, step => Assert.True(step.Minutes > 0));
    }

    [Fact]
    public void A_week_begins_on_its_monday()
    {
        foreach (var day in Enumerable.Range(2, 7))
            Assert.Equal(Week, LocalDay.MondayOf(new(2026, 3, day)));
        Assert.Equal(Week.AddDays(7), LocalDay.MondayOf(new(2026, 3, 9)));
    }

    [Fact]
    public void What_is_missing_or_too_much_is_said()
    {
        Assert.Equal(Good, (Good with { Action = "  " + Good.Action + " ", Decision = Good.Decision + "\n" }).Checked(Week));
        Refuses("action", Good with { Action = " " });
        Refuses("action", Good with { Action = new string('x', 301) });
        Refuses("owner", Good with { OwnerId = 0 });
        Refuses("due", Good with { Due = Week.AddDays(-1) });
        Refuses("due", Good with { Due = Week.AddDays(367) });
        Refuses("kind", Good with { Kind = 0 });
        Refuses("decision", Good with { Decision = "" });
        Refuses("decision", Good with { Decision = new string('x', 1001) });
        Refuses("people", Good with { People = 0 });
        Refuses("people", Good with { People = 501 });
        Refuses("came", Good with { Came = new string('x', 1001) });
    }

    private static void Refuses(string code, LearnDecision decided) => Assert.Equal(code, Assert.Throws<Refused>(() => decided.Checked(Week)).Code);
}
