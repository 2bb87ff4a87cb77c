using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Amends.Domain;
using Amends.Domain.Wording;

namespace Amends.Data;

/// <summary>The phrases by which replies are read: those that ship, with what the company changed. Read once and kept until somebody changes them.</summary>
public sealed class PhrasePacks(StoredSettings settings, TimeProvider clock)
{
    private const string Folder = "Amends.Content.wording.";
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2); // so that other nodes follow

    private static readonly Dictionary<string, Lazy<(string Text, PhrasePack Pack)>> All = Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && name.EndsWith(".json", StringComparison.Ordinal))
        .ToDictionary(name => name[Folder.Length..^5], name => new Lazy<(string, PhrasePack)>(() => Load(name)));

    private readonly ConcurrentDictionary<string, Known> _known = new();

    /// <summary>Languages that have a pack, English first.</summary>
    public static IReadOnlyList<string> Languages { get; } = [.. All.Keys.OrderBy(language => language != "en").ThenBy(language => language, StringComparer.Ordinal)];

    /// <summary>The pack as it ships.</summary>
    public static PhrasePack Shipped(string language) => All[language].Value.Pack;

    /// <summary>The language of a pack for a language tag such as <c>de-AT</c>; English for what has none.</summary>
    public static string LanguageFor(string? language) => language?.Split('-')[0].ToLowerInvariant() is { } two && All.ContainsKey(two) ? two : "en";

    /// <summary>The pack that replies in a language are read by; English for what has none.</summary>
    public async ValueTask<PhrasePack> For(string? language, CancellationToken ct = default)
    {
        var code = LanguageFor(language);
        if (_known.TryGetValue(code, out var known) && clock.GetElapsedTime(known.At) < Fresh)
            return known.Pack;
        var own = await Own(code, ct);
        var written = JsonSerializer.Serialize(own);
        var pack = known?.Own == written ? known.Pack : Read(code, own);
        _known[code] = new Known(written, pack, clock.GetTimestamp());
        return pack;
    }

    /// <summary>What the company changed in a language.</summary>
    public async Task<OwnPhrases> Own(string language, CancellationToken ct = default) => await settings.Get<OwnPhrases>(Named(language), ct) ?? new OwnPhrases();

    /// <summary>Changes it; from the next draft on it counts.</summary>
    /// <returns>The pack as it is now.</returns>
    /// <exception cref="Refused"><c>bad_phrase_pack</c>: the rules cannot be used, and nothing is changed.</exception>
    public async Task<PhrasePack> Set(string language, OwnPhrases own)
    {
        var pack = own.Over(All[language].Value.Text);
        await settings.Set(Named(language), own);
        _known.TryRemove(language, out _);
        return pack;
    }

    /// <summary>Changes that a newer pack has no room for fall away until somebody looks at them: replies are read all the same.</summary>
    private static PhrasePack Read(string language, OwnPhrases own)
    {
        try
        {
            return own.IsNone ? Shipped(language) : own.Over(All[language].Value.Text);
        }
        catch (Refused)
        {
            return Shipped(language);
        }
    }

    private static string Named(string language) => "wording." + language;

    private static (string, PhrasePack) Load(string name)
    {
        using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!);
        var text = reader.ReadToEnd();
        return (text, PhrasePack.Read(text));
    }

    private sealed record Known(string Own, PhrasePack Pack, long At);
}
