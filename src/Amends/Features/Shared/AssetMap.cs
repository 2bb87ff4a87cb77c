using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.StaticAssets;

namespace Amends.Features.Shared;

/// <summary>
/// The address of a file in wwwroot with its fingerprint, so that browsers may keep it for ever.
/// Components reached through endpoints of our own get no asset collection from the framework; this reads the same list.
/// </summary>
public sealed class AssetMap
{
    private readonly Lazy<Dictionary<string, string>> _fingerprinted;
    private readonly Lazy<string?> _scripts;

    /// <summary>Reads the list when it is first asked for, when all endpoints are known.</summary>
    public AssetMap(IEnumerable<EndpointDataSource> endpoints)
    {
        _fingerprinted = new(() => Read(endpoints));
        _scripts = new(() => Fingerprint(_fingerprinted.Value));
    }

    /// <summary>"/desk.abc123.css" for "desk.css"; "/desk.css" where there is no fingerprint (a test host, a missing file).</summary>
    public string this[string path] => _fingerprinted.Value.GetValueOrDefault(path) is { } route ? "/" + route : "/" + path;

    /// <summary>
    /// One fingerprint for the folder of modules, or <c>null</c> where there is none. Modules name each other by their plain
    /// names, so it is their folder that changes its name with any of them.
    /// </summary>
    public string? Scripts => _scripts.Value;

    /// <summary>"/js/abc123/app.js" for "app.js".</summary>
    public string Script(string name) => Scripts is { } version ? $"/js/{version}/{name}" : $"/js/{name}";

    private static string? Fingerprint(Dictionary<string, string> files)
    {
        var modules = files.Where(file => file.Key.StartsWith("js/", StringComparison.Ordinal) && file.Key.EndsWith(".js", StringComparison.Ordinal)).Select(file => file.Value).Order(StringComparer.Ordinal).ToList();
        return modules.Count == 0 ? null : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join(' ', modules))))[..10];
    }

    private static Dictionary<string, string> Read(IEnumerable<EndpointDataSource> endpoints) => endpoints
        .SelectMany(source => source.Endpoints)
        .Select(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>())
        .OfType<StaticAssetDescriptor>()
        .Select(asset => (asset.Route, Label: asset.Properties.FirstOrDefault(p => p.Name == "label")?.Value))
        .Where(asset => asset.Label is not null)
        .DistinctBy(asset => asset.Label)
        .ToDictionary(asset => asset.Label!, asset => asset.Route);
}
