using Amends.Domain.Causes;
using Amends.Domain.Improvements;
using Amends.Domain.People;
using Amends.Domain.Tests.Cases;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Improvements;

/// <summary>A corrective action from its proposal to its end, and what may be said of it.</summary>
public sealed class ImprovementItemTests
{
    private static readonly Actor Marta = Actor.Person(9, "Marta", Role.Manager);
    private static readonly DateOnly Today = new(2026, 3, 4);
    private static readonly ImprovementPlan Plan = new("Test the seal before it is sold", "Kettles leak within weeks.") { OwnerId = Jo.Id, Owner = "Jo", Due = Today.AddDays(10), By = Dimension.Lot, Of = "L-7", TriggerFrom = Today.AddDays(-20), TriggerUntil = Today.AddDays(-10) };

    [Fact]
    public void It_goes_from_a_proposal_by_a_decision_and_a_day_to_an_end_and_each_move_says_who_when_and_why()
    {
        var item = ImprovementItem.Propose(Plan, ["Jo", "Lea"], Jo, Start);
        Assert.Equal((ImprovementState.Proposed, ImprovementMove.Proposed, Jo, Start), (item.State, item.News!.Move, item.News.By, item.News.At));
        Assert.Equal("not_allowed", Code(() => item.Agree("It is worth it.", Lea, Start)));
        Assert.Equal("reason", Code(() => item.Agree(" ", Marta, Start)));
        Assert.Equal("owner", Code(() => (item with { Plan = Plan with { OwnerId = null } }).Agree("Yes.", Marta, Start)));
        Assert.Equal("due", Code(() => (item with { Plan = Plan with { Due = null } }).Agree("Yes.", Marta, Start)));
        item = item.Agree("It is worth it.", Marta, Start.AddHours(1));
        Assert.Equal(("It is worth it.", "Marta", Start.AddHours(1), ImprovementState.Agreed), (item.Decision, item.DecidedBy, item.DecidedAt, item.News!.To));
        Assert.Equal("not_allowed", Code(() => item.Start(null, Actor.Person(33, "Sam", Role.Agent), Start))); // neither theirs nor a lead
        item = item.Start(null, Jo, Start.AddDays(1));
        Assert.Equal("since", Code(() => item.Finish("Tested.", Start.AddDays(3), Jo, Start.AddDays(2))));
        item = item.Finish("Every lot is tested.", Start.AddDays(1), Jo, Start.AddDays(2));
        Assert.Equal("trigger", Code(() => (item with { Plan = Plan with { TriggerFrom = null, TriggerUntil = null } }).Watch(null, Jo, Start.AddDays(3))));
        Assert.Equal("measure", Code(() => (item with { Plan = Plan with { By = Dimension.None } }).Watch(null, Jo, Start.AddDays(3))));
        item = item.Watch(500, Jo, Start.AddDays(3));
        Assert.Equal("measure", Code(() => item.Change(Plan with { Of = "L-8" }, "That one looks better.", [], Jo, Start.AddDays(4)))); // or anything could be shown
        Assert.Equal("It takes longer. (due: 2026-03-24)", item.Change(Plan with { Due = Today.AddDays(20) }, "It takes longer.", [], Jo, Start).News!.Words);

        var chance = new Effect(Dimension.Lot, 24, 1000, 3, 200);
        Assert.Contains("Not yet shown: need", Assert.Throws<Refused>(() => item.ShowEffective(chance, Lea, Start.AddDays(40))).Message);
        Assert.Equal("not_allowed", Code(() => item.ShowEffective(new(Dimension.Lot, 24, 1000, 9, 1000), Jo, Start)));
        var shown = item.ShowEffective(new(Dimension.Lot, 24, 1000, 9, 1000), Lea, Start.AddDays(40));
        Assert.Equal((ImprovementState.Effective, true), (shown.State, shown.News!.Words.EndsWith("Shown: it helped.", StringComparison.Ordinal)));
        var failed = item.FindNotEffective("They leak from the lid now.", chance, Lea, Start.AddDays(40));
        Assert.Equal((ImprovementState.NotEffective, true), (failed.State, failed.IsOver));
        Assert.Equal("due", Code(() => failed.Reopen("The lid, too.", Today.AddDays(-1), Today, Lea, Start.AddDays(41))));
        var again = failed.Reopen("The lid, too.", Today.AddDays(30), Today, Lea, Start.AddDays(41));
        Assert.Equal((ImprovementState.InProgress, null, Today.AddDays(30)), (again.State, again.HoldsFrom, again.Plan.Due));
        Assert.Equal("state", Code(() => again.Reopen("Once more.", Today.AddDays(30), Today, Lea, Start)));
        Assert.Equal((true, false), (again.IsLate(Today.AddDays(31)), shown.IsLate(Today.AddDays(99))));
    }

    [Fact]
    public void What_was_declined_is_a_proposal_again_and_a_person_is_never_the_problem()
    {
        Assert.Equal("person", Code(() => ImprovementItem.Propose(Plan with { Problem = "Lea forgets the seal." }, ["Jo", "Lea"], Jo, Start)));
        Assert.Equal("not_allowed", Code(() => ImprovementItem.Propose(Plan, [], Rita, Start)));
        var declined = ImprovementItem.Propose(Plan, [], Jo, Start).Decline("The supplier does it already.", Marta, Start);
        Assert.Equal((ImprovementState.Declined, "The supplier does it already."), (declined.State, declined.Decision));
        Assert.Equal((ImprovementState.Proposed, null), (declined.Reopen("They do not.", null, Today, Lea, Start) is var back ? back.State : default, back.Decision));
        foreach (var (code, plan) in new[] { ("what", Plan with { What = "" }), ("problem", Plan with { Problem = " " }), ("of", Plan with { Of = " " }), ("trigger", Plan with { TriggerUntil = null }), ("trigger", Plan with { TriggerUntil = Today.AddDays(-30) }), ("settle", Plan with { SettleDays = 366 }), ("cost", Plan with { CostMinor = -1 }), ("benefit", Plan with { BenefitMinor = ImprovementPlan.MostMinor + 1 }) })
            Assert.Equal(code, Code(() => ImprovementItem.Propose(plan, [], Jo, Start)));
    }

    [Fact]
    public void Why_upon_why_is_asked_of_many_complaints_too_and_a_person_is_asked_once_more()
    {
        var item = ImprovementItem.Propose(Plan, [], Jo, Start).AskWhy("The seal shrinks", null, "The stamp on it", 1001, false, ["Lea"], Jo, Start);
        Assert.Equal("person", Code(() => item.AskWhy("Lea ordered it", 1, null, null, false, ["Lea"], Jo, Start)));
        item = item.AskWhy("Nothing says that a change of rubber is told", 1, null, null, true, ["Lea"], Jo, Start);
        Assert.Equal([(1, null, 1001L), (2, 1, null)], item.Whys.Select(why => (why.Id, why.Under, why.SeenIn)));
        Assert.Null(item.AskWhy("The seal shrinks", null, null, null, false, [], Jo, Start).News); // the same twice is one
        Assert.Equal("under", Code(() => item.TakeBackWhy(1, "It does not.", Jo, Start)));
        Assert.Equal((false, "It does."), (item.TakeBackWhy(2, "It does.", Jo, Start).Whys[1] is var gone && gone.Stands, gone.Reason));
    }

    [Fact]
    public void What_is_shown_is_shown_by_the_exact_test_and_what_is_missing_is_said_plainly()
    {
        var shown = new Effect(Dimension.Lot, 24, 1000, 9, 1000);
        Assert.True(shown.IsShown);
        Assert.Equal(0.375, shown.Ratio!.Value, 6);
        Assert.Equal((1 / 6.519001152537934, 1 / 1.1966511151503199), (shown.Within!.Value.Low, shown.Within.Value.High!.Value), new Near(1e-6));
        Assert.StartsWith("Before: 24 of 1,000 orders (24 per 1,000). After: 9 of 1,000 (9 per 1,000). The rate after is 0.38 times the rate before (95 % interval 0.15 to 0.84). Shown", shown.Words());

        var not = new Effect(Dimension.Lot, 24, 1000, 3, 200);
        Assert.False(not.IsShown);
        Assert.Contains($"need {not.Needed!.Value:N0} more orders", not.Words());
        var more = not.Needed!.Value / 200;
        Assert.True(new Effect(Dimension.Lot, 24, 1000, (long)Math.Floor(3 * (1 + more)), (long)Math.Ceiling(200 * (1 + more)) + 1).IsShown); // that much would show it
        Assert.Contains("it is not better than before", new Effect(Dimension.Lot, 5, 1000, 9, 1000).Words());
        Assert.Contains("too little was counted before", new Effect(Dimension.Carrier, 1, 50, 1, 60).Words());
        Assert.Contains("nothing to compare with", new Effect(Dimension.Promises, 0, 0, 1, 60).Words());
        Assert.False(new Effect(Dimension.Lot, 0, 0, 0, 0).IsShown);
    }

    [Fact]
    public void The_days_that_made_us_look_do_not_count_as_before_and_the_newest_orders_wait_until_complaints_would_have_come()
    {
        static DateTimeOffset Begins(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        Assert.Null(CountedDays.Of(Plan, null, Start, Begins));
        var days = CountedDays.Of(Plan, Start, Start.AddDays(60), Begins)!;
        Assert.Equal((Start.AddDays(-180), Start, Begins(Today.AddDays(-20)), Begins(Today.AddDays(-9)), Start, Start.AddDays(46)), (days.BeforeFrom, days.BeforeUntil, days.WithoutFrom, days.WithoutUntil, days.AfterFrom, days.AfterUntil));
        Assert.Equal(Start.AddDays(60), CountedDays.Of(Plan with { By = Dimension.Promises }, Start, Start.AddDays(60), Begins)!.AfterUntil);
        Assert.Equal(Start, CountedDays.Of(Plan, Start, Start.AddDays(3), Begins)!.AfterUntil); // nothing can be counted yet
    }

    [Fact]
    public void A_letter_quotes_nothing_but_their_own_words()
    {
        ChangeLetterRule.MustQuote("You wrote: “It leaks  from the\nbottom.” We changed it.", ["Hello, it leaks from the bottom. Since Monday."]);
        Assert.Contains("“I love you” stands in quotation marks", Assert.Throws<Refused>(() => ChangeLetterRule.MustQuote("You said “I love you”.", ["It leaks."])).Message);
        var closed = CaseAnswered();
        Assert.Empty(ChangeLetterRule.Against(closed.State, 4, false));
        Assert.Equal([Amends.Domain.FollowOns.FollowOnRefusal.WantsNone], ChangeLetterRule.Against(closed.State, 4, true));
        closed.SendFollowOn(8, false, null, false, Jo, Start.AddDays(9));
        closed.TellChange(4, 9, false, Jo, Start.AddDays(9)); // a letter of thanks does not stand against it
        Assert.Equal("follow_on", Code(() => closed.TellChange(4, 10, false, Jo, Start.AddDays(9))));
        closed.TellChange(5, 11, false, Jo, Start.AddDays(9));
        Assert.Equal([4L, 5], closed.State.ToldChanges.Select(told => told.ImprovementId));
        Assert.Equal("follow_on", Code(() => Opened().TellChange(4, 9, false, Jo, Start)));
    }

    private static Amends.Domain.Cases.Case CaseAnswered()
    {
        var @case = AskedBack();
        @case.AnswerCheckBack(CheckBacks.CheckBackAnswer.Yes, 5, Amends.Domain.Cases.Channel.Page, "All well.", Amara, Hours, Start.AddDays(8));
        return @case;
    }

    private static string Code(Action act) => Assert.Throws<Refused>(act).Code;

    private static string Code(Func<object> act) => Assert.Throws<Refused>(act).Code;

    private sealed class Near(double by) : IEqualityComparer<(double, double)>
    {
        public bool Equals((double, double) one, (double, double) other) => Math.Abs(one.Item1 - other.Item1) < by && Math.Abs(one.Item2 - other.Item2) < by;
        public int GetHashCode((double, double) of) => 0;
    }
}
