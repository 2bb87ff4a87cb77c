using System.Globalization;
using System.Text;

namespace Amends.Mail.Mime;

/// <summary>A value with parameters, such as Content-Type and Content-Disposition (RFC 2045 §5.1, RFC 2231).</summary>
internal sealed record HeaderValue(string Value, IReadOnlyDictionary<string, string> Parameters)
{
    const int MostParameters = 200;
    internal static readonly HeaderValue None = new("", new Dictionary<string, string>());

    internal static HeaderValue Parse(string? raw, Repairs repairs)
    {
        if (string.IsNullOrEmpty(raw)) return None;
        raw = raw.Contains('\0') ? raw.Replace("\0", "", StringComparison.Ordinal) : raw;
        var plain = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var parts = new Dictionary<string, SortedDictionary<int, (string Text, bool Coded)>>(StringComparer.OrdinalIgnoreCase);
        var at = 0;
        var value = Take(raw, ref at, ";").Trim().Trim('"');
        for (var count = 0; at < raw.Length && count < MostParameters; count++)
        {
            if (raw[at] == ';') at++;
            var name = Take(raw, ref at, "=;").Trim().ToLowerInvariant();
            if (at >= raw.Length || raw[at] != '=') continue;
            at++;
            var text = ParameterText(raw, ref at);
            if (name.Length == 0) continue;
            Add(name, text);
        }
        foreach (var (name, pieces) in parts) plain[name] = Join(pieces, repairs);
        foreach (var name in plain.Keys.ToArray())
        {
            var text = plain[name];
            if (text.Contains("=?", StringComparison.Ordinal)) plain[name] = EncodedWords.Decode(text, repairs).Replace("\0", "", StringComparison.Ordinal);
            if (!Ascii.IsValid(plain[name])) plain[name] = DoubleEncoding.Undo(plain[name], 1, repairs);
        }
        return new HeaderValue(Comment(value).ToLowerInvariant(), plain);

        void Add(string name, string text)
        {
            var star = name.IndexOf('*');
            if (star <= 0)
            {
                plain.TryAdd(name, text);
                return;
            }
            var coded = name[^1] == '*';
            var middle = name[(star + 1)..].TrimEnd('*');
            var number = middle.Length == 0 ? 0 : int.TryParse(middle, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : -1;
            if (number is < 0 or > 999) return;
            var key = name[..star];
            if (!parts.TryGetValue(key, out var pieces)) parts[key] = pieces = [];
            pieces[number] = (text, coded);
        }
    }

    static string Join(SortedDictionary<int, (string Text, bool Coded)> pieces, Repairs repairs)
    {
        string? charset = null;
        var bytes = new MemoryStream();
        foreach (var (number, (text, coded)) in pieces)
        {
            var rest = text;
            if (coded && number == pieces.Keys.First())
            {
                var marks = text.Split('\'', 3);
                if (marks.Length == 3) (charset, rest) = (marks[0], marks[2]);
            }
            if (coded) Percent(rest, bytes);
            else bytes.Write(Encoding.UTF8.GetBytes(rest));
        }
        return Charsets.Decode(bytes.GetBuffer().AsSpan(0, (int)bytes.Length), charset, repairs);
    }

    static void Percent(string text, MemoryStream into)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == (byte)'%' && i + 2 < bytes.Length && TransferEncoding.Hex(bytes[i + 1]) is >= 0 and var high && TransferEncoding.Hex(bytes[i + 2]) is >= 0 and var low)
            {
                into.WriteByte((byte)((high << 4) | low));
                i += 2;
            }
            else into.WriteByte(bytes[i]);
        }
    }

    static string Take(string raw, ref int at, string until)
    {
        var length = raw.AsSpan(at).IndexOfAny(until);
        var taken = length < 0 ? raw[at..] : raw.Substring(at, length);
        at += taken.Length;
        return taken;
    }

    static string ParameterText(string raw, ref int at)
    {
        while (at < raw.Length && raw[at] is ' ' or '\t') at++;
        if (at >= raw.Length) return "";
        if (raw[at] != '"')
        {
            var bare = Take(raw, ref at, ";").Trim();
            // "charset=utf-8 name=x": a blank and a further "name=" start the next parameter where the semicolon was forgotten.
            var equals = bare.IndexOf('=');
            var blank = equals < 0 ? -1 : bare.LastIndexOf(' ', equals);
            if (blank <= 0 || bare.StartsWith("=?", StringComparison.Ordinal)) return Comment(bare);
            at -= bare.Length - blank;
            return bare[..blank].Trim();
        }
        var text = new StringBuilder();
        for (at++; at < raw.Length && raw[at] != '"'; at++)
        {
            // Windows paths are written unescaped; a backslash counts only before a quote or another one.
            if (raw[at] == '\\' && at + 1 < raw.Length && raw[at + 1] is '"' or '\\') at++;
            if (at < raw.Length) text.Append(raw[at]);
        }
        if (at < raw.Length) at++;
        return text.ToString();
    }

    static string Comment(string value) => value.IndexOf(" (", StringComparison.Ordinal) is > 0 and var cut && value.EndsWith(')') ? value[..cut].Trim() : value;
}
