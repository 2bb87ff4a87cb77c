using System.Text;
using Amends.Letters;

namespace Amends.Tests.Letters;

public sealed class CalendarFileTests
{
    private static readonly CalendarFile Call = new("call-1001-1@desk.example", 2, new(2026, 3, 29, 14, 30, 0, TimeSpan.FromHours(1)), new(2026, 3, 29, 15, 0, 0, TimeSpan.FromHours(1)),
        "Bäcker & Söhne, Leipzig; calls you", "We call you on +49 341 1234567.\nBackslash \\ and a very long line with ümläuts that has to be folded: ääääääääääääääääääää.", "Bäcker \"& Söhne\"", "service@desk.example",
        new(2026, 3, 4, 10, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_call_is_written_byte_by_byte_as_calendars_expect_it() => Assert.Equal(
        string.Join("\r\n",
        [
            "BEGIN:VCALENDAR",
            "VERSION:2.0",
            "PRODID:-//Amends//Calls//EN",
            "METHOD:PUBLISH",
            "BEGIN:VEVENT",
            "UID:call-1001-1@desk.example",
            "SEQUENCE:2",
            "DTSTAMP:20260304T100000Z",
            "DTSTART:20260329T133000Z",
            "DTEND:20260329T140000Z",
            "SUMMARY:Bäcker & Söhne\\, Leipzig\\; calls you",
            "DESCRIPTION:We call you on +49 341 1234567.\\nBackslash \\\\ and a very long l",
            " ine with ümläuts that has to be folded: ääääääääääääääää",
            " ääää.",
            "ORGANIZER;CN=\"Bäcker & Söhne\":mailto:service@desk.example",
            "STATUS:CONFIRMED",
            "TRANSP:OPAQUE",
            "END:VEVENT",
            "END:VCALENDAR",
            "",
        ]), Encoding.UTF8.GetString(Call.Write()));

    [Fact]
    public void No_line_is_longer_than_75_bytes_or_ends_inside_a_character()
    {
        var hostile = Call with { Summary = string.Concat(Enumerable.Repeat("a😀é", 60)) + "\r\nBEGIN:VALARM\u0007", Description = new string('x', 400) };
        var lines = Encoding.UTF8.GetString(hostile.Write()).Split("\r\n");
        Assert.All(lines, line => Assert.InRange(Encoding.UTF8.GetByteCount(line), 0, 75));
        Assert.DoesNotContain(lines, line => line.Contains('\uFFFD') || line == "BEGIN:VALARM");
        Assert.Contains(string.Concat(Enumerable.Repeat("a😀é", 60)) + "\\nBEGIN:VALARM", Encoding.UTF8.GetString(hostile.Write()).Replace("\r\n ", ""));
    }

    [Fact]
    public void A_call_that_does_not_take_place_keeps_its_name_and_says_so() =>
        Assert.Contains("\r\nSTATUS:CANCELLED\r\nTRANSP:TRANSPARENT\r\n", Encoding.UTF8.GetString((Call with { IsCancelled = true }).Write()));
}
