using Amends.Domain.Cases;
using Amends.Domain.Issues;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Cases;

public sealed class IssueTests
{
    [Fact]
    public void A_complaint_holds_several_issues_in_the_words_of_whoever_raised_them()
    {
        var @case = Opened();
        @case.RaiseIssue("The kettle leaks", Jo, Start);
        @case.RaiseIssue("Nobody called back", Amara, Start);
        @case.RaiseIssue("Nobody called back ", Jo, Start); // said twice

        Assert.Equal([(1, "The kettle leaks", "Jo"), (2, "Nobody called back", "Amara")], @case.State.Issues.Select(issue => (issue.Id, issue.Words, issue.RaisedBy)));
        Assert.Equal(2, @case.State.OpenIssues.Count());
        Assert.Equal("issue", Assert.Throws<Refused>(() => @case.RaiseIssue(" ", Jo, Start)).Code);
        Assert.Equal("not_allowed", Assert.Throws<Refused>(() => @case.RaiseIssue("x", Rita, Start)).Code);
    }

    [Fact]
    public void Where_no_issue_was_raised_the_first_line_of_what_happened_is_the_first_one()
    {
        var @case = Opened();
        @case.HearWantedOutcome(null, Jo, Start);
        @case.CheckSafety(false, Jo, Start);
        @case.WriteSummary("\n The kettle leaks.\nSince Tuesday.", "Tea", "Options", Jo, Start);
        Assert.Equal("The kettle leaks.", Assert.Single(@case.State.Issues).Words);

        @case.WriteSummary("It leaks, and burned a hand", "Tea", "Options", Jo, Start.AddHours(1));
        Assert.Single(@case.State.Issues);
    }

    [Fact]
    public void An_issue_that_was_raised_by_mistake_stays_in_the_history_with_the_reason()
    {
        var @case = Understood();
        Assert.Equal("issue", Assert.Throws<Refused>(() => @case.WithdrawIssue(1, "Not hers", null, Jo, Start)).Code); // the only one
        @case.RaiseIssue("It drips", Jo, Start);
        Assert.Equal("reason", Assert.Throws<Refused>(() => @case.WithdrawIssue(2, "", 1, Jo, Start)).Code);
        Assert.Equal("issue", Assert.Throws<Refused>(() => @case.WithdrawIssue(2, "The same leak", 2, Jo, Start)).Code);
        @case.WithdrawIssue(2, "The same leak", 1, Jo, Start);

        Assert.Equal((2, 1), (@case.State.Issues.Count, @case.State.Raised.Count()));
        Assert.Equal(("The same leak", 1), (@case.State.Issues[1].Reason, @case.State.Issues[1].MergedInto));
        Assert.Equal("issue", Assert.Throws<Refused>(() => @case.WithdrawIssue(2, "again", null, Jo, Start)).Code);
    }

    [Fact]
    public void An_issue_that_an_offer_leaves_out_blocks_the_end_until_it_is_answered()
    {
        var @case = Understood();
        @case.RaiseIssue("Nobody called back", Jo, Start);
        Assert.Equal("issues", Assert.Throws<Refused>(() => @case.PrepareOffer(Draft() with { Issues = [] }, Max, Start)).Code);
        Assert.Equal("issues", Assert.Throws<Refused>(() => @case.PrepareOffer(Draft() with { Issues = [7] }, Max, Start)).Code);
        @case.PrepareOffer(Draft() with { Issues = [1] }, Max, Start);
        @case.SendOffer(1, Jo, Hours, Start);
        @case.Choose(1, 1, Channel.Page, null, Amara, Hours, Start.AddHours(1));
        @case.FinishRemedy(1, null, Jo, Start.AddHours(2));
        var no = Assert.Throws<Refused>(() => @case.CompleteDelivery(null, null, Jo, Hours, Start.AddHours(2)));
        Assert.Equal("issues_open", no.Code);
        Assert.Contains("“Nobody called back”", no.Message);

        @case.Decide(2, Finding.NotUpheld, "We called twice.", "We call again on Friday.", "call list", Jo, Start.AddHours(2));
        Assert.Equal("issues_open", Assert.Throws<Refused>(() => @case.CompleteDelivery(null, null, Jo, Hours, Start.AddHours(2))).Code); // decided, not told
        @case.SendDecision(Terms(), Jo, Hours, Start.AddHours(2));
        Assert.Equal((CaseStage.Delivering, "We call again on Friday."), (@case.State.Stage, @case.State.Remedies[^1].What)); // it adds to what was chosen
        @case.FinishRemedy(2, null, Jo, Start.AddHours(3));
        @case.CompleteDelivery(null, null, Jo, Hours, Start.AddHours(3));
        Assert.Equal(CaseStage.CheckBack, @case.State.Stage);
    }

    [Fact]
    public void An_offer_answers_all_issues_unless_it_says_which()
    {
        var @case = Understood();
        @case.RaiseIssue("Nobody called back", Jo, Start);
        @case.PrepareOffer(Draft(), Max, Start);
        Assert.Equal([1, 2], @case.State.Offer!.Issues);
        @case.SendOffer(1, Jo, Hours, Start);
        @case.Choose(1, 1, Channel.Page, null, Amara, Hours, Start.AddHours(1));
        Assert.Empty(@case.State.OpenIssues);
    }

    [Fact]
    public void A_case_that_was_stored_before_there_were_issues_walks_on()
    {
        var state = Offered().State with { Issues = [], Offers = [Offered().State.Offer! with { Issues = [] }] };
        var @case = Case.Load(state);
        @case.Choose(1, 1, Channel.Page, null, Amara, Hours, Start.AddHours(1));
        @case.FinishRemedy(1, null, Jo, Start.AddHours(2));
        @case.CompleteDelivery(null, null, Jo, Hours, Start.AddHours(2));
        Assert.Equal(CaseStage.CheckBack, @case.State.Stage);
    }
}
