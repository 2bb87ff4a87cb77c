namespace Amends.Domain.Language;

/// <summary>What is kept from a language model. Where two lie over each other the longer one names both, of two that are equally long the one that comes first here.</summary>
public enum PersonalKind
{
    /// <summary>Something in the text that looks like one of our own placeholders; masked so that taking them back is exact.</summary>
    Placeholder,

    /// <summary>An address on the web.</summary>
    Link,

    /// <summary>A mail address.</summary>
    Email,

    /// <summary>A bank account (ISO 13616), a payment card (ISO/IEC 7812) or anything else of 13 digits and more.</summary>
    Account,

    /// <summary>A password, a PIN, an access token.</summary>
    Secret,

    /// <summary>A telephone number, or as many digits.</summary>
    Phone,

    /// <summary>A street with its number, a postcode, a post box, a place that is known.</summary>
    Address,

    /// <summary>The number of an order, an invoice, a parcel, a case.</summary>
    Order,

    /// <summary>A person's name.</summary>
    Name,

    /// <summary>Any other number of five digits and more.</summary>
    Number,
}

/// <summary>What is known of the people of a case, so that it is found in any text.</summary>
/// <param name="Names">Names of the customer, of who speaks for them, of our own people; parts of a name count by themselves.</param>
/// <param name="Numbers">Numbers of orders, cases, parcels, as they are written.</param>
/// <param name="Places">Towns and other places.</param>
public sealed record KnownPersonal(IReadOnlyList<string> Names, IReadOnlyList<string> Numbers, IReadOnlyList<string> Places)
{
    /// <summary>Nobody is known.</summary>
    public static KnownPersonal Nothing { get; } = new([], [], []);
}

/// <summary>A stretch of a text that is personal.</summary>
/// <param name="Start">UTF-16 units.</param>
/// <param name="End">The first unit behind it.</param>
/// <param name="Kind">What it is.</param>
internal readonly record struct PersonalSpan(int Start, int End, PersonalKind Kind);
