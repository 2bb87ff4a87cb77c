namespace Amends.Domain.Statistics;

/// <summary>
/// The waiting formula of Erlang (1917), M/M/N: contacts come by chance at an even rate, each takes an exponentially spread time, one queue, first come first
/// served, and nobody hangs up. Where there is more work than people, the queue grows without end, and the figures say so instead of being no numbers.
/// </summary>
public sealed record ErlangC
{
    private ErlangC(double load, double serviceSeconds, int agents)
    {
        (Load, ServiceSeconds, Agents) = (load, serviceSeconds, agents);
        var blocked = ErlangB.Blocked(load, agents);
        ChanceOfWaiting = load == 0 ? 0 : !IsStable ? 1 : agents * blocked / (agents - load * (1 - blocked));
    }

    /// <summary>The work that comes in, in erlangs: contacts an hour times the hours that one takes.</summary>
    public double Load { get; }

    /// <summary>How long one contact takes, with the work right after it, in seconds.</summary>
    public double ServiceSeconds { get; }

    /// <summary>How many people take contacts at the same time.</summary>
    public int Agents { get; }

    /// <summary>More people than work; otherwise the queue never ends.</summary>
    public bool IsStable => Load == 0 || Agents > Load;

    /// <summary>The chance that somebody has to wait: N·B ÷ (N − A(1 − B)); 1 where the queue never ends, 0 where nothing comes in.</summary>
    public double ChanceOfWaiting { get; }

    /// <summary>The share of their time that people are busy, at most 1.</summary>
    public double Occupancy => Load == 0 ? 0 : IsStable ? Load / Agents : 1;

    /// <summary>The mean wait of all, in seconds: C·S ÷ (N − A); <c>null</c> where the queue never ends.</summary>
    public double? MeanWaitSeconds => Load == 0 ? 0 : IsStable ? ChanceOfWaiting * ServiceSeconds / (Agents - Load) : null;

    /// <summary>How many wait on average: C·A ÷ (N − A); <c>null</c> where the queue never ends.</summary>
    public double? MeanQueue => Load == 0 ? 0 : IsStable ? ChanceOfWaiting * Load / (Agents - Load) : null;

    /// <summary>For contacts that come at a rate.</summary>
    /// <param name="contactsPerHour">How many come in an hour.</param>
    /// <param name="serviceSeconds">How long one takes, with the work right after it, in seconds.</param>
    /// <param name="agents">How many people take contacts at the same time.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate below zero, a time that is not above zero, agents below zero, or more load than is computed.</exception>
    public static ErlangC Of(double contactsPerHour, double serviceSeconds, int agents) =>
        new(Numbers.NotNegative(contactsPerHour) * Numbers.Positive(serviceSeconds) / 3600, serviceSeconds, agents);

    /// <summary>For a load that is known in erlangs.</summary>
    /// <param name="load">Erlangs.</param>
    /// <param name="agents">How many people take contacts at the same time.</param>
    /// <param name="serviceSeconds">How long one contact takes, in seconds.</param>
    /// <exception cref="ArgumentOutOfRangeException">As for a rate.</exception>
    public static ErlangC OfLoad(double load, int agents, double serviceSeconds) => new(Numbers.NotNegative(load), Numbers.Positive(serviceSeconds), agents);

    /// <summary>The service level: the share that is answered within this time, 1 − C·e^(−(N − A)t ÷ S).</summary>
    /// <param name="seconds">Seconds from the start of waiting.</param>
    /// <returns>From 0 to 1; 0 where the queue never ends.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Below zero, or no number.</exception>
    public double ServiceLevel(double seconds)
    {
        Numbers.NotNegative(seconds);
        return Load == 0 ? 1 : IsStable ? Math.Clamp(1 - ChanceOfWaiting * Math.Exp(-(Agents - Load) * seconds / ServiceSeconds), 0, 1) : 0;
    }

    /// <summary>The wait that this share of all does not exceed, in seconds (0.9 for P90); <c>null</c> where the queue never ends.</summary>
    /// <param name="share">Above 0 and below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">Outside of 0 to 1.</exception>
    public double? WaitSeconds(double share)
    {
        Numbers.Between(share);
        return Load == 0 ? 0 : IsStable ? Math.Max(0, Math.Log(ChanceOfWaiting / (1 - share)) * ServiceSeconds / (Agents - Load)) : null;
    }

    /// <summary>The fewest people with whom the target is met.</summary>
    /// <param name="contactsPerHour">How many come in an hour.</param>
    /// <param name="serviceSeconds">How long one takes, in seconds.</param>
    /// <param name="target">What shall be met.</param>
    /// <exception cref="ArgumentOutOfRangeException">As for a rate.</exception>
    public static int Needed(double contactsPerHour, double serviceSeconds, StaffingTarget target)
    {
        var load = Of(contactsPerHour, serviceSeconds, 0).Load;
        return target.FewestAgents(load == 0 ? 0 : (int)Math.Floor(load) + 1, agents =>
        {
            var desk = OfLoad(load, agents, serviceSeconds);
            return (desk.ServiceLevel(target.Seconds), desk.Occupancy);
        });
    }
}
