namespace Amends.Features.Recovery;

/// <summary>How a customer is told that their case ends: a letter that goes out with it, or how they were told otherwise.</summary>
public sealed record ToldFields
{
    /// <summary>Codes of refusals and their fields.</summary>
    public static readonly (string Code, string Field)[] Places = [("letter", "Tell_Letter"), ("told", "Tell_Words"), ("no_address", "Tell_How"), ("told_how", "Tell_How")];

    /// <summary><c>letter</c> or <c>other</c>.</summary>
    public string? How { get; init; }
    public string? Letter { get; init; }
    public string? Words { get; init; }

    /// <summary>Whether a letter goes out.</summary>
    /// <exception cref="Domain.Refused"><c>told_how</c> when neither was chosen.</exception>
    public bool ByLetter => How switch { "letter" => true, "other" => false, _ => throw new Domain.Refused("told_how", "Say how they are told: by the letter below, or otherwise.") };
}
