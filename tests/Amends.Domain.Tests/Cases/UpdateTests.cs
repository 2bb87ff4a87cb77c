using Amends.Domain.Calendars;
using Amends.Domain.Cases;
using Amends.Domain.Offers;
using Amends.Domain.Promises;
using static Amends.Domain.Tests.Cases.Desk;

namespace Amends.Domain.Tests.Cases;

/// <summary>Updates, with news or without, and how long a customer may wait for one.</summary>
public sealed class UpdateTests
{
    private static readonly Update NoNews = new([], ["We ask the depot again."], false, null, "what the depot says", Start.AddDays(2));

    [Fact]
    public void An_update_tells_a_step_keeps_the_promise_and_makes_the_next()
    {
        var @case = Understood();
        Assert.Equal("steps", Assert.Throws<Refused>(() => @case.Update(1, NoNews with { Next = [] }, Jo, Hours, Start.AddHours(1))).Code);
        @case.Update(1, NoNews, Jo, Hours, Start.AddHours(1));

        Assert.Equal((Start.AddHours(1), "what the depot says"), (@case.State.LastContactAt, @case.State.NextContact!.What));
        Assert.NotNull(@case.State.Promises[0].KeptAt);
        Assert.DoesNotContain(@case.News, news => news is NextContactExplained);
    }

    [Fact]
    public void A_missed_promise_is_explained_before_a_fresh_one()
    {
        var @case = Understood();
        var late = @case.State.NextContact!.DueAt.AddMinutes(1); // nobody woke the case meanwhile

        Assert.Equal("missed", Assert.Throws<Refused>(() => @case.Update(1, NoNews, Jo, Hours, late)).Code);
        @case = Understood();
        @case.Update(1, NoNews with { WhyMissed = "The carrier did not answer us." }, Jo, Hours, late);

        var missed = @case.State.Promises[0];
        Assert.Equal((late, late, "The carrier did not answer us."), (missed.MissedAt, missed.KeptAt, missed.WhyMissed));
        Assert.Null(@case.State.NextContact!.MissedAt);
    }

    [Fact]
    public void Nobody_is_left_without_a_word_for_more_than_a_week_unless_they_chose_the_day()
    {
        var @case = Understood();
        var (last, tooFar) = (Start + Calendar.UsualSilence, Start + Calendar.UsualSilence + TimeSpan.FromMinutes(1));
        Assert.Equal("promise_too_far", Assert.Throws<Refused>(() => @case.KeepPromise("news", tooFar, Jo, Hours, Start)).Code);
        Assert.Equal("promise_too_far", Assert.Throws<Refused>(() => @case.MovePromise(tooFar, "the depot is slow", Jo, Hours, Start)).Code);
        @case.MovePromise(last, "the depot is slow", Jo, Hours, Start);
        @case.KeepPromise("news", last, Jo, Hours, Start);

        var asked = AskedBack();
        asked.KeepPromise("whether it is right", Start.AddDays(20), Jo, Hours, Start.AddDays(1));
    }

    [Fact]
    public void What_takes_long_to_deliver_brings_a_word_on_the_way()
    {
        var @case = Understood();
        var draft = Draft();
        @case.PrepareOffer(draft with { Options = [.. draft.Options.Select(option => option with { Remedies = [option.Remedies[0] with { DueAt = Start.AddDays(30) }] })], CheckBackAt = Start.AddDays(40) }, Max, Start);
        @case.SendOffer(1, Jo, Hours, Start);
        @case.Choose(1, 1, Channel.Page, null, Amara, Hours, Start);

        Assert.Equal((Start + Calendar.UsualSilence, "how far we are with what you chose"), (@case.State.NextContact!.DueAt, @case.State.NextContact.What));
    }

    [Fact]
    public void A_company_sets_how_long_a_silence_may_last_and_a_day_of_work_is_always_left()
    {
        Calendar After(int days) => new(TimeZoneInfo.Utc, Enum.GetValues<DayOfWeek>().Where(day => day is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).ToDictionary(day => day, _ => new OpenHours(new(9, 0), new(17, 0)))) { LongestSilence = TimeSpan.FromDays(days) };
        var @case = Understood();
        var no = Assert.Throws<Refused>(() => @case.KeepPromise("news", Start.AddDays(3).AddMinutes(1), Jo, After(3), Start));
        Assert.Contains("longer than 3 days", no.Message);
        @case.KeepPromise("news", Start.AddDays(3), Jo, After(3), Start);
        @case.KeepPromise("news", Start.AddDays(20), Jo, After(20), Start);

        var friday = Start.AddDays(2).AddHours(5); // at 15:00: Saturday at 15:00 nobody is there
        Assert.Equal(Start.AddDays(5).AddHours(5), After(1).LatestWord(friday));
        Assert.Equal(friday, After(1).SilentBefore(Start.AddDays(5).AddHours(5)));
        Assert.Equal(Start, After(2).SilentBefore(Start.AddDays(2)));
    }
}
