namespace Amends.Domain.Contents;

/// <summary>What differs between two texts, word by word, to be shown side by side: the longest common run of words stays, the rest went or came.</summary>
public static class WordDiff
{
    private const long MostCells = 4_000_000; // beyond that both texts are shown whole; a letter of 8,000 characters stays far below

    /// <summary>Both texts in pieces.</summary>
    /// <param name="before">The older one.</param>
    /// <param name="after">The newer one.</param>
    /// <returns>The older one with what went, and the newer one with what came; each side joined gives its text.</returns>
    public static (IReadOnlyList<Piece> Before, IReadOnlyList<Piece> After) Of(string before, string after)
    {
        var (old, now) = (Tokens(before), Tokens(after));
        if ((long)old.Count * now.Count > MostCells)
            return ([new(before, true)], [new(after, true)]);
        var longest = new int[old.Count + 1, now.Count + 1];
        for (var i = old.Count - 1; i >= 0; i--)
        {
            for (var j = now.Count - 1; j >= 0; j--)
                longest[i, j] = old[i] == now[j] ? longest[i + 1, j + 1] + 1 : Math.Max(longest[i + 1, j], longest[i, j + 1]);
        }

        var (left, right) = (new List<Piece>(), new List<Piece>());
        for (int i = 0, j = 0; i < old.Count || j < now.Count;)
        {
            if (i < old.Count && j < now.Count && old[i] == now[j])
            {
                Add(left, old[i++], false);
                Add(right, now[j++], false);
            }
            else if (j == now.Count || (i < old.Count && longest[i + 1, j] >= longest[i, j + 1]))
            {
                Add(left, old[i++], true);
            }
            else
            {
                Add(right, now[j++], true);
            }
        }

        return (left, right);
    }

    private static void Add(List<Piece> pieces, string words, bool differs)
    {
        if (pieces.Count > 0 && pieces[^1].Differs == differs)
            pieces[^1] = new(pieces[^1].Words + words, differs);
        else
            pieces.Add(new(words, differs));
    }

    /// <summary>Words with the spaces after them; a line's end is one of its own.</summary>
    private static List<string> Tokens(string text)
    {
        var tokens = new List<string>();
        for (var from = 0; from < text.Length;)
        {
            var to = from + 1;
            if (text[from] != '\n')
            {
                while (to < text.Length && text[to] != '\n' && !(text[to - 1] == ' ' && text[to] != ' '))
                    to++;
            }

            tokens.Add(text[from..to]);
            from = to;
        }

        return tokens;
    }

    /// <summary>A run of words.</summary>
    /// <param name="Words">The words, with spaces.</param>
    /// <param name="Differs">The other text does not have them here.</param>
    public sealed record Piece(string Words, bool Differs);
}
