using Amends.Mail.Mime;

namespace Amends.Mail.Reading;

/// <summary>Tells mail of machines from mail of people (RFC 3834, RFC 3464, RFC 5965).</summary>
public static class MailKind
{
    static readonly string[] RobotNames =
    [
        "mailer-daemon", "mailerdaemon", "postmaster", "noreply", "no-reply", "no_reply", "no.reply", "donotreply", "do-not-reply", "do_not_reply", "nobody", "bounce", "bounces",
    ];

    static readonly string[] ReplyHeaders = ["X-Autoreply", "X-Autorespond", "X-AutoReply-From", "X-Mail-Autoreply", "X-Auto-Reply", "Auto-Reply"];

    static readonly string[] AutoSubjects =
    [
        "out of office", "automatic reply", "auto reply", "autoreply", "auto-reply", "auto response", "automated response", "automatische antwort", "automatische antwoord", "abwesenheitsnotiz", "abwesend:",
        "réponse automatique", "respuesta automática", "risposta automatica", "resposta automática", "automatisch antwoord", "autosvar", "automatiskt svar", "automatisk svar", "odpowiedź automatyczna", "autoodpowiedź",
        "fuera de la oficina", "afwezigheid", "absence du bureau", "fuori sede",
    ];

    /// <summary>The mail's traits; never throws.</summary>
    public static MailTraits Of(MailMessage mail)
    {
        var feedback = IsReport(mail, "feedback-report");
        var bounces = feedback ? [] : Bounces.Of(mail);
        var bounce = !feedback && (bounces.Count > 0 || IsDeliveryReport(mail));
        var reply = !bounce && IsAutoReply(mail);
        return new MailTraits
        {
            IsFeedbackReport = feedback,
            IsBounce = bounce,
            Bounces = bounces,
            IsAutoReply = reply,
            NoAutoResponse = bounce || feedback || reply || MustNotAnswer(mail),
            MessageIdHost = mail.MessageId.LastIndexOf('@') is >= 0 and var at ? mail.MessageId[(at + 1)..].ToLowerInvariant() : "",
            LoopMarks = [.. mail.Headers.All("X-Loop").Select(h => h.Value)],
        };
    }

    static bool IsAutoReply(MailMessage mail)
    {
        var submitted = Word(mail, "Auto-Submitted");
        if (submitted.StartsWith("auto-", StringComparison.Ordinal) && submitted != "auto-generated") return true;
        if (submitted == "auto-generated" && (mail.InReplyTo.Length > 0 || mail.Headers.Has("X-Auto-Response-Suppress") || HasAutoSubject(mail))) return true;
        if (ReplyHeaders.Any(name => mail.Headers.Has(name) && Word(mail, name) is not ("no" or "false"))) return true;
        if (Word(mail, "Precedence") is "auto_reply" or "auto-reply") return true;
        // Exchange's inbox rules answer so: they ask for no answer and mark the loop.
        if (mail.Headers.Has("X-MS-Exchange-Inbox-Rules-Loop") && Word(mail, "X-Auto-Response-Suppress") == "all") return true;
        return HasAutoSubject(mail) && submitted != "no";
    }

    static bool HasAutoSubject(MailMessage mail) => AutoSubjects.Any(s => mail.Subject.TrimStart().StartsWith(s, StringComparison.OrdinalIgnoreCase));

    static bool MustNotAnswer(MailMessage mail)
    {
        var headers = mail.Headers;
        if (Word(mail, "Auto-Submitted") is not ("" or "no")) return true;
        if (mail.ReturnPath is "") return true;
        if (mail.Root.ContentType == "multipart/report") return true;
        if (Word(mail, "Precedence") is "bulk" or "junk" or "list" or "auto_reply") return true;
        if (headers.Any(h => h.Name.StartsWith("List-", StringComparison.OrdinalIgnoreCase))) return true;
        if (headers.Has("X-Loop") || headers.Has("Feedback-ID") || headers.Has("X-Mailing-List")) return true;
        if (Word(mail, "X-Auto-Response-Suppress").Split(',').Any(w => w.Trim() is "all" or "autoreply" or "oof" or "dr")) return true;
        return mail.From is null || IsRobot(mail.From.Address) || (mail.ReturnPath is { } path && IsRobot(path));
    }

    static bool IsRobot(string address)
    {
        var at = address.LastIndexOf('@');
        var local = (at < 0 ? address : address[..at]).ToLowerInvariant();
        return RobotNames.Any(name => local == name || local.StartsWith(name + "+", StringComparison.Ordinal) || local.StartsWith(name + "-", StringComparison.Ordinal))
            || local.EndsWith("-noreply", StringComparison.Ordinal) || local.EndsWith("-request", StringComparison.Ordinal) || local.StartsWith("owner-", StringComparison.Ordinal);
    }

    static bool IsReport(MailMessage mail, string kind) =>
        mail.Root.All().Any(p => p.ContentType == "multipart/report" && p.Parameters.TryGetValue("report-type", out var type) && type.Equals(kind, StringComparison.OrdinalIgnoreCase))
        || mail.Root.Children.Any(p => p.ContentType == "message/" + kind);

    /// <summary>A report that names no recipient is one still.</summary>
    static bool IsDeliveryReport(MailMessage mail)
    {
        if (IsReport(mail, "delivery-status")) return !Bounces.OnlyGoodNews(mail);
        return Bounces.IsDaemon(mail) || (Bounces.FromDaemon(mail) && Bounces.HasFailureSubject(mail.Subject));
    }

    internal static string Word(MailMessage mail, string name)
    {
        var value = mail.Headers.Value(name) ?? "";
        var end = value.IndexOfAny([';', '(']);
        return (end < 0 ? value : value[..end]).Trim().ToLowerInvariant();
    }
}
