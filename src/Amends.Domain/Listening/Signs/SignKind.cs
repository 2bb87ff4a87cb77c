namespace Amends.Domain.Listening.Signs;

/// <summary>What the words of a customer say that somebody should know at once. It is about the words, never about the person.</summary>
public enum SignKind
{
    /// <summary>They leave, cancel or stay away, or say that they might.</summary>
    Churn,

    /// <summary>A court, a lawyer, an ombudsman, a regulator, the police, the press, a chargeback or public reviews.</summary>
    OutsideRoute,

    /// <summary>Somebody was hurt or could be.</summary>
    Safety,

    /// <summary>They said of themselves or of somebody concerned what asks for extra care: a death, illness, no money for what one needs.</summary>
    Vulnerable,

    /// <summary>Insults or threats aimed at people on our side; not swearing at a thing.</summary>
    Abuse,

    /// <summary>They claim something as due.</summary>
    Demand,

    /// <summary>They have been in touch about this before.</summary>
    RepeatContact,

    /// <summary>What we said or agreed was not done.</summary>
    BrokenPromise,

    /// <summary>It takes or took too long.</summary>
    LongWait,
}

/// <summary>Names of signs in files and over the API.</summary>
public static class SignKinds
{
    private static readonly string[] Codes = ["churn", "outside_route", "safety", "vulnerable", "abuse", "demand", "repeat_contact", "broken_promise", "long_wait"];

    /// <summary>All of them, in their order.</summary>
    public static IReadOnlyList<SignKind> All { get; } = Enum.GetValues<SignKind>();

    /// <summary>Its name in snake_case: <c>outside_route</c>.</summary>
    public static string Code(this SignKind kind) => Codes[(int)kind];

    /// <summary>The sign that a code names; <c>null</c> for another word.</summary>
    public static SignKind? Of(string? code) => Array.IndexOf(Codes, code) is >= 0 and var kind ? (SignKind)kind : null;
}
