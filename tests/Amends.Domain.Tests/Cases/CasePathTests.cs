using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Cases;

public sealed class CasePathTests
{
    [Fact]
    public void A_complaint_goes_from_the_first_word_to_the_customers_yes()
    {
        var @case = AskedBack();
        @case.AnswerCheckBack(CheckBackAnswer.Yes, 5, Channel.Page, "Tea again!", Amara, Hours, Start.AddDays(8));

        Assert.Equal(CaseStage.Closed, @case.State.Stage);
        Assert.Equal(CloseReason.Confirmed, @case.State.CloseReason);
        Assert.Null(@case.State.NextContact);
        Assert.Null(@case.WakeAt);
    }

    [Fact]
    public void An_offer_before_listening_is_refused_with_the_code_for_it()
    {
        var @case = Opened();

        Assert.Equal("listen_first", Assert.Throws<Refused>(() => @case.PrepareOffer(Draft(), Max, Start)).Code);
        Assert.Equal("listen_first", Assert.Throws<Refused>(() => @case.WriteSummary("a", "b", "c", Jo, Start)).Code);
    }

    [Fact]
    public void A_correction_goes_back_to_listening_and_the_next_offer_needs_the_new_summary()
    {
        var @case = Understood();
        @case.SendSummary(Jo, Start);
        @case.CorrectSummary(1, Channel.Page, "It also burned my hand.", Amara, Start.AddHours(1));

        Assert.Equal(CaseStage.Listening, @case.State.Stage);
        Assert.Equal("listen_first", Assert.Throws<Refused>(() => @case.PrepareOffer(Draft(), Max, Start.AddHours(1))).Code);
        @case.WriteSummary("It leaks and burned her hand", "Safety", "Options today", Jo, Start.AddHours(2));
        @case.PrepareOffer(Draft(), Max, Start.AddHours(2));

        Assert.Equal("summary_changed", Assert.Throws<Refused>(() => @case.ConfirmSummary(1, Channel.Page, null, Amara, Start.AddHours(3))).Code);
        Assert.Equal(2, @case.State.Summaries.Count);
        Assert.Equal("It also burned my hand.", @case.State.Summaries[0].Correction);
    }

    [Theory]
    [InlineData(1, false, null, false)]
    [InlineData(1, true, null, true)]
    [InlineData(1, false, "Nothing else is in stock.", true)]
    [InlineData(2, false, null, true)]
    public void An_offer_has_two_options_or_what_was_asked_for_or_a_reason(int options, bool asWanted, string? reason, bool passes)
    {
        var @case = Understood();
        void Prepare() => @case.PrepareOffer(Draft(20, options, asWanted, reason), Max, Start);

        if (passes)
            Prepare();
        else
            Assert.Equal("options", Assert.Throws<Refused>(Prepare).Code);
    }

    [Fact]
    public void Money_above_the_limit_waits_for_a_second_person_and_nobody_approves_their_own()
    {
        var @case = Understood();
        @case.PrepareOffer(Draft(60, 2), Lea, Start); // two options: 60 and 120 euros, within a lead's 250
        Assert.False(@case.State.Offer!.NeedsApproval);

        @case.PrepareOffer(Draft(60, 2), Jo, Start);
        Assert.True(@case.State.Offer!.NeedsApproval);
        Assert.Equal("approval", Assert.Throws<Refused>(() => @case.SendOffer(2, Jo, Hours, Start)).Code);
        Assert.Equal("second_person", Assert.Throws<Refused>(() => @case.ApproveOffer(2, Jo, Start)).Code);
        @case.ApproveOffer(2, Lea, Start);
        @case.SendOffer(2, Jo, Hours, Start);

        Assert.Equal(CaseStage.Offered, @case.State.Stage);
        Assert.Equal("Lea", @case.State.Offer!.ApprovedBy);
    }

    [Fact]
    public void A_repeat_complaint_awaits_the_confirmation_for_24_open_hours_at_the_most()
    {
        var @case = Understood(repeat: true);
        @case.SendSummary(Jo, Start);
        @case.PrepareOffer(Draft() with { AnswerBy = Start.AddDays(20), CheckBackAt = Start.AddDays(30) }, Max, Start);
        Assert.Equal("confirm_first", Assert.Throws<Refused>(() => @case.SendOffer(1, Jo, Hours, Start.AddHours(2))).Code);

        var after = Hours.After(Start, Case.ConfirmationWait);
        @case.SendOffer(1, Jo, Hours, after);
        Assert.Equal(CaseStage.Offered, @case.State.Stage);
    }

    [Fact]
    public void A_spoken_yes_counts_as_one_of_us_quoted_it()
    {
        var @case = Understood(repeat: true);
        Assert.Equal("words", Assert.Throws<Refused>(() => @case.ConfirmSummary(1, Channel.Phone, "", Jo, Start)).Code);
        @case.ConfirmSummary(1, Channel.Phone, "Yes, exactly that.", Jo, Start);

        Assert.Equal("by phone, recorded by Jo", @case.State.Summary!.Via);
        @case.PrepareOffer(Draft(), Max, Start);
        @case.SendOffer(1, Jo, Hours, Start);
    }

    [Fact]
    public void Declining_in_words_goes_back_to_work_and_twice_tells_the_lead()
    {
        var @case = Offered();
        @case.Decline(1, Channel.Page, "I want it mended.", Amara, Hours, Start.AddHours(1));
        Assert.Equal(CaseStage.Working, @case.State.Stage);

        @case.PrepareOffer(Draft(), Max, Start.AddHours(2));
        @case.SendOffer(2, Jo, Hours, Start.AddHours(2));
        @case.Decline(2, Channel.Page, "Still not.", Amara, Hours, Start.AddHours(3));
        Assert.Equal(1, @case.State.Escalation);
    }

    [Fact]
    public void Delivery_is_complete_only_when_every_line_is_done_and_the_cause_defaults_to_unknown()
    {
        var @case = Delivering();
        Assert.Equal("remedies_open", Assert.Throws<Refused>(() => @case.CompleteDelivery(null, null, Jo, Hours, Start.AddHours(2))).Code);
        @case.FinishRemedy(1, "Paid", Jo, Start.AddHours(2));
        @case.CompleteDelivery(null, null, Jo, Hours, Start.AddHours(2));

        Assert.Equal(CaseStage.CheckBack, @case.State.Stage);
        Assert.Equal("unknown", @case.State.Cause);
    }

    [Fact]
    public void A_failed_remedy_goes_back_to_work_and_tells_the_lead()
    {
        var @case = Delivering();
        @case.FailRemedy(1, "The card was refused", Jo, Hours, Start.AddHours(2));

        Assert.Equal(CaseStage.Working, @case.State.Stage);
        Assert.Equal(1, @case.State.Escalation);
    }

    [Fact]
    public void Silence_ends_unconfirmed_after_three_questions_and_is_never_a_yes()
    {
        var @case = AskedBack();
        for (var day = 0; day < 40 && @case.State.IsOpen; day++)
            @case.Wake(Start.AddDays(day));

        Assert.Equal(CloseReason.Unconfirmed, @case.State.CloseReason);
        Assert.Equal(3, @case.State.CheckBack!.Attempts);
        Assert.Null(@case.State.CheckBack.Answer);
    }

    [Theory]
    [InlineData(CheckBackAnswer.Partly)]
    [InlineData(CheckBackAnswer.No)]
    public void Partly_and_no_go_back_to_work_with_a_fresh_promise(CheckBackAnswer answer)
    {
        var @case = AskedBack();
        @case.AnswerCheckBack(answer, 2, Channel.Page, "It leaks again.", Amara, Hours, Start.AddDays(8));

        Assert.Equal(CaseStage.Working, @case.State.Stage);
        Assert.True(@case.State.NextContact!.DueAt > Start.AddDays(8));
    }

    [Fact]
    public void Nobody_of_us_can_answer_for_the_customer_without_quoting_them()
    {
        var @case = AskedBack();
        Assert.Equal("via", Assert.Throws<Refused>(() => @case.AnswerCheckBack(CheckBackAnswer.Yes, null, Channel.Page, "yes", Jo, Hours, Start.AddDays(8))).Code);
        Assert.Equal("words", Assert.Throws<Refused>(() => @case.AnswerCheckBack(CheckBackAnswer.Yes, null, Channel.Phone, null, Jo, Hours, Start.AddDays(8))).Code);
    }

    [Fact]
    public void A_question_is_answered_and_closed_plainly_but_a_complaint_is_not()
    {
        var complaint = Opened();
        complaint.Speak(1, Channel.Mail, Jo, Start);
        Assert.Equal("complaint", Assert.Throws<Refused>(() => complaint.CloseAsAnswered(0.5, Jo, Start)).Code);

        var question = Opened();
        question.ChangeKind(CaseKind.Question, Jo, Start);
        Assert.Equal("answer_first", Assert.Throws<Refused>(() => question.CloseAsAnswered(0.5, Jo, Start)).Code);
        question.Speak(1, Channel.Mail, Jo, Start);
        question.CloseAsAnswered(0.5, Jo, Start);
        Assert.Equal(CloseReason.Answered, question.State.CloseReason);

        question.Hear(2, Channel.Mail, Amara, Hours, Start.AddDays(1));
        Assert.True(question.State.IsOpen);
        question.ChangeKind(CaseKind.Complaint, Jo, Start.AddDays(1));
        Assert.Equal(CaseStage.Listening, question.State.Stage);
    }

    [Fact]
    public void A_case_that_was_handed_on_goes_to_its_customer_until_somebody_was_answered()
    {
        var @case = Opened();
        @case.ChangeCustomer(77, "Nele Vos", Jo, Start);
        Assert.Equal((77, "Nele Vos"), (@case.State.CustomerId, @case.State.CustomerName));
        var told = @case.News.Count;
        @case.ChangeCustomer(77, "Nele Vos", Jo, Start);
        Assert.Equal(told, @case.News.Count);

        var answered = Understood();
        answered.SendSummary(Jo, Start);
        Assert.Equal("customer", Assert.Throws<Refused>(() => answered.ChangeCustomer(77, "Nele Vos", Jo, Start)).Code);
        Assert.Throws<Refused>(() => Opened().ChangeCustomer(77, "Nele Vos", Amara, Start));
    }

    [Fact]
    public void A_reader_changes_nothing()
    {
        var @case = Opened();
        Assert.Equal("not_allowed", Assert.Throws<Refused>(() => @case.BeginListening(Rita, Start)).Code);
        Assert.Equal("not_allowed", Assert.Throws<Refused>(() => @case.Note(1, Rita, Start)).Code);
    }
}
