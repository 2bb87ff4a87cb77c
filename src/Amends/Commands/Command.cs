using Amends.Web;

namespace Amends.Commands;

/// <summary>One sub-command of the program.</summary>
/// <param name="Name">As it is typed, such as <c>mail read</c>.</param>
/// <param name="Usage">What follows the name.</param>
/// <param name="What">One line for <c>amends help</c>.</param>
/// <param name="Run">Does it with what follows the name; returns the exit code: 0 done, 1 refused or failed, 2 wrong usage, 75 try again.</param>
public sealed record Command(string Name, string Usage, string What, Func<CommandLine, Task<int>> Run);

/// <summary>What a command is given.</summary>
/// <param name="Args">What follows the command's name.</param>
/// <param name="Surroundings">Where everything is.</param>
public sealed record CommandLine(string[] Args, Surroundings Surroundings)
{
    /// <summary>Wrong usage.</summary>
    public const int Wrong = 2;

    /// <summary>The value after an option such as <c>--out</c>, or <c>null</c>.</summary>
    public string? Option(string name)
    {
        var at = Array.IndexOf(Args, name);
        return at >= 0 && at + 1 < Args.Length ? Args[at + 1] : null;
    }

    /// <summary>Whether a switch such as <c>--json</c> is there.</summary>
    public bool Has(string name) => Args.Contains(name);
}
