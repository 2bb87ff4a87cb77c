using Amends.Domain.Statistics;

namespace Amends.Domain.Worth;

/// <summary>What a figure rests on.</summary>
public enum Grade
{
    /// <summary>Said often, without a study that can be looked up, or a guess.</summary>
    Folklore = 1,

    /// <summary>A survey or a study that is named.</summary>
    Survey,

    /// <summary>The company's own figures.</summary>
    OwnData,
}

/// <summary>In what an assumption is told.</summary>
public enum Measure
{
    /// <summary>A share from 0 to 1, shown in per cent.</summary>
    Share = 1,

    /// <summary>A plain number from 0 on.</summary>
    Number,

    /// <summary>Major units of the company's currency, from 0 on.</summary>
    Money,
}

/// <summary>A figure that nobody has counted here, with its range and where it comes from. It is shown wherever it is used.</summary>
/// <param name="Key">A stable name.</param>
/// <param name="Title">What it is, in words.</param>
/// <param name="UsedFor">Where it counts.</param>
/// <param name="Measure">In what it is told.</param>
/// <param name="Low">The low end; <c>null</c> while nobody knows.</param>
/// <param name="Value">The middle.</param>
/// <param name="High">The high end.</param>
/// <param name="Source">Who says so.</param>
/// <param name="Dated">When they said it, as people write it.</param>
/// <param name="Grade">What it rests on.</param>
public sealed record Assumption(string Key, string Title, string UsedFor, Measure Measure, double? Low, double? Value, double? High, string Source, string Dated, Grade Grade)
{
    /// <summary>From how many own observations on they take its place; <c>null</c> where nothing here counts it.</summary>
    public int? OwnFrom { get; init; }

    /// <summary>What is counted for that, in a sentence; <c>null</c> where nothing is.</summary>
    public string? OwnWhat { get; init; }

    private const double MostNumber = 1_000_000;

    /// <summary>The same with another value and range.</summary>
    /// <param name="low">The low end.</param>
    /// <param name="value">The middle.</param>
    /// <param name="high">The high end.</param>
    /// <param name="source">Who says so.</param>
    /// <param name="dated">When they said it.</param>
    /// <param name="grade">What it rests on.</param>
    /// <exception cref="Refused"><c>value</c>, <c>low</c>, <c>high</c>, <c>source</c> or <c>grade</c>: what is wrong with it.</exception>
    public Assumption With(double low, double value, double high, string? source, string? dated, Grade grade)
    {
        foreach (var (code, given) in new[] { ("low", low), ("value", value), ("high", high) })
        {
            if (!double.IsFinite(given) || given < 0 || given > (Measure == Measure.Share ? 1 : MostNumber))
                throw new Refused(code, Measure == Measure.Share ? "Write a share from 0 to 100 per cent." : $"Write a number from 0 to {MostNumber:N0}.");
        }

        if (low > value)
            throw new Refused("low", "The low end lies above the value. Write the lowest that you hold possible.");
        if (high < value)
            throw new Refused("high", "The high end lies below the value. Write the highest that you hold possible.");
        var said = (source ?? "").Trim();
        if (said.Length is 0 or > 400)
            throw new Refused("source", said.Length == 0 ? "Say where the figure comes from: a study, a count, or whose guess it is." : "That is longer than 400 characters.");
        if (!Enum.IsDefined(grade))
            throw new Refused("grade", "Choose what it rests on.");
        var when = (dated ?? "").Trim();
        return when.Length > 40 ? throw new Refused("dated", "That is longer than 40 characters.") : this with { Low = low, Value = value, High = high, Source = said, Dated = when, Grade = grade };
    }
}

/// <summary>What was counted here, in place of an assumption.</summary>
/// <param name="Low">The low end of its interval.</param>
/// <param name="Value">The figure.</param>
/// <param name="High">The high end.</param>
/// <param name="N">Of how many observations.</param>
/// <param name="Since">The first day of what is counted.</param>
public sealed record OwnFigure(double Low, double Value, double High, int N, DateOnly Since)
{
    /// <summary>A share with Wilson's interval; <c>null</c> of nothing.</summary>
    public static OwnFigure? Of(Proportion share, DateOnly since) => share.Interval is { } within ? new(within.Low, share.Share!.Value, within.High, share.Of, since) : null;

    /// <summary>A mean with its 95 % interval by the normal approximation, never below zero; <c>null</c> of fewer than two.</summary>
    public static OwnFigure? Mean(IReadOnlyList<double> values, DateOnly since)
    {
        if (values.Count < 2)
            return null;
        var mean = values.Average();
        var half = Proportion.Z * Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Count - 1) / values.Count);
        return new(Math.Max(0, mean - half), mean, mean + half, values.Count, since);
    }
}

/// <summary>An assumption as it counts now: as it is written, or as it was counted here once there is enough.</summary>
/// <param name="Of">The assumption.</param>
/// <param name="Counted">What was counted here so far; <c>null</c> when nothing was.</param>
public sealed record Held(Assumption Of, OwnFigure? Counted)
{
    /// <summary>Own figures have taken its place.</summary>
    public bool IsOwn => Of.OwnFrom is { } from && Counted?.N >= from;

    /// <summary>What it rests on.</summary>
    public Grade Grade => IsOwn ? Grade.OwnData : Of.Grade;

    /// <summary>Low end, middle and high end; <c>null</c> while nobody knows.</summary>
    public LowMidHigh<double>? Range => IsOwn ? new(Counted!.Low, Counted.Value, Counted.High) : Of is { Low: { } low, Value: { } value, High: { } high } ? new(low, value, high) : null;
}
