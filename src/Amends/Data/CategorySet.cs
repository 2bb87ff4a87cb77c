using System.Text.Json;
using Amends.Domain;

namespace Amends.Data;

/// <summary>What a complaint can be about: the set that ships. Codes are stable; the words may change.</summary>
public static class CategorySet
{
    private static readonly Lazy<IReadOnlyList<Group>> Loaded = new(() => Content.Read<List<GroupRow>>("categories.json").ConvertAll(row => new Group(row.Code, row.Words, [.. row.Parts.Select(part => ($"{row.Code}.{part.Key}", part.Value))])));

    /// <summary>All groups, in the order of the list.</summary>
    public static IReadOnlyList<Group> All => Loaded.Value;

    /// <summary>A code that is in the set; <c>null</c> for an empty field.</summary>
    /// <exception cref="Refused"><c>category</c>: there is no such one.</exception>
    public static string? Known(string? typed) =>
        string.IsNullOrWhiteSpace(typed) ? null : WordsOf(typed.Trim()) is not null ? typed.Trim() : throw new Refused("category", "Choose one of the categories.");

    /// <summary>"Delivery: late"; <c>null</c> when the set has no such code.</summary>
    public static string? WordsOf(string code)
    {
        var group = All.FirstOrDefault(each => each.Code == code.Split('.')[0]);
        return group is null ? null : group.Code == code ? group.Words
            : group.Parts.FirstOrDefault(part => part.Code == code).Words is { } words ? $"{group.Words}: {char.ToLowerInvariant(words[0])}{words[1..]}" : null;
    }

    /// <summary>A category with its parts.</summary>
    /// <param name="Code">Three letters.</param>
    /// <param name="Words">As people call it.</param>
    /// <param name="Parts">What exactly, by code.</param>
    public sealed record Group(string Code, string Words, IReadOnlyList<(string Code, string Words)> Parts);

    private sealed record GroupRow(string Code, string Words, Dictionary<string, string> Parts);
}

/// <summary>Content that ships with the program, as data files.</summary>
internal static class Content
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>A file of the folder Content.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="options">How it is written; as on the web without.</param>
    public static T Read<T>(string file, JsonSerializerOptions? options = null)
    {
        using var stream = typeof(Content).Assembly.GetManifestResourceStream("Amends.Content." + file) ?? throw new InvalidOperationException($"{file} is missing from the program.");
        return JsonSerializer.Deserialize<T>(stream, options ?? Options)!;
    }
}
