namespace Amends.Domain.Statistics;

/// <summary>
/// Answers from 0 to 10 to "how likely would you recommend us" (Reichheld 2003): the share of promoters (9 and 10) less the share of detractors (0 to 6).
/// </summary>
/// <param name="Promoters">Said 9 or 10.</param>
/// <param name="Passives">Said 7 or 8.</param>
/// <param name="Detractors">Said 0 to 6.</param>
/// <exception cref="ArgumentOutOfRangeException">One of the counts is below zero.</exception>
public readonly record struct NetPromoterScore(int Promoters, int Passives, int Detractors)
{
    /// <summary>Said 9 or 10.</summary>
    public int Promoters { get; } = Count(Promoters);

    /// <summary>Said 7 or 8.</summary>
    public int Passives { get; } = Count(Passives);

    /// <summary>Said 0 to 6.</summary>
    public int Detractors { get; } = Count(Detractors);

    /// <summary>How many answered.</summary>
    public long Answers => (long)Promoters + Passives + Detractors;

    /// <summary>Too few to lean on.</summary>
    public bool IsFew => Answers < Proportion.Few;

    /// <summary>From -1 to 1; <c>null</c> without answers. People write it times 100.</summary>
    public double? Score => Answers == 0 ? null : ((double)Promoters - Detractors) / Answers;

    /// <summary>The standard error of the score: √(p + d − (p − d)²) ÷ √n, the spread of a variable that is 1, 0 or -1; <c>null</c> without answers.</summary>
    public double? StandardError => Score is not { } score ? null
        : Math.Sqrt(Math.Max(0, ((double)Promoters + Detractors) / Answers - score * score) / Answers);

    /// <summary>The 95 % interval, score ± 1.96 standard errors, clipped to -1 and 1; <c>null</c> without answers. Of few answers it is narrower than it should be.</summary>
    public Interval? Interval => Score is not { } score || StandardError is not { } error ? null
        : new Interval(Math.Max(-1, score - Proportion.Z * error), Math.Min(1, score + Proportion.Z * error));

    /// <summary>Counts answers.</summary>
    /// <param name="answers">Each from 0 to 10.</param>
    /// <exception cref="ArgumentOutOfRangeException">An answer outside of 0 to 10.</exception>
    public static NetPromoterScore Of(IEnumerable<int> answers)
    {
        var (promoters, passives, detractors) = (0, 0, 0);
        foreach (var answer in answers)
        {
            _ = answer switch
            {
                9 or 10 => promoters++,
                7 or 8 => passives++,
                >= 0 and <= 6 => detractors++,
                _ => throw new ArgumentOutOfRangeException(nameof(answers), answer, "An answer is from 0 to 10."),
            };
        }

        return new(promoters, passives, detractors);
    }

    private static int Count(int count) => count >= 0 ? count : throw new ArgumentOutOfRangeException(nameof(count), count, "A count is not below zero.");
}
