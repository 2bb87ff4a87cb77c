namespace Amends.Commands.Checks;

/// <summary>How it is.</summary>
public enum Level
{
    /// <summary>Well.</summary>
    Ok,

    /// <summary>Works, but somebody should look.</summary>
    Warn,

    /// <summary>Does not work.</summary>
    Bad,
}

/// <summary>One line of <c>amends doctor</c>.</summary>
/// <param name="Level">How it is.</param>
/// <param name="About">What was looked at.</param>
/// <param name="What">What was seen.</param>
/// <param name="Next">What to do; <c>null</c> when nothing is to be done.</param>
public sealed record Finding(Level Level, string About, string What, string? Next = null);
