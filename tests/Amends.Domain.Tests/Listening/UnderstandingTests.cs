using Amends.Domain.Cases;
using Amends.Domain.Listening;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Listening;

public sealed class UnderstandingTests
{
    [Fact]
    public void What_it_means_for_them_goes_into_the_summary_and_the_customer_may_put_it_right()
    {
        var @case = Opened();
        @case.HearWantedOutcome(null, Jo, Start);
        @case.CheckSafety(false, Jo, Start);
        @case.HearImpact("No tea before work", Jo, Start);
        @case.WriteSummary("It leaks", "Tea", "Options", Jo, Start);
        Assert.Equal("No tea before work", @case.State.Summary!.Impact);

        @case.HearImpact(" No tea, and a wet table every morning ", Amara, Start.AddHours(1));
        Assert.Equal("No tea, and a wet table every morning", @case.State.Impact);
        Assert.Equal("No tea before work", @case.State.Summary.Impact); // what we had understood stays as it was sent
        @case.WriteSummary("It leaks", "Tea", "Options", Jo, Start.AddHours(2), "A wet table");
        Assert.Equal(("A wet table", "A wet table"), (@case.State.Impact, @case.State.Summary.Impact));
        Assert.Equal("impact", Assert.Throws<Refused>(() => @case.HearImpact(" ", Jo, Start)).Code);
        Assert.Equal("too_long", Assert.Throws<Refused>(() => @case.HearImpact(new string('x', 501), Jo, Start)).Code);
        Assert.Equal("not_allowed", Assert.Throws<Refused>(() => @case.HearImpact("x", Rita, Start)).Code);
    }

    [Fact]
    public void The_first_impression_and_the_confirmed_category_are_kept_apart_with_all_that_was_before()
    {
        var @case = Opened();
        @case.Categorise("DEL.late", false, Jo, Start);
        @case.Categorise("DEL.late", false, Jo, Start); // the same again
        @case.Categorise("PRD.defective", true, Lea, Start.AddHours(1));
        @case.Categorise("PRD.quality", true, Lea, Start.AddHours(2));

        Assert.Equal(("DEL.late", "PRD.quality"), (@case.State.FirstImpression!.Code, @case.State.ConfirmedCategory!.Code));
        Assert.Equal(["DEL.late", "PRD.defective", "PRD.quality"], @case.State.Categories.Select(each => each.Code));
        Assert.Equal("category", Assert.Throws<Refused>(() => @case.Categorise("DEL.lost", false, Jo, Start)).Code); // an impression comes too late
        Assert.All((string[])["del", "DEL.", "DEL late", "DELL", "D3L.x", "DEL.Late", ""], code => Assert.Equal("category", Assert.Throws<Refused>(() => @case.Categorise(code, true, Jo, Start)).Code));
    }

    [Fact]
    public void A_complaint_about_how_we_handled_one_is_told_to_a_lead_once()
    {
        var @case = Opened();
        @case.Categorise("HND", false, Jo, Start);
        @case.Categorise("HND.slow", true, Jo, Start);
        Assert.Equal(1, @case.State.Escalation);
    }

    [Fact]
    public void A_question_that_is_answered_keeps_its_answer_and_a_newer_one_stands_beside_it()
    {
        var @case = Opened();
        @case.Answer("ANY.since", "Since when?", "Since Tuesday", Jo, Start);
        @case.Answer("ANY.since", "Since when?", "Since Tuesday ", Jo, Start);
        @case.Answer("ANY.since", "Since when?", "Since Monday", Lea, Start.AddHours(1));
        Assert.Equal(["Since Tuesday", "Since Monday"], @case.State.Answers.Select(answer => answer.Words));
        Assert.Equal(("Since Monday", "Lea"), (@case.State.AnswerTo("ANY.since")!.Words, @case.State.AnswerTo("ANY.since")!.By));
        Assert.Null(@case.State.AnswerTo("ANY.other"));
    }

    [Fact]
    public void The_ladder_of_whys_may_part_keeps_what_was_wrong_and_ends_where_we_can_change_something()
    {
        var @case = Opened();
        @case.AskWhy("The seal was missing", null, "photo 2", false, Jo, Start);
        @case.AskWhy("The line ran without its check", 1, null, false, Jo, Start);
        @case.AskWhy("The check is not on the work sheet", 2, "sheet 14", true, Lea, Start);
        @case.AskWhy("The seal came late", 1, null, false, Lea, Start);
        Assert.Equal([3, 4], @case.State.LastWhys.Select(why => why.Id));
        Assert.Equal(3, Assert.Single(@case.State.LastWhys, why => why.CanChange).Id);

        Assert.Equal("under", Assert.Throws<Refused>(() => @case.TakeBackWhy(2, "wrong", Jo, Start)).Code); // 3 explains it
        @case.TakeBackWhy(4, "It came in time", Jo, Start);
        Assert.Equal((4, 3), (@case.State.Whys.Count, Assert.Single(@case.State.LastWhys).Id));
        Assert.Equal("under", Assert.Throws<Refused>(() => @case.AskWhy("x", 4, null, false, Jo, Start)).Code);
        Assert.Equal("why", Assert.Throws<Refused>(() => @case.AskWhy("", null, null, false, Jo, Start)).Code);
        Assert.Equal("reason", Assert.Throws<Refused>(() => @case.TakeBackWhy(3, " ", Jo, Start)).Code);
    }

    [Theory]
    [InlineData("Sami forgot to call", "Sami")]
    [InlineData("because sami haddad was away", "Sami Haddad")]
    [InlineData("It was human error.", "human error")]
    [InlineData("The samizdat press was late", null)]
    [InlineData("It may rain in the yard", null)]
    public void A_colleague_as_a_cause_is_noticed(string words, string? person) => Assert.Equal(person, Why.PersonIn(words, ["Sami Haddad", "May Lin"]));

    [Fact]
    public void A_case_says_where_on_their_way_it_went_wrong()
    {
        var @case = Opened();
        @case.PlaceOnJourney(JourneyStage.BeforePurchase, Jo, Start);
        Assert.Equal(JourneyStage.BeforePurchase, @case.State.Journey);
        Assert.Equal("journey", Assert.Throws<Refused>(() => @case.PlaceOnJourney(0, Jo, Start)).Code);
    }

    [Fact]
    public void A_source_is_what_the_channel_needs_to_be_answered()
    {
        var review = new Source { Place = " Stars & Co ", Handle = "tea_lover", Link = "https://stars.example/r/1", InPublic = "It leaks!", Stars = 2, Dated = new(2026, 3, 1) };
        var kept = Case.Open(new Opening(Channel.ReviewSite, CaseKind.Complaint, "", "It leaks!", 7, "Amara", Source: review), Jo, Hours, Start).State.Source!;
        Assert.Equal(("Stars & Co", 2, (DateOnly?)null, true), (kept.Place, kept.Stars, kept.Dated, kept.IsPublic));
        Assert.Null(review.For(Channel.Phone, Start));
        Assert.Equal(new DateOnly(2026, 3, 1), review.For(Channel.Letter, Start)!.Dated);

        Assert.Equal("link", Code(review with { Link = null }, Channel.ReviewSite));
        Assert.Equal("link", Code(review with { Link = "javascript:alert(1)" }, Channel.Social));
        Assert.Equal("place", Code(review with { Place = " " }, Channel.Social));
        Assert.Equal("stars", Code(review with { Stars = 6 }, Channel.ReviewSite));
        Assert.Equal("handle", Code(new Source(), Channel.Sms));
        Assert.Equal("dated", Code(new Source { Dated = new(2027, 1, 1) }, Channel.Letter));
    }

    private static string Code(Source source, Channel channel) => Assert.Throws<Refused>(() => source.For(channel, Start)).Code;

    [Fact]
    public void What_would_put_it_right_is_replaced_by_other_words_and_never_by_silence()
    {
        var @case = Opened();
        @case.HearWantedOutcome("My money back", Amara, Start);
        @case.HearWantedOutcome(null, Jo, Start);
        Assert.Equal("My money back", @case.State.WantedOutcome);
        @case.HearWantedOutcome("A new kettle", Jo, Start);
        Assert.Equal("A new kettle", @case.State.WantedOutcome);
    }

    [Fact]
    public void What_we_learned_stays_in_lines_also_after_the_end_and_nobody_has_to_write_it()
    {
        var @case = AskedBack();
        Assert.Empty(@case.State.Lessons);
        @case.AnswerCheckBack(CheckBacks.CheckBackAnswer.Yes, 5, Channel.Page, null, Amara, Hours, Start.AddDays(8));
        @case.Learn(" Kettles are filled before they are packed ", Jo, Start.AddDays(9));
        @case.Learn("Kettles are filled before they are packed", Lea, Start.AddDays(10));
        @case.Learn("The mark inside is too pale", Lea, Start.AddDays(10));

        Assert.False(@case.State.IsOpen);
        Assert.Equal([("Kettles are filled before they are packed", "Jo"), ("The mark inside is too pale", "Lea")], @case.State.Lessons.Select(lesson => (lesson.Words, lesson.By)));
        Assert.Equal("learned", Assert.Throws<Refused>(() => @case.Learn(" ", Jo, Start.AddDays(10))).Code);
        Assert.Equal("too_long", Assert.Throws<Refused>(() => @case.Learn(new string('x', 501), Jo, Start.AddDays(10))).Code);
        Assert.Equal("not_allowed", Assert.Throws<Refused>(() => @case.Learn("x", Rita, Start.AddDays(10))).Code);
    }

    [Fact]
    public void A_ladder_ends_where_nothing_that_stands_explains_a_step()
    {
        static Why Step(int id, int? under, bool wrong = false) => new(id, under, $"Because of {id}", null, false, DateTimeOffset.UnixEpoch, "Jo") { TakenBackAt = wrong ? DateTimeOffset.UnixEpoch : null };
        Assert.Empty(Why.Ends([]));
        Assert.Equal([3, 4], Why.Ends([Step(1, null), Step(2, 1), Step(3, 2), Step(4, 1)]).Select(why => why.Id)); // it parts
        Assert.Equal([2], Why.Ends([Step(1, null), Step(2, 1), Step(3, 2, wrong: true)]).Select(why => why.Id)); // what turned out to be wrong explains nothing
        Assert.Equal([1], Why.Ends([Step(1, null), Step(2, 1, wrong: true)]).Select(why => why.Id));
    }
}
