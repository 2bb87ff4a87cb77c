using System.Text.RegularExpressions;
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
        "automatická odpověď", "otomatik yanıt", "otomatik cevap", "автоматический ответ", "автоответ", "自動応答", "自動返信", "自动回复", "自動回覆", "自动答复", "automaattinen vastaus", "automatisch antwort", "odpowiedź automatyczna",
        "fuera de la oficina", "afwezigheid", "absence du bureau", "fuori sede",
    ];

    /// <summary>The mail's traits; never throws.</summary>
    public static MailTraits Of(MailMessage mail)
    {
        var feedback = IsReport(mail, "feedback-report");
        var bounces = feedback ? [] : Bounces.Of(mail);
        var bounce = !feedback && (bounces.Count > 0 || IsDeliveryReport(mail));
        var reply = bounce ? null : AutoReply(mail);
        var machine = MustNotAnswer(mail);
        return new MailTraits
        {
            Because = [.. new[] { feedback ? "it is a feedback report" : null, bounce ? "it reports on a delivery" : null, reply, machine }.OfType<string>().Distinct()],
            IsFeedbackReport = feedback,
            IsBounce = bounce,
            Bounces = bounces,
            IsAutoReply = reply is not null,
            NoAutoResponse = bounce || feedback || reply is not null || machine is not null,
            MessageIdHost = mail.MessageId.LastIndexOf('@') is >= 0 and var at ? mail.MessageId[(at + 1)..].ToLowerInvariant() : "",
            LoopMarks = [.. mail.Headers.All("X-Loop").Select(h => h.Value)],
        };
    }

    /// <summary>What makes it the answer of a program, or null.</summary>
    static string? AutoReply(MailMessage mail)
    {
        var submitted = Word(mail, "Auto-Submitted");
        if (submitted.StartsWith("auto-", StringComparison.Ordinal) && submitted != "auto-generated") return "Auto-Submitted is " + submitted;
        if (submitted == "auto-generated" && (mail.InReplyTo.Length > 0 || mail.Headers.Has("X-Auto-Response-Suppress") || HasAutoSubject(mail))) return "Auto-Submitted is auto-generated, and it answers something";
        if (ReplyHeaders.FirstOrDefault(name => mail.Headers.Has(name) && Word(mail, name) is not ("no" or "false")) is { } header) return "it has " + header;
        if (Word(mail, "Precedence") is "auto_reply" or "auto-reply") return "Precedence is auto_reply";
        // Exchange's inbox rules answer so: they ask for no answer and mark the loop.
        if (mail.Headers.Has("X-MS-Exchange-Inbox-Rules-Loop") && Word(mail, "X-Auto-Response-Suppress") == "all") return "it has X-MS-Exchange-Inbox-Rules-Loop";
        if (Invitation.Of(mail) is { Method: "REPLY", Comment.Length: 0 } answer && IsOnlyAnswer(mail, answer)) return "it answers an invitation";
        if (IsOutOfOffice(mail)) return "its subject and its first words say that nobody is there";
        return HasAutoSubject(mail) && submitted != "no" ? "its subject begins as automatic answers do" : null;
    }

    /// <summary>Calendars write nothing beside an answer, or a sentence with the event's name; whatever else stands there a person wrote.</summary>
    static bool IsOnlyAnswer(MailMessage mail, Invitation answer) =>
        string.IsNullOrWhiteSpace(mail.Text) || (answer.Summary.Length > 3 && mail.Text.Contains(answer.Summary, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// Words that people use too ("absence", "holiday") count only as the whole beginning of a subject that answers nothing of its own, with
    /// a return path of nobody or a body that says the writer is away: two witnesses.
    /// </summary>
    static bool IsOutOfOffice(MailMessage mail)
    {
        var subject = mail.Subject.TrimStart();
        if (!AwaySubjects.Any(s => subject.StartsWith(s, StringComparison.OrdinalIgnoreCase))) return false;
        if (mail.ReturnPath is "" || mail.Headers.Has("X-Auto-Response-Suppress") || Word(mail, "Precedence") is "bulk" or "junk") return true;
        return mail.InReplyTo.Length > 0 && Away.IsMatch(mail.Text.Length > 600 ? mail.Text[..600] : mail.Text);
    }

    static readonly string[] AwaySubjects =
    [
        "ooo", "abwesenheit", "abwesend", "urlaub", "absence", "absent", "vacation", "on vacation", "away from", "ausencia", "ausente", "assente", "assenza", "ausência", "afwezig", "nieobecność", "poza biurem",
        "frånvaro", "fravær", "nepřítomnost", "mimo kancelář", "ofis dışında", "izinde", "отсутствие", "нет в офисе", "不在", "休假", "外出",
    ];

    static readonly Regex Away = new(
        @"out of (the )?office|away from (the )?office|on (annual )?(leave|vacation|holiday)|nicht (im (büro|hause)|erreichbar)|im urlaub|absent(e)? (du|de|jusqu)|en congé|fuera de la oficina|de vacaciones|fuori (sede|ufficio)|in ferie|afwezig|met vakantie|fora do escritório|de férias|poza biurem|na urlopie|inte på kontoret|på semester|ikke på kontoret|på ferie|mimo kancelář|na dovolené|ofis dışında|izindeyim|не в офисе|в отпуске|不在に|休暇|休假|不在办公室",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    static bool HasAutoSubject(MailMessage mail) => AutoSubjects.Any(s => mail.Subject.TrimStart().StartsWith(s, StringComparison.OrdinalIgnoreCase));

    /// <summary>What forbids an automatic answer (RFC 3834 §2), or null.</summary>
    static string? MustNotAnswer(MailMessage mail)
    {
        var headers = mail.Headers;
        if (Word(mail, "Auto-Submitted") is not ("" or "no") and var submitted) return "Auto-Submitted is " + submitted;
        if (mail.ReturnPath is "") return "its return path is empty";
        if (mail.Root.ContentType == "multipart/report") return "it is a multipart/report";
        if (Word(mail, "Precedence") is "bulk" or "junk" or "list" or "auto_reply") return "Precedence is " + Word(mail, "Precedence");
        if (headers.FirstOrDefault(h => h.Name.StartsWith("List-", StringComparison.OrdinalIgnoreCase)) is { } list) return "it has " + list.Name;
        if (((string[])["X-Loop", "Feedback-ID", "X-Mailing-List"]).FirstOrDefault(headers.Has) is { } mark) return "it has " + mark;
        if (Word(mail, "X-Auto-Response-Suppress").Split(',').Any(w => w.Trim() is "all" or "autoreply" or "oof" or "dr")) return "X-Auto-Response-Suppress asks for none";
        if (mail.From is null) return "it names no author";
        return IsRobot(mail.From.Address) || (mail.ReturnPath is { } path && IsRobot(path)) ? "its address is a machine's" : null;
    }

    internal static bool IsRobot(string address)
    {
        var at = address.LastIndexOf('@');
        var local = (at < 0 ? address : address[..at]).ToLowerInvariant();
        return RobotNames.Any(name => local == name || local.StartsWith(name + "+", StringComparison.Ordinal) || local.StartsWith(name + "-", StringComparison.Ordinal))
            || local.EndsWith("-noreply", StringComparison.Ordinal) || local.EndsWith("-request", StringComparison.Ordinal) || local.StartsWith("owner-", StringComparison.Ordinal);
    }

    static bool IsReport(MailMessage mail, string kind) =>
        mail.Root.All().Any(p => p.ContentType == "multipart/report" && p.Parameters.TryGetValue("report-type", out var type) && type.Equals(kind, StringComparison.OrdinalIgnoreCase))
        || mail.Root.Children.Any(p => p.ContentType == "message/" + kind) || (kind == "feedback-report" && SesNotice.Of(mail) is { IsComplaint: true });

    /// <summary>A report that names no recipient is one still.</summary>
    static bool IsDeliveryReport(MailMessage mail)
    {
        if (IsReport(mail, "delivery-status")) return !Bounces.OnlyGoodNews(mail);
        return SesNotice.Of(mail)?.Bounces.Count > 0 || Bounces.SaysSo(mail) || Bounces.IsDaemon(mail) || (Bounces.FromDaemon(mail) && Bounces.HasFailureSubject(mail.Subject));
    }

    internal static string Word(MailMessage mail, string name)
    {
        var value = mail.Headers.Value(name) ?? "";
        var end = value.IndexOfAny([';', '(']);
        return (end < 0 ? value : value[..end]).Trim().ToLowerInvariant();
    }
}
