using Amends.Domain.Cases;
using Amends.Domain.Issues;
using Amends.Domain.Offers;
using Amends.Domain.Remedies;
using Amends.Domain.Returns;
using Amends.Domain.Visits;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Cases;

/// <summary>What was chosen, step by step: the plain ways, what is sent back, visits, vouchers, and what is never charged.</summary>
public sealed class RemedyPathTests
{
    private static readonly DateTimeOffset Chosen = Start.AddHours(1);
    private static readonly ReturnLabel Label = new("Parcel post", "PP 1234", null, "Hand it in at any post office.", Start.AddDays(14));

    [Fact]
    public void A_remedy_moves_on_a_step_at_a_time_never_back_and_is_done_with_its_last_step()
    {
        var @case = With(Of(RemedyKind.Refund));
        @case.AdvanceRemedy(1, RemedyStep.Requested, null, null, Jo, Chosen);
        @case.AdvanceRemedy(1, RemedyStep.Paid, "by bank", "TX 77", Jo, Chosen.AddHours(1));
        Assert.Equal("back", Code(() => @case.AdvanceRemedy(1, RemedyStep.Requested, null, null, Jo, Chosen)) == "step" ? "back" : "on");
        Assert.True(@case.State.Remedies[0].IsOpen);
        @case.AdvanceRemedy(1, RemedyStep.Confirmed, null, null, Jo, Chosen.AddHours(2));
        @case.AdvanceRemedy(1, RemedyStep.Confirmed, null, null, Jo, Chosen.AddHours(3));

        var remedy = @case.State.Remedies[0];
        Assert.Equal((false, Chosen.AddHours(2)), (remedy.IsOpen, remedy.DoneAt!.Value));
        Assert.Equal([(RemedyStep.Requested, null), (RemedyStep.Paid, "TX 77"), (RemedyStep.Confirmed, null)], remedy.Moves.Select(move => (move.Step, move.Proof)));
        Assert.Equal("Jo", remedy.Moves[1].By);
    }

    [Fact]
    public void A_kind_is_not_offered_without_what_it_must_know()
    {
        Assert.Equal("amount", Code(() => With(Of(RemedyKind.Distress, 0))));
        Assert.Equal("reason", Code(() => With(Of(RemedyKind.PriceReduction))));
        Assert.Equal("instead_of", Code(() => With(Of(RemedyKind.Substitute))));
        Assert.Equal("alternatives", Code(() => With(Of(RemedyKind.None, 0) with { Data = new RemedyData { Reason = "It is as agreed." } })));
        Assert.Equal("valid_until", Code(() => With(Of(RemedyKind.Voucher) with { Data = new RemedyData { ValidUntil = Start } })));
        With(Of(RemedyKind.PriceReduction) with { Data = new RemedyData { Reason = " A scratch. " } });
    }

    [Fact]
    public void Money_that_waits_for_the_parcel_is_due_with_the_scan_and_not_before()
    {
        var @case = WithReturn(ReleaseOn.Scan);
        Assert.Equal("waiting", Code(() => @case.AdvanceRemedy(2, RemedyStep.Paid, null, null, Jo, Chosen)));
        Assert.Equal("no_label", Code(() => @case.ScanReturn(1, RemedyStep.InTransit, Chosen, null, Jo, Hours, Chosen)));
        @case.IssueReturn(1, Label, 1, Jo, Chosen);
        Assert.Contains(new TakeReturnNumber("R1000017", 1, "PP 1234"), @case.Claims);

        var scanned = Chosen.AddHours(5);
        @case.ScanReturn(1, RemedyStep.InTransit, scanned, "Leeds", Jo, Hours, scanned);
        var told = @case.News.Count;
        @case.ScanReturn(1, RemedyStep.InTransit, scanned.AddHours(1), "York", Jo, Hours, scanned.AddHours(1));
        Assert.Equal(told, @case.News.Count);

        var refund = @case.State.Remedies[1];
        Assert.Equal((false, scanned, Hours.After(Hours.NextOpen(scanned), Case.ReleaseWithin)), (refund.IsWaiting, refund.ReleasedAt!.Value, refund.DueAt));
        @case.AdvanceRemedy(2, RemedyStep.Confirmed, null, "TX 1", Jo, scanned.AddHours(2));
        Assert.Equal("remedies_open", Code(() => @case.CompleteDelivery(null, null, Jo, Hours, scanned.AddHours(3))));
    }

    [Fact]
    public void Money_that_waits_for_receipt_is_not_due_with_the_scan_and_inspection_takes_nothing_back()
    {
        var @case = WithReturn(ReleaseOn.Receipt);
        @case.IssueReturn(1, Label, 1, Jo, Chosen);
        @case.ScanReturn(1, RemedyStep.InTransit, Chosen.AddHours(1), null, Jo, Hours, Chosen.AddHours(1));
        Assert.True(@case.State.Remedies[1].IsWaiting);
        Assert.Equal("not_received", Code(() => @case.InspectReturn(1, Inspection.Pass, null, Jo, Chosen.AddHours(2))));
        @case.ScanReturn(1, RemedyStep.Received, Chosen.AddHours(3), null, Jo, Hours, Chosen.AddHours(3));
        Assert.False(@case.State.Remedies[1].IsWaiting);
        Assert.Equal("note", Code(() => @case.InspectReturn(1, Inspection.Fail, null, Jo, Chosen.AddHours(4))));
        @case.InspectReturn(1, Inspection.Fail, "Another kettle.", Jo, Chosen.AddHours(4));

        Assert.Equal((true, true), (@case.State.Remedies[0].IsOpen, @case.State.Remedies[1].IsOpen));
        @case.AdvanceRemedy(1, RemedyStep.Closed, "They keep it.", null, Jo, Chosen.AddHours(5));
        Assert.False(@case.State.Remedies[0].IsOpen);
    }

    [Fact]
    public void A_return_that_is_as_agreed_is_closed_and_one_at_once_waits_for_nothing()
    {
        var @case = WithReturn(ReleaseOn.AtOnce);
        Assert.False(@case.State.Remedies[1].IsWaiting);
        @case.IssueReturn(1, Label, 1, Jo, Chosen);
        @case.ScanReturn(1, RemedyStep.Received, Chosen.AddHours(1), null, Jo, Hours, Chosen.AddHours(1));
        @case.InspectReturn(1, Inspection.Pass, null, Jo, Chosen.AddHours(2));
        Assert.Equal(RemedyStep.Closed, @case.State.Remedies[0].Step);
        Assert.False(@case.State.Remedies[0].IsOpen);
    }

    [Fact]
    public void Nobody_is_asked_to_send_something_back_without_a_label()
    {
        var @case = WithReturn(ReleaseOn.Scan);
        Assert.Equal("label", Code(() => @case.IssueReturn(1, Label with { Instructions = " " }, 1, Jo, Chosen)));
        Assert.Equal("steps", Code(() => @case.FinishRemedy(1, "sent back", Jo, Chosen)));
        Assert.Equal("gate", Code(() => @case.AdvanceRemedy(1, RemedyStep.Closed, null, null, Jo, Chosen)));
    }

    [Fact]
    public void A_label_lapses_with_a_reminder_before_and_a_late_parcel_counts_all_the_same()
    {
        var @case = WithReturn(ReleaseOn.Scan);
        @case.IssueReturn(1, Label, 1, Jo, Chosen);
        @case.IssueReturn(1, Label, 2, Jo, Chosen); // the same once more
        @case.Wake(Label.ExpiresAt - Case.LabelReminder);
        @case.Wake(Label.ExpiresAt - Case.LabelReminder);
        Assert.Single(@case.News.OfType<ReturnLapsesSoon>());
        @case.Wake(Label.ExpiresAt);
        @case.Wake(Label.ExpiresAt.AddDays(1));
        Assert.Single(@case.News.OfType<ReturnExpired>());
        Assert.Single(@case.News.OfType<ReturnIssued>());
        Assert.Equal((false, RemedyStep.Expired), (@case.State.Remedies[0].IsOpen, @case.State.Remedies[0].Step!.Value));
        Assert.True(@case.State.Remedies[1].IsWaiting);

        @case.ScanReturn(1, RemedyStep.InTransit, Label.ExpiresAt.AddDays(1), null, Jo, Hours, Label.ExpiresAt.AddDays(2));
        Assert.Equal((true, false), (@case.State.Remedies[0].IsOpen, @case.State.Remedies[1].IsWaiting));
    }

    [Fact]
    public void What_waits_for_a_parcel_is_let_go_for_a_reason()
    {
        var @case = WithReturn(ReleaseOn.Receipt);
        Assert.Equal("why", Code(() => @case.ReleaseRemedy(2, " ", Jo, Hours, Chosen)));
        @case.ReleaseRemedy(2, "The parcel shop lost it.", Jo, Hours, Chosen);
        Assert.False(@case.State.Remedies[1].IsWaiting);
    }

    [Fact]
    public void Choosing_a_substitute_is_the_yes_to_it_and_one_without_a_yes_is_not_sent()
    {
        var @case = With(Of(RemedyKind.Substitute) with { Data = new RemedyData { InsteadOf = "The blue kettle" } });
        Assert.Equal("on the customer's page", @case.State.Remedies[0].Consent!.Via);
        @case.AdvanceRemedy(1, RemedyStep.Shipped, null, "P 9", Jo, Chosen);

        var old = Case.Load(@case.State with { Remedies = [@case.State.Remedies[0] with { Consent = null, Step = null }] });
        Assert.Equal("consent", Code(() => old.AdvanceRemedy(1, RemedyStep.Reserved, null, null, Jo, Chosen)));
        Assert.Equal("words", Code(() => old.AgreeToSubstitute(1, Channel.Phone, null, Jo, Chosen)));
        old.AgreeToSubstitute(1, Channel.Phone, "“The red one is fine.”", Jo, Chosen);
        old.FinishRemedy(1, null, Jo, Chosen);
    }

    [Fact]
    public void A_charge_is_refused_while_the_fault_is_ours_or_undecided_and_falls_away_when_it_turns_out_so()
    {
        var charged = Of(RemedyKind.Repair, 0) with { CustomerCharge = new Money(1500, "EUR") };
        Assert.Equal("charge", Code(() => With(charged)));

        var @case = Understood();
        @case.SendSummary(Jo, Start);
        @case.Decide(1, Finding.NotUpheld, "It fell.", "Mended at cost.", null, Jo, Start);
        Offer(@case, charged);
        Assert.Equal(new Money(1500, "EUR"), @case.State.Remedies[0].CustomerCharge);
        Assert.Equal("charge", Code(() => Offer(Heard(), Of(RemedyKind.Visit, 0) with { CustomerCharge = new Money(1, "EUR") })));

        @case.RaiseIssue("And it was late", Amara, Chosen);
        Assert.Null(@case.State.Remedies[0].CustomerCharge);

        static Case Heard()
        {
            var heard = Understood();
            heard.SendSummary(Jo, Start);
            heard.Decide(1, Finding.NotUpheld, "It fell.", "We look at it.", null, Jo, Start);
            return heard;
        }
    }

    [Fact]
    public void A_visit_is_chosen_from_two_windows_that_are_held_signed_off_by_the_customer_and_costs_nothing()
    {
        var @case = With(Of(RemedyKind.Visit, 0));
        var times = VisitTimes.All(Hours, Windows, Chosen).Take(2).ToList();
        Assert.Equal("times", Code(() => @case.OfferVisit(1, [times[0], times[0]], null, Windows, Jo, Hours, Chosen)));
        Assert.Equal("steps", Code(() => @case.FinishRemedy(1, null, Jo, Chosen)));
        @case.OfferVisit(1, times, null, Windows, Jo, Hours, Chosen);
        Assert.Equal(times, Assert.Single(@case.Claims.OfType<HoldVisitTimes>()).Times);
        Assert.Equal("address", Code(() => @case.BookVisit(1, times[1], null, Channel.Page, null, Windows, Amara, Hours, Chosen)));
        Assert.Equal("time", Code(() => @case.BookVisit(1, VisitTimes.All(Hours, Windows, Chosen).Last(), "12 Mill Lane", Channel.Page, null, Windows, Amara, Hours, Chosen)));
        @case.BookVisit(1, times[1], "12 Mill Lane", Channel.Page, null, Windows, Amara, Hours, Chosen);
        Assert.Equal([times[1]], @case.Claims.OfType<HoldVisitTimes>().Last().Times);
        Assert.True(@case.State.NextContact!.DueAt > times[1].To);
        Assert.Equal("too_early", Code(() => @case.EndVisit(1, "A loose wire", null, "Ben", Jo, Chosen)));
        Assert.Equal("diagnosis", Code(() => @case.EndVisit(1, "", null, "Ben", Jo, times[1].To)));
        @case.EndVisit(1, "A loose wire", "A clamp", "Ben", Jo, times[1].To);
        Assert.Equal("words", Code(() => @case.SignOffVisit(1, Channel.Phone, null, Jo, times[1].To)));
        Assert.True(@case.State.Remedies[0].IsOpen);
        @case.SignOffVisit(1, Channel.Page, null, Amara, times[1].To);
        Assert.False(@case.State.Remedies[0].IsOpen);
    }

    [Theory]
    [InlineData(VisitMiss.Ours, "why nobody came, and new times for the visit")]
    [InlineData(VisitMiss.Theirs, "new times for the visit")]
    public void A_visit_that_did_not_take_place_is_a_fresh_promise_and_can_be_booked_again(VisitMiss whose, string promise)
    {
        var @case = With(Of(RemedyKind.Visit, 0) with { Data = new RemedyData { Address = "12 Mill Lane" } });
        var times = VisitTimes.All(Hours, Windows, Chosen).Take(2).ToList();
        @case.OfferVisit(1, times, null, Windows, Jo, Hours, Chosen);
        @case.BookVisit(1, times[0], null, Channel.Page, null, Windows, Amara, Hours, Chosen);
        @case.MissVisit(1, whose, null, Jo, Hours, times[0].To);
        Assert.Equal(promise, @case.State.NextContact!.What);
        Assert.Equal(whose == VisitMiss.Ours ? 1 : 0, @case.State.Escalation);
        Assert.Empty(@case.Claims.OfType<HoldVisitTimes>().Last().Times);
        @case.OfferVisit(1, [.. VisitTimes.All(Hours, Windows, times[0].To).Take(2)], null, Windows, Jo, Hours, times[0].To);
        Assert.Equal("12 Mill Lane", @case.State.Remedies[0].Visit!.Address);
        @case.Withdraw(CloseReason.Withdrawn, "They bought another one.", Told.Without("They said so themselves."), Jo, times[0].To);
        Assert.Empty(@case.Claims.OfType<HoldVisitTimes>().Last().Times);
    }

    [Fact]
    public void A_voucher_is_used_in_parts_once_a_reference_also_after_the_case_and_never_beyond_its_worth()
    {
        var code = Domain.Vouchers.VoucherCode.Of(new byte[15]);
        var @case = With(Of(RemedyKind.Voucher, 20) with { Data = new RemedyData { ValidUntil = Start.AddYears(1) } });
        @case.IssueVoucher(1, code, null, Jo, Chosen);
        Assert.False(@case.State.Remedies[0].IsOpen);
        @case.Withdraw(CloseReason.Withdrawn, "All is well.", Told.Without("They said so themselves."), Jo, Chosen);
        @case.UseVoucher(code, new Money(1200, "EUR"), "N-1", Jo, Chosen.AddDays(1));
        @case.UseVoucher(code, new Money(1200, "EUR"), "N-1", Jo, Chosen.AddDays(1));
        Assert.Equal(new Money(800, "EUR"), @case.State.Remedies[0].Voucher!.Left);
        Assert.Equal("reference", Code(() => @case.UseVoucher(code, new Money(100, "EUR"), "N-1", Jo, Chosen.AddDays(1))));
        Assert.Equal("amount", Code(() => @case.UseVoucher(code, new Money(801, "EUR"), "N-2", Jo, Chosen.AddDays(1))));
        Assert.Equal("amount", Code(() => @case.UseVoucher(code, new Money(100, "USD"), "N-2", Jo, Chosen.AddDays(1))));
        @case.UseVoucher(code, new Money(800, "EUR"), "N-2", Jo, Chosen.AddDays(2));
        Assert.Equal(RemedyStep.Used, @case.State.Remedies[0].Step);
        Assert.Null(@case.WakeAt);
    }

    [Fact]
    public void A_voucher_lapses_on_its_day_with_what_is_left()
    {
        var code = Domain.Vouchers.VoucherCode.Of(new byte[15]);
        var @case = With(Of(RemedyKind.Credit, 20) with { Data = new RemedyData { ValidUntil = Start.AddDays(30) } });
        @case.IssueVoucher(1, code, null, Jo, Chosen);
        @case.Withdraw(CloseReason.Withdrawn, "All is well.", Told.Without("They said so themselves."), Jo, Chosen);
        Assert.Equal("expired", Code(() => @case.UseVoucher(code, new Money(1, "EUR"), "N-1", Jo, Start.AddDays(30))));
        @case.Wake(Start.AddDays(30));
        @case.Wake(Start.AddDays(31));
        Assert.Equal(new Money(2000, "EUR"), Assert.Single(@case.News.OfType<Domain.Vouchers.VoucherExpired>()).Lost);
        Assert.Equal(0, @case.State.Remedies[0].Voucher!.Left.Minor);
    }

    private static OptionRemedy Of(RemedyKind kind, long euros = 20) => new(kind, kind.ToString(), new Money(euros * 100, "EUR"), Start.AddDays(2));

    private static Case WithReturn(ReleaseOn when) => With(Of(RemedyKind.Return, 0), Of(RemedyKind.Refund) with { Data = new RemedyData { ReleaseOn = when } });

    private static Case With(params OptionRemedy[] remedies)
    {
        var @case = Understood();
        Offer(@case, remedies);
        return @case;
    }

    private static void Offer(Case @case, params OptionRemedy[] remedies)
    {
        @case.PrepareOffer(new Case.Draft([new Option(0, "This", "Because of tea.", remedies, true)], null, Start.AddDays(3), Start.AddDays(7)), Lea, Start);
        @case.SendOffer(1, Jo, Hours, Start);
        @case.Choose(1, 1, Channel.Page, null, Amara, Hours, Chosen);
    }

    private static string Code(Action act) => Assert.Throws<Refused>(act).Code;
}
