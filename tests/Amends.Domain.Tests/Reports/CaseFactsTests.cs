using Amends.Domain.Calendars;
using Amends.Domain.CallBacks;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Offers;
using Amends.Domain.Outcomes;
using Amends.Domain.People;
using Amends.Domain.Promises;
using Amends.Domain.Remedies;
using Amends.Domain.Reports;
using Amends.Domain.Statistics;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Reports;

/// <summary>What reports count of a case: days of the company, both clocks, promises by their day, endings by the newest answer.</summary>
public sealed class CaseFactsTests
{
    private static readonly ReportRules Rules = new(Calendar.NineToFive(TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo")), "EUR");
    private static readonly DateTimeOffset Friday = new(2026, 3, 6, 7, 0, 0, TimeSpan.Zero); // 16:00 in Tokyo

    [Fact]
    public void Days_are_those_of_the_company_and_both_clocks_are_kept()
    {
        var facts = CaseFacts.Of([Opened(Friday.AddHours(9)), new OwnerChanged(Friday.AddHours(9), Jo, Jo.Id, Jo.Name), new CaseAcknowledged(Friday.AddHours(9).AddMinutes(4), Jo, 1)], Rules); // a quarter past one on Saturday there
        Assert.Equal(Day(2026, 3, 7), Assert.Single(facts.Marks.Keys, mark => mark.Measure == Measure.Opened).Day);

        facts = CaseFacts.Of([Opened(Friday), new WeSpoke(Friday.AddDays(3), Jo, Channel.Mail, 2)], Rules); // from Friday four o'clock to Monday four o'clock: one hour and seven
        Assert.Equal(3 * 24 * 60, Minutes(facts, Milestone.Answered, TimeCount.Calendar));
        Assert.Equal(8 * 60, Minutes(facts, Milestone.Answered, TimeCount.Open));
        Assert.DoesNotContain(facts.Marks.Keys, mark => mark.Measure == Measure.Took && Marks.TimeOf(mark.Part).Of == (int)Milestone.Acknowledged);

        facts = CaseFacts.Of([Opened(Friday), new WeSpoke(Friday.AddHours(1), Actor.Amends, Channel.Mail, 2)], Rules); // no person's word
        Assert.DoesNotContain(facts.Marks.Keys, mark => mark.Measure == Measure.Took);
    }

    [Theory]
    [InlineData("kept", PromiseEnd.Kept)]
    [InlineData("late", PromiseEnd.Missed)]
    [InlineData("missed, then kept", PromiseEnd.Missed)]
    [InlineData("moved", PromiseEnd.Moved)]
    [InlineData("missed, then moved", PromiseEnd.Missed)]
    [InlineData("the customer was first", null)]
    [InlineData("open", null)]
    public void A_promise_counts_once_on_the_day_for_which_it_was_made(string what, PromiseEnd? end)
    {
        var due = Friday.AddDays(4);
        List<CaseEvent> log = [Opened(Friday), new NextContactPromised(Friday, Jo, 1, "how it goes", due, due.AddHours(-2))];
        if (what.StartsWith("missed", StringComparison.Ordinal))
            log.Add(new NextContactMissed(due.AddMinutes(1), Actor.Amends, 1, due, Jo.Id));
        if (what.EndsWith("moved", StringComparison.Ordinal))
            log.Add(new NextContactMoved(due.AddHours(1), Jo, 1, due, due.AddDays(1), "the carrier"));
        if (what.EndsWith("kept", StringComparison.Ordinal) || what == "late")
            log.Add(new NextContactKept(due.AddHours(-1), Jo, 1, what != "late"));
        if (what == "the customer was first")
            log.Add(new NextContactKept(due.AddHours(-1), Amara, 1, true));

        var promises = CaseFacts.Of(log, Rules).Marks.Where(mark => mark.Key.Measure == Measure.Promise).ToList();
        if (end is null)
            Assert.Empty(promises);
        else
            Assert.Equal((new Mark(Measure.Promise, Day(2026, 3, 10), (long)PromiseSort.Update, (int)end), 1L), promises.Select(each => (each.Key, each.Value)).Single());
    }

    [Fact]
    public void The_newest_answer_counts_alone_and_what_was_opened_again_is_no_end()
    {
        var asked = new CheckBackAgreed(Friday, Jo, Friday.AddDays(1));
        List<CaseEvent> log = [Opened(Friday), new OwnerChanged(Friday, Jo, Jo.Id, Jo.Name), asked, new CheckBackAnswered(Friday.AddDays(1), Amara, CheckBackAnswer.No, 1, Channel.Page, null), asked, new CheckBackAnswered(Friday.AddDays(5), Amara, CheckBackAnswer.Yes, 5, Channel.Page, null, new Survey(Heard: 4, Ease: 7)), new CaseClosed(Friday.AddDays(5), Amara, CloseReason.Confirmed, null)];
        var facts = CaseFacts.Of(log, Rules);
        Assert.Equal([new(Measure.Ended, Day(2026, 3, 11), (long)Ending.PutRight, 0)], facts.Marks.Keys.Where(mark => mark.Measure == Measure.Ended));
        Assert.Equal([(Scale.Satisfied, 5), (Scale.Ease, 7), (Scale.Heard, 4), (Scale.More, 1)], facts.Marks.Keys.Where(mark => mark.Measure == Measure.Said).OrderBy(mark => mark.Part).Select(mark => ((Scale)mark.Part, mark.Bucket)));
        Assert.Equal([(long)CloseReason.Confirmed], facts.Marks.Keys.Where(mark => mark.Measure == Measure.Closed).Select(mark => mark.Part));
        Assert.Equal(7, facts.Marks.Keys.Count(mark => mark.Measure == Measure.Stepped && mark.Part == Jo.Id));

        facts = CaseFacts.Of([.. log, new CaseReopened(Friday.AddDays(6), Amara, "It leaks again")], Rules);
        Assert.DoesNotContain(facts.Marks.Keys, mark => mark.Measure is Measure.Closed or Measure.Stepped or Measure.Contacts);
        Assert.Null(facts.ClosedAt);

        facts = CaseFacts.Of([.. log, new KindChanged(Friday.AddDays(7), Jo, CaseKind.Complaint, CaseKind.Question)], Rules);
        Assert.Empty(facts.Marks); // it is none of ours to count any more
    }

    [Fact]
    public void Cases_that_said_to_ring_are_told_apart_by_whether_we_rang()
    {
        var nudge = new PhoneNudged(Friday.AddHours(1), Actor.Amends, [NudgeReason.AtRisk]);
        var call = new WeSpoke(Friday.AddDays(1), Jo, Channel.Phone, 1);
        Assert.Equal([], Of(Opened(Friday), call)); // nothing said to ring
        Assert.Equal([(AfterNudge.NotPhoned, AfterAll.NotSaid)], Of(Opened(Friday), nudge));
        Assert.Equal([(AfterNudge.SetAside, AfterAll.NotSaid)], Of(Opened(Friday), nudge, new PhoneNudgeSetAside(Friday.AddHours(2), Jo, [NudgeReason.AtRisk], "They write better.")));
        Assert.Equal([(AfterNudge.Phoned, AfterAll.PutRight)], Of(Opened(Friday), nudge, call, nudge, new CheckBackAgreed(Friday.AddDays(2), Jo, Friday.AddDays(3)), new CheckBackAnswered(Friday.AddDays(3), Amara, CheckBackAnswer.Yes, 5, Channel.Page, null)));
        Assert.Equal(Day(2026, 3, 6), CaseFacts.Of([Opened(Friday), nudge, call], Rules).Marks.Keys.Single(mark => mark.Measure == Measure.Nudged).Day);

        static IEnumerable<(AfterNudge, AfterAll)> Of(params CaseEvent[] log) => CaseFacts.Of(log, Rules).Marks.Keys.Where(mark => mark.Measure == Measure.Nudged).Select(mark => ((AfterNudge)mark.Part, (AfterAll)mark.Bucket));
    }

    [Fact]
    public void The_same_that_comes_again_counts_on_the_day_of_the_first_end()
    {
        var zone = TimeZoneInfo.Utc;
        var first = Fact("DEL.LATE", Friday, Friday.AddDays(2), atOnce: true);
        Assert.Equal([new Mark(Measure.FirstContact, Day(2026, 3, 8), 0, 0)], MarksOf(first, [first], zone).Keys);
        Assert.Equal([new Mark(Measure.Recurred, Day(2026, 3, 8), 0, 0)], MarksOf(first, [first, Fact("DEL.LATE", Friday.AddDays(5), null)], zone).Keys);
        Assert.Equal([Measure.FirstContact, Measure.Recurred], MarksOf(first, [Fact("DEL.LATE", Friday.AddDays(20), null)], zone).Keys.Select(mark => mark.Measure).Order());
        Assert.Equal([Measure.FirstContact], MarksOf(first, [Fact("DEL.LATE", Friday.AddDays(40), null), Fact("PRD.FAULT", Friday.AddDays(5), null)], zone).Keys.Select(mark => mark.Measure));
        Assert.Empty(MarksOf(first, [Fact("", Friday.AddDays(5), null)], zone)); // nobody has said yet what it is about: it counts against us
        Assert.Equal([Measure.FirstContact], MarksOf(first, [Fact("DEL.LATE", Friday.AddDays(1), null)], zone).Keys.Select(mark => mark.Measure)); // it came before the end

        static Dictionary<Mark, long> MarksOf(CaseFacts @case, IEnumerable<CaseFacts> others, TimeZoneInfo zone) => SameCustomer.MarksOf(@case, others, zone).Where(mark => mark.Key.Measure != Measure.CameAgainTo).ToDictionary();
    }

    [Fact]
    public void What_is_counted_by_person_goes_with_the_case_to_whoever_has_it_now()
    {
        CaseEvent[] log = [Opened(Friday), new NextContactPromised(Friday, Jo, 1, "how it goes", Friday.AddDays(4), Friday.AddDays(3)), new NextContactKept(Friday.AddDays(1), Jo, 1, true)];
        var taken = new OwnerChanged(Friday.AddDays(1), Jo, Jo.Id, Jo.Name);
        Assert.Equal([(Measure.CameTo, Day(2026, 3, 6), 0L, 0), (Measure.PromisedBy, Day(2026, 3, 10), 0, (int)PromiseEnd.Kept)], ByPerson(log));
        Assert.Equal([Jo.Id, Jo.Id], ByPerson([.. log, taken]).Select(mark => mark.Part));
        Assert.Equal([0L, 0], ByPerson([.. log, taken, new OwnerChanged(Friday.AddDays(2), Jo, null, null)]).Select(mark => mark.Part));
        var ended = Fact("DEL.LATE", Friday, Friday.AddDays(2)) with { Marks = new Dictionary<Mark, long> { [new(Measure.CameTo, Day(2026, 3, 6), 7, 0)] = 1 } };
        Assert.Equal(7, ended.OwnerId);
        Assert.Equal(new Mark(Measure.CameAgainTo, Day(2026, 3, 8), 7, 1), Assert.Single(SameCustomer.MarksOf(ended, [Fact("DEL.LATE", Friday.AddDays(20), null)], TimeZoneInfo.Utc).Keys, mark => mark.Measure == Measure.CameAgainTo));
        Assert.Equal(0, SameCustomer.MarksOf(ended, [], TimeZoneInfo.Utc).Keys.Single(mark => mark.Measure == Measure.CameAgainTo).Bucket);

        static IEnumerable<(Measure Measure, int Day, long Part, int Bucket)> ByPerson(CaseEvent[] log) => CaseFacts.Of(log, Rules).Marks.Keys.Where(mark => Marks.IsOfPeople(mark.Measure)).OrderBy(mark => mark.Measure).Select(mark => (mark.Measure, mark.Day, mark.Part, mark.Bucket));
    }

    [Theory]
    [InlineData(2, 3, 91, 1, false, true)] // a speed of one to three days, an order a day before the end of the days
    [InlineData(2, 3, 94, 1, false, false)]
    [InlineData(null, 3, 5, -1, true, true)]
    [InlineData(20, 30, null, 4, true, false)]
    public void Who_buys_again_counts_on_the_day_of_the_end_by_how_fast_it_was_and_by_promises(int? right, int ended, int? ordered, int speed, bool broke, bool again)
    {
        var fact = Fact("DEL.LATE", Friday, Friday.AddDays(ended)) with { PutRightAt = right is { } days ? Friday.AddDays(days) : null, BrokePromise = broke };
        var mark = Assert.Single(OrderedAgain.MarksOf(fact, ordered is { } then ? Friday.AddDays(then) : null, TimeZoneInfo.Utc)).Key;
        Assert.Equal((Measure.BoughtAgain, Day(2026, 3, 6) + ended, again ? 1 : 0), (mark.Measure, mark.Day, mark.Bucket));
        Assert.Equal((speed, broke), OrderedAgain.Of(mark.Part));
        Assert.Empty(OrderedAgain.MarksOf(fact with { ClosedAt = null }, null, TimeZoneInfo.Utc));
        Assert.Empty(OrderedAgain.MarksOf(fact with { IsComplaint = false }, null, TimeZoneInfo.Utc));
    }

    [Fact]
    public void Offers_with_money_are_read_from_a_log_and_back_from_text()
    {
        OfferPrepared Prepared(int id, long minor, Role? under) => new(Friday.AddHours(id), Jo, id, [new Option(1, "One", "Why", [new OptionRemedy(RemedyKind.Refund, "Money", new Money(minor, "EUR"), Friday.AddDays(3))], false)], null, Friday.AddDays(2), Friday.AddDays(9), true, Under: under);
        var offers = OfferDecided.Of([Prepared(1, 0, null), Prepared(2, 500, Role.Lead), new ApprovalAsked(Friday.AddHours(3), Jo, 2, []), new OfferApproved(Friday.AddHours(4), Jo, 2), new OfferSent(Friday.AddHours(5), Jo, 2), Prepared(3, 700, null), new ApprovalAsked(Friday.AddHours(3), Jo, 3, [])], Rules.Calendar);
        Assert.Equal([(Role.Lead, true, true, true), (Jo.Role, false, true, false)], offers.Select(offer => (offer.Role, offer.IsSent, offer.IsAsked, offer.IsAgreed)));
        Assert.Equal(new TimeSpan?[] { Rules.Calendar.Between(Friday.AddHours(3), Friday.AddHours(4)), null }, offers.Select(offer => offer.Waited));
        Assert.Equal(offers, OfferDecided.Read(OfferDecided.Write(offers)));
        Assert.Equal([(1, 1, 1, 1), (0, 1, 0, 0)], ApprovalTally.Of(offers).OrderByDescending(tally => tally.Role).Select(tally => (tally.Sent, tally.Asked, tally.Unchanged, tally.AskedAndSent)));
        Assert.Throws<FormatException>(() => OfferDecided.Read("1,2"));
    }

    [Fact]
    public void Marks_are_read_as_they_were_written()
    {
        var marks = CaseFacts.Of([Opened(Friday), new WeSpoke(Friday.AddHours(5), Jo, Channel.Mail, 2)], Rules).Marks;
        Assert.True(marks.Count > 2);
        Assert.Equal(marks.OrderBy(each => each.Key.ToString()), Marks.Read(Marks.Write(marks)).OrderBy(each => each.Key.ToString()));
        Assert.Throws<FormatException>(() => Marks.Read("1,2,3"));
        Assert.Equal((5, TimeCount.Open), Marks.TimeOf(Marks.TimePart(5, TimeCount.Open)));
    }

    private static CaseOpened Opened(DateTimeOffset at) => new(at, Amara, Channel.Mail, CaseKind.Complaint, "Broken kettle", "It leaks.", Amara.Id, Amara.Name, false, false);

    private static CaseFacts Fact(string category, DateTimeOffset opened, DateTimeOffset? closed, bool atOnce = false) => new(Amara.Id, true, category, opened, closed, atOnce, new Dictionary<Mark, long>());

    private static int Day(int year, int month, int day) => new DateOnly(year, month, day).DayNumber;

    private static long Minutes(CaseFacts facts, Milestone milestone, TimeCount clock) => MinuteHistogram.MinutesOf(Assert.Single(facts.Marks.Keys, mark => mark.Measure == Measure.Took && mark.Part == Marks.TimePart((int)milestone, clock)).Bucket);
}
