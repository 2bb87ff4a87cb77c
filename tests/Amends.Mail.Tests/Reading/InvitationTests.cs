using Amends.Mail.Reading;

namespace Amends.Mail.Tests.Reading;

/// <summary>Calendar text as programs write it, and as nobody should (RFC 5545).</summary>
public sealed class InvitationTests
{
    [Fact]
    public void A_folded_line_with_escapes_and_quoted_parameters_is_read()
    {
        var read = Invitation.Read("BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\nSUMMARY:Look at\r\n  the kettle\\; then\\nlunch\r\nORGANIZER;CN=\"Berg: Mia; Jr\":mailto:mia@customer.example\r\nDTSTART:20260310T080000Z\r\nDURATION:PT45M\r\nRRULE:FREQ=WEEKLY\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")!;
        Assert.Equal("Look at the kettle; then\nlunch", read.Summary);
        Assert.Equal("Berg: Mia; Jr", read.Organiser);
        Assert.Equal(new DateTimeOffset(2026, 3, 10, 8, 0, 0, TimeSpan.Zero), read.Start!.Instant);
        Assert.Equal(new DateTime(2026, 3, 10, 8, 45, 0), read.End!.Local);
        Assert.True(read.Repeats);
    }

    [Fact]
    public void A_time_zone_is_the_event_s_own_and_an_unknown_one_keeps_the_local_time()
    {
        var known = Event("DTSTART;TZID=Europe/Berlin:20260710T090000")!.Start!;
        Assert.Equal(TimeSpan.FromHours(2), known.Instant!.Value.Offset);
        var unknown = Event("DTSTART;TZID=Our Kitchen:20260710T090000")!.Start!;
        Assert.Null(unknown.Instant);
        Assert.Equal((new DateTime(2026, 7, 10, 9, 0, 0), "Our Kitchen"), (unknown.Local, unknown.Zone));
        Assert.True(Event("DTSTART;VALUE=DATE:20260710")!.Start!.IsDate);
    }

    [Fact]
    public void The_alarm_within_an_event_is_not_the_event() =>
        Assert.Equal("Kettle", Event("BEGIN:VALARM\nSUMMARY:Ring\nDTSTART:20200101T000000Z\nEND:VALARM\nSUMMARY:Kettle")!.Summary);

    [Theory]
    [InlineData("")]
    [InlineData("BEGIN:VEVENT")]
    [InlineData("BEGIN:VEVENT\nDTSTART:99999999T999999\nDTEND:1\nDURATION:P99999999999W\nDURATION")]
    [InlineData("BEGIN:VEVENT\nDTSTART:00010101T000000Z\nDURATION:-P9999D")]
    [InlineData("BEGIN:VEVENT\nDTSTART;TZID=Europe/Berlin:99991231T235959\nDTEND;TZID=\"\n:;:;=\nEND:VEVENT\nEND:X\nEND:X\nEND:X")]
    public void What_cannot_be_read_is_left_out_and_nothing_throws(string text)
    {
        var read = Invitation.Read(text);
        _ = read?.Start?.Instant;
        _ = read?.End?.Instant;
        Assert.Equal(text.Contains("VEVENT", StringComparison.Ordinal), read is not null);
    }

    [Fact]
    public void A_calendar_without_end_is_read_up_to_its_bounds()
    {
        Assert.NotNull(Invitation.Read("BEGIN:VEVENT\nSUMMARY:a\n" + string.Concat(Enumerable.Repeat(" more\n", 100_000))));
        Assert.NotNull(Invitation.Read(string.Concat(Enumerable.Repeat("BEGIN:VEVENT\n", 100_000))));
    }

    static Invitation? Event(string lines) => Invitation.Read($"BEGIN:VCALENDAR\nBEGIN:VEVENT\n{lines}\nEND:VEVENT\nEND:VCALENDAR\n");
}
