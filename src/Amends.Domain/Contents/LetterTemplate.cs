using Amends.Domain.Deadlines;

namespace Amends.Domain.Contents;

/// <summary>The words of a kind of letter, with places in braces that the case fills. A paragraph with a place for which there is nothing is left out.</summary>
public static class LetterTemplate
{
    private static readonly Place[] Everywhere = [new("company", "your company's name", false), new("number", "the number of the case", false), new("person", "who looks after it", false)];

    private static readonly Place
        Story = new("story", "what they told us", true), Findings = new("findings", "what we found on each thing, and why", true), Agreed = new("agreed", "what was agreed", true);

    /// <summary>The places that a kind of letter knows, those first that it needs.</summary>
    public static IReadOnlyList<Place> PlacesOf(LetterKind kind) => kind switch
    {
        LetterKind.Update => [new("done", "what was done since they last heard from us", true), new("next", "what we do next", true), .. Everywhere],
        LetterKind.SummaryResolution => [Story, Agreed, .. Everywhere],
        LetterKind.Final or LetterKind.NotUpheld => [Story, Findings, Agreed, .. Everywhere],
        _ => Everywhere,
    };

    /// <summary>Refuses words that have lost what such a letter must say. What the rules on a case ask for beyond that is looked up in each letter before it goes.</summary>
    /// <param name="kind">Which letter.</param>
    /// <param name="text">Its words.</param>
    /// <exception cref="Refused"><c>text</c>, with what is missing or not known.</exception>
    public static void Check(LetterKind kind, string text)
    {
        var places = PlacesOf(kind);
        foreach (var place in places.Where(place => place.IsNeeded && !text.Contains(place.Mark, StringComparison.Ordinal)))
            throw new Refused("text", $"This letter must say {place.Holds}. Put {place.Mark} where it belongs.");
        foreach (var name in Marks(text).Where(name => places.All(place => place.Name != name)))
            throw new Refused("text", $"There is nothing that “{{{Texts.Cut(name, 40)}}}” stands for. This letter knows {string.Join(", ", places.Select(place => place.Mark))}.");
        if (kind == LetterKind.Acknowledgement && !RequiredContent.Says(text, "thank"))
            throw new Refused("text", "Keep the thanks in it: whoever tells us that something is wrong does us a favour.");
    }

    /// <summary>The letter's words with what the case says.</summary>
    /// <param name="text">The template.</param>
    /// <param name="values">By name, without braces; empty or <c>null</c> where there is nothing.</param>
    /// <returns>Paragraphs with a blank line between, without one at the end.</returns>
    public static string Fill(string text, IReadOnlyDictionary<string, string?> values)
    {
        var kept = new List<string>();
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var names = Marks(paragraph).ToList();
            if (names.Any(name => values.TryGetValue(name, out var value) && string.IsNullOrWhiteSpace(value)))
                continue;
            kept.Add(Filled(paragraph, values));
        }

        return string.Join("\n\n", kept);
    }

    /// <summary>In one pass, so that braces in a customer's own words stay what they are.</summary>
    private static string Filled(string paragraph, IReadOnlyDictionary<string, string?> values)
    {
        var (done, from) = (new System.Text.StringBuilder(paragraph.Length), 0);
        foreach (var (at, name) in Found(paragraph))
        {
            if (!values.TryGetValue(name, out var value))
                continue;
            done.Append(paragraph, from, at - from).Append(value!.Trim('\n'));
            from = at + name.Length + 2;
        }

        return done.Append(paragraph, from, paragraph.Length - from).ToString();
    }

    private static IEnumerable<string> Marks(string text) => Found(text).Select(found => found.Name);

    private static IEnumerable<(int At, string Name)> Found(string text)
    {
        for (var open = text.IndexOf('{'); open >= 0; open = text.IndexOf('{', open + 1))
        {
            var close = text.IndexOf('}', open);
            if (close < 0)
                yield break;
            yield return (open, text[(open + 1)..close]);
        }
    }

    /// <summary>Something that a letter says at a place of its template.</summary>
    /// <param name="Name">Its name, without braces.</param>
    /// <param name="Holds">What stands there, to follow "must say".</param>
    /// <param name="IsNeeded">The letter is none without it.</param>
    public sealed record Place(string Name, string Holds, bool IsNeeded)
    {
        /// <summary>As it is written in a template.</summary>
        public string Mark => $"{{{Name}}}";
    }
}
