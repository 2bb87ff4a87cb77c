namespace Amends.Domain.Mentions;

/// <summary>Something that somebody said of the company where everybody can read it.</summary>
/// <param name="Site">The review site or the network.</param>
/// <param name="Author">Who, as it stands there.</param>
/// <param name="Text">What they wrote; may be empty where they gave stars alone.</param>
/// <param name="SaidAt">When.</param>
public sealed record Mention(string Site, string Author, string Text, DateTimeOffset SaidAt)
{
    /// <summary>The longest name of a site or an author, order number and address; the longest text and answer; in characters.</summary>
    public const int LongestLine = 200, LongestLink = 1000, LongestText = 5000;

    /// <summary>The most stars.</summary>
    public const int MostStars = 5;

    private const int FirstYear = 2000;

    /// <summary>Address of it.</summary>
    public string? Link { get; init; }

    /// <summary>Stars that they gave first, 1 to 5.</summary>
    public int? Before { get; init; }

    /// <summary>Stars that they gave in the end.</summary>
    public int? After { get; init; }

    /// <summary>The number of the order, where it is told.</summary>
    public string? Order { get; init; }

    /// <summary>When it was answered there, and with which words.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <inheritdoc cref="AnsweredAt"/>
    public string? Answer { get; init; }

    /// <summary>The same without spaces around its words.</summary>
    /// <param name="now">Now.</param>
    /// <exception cref="Refused"><c>site</c>, <c>author</c>, <c>text</c>, <c>date</c>, <c>link</c>, <c>rating</c>, <c>rating_after</c>, <c>order</c>, <c>answered</c> or <c>answer</c> cannot be used.</exception>
    public Mention MustBeWhole(DateTimeOffset now)
    {
        var whole = this with
        {
            Site = Line(Site, "site", LongestLine) ?? throw new Refused("site", "Say which site or network it is on."), Author = Line(Author, "author", LongestLine) ?? throw new Refused("author", "Write the name as it stands there."),
            Text = Line(Text, "text", LongestText) ?? "", Link = Line(Link, "link", LongestLink), Order = Line(Order, "order", LongestLine), Answer = Line(Answer, "answer", LongestText),
        };
        if (whole.Text.Length == 0 && Before is null)
            throw new Refused("text", "Copy what stands there, or give the stars.");
        if (SaidAt > now.AddDays(1) || SaidAt.Year < FirstYear)
            throw new Refused("date", SaidAt > now ? "That day is in the future." : $"Choose a day from {FirstYear} on.");
        if (whole.Link is { } link && !(Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
            throw new Refused("link", "Copy the whole address, beginning with https://.");
        Stars(Before, "rating");
        Stars(After, "rating_after");
        if (After is not null && Before is null)
            throw new Refused("rating", "A rating after needs the rating before.");
        if (whole.AnsweredAt is { } answered)
            AnswerMustFit(answered, whole.Answer, SaidAt, now);
        else if (whole.Answer is not null)
            throw new Refused("answered", "Say when it was answered.");
        return whole;
    }

    /// <summary>An answer came after what it answers, and its words are known.</summary>
    /// <exception cref="Refused"><c>answered</c> or <c>answer</c>.</exception>
    public static void AnswerMustFit(DateTimeOffset at, string? words, DateTimeOffset said, DateTimeOffset now)
    {
        if (at > now.AddMinutes(5))
            throw new Refused("answered", "An answer is not given in the future.");
        if (at < said)
            throw new Refused("answered", "That is before they wrote it.");
        if (string.IsNullOrWhiteSpace(words))
            throw new Refused("answer", "Copy the words of the answer.");
    }

    /// <summary>Stars are one to five.</summary>
    /// <exception cref="Refused">The code is the field.</exception>
    public static void Stars(int? stars, string code)
    {
        if (stars is < 1 or > MostStars)
            throw new Refused(code, "Stars are one to five.");
    }

    /// <summary>What is known of a rating once a file tells of it again: a rating that is not the one from before is the one after.</summary>
    /// <param name="before">Stored: stars first given.</param>
    /// <param name="after">Stored: stars after, when known.</param>
    /// <param name="told">What is told now.</param>
    public static (int? Before, int? After) Again(int? before, int? after, Mention told) =>
        before is null ? (told.Before, told.After) : (before, told.After ?? (told.Before is { } now && now != before ? now : after));

    private static string? Line(string? typed, string code, int most) =>
        string.IsNullOrWhiteSpace(typed) ? null : typed.Trim().Length > most ? throw new Refused(code, $"That is longer than {most} characters.") : typed.Trim();
}
