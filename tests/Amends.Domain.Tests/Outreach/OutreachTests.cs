using Amends.Domain.Outreach;

namespace Amends.Domain.Tests.Outreach;

/// <summary>To whom a notice may go, what it may say, and how fast.</summary>
public sealed class OutreachTests
{
    [Fact]
    public void Nobody_writes_to_everybody_and_what_they_share_is_said_in_words()
    {
        Assert.Equal("audience", Assert.Throws<Refused>(() => new Audience().Checked()).Code);
        Assert.Equal("audience", Assert.Throws<Refused>(() => new Audience(From: new(2026, 10, 1)).Checked()).Code);
        Assert.Equal("days", Assert.Throws<Refused>(() => new Audience("Kettle", From: new(2026, 10, 2), To: new(2026, 10, 1)).Checked()).Code);
        Assert.Equal("too_long", Assert.Throws<Refused>(() => new Audience(new string('x', 201)).Checked()).Code);
        Assert.Equal("Kettle, lot L7, ordered from 1 October 2026, until 9 October 2026", new Audience(" Kettle ", "L7", From: new(2026, 10, 1), To: new(2026, 10, 9)).Checked().InWords());
    }

    [Fact]
    public void A_notice_has_a_subject_and_words_without_a_blank_but_their_name()
    {
        var text = new NoticeText(" Your kettle ", "Dear {name},\r\nplease do not use it.").Checked();
        Assert.Equal(("Your kettle", "Dear Amara,\nplease do not use it.", "Dear there,\nplease do not use it."), (text.Subject, text.For(" Amara"), text.For("")));
        Assert.Equal("body", Assert.Throws<Refused>(() => new NoticeText("A", "Dear {customer}").Checked()).Code);
        Assert.Equal("subject", Assert.Throws<Refused>(() => new NoticeText("For {name}", "Words").Checked()).Code);
        Assert.Equal("subject", Assert.Throws<Refused>(() => new NoticeText("", "Words").Checked()).Code);
        Assert.Equal("body", Assert.Throws<Refused>(() => new NoticeText("A", new string('x', 4001)).Checked()).Code);
    }

    [Fact]
    public void Notices_leave_as_fast_as_the_hour_allows_and_never_more_than_five_minutes_worth_at_once()
    {
        Assert.Equal(1, Batch.Now(60, TimeSpan.Zero, 0));
        Assert.Equal(0, Batch.Now(60, TimeSpan.FromSeconds(30), 1));
        Assert.Equal(1, Batch.Now(60, TimeSpan.FromMinutes(1), 1));
        Assert.Equal(5, Batch.Now(60, TimeSpan.FromHours(3), 100)); // after a standstill
        Assert.Equal(0, Batch.Now(60, TimeSpan.FromHours(1), 61));
        Assert.Equal(1, Batch.Now(10, TimeSpan.FromDays(9), 0));
    }
}
