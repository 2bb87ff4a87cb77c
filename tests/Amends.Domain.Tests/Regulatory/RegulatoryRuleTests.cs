using System.Globalization;
using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.Deadlines;
using Amends.Domain.Issues;
using Amends.Domain.Offers;
using Amends.Domain.People;
using Amends.Domain.Regulatory;
using Amends.Domain.Remedies;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Regulatory;

/// <summary>The rules by which complaints are counted for regulators, at their limits.</summary>
public sealed class RegulatoryRuleTests
{
    private static readonly HolidayCalendar England = new("gb-ew", 1, "England and Wales", [DayOfWeek.Saturday, DayOfWeek.Sunday], [.. new[] { "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31", "2026-12-25", "2026-12-28", "2027-01-01" }.Select(Day)]);
    private static readonly DayRules London = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/London"), new TimeOnly(17, 0));

    [Theory] // the days are the worked ones of the domain research, section 2.6
    [InlineData("2026-08-24", "2026-08-27")]
    [InlineData("2026-12-18", "2026-12-23")]
    [InlineData("2026-05-01", "2026-05-07")] // over a weekend and a bank holiday
    [InlineData("2026-08-29", "2026-09-03")] // received on a Saturday
    [InlineData("2026-04-02", "2026-04-09")] // over Easter
    [InlineData("2026-12-24", "2026-12-31")]
    public void Three_business_days_end_at_the_close_of_the_third_one_after_the_day_of_receipt(string received, string last)
    {
        var close = LocalDay.At(Day(last), London.CutOff, London.Zone);
        Assert.Equal(close, ClosingBands.QuickUntil(Day(received), England, London));
        foreach (var hour in new[] { 0, 9, 23 }) // the hour of receipt plays no part
        {
            var at = LocalDay.At(Day(received), new TimeOnly(hour, 30), London.Zone);
            Assert.Equal(QuickBand.ThreeBusinessDays, ClosingBands.InDays(at, close, England, London));
            Assert.Equal(QuickBand.UpToEightWeeks, ClosingBands.InDays(at, close.AddSeconds(1), England, London));
        }
    }

    [Theory]
    [InlineData(0, WeekBand.UpToFour, QuickBand.ThreeBusinessDays)]
    [InlineData(28, WeekBand.UpToFour, QuickBand.UpToEightWeeks)]
    [InlineData(29, WeekBand.FourToEight, QuickBand.UpToEightWeeks)]
    [InlineData(56, WeekBand.FourToEight, QuickBand.UpToEightWeeks)]
    [InlineData(57, WeekBand.OverEight, QuickBand.OverEightWeeks)]
    [InlineData(400, WeekBand.OverEight, QuickBand.OverEightWeeks)]
    public void Weeks_end_with_their_last_day_and_the_day_of_receipt_is_none(int days, WeekBand week, QuickBand quick)
    {
        var received = Day("2026-03-04");
        Assert.Equal(week, ClosingBands.InWeeks(received, received.AddDays(days)));
        foreach (var (from, to) in new[] { ("00:00", "16:59"), ("16:00", "16:59") }) // also over the change of the clocks on 29 March
            Assert.Equal(quick, ClosingBands.InDays(At(received, from), At(received.AddDays(days), to), England, London));
    }

    [Theory]
    [InlineData("", ComplaintOutcome.NotDecided)]
    [InlineData("-", ComplaintOutcome.NotDecided)]
    [InlineData("U", ComplaintOutcome.Upheld)]
    [InlineData("P", ComplaintOutcome.Upheld)]
    [InlineData("N", ComplaintOutcome.Rejected)]
    [InlineData("N-", ComplaintOutcome.Rejected)]
    [InlineData("NP", ComplaintOutcome.Upheld)]
    [InlineData("PN", ComplaintOutcome.Upheld)]
    [InlineData("NNU-", ComplaintOutcome.Upheld)]
    public void Upheld_in_part_counts_as_upheld_and_one_such_issue_is_enough(string findings, ComplaintOutcome outcome) =>
        Assert.Equal(outcome, ReportableComplaint.OutcomeOf(findings.Select(each => each switch { 'U' => Finding.Upheld, 'P' => Finding.PartlyUpheld, 'N' => Finding.NotUpheld, _ => (Finding?)null })));

    [Fact]
    public void Rejected_with_a_payment_in_goodwill_is_rejected_and_the_final_response_closes_it_before_the_acceptance()
    {
        var @case = Asked();
        @case.Decide(1, Finding.NotUpheld, "It was filled above the mark.", null, "photo 2", Jo, Start, remedies: [new(RemedyKind.PriceReduction, "Part of the price", new Money(2000, "EUR"), Start.AddDays(2)) { Data = new() { Reason = "It pours." } }]);
        @case.SendDecision(Terms(), Jo, Hours, Start.AddHours(3));
        @case.Choose(1, 1, Channel.Page, null, Amara, Hours, Start.AddHours(5));
        @case.RequestPayment(1, "manual", false, Jo, Start.AddHours(6));
        Assert.Equal(new ReportableComplaint(Start, Start.AddHours(3), SettledBy.FinalResponse, null, ComplaintOutcome.Rejected, false, false), Of(@case.News));
    }

    [Fact]
    public void Acceptance_closes_it_before_a_letter_that_follows_and_what_is_opened_again_stays_closed()
    {
        var log = Delivering().News.ToList();
        var accepted = Of(log)!;
        Assert.Equal((Start.AddHours(1), SettledBy.Acceptance, ComplaintOutcome.NotDecided), (accepted.SettledAt, accepted.By, accepted.Outcome));
        log.Add(new LetterSent(Start.AddDays(2), Jo, LetterKind.SummaryResolution, 4, "00"));
        log.Add(new CaseClosed(Start.AddDays(3), Amara, CloseReason.Confirmed, null));
        log.Add(new CaseReopened(Start.AddDays(9), Jo, "It leaks again."));
        Assert.Equal(accepted, Of(log));
    }

    [Theory]
    [InlineData(LetterKind.Final, SettledBy.FinalResponse)]
    [InlineData(LetterKind.NotUpheld, SettledBy.FinalResponse)]
    [InlineData(LetterKind.SummaryResolution, SettledBy.Acceptance)]
    [InlineData(LetterKind.Holding, null)]
    [InlineData(LetterKind.Update, null)]
    [InlineData(LetterKind.Acknowledgement, null)]
    public void Only_letters_that_end_it_close_it(LetterKind kind, SettledBy? by) => Assert.Equal(by, Of([.. Opened().News, new LetterSent(Start.AddDays(1), Jo, kind, 4, "00")])!.By);

    [Theory]
    [InlineData(CloseReason.Confirmed, SettledBy.Acceptance)]
    [InlineData(CloseReason.Deadlock, SettledBy.FinalResponse)]
    [InlineData(CloseReason.OutsideDecision, SettledBy.FinalResponse)]
    [InlineData(CloseReason.Withdrawn, SettledBy.Withdrawal)]
    [InlineData(CloseReason.Unconfirmed, null)] // silence is no acceptance
    public void An_end_without_a_word_of_the_customer_or_a_final_one_of_ours_leaves_it_outstanding(CloseReason reason, SettledBy? by)
    {
        var found = Of([.. Opened().News, new CaseClosed(Start.AddDays(3), Jo, reason, null)])!;
        Assert.Equal((by, by is null ? (DateTimeOffset?)null : Start.AddDays(3), Start.AddDays(3)), (found.By, found.SettledAt, found.EndedAt));
    }

    [Fact]
    public void What_is_no_complaint_of_ours_or_goes_on_elsewhere_is_not_counted_and_a_withdrawal_that_is_undone_never_was()
    {
        var opened = Opened().News;
        Assert.Null(Of([.. opened, new CaseClosed(Start.AddDays(1), Jo, CloseReason.OutOfScope, "Another firm's.")]));
        Assert.Null(Of([.. opened, new CaseClosed(Start.AddDays(1), Jo, CloseReason.Duplicate, null) { GoesOnIn = 4 }]));
        Assert.Null(Of([.. opened, new KindChanged(Start.AddDays(1), Jo, CaseKind.Complaint, CaseKind.Question)]));
        var again = Of([.. opened, new CaseClosed(Start.AddDays(1), Jo, CloseReason.Withdrawn, null), new CaseReopened(Start.AddDays(2), Jo, "By mistake.")])!;
        Assert.Equal((null, null, null), (again.SettledAt, again.By, again.EndedAt));
    }

    [Theory]
    [InlineData("2026-01-01", "2026-06-30", ReturnForm.Old)]
    [InlineData("2026-07-01", "2026-12-31", ReturnForm.Old)]
    [InlineData("2026-07-01", "2027-01-01", ReturnForm.Neither)]
    [InlineData("2027-01-01", "2027-06-30", ReturnForm.Consolidated)]
    [InlineData("2027-01-01", "2027-01-01", ReturnForm.Consolidated)]
    [InlineData("2031-04-01", "2031-09-30", ReturnForm.Consolidated)]
    public void The_old_form_ends_with_2026(string from, string to, ReturnForm form) => Assert.Equal(form, FcaReturn.FormOf(new(Day(from), Day(to))));

    [Fact]
    public void Half_years_have_codes_and_two_months_to_hand_in()
    {
        Assert.Equal(("2026-1", "January to June 2026", Day("2026-08-31")), (ReportingPeriod.Half(2026, 1).Code, $"{ReportingPeriod.Half(2026, 1)}", ReportingPeriod.Half(2026, 1).HandInBy));
        Assert.Equal(Day("2028-02-29"), ReportingPeriod.Half(2027, 2).HandInBy);
        Assert.Equal(new(Day("2026-07-01"), Day("2026-12-31")), ReportingPeriod.OfCode("2026-2"));
        Assert.All(new[] { null, "", "2026", "2026-3", "2026-0", "26-1", "1999-1", "+026-1", "2026-1 " }, code => Assert.Null(ReportingPeriod.OfCode(code)));
        Assert.Equal((null, false), (new ReportingPeriod(Day("2026-01-01"), Day("2026-06-29")).Code, new ReportingPeriod(Day("2026-01-02"), Day("2026-06-30")).IsHalfYear));
        Assert.Equal(("2026-1", "2026-2", "2025-2"), (ReportingPeriod.Usual(Day("2026-08-31")).Code, ReportingPeriod.Usual(Day("2026-09-01")).Code, ReportingPeriod.LastOver(Day("2026-06-30")).Code));
        Assert.Throws<ArgumentOutOfRangeException>(() => ReportingPeriod.Half(2026, 3));
    }

    private static ReportableComplaint? Of(IReadOnlyList<CaseEvent> log) => ReportableComplaint.Of(log, log.Aggregate(new CaseState(), (state, each) => state.After(each)));

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateTimeOffset At(DateOnly day, string time) => LocalDay.At(day, TimeOnly.ParseExact(time, "HH:mm", CultureInfo.InvariantCulture), London.Zone);
}
