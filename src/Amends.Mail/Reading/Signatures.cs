using System.Text.RegularExpressions;

namespace Amends.Mail.Reading;

/// <summary>Finds where a signature begins.</summary>
internal static class Signatures
{
    const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;
    const int MostLines = 30;

    static readonly Regex Device = new(
        @"^\s*[_-]*\s*((sent|get) (from|with|via|by|using|outlook for) .{2,60}|von mein(em|er) .{2,40} gesendet.*|gesendet (von|mit|über) .{2,60}|envoy(é|e) (de|depuis|à partir de) (mon|ma|.*iphone|.*ipad|.*outlook).{0,60}|enviado (desde|do|de|a partir do) (mi|meu|minha|el|outlook|yahoo|correo|samsung|iphone|android).{0,60}|inviato (da|dal) (il )?(mio )?.{2,60}|inviato dal.{2,40}|verzonden (vanaf|met|vanuit|van) .{2,60}|wysłan(e|o) z .{2,60}|skickat från .{2,60}|sendt fra .{2,60}|odesláno (z|ze) .{2,60}|verstuurd (vanaf|met|vanuit) .{2,60}|.{2,30}('|’)?(um|ım|üm)?(dan|den|ten|tan) gönderildi.{0,40}|отправлено (с|из) .{2,60}|.{2,30}から送信.{0,20}|发自我的.{2,40}|從我的.{2,40}(傳送|寄出).{0,20}|.{0,40}outlook.{1,20}(ios|android).{0,40}|(ios|android).{1,20}outlook.{0,30}|get outlook for .{2,60}|diese nachricht wurde von meinem .{2,80}|.{0,10}sent from (my )?(iphone|ipad|android|samsung|blackberry|phone|mobile).{0,60})\s*$",
        Linear);

    /// <summary>The first line of the signature, or the count of lines where there is none.</summary>
    /// <param name="lines">The writer's own lines, without blank ones at the end.</param>
    /// <param name="sender">The writer's name or address, if known.</param>
    internal static int Start(IReadOnlyList<string> lines, string? sender)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (IsDelimiter(lines[i]) && lines.Count - i <= MostLines && Says(lines, i + 1)) return i;
            if (lines[i].Length < 120 && lines.Count - i <= 6 && Device.IsMatch(lines[i])) return i;
        }
        return Math.Min(ByName(lines, sender), Math.Min(ContactBlock.Start(lines), DisclaimerStart(lines)));
    }

    /// <summary>The first line of the paragraph in which a company says whom the mail is for, where nothing but more of it follows.</summary>
    static int DisclaimerStart(IReadOnlyList<string> lines)
    {
        for (var i = Math.Max(1, lines.Count - MostLines); i < lines.Count; i++)
        {
            if (lines[i - 1].Trim().Length > 0 || !Disclaimer.IsMatch(lines[i].Length > 300 ? lines[i][..300] : lines[i])) continue;
            return i;
        }
        return lines.Count;
    }

    static readonly Regex Disclaimer = new(
        @"^\s*(\*+ *)?(disclaimer|confidentiality notice|haftungsausschluss)\b|^\s*(\*+ *)?(this|the information (contained )?in this|diese|ce|este|esta|questo|questa|dit|deze|denna|detta|denne|dette|tento|bu|ta|niniejsza) (e-?mail|message|mail|nachricht|courriel|correo|mensaje|mensagem|messaggio|bericht|meddelande|meddelelse|zpráva|ileti|wiadomość)\b.{0,160}(confidential|privileged|intended (solely|only)|vertraulich|confidenti|confidencial|riservat|vertrouwelijk|konfidentiell|fortrolig|důvěrn|gizli|poufn)",
        Linear);

    /// <summary>The writer's name alone on a line near the end, with something after it: title, telephone, address.</summary>
    static int ByName(IReadOnlyList<string> lines, string? sender)
    {
        var name = (sender ?? "").Split('@')[0].Trim();
        if (name.Length < 3) return lines.Count;
        for (var i = Math.Max(1, lines.Count - 10); i < lines.Count - 1; i++)
        {
            var line = lines[i].Trim();
            if (line.Length <= name.Length + 24 && line.StartsWith(name, StringComparison.OrdinalIgnoreCase) && Enumerable.Range(i, lines.Count - i).All(n => lines[n].Length < 80)) return i;
        }
        return lines.Count;
    }

    /// <summary>"-- " (RFC 3676 §4.3), also without its blank, and the lone rule of dashes or underscores some use.</summary>
    static bool IsDelimiter(string line) => line.TrimEnd() is "--" or "__" or "—" or "---" or "----" || (line.Length is > 4 and < 100 && line.Trim().All(c => c == '_') && line.Trim().Length > 4);

    static bool Says(IReadOnlyList<string> lines, int from)
    {
        for (var i = from; i < lines.Count; i++)
        {
            if (!string.IsNullOrWhiteSpace(lines[i])) return true;
        }
        return false;
    }
}
