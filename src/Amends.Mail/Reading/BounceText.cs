using System.Text.RegularExpressions;
using Amends.Mail.Mime;

namespace Amends.Mail.Reading;

/// <summary>Reads failed recipients from the words of a report that has no fields for them.</summary>
internal static class BounceText
{
    const int MostLines = 400;
    const int LongestLine = 1000;
    const int Following = 8;

    static readonly Regex Address = new(@"[a-z0-9!#$%&'*+/=?^_{|}~.\-]+@[a-z0-9.\-]+\.[a-z0-9\-]+", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    static readonly string[] Returning = ["original message follow", "below this line", "copy of the message", "copy of your message", "header follow", "headers follow", "original message as received", "returned message", "unsent message", "original message ---", "message follows"];

    static readonly Regex Told = new(
        @"((deliver|send)( your)?( e-?mail| mail| message)? to|(not|n't) (be )?(deliver|send|deliver(ed)|sent)( your)?( e-?mail| mail| message)? to( the following [a-z]+)?|was addressed( to)?|wurde nicht zugestellt an|nicht zugestellt werden an)[:,]? *<?[a-z0-9!#$%&'*+/=?^_{|}~.\-]+@[a-z0-9.\-]+\.[a-z0-9\-]+",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    internal static List<Bounce> Read(MailMessage mail)
    {
        var found = new List<Bounce>();
        var text = mail.Text;
        foreach (var header in mail.Headers.All("X-Failed-Recipients"))
        {
            foreach (var address in AddressList.Parse(header.Raw)) Add(found, address.Address, text, Short(text));
        }
        if (found.Count > 0) return found;
        var lines = text.Split('\n').Take(MostLines).ToArray();
        foreach (var told in Told.Matches(string.Join(' ', lines.TakeWhile(line => !IsReturned(line.Trim())).Where(line => line.Length <= LongestLine))).Take(Following))
        {
            if (Address.Match(told.Value) is { Success: true } named && !IsReporters(named.Value, mail)) Add(found, named.Value.TrimEnd('.'), Short(text), Short(text));
        }
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Length > LongestLine) continue;
            if (IsReturned(line)) break;
            if (!line.StartsWith('<') && !lines[i].StartsWith(' ') && !Names(line)) continue;
            var address = Address.Match(line) is { Success: true } match && !(line.StartsWith('<') && line.Contains(">:", StringComparison.Ordinal) ? IsReporters(match.Value, mail) : IsOurs(match.Value, mail)) ? match.Value.TrimEnd('.') : null;
            // "(expanded from: …)" names the address that the sender used.
            if (address is not null && lines.Skip(i).Take(2).FirstOrDefault(l => l.Contains("(expanded from", StringComparison.OrdinalIgnoreCase)) is { } expanded
                && Address.Match(expanded[expanded.IndexOf("(expanded from", StringComparison.OrdinalIgnoreCase)..]) is { Success: true } original)
            {
                address = original.Value.TrimEnd('.');
                i++;
            }
            if (address is not null) Add(found, address, string.Join(' ', lines.Skip(i).Take(Following)), Short(text));
        }
        if (found.Count > 0) return found;
        // Nothing stood out: the first address that is not the reporter's own.
        var any = Address.Matches(text.Length > 20_000 ? text[..20_000] : text).Select(m => m.Value.TrimEnd('.')).FirstOrDefault(a => !IsOurs(a, mail));
        if (any is not null) Add(found, any, text, Short(text));
        return found;
    }

    static string Short(string text) => text.Length > 4000 ? text[..4000] : text;

    static void Add(List<Bounce> found, string address, string words, string explanation)
    {
        if (found.Count < 1000 && !found.Any(b => b.Recipient.Equals(address, StringComparison.OrdinalIgnoreCase))) found.Add(BounceReason.Judge(address, "", words, explanation, ""));
    }

    static bool Names(string line) => line.Contains("recipient", StringComparison.OrdinalIgnoreCase) || line.Contains("RCPT", StringComparison.Ordinal) || line.StartsWith("To:", StringComparison.OrdinalIgnoreCase)
        || line.Contains("550", StringComparison.Ordinal) || line.Contains("554", StringComparison.Ordinal) || line.Contains("unknown", StringComparison.OrdinalIgnoreCase) || Address.Match(line) is { Success: true, Index: <= 1 };

    /// <summary>Below this the report repeats the mail it could not deliver.</summary>
    static bool IsReturned(string line) =>
        line.StartsWith("Return-Path:", StringComparison.OrdinalIgnoreCase) || line.StartsWith("Received:", StringComparison.OrdinalIgnoreCase)
        || (line.Contains("message", StringComparison.OrdinalIgnoreCase) && Returning.Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase)));

    static bool IsOurs(string address, MailMessage mail) => mail.Headers.All("Received").Any(h => h.Value.Contains("for <" + address, StringComparison.OrdinalIgnoreCase)) || IsReporters(address, mail);

    /// <summary>The reporter's own address, or the one it reports to.</summary>
    static bool IsReporters(string address, MailMessage mail) => address.StartsWith("postmaster@", StringComparison.OrdinalIgnoreCase) || address.Contains("mailer-daemon", StringComparison.OrdinalIgnoreCase)
        || address.Equals(mail.From?.Address, StringComparison.OrdinalIgnoreCase) || mail.To.Any(t => t.Address.Equals(address, StringComparison.OrdinalIgnoreCase));
}
