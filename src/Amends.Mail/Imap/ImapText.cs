using System.Globalization;
using System.Text;
using Amends.Mail.Wire;

namespace Amends.Mail.Imap;

/// <summary>Arguments of commands, and dates of answers.</summary>
internal static class ImapText
{
    /// <summary>
    /// A quoted string, or a literal where a quoted string may not hold the text (RFC 3501 §4.3), so that no argument can
    /// become a command. A literal stands as <c>{n}</c>, line end and bytes; nothing else in a command holds a line end.
    /// </summary>
    /// <exception cref="ImapFailure">It holds what neither may hold.</exception>
    public static string Quoted(string text)
    {
        if (text.AsSpan().ContainsAny('\r', '\n', '\0')) throw new ImapFailure(MailTrouble.Refused, "A name or password for IMAP may not hold a line end.");
        if (text.AsSpan().ContainsAnyExceptInRange(' ', '~')) return string.Create(CultureInfo.InvariantCulture, $"{{{Encoding.UTF8.GetByteCount(text)}}}\r\n{text}");
        return "\"" + Escaped(text) + "\"";
    }

    /// <summary>The inside of a quoted string.</summary>
    /// <exception cref="ImapFailure">It holds a line end.</exception>
    public static string Escaped(string text) => text.AsSpan().ContainsAny('\r', '\n', '\0')
        ? throw new ImapFailure(MailTrouble.Refused, "A name for IMAP may not hold a line end.")
        : text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    /// <summary>A mailbox name as an argument.</summary>
    public static string Mailbox(string name) => Quoted(MailboxName.Encode(name));

    /// <summary>INTERNALDATE, such as <c>17-Jul-1996 02:44:25 -0700</c>; null when it is none.</summary>
    public static DateTimeOffset? Date(string text) =>
        DateTimeOffset.TryParseExact(text.Trim(), "d-MMM-yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date
        : text.Length > 5 && DateTimeOffset.TryParseExact(text.Trim().Insert(text.Trim().Length - 2, ":"), "d-MMM-yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out date) ? date
        : null;

    /// <summary>The UIDs of a set such as <c>3:5,9</c>, added to others.</summary>
    /// <param name="set">The set; an open end (<c>*</c>) is not understood, for no server answers with one.</param>
    /// <param name="first">Lower ones are left out.</param>
    /// <param name="most">How many there may be in all.</param>
    /// <param name="uids">Where they go.</param>
    /// <exception cref="ImapFailure">It is no set, or it names too many.</exception>
    public static void Uids(string set, uint first, int most, ICollection<uint> uids)
    {
        foreach (var run in set.Split(','))
        {
            var ends = run.Split(':');
            if (ends.Length > 2 || !Uid(ends[0], out var from) || !Uid(ends[^1], out var to)) throw new ImapFailure(MailTrouble.Garbage, "The IMAP server named mails in a way that cannot be read.");
            (from, to) = (Math.Max(Math.Min(from, to), first), Math.Max(from, to));
            for (var uid = (long)from; uid <= to; uid++)
            {
                if (uids.Count >= most) throw new ImapFailure(MailTrouble.Limit, $"The IMAP server named more than {most} mails at once.");
                uids.Add((uint)uid);
            }
        }

        static bool Uid(string text, out uint uid) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uid) && uid > 0;
    }

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
