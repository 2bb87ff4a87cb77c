using Amends.Domain.Language;

namespace Amends.Data;

/// <summary>Whether a language model is asked at all, which one, for what, and how much it may cost. As it ships, for nothing.</summary>
public sealed record LanguageModelSettings
{
    /// <summary>The setting's name.</summary>
    public const string Setting = "language_model";

    /// <summary>The longest that anybody waits for an answer, seconds.</summary>
    public const int LongestLimit = 120;

    /// <summary>The most days that calls are kept.</summary>
    public const int MostDays = 730;

    /// <summary>The fewest days that calls are kept: the month's ceiling is reckoned from them.</summary>
    public const int FewestDays = 31;

    /// <summary>Where it is, such as <c>http://127.0.0.1:11434/v1</c>; empty for nowhere.</summary>
    public string Address { get; init; } = "";

    /// <summary>The model's name there.</summary>
    public string Model { get; init; } = "";

    /// <summary>The key that it wants, sealed; empty for none.</summary>
    public string Key { get; init; } = "";

    /// <summary>How long an answer may take, seconds.</summary>
    public int LimitSeconds { get; init; } = 20;

    /// <summary>Minor units for a million tokens sent.</summary>
    public long PriceIn { get; init; }

    /// <summary>Minor units for a million tokens answered.</summary>
    public long PriceOut { get; init; }

    /// <summary>The most that a month may cost, minor units; beyond it nothing is sent.</summary>
    public long Ceiling { get; init; }

    /// <summary>How many days calls are kept.</summary>
    public int KeepDays { get; init; } = 90;

    /// <summary>What it may be asked for.</summary>
    public IReadOnlyList<ModelFeature> On { get; init; } = [];

    /// <summary>There is somewhere to send to, and something that it may be asked for.</summary>
    public bool IsOn => Address.Length > 0 && Model.Length > 0 && On.Count > 0;

    /// <summary>Whether it may be asked for this.</summary>
    public bool May(ModelFeature feature) => IsOn && On.Contains(feature);
}
