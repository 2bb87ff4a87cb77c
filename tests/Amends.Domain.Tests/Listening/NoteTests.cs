using Amends.Domain.Cases;
using Amends.Domain.Listening;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Listening;

public sealed class NoteTests
{
    private static readonly WrittenNote Note = new(11, Jo.Id, Start);

    [Fact]
    public void Its_writer_may_change_a_note_for_a_quarter_of_an_hour_and_nobody_after_that()
    {
        var @case = Opened();
        @case.EditNote(Note, 12, Jo, Start.AddMinutes(15).AddTicks(-1));
        Assert.Equal("note_fixed", Assert.Throws<Refused>(() => @case.EditNote(Note, 13, Jo, Start.AddMinutes(15))).Code);
        Assert.Equal("not_yours", Assert.Throws<Refused>(() => @case.EditNote(Note, 13, Lea, Start)).Code);
        @case.CorrectNote(Note, 14, Lea, Start.AddDays(3));
        Assert.Equal([12L, 14L], @case.News.OfType<IHasMessage>().Select(news => news.MessageId));
        Assert.Equal("not_allowed", Assert.Throws<Refused>(() => @case.CorrectNote(Note, 15, Rita, Start)).Code);
    }

    [Fact]
    public void A_quote_says_who_said_it_and_when_and_not_in_the_future()
    {
        var @case = Opened();
        @case.Quote(11, new Quote(" Amara ", Start.AddMinutes(-5)), Jo, Start);
        Assert.Equal(new Quote("Amara", Start.AddMinutes(-5)), Assert.Single(@case.News.OfType<NoteWritten>()).Quote);
        Assert.Equal("said_by", Assert.Throws<Refused>(() => @case.Quote(12, new Quote("", Start), Jo, Start)).Code);
        Assert.Equal("said_at", Assert.Throws<Refused>(() => @case.Quote(12, new Quote("Amara", Start.AddMinutes(1)), Jo, Start)).Code);
    }

    [Fact]
    public void A_call_of_300_and_300_seconds_is_even_and_taps_go_before_what_was_judged()
    {
        var @case = Opened();
        @case.LogCall(21, true, 10, TalkBalance.MostlyUs, (300, 300), Jo, Start);
        @case.LogCall(22, false, null, TalkBalance.MostlyThem, null, Jo, Start);
        @case.LogCall(22, false, 5, TalkBalance.Even, null, Jo, Start); // logged already
        @case.LogCall(23, false, 0, null, (0, 0), Jo, Start);
        Assert.Equal([(0.5, TalkBalance.Even), (null, TalkBalance.MostlyThem), ((double?)null, (TalkBalance?)null)], @case.State.Calls.Select(call => (call.TheirShare, call.Balance)));
        Assert.Equal("minutes", Assert.Throws<Refused>(() => @case.LogCall(24, false, 481, null, null, Jo, Start)).Code);
        Assert.Equal(TalkBalance.MostlyUs, SpokenCall.BalanceOf(0.43)); // 43 : 57, as sales people talk
    }

    [Fact]
    public void Every_case_has_a_next_action_from_its_first_minute()
    {
        Assert.Equal(NextAction.Understand, Opened().State.NextAction);
        Assert.Equal(NextAction.Offer, Understood().State.NextAction);
        Assert.Equal(NextAction.HearChoice, Offered().State.NextAction);
        Assert.Equal(NextAction.PutRight, Delivering().State.NextAction);
        Assert.Equal(NextAction.HearWhetherRight, AskedBack().State.NextAction);
        var question = Case.Open(new Opening(Channel.Mail, CaseKind.Question, "", "When do you open?", 7, "Amara"), Amara, Hours, Start);
        Assert.Equal(NextAction.Answer, question.State.NextAction);
        question.Speak(1, Channel.Mail, Jo, Start.AddMinutes(1));
        Assert.Equal(NextAction.Close, question.State.NextAction);
        question.Hear(2, Channel.Mail, Amara, Hours, Start.AddMinutes(2));
        Assert.Equal(NextAction.Answer, question.State.NextAction);
    }
}
