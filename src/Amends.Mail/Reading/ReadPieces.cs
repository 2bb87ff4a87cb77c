using System.Globalization;
using System.Text.Json.Serialization;
using Amends.Mail.Mime;

namespace Amends.Mail.Reading;

/// <summary>The forwarded mail of a reading; its fields mean what those of <see cref="Forwarded"/> mean.</summary>
public sealed record ReadForward(
    [property: JsonPropertyName("from_name")] string FromName,
    [property: JsonPropertyName("from")] string From,
    [property: JsonPropertyName("date")] string Date,
    [property: JsonPropertyName("subject")] string Subject,
    [property: JsonPropertyName("text")] string Text)
{
    internal static ReadForward? Of(MailMessage mail) => Forwarded.Of(mail) is { } found ? new(found.Name, found.Address, found.Date, found.Subject, found.Text) : null;
}

/// <summary>The invitation of a reading; its fields mean what those of <see cref="Invitation"/> mean, times are local.</summary>
public sealed record ReadInvitation(
    [property: JsonPropertyName("method")] string Method,
    [property: JsonPropertyName("summary")] string Summary,
    [property: JsonPropertyName("start")] string? Start,
    [property: JsonPropertyName("end")] string? End,
    [property: JsonPropertyName("time_zone")] string TimeZone,
    [property: JsonPropertyName("place")] string Place,
    [property: JsonPropertyName("organiser")] string Organiser,
    [property: JsonPropertyName("answer")] string Answer)
{
    internal static ReadInvitation? Of(MailMessage mail) =>
        Invitation.Of(mail) is { } found ? new(found.Method, found.Summary, Shown(found.Start), Shown(found.End), found.Start?.Zone ?? "", found.Place, found.Organiser, found.Answer) : null;

    static string? Shown(InvitationTime? time) => time?.Local.ToString(time.IsDate ? "yyyy-MM-dd" : "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
}
