using System.Globalization;
using System.Text;

namespace Amends.Letters;

/// <summary>An appointment as a file that calendars read (iCalendar, RFC 5545; published, so that nobody has to answer). Pure.</summary>
/// <param name="Uid">Stays the same for the same appointment, whatever becomes of it.</param>
/// <param name="Sequence">Counts up with each change; a calendar believes the highest.</param>
/// <param name="From">When it begins.</param>
/// <param name="To">When it ends.</param>
/// <param name="Summary">A line.</param>
/// <param name="Description">More about it.</param>
/// <param name="OrganizerName">Who calls.</param>
/// <param name="OrganizerMail">Their address.</param>
/// <param name="WrittenAt">When this was written.</param>
public sealed record CalendarFile(string Uid, int Sequence, DateTimeOffset From, DateTimeOffset To, string Summary, string Description, string OrganizerName, string OrganizerMail, DateTimeOffset WrittenAt)
{
    /// <summary>The media type, with what RFC 6047 asks for.</summary>
    public const string ContentType = "text/calendar; charset=utf-8; method=PUBLISH";

    private const int MostBytes = 75; // RFC 5545, 3.1: a line without its end

    /// <summary>It does not take place.</summary>
    public bool IsCancelled { get; init; }

    /// <summary>The file: UTF-8, lines that end with CR LF and are folded at 75 bytes, never inside a character.</summary>
    public byte[] Write()
    {
        var file = new StringBuilder();
        Line(file, "BEGIN:VCALENDAR");
        Line(file, "VERSION:2.0");
        Line(file, "PRODID:-//Amends//Calls//EN");
        Line(file, "METHOD:PUBLISH");
        Line(file, "BEGIN:VEVENT");
        Line(file, "UID:" + Text(Uid));
        Line(file, $"SEQUENCE:{Sequence.ToString(CultureInfo.InvariantCulture)}");
        Line(file, "DTSTAMP:" + Utc(WrittenAt));
        Line(file, "DTSTART:" + Utc(From));
        Line(file, "DTEND:" + Utc(To));
        Line(file, "SUMMARY:" + Text(Summary));
        Line(file, "DESCRIPTION:" + Text(Description));
        Line(file, $"ORGANIZER;CN=\"{Quoted(OrganizerName)}\":mailto:{OrganizerMail}");
        Line(file, IsCancelled ? "STATUS:CANCELLED" : "STATUS:CONFIRMED");
        Line(file, IsCancelled ? "TRANSP:TRANSPARENT" : "TRANSP:OPAQUE");
        Line(file, "END:VEVENT");
        Line(file, "END:VCALENDAR");
        return Encoding.UTF8.GetBytes(file.ToString());
    }

    private static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    /// <summary>A value of the type TEXT (3.3.11): backslash, semicolon, comma and line ends are escaped, other control characters left out.</summary>
    private static string Text(string words)
    {
        var safe = new StringBuilder(words.Length);
        foreach (var each in words.ReplaceLineEndings("\n"))
        {
            if (each is '\\' or ';' or ',')
                safe.Append('\\').Append(each);
            else if (each == '\n')
                safe.Append("\\n");
            else if (!char.IsControl(each))
                safe.Append(each);
        }

        return safe.ToString();
    }

    /// <summary>A parameter's value (3.2): it cannot hold a quotation mark.</summary>
    private static string Quoted(string words) => string.Concat(words.Where(each => each != '"' && !char.IsControl(each)));

    private static void Line(StringBuilder file, string line)
    {
        var bytes = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (bytes + rune.Utf8SequenceLength > MostBytes)
            {
                file.Append("\r\n ");
                bytes = 1; // the space counts
            }

            file.Append(rune);
            bytes += rune.Utf8SequenceLength;
        }

        file.Append("\r\n");
    }
}
