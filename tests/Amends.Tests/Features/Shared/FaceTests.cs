using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using Amends.Domain.Cases;
using Amends.Features.Cases;
using Amends.Features.Shared;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;

namespace Amends.Tests.Features.Shared;

public sealed partial class FaceTests
{
    private static readonly string Source = Path.GetFullPath(Path.Combine(Here(), "..", "..", "..", "..", "src", "Amends"));

    [Fact]
    public void Vendored_files_are_the_ones_that_are_listed_and_have_their_licence()
    {
        var root = Path.Combine(Source, "wwwroot");
        using var list = JsonDocument.Parse(File.ReadAllText(Path.Combine(root, "lib", "versions.json")));
        foreach (var part in list.RootElement.EnumerateArray())
        {
            var file = part.GetProperty("file").GetString()!;
            Assert.Equal((file, part.GetProperty("sha256").GetString()), (file, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(root, file))))));
            Assert.True(File.Exists(Path.Combine(root, part.GetProperty("licence_file").GetString()!)), file);
        }
    }

    [Fact]
    public void No_markup_carries_a_style_attribute_or_a_script_of_its_own()
    {
        foreach (var file in Razor())
        {
            var markup = File.ReadAllText(file);
            Assert.False(StyleAttribute().IsMatch(markup), $"{Path.GetFileName(file)} has a style attribute");
            Assert.False(InlineScript().IsMatch(markup), $"{Path.GetFileName(file)} has a script or a handler of its own");
        }
    }

    [Fact]
    public void Every_icon_that_is_named_is_in_the_sprite()
    {
        var sprite = File.ReadAllText(Path.Combine(Source, "wwwroot", "icons.svg"));
        var named = Razor().SelectMany(file => IconName().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .Concat(Palette.All.Select(command => command.Icon))
            .Concat(Navigation.Groups.SelectMany(group => group.Entries).Concat(Navigation.Tabs).Select(entry => entry.Icon))
            .Concat(Steps.Icons);
        Assert.DoesNotContain(named.Distinct(), name => !sprite.Contains($"id=\"{name}\"", StringComparison.Ordinal));
    }

    [Fact]
    public void A_key_does_one_thing_and_never_needs_alt()
    {
        var keys = Palette.All.Where(command => command.Keys.Length > 0).Select(command => command.Keys).ToList();
        Assert.Equal(keys.Count, keys.Distinct().Count());
        Assert.DoesNotContain(keys, key => key.Contains("Alt", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Every_command_that_a_page_names_is_in_the_registry()
    {
        var named = Razor().SelectMany(file => CommandName().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
            .Concat(Enum.GetValues<CaseStage>().SelectMany(stage => Enum.GetValues<CaseKind>().Select(kind => NextStep.Of(1, new CaseState { Stage = stage, Kind = kind })?.Command)).OfType<string>());
        Assert.DoesNotContain(named.Distinct(), id => Palette.Find(id) is null);
    }

    [Fact]
    public void The_folder_of_modules_changes_its_name_with_any_of_them()
    {
        string? Named(params string[] routes) => new AssetMap([new DefaultEndpointDataSource(routes.Select(route => Asset(route)))]).Scripts;
        Assert.Equal(Named("js/app.1.js", "js/keys.2.js"), Named("js/keys.2.js", "js/app.1.js", "desk.3.css"));
        Assert.NotEqual(Named("js/app.1.js", "js/keys.2.js"), Named("js/app.1.js", "js/keys.9.js"));
        Assert.Null(Named("desk.3.css"));
    }

    private static Endpoint Asset(string route) => new(null, new EndpointMetadataCollection(
        new StaticAssetDescriptor { Route = route, AssetPath = route, Properties = [new("label", string.Concat(route.AsSpan(0, route.IndexOf('.')), route.AsSpan(route.LastIndexOf('.'))))] }), route);

    [Theory]
    [InlineData(-25, "red", "25 min late")]
    [InlineData(72, "amber", "in 1 h 12 min")]
    [InlineData(5 * 60, "amber", "by 17:00")]
    [InlineData(24 * 60, "", "by tomorrow")]
    [InlineData(3 * 24 * 60, "", "by Tue")]
    public void A_promise_says_in_words_how_near_it_is(int minutes, string tone, string words)
    {
        var now = new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
        var badge = PromiseWords.Badge(now.AddMinutes(minutes), now, TimeZoneInfo.Utc);
        Assert.Equal((tone, words), (badge.Tone, badge.Words));
    }

    [Theory]
    [InlineData("Amara Okafor", "AO")]
    [InlineData("jo", "J")]
    [InlineData("山田 太郎", "山太")]
    [InlineData("ann.marie@example.com", "AC")]
    [InlineData("", "?")]
    public void Initials_are_the_first_letters_of_first_and_last_word(string name, string letters) => Assert.Equal(letters, Initials.Of(name));

    private static IEnumerable<string> Razor() => Directory.EnumerateFiles(Path.Combine(Source, "Features"), "*.razor", SearchOption.AllDirectories);

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    [GeneratedRegex(@"\sstyle\s*=")]
    private static partial Regex StyleAttribute();

    [GeneratedRegex(@"<script(?![^>]*(\bsrc=|application/json))|\son[a-z]+\s*=\s*""")]
    private static partial Regex InlineScript();

    [GeneratedRegex(@"(?:data-command|Kbd For)=""([a-z-]+)""")]
    private static partial Regex CommandName();

    [GeneratedRegex(@"<Icon Name=""([a-z0-9-]+)""")]
    private static partial Regex IconName();
}
