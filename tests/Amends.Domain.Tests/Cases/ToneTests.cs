using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Amends.Domain.Listening;
using Amends.Domain.Listening.Emotion;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Cases;

/// <summary>What follows from how the customer's words sound. What they are heard as is another matter, with tests of its own.</summary>
public sealed class ToneTests
{
    [Fact]
    public void A_lead_hears_once_of_words_that_turn_very_upset_and_the_case_comes_early()
    {
        var @case = Understood();
        Write(@case, 1, UpsetLevel.Annoyed);
        Assert.Equal((0, Urgency.Usual, ToneCourse.Steady), (@case.State.Escalation, @case.State.Urgency, @case.State.ToneCourse));
        Write(@case, 2, UpsetLevel.VeryUpset);
        Write(@case, 3, UpsetLevel.VeryUpset);
        Assert.Equal((1, Urgency.Serious, ToneCourse.Steady, true), (@case.State.Escalation, @case.State.Urgency, @case.State.ToneCourse, @case.State.IsHard));
        Write(@case, 4, UpsetLevel.Calm);
        Assert.Equal((1, Urgency.Usual, ToneCourse.Falling, false), (@case.State.Escalation, @case.State.Urgency, @case.State.ToneCourse, @case.State.IsHard));
        Write(@case, 5, UpsetLevel.VeryUpset);
        Assert.Equal((2, ToneCourse.Rising), (@case.State.Escalation, @case.State.ToneCourse));
    }

    [Fact]
    public void Words_that_may_mean_danger_come_first_until_somebody_has_asked()
    {
        var @case = Opened();
        Write(@case, 1, UpsetLevel.Calm, Tone.Safety);
        Assert.Equal(Urgency.Danger, @case.State.Urgency);
        @case.CheckSafety(false, Jo, Start);
        Assert.Equal(Urgency.Usual, @case.State.Urgency);
    }

    [Fact]
    public void A_person_s_word_counts_before_the_program_s_and_both_stay()
    {
        var @case = Understood();
        Write(@case, 1, UpsetLevel.VeryUpset);
        @case.CorrectTone(1, UpsetLevel.Calm, Jo, Start);
        Assert.Equal((UpsetLevel.Calm, UpsetLevel.VeryUpset, Urgency.Usual), (@case.State.Tone!.Level, @case.State.Tone.Tone.Level, @case.State.Urgency));
        var before = @case.News.Count;
        @case.CorrectTone(1, UpsetLevel.Calm, Jo, Start);
        Assert.Equal(before, @case.News.Count);
        Assert.Equal("tone", Assert.Throws<Refused>(() => @case.CorrectTone(77, UpsetLevel.Calm, Jo, Start)).Code);
    }

    [Fact]
    public void Upset_words_say_to_ring_until_we_have_spoken()
    {
        var @case = Understood();
        Write(@case, 1, UpsetLevel.Upset);
        Assert.Equal([NudgeReason.Upset], PhoneNudge.ReasonsFor(@case.State));
        @case.Speak(9, Channel.Phone, Jo, Start.AddHours(1));
        Assert.Empty(PhoneNudge.ReasonsFor(@case.State));
    }

    [Fact]
    public void What_was_not_heard_says_nothing()
    {
        var @case = Understood();
        @case.Hear(1, Channel.Phone, Amara, Hours, Start);
        Assert.Null(@case.State.Tone);
    }

    private static void Write(Case @case, long message, UpsetLevel level, params string[] signs) =>
        @case.Hear(message, Channel.Mail, Amara, Hours, Start, tone: new Tone(level, (int)level * 300, false, signs));
}
