using System.Text.RegularExpressions;

namespace Amends.Mail.Reading;

/// <summary>Lines by which mail programs introduce what they quote. All patterns are of the kind that cannot backtrack.</summary>
internal static class QuoteMarks
{
    const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    const int LongestLine = 1000;

    /// <summary>"-----Original Message-----" and its like.</summary>
    static readonly Regex Divider = new(
        @"^[\s>*]*[-_=]{2,}[\s*]*(original message|original appointment|originalnachricht|urspr(ü|ue)ngliche nachricht|urspr(ü|ue)nglicher termin|message d['’]origine|message original|message initial"
        + @"|mensaje original|messaggio originale|messaggio inoltrato|oorspronkelijk bericht|oorspronkelijke bericht|mensagem original|wiadomo(ś|s)(ć|c) oryginalna|oryginalna wiadomo(ś|s)(ć|c)"
        + @"|ursprungligt meddelande|originalmeddelande|oprindelig meddelelse|original besked|oprindelig besked|opprinnelig melding|alkuper(ä|a)inen viesti|p(ů|u)vodn(í|i) zpr(á|a)va|forwarded message|forwarded by.*|weitergeleitete nachricht|message transf(é|e)r(é|e)"
        + @"|mensaje reenviado|doorgestuurd bericht|mensagem encaminhada|reply message|reply above this line.*|antwort(en)? oberhalb dieser linie.*|eredeti üzenet|исходное сообщение|пересылаемое сообщение)[\s*]*:?[\s*]*[-_=]{1,}[\s*]*$",
        Linear);

    /// <summary>"Reply above this line" of help desks.</summary>
    static readonly Regex ReplyAbove = new(@"^[\s>]*(##-.*-##|[-=_#*]{3,}.*(reply|type|write|antwort|répon|respond|responda|rispond|antwoord).*(above|oberhalb|über|dessus|encima|acima|sopra|boven).*)\s*$", Linear);

    static readonly Regex Wrote = new(
        @"(wrote|writes|said|schrieb|schreib|geschrieben|a (é|e)crit|escribi(ó|o|&oacute;)|ha escrito|ha scritto|scrive|schreef|heeft (het volgende )?geschreven|escreveu|napisa(ł|l)(\(a\)|a)?|pisze|skrev|skrifaði|kirjoitti|napsal\(?a?\)?|написал\(?а?\)?|пишет|yazdı|(í|i)rta|a scris|написа|έγραψε|のメール|写道)( ?:|：)?\s*\**:?\s*$",
        Linear);

    static readonly Regex Starts = new(
        @"^[\s*>]*(on|at|am|le|el|il|op|em|w dniu|dnia|den|d\.|på|il giorno|in data|no dia|em|a|dne|în|pada|в|vào|from|von)\b.*", Linear);

    /// <summary>"2013/4/2 Name &lt;a@b&gt;" and "Name &lt;a@b&gt; wrote:".</summary>
    static readonly Regex DatedAddress = new(@"^\s*\d{4}[-/.]\d{1,2}[-/.]\d{1,2}[, ].{0,100}<?[^\s<>]+@[^\s<>]+>?\s*:?\s*$", Linear);

    static readonly Regex NameWrote = new(@"^\s*[^:]{0,200}<?(mailto:)?[^\s<>]+@[^\s<>]+>?[^:]{0,60}(wrote|schrieb|a écrit|escribió|ha scritto|schreef|escreveu|skrev|napisał(\(a\))?)\s?:\s*$", Linear);

    static readonly Regex FromField = new(@"^[\s>*|]*(from|von|de|da|van|od|från|fra|lähettäjä|expéditeur|remitente|mittente|afzender|от)\s?\*?:\*?.*\S", Linear);

    static readonly Regex OtherField = new(
        @"^[\s>*|]*(sent|date|to|cc|subject|reply-to|gesendet|datum|an|betreff|kopie|envoyé|envoyé le|date|à|objet|enviado( el| em)?|fecha|para|asunto|inviato|data|a|oggetto|verzonden|aan|onderwerp|enviada( em)?|assunto|wysłano|wysłane|do|dw|temat|skickat|till|ämne|kopia|sendt|til|emne|dato|lähetetty|vastaanottaja|aihe|отправлено|кому|тема|дата)\s?\*?:\*?.*", Linear);

    internal static bool IsDivider(string line) => line.Length <= LongestLine && (Divider.IsMatch(line) || ReplyAbove.IsMatch(line));

    /// <summary>Whether an introduction ("On … wrote:") starts here: how many lines it takes, 0 for none.</summary>
    internal static int Introduction(IReadOnlyList<string> lines, int at)
    {
        var first = lines[at];
        if (first.Length > LongestLine || string.IsNullOrWhiteSpace(first)) return 0;
        if (DatedAddress.IsMatch(first) && (first.Contains('<') || NextSaying(lines, at + 1) is { } next && next.StartsWith('>'))) return 1;
        if (NameWrote.IsMatch(first)) return 1;
        if (!Starts.IsMatch(first)) return 0;
        var joined = "";
        for (var count = 1; count <= 5 && at + count <= lines.Count; count++)
        {
            var line = lines[at + count - 1].Trim().TrimStart('>').Trim();
            if (line.Length == 0 && count > 1) { if (count > 2) return 0; continue; }
            joined = joined.Length == 0 ? line : joined + " " + line;
            if (joined.Length > LongestLine) return 0;
            if (Wrote.IsMatch(joined) && joined.Any(c => char.IsDigit(c) || c == '@')) return count;
        }
        return 0;
    }

    /// <summary>Whether a block of fields (From:, Sent:, To:, Subject:) starts here.</summary>
    internal static bool IsFieldBlock(IReadOnlyList<string> lines, int at)
    {
        if (lines[at].Length > LongestLine || !FromField.IsMatch(lines[at])) return false;
        var fields = 0;
        for (var i = at + 1; i < Math.Min(lines.Count, at + 9); i++)
        {
            if (string.IsNullOrWhiteSpace(lines[i].Trim('>', ' '))) continue;
            if (lines[i].Length <= LongestLine && OtherField.IsMatch(lines[i])) fields++;
            else if (fields == 0 && i > at + 2) return false;
        }
        return fields >= 2;
    }

    static string? NextSaying(IReadOnlyList<string> lines, int at)
    {
        for (var i = at; i < Math.Min(lines.Count, at + 3); i++)
        {
            if (!string.IsNullOrWhiteSpace(lines[i])) return lines[i];
        }
        return null;
    }
}
