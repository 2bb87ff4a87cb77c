using System.Text;

namespace Amends.Data;

/// <summary>The newest words on one line, for lists.</summary>
public static class Preview
{
    private const int Most = 120; // more than the widest row shows

    /// <summary>White space folded, cut at 120 characters.</summary>
    public static string Of(string text)
    {
        var line = new StringBuilder(Most + 2);
        var isApart = false;
        foreach (var c in text)
        {
            if (char.IsWhiteSpace(c))
            {
                isApart = line.Length > 0;
                continue;
            }

            if (isApart)
                line.Append(' ');
            isApart = false;
            line.Append(c);
            if (line.Length > Most)
                return Domain.Texts.Cut(line.ToString(), Most - 1) + "…";
        }

        return line.ToString();
    }
}
