using System.Text.Json;
using Amends.Domain.Issues;
using Amends.Domain.Wording;

namespace Amends.Domain.Tests.Wording;

/// <summary>The packs that the program ships, and the sentences beside these tests.</summary>
internal static class Packs
{
    private static readonly JsonSerializerOptions Snake = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly Dictionary<string, Lazy<PhrasePack>> Read = new[] { "en", "de", "fr", "es" }.ToDictionary(language => language, language => new Lazy<PhrasePack>(() => PhrasePack.Read(Text(language))));

    public static PhrasePack English => Of("en");

    public static PhrasePack Of(string language) => Read[language].Value;

    public static string Text(string language) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "wording", language + ".json"));

    /// <summary>The lines of a file in golden/.</summary>
    public static List<T> Lines<T>(string file) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Wording", "golden", file)).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<T>(line, Snake)!)];
}

/// <summary>A sentence as a whole draft, and the rules that must hint at it: none for an innocent one.</summary>
internal sealed record Sample(string Text, string[] Rules, string? Words = null, bool Resolved = false, string[]? Names = null)
{
    public DraftContext Context => new() { CustomerWords = Words ?? "", Resolved = Resolved, Names = Names ?? [] };

    /// <summary>The rules that hint at words of it.</summary>
    public List<string> Hinted(PhrasePack pack) => [.. Lint.Read(Text, Context, pack).Hints.Where(hint => hint.Length > 0).Select(hint => hint.Rule).Distinct()];
}

/// <summary>An apology and the parts that it holds.</summary>
internal sealed record Written(string Text, string[] Parts);
