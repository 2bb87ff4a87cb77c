using System.Text;

namespace Amends.Mail.Reading;

/// <summary>One content line of iCalendar (RFC 5545 §3.1): name, parameters, value, and how deep in components it stands.</summary>
internal sealed record ContentLine(string Name, IReadOnlyDictionary<string, string> Parameters, string Value, int Depth)
{
    const int MostLines = 5000;
    const int Longest = 8000;
    const int Deepest = 8;

    internal string? Parameter(string name) => Parameters.GetValueOrDefault(name);

    /// <summary>The lines, unfolded. BEGIN counts as within what it begins, END as outside.</summary>
    internal static List<ContentLine> In(string text)
    {
        var lines = new List<ContentLine>();
        var depth = 0;
        var line = new StringBuilder();
        foreach (var raw in text.Split('\n', MostLines + 1).Take(MostLines).Append(""))
        {
            var part = raw.TrimEnd('\r');
            if (part.Length > 0 && part[0] is ' ' or '\t' && line.Length > 0)
            {
                if (line.Length < Longest) line.Append(part.AsSpan(1));
                continue;
            }
            if (line.Length > 0 && line.Length < Longest * 2 && Of(line.ToString(), depth) is { } read)
            {
                if (read.Name == "END") depth = Math.Max(0, depth - 1);
                if (read.Name == "BEGIN") depth = Math.Min(Deepest, depth + 1);
                lines.Add(read with { Depth = depth });
            }
            line.Clear().Append(part);
        }
        return lines;
    }

    static ContentLine? Of(string line, int depth)
    {
        var parameters = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var quoted = false;
        var start = 0;
        string? name = null;
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"') quoted = !quoted;
            if (quoted || line[i] is not (';' or ':')) continue;
            var piece = line[start..i];
            if (name is null) name = piece.Trim().ToUpperInvariant();
            else if (piece.IndexOf('=') is > 0 and var equals && parameters.Count < 50) parameters.TryAdd(piece[..equals].Trim(), piece[(equals + 1)..].Trim('"', ' '));
            start = i + 1;
            if (line[i] == ':') return name.Length == 0 ? null : new(name, parameters, line[start..].Trim(), depth);
        }
        return null;
    }

    /// <summary>Undoes the escapes of TEXT (RFC 5545 §3.3.11).</summary>
    internal static string Unescape(string value)
    {
        if (!value.Contains('\\')) return value.Trim();
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            if (value[i] != '\\' || i + 1 == value.Length) text.Append(value[i]);
            else text.Append(value[++i] is 'n' or 'N' ? '\n' : value[i]);
        }
        return text.ToString().Trim();
    }
}
