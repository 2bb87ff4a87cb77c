using Amends.Mail.Html;
using Amends.Mail.Mime;

namespace Amends.Mail.Reading;

/// <summary>Parts what somebody wrote now from what is quoted below, between or above it, and from the signature. Linear in the text.</summary>
public static class ReplyReader
{
    /// <summary>Reads a mail: its plain text where it has one, else its HTML.</summary>
    public static ReplyParts Read(MailMessage mail) =>
        mail.HasPlainText || mail.Html is null ? Read(mail.Text, mail.From?.Name) : ReadHtml(mail.Html, mail.From?.Name);

    /// <summary>Reads plain text.</summary>
    /// <param name="text">The text, any line ends.</param>
    /// <param name="sender">The writer's name or address, which helps to find the signature.</param>
    public static ReplyParts Read(string text, string? sender = null)
    {
        var lines = MailText.Plain(text).Split('\n').ToList();
        var quoted = Quoted(lines);
        var own = new List<string>();
        var elided = new List<string>();
        for (var i = 0; i < lines.Count; i++) (quoted[i] ? elided : own).Add(lines[i]);
        // A mail that only forwards or quotes still says something: then all of it is the reply.
        if (own.All(string.IsNullOrWhiteSpace)) (own, elided) = (lines, []);
        Trim(own);
        var cut = Signatures.Start(own, sender);
        var signature = own.Skip(cut).ToList();
        var reply = own.Take(cut).ToList();
        if (reply.All(string.IsNullOrWhiteSpace)) (reply, signature) = (own, []);
        return new ReplyParts(Join(reply), Join(elided), Join(signature));
    }

    /// <summary>Reads HTML: quotes are known by the marks mail programs leave, then by their text.</summary>
    public static ReplyParts ReadHtml(string html, string? sender = null)
    {
        if (HtmlTree.Parse(html) is not { } body) return Read(HtmlText.From(html), sender);
        var quotes = HtmlQuotes.In(body);
        if (quotes.Count == 0) return Read(HtmlText.Of(body), sender);
        var own = HtmlText.Of(body, quotes.Contains);
        if (string.IsNullOrWhiteSpace(own)) return Read(HtmlText.Of(body), sender);
        var elided = string.Join("\n\n", quotes.Outermost.Select(q => HtmlText.Of(q)).Where(t => t.Length > 0));
        var parts = Read(own, sender);
        return parts with { Elided = Join([parts.Elided, elided]) };
    }

    static bool[] Quoted(List<string> lines)
    {
        var quoted = new bool[lines.Count];
        for (var i = 0; i < lines.Count; i++)
        {
            if (QuoteMarks.IsDivider(lines[i]) || QuoteMarks.IsFieldBlock(lines, i))
            {
                var from = RuleAbove(lines, i);
                if (!Says(lines, 0, from)) break;
                Fill(quoted, from, lines.Count);
                return Trailing(lines, quoted);
            }
            var count = QuoteMarks.Introduction(lines, i);
            if (count == 0) continue;
            var next = Next(lines, i + count);
            if (next < lines.Count && lines[next].TrimStart().StartsWith('>'))
            {
                // The quote may be answered below or between; only its own lines go.
                Fill(quoted, i, next);
                i = next - 1;
                continue;
            }
            if (!Says(lines, 0, i)) continue;
            Fill(quoted, i, lines.Count);
            return Trailing(lines, quoted);
        }
        return Trailing(lines, quoted);
    }

    static bool[] Trailing(List<string> lines, bool[] quoted)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i].TrimStart().StartsWith('>')) quoted[i] = true;
        }
        return quoted;
    }

    static int RuleAbove(List<string> lines, int at)
    {
        var above = at - 1;
        while (above > 0 && string.IsNullOrWhiteSpace(lines[above])) above--;
        return above >= 0 && lines[above].Trim() is { Length: > 2 } rule && rule.All(c => c is '_' or '-' or '*') ? above : at;
    }

    static int Next(List<string> lines, int from)
    {
        while (from < lines.Count && string.IsNullOrWhiteSpace(lines[from])) from++;
        return from;
    }

    static bool Says(List<string> lines, int from, int to)
    {
        for (var i = from; i < to; i++)
        {
            if (!string.IsNullOrWhiteSpace(lines[i].Trim('>', ' ', '-', '_'))) return true;
        }
        return false;
    }

    static void Fill(bool[] quoted, int from, int to) => quoted.AsSpan(from, to - from).Fill(true);

    static void Trim(List<string> lines)
    {
        while (lines.Count > 0 && string.IsNullOrWhiteSpace(lines[^1])) lines.RemoveAt(lines.Count - 1);
    }

    static string Join(IEnumerable<string> lines) => string.Join('\n', lines).Trim('\n', ' ', '\t', '\u00A0');
}
