namespace Amends.Mail.Mime;

/// <summary>Reads Message-ID fields (RFC 5322 §3.6.4).</summary>
internal static class MailIds
{
    const int Most = 1000;

    /// <summary>The ids without angle brackets, in order, each once.</summary>
    internal static IReadOnlyList<string> Parse(string? raw)
    {
        var ids = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in Words(raw ?? ""))
        {
            var id = word.Trim().Trim('"', ',', ';');
            if (id.Length > 0 && seen.Add(id)) ids.Add(id);
            if (ids.Count >= Most) break;
        }
        return ids;
    }

    static IEnumerable<string> Words(string raw)
    {
        var at = 0;
        while (at < raw.Length)
        {
            var open = raw.IndexOf('<', at);
            if (open < 0)
            {
                foreach (var word in Loose(raw[at..])) yield return word;
                yield break;
            }
            foreach (var word in Loose(raw[at..open])) yield return word;
            var close = raw.IndexOf('>', open);
            var end = close < 0 ? raw.Length : close;
            // Folding may have put blanks into a long id.
            yield return string.Concat(raw[(open + 1)..end].Split(' ', '\t')).TrimStart('<');
            at = end + 1;
        }
    }

    /// <summary>Outside brackets, only words with an @ are ids ("Your message of …" was common once).</summary>
    static IEnumerable<string> Loose(string text) =>
        text.Split([' ', '\t', ','], StringSplitOptions.RemoveEmptyEntries).Where(w => w.Contains('@') && !w.Contains('"')).Select(w => w.Trim('>'));
}
