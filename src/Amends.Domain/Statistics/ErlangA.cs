namespace Amends.Domain.Statistics;

/// <summary>
/// The queue of Palm (1957), M/M/N+M, known as Erlang A: as <see cref="ErlangC"/>, but whoever waits hangs up after an exponentially spread time. It has
/// a steady state with any load, also with more work than people (Garnett, Mandelbaum and Reiman 2002; Mandelbaum and Zeltyn 2007).
/// </summary>
public sealed class ErlangA
{
    private const double Negligible = 1e-18;

    private readonly double _arrivals, _service, _leaving;
    private readonly List<double> _waiting = []; // the chance of so many waiting, from _fewestWaiting on
    private readonly long _fewestWaiting;
    private readonly double _free; // the chance that somebody is free

    private ErlangA(double contactsPerHour, double serviceSeconds, double patienceSeconds, int agents)
    {
        (_arrivals, _service, _leaving, Agents) = (contactsPerHour / 3600, 1 / serviceSeconds, 1 / patienceSeconds, agents);
        Load = _arrivals * serviceSeconds;
        ErlangB.Check(Load, agents);
        if (_arrivals == 0)
        {
            _free = agents == 0 ? 0 : 1;
            return;
        }

        // The most likely state first, then down and up from it until nothing more counts: no factor grows too large, however long the queue is.
        var crowded = _arrivals > agents * _service;
        var mode = crowded ? agents + (long)((_arrivals - agents * _service) / _leaving) : (long)Load;
        double total = 0, free = 0, busy = 0, queue = 0;
        List<double> below = [], above = [];
        var chance = 1.0;
        for (var n = mode; n >= 0 && chance > Negligible; chance *= Deaths(n--) / _arrivals)
            Count(n, below);
        below.Reverse();
        chance = _arrivals / Deaths(mode + 1);
        for (var n = mode + 1; chance > Negligible; chance *= _arrivals / Deaths(++n))
            Count(n, above);
        _fewestWaiting = Math.Max(0, mode - agents - Math.Max(0, below.Count - 1));
        foreach (var each in below.Concat(above))
            _waiting.Add(each / total);
        _free = free / total;
        Occupancy = agents == 0 ? 1 : Math.Min(1, busy / total / agents);
        MeanQueue = queue / total;
        MeanWaitSeconds = MeanQueue / _arrivals;
        Abandoned = Math.Clamp(_leaving * MeanQueue / _arrivals, 0, 1);

        void Count(long n, List<double> into)
        {
            total += chance;
            if (n >= agents)
                into.Add(chance);
            else
                free += chance;
            busy += Math.Min(n, agents) * chance;
            queue += Math.Max(0, n - agents) * chance;
        }
    }

    /// <summary>The work that comes in, in erlangs.</summary>
    public double Load { get; }

    /// <summary>How many people take contacts at the same time.</summary>
    public int Agents { get; }

    /// <summary>The chance that somebody has to wait.</summary>
    public double ChanceOfWaiting => _arrivals == 0 && Agents > 0 ? 0 : Math.Clamp(1 - _free, 0, 1);

    /// <summary>The share of all that hang up before anybody answers: θ·Lq ÷ λ.</summary>
    public double Abandoned { get; }

    /// <summary>The share of their time that people are busy.</summary>
    public double Occupancy { get; }

    /// <summary>The mean wait of all, answered or not, in seconds (by Little's law, 1961).</summary>
    public double MeanWaitSeconds { get; }

    /// <summary>How many wait on average.</summary>
    public double MeanQueue { get; }

    /// <summary>For contacts that come at a rate.</summary>
    /// <param name="contactsPerHour">How many come in an hour.</param>
    /// <param name="serviceSeconds">How long one takes, with the work right after it, in seconds.</param>
    /// <param name="patienceSeconds">How long people would wait on average before they hang up, in seconds, at most a hundred million.</param>
    /// <param name="agents">How many people take contacts at the same time.</param>
    /// <exception cref="ArgumentOutOfRangeException">A rate below zero, a time that is not above zero or too long, agents below zero, or more load than is computed.</exception>
    public static ErlangA Of(double contactsPerHour, double serviceSeconds, double patienceSeconds, int agents)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Numbers.Positive(patienceSeconds), 1e8);
        return new(Numbers.NotNegative(contactsPerHour), Numbers.Positive(serviceSeconds), patienceSeconds, agents);
    }

    /// <summary>
    /// The share of all who come that are answered within this time. Somebody with k before them in the queue is followed until they are served (at rate Nμ, once
    /// nobody is before them), leave (θ) or move up (Nμ + kθ). The time until they are first and served would be a sum of exponential times with rates Nμ, Nμ + θ, …,
    /// Nμ + kθ, so e^(−θT) has a beta distribution with Nμ ÷ θ and k + 1; with the chance e^(−θT) of not having left by then the chain has the closed form that is summed here:
    /// (c ÷ (c + k + 1)) · P(B(k + 1, c + 1) ≤ 1 − e^(−θt)), c = Nμ ÷ θ, each term from the one before.
    /// </summary>
    /// <param name="seconds">Seconds from the start of waiting.</param>
    /// <returns>From 0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Below zero, or no number.</exception>
    public double ServiceLevel(double seconds)
    {
        Numbers.NotNegative(seconds);
        if (_arrivals == 0)
            return Agents == 0 ? 0 : 1;
        var (answered, c, passed) = (_free, Agents * _service / _leaving, _leaving * seconds);
        var logLeft = Math.Log(passed < 1e-5 ? passed - passed * passed / 2 + passed * passed * passed / 6 : 1 - Math.Exp(-passed));
        double log = -passed * (c + 1), missed = 0;
        for (long k = 0; k < _fewestWaiting + _waiting.Count; k++)
        {
            missed += Math.Exp(log);
            if (1 - missed < Negligible)
                break;
            if (k >= _fewestWaiting)
                answered += _waiting[(int)(k - _fewestWaiting)] * c / (c + k + 1) * (1 - missed);
            log += logLeft + Math.Log((c + k + 1) / (k + 1));
        }

        return Math.Clamp(answered, 0, 1);
    }

    /// <summary>The fewest people with whom the target is met; whoever hangs up was not answered.</summary>
    /// <param name="contactsPerHour">How many come in an hour.</param>
    /// <param name="serviceSeconds">How long one takes, in seconds.</param>
    /// <param name="patienceSeconds">How long people would wait on average, in seconds.</param>
    /// <param name="target">What shall be met.</param>
    /// <exception cref="ArgumentOutOfRangeException">As for a rate.</exception>
    public static int Needed(double contactsPerHour, double serviceSeconds, double patienceSeconds, StaffingTarget target) =>
        contactsPerHour == 0 ? 0 : target.FewestAgents(1, agents =>
        {
            var desk = Of(contactsPerHour, serviceSeconds, patienceSeconds, agents);
            return (desk.ServiceLevel(target.Seconds), desk.Occupancy);
        });

    private double Deaths(long n) => Math.Min(n, Agents) * _service + Math.Max(0, n - Agents) * _leaving;
}
