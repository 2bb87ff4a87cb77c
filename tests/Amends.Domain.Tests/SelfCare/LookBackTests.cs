using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Issues;
using Amends.Domain.Listening;
using Amends.Domain.SelfCare;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.SelfCare;

/// <summary>What a case shows about how it was handled.</summary>
public sealed class LookBackTests
{
    [Fact]
    public void There_is_one_line_for_each_of_the_eleven_habits_in_their_order() =>
        Assert.Equal(Enum.GetValues<Habit>(), Show(Opened()).Select(each => each.Habit));

    [Fact]
    public void What_it_means_for_them_shows_that_somebody_was_in_their_place()
    {
        var @case = Understood();
        Assert.Equal(Leaning.Instead, Of(@case, Habit.TheirPlace));
        @case.HearImpact("No tea for a week", Jo, Start);
        Assert.Equal(Leaning.Did, Of(@case, Habit.TheirPlace));
    }

    [Fact]
    public void A_decision_or_a_cause_before_anybody_was_in_touch_is_judging_first()
    {
        var @case = Opened();
        Assert.Equal(Leaning.Open, Of(@case, Habit.OpenMind));
        @case.AskWhy("The seal is worn", null, null, false, Jo, Start);
        Assert.Equal(Leaning.Instead, Of(@case, Habit.OpenMind));

        var heard = Opened();
        heard.Speak(5, Channel.Phone, Jo, Start);
        heard.AskWhy("The seal is worn", null, null, false, Jo, Start);
        Assert.Equal(Leaning.Did, Of(heard, Habit.OpenMind));
        Assert.Equal(Leaning.Did, Of(Decided(), Habit.OpenMind)); // they had our summary first
    }

    [Fact]
    public void A_summary_before_the_first_offer_is_hearing_all_of_it_and_the_order_of_the_log_counts_not_the_clock()
    {
        Assert.Equal(Leaning.Open, Of(Opened(), Habit.AllOfIt));
        Assert.Equal(Leaning.Did, Of(Understood(), Habit.AllOfIt));
        var offered = Offered(); // all in one moment
        Assert.Equal(Leaning.Did, Of(offered, Habit.AllOfIt));
        Assert.Contains("5 words", Show(offered).Single(each => each.Habit == Habit.AllOfIt).Words);
        var log = offered.News.ToList();
        log.Insert(1, log.OfType<Offers.OfferPrepared>().First());
        Assert.Equal(Leaning.Instead, LookBack.Of(offered.State, log, []).Single(each => each.Habit == Habit.AllOfIt).Leaning);
    }

    [Fact]
    public void An_issue_without_an_answer_and_a_correction_show_that_something_slipped_past()
    {
        Assert.Equal(Leaning.Did, Of(Delivering(), Habit.Attention));
        var corrected = Asked();
        corrected.CorrectSummary(1, Channel.Page, "It was the lid, too.", Amara, Start);
        Assert.Equal(Leaning.Instead, Of(corrected, Habit.Attention));
        Assert.Equal(Leaning.Open, LookBack.Of(new CaseState(), [], []).Single(each => each.Habit == Habit.Attention).Leaning);
    }

    [Theory]
    [InlineData(300, 300, Leaning.Did)]
    [InlineData(200, 300, Leaning.Instead)]
    [InlineData(400, 100, Leaning.Did)]
    public void On_the_phone_the_seconds_that_were_tapped_count(int theirs, int ours, Leaning leaning)
    {
        var @case = Opened();
        @case.LogCall(5, true, 10, null, (theirs, ours), Jo, Start);
        Assert.Equal(leaning, Of(@case, Habit.Listening));
    }

    [Theory]
    [InlineData("one two three four", "one two three", Leaning.Did)]
    [InlineData("one", "one two three four five", Leaning.Instead)]
    public void In_writing_their_words_stand_beside_ours(string theirs, string ours, Leaning leaning) =>
        Assert.Equal(leaning, Of(Opened(), Habit.Listening, new Utterance(Start, true, theirs), new Utterance(Start, false, ours)));

    [Theory]
    [InlineData(null, "50 % of the talk was theirs.")]
    [InlineData(0, "Neither of you broke in.")]
    [InlineData(3, "You both spoke at once 3 times: did you let them finish?")]
    public void How_often_both_spoke_at_once_is_asked_about_where_the_telephone_counted_it(int? overlaps, string words)
    {
        var @case = Opened();
        @case.LogCall(5, true, 10, null, (300, 300), Jo, Start, overlaps);
        var shown = Show(@case).Single(each => each.Habit == Habit.Listening);
        Assert.EndsWith(words, shown.Words);
        Assert.Equal(Leaning.Did, shown.Leaning);
    }

    [Fact]
    public void Letters_that_the_program_words_are_not_our_words()
    {
        var letter = new Utterance(Start, false, string.Join(' ', Enumerable.Repeat("word", 200)));
        Assert.Equal(Leaning.Open, Of(Offered(), Habit.Listening, letter)); // it went with the options
        Assert.Equal(Leaning.Instead, Of(Offered(), Habit.Listening, letter with { At = Start.AddMinutes(1) }));
    }

    [Fact]
    public void Calls_that_were_only_judged_count_by_who_mostly_spoke()
    {
        var @case = Opened();
        @case.LogCall(5, true, 10, TalkBalance.MostlyUs, null, Jo, Start);
        Assert.Equal(Leaning.Instead, Of(@case, Habit.Listening));
        @case.LogCall(6, true, 10, TalkBalance.MostlyThem, null, Jo, Start);
        Assert.Equal(Leaning.Did, Of(@case, Habit.Listening));
    }

    [Fact]
    public void Questions_count_until_the_first_offer_those_that_were_noted_and_those_that_were_written()
    {
        Assert.Equal(Leaning.Open, Of(Opened(), Habit.Asking));
        Assert.Equal(Leaning.Did, Of(Opened(), Habit.Asking, new Utterance(Start, false, "Since when does it leak? Where?!")));
        Assert.Equal(Leaning.Open, Of(Opened(), Habit.Asking, new Utterance(Start, true, "Are you serious?"))); // theirs is none of ours
        Assert.Contains("1 question before", Show(Offered()).Single(each => each.Habit == Habit.Asking).Words); // what would put it right
        var bare = Offered();
        Assert.Equal(Leaning.Instead, LookBack.Of(bare.State, [.. bare.News.Where(news => news is not WantedOutcomeHeard)], [new Utterance(Start.AddHours(1), false, "Is it fine now?")]).Single(each => each.Habit == Habit.Asking).Leaning);
    }

    [Fact]
    public void Either_their_idea_or_options_are_a_choice()
    {
        Assert.Equal(Leaning.Did, Of(Understood(), Habit.Choice));
        Assert.Equal(Leaning.Did, Of(Offered(), Habit.Choice));
        var state = Offered().State;
        var one = state with { OutcomeAsked = false, Offers = [state.Offer! with { Options = [state.Offer!.Options[0]] }] };
        Assert.Equal(Leaning.Instead, LookBack.Of(one, [], []).Single(each => each.Habit == Habit.Choice).Leaning);
        Assert.Equal(Leaning.Open, LookBack.Of(new CaseState(), [], []).Single(each => each.Habit == Habit.Choice).Leaning);
    }

    [Fact]
    public void An_option_without_its_reason_is_found()
    {
        Assert.Equal(Leaning.Did, Of(Offered(), Habit.Reasons));
        Assert.Equal(Leaning.Did, Of(Decided(), Habit.Reasons));
        var state = Offered().State;
        var bare = state with { Offers = [state.Offer! with { Options = [state.Offer!.Options[0], state.Offer!.Options[1] with { Why = " " }] }] };
        var shown = LookBack.Of(bare, [], []).Single(each => each.Habit == Habit.Reasons);
        Assert.Equal((Leaning.Instead, "1 of 2 options and decisions lack a reason or what we can do."), (shown.Leaning, shown.Words));
    }

    [Fact]
    public void Whether_an_apology_was_one_nobody_but_the_person_can_say()
    {
        var upheld = Asked();
        upheld.Decide(1, Finding.Upheld, null, null, null, Jo, Start);
        var shown = Show(upheld).Single(each => each.Habit == Habit.Owning);
        Assert.Equal(Leaning.Open, shown.Leaning);
        Assert.Contains("only you can judge", shown.Words);
    }

    [Fact]
    public void A_follow_up_is_agreed_and_silence_is_no_yes()
    {
        Assert.Equal((Leaning.Instead, Leaning.Instead), (Of(Opened(), Habit.FollowUp), Of(Opened(), Habit.Satisfied)));
        var asked = AskedBack();
        Assert.Equal(Leaning.Did, Of(asked, Habit.FollowUp));
        var silent = LookBack.Of(asked.State with { CheckBack = asked.State.CheckBack! with { Attempts = 3 } }, [.. asked.News], []).Single(each => each.Habit == Habit.Satisfied);
        Assert.Equal((Leaning.Open, "They were asked 3 times and said nothing. Silence is no yes."), (silent.Leaning, silent.Words));
        asked.AnswerCheckBack(CheckBackAnswer.No, 2, Channel.Page, "It leaks again.", Amara, Hours, Start.AddDays(8));
        Assert.Equal(Leaning.Did, Of(asked, Habit.Satisfied)); // asked and answered; the answer is not theirs to change
    }

    private static IReadOnlyList<Evidence> Show(Case @case, params Utterance[] said) => LookBack.Of(@case.State, [.. @case.News], said);

    private static Leaning Of(Case @case, Habit habit, params Utterance[] said) => Show(@case, said).Single(each => each.Habit == habit).Leaning;
}
