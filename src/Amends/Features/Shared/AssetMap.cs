using Microsoft.AspNetCore.StaticAssets;

namespace Amends.Features.Shared;

/// <summary>
/// The address of a file in wwwroot with its fingerprint, so that browsers may keep it for ever.
/// Components reached through endpoints of our own get no asset collection from the framework; this reads the same list.
/// </summary>
public sealed class AssetMap(IEnumerable<EndpointDataSource> endpoints)
{
    private readonly Lazy<Dictionary<string, string>> _fingerprinted = new(() => Read(endpoints));

    /// <summary>"/desk.abc123.css" for "desk.css"; "/desk.css" where there is no fingerprint (a test host, a missing file).</summary>
    public string this[string path] => _fingerprinted.Value.GetValueOrDefault(path) is { } route ? "/" + route : "/" + path;

    private static Dictionary<string, string> Read(IEnumerable<EndpointDataSource> endpoints) => endpoints
        .SelectMany(source => source.Endpoints)
        .Select(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>())
        .OfType<StaticAssetDescriptor>()
        .Select(asset => (asset.Route, Label: asset.Properties.FirstOrDefault(p => p.Name == "label")?.Value))
        .Where(asset => asset.Label is not null)
        .DistinctBy(asset => asset.Label)
        .ToDictionary(asset => asset.Label!, asset => asset.Route);
}
