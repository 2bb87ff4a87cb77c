namespace Amends.Mail.Reading;

/// <summary>Reads message/delivery-status: groups of fields, the first about the report, each further one about a recipient (RFC 3464 §2).</summary>
internal static class DeliveryStatus
{
    internal static IEnumerable<Bounce> Read(string text, string explanation)
    {
        foreach (var group in Groups(text))
        {
            var recipient = Address(group.GetValueOrDefault("final-recipient")) is { Length: > 0 } final ? final : Address(group.GetValueOrDefault("original-recipient"));
            if (Address(group.GetValueOrDefault("original-recipient")) is { Length: > 0 } original && !recipient.Contains('@')) recipient = original;
            var action = Word(group.GetValueOrDefault("action"));
            if (recipient.Length == 0 || action is "delivered" or "relayed" or "expanded") continue;
            var diagnostic = group.GetValueOrDefault("diagnostic-code") ?? "";
            yield return BounceReason.Judge(recipient, Word(group.GetValueOrDefault("status")), diagnostic, explanation, action);
        }
    }

    internal static IEnumerable<string> Actions(string text) => Groups(text).Select(g => Word(g.GetValueOrDefault("action"))).Where(a => a.Length > 0);

    static List<Dictionary<string, string>> Groups(string text)
    {
        var groups = new List<Dictionary<string, string>>();
        var group = new Dictionary<string, string>(StringComparer.Ordinal);
        string? last = null;
        foreach (var line in text.Split('\n').Append(""))
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                if (group.Count > 0) groups.Add(group);
                group = new Dictionary<string, string>(StringComparer.Ordinal);
                last = null;
            }
            else if (line[0] is ' ' or '\t' && last is not null) group[last] = Cut(group[last] + " " + line.Trim());
            else if (line.IndexOf(':') is > 0 and var colon)
            {
                last = line[..colon].Trim().ToLowerInvariant();
                // A second recipient without an empty line between starts a group of its own.
                if (last == "final-recipient" && group.ContainsKey(last))
                {
                    groups.Add(group);
                    group = new Dictionary<string, string>(StringComparer.Ordinal);
                }
                group.TryAdd(last, line[(colon + 1)..].Trim());
            }
        }
        return groups;
    }

    static string Cut(string value) => value.Length > 4000 ? value[..4000] : value;

    static string Address(string? field)
    {
        if (field is null) return "";
        var semicolon = field.IndexOf(';');
        return field[(semicolon + 1)..].Trim().Trim('<', '>', '"', ' ');
    }

    static string Word(string? field)
    {
        var value = (field ?? "").Trim();
        var end = value.IndexOfAny([' ', '(', ';', '\t']);
        return (end < 0 ? value : value[..end]).ToLowerInvariant();
    }
}
