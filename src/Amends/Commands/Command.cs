using System.Text.RegularExpressions;
using Amends.Web;

namespace Amends.Commands;

/// <summary>One sub-command of the program.</summary>
/// <param name="Name">As it is typed, such as <c>mail read</c>.</param>
/// <param name="Usage">What follows the name: words in capitals, <c>…</c> after one that repeats, options, brackets around what may be left out.</param>
/// <param name="What">One line for <c>amends help</c>.</param>
/// <param name="Run">
/// Does it with what follows the name; returns the exit code: 0 done, 1 refused or failed, 2 wrong usage (which is then printed),
/// 75 try again.
/// </param>
public sealed partial record Command(string Name, string Usage, string What, Func<CommandLine, Task<int>> Run)
{
    /// <summary>Whether these are words and options that the usage names: no option that it does not know, none without its value, no word too many.</summary>
    public bool Takes(IReadOnlyList<string> args)
    {
        var options = Options().Matches(Usage).ToDictionary(option => option.Groups["name"].Value, option => option.Groups["value"].Success);
        var words = Options().Replace(Usage, "").Split([' ', '[', ']'], StringSplitOptions.RemoveEmptyEntries) is var named && Repeats().IsMatch(Usage) ? int.MaxValue : named.Length;
        for (var i = 0; i < args.Count; i++)
        {
            if (!LooksLikeOption().IsMatch(args[i]))
            {
                if (--words < 0)
                    return false;
            }
            else if (!options.TryGetValue(args[i], out var takesValue) || (takesValue && ++i == args.Count))
                return false;
        }

        return true;
    }

    [GeneratedRegex(@"(?<name>--[a-z-]+)( (?<value>[^-\[\s|][^\s\]]*))?")]
    private static partial Regex Options();

    [GeneratedRegex(@"…|\bWORDS\b")]
    private static partial Regex Repeats();

    [GeneratedRegex("^--?[a-zA-Z]")]
    private static partial Regex LooksLikeOption();
}

/// <summary>What a command is given.</summary>
/// <param name="Args">What follows the command's name.</param>
/// <param name="Surroundings">Where everything is.</param>
public sealed record CommandLine(string[] Args, Surroundings Surroundings)
{
    /// <summary>Refused, or failed.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage.</summary>
    public const int Wrong = 2;

    /// <summary>What is needed is away or busy: the same command may work later (EX_TEMPFAIL of sysexits.h).</summary>
    public const int TryAgain = 75;

    /// <summary>The value after an option such as <c>--out</c>, or <c>null</c>.</summary>
    public string? Option(string name)
    {
        var at = Array.IndexOf(Args, name);
        return at >= 0 && at + 1 < Args.Length ? Args[at + 1] : null;
    }

    /// <summary>Whether a switch such as <c>--json</c> is there.</summary>
    public bool Has(string name) => Args.Contains(name);
}
