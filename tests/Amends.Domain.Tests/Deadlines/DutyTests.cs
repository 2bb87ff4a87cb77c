using Amends.Domain.Cases;
using Amends.Domain.Deadlines;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Deadlines;

/// <summary>What presets ask of us on a case: when it begins, what meets it, and that what was missed stays so.</summary>
public sealed class DutyTests
{
    private static readonly HolidayCalendar Company = new(HolidayCalendars.Company, 3, "Ours", [DayOfWeek.Saturday, DayOfWeek.Sunday], []);

    internal static readonly DeadlineBook Book = new(
    [
        Of("shop", [Duty("acknowledge", 1, TimeUnit.BusinessDays, Fulfilment.Acknowledgement, Fulfilment.Word), Duty("answer", 10, TimeUnit.BusinessDays, Fulfilment.Decision, Fulfilment.Offer, Fulfilment.Closed)]) with
        {
            Extensions = [new ExtensionRule("answer", new Term(10, TimeUnit.BusinessDays), "once", [])],
        },
        Of("law", [Duty("acknowledge", 2, TimeUnit.BusinessDays, Fulfilment.Acknowledgement) with { UnlessMet = "quick:summary" }, Duty("final", 8, TimeUnit.Weeks, Fulfilment.FinalLetter) with { UnlessMet = "quick:summary" },
            Duty("update", 5, TimeUnit.BusinessDays, Fulfilment.Word) with { Repeats = true }, Duty("stage-two", 20, TimeUnit.BusinessDays, Fulfilment.FinalLetter) with { StartsOn = StartsOn.Escalation }]),
        Of("quick", [Duty("summary", 3, TimeUnit.BusinessDays, Fulfilment.SummaryLetter) with { IsTarget = true }]),
        Of("by-hand", [Duty("agreed", 10, TimeUnit.BusinessDays, Fulfilment.Delivered) with { StartsOn = StartsOn.AgreedPlan }]) with { Trigger = new Trigger("by hand", false) },
        Of("paper", [Duty("answer", 1, TimeUnit.BusinessDays, Fulfilment.FinalLetter)]) with { Trigger = new Trigger("letters", true) { Channels = [Channel.Letter] } },
        Of("off", [Duty("answer", 1, TimeUnit.BusinessDays, Fulfilment.FinalLetter)]),
    ], new HashSet<string> { "shop", "law", "quick", "by-hand", "paper" }, [Company], new DayRules(TimeZoneInfo.Utc, new TimeOnly(17, 0)));

    [Fact]
    public void A_complaint_falls_under_the_presets_that_fit_and_the_earliest_duty_binds()
    {
        var @case = Begun();
        Assert.Equal(["shop", "law", "quick"], @case.State.Presets.Select(preset => preset.Key));
        Assert.Equal(("shop", "acknowledge", Start.Date.AddDays(2)), (@case.State.NextDuty!.Preset, @case.State.NextDuty.Milestone, @case.State.NextDuty.DueAt.DateTime)); // the end of Thursday
        Assert.All(@case.State.Duties, duty => Assert.Equal((1, 3), (duty.PresetVersion, duty.CalendarVersion)));
        @case.FollowDuties(Book);
        Assert.Single(@case.News.OfType<DutiesBegun>()); // twice is once
    }

    [Fact]
    public void A_question_falls_under_none_until_it_turns_out_to_be_a_complaint_and_then_from_the_day_it_came()
    {
        var @case = Case.Open(new Opening(Channel.Mail, CaseKind.Question, "Kettle", "Does it leak?", Amara.Id, Amara.Name), Amara, Hours, Start);
        @case.FollowDuties(Book);
        Assert.Empty(@case.State.Duties);
        @case.ChangeKind(CaseKind.Complaint, Jo, Start.AddDays(5));
        @case.FollowDuties(Book);
        Assert.Equal(Start.Date.AddDays(2), @case.State.NextDuty!.DueAt.DateTime);
        @case.ChangeKind(CaseKind.Praise, Jo, Start.AddDays(5));
        @case.FollowDuties(Book);
        Assert.Null(@case.State.NextDuty);
        Assert.All(@case.State.Presets, preset => Assert.False(preset.Applies));
    }

    [Fact]
    public void An_acknowledgement_meets_every_duty_that_asks_for_one_with_the_message_as_evidence()
    {
        var @case = Begun();
        @case.Acknowledge(55, Start.AddMinutes(5));
        @case.FollowDuties(Book);
        var met = @case.State.Duties.Where(duty => duty.Milestone == "acknowledge").ToList();
        Assert.Equal(2, met.Count);
        Assert.All(met, duty => Assert.Equal((55, Start.AddMinutes(5), false), (duty.MessageId, duty.MetAt, duty.IsLate)));
    }

    [Fact]
    public void What_is_met_after_its_date_was_missed_and_stays_so()
    {
        var @case = Begun();
        @case.Wake(Start.AddDays(2));
        var duty = @case.State.Duties[0];
        Assert.True(duty is { IsLate: true, IsOpen: true });
        Assert.Equal(2, @case.News.OfType<DutyDueSoon>().Count(soon => soon.Title == "acknowledge") + @case.News.OfType<DutyBreached>().Count(breached => breached.Id == duty.Id));
        @case.Acknowledge(55, Start.AddDays(3));
        @case.FollowDuties(Book);
        Assert.True(@case.State.Duties[0] is { IsLate: true, IsOpen: false });
        Assert.False(@case.News.OfType<DutyMet>().First(met => met.Id == duty.Id).InTime);
    }

    [Fact]
    public void Whoever_acts_after_the_date_but_before_the_clock_comes_by_has_missed_it_all_the_same()
    {
        var @case = Begun();
        @case.Acknowledge(55, Start.AddDays(2));
        @case.FollowDuties(Book);
        Assert.Single(@case.News.OfType<DutyBreached>());
        Assert.True(@case.State.Duties[0].IsLate);
    }

    [Fact]
    public void An_aim_of_our_own_stands_still_while_we_wait_for_the_customer_and_a_rule_never_does()
    {
        Duty Aim(Case @case) => @case.State.Duties.Single(duty => duty.Preset == "quick");
        var @case = Begun();
        var (aim, rule) = (Aim(@case).DueAt, @case.State.Duties[0].DueAt);
        @case.WaitFor(Domain.Handling.WaitsFor.Customer, "a picture", Jo, Start.AddHours(1));
        @case.Wake(Start.AddDays(20));
        Assert.False(Aim(@case).IsLate);
        Assert.True(@case.State.Duties[0].IsLate);
        @case.Hear(5, Channel.Mail, Amara, Hours, Start.AddDays(20).AddHours(1)); // what they do ends the wait
        Assert.Equal((Domain.Handling.WaitsFor.Us, null, TimeSpan.FromDays(20)), (@case.State.WaitsFor, Aim(@case).PausedAt, Aim(@case).PausedFor));
        Assert.Equal((aim, aim.AddDays(20), rule), (Aim(@case).DueAt, Aim(@case).MeetBy(Start.AddDays(30)), @case.State.Duties[0].DueAt)); // both numbers are there

        @case.FollowDuties(Book);
        var late = Case.Load(@case.State);
        late.Wake(aim.AddDays(20).AddMinutes(1));
        Assert.True(Aim(late).IsLate);
        Assert.Equal(aim.AddDays(20), late.News.OfType<DutyBreached>().Last(breached => breached.IsTarget).DueAt);
    }

    [Fact]
    public void A_billing_cycle_closes_on_the_companys_day()
    {
        var card = Book with
        {
            Presets = [Book.Find("shop")! with { Key = "card", Milestones = [new Milestone("answer", "Answer", StartsOn.Received, new Term(2, TimeUnit.BillingCycles), [Fulfilment.FinalLetter])], Extensions = [] }],
            On = new HashSet<string> { "card" }, Rules = Book.Rules with { BillingDay = 20 },
        };
        var @case = Opened();
        @case.FollowDuties(card);
        Assert.Equal(new DateTime(2026, 5, 21), @case.State.NextDuty!.DueAt.DateTime); // the end of 20 May: the cycle that runs does not count
        var plain = Opened();
        plain.FollowDuties(card with { Rules = card.Rules with { BillingDay = null } });
        Assert.Equal(new DateTime(2026, 5, 5), plain.State.NextDuty!.DueAt.DateTime);
    }

    [Fact]
    public void The_owner_is_reminded_before_a_date_and_not_after_it()
    {
        var @case = Begun();
        @case.Wake(Start.AddHours(37));
        Assert.Contains(@case.News.OfType<DutyDueSoon>(), soon => soon.Id == 1);
        @case = Begun();
        @case.Wake(Start.AddDays(5)); // the clock stood still
        Assert.DoesNotContain(@case.News.OfType<DutyDueSoon>(), soon => soon.Id == 1);
    }

    [Fact]
    public void A_summary_resolution_in_time_takes_the_longer_duties_away_and_a_late_one_does_not()
    {
        foreach (var (days, dropped) in new[] { (2, 2), (6, 0) })
        {
            Refuses("acceptance", () => Begun().KeepLetter(LetterKind.SummaryResolution, 9, "ab", Jo, Start));
            Refuses("issues_open", () => Begun().KeepLetter(LetterKind.Final, 9, "ab", Jo, Start));
            var @case = Delivering(); // they chose
            @case.FollowDuties(Book);
            @case.KeepLetter(LetterKind.SummaryResolution, 9, "ab", Jo, Start.AddDays(days));
            @case.FollowDuties(Book);
            Assert.Equal(dropped, @case.State.Duties.Count(duty => duty.Preset == "law" && duty.DroppedAt is not null));
        }
    }

    [Fact]
    public void A_repeating_duty_begins_again_at_each_word_in_its_own_place_and_ends_with_the_case()
    {
        var @case = Begun();
        for (var day = 1; day <= 3; day++)
            @case.Speak(100 + day, Channel.Mail, Jo, Start.AddDays(day));
        @case.FollowDuties(Book);
        var update = Assert.Single(@case.State.Duties, duty => duty.Milestone == "update");
        Assert.Equal((4, Start.AddDays(3)), (update.Round, update.StartedAt));
        @case.Wake(update.DueAt.AddHours(1));
        @case.Speak(104, Channel.Mail, Jo, update.DueAt.AddHours(2));
        @case.FollowDuties(Book);
        Assert.Equal([true, false], @case.State.Duties.Where(duty => duty.Milestone == "update").Select(duty => duty.IsLate)); // the late one stays beside the next
        @case.Withdraw(CloseReason.Withdrawn, "no need", Jo, update.DueAt.AddHours(3));
        @case.FollowDuties(Book);
        Assert.Null(@case.State.NextDuty);
    }

    [Fact]
    public void More_time_needs_a_notice_a_reason_and_a_day_inside_the_rule_and_is_given_once_and_before_the_date()
    {
        var @case = Begun();
        Assert.Equal(Start.Date.AddDays(15), @case.State.Duties[1].DueAt.DateTime); // the end of Wednesday the 18th
        Refuses("no_extension", () => @case.ExtendDuty(1, new(2026, 3, 20), "the maker is closed", false, 7, Book, Jo, Start.AddHours(1)));
        Refuses("until", () => @case.ExtendDuty(2, new(2026, 3, 18), "the maker is closed", false, 7, Book, Jo, Start.AddDays(1)));
        Refuses("until", () => @case.ExtendDuty(2, new(2026, 4, 2), "the maker is closed", false, 7, Book, Jo, Start.AddDays(1)));
        Refuses("reason", () => @case.ExtendDuty(2, new(2026, 4, 1), " ", false, 7, Book, Jo, Start.AddDays(1)));
        Refuses("too_late", () => @case.ExtendDuty(2, new(2026, 4, 1), "the maker is closed", false, 7, Book, Jo, Start.AddDays(16)));
        @case.ExtendDuty(2, new(2026, 4, 1), "the maker is closed", false, 7, Book, Jo, Start.AddDays(1));
        Assert.Equal((Start.Date.AddDays(29), 7L), (@case.State.Duties[1].DueAt.DateTime, @case.State.Duties[1].Extensions[0].MessageId));
        Refuses("no_extension", () => @case.ExtendDuty(2, new(2026, 4, 1), "again", false, 8, Book, Jo, Start.AddDays(2)));
    }

    [Fact]
    public void Dates_are_counted_anew_only_when_somebody_asks_and_what_was_missed_stays_missed()
    {
        var @case = Begun();
        @case.Wake(Start.AddDays(2));
        var newer = Book with { Calendars = [Company, Company with { Version = 4, Holidays = [new(2026, 3, 5), new(2026, 3, 9)] }] };
        @case.Speak(1, Channel.Mail, Jo, Start.AddDays(2));
        @case.FollowDuties(newer);
        Assert.Equal(Start.Date.AddDays(15), @case.State.Duties[1].DueAt.DateTime);
        @case.ReckonDuties("A holiday was missing.", newer, Jo, Start.AddDays(2));
        Assert.Equal((Start.Date.AddDays(17), 4), (@case.State.Duties[1].DueAt.DateTime, @case.State.Duties[1].CalendarVersion));
        Assert.True(@case.State.Duties[0].IsLate);
        Refuses("same", () => @case.ReckonDuties("again", newer, Jo, Start.AddDays(2)));
        Refuses("why", () => @case.ReckonDuties("", newer, Jo, Start.AddDays(2)));
    }

    [Fact]
    public void Some_presets_are_put_on_by_hand_and_some_clocks_start_when_somebody_notes_the_day()
    {
        var @case = Begun();
        Refuses("preset", () => @case.PutUnder("off", Book, Jo, Start));
        @case.PutUnder("by-hand", Book, Jo, Start);
        Refuses("preset", () => @case.PutUnder("by-hand", Book, Jo, Start));
        Refuses("start", () => @case.StartClock(StartsOn.Received, Start, Book, Jo, Start));
        Refuses("when", () => @case.StartClock(StartsOn.Escalation, Start.AddDays(2), Book, Jo, Start));
        @case.StartClock(StartsOn.Escalation, Start, Book, Jo, Start);
        @case.StartClock(StartsOn.Escalation, Start, Book, Jo, Start);
        Assert.Equal(Start.Date.AddDays(29), Assert.Single(@case.State.Duties, duty => duty.Milestone == "stage-two").DueAt.DateTime);
    }

    [Fact]
    public void The_second_stage_starts_its_clocks_by_itself_and_a_day_that_somebody_notes_goes_before_that()
    {
        static Duty StageTwo(Case @case) => Assert.Single(@case.State.Duties, duty => duty.Milestone == "stage-two" && duty.DroppedAt is null);
        static Case Reviewed(Action<Case>? before = null)
        {
            var @case = Decided();
            @case.FollowDuties(Book);
            before?.Invoke(@case);
            Assert.Equal(before is null ? 0 : 1, @case.State.Duties.Count(duty => duty.Milestone == "stage-two"));
            @case.BeginReview(Lea, "“I was told otherwise.”", Jo, Hours, Start.AddDays(1));
            @case.FollowDuties(Book);
            return @case;
        }

        var begun = Reviewed();
        Assert.Equal((Start.AddDays(1), Start.Date.AddDays(30)), (StageTwo(begun).StartedAt, StageTwo(begun).DueAt.DateTime)); // 20 working days after a Thursday
        begun.FollowDuties(Book);
        begun.StartClock(StartsOn.Escalation, Start, Book, Jo, Start.AddDays(1)); // it was asked for the day before
        Assert.Equal((Start, Start.Date.AddDays(29)), (StageTwo(begun).StartedAt, StageTwo(begun).DueAt.DateTime));
        begun.StartClock(StartsOn.Escalation, Start, Book, Jo, Start.AddDays(1));
        Assert.Equal(2, begun.State.Duties.Count(duty => duty.Milestone == "stage-two"));

        Assert.Equal(Start.Date.AddDays(29), StageTwo(Reviewed(@case => @case.StartClock(StartsOn.Escalation, Start, Book, Jo, Start))).DueAt.DateTime);

        var late = Reviewed();
        late.Wake(Start.AddDays(31));
        late.StartClock(StartsOn.Escalation, Start, Book, Jo, Start.AddDays(31));
        Assert.True(StageTwo(late) is { IsLate: true, IsOpen: true }); // what was missed stays missed

        var without = Decided();
        without.BeginReview(Lea, "“I was told otherwise.”", Jo, Hours, Start.AddDays(1));
        without.FollowDuties(Book with { On = new HashSet<string> { "shop" } });
        without.PutUnder("law", Book, Jo, Start.AddDays(3)); // put on later, it counts from when it began
        Assert.Equal(Start.Date.AddDays(30), StageTwo(without).DueAt.DateTime);
    }

    [Fact]
    public void A_lead_takes_a_preset_off_with_a_reason_and_its_history_stays()
    {
        var @case = Begun();
        @case.Wake(Start.AddDays(2));
        Refuses("not_a_lead", () => @case.TakeOff("shop", "not ours", Jo, Start.AddDays(2)));
        Refuses("why", () => @case.TakeOff("shop", "", Lea, Start.AddDays(2)));
        @case.TakeOff("shop", "It is a trade customer.", Lea, Start.AddDays(2));
        Assert.True(@case.State.Duties[0] is { IsLate: true, IsOpen: false });
        Assert.DoesNotContain(@case.State.Duties, duty => duty.Preset == "shop" && @case.State.Owes(duty));
    }

    [Fact]
    public void A_letter_says_what_is_required_whatever_its_case_quotes_and_line_ends()
    {
        var facts = new LetterFacts(new Dictionary<string, string> { ["body"] = "Retail Ombudsman", ["window"] = "" });
        var where = new RequiredContent("body", "where they can go next", ["{body}", "free of charge|without charge"], "You can ask the {body}, free of charge.");
        Assert.True(where.IsIn("You can go to the retail\n  ombudsman without charge.", facts));
        Assert.False(where.IsIn("You can go to the retail ombudsman.", facts));
        Assert.True(where.IsIn(where.Fill(facts), facts));
        Assert.False(new RequiredContent("window", "until when", ["{window}"], "").IsIn("six months", facts)); // nobody knows the window
    }

    private static Case Begun()
    {
        var @case = Opened();
        @case.FollowDuties(Book);
        return @case;
    }

    private static void Refuses(string code, Action act) => Assert.Equal(code, Assert.Throws<Refused>(act).Code);

    private static Milestone Duty(string name, int amount, TimeUnit unit, params Fulfilment[] metBy) => new(name, name, StartsOn.Received, new Term(amount, unit), metBy);

    private static Preset Of(string key, IReadOnlyList<Milestone> milestones) => new()
    {
        Key = key, Version = 1, Title = key, Jurisdiction = "-", Sector = "-", AsOf = new(2026, 1, 1), Confidence = Confidence.Own, Sources = [], Note = "", Trigger = new Trigger("all", true), Milestones = milestones,
    };
}
