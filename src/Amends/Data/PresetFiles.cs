using System.Text.Json;
using System.Text.Json.Serialization;
using Amends.Domain.Deadlines;

namespace Amends.Data;

/// <summary>The presets, the holiday calendars and what letters must say, as they come with the program.</summary>
public static class PresetFiles
{
    private const string Presets = "Amends.Data.Presets.", Holidays = "Amends.Data.Holidays.", Contents = "contents.json";

    private static readonly Lazy<IReadOnlyList<Preset>> AllPresets = new(() => [.. Read<Preset>(Presets).OrderBy(preset => preset.IsRegulatory).ThenBy(preset => preset.Jurisdiction, StringComparer.Ordinal).ThenBy(preset => preset.Title, StringComparer.Ordinal)]);

    private static readonly Lazy<IReadOnlyList<HolidayCalendar>> AllCalendars = new(() => [.. Read<HolidayCalendar>(Holidays)]);

    private static readonly Lazy<IReadOnlyDictionary<string, RequiredContent>> AllContents = new(() =>
        Parse<List<RequiredContent>>(Presets + Contents).ToDictionary(content => content.Code));

    /// <summary>How the files are written: snake_case, enums by name, and nothing in them that nobody reads.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectRequiredConstructorParameters = true,
        IgnoreReadOnlyProperties = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false) },
    };

    /// <summary>Every preset, our own first.</summary>
    public static IReadOnlyList<Preset> All => AllPresets.Value;

    /// <summary>Every calendar in its first version, but the company's own.</summary>
    public static IReadOnlyList<HolidayCalendar> Calendars => AllCalendars.Value;

    /// <summary>What letters must say, by its code.</summary>
    public static IReadOnlyDictionary<string, RequiredContent> Required => AllContents.Value;

    private static IEnumerable<T> Read<T>(string folder) =>
        from name in typeof(PresetFiles).Assembly.GetManifestResourceNames()
        where name.StartsWith(folder, StringComparison.Ordinal) && !name.EndsWith(Contents, StringComparison.Ordinal)
        select Parse<T>(name);

    private static T Parse<T>(string name)
    {
        using var stream = typeof(PresetFiles).Assembly.GetManifestResourceStream(name)!;
        try
        {
            return JsonSerializer.Deserialize<T>(stream, Json)!;
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{name} cannot be read: {broken.Message}", broken);
        }
    }
}
