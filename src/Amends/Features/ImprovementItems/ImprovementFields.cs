using System.Globalization;
using Amends.Domain;
using Amends.Domain.Causes;
using Amends.Domain.Improvements;

namespace Amends.Features.ImprovementItems;

/// <summary>The form for what an improvement is about, as it is posted.</summary>
public sealed record ImprovementFields
{
    private const int MostNumbers = 50;

    public string? What { get; init; }
    public string? Problem { get; init; }

    /// <summary>The owner's id.</summary>
    public string? Owner { get; init; }
    public string? Due { get; init; }

    /// <summary>What it costs once, and what it brings in a year, in major units.</summary>
    public string? Cost { get; init; }

    /// <inheritdoc cref="Cost"/>
    public string? Benefit { get; init; }

    /// <summary>What is counted: <c>product</c>, <c>category</c>, <c>promises</c> and so on; empty for nothing.</summary>
    public string? By { get; init; }
    public string? Of { get; init; }
    public string? TriggerFrom { get; init; }
    public string? TriggerUntil { get; init; }
    public string? Settle { get; init; }

    /// <summary>Numbers of complaints that show it, parted by commas or blanks.</summary>
    public string? Cases { get; init; }

    /// <summary>Why it changes.</summary>
    public string? Reason { get; init; }

    /// <summary>A plan as a form.</summary>
    public static ImprovementFields From(ImprovementPlan plan, string currency) => new()
    {
        What = plan.What, Problem = plan.Problem, Owner = plan.OwnerId?.ToString(CultureInfo.InvariantCulture), Due = Day(plan.Due), Cost = Major(plan.CostMinor, currency), Benefit = Major(plan.BenefitMinor, currency),
        By = plan.By == Dimension.None ? "" : plan.By.ToString().ToLowerInvariant(), Of = plan.Of, TriggerFrom = Day(plan.TriggerFrom), TriggerUntil = Day(plan.TriggerUntil), Settle = plan.SettleDays.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>The plan as typed.</summary>
    /// <exception cref="Refused">The code is the field that cannot be read.</exception>
    public ImprovementPlan Read(string currency) => new(What ?? "", Problem ?? "")
    {
        OwnerId = string.IsNullOrWhiteSpace(Owner) ? null : long.TryParse(Owner, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : throw new Refused("owner", "Choose somebody from the list."),
        Due = DayOf(Due, "due"), CostMinor = Minor(Cost, currency, "cost"), BenefitMinor = Minor(Benefit, currency, "benefit"), By = DimensionOf(By), Of = Of ?? "",
        TriggerFrom = DayOf(TriggerFrom, "trigger"), TriggerUntil = DayOf(TriggerUntil, "trigger"),
        SettleDays = string.IsNullOrWhiteSpace(Settle) ? ImprovementPlan.UsualSettleDays : int.TryParse(Settle.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : throw new Refused("settle", "Give whole days, such as 14."),
    };

    /// <summary>The numbers of the complaints.</summary>
    /// <exception cref="Refused"><c>case</c> for something that is no number.</exception>
    public IReadOnlyList<long> Numbers() => NumbersOf(Cases);

    /// <summary>Numbers of cases, parted by commas or blanks, with or without the sign in front.</summary>
    internal static IReadOnlyList<long> NumbersOf(string? typed)
    {
        var words = (typed ?? "").Split([',', ' ', ';', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (words.Length > MostNumbers)
            throw new Refused("case", $"Give {MostNumbers} numbers at once at the most.");
        return [.. words.Select(word => long.TryParse(word.TrimStart('#'), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new Refused("case", $"“{Texts.Cut(word, 20)}” is no number of a case."))];
    }

    /// <summary>A day of a form; <c>null</c> when it is empty.</summary>
    internal static DateOnly? DayOf(string? text, string code) =>
        string.IsNullOrWhiteSpace(text) ? null : DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw new Refused(code, "Write the day as year, month and day, such as 2026-12-25.");

    private static Dimension DimensionOf(string? word) => string.IsNullOrWhiteSpace(word) ? Dimension.None
        : Enum.TryParse<Dimension>(word, true, out var by) && Enum.IsDefined(by) && !char.IsAsciiDigit(word[0]) ? by : throw new Refused("of", "Choose what is counted from the list.");

    private static long? Minor(string? typed, string currency, string code)
    {
        var text = (typed ?? "").Trim();
        return text.Length == 0 ? null
            : decimal.TryParse(text.Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var major) && major < 1_000_000_000 ? Money.FromMajor(major, currency).Minor
            : throw new Refused(code, $"“{Texts.Cut(text, 40)}” is no amount. Write it such as 600 or 2.50.");
    }

    private static string? Major(long? minor, string currency) => minor is { } known ? new Money(known, currency).Major.ToString(CultureInfo.InvariantCulture) : null;

    private static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>What is done to an improvement, as it is posted.</summary>
public sealed record MoveFields
{
    /// <summary><c>agree</c>, <c>decline</c>, <c>start</c>, <c>finish</c>, <c>watch</c>, <c>effective</c>, <c>not_effective</c> or <c>reopen</c>.</summary>
    public string? Move { get; init; }
    public string? Why { get; init; }

    /// <summary>Since when it holds.</summary>
    public string? Since { get; init; }

    /// <summary>So much is to be counted.</summary>
    public string? Aim { get; init; }

    /// <summary>By when it is to be done now.</summary>
    public string? Due { get; init; }
}

/// <summary>A step of the ladder, as it is posted.</summary>
public sealed record LadderFields
{
    public string? Words { get; init; }
    public string? Under { get; init; }
    public string? Evidence { get; init; }

    /// <summary>Number of the case that shows it.</summary>
    public string? SeenIn { get; init; }
    public string? CanChange { get; init; }

    /// <summary><c>on</c> when a step with a person in it stays.</summary>
    public string? Anyway { get; init; }
}
