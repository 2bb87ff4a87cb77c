using System.Collections.Frozen;

namespace Amends.Mail.Reading;

/// <summary>Lines by which mail programs introduce what they quote, in the languages of our customers. Word lists, read in one pass.</summary>
internal static class QuoteMarks
{
    const int LongestLine = 500;
    const int MostLines = 4;

    static readonly FrozenSet<string> Verbs = Words(
        "wrote writes said schrieb schreibt écrit ecrit escribió escribio escrito scritto schreef geschreven escreveu napisał napisała napisal pisze skrev skrifaði kirjoitti napsal napsala "
        + "napisana написал написала пишет написав написала пише yazdı írta írt scris έγραψε のメッセージ 写道 寫道");

    static readonly FrozenSet<string> Starters = Words(
        "on at am le el il op em w dnia den på ved il in no dne в vào from von mon tue wed thu fri sat sun mo di mi do fr sa so lun mar mer jeu ven sam dim man tir ons tor lør søn");

    static readonly FrozenSet<string> FromKeys = Keys("kimden|gönderen|odesílatel|寄件人|from|von|de|da|van|od|från|fra|lähettäjä|expéditeur|remitente|mittente|afzender|от|发件人|寄件者|差出人");

    static readonly FrozenSet<string> OtherKeys = Keys(
        "odesláno|předmět|komu|kopie|gönderildi|gönderme tarihi|gönderilen|kime|konu|tarih|bilgi|送信日時|日時|宛先|件名|日期|发送日期|傳送時間|收件者|主旨|副本|sent|date|to|cc|bcc|subject|reply-to|gesendet|gesendet am|datum|an|betreff|kopie|envoyé|envoyé le|envoyé par|à|a|objet|sujet|copie à|enviado|enviado el|enviado em|enviada|enviada em|fecha|para|asunto|"
        + "inviato|data|oggetto|verzonden|aan|onderwerp|assunto|wysłano|wysłane|do|dw|temat|skickat|till|ämne|kopia|sendt|til|emne|dato|lähetetty|vastaanottaja|aihe|отправлено|кому|тема|дата|message du|发送时间|收件人|主题|抄送");

    static readonly FrozenSet<string> Messages = Words(
        "message nachricht mensaje messaggio bericht mensagem wiadomość meddelande originalmeddelande meddelelse besked melding сообщение zpráva viesti email mail e-mail appointment termin originalnachricht ileti mesaj mesajın wiadomości zprávy brev messaggi сообщения письмо");

    static readonly FrozenSet<string> Forwards = Words("forwarded weitergeleitete weitergeleiteten reencaminhada přeposlaná přeposílané iletilen iletilmiş перенаправленное переадресованного пересланное przekazywanej przekazane vidarebefordrad transférés transféré reenviado inoltrato doorgestuurd encaminhada vidarebefordrat videresendt przekazana пересылаемое");

    static readonly string[] EasternVerbs = ["のメッセージ", "のメール", "写道", "寫道", "書きました", "が書きました"];

    static readonly string[] EasternMessages = ["メッセージ", "邮件", "郵件", "消息"];

    static readonly string[] EasternForwards = ["転送", "转发", "轉寄", "轉發"];

    static readonly FrozenSet<string> ForwardPrefixes = Keys("fw|fwd|wg|tr|rv|i|inoltra|doorst|enc|pd|vb|vs|vl|přeposl|ilt|пересл|转发|轉寄|転送");

    /// <summary>"-----Original Message-----" and its like, also "reply above this line".</summary>
    internal static bool IsDivider(string line)
    {
        var inner = Inner(line);
        if (inner.Length is 0 or > 80) return false;
        if (inner.Contains("above this line", StringComparison.OrdinalIgnoreCase) || inner.Contains("oberhalb dieser linie", StringComparison.OrdinalIgnoreCase)) return true;
        var words = Split(inner);
        return (words.Count is > 1 and <= 5 && words.Any(Messages.Contains)) || (inner.Length <= 20 && EasternMessages.Any(name => inner.Contains(name, StringComparison.Ordinal)));
    }

    /// <summary>"---------- Forwarded message ----------": what follows is what the writer wants us to read.</summary>
    internal static bool IsForward(string line)
    {
        if (line.Length > 200) return false;
        var inner = Inner(line);
        // Apple's programs draw no dashes: "Begin forwarded message:" stands alone.
        if (inner.Length == 0 && line.TrimEnd() is [.., ':' or '：'] bare) inner = bare.Trim(' ', '\t', '>', ':', '：', '\u00A0') is { Length: <= 60 } text && (Split(text).Any(Messages.Contains) || EasternMessages.Any(name => text.Contains(name, StringComparison.Ordinal))) ? text : "";
        return inner.Length is > 0 and <= 80 && ((Split(inner) is { Count: > 1 and <= 5 } words && words.Any(Forwards.Contains)) || EasternForwards.Any(word => inner.Contains(word, StringComparison.Ordinal)));
    }

    /// <summary>Whether a subject is a forwarded mail's: "Fwd:", "WG:" and what other languages write.</summary>
    internal static bool IsForwardSubject(string subject)
    {
        var colon = subject.AsSpan().TrimStart().IndexOfAny(':', '：');
        return colon is > 0 and <= 12 && ForwardPrefixes.Contains(subject.AsSpan().TrimStart()[..colon].Trim().ToString().Replace('İ', 'i').ToLowerInvariant());
    }

    /// <summary>Whether an introduction ("On … wrote:") starts here: how many lines it takes, 0 for none.</summary>
    internal static int Introduction(IReadOnlyList<string> lines, int at)
    {
        var first = Bare(lines[at]);
        if (first.Length is 0 or > LongestLine) return 0;
        var starts = StartsLine(lines[at]);
        var alone = at == 0 || Bare(lines[at - 1]).Length == 0;
        if (!starts && !alone) return IsIntroduction(first) && lines[at].Contains('@') ? 1 : 0;
        var joined = "";
        for (var count = 1; count <= MostLines && at + count <= lines.Count; count++)
        {
            var line = Bare(lines[at + count - 1]);
            if (line.Length == 0) break;
            joined = joined.Length == 0 ? line : joined.EndsWith('<') || line.StartsWith('>') ? joined + line : joined + " " + line;
            if (joined.Length > LongestLine) return 0;
            if (!IsIntroduction(joined)) continue;
            // "Thanks!" above "On … wrote:" is no part of it.
            for (var later = 1; later < count; later++)
            {
                if (StartsLine(lines[at + later]) && Introduction(lines, at + later) > 0) return 0;
            }
            return count;
        }
        return starts && char.IsDigit(first[0]) && HasDate(first) && first.Contains('@') && lines[at].TrimEnd().EndsWith('>') && QuoteFollows(lines, at + 1) ? 1 : 0;
    }

    static bool StartsLine(string line) => Bare(line) is { Length: > 0 } bare && (char.IsDigit(bare[0]) || Split(bare.Length > 30 ? bare[..30] : bare) is [var word, ..] && Starters.Contains(word));

    static bool QuoteFollows(IReadOnlyList<string> lines, int at)
    {
        while (at < lines.Count && string.IsNullOrWhiteSpace(lines[at])) at++;
        return at < lines.Count && lines[at].AsSpan().TrimStart().StartsWith(">");
    }

    /// <summary>Whether a block of fields (From:, Sent:, To:, Subject:) starts here; its order differs between programs.</summary>
    internal static bool IsFieldBlock(IReadOnlyList<string> lines, int at)
    {
        var key = Key(lines[at]);
        if (key.Length == 0 || !(FromKeys.Contains(key) || OtherKeys.Contains(key))) return false;
        int from = 0, others = 0, misses = 0;
        for (var i = at; i < Math.Min(lines.Count, at + 12) && misses < 3; i++)
        {
            if (Bare(lines[i]).Length == 0) continue;
            key = Key(lines[i]);
            if (FromKeys.Contains(key)) from++;
            else if (OtherKeys.Contains(key)) others++;
            else misses++;
        }
        return from > 0 && others >= 2;
    }

    static bool IsIntroduction(string text)
    {
        var colon = text.EndsWith(':') || text.EndsWith('：');
        var body = text.TrimEnd(':', '：', ' ', '*');
        var address = body.IndexOf('@') > 0;
        if (!HasDate(body) && !(address && colon)) return false;
        var words = Split(body);
        var verb = words.Any(Verbs.Contains) || EasternVerbs.Any(word => body.EndsWith(word, StringComparison.Ordinal));
        if (colon && verb) return true;
        if (verb && words.Count > 0 && Verbs.Contains(words[^1])) return address || text.Length < 120;
        if (verb && address && (body.EndsWith('>') || body.EndsWith(')'))) return true;
        return colon && address && HasDate(body) && body.EndsWith('>');
    }

    /// <summary>A time of day, a year, or a day with its month in figures.</summary>
    static bool HasDate(string text)
    {
        for (var i = 0; i + 3 < text.Length; i++)
        {
            if (!char.IsAsciiDigit(text[i])) continue;
            if (text[i + 1] is ':' or '.' or '/' or '-' && char.IsAsciiDigit(text[i + 2])) return true;
            if ((text[i] == '2' && text[i + 1] == '0' || text[i] == '1' && text[i + 1] == '9') && char.IsAsciiDigit(text[i + 2]) && char.IsAsciiDigit(text[i + 3])) return true;
        }
        return false;
    }

    /// <summary>What stands between two rules of dashes; empty where the line is not drawn so.</summary>
    static string Inner(string line)
    {
        if (line.Length > 200) return "";
        var text = line.Trim(' ', '\t', '>', '*', '\u00A0');
        if (text.Length < 6 || text[0] is not ('-' or '_' or '=' or '#') || text[^1] is not ('-' or '_' or '=' or '#' or ':') || text[1] != text[0] && text[1] != ' ') return "";
        return text.Trim('-', '_', '=', '#', ' ', ':', '*');
    }

    /// <summary>What a line of such a block holds: <c>from</c>, <c>other</c> or nothing known, and the value.</summary>
    internal static (string Kind, string Name, string Value) Field(string line)
    {
        var key = Key(line);
        if (key.Length == 0) return ("", "", "");
        var value = line[(line.IndexOfAny([':', '：']) + 1)..].Trim(' ', '\t', '*', '\u00A0');
        return (FromKeys.Contains(key) ? "from" : OtherKeys.Contains(key) ? "other" : "", key, value);
    }

    static string Key(string line)
    {
        if (line.Length > 1000) return "";
        var colon = line.IndexOfAny([':', '：']);
        return colon is <= 0 or > 30 ? "" : line[..colon].Trim(' ', '\t', '>', '*', '|', '\u00A0', '_').Replace('İ', 'i').ToLowerInvariant();
    }

    static string Bare(string line) => line.Length > LongestLine * 2 ? line : line.Trim(' ', '\t', '*', '\u00A0', '-').TrimStart('>', ' ', '-', '_').TrimEnd();

    static List<string> Split(string text)
    {
        var words = new List<string>();
        var start = -1;
        for (var i = 0; i <= text.Length; i++)
        {
            var letter = i < text.Length && (char.IsLetter(text[i]) || text[i] == '-' && start >= 0);
            if (letter && start < 0) start = i;
            else if (!letter && start >= 0)
            {
                words.Add(text[start..i].TrimEnd('-').Replace('İ', 'i').ToLowerInvariant());
                start = -1;
            }
        }
        return words;
    }

    static FrozenSet<string> Words(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);

    static FrozenSet<string> Keys(string keys) => keys.Split('|').ToFrozenSet(StringComparer.Ordinal);
}
