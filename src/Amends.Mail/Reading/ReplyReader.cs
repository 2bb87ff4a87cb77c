using Amends.Mail.Html;
using Amends.Mail.Mime;

namespace Amends.Mail.Reading;

/// <summary>Parts what somebody wrote now from what is quoted below, between or above it, and from the signature. Linear in the text.</summary>
public static class ReplyReader
{
    /// <summary>Reads a mail: its plain text where it has one, else its HTML.</summary>
    public static ReplyParts Read(MailMessage mail) =>
        mail.HasPlainText || mail.Html is null ? Read(mail.Text, mail.From?.Name, QuoteMarks.IsForwardSubject(mail.Subject)) : ReadHtml(mail.Html, mail.From?.Name, QuoteMarks.IsForwardSubject(mail.Subject));

    /// <summary>Reads plain text.</summary>
    /// <param name="text">The text, any line ends.</param>
    /// <param name="sender">The writer's name or address, which helps to find the signature.</param>
    /// <param name="forwarded">Whether the mail hands on another one, so that a block of fields begins what we shall read instead of a quote.</param>
    public static ReplyParts Read(string text, string? sender = null, bool forwarded = false)
    {
        var lines = MailText.Plain(text).Split('\n').ToList();
        var quoted = Quoted(lines, forwarded);
        var written = Enumerable.Range(0, lines.Count).Where(i => !quoted[i]).ToList();
        // A mail that only forwards or quotes still says something: then all of it is the reply.
        if (written.All(i => string.IsNullOrWhiteSpace(lines[i]))) (written, quoted) = ([.. Enumerable.Range(0, lines.Count)], new bool[lines.Count]);
        var anyQuoted = quoted.Contains(true);
        DropEnd(written, i => string.IsNullOrWhiteSpace(lines[i]) || (anyQuoted && IsRule(lines[i])));
        var cut = Signatures.Start([.. written.Select(i => lines[i])], sender);
        if (written.Take(cut).All(i => string.IsNullOrWhiteSpace(lines[i]))) cut = written.Count;
        var signature = written.Skip(cut).Select(i => lines[i]);
        var reply = written.Take(cut).ToList();
        if (reply.Exists(i => !string.IsNullOrWhiteSpace(lines[i]) && !IsQuote(lines[i])))
        {
            // Quoted lines at the end go; those that are answered below stay, since the answer needs them.
            while (reply.Count > 0 && (IsQuote(lines[reply[^1]]) || string.IsNullOrWhiteSpace(lines[reply[^1]])))
            {
                quoted[reply[^1]] = true;
                reply.RemoveAt(reply.Count - 1);
            }
        }
        return new ReplyParts(Join(reply.Select(i => lines[i])), Join(lines.Where((_, i) => quoted[i])), Join(signature));
    }

    /// <summary>Reads HTML: quotes are known by the marks mail programs leave, then by their text.</summary>
    /// <param name="html">The HTML.</param>
    /// <param name="sender">The writer's name or address, which helps to find the signature.</param>
    /// <param name="forwarded">Whether the mail hands on another one: then its marks begin no quote.</param>
    public static ReplyParts ReadHtml(string html, string? sender = null, bool forwarded = false)
    {
        if (HtmlTree.Parse(html) is not { } body) return Read(HtmlText.From(html), sender, forwarded);
        if (forwarded && HtmlText.Of(body) is var whole && Forwarded.IsIn(whole)) return Read(whole, sender, forwarded: true);
        var quotes = HtmlQuotes.In(body);
        if (quotes.Count == 0) return Read(HtmlText.Of(body), sender);
        var ownLines = HtmlText.Of(body, quotes.Contains).Split('\n').ToList();
        DropEnd(ownLines, line => string.IsNullOrWhiteSpace(line) || IsRule(line));
        var own = Join(ownLines);
        if (string.IsNullOrWhiteSpace(own)) return Read(HtmlText.Of(body), sender);
        var elided = string.Join("\n\n", quotes.Outermost.Select(q => HtmlText.Of(q)).Where(t => t.Length > 0));
        var parts = Read(own, sender);
        return parts with { Elided = Join([parts.Elided, elided]) };
    }

    /// <summary>Which lines are quoted, with what introduces them.</summary>
    static bool[] Quoted(List<string> lines, bool forwarded)
    {
        var quoted = new bool[lines.Count];
        var end = lines.Count;
        for (var i = 0; i < lines.Count; i++)
        {
            if (QuoteMarks.IsForward(lines[i]) || (forwarded && QuoteMarks.IsFieldBlock(lines, i))) break;
            if (QuoteMarks.IsDivider(lines[i]) || QuoteMarks.IsFieldBlock(lines, i))
            {
                var from = RuleAbove(lines, i);
                if (!Says(lines, 0, from)) break;
                end = from;
                break;
            }
            var count = QuoteMarks.Introduction(lines, i);
            if (count == 0) continue;
            var next = Next(lines, i + count);
            if (next < lines.Count && IsQuote(lines[next]))
            {
                // The quote may be answered below or between: only what is introduced goes.
                Fill(quoted, i, QuoteEnd(lines, next));
                i = next;
            }
            else if (Says(lines, 0, i))
            {
                end = i;
                break;
            }
            else Fill(quoted, i, i + count);
        }
        Fill(quoted, end, lines.Count);
        return quoted;
    }

    static int QuoteEnd(List<string> lines, int from)
    {
        var end = from;
        for (var i = from; i < lines.Count && (IsQuote(lines[i]) || string.IsNullOrWhiteSpace(lines[i])); i++)
        {
            if (IsQuote(lines[i])) end = i + 1;
        }
        return end;
    }

    static bool IsQuote(string line) => line.AsSpan().TrimStart().StartsWith(">");

    static int RuleAbove(List<string> lines, int at)
    {
        var above = at - 1;
        while (above > 0 && string.IsNullOrWhiteSpace(lines[above])) above--;
        return above >= 0 && IsRule(lines[above]) ? above : at;
    }

    static bool IsRule(string line) => line.Trim() is { Length: > 2 } rule && rule.All(c => c is '_' or '-' or '*' or '=');

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

    static void DropEnd<T>(List<T> list, Predicate<T> goes)
    {
        while (list.Count > 0 && goes(list[^1])) list.RemoveAt(list.Count - 1);
    }

    static string Join(IEnumerable<string> lines) => string.Join('\n', lines).Trim('\n', ' ', '\t', '\u00A0');
}
