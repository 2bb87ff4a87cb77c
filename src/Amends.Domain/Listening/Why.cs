namespace Amends.Domain.Listening;

/// <summary>
/// A step of "why, and why that?", down to something that we can change. The ladder may part into several; it ends where a change is
/// possible, not after a certain number of steps. A person is never a cause: what let it happen is.
/// </summary>
/// <param name="Id">Counts up within the case, from 1.</param>
/// <param name="Under">The step that it explains; <c>null</c> for what happened itself.</param>
/// <param name="Words">Because…</param>
/// <param name="Evidence">How we know; <c>null</c> when nobody has looked yet.</param>
/// <param name="CanChange">We can change this: the ladder may end here.</param>
/// <param name="At">When.</param>
/// <param name="By">By whom.</param>
public sealed record Why(int Id, int? Under, string Words, string? Evidence, bool CanChange, DateTimeOffset At, string By)
{
    /// <summary>When it turned out to be wrong; it stays.</summary>
    public DateTimeOffset? TakenBackAt { get; init; }

    /// <summary>Why it was taken back.</summary>
    public string? Reason { get; init; }

    /// <summary>The case that shows it, where the ladder is about many; <c>null</c> without one.</summary>
    public long? SeenIn { get; init; }

    /// <summary>Whether it stands.</summary>
    public bool Stands => TakenBackAt is null;

    /// <summary>Where a ladder ends at present: the steps that stand and that no other one explains.</summary>
    /// <param name="whys">All of its steps.</param>
    public static IReadOnlyList<Why> Ends(IReadOnlyList<Why> whys) => [.. whys.Where(why => why.Stands && !whys.Any(other => other.Stands && other.Under == why.Id))];

    private static readonly string[] Excuses = ["human error", "carelessness", "careless"];

    /// <summary>Refuses a step that names a person as the cause.</summary>
    /// <param name="words">The step.</param>
    /// <param name="colleagues">Names of people who work here.</param>
    /// <exception cref="Refused"><c>person</c></exception>
    public static void MustNameNobody(string words, IEnumerable<string> colleagues)
    {
        if (PersonIn(words, colleagues) is { } person)
            throw new Refused("person", $"A person is never a cause (“{person}”). Ask once more: what let it happen, and what can we change so that it cannot happen to anybody?");
    }

    /// <summary>The name of a colleague, or "human error" and the like, in a step; <c>null</c> when it has none. First names count as they are written, so that "may" is no May.</summary>
    /// <param name="words">The step.</param>
    /// <param name="colleagues">Names of people who work here.</param>
    public static string? PersonIn(string words, IEnumerable<string> colleagues)
    {
        foreach (var name in colleagues.Where(name => name.Length > 2))
        {
            if (Has(words, name, StringComparison.OrdinalIgnoreCase))
                return name;
            var first = name.Split(' ')[0];
            if (first.Length > 1 && Has(words, first, StringComparison.Ordinal))
                return first;
        }

        return Array.Find(Excuses, excuse => Has(words, excuse, StringComparison.OrdinalIgnoreCase));
    }

    private static bool Has(string text, string word, StringComparison how)
    {
        for (var at = text.IndexOf(word, how); at >= 0; at = text.IndexOf(word, at + 1, how))
        {
            var end = at + word.Length;
            if ((at == 0 || !char.IsLetterOrDigit(text[at - 1])) && (end == text.Length || !char.IsLetterOrDigit(text[end])))
                return true;
        }

        return false;
    }
}
