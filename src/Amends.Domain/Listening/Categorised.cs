namespace Amends.Domain.Listening;

/// <summary>A category that a case was given. What it looked like at first and what it turned out to be are kept apart, and all of it stays.</summary>
/// <param name="Code">Stable code of the company's set, such as <c>DEL.late</c>.</param>
/// <param name="Confirmed">Settled when we had understood; otherwise a first impression.</param>
/// <param name="At">When.</param>
/// <param name="By">By whom.</param>
public sealed record Categorised(string Code, bool Confirmed, DateTimeOffset At, string By)
{
    /// <summary>Complaints about how we handled a complaint begin with this; a lead is told of them.</summary>
    public const string Handling = "HND";

    /// <summary>Whether it has the form of a code: three capitals, and perhaps one or two words behind points.</summary>
    public static bool IsCode(string code) =>
        code.Length is 3 or (> 4 and <= 60) && code[..3].All(char.IsAsciiLetterUpper)
        && (code.Length == 3 || (code[3] == '.' && code[4..].Split('.') is { Length: <= 2 } words && words.All(word => word.Length > 0 && word.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '_'))));
}
