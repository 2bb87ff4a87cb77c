using Amends.Domain.Cases;
using Amends.Domain.Deadlines;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Deadlines;

/// <summary>What is owed when a closed case goes on, and when its customer comes with a new matter.</summary>
public sealed class TakenUpAgainTests
{
    [Fact]
    public void The_old_matter_keeps_its_clocks_and_a_new_one_starts_them_anew()
    {
        var @case = Opened();
        @case.FollowDuties(DutyBook.Book);
        @case.Acknowledge(9, Start.AddHours(1));
        @case.FollowDuties(DutyBook.Book);
        var owed = @case.State.Duties.Where(duty => duty.IsOpen && !duty.Repeats && !duty.MetBy.Contains(Fulfilment.Closed)).ToDictionary(duty => (duty.Preset, duty.Milestone), duty => duty.DueAt);
        var met = @case.State.Duties.Where(duty => duty.MetAt is not null).ToList();
        Assert.NotEmpty(owed);
        Assert.NotEmpty(met);
        @case.Withdraw(CloseReason.Withdrawn, "They took it back.", Told.Without("They said so themselves."), Jo, Start.AddHours(2));
        @case.FollowDuties(DutyBook.Book);
        Assert.DoesNotContain(@case.State.Duties, duty => duty.IsOpen);

        @case.Reopen("It goes on.", Jo, Hours, Start.AddDays(1));
        @case.FollowDuties(DutyBook.Book);
        Assert.Equal(owed, @case.State.Duties.Where(duty => duty.IsOpen && !duty.Repeats).ToDictionary(duty => (duty.Preset, duty.Milestone), duty => duty.DueAt)); // no clock stood still
        Assert.All(met, duty => Assert.Equal(duty.MetAt, @case.State.Duties[duty.Id - 1].MetAt));

        var fresh = Case.Open(new Opening(Channel.Mail, CaseKind.Complaint, "Again", "It leaks again.", Amara.Id, Amara.Name) { Follows = 7, MayGoOn = true }, Amara, Hours, Start.AddDays(90));
        fresh.FollowDuties(DutyBook.Book);
        Assert.Equal((7L, NextAction.SayWhetherNew), (fresh.State.Follows, fresh.State.NextAction));
        Assert.All(fresh.State.Duties, duty => Assert.Equal(Start.AddDays(90), duty.StartedAt));
        Assert.NotEmpty(fresh.State.Duties);
        fresh.FindNew(Jo, Start.AddDays(90));
        Assert.False(fresh.State.MayGoOn);
    }

    [Fact]
    public void What_another_duty_made_needless_stays_so()
    {
        var @case = Delivering();
        @case.FollowDuties(DutyBook.Book);
        @case.KeepLetter(LetterKind.SummaryResolution, 9, "ab", Jo, Start.AddDays(2));
        @case.FollowDuties(DutyBook.Book);
        var needless = @case.State.Duties.Where(duty => duty.DroppedAt is not null).Select(duty => (duty.Preset, duty.Milestone)).ToList();
        Assert.NotEmpty(needless);
        @case.Withdraw(CloseReason.Withdrawn, "They took it back.", Told.Without("They said so themselves."), Jo, Start.AddDays(2));
        @case.Reopen("It goes on.", Jo, Hours, Start.AddDays(3));
        @case.FollowDuties(DutyBook.Book);
        Assert.DoesNotContain(@case.State.Duties, duty => duty.IsOpen && needless.Contains((duty.Preset, duty.Milestone)));
    }

    [Fact]
    public void The_window_ends_after_its_last_day()
    {
        Assert.False(ReopenWindow.IsOver(null, 30, Start));
        Assert.False(ReopenWindow.IsOver(Start, 30, Start.AddDays(30)));
        Assert.True(ReopenWindow.IsOver(Start, 30, Start.AddDays(30).AddMinutes(1)));
        Assert.Null(ReopenWindow.Wrong(60));
        Assert.NotNull(ReopenWindow.Wrong(6));
    }
}
