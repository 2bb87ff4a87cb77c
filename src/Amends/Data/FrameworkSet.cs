using System.Text.Json;
using System.Text.Json.Serialization;
using Amends.Domain.Cases;
using Amends.Domain.Frameworks;

namespace Amends.Data;

/// <summary>The frameworks that ship, as data with their source and date.</summary>
public static class FrameworkSet
{
    /// <summary>The one that is shown where nobody chose another.</summary>
    public const string Proposed = "six_steps";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) } };

    private static readonly Lazy<IReadOnlyList<Framework>> Loaded = new(() =>
        [.. Content.Read<List<Written>>("frameworks.json", Json).Select(each => new Framework(each.Key, each.Name, each.Source, each.Checked, each.Note, [.. each.Steps.Select(step => new FrameworkStep(step.Name, step.How, step.All ?? [], step.Any ?? []))]))]);

    /// <summary>All of them, the proposed one first.</summary>
    public static IReadOnlyList<Framework> All => Loaded.Value;

    /// <summary>The framework of a key; <c>null</c> when there is none.</summary>
    public static Framework? Find(string? key) => All.FirstOrDefault(each => each.Key == key);

    /// <summary>What somebody sees: their own choice, or else the company's, or else the proposed one.</summary>
    /// <param name="own">The person's.</param>
    /// <param name="company">The company's.</param>
    public static Framework For(string? own, string? company) => Find(own) ?? Find(company) ?? Find(Proposed)!;

    /// <summary>A case by a framework, as programs read it.</summary>
    public static FrameworkAnswer Answer(Framework framework, CaseState state) =>
        new(framework.Key, framework.Name, [.. framework.On(state).Select(step => new FrameworkStepAnswer(step.Step.Name, step.IsLit, step.At, step.By, step.Missing))]);

    private sealed record Written(string Key, string Name, string Source, DateOnly Checked, string Note, IReadOnlyList<WrittenStep> Steps);

    private sealed record WrittenStep(string Name, string How, IReadOnlyList<Evidence>? All, IReadOnlyList<Evidence>? Any);
}

/// <summary>The steps of a framework in a case.</summary>
/// <param name="Key">Its code.</param>
/// <param name="Name">Its name.</param>
/// <param name="Steps">In their order.</param>
public sealed record FrameworkAnswer(string Key, string Name, IReadOnlyList<FrameworkStepAnswer> Steps);

/// <summary>A step, lit by what happened.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Lit">It was taken.</param>
/// <param name="At">Since when, where that is known.</param>
/// <param name="By">What of it happened.</param>
/// <param name="Missing">What has not happened yet; where one of several is enough, all of them.</param>
public sealed record FrameworkStepAnswer(string Name, bool Lit, DateTimeOffset? At, IReadOnlyList<Evidence> By, IReadOnlyList<Evidence> Missing);
