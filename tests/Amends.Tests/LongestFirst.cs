using Amends.Tests;
using Amends.Tests.Browser;
using Amends.Tests.Campaigns;
using Amends.Tests.Storage;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Amends.Tests;

/// <summary>The few classes that take minutes begin first, so that the rest runs beside them and nothing is waited for at the end.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Long = [typeof(AxeTests).FullName!, typeof(CustomerAxeTests).FullName!, typeof(KillTests).FullName!, typeof(MigratorTests).FullName!];

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections) where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => Long.Any(name => collection.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal)) ? 0 : 1).ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];
}
