using System.Reflection;

namespace Amends.Data;

/// <summary>What this program calls itself.</summary>
public static class ThisProgram
{
    /// <summary>Its version with the commit it was built from, such as <c>0.1.0+0c780d3…</c>.</summary>
    public static string Version { get; } = Assembly.GetExecutingAssembly().GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
}
