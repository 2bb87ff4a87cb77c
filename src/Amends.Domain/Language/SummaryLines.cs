namespace Amends.Domain.Language;

/// <summary>The three lines of a summary.</summary>
/// <param name="Happened">What happened.</param>
/// <param name="Matters">What matters most to them.</param>
/// <param name="Promised">What we promised.</param>
public sealed record SummaryLines(string Happened, string Matters, string Promised)
{
    private const int LongestLine = 2000;
    private static readonly string[] Labels = ["HAPPENED", "MATTERS", "PROMISED"];

    /// <summary>Reads the lines out of an answer that names them; <c>null</c> when it does not, since then nobody knows which is which.</summary>
    /// <param name="answer">The answer, made harmless.</param>
    public static SummaryLines? Of(string answer)
    {
        var found = new string?[Labels.Length];
        var current = -1;
        foreach (var line in answer.Split('\n'))
        {
            var bare = line.TrimStart(' ', '*', '#', '-', '"', '>').TrimEnd();
            var label = Array.FindIndex(Labels, each => bare.StartsWith(each, StringComparison.OrdinalIgnoreCase) && bare.AsSpan(each.Length).TrimStart("* \"").StartsWith(":"));
            if (label >= 0)
            {
                if (found[label] is not null)
                    return null; // the same twice: which holds?
                current = label;
                found[label] = bare[(bare.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim(' ', '*', '"');
            }
            else if (current >= 0 && bare.Trim().Length > 0)
            {
                found[current] = (found[current] + "\n" + bare.Trim()).Trim();
            }
        }

        return found[0] is { Length: > 0 } happened && found[1] is { } matters && found[2] is { } promised
            ? new SummaryLines(Line(happened), Line(matters), Line(promised))
            : null;
    }

    /// <summary>A line as the form takes it; a dash or "nothing" stands for none.</summary>
    private static string Line(string words) => words.Trim('-', '–', ' ', '.') is "" or "none" or "None" or "nothing" or "Nothing" ? "" : Texts.Cut(words, LongestLine);
}
