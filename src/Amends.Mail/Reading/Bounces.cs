using System.Text.RegularExpressions;
using Amends.Mail.Mime;

namespace Amends.Mail.Reading;

/// <summary>Reads which recipients a mail did not reach: from the fields of RFC 3464 where there are any, else from the words of the report.</summary>
internal static class Bounces
{
    const int Most = 1000;

    static readonly string[] FailureSubjects =
    [
        "undeliver", "delivery status notification", "delivery failure", "delivery failed", "delivery notification", "delivery report", "mail delivery", "failure notice", "returned mail", "returned to sender", "return to sender",
        "mail system error", "message not delivered", "could not be delivered", "couldn't be delivered", "non remis", "nicht zustellbar", "unzustellbar", "zustellung", "undelivered", "warning: could not send", "delivery delayed", "delivery problem",
        "message could not", "mail could not", "non delivery", "non-delivery", "nondeliverable", "delivery error", "returning message", "failed mail", "failed delivery", "message delivery", "permanent error", "error sending", "rejected", "failure delivery", "no delivery", "mailbox full", "user unknown", "unknown user", "mail failure", "email failure", "mail error", "message status", "email delivery", "mail transaction",
        "delayed", "not yet been delivered", "not delivered", "mail failed", "processing error", "delivery warning", "メールエラー", "エラー通知",
    ];

    static readonly string[] Daemons = ["postmaster", "post_master", "mailerdaemon", "mail-daemon", "mdaemon", "mailmaster", "mail delivery", "mail administrator", "system administrator"];

    internal static List<Bounce> Of(MailMessage mail)
    {
        var fields = mail.Root.All().Where(p => p.ContentType is "message/delivery-status" or "message/global-delivery-status").ToList();
        var found = new List<Bounce>();
        foreach (var part in fields) found.AddRange(DeliveryStatus.Read(part.Text, mail.Text).Take(Most - found.Count));
        if (found.Count > 0 || (fields.Count > 0 && OnlyGoodNews(mail))) return found;
        var report = mail.Root.All().Any(p => p.ContentType == "multipart/report" && p.Parameters.GetValueOrDefault("report-type") is "delivery-status" or null);
        if (SesNotice.Of(mail) is { } notice) return [.. notice.Bounces];
        return report || SaysSo(mail) || IsDaemon(mail) || (FromDaemon(mail) && HasFailureSubject(mail.Subject)) || mail.Headers.Has("X-Failed-Recipients") ? BounceText.Read(mail) : [];
    }

    /// <summary>A report that all went well ("delivered", "relayed", "expanded") is no bounce.</summary>
    internal static bool OnlyGoodNews(MailMessage mail)
    {
        var actions = mail.Root.All().Where(p => p.ContentType.EndsWith("delivery-status", StringComparison.Ordinal)).SelectMany(p => DeliveryStatus.Actions(p.Text)).ToList();
        return actions.Count > 0 && actions.All(a => a is "delivered" or "relayed" or "expanded");
    }

    /// <summary>Whether a mail server's own mailbox wrote it, or nobody.</summary>
    internal static bool FromDaemon(MailMessage mail)
    {
        if (IsDaemon(mail) || mail.ReturnPath is "" || mail.Headers.Has("X-Failed-Recipients")) return true;
        var from = mail.Headers.Value("From") ?? "";
        return Daemons.Any(name => from.Contains(name, StringComparison.OrdinalIgnoreCase)) || from.Trim() == "<>";
    }

    /// <summary>
    /// Says in its first words that a mail did not arrive, and is a machine's beyond that: a mail server's own mailbox wrote it, or it
    /// holds the mail that came back, or its subject says the same. Each alone could be a person's.
    /// </summary>
    internal static bool SaysSo(MailMessage mail)
    {
        var start = mail.Text.Length > 1500 ? mail.Text[..1500] : mail.Text;
        if (!NotDelivered.IsMatch(start)) return false;
        if (FromDaemon(mail)) return true;
        if (MailKind.IsRobot(mail.From?.Address ?? "") && mail.Root.All().Any(p => p.ContentType is "message/rfc822" or "text/rfc822-headers")) return true;
        return ReportSubjects.Any(s => mail.Subject.StartsWith(s, StringComparison.OrdinalIgnoreCase)) && BareReport.IsMatch(start);
    }

    static readonly Regex NotDelivered = new(
        @"could not be delivered to[: ]|(mail|message)( below)? (could not|cannot|can't|was not|has not been) (be )?delivered|unable to deliver|undeliverable|error below:?\s*5[0-9][0-9]|error message below:?\s*5[0-9][0-9]|delivery (has )?failed|invalid user address|konnte nicht zugestellt werden|n'a pas pu être (remis|délivré)|no se pudo entregar|non (è stato possibile|può essere) consegna|送信できませんでした|配信できませんでした",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    static readonly Regex BareReport = new(@"(mail|message)[a-z ]{0,20} could not be delivered to the following (user|recipient|address)", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    static readonly string[] ReportSubjects = ["non-delivery:", "undeliverable:", "undeliverable mail", "undelivered mail", "mail delivery fail", "delivery status notification", "returned mail:", "failure notice"];

    /// <summary>Mailer-daemons write nothing but reports.</summary>
    internal static bool IsDaemon(MailMessage mail) => (mail.Headers.Value("From") ?? "").Contains("mailer-daemon", StringComparison.OrdinalIgnoreCase);

    internal static bool HasFailureSubject(string subject) => FailureSubjects.Any(s => subject.Contains(s, StringComparison.OrdinalIgnoreCase));
}
