using System.Runtime.CompilerServices;
using Dapper;

namespace Amends.Tests;

/// <summary>
/// Every test has a host and a database of its own, which nobody in the field has: what is compiled for one of them is
/// used for all, and a host that lives for a second is not made quicker at the price of that second.
/// </summary>
internal static class Quicker
{
    [ModuleInitializer]
    internal static void Start()
    {
        SqlMapper.ConnectionStringComparer = new ByKind();
        AppContext.SetSwitch("Microsoft.Extensions.DependencyInjection.DisableDynamicEngine", true);
    }

    /// <summary>All databases of one kind have one schema, so that one mapping serves them all.</summary>
    private sealed class ByKind : IEqualityComparer<string>
    {
        public bool Equals(string? one, string? other) => IsSqlite(one) == IsSqlite(other);

        public int GetHashCode(string text) => IsSqlite(text) ? 1 : 2;

        private static bool IsSqlite(string? text) => text?.StartsWith("Data Source=", StringComparison.OrdinalIgnoreCase) == true;
    }
}
