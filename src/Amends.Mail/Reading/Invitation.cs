using Amends.Mail.Mime;

namespace Amends.Mail.Reading;

/// <summary>A calendar invitation as a mail carries it (RFC 5545, RFC 6047): the first event, for people to read.</summary>
/// <param name="Method"><c>REQUEST</c>, <c>CANCEL</c>, <c>REPLY</c>, <c>COUNTER</c>, <c>PUBLISH</c> …, in upper case; empty where none is given.</param>
/// <param name="Summary">What it is about.</param>
/// <param name="Start">When it begins; null where that cannot be read.</param>
/// <param name="End">When it ends; null where that is not given.</param>
/// <param name="Place">Where.</param>
/// <param name="Organiser">Who invites: a name, or an address.</param>
/// <param name="Answer">For a reply: <c>ACCEPTED</c>, <c>DECLINED</c>, <c>TENTATIVE</c>, <c>DELEGATED</c>; else empty.</param>
/// <param name="Comment">What whoever answers wrote beside it.</param>
/// <param name="Repeats">Whether it is a series.</param>
public sealed record Invitation(string Method, string Summary, InvitationTime? Start, InvitationTime? End, string Place, string Organiser, string Answer, string Comment, bool Repeats)
{
    /// <summary>The invitation of a mail, or null where it has none that can be read.</summary>
    public static Invitation? Of(MailMessage mail)
    {
        foreach (var part in mail.Root.All().Where(p => p.ContentType is "text/calendar" or "application/ics").Take(4))
        {
            if (Read(part.Text, part.Parameters.GetValueOrDefault("method")) is { } invitation) return invitation;
        }
        return null;
    }

    /// <summary>Reads iCalendar text; null where it holds no event. Never throws; what is beyond the bounds is left out.</summary>
    /// <param name="text">The text.</param>
    /// <param name="method">The method that the part's Content-Type names (RFC 6047 §2.4), for a text without one.</param>
    public static Invitation? Read(string text, string? method = null)
    {
        var lines = ContentLine.In(text);
        var named = lines.FirstOrDefault(l => l.Name == "METHOD" && l.Depth == 1)?.Value ?? method ?? "";
        var begin = lines.FindIndex(l => l is { Name: "BEGIN" } && l.Value.Equals("VEVENT", StringComparison.OrdinalIgnoreCase));
        if (begin < 0) return null;
        var depth = lines[begin].Depth;
        var all = lines.Skip(begin + 1).TakeWhile(l => l.Depth >= depth).Where(l => l.Depth == depth).ToList();
        var start = First(all, "DTSTART") is { } from ? InvitationTime.Of(from.Value, from.Parameter("TZID")) : null;
        var end = First(all, "DTEND") is { } to ? InvitationTime.Of(to.Value, to.Parameter("TZID")) : start?.After(First(all, "DURATION")?.Value);
        var organiser = First(all, "ORGANIZER");
        return new Invitation(
            named.Trim().ToUpperInvariant(), Words(all, "SUMMARY"), start, end, Words(all, "LOCATION"),
            organiser is null ? "" : organiser.Parameter("CN") is { Length: > 0 } name ? name : Address(organiser.Value),
            First(all, "ATTENDEE")?.Parameter("PARTSTAT")?.ToUpperInvariant() is { } answer && named.Equals("REPLY", StringComparison.OrdinalIgnoreCase) ? answer : "",
            Words(all, "COMMENT"), First(all, "RRULE") is not null);
    }

    static ContentLine? First(List<ContentLine> lines, string name) => lines.Find(l => l.Name == name);

    static string Words(List<ContentLine> lines, string name) => First(lines, name) is { } line ? ContentLine.Unescape(line.Value) : "";

    static string Address(string value) => value.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase) ? value[7..] : value;
}
