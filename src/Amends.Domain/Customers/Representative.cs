namespace Amends.Domain.Customers;

/// <summary>Somebody who acts for the customer.</summary>
/// <param name="Name">Their name.</param>
/// <param name="Relation">Who they are to the customer: a son, a solicitor, an advice centre.</param>
/// <param name="Email">Their mail address, or <c>null</c>.</param>
/// <param name="Phone">Their number, or <c>null</c>.</param>
/// <param name="May">How far they may go.</param>
/// <param name="Proof">What shows it: a signed letter, a power of attorney, the customer's own word on the phone.</param>
/// <param name="ProvenOn">The day of that.</param>
/// <param name="Until">When it ends; <c>null</c> until somebody ends it.</param>
/// <param name="LettersTo">Who gets our letters, as the customer wants it.</param>
public sealed record Representative(string Name, string Relation, string? Email, string? Phone, Mandate May, string Proof, DateOnly ProvenOn, DateTimeOffset? Until, LettersTo LettersTo)
{
    private const int LongestLine = 200, LongestAddress = 254, LongestProof = 500;

    /// <summary>Whether they still speak for the customer at a moment.</summary>
    public bool SpeaksAt(DateTimeOffset at) => Until is null || at < Until;

    /// <summary>The same with its texts in order.</summary>
    /// <exception cref="Refused">Something is missing or does not fit; the code names the field.</exception>
    public Representative Checked(DateTimeOffset at)
    {
        var checkedOne = this with
        {
            Name = Line(Name, "representative_name", "Write who speaks for them."),
            Relation = Line(Relation, "relation", "Write who that is to them: a son, a solicitor, an advice centre."),
            Email = Optional(Email, "representative_email", LongestAddress),
            Phone = Optional(Phone, "representative_phone", 60),
            Proof = Line(Proof, "proof", "Write what shows that they may: a signed letter, or what the customer told you and when.", LongestProof),
        };
        if (checkedOne.Email is { } email && (email.IndexOf('@') is var sign && (sign <= 0 || sign == email.Length - 1) || email.Any(char.IsWhiteSpace)))
            throw new Refused("representative_email", "This is no mail address.");
        if (checkedOne is { Email: null, Phone: null })
            throw new Refused("representative_phone", "Write how we reach them: a mail address or a number.");
        if (!Enum.IsDefined(May))
            throw new Refused("may", "Say whether they may agree for the customer, or only hear how things stand.");
        if (!Enum.IsDefined(LettersTo))
            throw new Refused("letters_to", "Say who gets our letters.");
        if (LettersTo != LettersTo.Customer && checkedOne.Email is null)
            throw new Refused("representative_email", "Letters go to a mail address: write theirs, or let the letters go to the customer.");
        if (ProvenOn == default || ProvenOn > DateOnly.FromDateTime(at.UtcDateTime.AddDays(1)))
            throw new Refused("proven_on", "Give the day on which it was shown to us; it is no later than today.");
        return Until <= at ? throw new Refused("until", "This has ended already. Choose a later day, or leave it empty.") : checkedOne;
    }

    private static string Line(string? text, string code, string why, int most = LongestLine) => Optional(text, code, most) ?? throw new Refused(code, why);

    private static string? Optional(string? text, string code, int most) =>
        string.IsNullOrWhiteSpace(text) ? null : text.Trim() is { } words && words.Length <= most ? words : throw new Refused(code, $"That is longer than {most} characters.");
}

/// <summary>How far somebody may go who acts for the customer.</summary>
public enum Mandate
{
    /// <summary>They may hear how things stand, and tell us things. The customer answers.</summary>
    Hear = 1,

    /// <summary>They may choose, agree and confirm in the customer's place.</summary>
    Agree,
}

/// <summary>Who gets our letters.</summary>
public enum LettersTo
{
    /// <summary>The customer alone.</summary>
    Customer = 1,

    /// <summary>The representative alone.</summary>
    Representative,

    /// <summary>Each of them.</summary>
    Both,
}
