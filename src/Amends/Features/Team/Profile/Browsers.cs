namespace Amends.Features.Team.Profile;

/// <summary>What a browser calls itself, in words that its owner knows.</summary>
public static class Browsers
{
    // In this order: each browser also names the ones that it wants to be taken for.
    private static readonly (string Mark, string Name)[] Names = [("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];

    private static readonly (string Mark, string Name)[] Systems = [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS X", "Mac"), ("Linux", "Linux")];

    /// <summary>"Firefox on Linux"; "A browser" for what is not known.</summary>
    /// <param name="agent">The header User-Agent.</param>
    public static string NameOf(string agent)
    {
        var name = Names.FirstOrDefault(each => agent.Contains(each.Mark, StringComparison.Ordinal)).Name ?? "A browser";
        return Systems.FirstOrDefault(each => agent.Contains(each.Mark, StringComparison.Ordinal)).Name is { } system ? $"{name} on {system}" : name;
    }
}
