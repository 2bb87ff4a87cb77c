namespace Amends.Data;

/// <summary>The newest words on one line, for lists.</summary>
public static class Preview
{
    private const int Most = 120; // more than the widest row shows

    /// <summary>White space folded, cut at 120 characters.</summary>
    public static string Of(string text)
    {
        var line = string.Join(' ', Domain.Texts.Cut(text, 2000).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= Most ? line : Domain.Texts.Cut(line, Most - 1) + "…";
    }
}
