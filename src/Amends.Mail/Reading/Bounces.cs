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
    ];

    internal static List<Bounce> Of(MailMessage mail)
    {
        var fields = mail.Root.All().Where(p => p.ContentType is "message/delivery-status" or "message/global-delivery-status").ToList();
        var found = new List<Bounce>();
        foreach (var part in fields) found.AddRange(DeliveryStatus.Read(part.Text, mail.Text).Take(Most - found.Count));
        if (found.Count > 0 || (fields.Count > 0 && OnlyGoodNews(mail))) return found;
        var report = mail.Root.All().Any(p => p.ContentType == "multipart/report" && p.Parameters.GetValueOrDefault("report-type") is "delivery-status" or null);
        return report || (FromDaemon(mail) && HasFailureSubject(mail.Subject)) || mail.Headers.Has("X-Failed-Recipients") ? BounceText.Read(mail) : [];
    }

    /// <summary>A report that all went well ("delivered", "relayed", "expanded") is no bounce.</summary>
    internal static bool OnlyGoodNews(MailMessage mail)
    {
        var actions = mail.Root.All().Where(p => p.ContentType.EndsWith("delivery-status", StringComparison.Ordinal)).SelectMany(p => DeliveryStatus.Actions(p.Text)).ToList();
        return actions.Count > 0 && actions.All(a => a is "delivered" or "relayed" or "expanded");
    }

    internal static bool FromDaemon(MailMessage mail)
    {
        var from = (mail.From?.Address ?? "").ToLowerInvariant();
        var local = from.Split('@')[0];
        return mail.ReturnPath is "" || local.Contains("mailer-daemon", StringComparison.Ordinal) || local.Contains("postmaster", StringComparison.Ordinal) || local.Contains("mailerdaemon", StringComparison.Ordinal)
            || local.Contains("mailmaster", StringComparison.Ordinal) || local.Contains("mail-daemon", StringComparison.Ordinal) || local == "bounce" || mail.From?.Name.Contains("mail delivery", StringComparison.OrdinalIgnoreCase) == true
            || mail.Headers.Has("X-Failed-Recipients");
    }

    internal static bool HasFailureSubject(string subject) => FailureSubjects.Any(s => subject.Contains(s, StringComparison.OrdinalIgnoreCase));
}
