using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.CheckBacks;
using Amends.Domain.Outcomes;
using Amends.Domain.Remedies;
using Amends.Domain.Reports;
using SelfMadeBy = Amends.Domain.Worth.SelfMadeBy;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Reports;

/// <summary>What is counted of worth and cost: by the day of the end, with what was known of orders then and came after.</summary>
public sealed class WorthMarksTests
{
    private const long DayMs = 86_400_000;
    private static readonly ReportRules Rules = new(Hours, "EUR");
    private static readonly DateTimeOffset Opened = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Ended = new(2026, 3, 9, 9, 0, 0, TimeSpan.Zero);
    private static readonly int Day = new DateOnly(2026, 3, 9).DayNumber;

    [Theory]
    [InlineData(90, 0, AgainWithin.Days90)]
    [InlineData(90, 1, AgainWithin.Days180)]
    [InlineData(180, 0, AgainWithin.Days180)]
    [InlineData(180, 1, AgainWithin.Days365)]
    [InlineData(365, 0, AgainWithin.Days365)]
    [InlineData(365, 1, AgainWithin.NotInAYear)]
    [InlineData(0, 0, AgainWithin.NotInAYear)]
    public void An_order_after_the_end_counts_in_the_shortest_time_that_holds_it(int days, int more, AgainWithin expected)
    {
        var marks = Of(Log(CheckBackAnswer.Yes), [new(Ms(Opened.AddDays(-100)), 5_000, true), new(Ms(Ended) + days * DayMs + more, 1, false), new(Ms(Ended.AddDays(900)), 1, true)]);
        Assert.Equal((int)expected, Assert.Single(marks, mark => mark.Key.Measure == Measure.WorthAgain && mark.Key.Part == (int)AgainAmong.PutRight).Key.Bucket);
        Assert.Equal(5_000, marks[new(Measure.WorthRevenue, Day, (int)Ending.PutRight, 0)]); // of one year, at the least
        Assert.DoesNotContain(Of(Log(CheckBackAnswer.Yes), [new(Ms(Opened) + 1, 5_000, true), new(Ms(Opened.AddDays(-3)), 900, false)]).Keys, mark => mark.Measure is Measure.WorthAgain or Measure.WorthRevenue); // none before in our currency
    }

    [Fact]
    public void What_was_turned_round_costs_nothing_and_what_is_known_goes_before_what_is_booked()
    {
        var log = Log(CheckBackAnswer.Yes, new RemedyAdded(Opened, Jo, 1, RemedyKind.Refund, "Money", new(2_000, "EUR"), Opened, null), new RemedyAdded(Opened, Jo, 2, RemedyKind.Other, "A cup", new(900, "EUR"), Opened, null, Data: new RemedyData { Cost = new(400, "EUR") }));
        var marks = WorthMarks.Of(log, new([], [new(Day - 3, 1, RemedyKind.Refund, 2_000), new(Day - 2, 2, RemedyKind.Other, 900), new(Day - 1, 3, RemedyKind.Voucher, 700), new(Day + 5, 3, RemedyKind.Voucher, -700)], [new(Day - 4, Spent.Work, 120), new(Day + 9, Spent.Work, 60), new(Day, Spent.Shipping, 490)]), Rules);
        Assert.Equal(2_000, marks[new(Measure.WorthSpent, Day, WorthParts.Of(RemedyKind.Refund), 0)]);
        Assert.Equal(400, marks[new(Measure.WorthSpent, Day, (int)Spent.Known, 0)]);
        Assert.Equal(180, marks[new(Measure.WorthSpent, Day, (int)Spent.Work, 0)]); // with what came after the end
        Assert.DoesNotContain(new(Measure.WorthSpent, Day, WorthParts.Of(RemedyKind.Voucher), 0), marks.Keys);
        Assert.Equal([(int)CostSort.Work, (int)CostSort.Remedies, (int)CostSort.Other], marks.Keys.Where(mark => mark.Measure == Measure.WorthCostly).Select(mark => (int)mark.Part).Order());
        Assert.Equal((700L, 700L), (marks[new(Measure.Keeping, Day - 1, WorthParts.Of(RemedyKind.Voucher), 0)], marks[new(Measure.Keeping, Day + 5, WorthParts.Back(RemedyKind.Voucher), 0)])); // each by its own day
        Assert.Equal(1, marks[new(Measure.RemedyAnswered, Day, (int)RemedyKind.Other, (int)AfterAll.PutRight)]);
    }

    [Fact]
    public void A_complaint_looks_back_at_the_newest_one_before_about_its_order_or_that_goes_on_in_it()
    {
        WorthEarlier[] all = [new(3, 70, null, true, false), new(5, 70, null, false, true), new(6, 71, 9, true, true), new(9, 70, null, false, false), new(11, 70, null, true, true)];
        Assert.Equal(6, WorthMarks.Earlier(9, 70, all)!.Number); // 11 is later
        Assert.Equal(5, WorthMarks.Earlier(6, 70, all)!.Number);
        Assert.Null(WorthMarks.Earlier(6, null, all)); // no order is not the same order
        Assert.Equal((long)SelfMadeBy.BrokenPromise, WorthMarks.Ended(Ending.PutRight, Day, "", "", all[1]).Part);
        Assert.Equal((long)SelfMadeBy.OurHandling, WorthMarks.Ended(Ending.PutRight, Day, "SRV.slow", null, all[2]).Part);
        Assert.Equal(new Mark(Measure.WorthEnded, Day, 0, (int)Ending.NoAnswer), WorthMarks.Ended(Ending.NoAnswer, Day, "DEL.late", null, null));
        Assert.Equal([(9L, 4), (9L, Marks.SelfMade + 1)], new[] { WorthMarks.Ended(Ending.NoAnswer, Day, "DEL.late", null, null), WorthMarks.Ended(Ending.PutRight, Day, "SRV.slow", null, null) }.Select(ended => WorthMarks.EndedBy(ended, 9)).Select(mark => (mark.Part, mark.Bucket)));
    }

    private static IReadOnlyDictionary<Mark, long> Of(WorthLog log, IReadOnlyList<WorthOrder> orders) => WorthMarks.Of(log, new(orders, [], []), Rules);

    private static WorthLog Log(CheckBackAnswer answer, params CaseEvent[] more) => WorthLog.Of([.. more, new CheckBackAnswered(Ended, Jo, answer, null, Channel.Phone, "Well.")],
        new(1, true, "DEL.late", Opened, Ended, false, new Dictionary<Mark, long>()) { Reason = CloseReason.Confirmed });

    private static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();
}
