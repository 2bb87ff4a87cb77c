namespace Amends.Domain.Listening.Emotion;

/// <summary>How upset words are: of the words of one message, never of the person who wrote them.</summary>
public enum UpsetLevel
{
    /// <summary>Calm: a request, a question, thanks, or a complaint that only says what happened.</summary>
    Calm,

    /// <summary>Annoyed: something went wrong, and it shows.</summary>
    Annoyed,

    /// <summary>Upset: angry, hurt or let down, in plain words or in icy ones.</summary>
    Upset,

    /// <summary>Very upset: at the end of their patience.</summary>
    VeryUpset,
}

/// <summary>The level as the JSON interface and the files of labels write it.</summary>
public static class UpsetLevels
{
    /// <summary>The score from which words are annoyed.</summary>
    public const float AnnoyedFrom = 0.3f;

    /// <summary>The score from which words are upset.</summary>
    public const float UpsetFrom = 0.55f;

    /// <summary>The score from which words are very upset.</summary>
    public const float VeryUpsetFrom = 0.8f;

    private static readonly string[] Codes = ["calm", "annoyed", "upset", "very_upset"];

    /// <summary>The level of a score from 0 to 1.</summary>
    public static UpsetLevel Of(float score) =>
        score >= VeryUpsetFrom ? UpsetLevel.VeryUpset : score >= UpsetFrom ? UpsetLevel.Upset : score >= AnnoyedFrom ? UpsetLevel.Annoyed : UpsetLevel.Calm;

    /// <summary><c>calm</c>, <c>annoyed</c>, <c>upset</c> or <c>very_upset</c>.</summary>
    public static string Code(this UpsetLevel level) => Codes[(int)level];

    /// <summary>The level that a code names; <c>null</c> for another word.</summary>
    public static UpsetLevel? Of(string? code) => Array.IndexOf(Codes, code) is >= 0 and var level ? (UpsetLevel)level : null;
}

/// <summary>How upset somebody is, in words.</summary>
public static class UpsetWords
{
    /// <summary>As on a label: "Very upset".</summary>
    public static string Of(UpsetLevel level) => level switch { <= UpsetLevel.Calm => "Calm", UpsetLevel.Annoyed => "Annoyed", UpsetLevel.Upset => "Upset", _ => "Very upset" };
}
