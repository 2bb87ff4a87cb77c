using System.Buffers.Binary;
using System.Security.Cryptography;
using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Amends.Domain.Handling;
using Amends.Domain.SelfCare;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.SelfCare;

/// <summary>Rest, light words and where none may be, the team's mood, and the draw of cases to look back at.</summary>
public sealed class RestTests
{
    [Theory]
    [InlineData("hhh", 3, true)]
    [InlineData("hh", 3, false)]
    [InlineData("hhehhh", 3, false)] // the newest first: the row ended with an easy one
    [InlineData("hhhe", 3, true)]
    [InlineData("hhhhh", 6, false)]
    [InlineData("h", 1, false)] // one is no row, whatever was set
    [InlineData("", 2, false)]
    public void A_rest_is_suggested_after_so_many_hard_cases_in_a_row(string newestFirst, int after, bool due) =>
        Assert.Equal(due, Breather.IsDue(newestFirst.Select(each => each == 'h'), after));

    [Fact]
    public void Nothing_light_follows_danger_a_need_for_support_mourning_or_no_agreement()
    {
        var closed = new CaseState { Stage = CaseStage.Closed, CloseReason = CloseReason.Confirmed };
        Assert.True(LightSide.Suits(closed));
        Assert.False(LightSide.Suits(closed with { Stage = CaseStage.Working }));
        foreach (var grave in (CaseState[])
        [
            closed with { AtRisk = true }, closed with { CloseReason = CloseReason.Deadlock }, closed with { Referral = new(Referrals.ReferralStage.Signposted) },
            .. Enum.GetValues<SupportNeed>().Select(need => closed with { SupportNeeds = [need] }),
        ])
        {
            Assert.True(LightSide.IsGrave(grave));
            Assert.False(LightSide.Suits(grave));
        }
    }

    [Fact]
    public void A_passing_thought_stands_beside_hard_cases_alone_and_changes_with_the_day()
    {
        var @case = Understood();
        Assert.Null(PassingThoughts.For(@case.State, 1, default));
        @case.SetSeverity(Severity.High, Jo, Start);
        var days = Enumerable.Range(0, 8).Select(day => PassingThoughts.For(@case.State, 1, DateOnly.MinValue.AddDays(day))).ToList();
        Assert.Equal(4, days.Distinct().Count());
        Assert.Contains("It may be a bad day, or the last of several: look at their history.", days);
        Assert.Contains("What could be true here?", days);
        Assert.Null(PassingThoughts.For(@case.State with { AtRisk = true }, 1, default));
        Assert.Null(PassingThoughts.For(@case.State with { SupportNeeds = [SupportNeed.InMourning] }, 1, default));
        Assert.Null(PassingThoughts.For(@case.State with { Stage = CaseStage.Closed }, 1, default));
    }

    [Fact]
    public void The_moods_of_a_team_are_shown_only_for_weeks_that_are_over_and_with_five_people_in_them()
    {
        var today = new DateOnly(2026, 3, 4); // a Wednesday
        List<(long, DateOnly, int)> Four(DateOnly day) => [(1, day, 2), (2, day, 3), (3, day, 4), (4, day, 4)];
        var lastWeek = today.AddDays(-7);
        Assert.All(TeamMood.Of([.. Four(lastWeek), (1, lastWeek.AddDays(1), 5)], today, 3), week => Assert.Null(week.Mean)); // four people, however often they tap
        var weeks = TeamMood.Of([.. Four(lastWeek), (5, lastWeek, 5), (5, lastWeek.AddDays(1), 5), .. Four(today), (5, today, 1)], today, 3);
        Assert.Equal([null, null, 3.5], weeks.Select(week => week.Mean)); // 3.6, rounded to half a step; the present week is not there
        Assert.Equal(new DateOnly(2026, 2, 23), weeks[^1].Begins);
    }

    [Fact]
    public void One_in_so_many_cases_is_drawn_and_the_same_one_always()
    {
        static byte[] Digest(int number)
        {
            Span<byte> bytes = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(bytes, number);
            return SHA256.HashData(bytes);
        }

        Assert.InRange(Enumerable.Range(0, 3000).Count(number => Sample.IsDrawn(Digest(number), 3)), 900, 1100);
        Assert.Equal(100, Enumerable.Range(0, 100).Count(number => Sample.IsDrawn(Digest(number), 1)));
        Assert.Equal(0, Enumerable.Range(0, 100).Count(number => Sample.IsDrawn(Digest(number), 0)));
    }

    [Fact]
    public void The_trend_counts_what_was_judged_and_leaves_out_what_nobody_could_say()
    {
        var (march, april) = (new DateOnly(2026, 3, 1), new DateOnly(2026, 4, 1));
        Reviewed Of(DateOnly month, Leaning leaning) => new(month, new Dictionary<Habit, Leaning> { [Habit.Asking] = leaning });
        Assert.Equal([march, april], ReviewTrend.Months(new DateOnly(2026, 4, 30), 2));
        Assert.Equal([(1, 2), (0, 0)], ReviewTrend.Of([Of(march, Leaning.Did), Of(march, Leaning.Instead), Of(march, Leaning.Open), Of(april, Leaning.Open)], Habit.Asking, [march, april]));
        Assert.Equal([(0, 0)], ReviewTrend.Of([Of(march, Leaning.Did)], Habit.Choice, [march]));
    }

    [Fact]
    public void Nobody_makes_two_calls_at_a_time_when_a_colleague_is_away()
    {
        var day = new CallTime(Start.AddHours(-10), Start.AddHours(14));
        var time = new CallTime(Start, Start.AddMinutes(30));
        Assert.Equal(3, new CallCrew(3, []).AtOnce(3, time));
        Assert.Equal(2, new CallCrew(3, [day]).AtOnce(3, time));
        Assert.Equal(1, new CallCrew(3, [day]).AtOnce(1, time)); // enough people are left
        Assert.Equal(1, new CallCrew(1, [day]).AtOnce(2, time)); // never none: the company said that it takes calls
        Assert.Equal(3, new CallCrew(3, [day]).AtOnce(3, new(Start.AddDays(1), Start.AddDays(1).AddMinutes(30))));
    }
}
