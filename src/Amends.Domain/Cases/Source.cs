namespace Amends.Domain.Cases;

/// <summary>Where exactly a case came from, for ways in that are not ours: whom to answer there, and what stands there in public.</summary>
public sealed record Source
{
    private const int LongestLine = 200, LongestLink = 1000, LongestPublic = 5000;

    /// <summary>The network, the review site, or the shop.</summary>
    public string? Place { get; init; }

    /// <summary>The number a text message came from, or their name on the network or the site.</summary>
    public string? Handle { get; init; }

    /// <summary>Address of what they wrote there.</summary>
    public string? Link { get; init; }

    /// <summary>What stands there for everybody to read.</summary>
    public string? InPublic { get; init; }

    /// <summary>Stars that they gave, 1 to 5.</summary>
    public int? Stars { get; init; }

    /// <summary>The date on the letter.</summary>
    public DateOnly? Dated { get; init; }

    /// <summary>Nothing is known.</summary>
    public bool IsEmpty => this == new Source();

    /// <summary>What stands there can be read by everybody, so that an answer there is public, too.</summary>
    public bool IsPublic => InPublic is not null || Stars is not null;

    /// <summary>The source with only what belongs to the channel, and without spaces around it; <c>null</c> when that is nothing.</summary>
    /// <exception cref="Refused"><c>place</c>, <c>handle</c>, <c>link</c>, <c>stars</c>, <c>dated</c>, <c>too_long</c>.</exception>
    public Source? For(Channel channel, DateTimeOffset at)
    {
        var of = channel switch
        {
            Channel.Letter => new Source { Dated = Dated },
            Channel.Sms => new Source { Handle = Line(Handle, LongestLine) },
            Channel.InPerson => new Source { Place = Line(Place, LongestLine) },
            Channel.Social or Channel.ReviewSite => new Source
            {
                Place = Line(Place, LongestLine), Handle = Line(Handle, LongestLine), Link = Line(Link, LongestLink), InPublic = Line(InPublic, LongestPublic), Stars = channel == Channel.ReviewSite ? Stars : null,
            },
            _ => new Source(),
        };
        if (channel is Channel.Social or Channel.ReviewSite && of.Place is null)
            throw new Refused("place", channel == Channel.Social ? "Say which network it was." : "Say which review site it was.");
        if (channel == Channel.ReviewSite && of.Link is null)
            throw new Refused("link", "Give the address of the review, so that whoever answers finds it.");
        if (channel == Channel.Sms && of.Handle is null)
            throw new Refused("handle", "Say which number the message came from.");
        if (of.Link is { } link && !(Uri.TryCreate(link, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
            throw new Refused("link", "Copy the whole address, beginning with https://.");
        if (of.Stars is not (null or (>= 1 and <= 5)))
            throw new Refused("stars", "Stars are one to five.");
        if (of.Dated is { } dated && dated > DateOnly.FromDateTime(at.UtcDateTime.AddDays(1)))
            throw new Refused("dated", "A letter is not dated in the future.");
        return of.IsEmpty ? null : of;
    }

    private static string? Line(string? typed, int most) =>
        string.IsNullOrWhiteSpace(typed) ? null : typed.Trim().Length > most ? throw new Refused("too_long", $"That is longer than {most} characters.") : typed.Trim();
}
