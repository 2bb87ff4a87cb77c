using System.Text.RegularExpressions;
using Amends.Data;
using Amends.Mail.Mime;

namespace Amends.Channels.Email;

/// <summary>
/// A report that a mail of ours did not arrive goes to that mail: to its row in the outbox and to the case's owner, once.
/// It never opens or reopens a case. Only our own signatures say which mail it is about.
/// </summary>
internal sealed partial class BounceNews(MailTokens tokens)
{
    /// <summary>Records the report; returns the case and message it is about, or <c>null</c> when it is about none of ours.</summary>
    public async Task<(long Number, long Message)?> Record(Unit unit, ReadableMail mail, DateTimeOffset at)
    {
        if (Original(mail, at) is not { } ours || await unit.Value<long?>("select 1 from messages where id = @Message and case_number = @Number", new { ours.Number, ours.Message }) is null)
            return null;

        var mine = await unit.List<OutboxRow>("select id, recipient from outbox where message_id = @Message", new { ours.Message });
        foreach (var bounce in mail.Traits.Bounces.DefaultIfEmpty(new(mine is [var only] ? only.Recipient : "", "", "", "undefined", false, false)))
        {
            var row = mine.FirstOrDefault(each => each.Recipient.Equals(bounce.Recipient, StringComparison.OrdinalIgnoreCase)) ?? (mine.Count == 1 ? mine[0] : null);
            if (row is null)
                continue;
            var words = string.Join(' ', new[] { bounce.Code, bounce.Status, bounce.Reason is "undefined" ? "" : bounce.Reason }.Where(part => part.Length > 0));
            var failed = !bounce.Temporary && !mail.Traits.IsFeedbackReport;
            await unit.Run("update outbox set reply = @words, state = case when @failed = 1 then @state else state end, done_at = @now where id = @Id",
                new { row.Id, words = Storable.Of("Returned: " + words), failed = failed ? 1 : 0, state = (int)OutboxState.Failed, now = at.ToUnixTimeMilliseconds() });
            if (!mail.Traits.IsFeedbackReport)
                await AddressBounces.Note(unit, row.Recipient, bounce.Hard, bounce.Reason, $"{bounce.Code} {bounce.Status}".Trim(), ours.Number, ours.Message, at);
            if (failed)
                await Notices.TellOwner(unit, ours.Number, $"bounce:{ours.Message}:{row.Id}", $"Your mail did not reach {row.Recipient}. Check the address, or call.", at);
        }

        if (mail.Traits.IsFeedbackReport)
            await Notices.TellOwner(unit, ours.Number, $"feedback:{ours.Message}", "The customer's provider says that our mail was marked as spam. Better call.", at);
        return ours;
    }

    private (long Number, long Message)? Original(ReadableMail mail, DateTimeOffset at)
    {
        foreach (var id in Ids(mail))
        {
            if (tokens.OfMessageId(id, at) is { } ours)
                return ours;
        }

        return null;
    }

    /// <summary>Message-IDs of the mail that came back: in what it answers, and in the copy or its header that the report holds.</summary>
    private static IEnumerable<string> Ids(ReadableMail mail)
    {
        foreach (var id in mail.Answers)
            yield return id;
        foreach (var part in mail.Mail.Root.All())
        {
            if (MimeReader.Within(part) is { } returned)
                yield return returned.MessageId;
            else if (part.ContentType is "message/delivery-status" or "message/global-delivery-status")
            {
                // The name that we gave the mail when we handed it over (RFC 3464 §2.2.1), for reports that hold nothing of it.
                foreach (var line in part.Text.Split('\n').Where(line => line.StartsWith("Original-Envelope-Id:", StringComparison.OrdinalIgnoreCase)).Take(1))
                    yield return EscapedLetter().Replace(line[(line.IndexOf(':') + 1)..].Trim(), letter => ((char)Convert.ToByte(letter.Value[1..], 16)).ToString());
            }
            else if (part.ContentType is "text/rfc822-headers" or "message/rfc822" or "message/global-headers" or "text/plain")
            {
                foreach (var line in part.Text.Split('\n').Where(line => line.TrimStart().StartsWith("Message-ID:", StringComparison.OrdinalIgnoreCase)).Take(20))
                    yield return line[(line.IndexOf(':') + 1)..].Trim().Trim('<', '>');
            }
        }
    }

    /// <summary>RFC 3461 §4: a plus and two digits.</summary>
    [GeneratedRegex(@"\+[0-9A-F]{2}")]
    private static partial Regex EscapedLetter();
}
