namespace Amends.Mail.Reading;

/// <summary>Reads message/delivery-status: groups of fields, the first about the report, each further one about a recipient (RFC 3464 §2).</summary>
internal static class DeliveryStatus
{
    const int MostLines = 400;

    internal static IEnumerable<Bounce> Read(string text, string explanation)
    {
        foreach (var group in Groups(text))
        {
            // The address the sender used is the one they know (RFC 3464 §2.3.1); the final one may be an alias behind it.
            var original = Address(group.GetValueOrDefault("original-recipient"));
            var recipient = original.Contains('@') ? original : Address(group.GetValueOrDefault("final-recipient"));
            var action = Word(group.GetValueOrDefault("action"));
            if (recipient.Length == 0 || action is "delivered" or "relayed" or "expanded") continue;
            var diagnostic = group.GetValueOrDefault("diagnostic-code") ?? "";
            if (diagnostic.Length == 0) diagnostic = SaidOf(recipient, explanation);
            yield return BounceReason.Judge(recipient, Word(group.GetValueOrDefault("status")), diagnostic, explanation, action);
        }
    }

    /// <summary>What the explanation for people says in the line that starts with the address, and in the indented ones below it.</summary>
    static string SaidOf(string recipient, string explanation)
    {
        var lines = explanation.Split('\n', MostLines + 1);
        for (var i = 0; i < Math.Min(lines.Length, MostLines); i++)
        {
            if (lines[i].TrimStart(' ', '<', '\t') is var line && line.StartsWith(recipient, StringComparison.OrdinalIgnoreCase))
                return Cut(string.Join(' ', [line[recipient.Length..], .. lines.Skip(i + 1).Take(8).TakeWhile(l => l.Length > 0 && l[0] is ' ' or '\t')]));
        }
        return "";
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
