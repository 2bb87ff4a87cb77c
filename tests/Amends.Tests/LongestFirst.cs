using Amends.Tests;
using Amends.Tests.Browser;
using Amends.Tests.Campaigns;
using Amends.Tests.Channels.Email;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(LongestFirst))]

namespace Amends.Tests;

/// <summary>
/// The few classes that take minutes begin first, so that nothing is waited for at the end. axe keeps all processors busy;
/// beside it run those that mostly wait for mail servers and for programs that start, and its second half comes after them.
/// </summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly List<string> First =
        [typeof(AxeTests).FullName!, typeof(KillTests).FullName!, typeof(FetchMailTests).FullName!, typeof(MailOutTests).FullName!, typeof(WholePathTests).FullName!, typeof(CustomerAxeTests).FullName!];

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections) where TTestCollection : ITestCollection =>
        [.. testCollections.OrderBy(collection => Place(collection.TestCollectionDisplayName)).ThenBy(collection => collection.TestCollectionDisplayName, StringComparer.Ordinal)];

    private static int Place(string collection) => First.FindIndex(name => collection.Contains(name, StringComparison.Ordinal)) is >= 0 and var place ? place : First.Count;
}
