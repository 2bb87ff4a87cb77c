namespace Amends.Domain.Statistics;

/// <summary>The loss formula of Erlang (1917): so many lines, nobody waits, whoever finds all of them taken is turned away.</summary>
public static class ErlangB
{
    /// <summary>The largest load that is computed, in erlangs.</summary>
    public const double MostLoad = 100_000;

    /// <summary>The most agents that are computed.</summary>
    public const int MostAgents = 1_000_000;

    /// <summary>The share that is turned away, by the recursion B(0) = 1, B(n) = A·B(n−1) ÷ (n + A·B(n−1)), in which nothing grows too large.</summary>
    /// <param name="load">Contacts an hour times the hours that one takes, in erlangs.</param>
    /// <param name="agents">People (or lines).</param>
    /// <returns>From 0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A load or a number of agents below zero or above what is computed.</exception>
    public static double Blocked(double load, int agents)
    {
        Check(load, agents);
        var blocked = 1.0;
        for (var n = 1; n <= agents && blocked > 0; n++)
            blocked = load * blocked / (n + load * blocked);
        return blocked;
    }

    internal static void Check(double load, int agents)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Numbers.NotNegative(load), MostLoad);
        ArgumentOutOfRangeException.ThrowIfNegative(agents);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(agents, MostAgents);
    }
}
