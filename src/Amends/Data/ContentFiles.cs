using System.Text.Json;
using System.Text.Json.Serialization;
using Amends.Domain.Contents;

namespace Amends.Data;

/// <summary>
/// The content that ships, as data files of the folder Content. Each item carries its edition; a later release writes the next one below the
/// earlier ones, which stay to be read.
/// </summary>
public static class ContentFiles
{
    /// <summary>How versions are written, in files and in the database: snake_case, kinds by name, what is missing left out.</summary>
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = { new JsonStringEnumConverter() },
    };

    private static readonly string[] Files = ["questions.json", "letters.json", "extras.json", "hiring.json", "policies.json", "codes.json"];

    private static readonly Lazy<IReadOnlyList<ContentItem>> Loaded = new(() => [.. Files.SelectMany(file => Content.Read<List<ContentItem>>(file, Json))]);

    private static readonly Lazy<ContentInForce> Untouched = new(() => ContentInForce.On(Shipped, [], DateOnly.MaxValue));

    /// <summary>Every edition of every item, in the order of the files.</summary>
    public static IReadOnlyList<ContentItem> Shipped => Loaded.Value;

    /// <summary>What holds where nobody changed anything.</summary>
    public static ContentInForce AsShipped => Untouched.Value;
}
