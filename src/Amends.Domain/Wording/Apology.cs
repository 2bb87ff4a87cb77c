using Amends.Domain.Issues;

namespace Amends.Domain.Wording;

/// <summary>A part of an apology (Lewicki, Polin and Lount 2016), in the order of what it is worth.</summary>
public enum ApologyPart
{
    /// <summary>It was us: "we got this wrong".</summary>
    Responsibility = 1,

    /// <summary>What we do about it: "I have refunded".</summary>
    Repair,

    /// <summary>"I'm sorry that we delivered it damaged."</summary>
    Regret,

    /// <summary>What went wrong.</summary>
    Explanation,

    /// <summary>It will not recur: what we changed.</summary>
    Repentance,

    /// <summary>A request for forgiveness; it can be left out.</summary>
    Forgiveness,
}

/// <summary>The parts of an apology that a draft holds. More parts are better; responsibility and repair weigh most.</summary>
/// <param name="Parts">Each part that is there, and where first.</param>
/// <param name="Decision">What was decided; it settles how much is expected.</param>
public sealed record Apology(IReadOnlyDictionary<ApologyPart, Stretch> Parts, Finding? Decision)
{
    /// <summary>The highest score.</summary>
    public const int Most = 9;

    private static readonly (ApologyPart Part, Sign Sign)[] Signs =
    [
        (ApologyPart.Responsibility, Sign.Responsibility),
        (ApologyPart.Repair, Sign.Repair),
        (ApologyPart.Regret, Sign.Regret),
        (ApologyPart.Explanation, Sign.Explanation),
        (ApologyPart.Repentance, Sign.Repentance),
        (ApologyPart.Forgiveness, Sign.Forgiveness),
    ];

    /// <summary>0 to 9: responsibility 3, repair 3, regret, explanation and repentance 1 each, forgiveness 0 (our weights for the study's order).</summary>
    public int Score => Parts.Keys.Sum(Worth);

    /// <summary>The score that the decision asks for: 8 where all is upheld, 5 where a part is; <c>null</c> where no apology is asked for.</summary>
    public int? Expected => Decision switch
    {
        Finding.Upheld => 8,
        Finding.PartlyUpheld => 5,
        _ => null,
    };

    /// <summary>It is as good as the decision asks for.</summary>
    public bool IsEnough => Expected is not { } expected || Score >= expected;

    /// <summary>What would bring the most, among the parts that are missing and count; the most worth first.</summary>
    public IReadOnlyList<ApologyPart> Missing => [.. Signs.Select(pair => pair.Part).Where(part => !Parts.ContainsKey(part) && Worth(part) > 0)];

    /// <summary>What a part is worth.</summary>
    public static int Worth(ApologyPart part) => part switch
    {
        ApologyPart.Responsibility or ApologyPart.Repair => 3,
        ApologyPart.Forgiveness => 0,
        _ => 1,
    };

    /// <summary>A part in words.</summary>
    public static string WordsFor(ApologyPart part) => part switch
    {
        ApologyPart.Responsibility => "that it was our mistake",
        ApologyPart.Repair => "what we do to put it right",
        ApologyPart.Regret => "that we are sorry, and for what",
        ApologyPart.Explanation => "what went wrong",
        ApologyPart.Repentance => "what we changed so that it does not happen again",
        _ => "a request for forgiveness",
    };

    internal static Apology Of(Reading reading)
    {
        Dictionary<ApologyPart, Stretch> parts = [];
        foreach (var (part, sign) in Signs)
        {
            if (reading.Of(sign) is [var first, ..])
                parts[part] = reading.StretchOf(first);
        }

        return new(parts, reading.Context.Decision);
    }
}
