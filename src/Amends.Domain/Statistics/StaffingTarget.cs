namespace Amends.Domain.Statistics;

/// <summary>How quickly contacts shall be taken, and how busy people may be at most.</summary>
/// <param name="Share">This share of all is taken within the seconds, above 0 and below 1.</param>
/// <param name="Seconds">So many seconds, from 0 on.</param>
/// <param name="MostOccupancy">The largest share of their time that people may be busy, above 0 and at most 1.</param>
/// <exception cref="ArgumentOutOfRangeException">One of them lies outside.</exception>
public sealed record StaffingTarget(double Share, double Seconds, double MostOccupancy = 1)
{
    /// <summary>This share of all is taken within the seconds.</summary>
    public double Share { get; } = Numbers.Between(Share);

    /// <summary>So many seconds.</summary>
    public double Seconds { get; } = Numbers.NotNegative(Seconds);

    /// <summary>The largest share of their time that people may be busy.</summary>
    public double MostOccupancy { get; } = MostOccupancy is > 0 and <= 1 ? MostOccupancy
        : throw new ArgumentOutOfRangeException(nameof(MostOccupancy), MostOccupancy, "It has to be above 0 and at most 1.");

    /// <summary>The fewest people from a number on; with more of them the share only grows and the occupancy only falls.</summary>
    internal int FewestAgents(int from, Func<int, (double Share, double Occupancy)> desk)
    {
        bool Meets(int agents) => desk(agents) is var (share, occupancy) && share >= Share && occupancy <= MostOccupancy + 1e-12;
        var (tooFew, enough) = (from - 1, from);
        for (var step = 1; !Meets(enough); step *= 2)
        {
            if (enough >= ErlangB.MostAgents)
                throw new ArgumentOutOfRangeException(nameof(from), $"More than {ErlangB.MostAgents} people would be needed.");
            (tooFew, enough) = (enough, Math.Min(ErlangB.MostAgents, enough + step));
        }

        while (enough - tooFew > 1)
        {
            var middle = tooFew + (enough - tooFew) / 2;
            (tooFew, enough) = Meets(middle) ? (tooFew, middle) : (middle, enough);
        }

        return enough;
    }
}
