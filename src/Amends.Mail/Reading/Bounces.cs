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
        return report || IsDaemon(mail) || (FromDaemon(mail) && HasFailureSubject(mail.Subject)) || mail.Headers.Has("X-Failed-Recipients") ? BounceText.Read(mail) : [];
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

    /// <summary>Mailer-daemons write nothing but reports.</summary>
    internal static bool IsDaemon(MailMessage mail) => (mail.Headers.Value("From") ?? "").Contains("mailer-daemon", StringComparison.OrdinalIgnoreCase);

    internal static bool HasFailureSubject(string subject) => FailureSubjects.Any(s => subject.Contains(s, StringComparison.OrdinalIgnoreCase));
}
