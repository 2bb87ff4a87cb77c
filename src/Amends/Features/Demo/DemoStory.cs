using System.Text.Json;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Offers;
using Amends.Domain.Remedies;

namespace Amends.Features.Demo;

/// <summary>A complaint as it might be written, and how it goes on. The planted ones share a lot or a carrier.</summary>
public sealed record DemoStory
{
    public required string Product { get; init; }
    public required string Cause { get; init; }
    public required string Category { get; init; }
    public string? Lot { get; init; }
    public string? Carrier { get; init; }
    public required string Subject { get; init; }
    public required string Story { get; init; }
    public required string Outcome { get; init; }
    public required string Happened { get; init; }
    public required string Matters { get; init; }
    public required string Promised { get; init; }
    public required string Reply { get; init; }
    public required IReadOnlyList<JsonElement[]> Options { get; init; }
    public required string Choice { get; init; }
    public required string Answer { get; init; }

    /// <summary>All stories, from the file beside this one.</summary>
    public static IReadOnlyList<DemoStory> Load()
    {
        using var file = typeof(DemoStory).Assembly.GetManifestResourceStream("Amends.Features.Demo.stories.json")!;
        return JsonSerializer.Deserialize<List<DemoStory>>(file, JsonSerializerOptions.Web)!;
    }

    /// <summary>The story's options as an offer made at this time.</summary>
    /// <param name="at">When.</param>
    /// <param name="less">By how much they are worth less, minor units: the same is not given to everybody.</param>
    public Case.Draft Draft(DateTimeOffset at, long less = 0) => new(
        [.. Options.Select(option => new Option(0, option[0].GetString()!, option[1].GetString()!,
            [new OptionRemedy(Enum.Parse<RemedyKind>(option[2].GetString()!), option[3].GetString()!, new Money(option[4].GetInt64() is > 0 and var worth ? Math.Max(500, worth - less) : 0, "EUR"), at.AddDays(2))], false))],
        null, at.AddDays(3), at.AddDays(6));
}
