using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Cases;

/// <summary>The one question is enough; the further ones are optional, within their scales, and change nothing for the case.</summary>
public sealed class SurveyTests
{
    [Fact]
    public void What_the_customer_adds_is_kept_with_the_answer()
    {
        var survey = new Survey(5, 7, OutcomeMet.Exceeded, WouldReturn.Yes);
        var @case = Answered(survey);

        Assert.Equal(survey, @case.State.CheckBack!.Survey);
        Assert.Equal(CloseReason.Confirmed, @case.State.CloseReason);
    }

    [Fact]
    public void The_one_question_alone_is_an_answer_and_an_empty_survey_is_none()
    {
        Assert.Null(Answered(null).State.CheckBack!.Survey);
        Assert.Null(Answered(new Survey()).State.CheckBack!.Survey);
    }

    [Fact]
    public void A_yes_that_missed_what_they_wanted_is_still_their_yes() =>
        Assert.Equal(CloseReason.Confirmed, Answered(new Survey(1, 1, OutcomeMet.Missed, WouldReturn.No)).State.CloseReason);

    [Theory]
    [InlineData(0, null, null, null, "heard")]
    [InlineData(6, null, null, null, "heard")]
    [InlineData(null, 0, null, null, "ease")]
    [InlineData(null, 8, null, null, "ease")]
    [InlineData(null, null, 0, null, "met")]
    [InlineData(null, null, 4, null, "met")]
    [InlineData(null, null, null, 0, "return")]
    [InlineData(null, null, null, 4, "return")]
    public void What_is_on_no_scale_is_refused_and_the_case_stays_as_it_was(int? heard, int? ease, int? met, int? back, string field)
    {
        var @case = AskedBack();
        var refused = Assert.Throws<Refused>(() => @case.AnswerCheckBack(CheckBackAnswer.Yes, 5, Channel.Page, null, Amara, Hours, Start.AddDays(8), new Survey(heard, ease, (OutcomeMet?)met, (WouldReturn?)back)));

        Assert.Equal(field, refused.Code);
        Assert.Null(@case.State.CheckBack!.Answer);
        Assert.Equal(CaseStage.CheckBack, @case.State.Stage);
    }

    private static Case Answered(Survey? survey)
    {
        var @case = AskedBack();
        @case.AnswerCheckBack(CheckBackAnswer.Yes, 5, Channel.Page, null, Amara, Hours, Start.AddDays(8), survey);
        return @case;
    }
}
