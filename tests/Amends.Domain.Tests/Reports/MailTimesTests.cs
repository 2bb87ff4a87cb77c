using Amends.Domain.Reports;

namespace Amends.Domain.Tests.Reports;

/// <summary>When a report is mailed.</summary>
public sealed class MailTimesTests
{
    private static readonly TimeZoneInfo Berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    [Theory]
    [InlineData(MailRhythm.Daily, 0, 8, "2026-03-10T06:59Z", "2026-03-10T07:00Z")]
    [InlineData(MailRhythm.Daily, 0, 8, "2026-03-10T07:00Z", "2026-03-11T07:00Z")] // never the same time twice
    [InlineData(MailRhythm.Daily, 0, 8, "2026-03-28T07:00Z", "2026-03-29T06:00Z")] // summer time begins: still eight by the clock
    [InlineData(MailRhythm.Daily, 0, 2, "2026-03-28T12:00Z", "2026-03-29T01:00Z")] // that day has no 02:00: at 03:00
    [InlineData(MailRhythm.Daily, 0, 2, "2026-10-25T01:00Z", "2026-10-26T01:00Z")] // and this one two of them: once
    [InlineData(MailRhythm.Weekly, 1, 8, "2026-03-10T12:00Z", "2026-03-16T07:00Z")]
    [InlineData(MailRhythm.Weekly, 7, 23, "2026-03-15T21:00Z", "2026-03-15T22:00Z")]
    [InlineData(MailRhythm.Monthly, 31, 8, "2026-01-31T08:00Z", "2026-02-28T07:00Z")] // the last day where there is no such day
    [InlineData(MailRhythm.Monthly, 1, 0, "2026-12-15T08:00Z", "2026-12-31T23:00Z")]
    public void The_next_time_is_by_the_clock_of_the_company(MailRhythm rhythm, int day, int hour, string now, string next) =>
        Assert.Equal(DateTimeOffset.Parse(next, null), new MailTimes(rhythm, day, hour).After(DateTimeOffset.Parse(now, null), Berlin));

    [Theory]
    [InlineData((MailRhythm)9, 0, 8)]
    [InlineData(MailRhythm.Weekly, 0, 8)]
    [InlineData(MailRhythm.Weekly, 8, 8)]
    [InlineData(MailRhythm.Monthly, 32, 8)]
    [InlineData(MailRhythm.Daily, 0, 24)]
    public void There_is_no_such_time(MailRhythm rhythm, int day, int hour) => Assert.Throws<Refused>(() => new MailTimes(rhythm, day, hour));

    [Fact]
    public void It_is_said_in_words() =>
        Assert.Equal(["every day at 08:00", "every Sunday at 23:00", "on day 31 of each month at 00:00"], new[] { new MailTimes(MailRhythm.Daily, 0, 8), new MailTimes(MailRhythm.Weekly, 7, 23), new MailTimes(MailRhythm.Monthly, 31, 0) }.Select(times => times.InWords()));
}
