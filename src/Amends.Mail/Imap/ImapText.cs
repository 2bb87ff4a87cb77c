using System.Globalization;
using System.Text;
using Amends.Mail.Wire;

namespace Amends.Mail.Imap;

/// <summary>Arguments of commands, and dates of answers.</summary>
internal static class ImapText
{
    /// <summary>A quoted string (RFC 9051 §4.3), so that no argument can become a command.</summary>
    /// <exception cref="ImapFailure">It holds what no quoted string may hold.</exception>
    public static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var letter in text)
        {
            if (letter is '\r' or '\n' or '\0') throw new ImapFailure(MailTrouble.Refused, "A name or password for IMAP may not hold a line end.");
            if (letter is '"' or '\\') quoted.Append('\\');
            quoted.Append(letter);
        }
        return quoted.Append('"').ToString();
    }

    /// <summary>A mailbox name as an argument.</summary>
    public static string Mailbox(string name) => Quoted(MailboxName.Encode(name));

    /// <summary>INTERNALDATE, such as <c>17-Jul-1996 02:44:25 -0700</c>; null when it is none.</summary>
    public static DateTimeOffset? Date(string text) =>
        DateTimeOffset.TryParseExact(text.Trim(), "d-MMM-yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date
        : text.Length > 5 && DateTimeOffset.TryParseExact(text.Trim().Insert(text.Trim().Length - 2, ":"), "d-MMM-yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out date) ? date
        : null;

    /// <summary>A set of UIDs, runs drawn together: <c>3:5,9</c>.</summary>
    public static string Set(IEnumerable<uint> uids)
    {
        var set = new StringBuilder();
        uint first = 0, last = 0;
        foreach (var uid in uids)
        {
            if (first != 0 && uid == last + 1)
            {
                last = uid;
                continue;
            }
            Append();
            first = last = uid;
        }
        Append();
        return set.ToString();

        void Append()
        {
            if (first == 0) return;
            if (set.Length > 0) set.Append(',');
            set.Append(CultureInfo.InvariantCulture, $"{first}");
            if (last != first) set.Append(CultureInfo.InvariantCulture, $":{last}");
        }
    }
}
