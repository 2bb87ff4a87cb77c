using Amends.Domain.Cases;
using Amends.Domain.Customers;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Customers;

public sealed class LastStrawTests
{
    [Fact]
    public void The_second_failure_within_sixty_days_and_an_end_without_a_yes_may_be_the_last_straw()
    {
        var state = Categorised("DEL.late");
        var plain = Earlier(1, 300, "DEL.late");
        Assert.False(LastStraw.Of(state, [plain]).IsNear); // long ago, and put right
        Assert.Equal(299, LastStraw.Of(state, [plain]).Days);
        Assert.Equal([new(LastStrawKind.SameAgain, 2)], LastStraw.Of(state, [plain, Earlier(2, 61, "DEL")]).Reasons); // it ended sixty days before
        Assert.Empty(LastStraw.Of(state, [Earlier(2, 62, "DEL")]).Reasons);
        Assert.Empty(LastStraw.Of(state, [Earlier(2, 20, "DELAY")]).Reasons); // another category that begins alike
        Assert.Empty(LastStraw.Of(Opened().State, [Earlier(2, 20, "DEL")]).Reasons); // nobody said yet what it is
        Assert.Equal([new(LastStrawKind.NeverConfirmed, 3)], LastStraw.Of(state, [Earlier(3, 400, "PRD") with { CloseReason = CloseReason.Unconfirmed }]).Reasons);
        Assert.Equal([new(LastStrawKind.FailedAgain, 4)], LastStraw.Of(state, [Earlier(4, 30, "PRD") with { Failures = 1 }]).Reasons);
        Assert.Empty(LastStraw.Of(state, [Earlier(4, 90, "PRD") with { Failures = 1 }]).Reasons);
    }

    [Fact]
    public void What_fails_in_this_case_counts_with_what_was_before_and_alone_when_it_fails_twice()
    {
        var @case = Offered();
        @case.Choose(1, 1, Channel.Page, null, Amara, Hours, Start);
        @case.FailRemedy(1, "It broke.", Jo, Hours, Start);
        Assert.Empty(LastStraw.Of(@case.State, []).Reasons);
        Assert.Equal([new(LastStrawKind.FailedAgain, null)], LastStraw.Of(@case.State, [Earlier(2, 30, "PRD")]).Reasons);
        @case.PrepareOffer(Draft(20), Jo, Start);
        @case.SendOffer(2, Jo, Hours, Start);
        @case.Choose(2, 1, Channel.Page, null, Amara, Hours, Start);
        @case.FinishRemedy(@case.State.Remedies[^1].Id, null, Jo, Start);
        @case.CompleteDelivery(null, null, Jo, Hours, Start);
        @case.AnswerCheckBack(CheckBacks.CheckBackAnswer.No, null, Channel.Page, "It broke again.", Amara, Hours, Start);
        Assert.Equal([new(LastStrawKind.FailedAgain, null)], LastStraw.Of(@case.State, []).Reasons);
    }

    [Fact]
    public void Only_complaints_before_this_one_count_the_newest_first()
    {
        var straw = LastStraw.Of(Categorised("DEL"), [Earlier(1, 200, null), Earlier(3, -5, "DEL") with { CloseReason = CloseReason.Unconfirmed }, Earlier(2, 100, null)]);
        Assert.Equal([2, 1], straw.Earlier.Select(each => each.Number));
        Assert.Equal((99, false), (straw.Days, straw.IsNear));
        var praise = Case.Open(new Opening(Channel.Mail, CaseKind.Praise, "Thanks", "Thanks!", 7, "Amara"), Amara, Hours, Start);
        Assert.Empty(LastStraw.Of(praise.State, [Earlier(1, 10, null)]).Earlier);
    }

    [Theory]
    [InlineData(5, 120, 20, 10, 100, true)] // every 25 days, 100 days ago the last one
    [InlineData(5, 120, 20, 10, 40, false)] // not yet twice as long
    [InlineData(2, 120, 20, 10, 300, false)] // too few to tell
    [InlineData(5, 120, 20, 30, 300, false)] // ordered after the complaint: they came back
    public void Whoever_ordered_often_complained_and_stopped_is_dormant(int orders, int first, int last, int complained, int later, bool dormant)
    {
        var start = Start;
        Assert.Equal(dormant, Dormancy.IsDormant(orders, start.AddDays(-first), start.AddDays(-last), start.AddDays(-complained), start.AddDays(later - last)));
    }

    [Fact]
    public void Nobody_is_gone_after_a_few_days_however_often_they_order()
    {
        Assert.False(Dormancy.IsDormant(30, Start.AddDays(-30), Start, Start, Start.AddDays(20)));
        Assert.True(Dormancy.IsDormant(30, Start.AddDays(-30), Start, Start, Start.AddDays(22)));
        Assert.Null(Dormancy.UsualGap(3, Start, Start));
    }

    private static CaseState Categorised(string code)
    {
        var @case = Opened();
        @case.Categorise(code, false, Jo, Start);
        return @case.State;
    }

    private static EarlierComplaint Earlier(long number, int daysAgo, string? category) =>
        new(number, "Before", Start.AddDays(-daysAgo), Start.AddDays(1 - daysAgo), CloseReason.Confirmed, category, 0);
}
