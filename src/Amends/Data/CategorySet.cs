using System.Text.Json;
using Amends.Domain.Causes;
using Amends.Domain.Contents;

namespace Amends.Data;

/// <summary>What a complaint can be about, as it ships. What holds at a desk is <see cref="ContentInForce.Categories"/>.</summary>
public static class CategorySet
{
    /// <summary>All groups, in the order of the list.</summary>
    public static IReadOnlyList<Group> All { get; } = [.. ContentFiles.AsShipped.Categories.Groups.Select(each => new Group(each.Group.Code, each.Group.Words, [.. each.Parts.Select(part => (part.Code, part.Words))]))];

    /// <summary>"Delivery: late"; <c>null</c> when the set that ships has no such code.</summary>
    public static string? WordsOf(string code) => ContentFiles.AsShipped.Categories.WordsOf(code);

    /// <summary>A code that may be given now; <c>null</c> for an empty field.</summary>
    /// <param name="set">The categories that hold.</param>
    /// <param name="typed">What was chosen.</param>
    /// <param name="kept">What the case has already.</param>
    /// <exception cref="Domain.Refused"><c>category</c>: there is no such one, or it is retired.</exception>
    public static string? Chosen(CodeSet set, string? typed, string? kept) => set.Chosen(typed, kept, ("category", "Choose one of the categories."));

    /// <summary>The categories that hold on a day, read anew.</summary>
    public static async Task<CodeSet> On(Database database, DateOnly day, CancellationToken ct = default) => ContentInForce.On(ContentFiles.Shipped, await ContentDesk.Own(database, ct), day).Categories;

    /// <summary>A category with all that belongs to it.</summary>
    /// <param name="Code">Three letters.</param>
    /// <param name="Words">As people call it.</param>
    /// <param name="Parts">What exactly, by code.</param>
    public sealed record Group(string Code, string Words, IReadOnlyList<(string Code, string Words)> Parts);
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
