namespace Amends.Domain.Language;

/// <summary>What is known of the people of a case, ready to be looked for.</summary>
internal sealed class KnownPeople
{
    private const int Most = 2000;

    /// <summary>Parts of names that are words as well: in small letters and alone they are left, since a text without them says something else.</summary>
    private static readonly HashSet<string> AlsoWords = new(StringComparer.Ordinal)
    {
        "will", "may", "mark", "grace", "hope", "rose", "art", "bill", "rich", "pat", "jack", "ray", "sue", "dawn", "joy", "faith", "summer", "april", "june", "august", "young", "long", "brown", "white", "green", "black", "grey",
        "gray", "king", "price", "day", "love", "best", "good", "light", "short", "small", "little", "bush", "wood", "woods", "stone", "hill", "field", "baker", "cook", "cooper", "carter", "miller", "page", "park", "parks", "post", "power",
        "read", "rich", "rush", "sharp", "shop", "street", "strong", "swift", "ward", "wall", "waters", "way", "west", "north", "east", "south", "wild", "wise", "christian", "frank", "ernst", "klein", "lang", "gut", "weiss", "schwarz", "sommer",
        "home", "house", "winter", "herbst", "petit", "grand", "bon", "noir", "blanc", "luz", "cruz", "angel", "flores", "rey", "max", "jo", "so", "do", "an", "in", "am", "he", "you", "the", "and", "for", "not", "was", "her", "his", "our", "out", "all", "can", "had",
        "has", "who", "von", "van", "der", "den", "des", "del", "las", "los", "und", "für", "que", "con", "por", "les", "une", "est", "sur", "ihr", "sie", "wir", "ist", "das", "die",
    };

    private static readonly HashSet<string> Particles = new(StringComparer.Ordinal) { "von", "van", "der", "den", "de", "del", "della", "da", "dos", "du", "la", "le", "ter", "ten", "zu", "zur", "al", "el", "bin", "ibn", "y", "e", "o", "mac", "mc", "st" };

    public KnownPeople(KnownPersonal known)
    {
        foreach (var name in known.Names.Take(Most).Where(name => !name.Contains('@')))
        {
            foreach (var word in Texts.Words(name))
                Names.Add(word.ToLowerInvariant());
            Whole(name, PersonalKind.Name);
        }

        foreach (var place in known.Places.Take(Most))
        {
            foreach (var word in Texts.Words(place).Where(word => word.Length > 2))
                Places.Add(word.ToLowerInvariant());
        }

        foreach (var number in known.Numbers.Take(Most))
            Whole(number, PersonalKind.Order);
    }

    /// <summary>Words of names, in small letters.</summary>
    public HashSet<string> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>Words of places, in small letters.</summary>
    public HashSet<string> Places { get; } = new(StringComparer.Ordinal);

    /// <summary>What is looked for as it is written: numbers, and names in scripts that do not part words.</summary>
    public List<(string Words, PersonalKind Kind)> Literal { get; } = [];

    /// <summary>What this word of a text is by itself.</summary>
    /// <param name="word">As it is written, composed.</param>
    /// <param name="small">The same in small letters.</param>
    public NamePart PartOf(string word, string small) =>
        !Names.Contains(small) ? NamePart.None
        : small.Length == 1 || Particles.Contains(small) || (!char.IsUpper(word[0]) && AlsoWords.Contains(small)) || (small.Length == 2 && !char.IsUpper(word[0])) ? NamePart.OnlyBesideOthers
        : NamePart.Name;

    private void Whole(string words, PersonalKind kind)
    {
        var bare = words.Trim();
        if (kind == PersonalKind.Order ? bare.Length >= 3 && bare.Any(char.IsDigit) : bare.Length >= 2 && bare.Any(letter => char.GetUnicodeCategory(letter) == System.Globalization.UnicodeCategory.OtherLetter))
            Literal.Add((bare, kind));
    }
}

/// <summary>What a word may be of a name.</summary>
internal enum NamePart
{
    /// <summary>None.</summary>
    None,

    /// <summary>One, where another part stands beside it.</summary>
    OnlyBesideOthers,

    /// <summary>One, wherever it stands.</summary>
    Name,
}
