namespace Amends.Features.CustomerPages;

/// <summary>Time zones that a customer can choose from: one for each clock that many people live by. Any other is taken from the address.</summary>
public static class CallZones
{
    private static readonly string[] Known =
    [
        "Pacific/Honolulu", "America/Anchorage", "America/Los_Angeles", "America/Denver", "America/Phoenix", "America/Chicago", "America/Mexico_City", "America/New_York", "America/Toronto",
        "America/Bogota", "America/Halifax", "America/Caracas", "America/St_Johns", "America/Sao_Paulo", "America/Argentina/Buenos_Aires", "Atlantic/Azores", "Atlantic/Reykjavik",
        "Europe/Dublin", "Europe/Lisbon", "Europe/London", "Africa/Lagos", "Europe/Amsterdam", "Europe/Berlin", "Europe/Brussels", "Europe/Copenhagen", "Europe/Madrid", "Europe/Oslo", "Europe/Paris",
        "Europe/Prague", "Europe/Rome", "Europe/Stockholm", "Europe/Vienna", "Europe/Warsaw", "Europe/Zurich", "Africa/Cairo", "Africa/Johannesburg", "Europe/Athens", "Europe/Bucharest",
        "Europe/Helsinki", "Europe/Kyiv", "Asia/Jerusalem", "Europe/Istanbul", "Africa/Nairobi", "Asia/Riyadh", "Asia/Tehran", "Asia/Dubai", "Asia/Kabul", "Asia/Karachi", "Asia/Kolkata",
        "Asia/Kathmandu", "Asia/Dhaka", "Asia/Yangon", "Asia/Bangkok", "Asia/Jakarta", "Asia/Hong_Kong", "Asia/Shanghai", "Asia/Singapore", "Australia/Perth", "Asia/Seoul", "Asia/Tokyo",
        "Australia/Adelaide", "Australia/Brisbane", "Australia/Sydney", "Pacific/Auckland",
    ];

    /// <summary>The zones by id and name, the company's first; the chosen one is always among them.</summary>
    public static IEnumerable<(string Id, string Name)> For(TimeZoneInfo company, TimeZoneInfo chosen) =>
        new[] { company.Id }.Concat(Known.Append(chosen.Id).Order(StringComparer.Ordinal)).Distinct().Select(id => (id, Name(id)));

    /// <summary>As a person reads it: "Berlin (Europe)".</summary>
    public static string Name(string id)
    {
        var words = id.Replace('_', ' ');
        return words.LastIndexOf('/') is > 0 and var slash ? $"{words[(slash + 1)..]} ({words[..words.IndexOf('/')]})" : words;
    }
}
