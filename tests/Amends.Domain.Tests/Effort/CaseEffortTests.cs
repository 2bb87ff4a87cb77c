using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Effort;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Effort;

/// <summary>What a case cost its customer, counted from the log.</summary>
public sealed class CaseEffortTests
{
    [Fact]
    public void Contacts_ways_transfers_repeats_forms_and_days_are_counted()
    {
        var @case = Opened();
        @case.Assign(Jo, Lea, Start);
        @case.Hear(1, Channel.Mail, Amara, Hours, Start.AddHours(1));
        @case.TheyRang("0113 496 0142", Start.AddHours(1), Jo, Hours, Start.AddHours(2));
        @case.Assign(Lea, Jo, Start.AddHours(2));
        @case.Assign(null, Lea, Start.AddHours(2));
        @case.Assign(Lea, Jo, Start.AddHours(2)); // back to whom it was is no transfer
        @case.Answer("ANY.since", "Since when?", "Monday", Jo, Start.AddHours(2));
        @case.Answer("ANY.since", "Since when?", "Sunday", Jo, Start.AddHours(3));
        @case.HearWantedOutcome("A kettle", Jo, Start.AddHours(3));
        @case.CheckSafety(false, Jo, Start.AddHours(3));
        @case.WriteSummary("It drips", "Tea", "Options", Jo, Start.AddHours(3));
        @case.SendSummary(Jo, Start.AddHours(3));
        @case.CorrectSummary(1, Channel.Page, "It pours.", Amara, Start.AddHours(4));

        Assert.Equal((3, 1, 2, 1), Of(@case, Start.AddDays(3).AddHours(5)));
        var effort = CaseEffort.Of(@case.News, Start.AddDays(3).AddHours(5));
        Assert.Equal([Channel.Mail, Channel.Phone, Channel.Page], effort.Channels);
        Assert.Equal((3, false), (effort.Days, effort.NothingAskedTwice));
    }

    [Fact]
    public void Days_end_with_the_case_and_words_that_go_with_an_answer_count_once()
    {
        var @case = AskedBack();
        @case.AnswerCheckBack(CheckBackAnswer.Yes, 5, Channel.Page, "Thanks", Amara, Hours, Start.AddDays(8));
        var effort = CaseEffort.Of([.. @case.News, new CustomerSpoke(Start.AddDays(8), Amara, Channel.Page, 5)], Start.AddDays(100));
        Assert.Equal((1, 2, 8, true), (effort.Contacts, effort.Forms, effort.Days, effort.NothingAskedTwice)); // the choice and the answer
        Assert.Equal(100, CaseEffort.Of([.. @case.News, new CaseReopened(Start.AddDays(9), Amara, "again")], Start.AddDays(100)).Days);
        Assert.Equal(0, CaseEffort.Of([], Start).Contacts);
    }

    [Fact]
    public void A_stranger_who_writes_into_the_case_is_no_effort_of_the_customers()
    {
        var @case = Opened();
        @case.Hear(1, Channel.Mail, People.Actor.Customer(0, "somebody (not verified)"), Hours, Start.AddHours(1));
        Assert.Equal(1, CaseEffort.Of(@case.News, Start.AddDays(1)).Contacts);
    }

    private static (int, int, int, int) Of(Case @case, DateTimeOffset now) => CaseEffort.Of(@case.News, now) is var effort ? (effort.Contacts, effort.Transfers, effort.Repeats, effort.Forms) : default;
}
