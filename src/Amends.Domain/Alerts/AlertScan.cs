using Amends.Domain.Statistics;

namespace Amends.Domain.Alerts;

/// <summary>Complaints of one day about one thing.</summary>
/// <param name="Day">The day that they came.</param>
/// <param name="Category">The code; empty without one.</param>
/// <param name="Product">The product of their order; empty without one.</param>
/// <param name="Count">How many.</param>
public readonly record struct ComplaintsOfDay(DateOnly Day, string Category, string Product, int Count);

/// <summary>Orders of one day.</summary>
/// <param name="Day">The day that they were placed.</param>
/// <param name="Product">The product.</param>
/// <param name="Count">How many.</param>
public readonly record struct OrdersOfDay(DateOnly Day, string Product, int Count);

/// <summary>
/// Looks for what stands out among complaints. Weeks are seven days back from today, so that nobody waits for a Sunday; complaints are counted by the orders of
/// the four weeks before the end of theirs, since they come some weeks after. Pure: days and counts in, alerts out.
/// </summary>
public sealed class AlertScan
{
    /// <summary>How many weeks are looked at: half a year.</summary>
    public const int Weeks = 26;

    /// <summary>Within so many days, three alike are told in a small shop.</summary>
    public const int SimilarWithin = 14;

    private const int OrdersBefore = 28;
    private const int RecentDays = 28;
    private const double FalseShare = 0.05;

    private readonly DateOnly _today;
    private readonly Dictionary<(string Category, string Product), int[]> _cells = [];
    private readonly Dictionary<string, long[]> _orders = []; // by product, orders of the four weeks before the end of each week
    private readonly Dictionary<string, int[]> _days = []; // by category, the last days

    /// <summary>Counts everything once.</summary>
    /// <param name="today">The last day that counts.</param>
    /// <param name="complaints">Those of the last <see cref="Weeks"/> weeks; older and later ones are left out.</param>
    /// <param name="orders">Orders since four weeks before that.</param>
    public AlertScan(DateOnly today, IEnumerable<ComplaintsOfDay> complaints, IEnumerable<OrdersOfDay> orders)
    {
        _today = today;
        foreach (var (day, category, product, count) in complaints)
        {
            var ago = today.DayNumber - day.DayNumber;
            if (ago is < 0 or >= Weeks * 7 || category.Length == 0)
                continue;
            Row(_cells, (category, product), Weeks)[Weeks - 1 - ago / 7] += count;
            if (ago < RecentDays)
                Row(_days, category, RecentDays)[RecentDays - 1 - ago] += count;
        }

        foreach (var (day, product, count) in orders)
        {
            var ago = today.DayNumber - day.DayNumber;
            if (ago < 0)
                continue;
            for (var week = Math.Max(0, (ago - OrdersBefore) / 7); week <= ago / 7 && week < Weeks; week++) // those whose four weeks hold the day
            {
                if (ago - week * 7 is >= 0 and < OrdersBefore)
                    Row(_orders, product, Weeks)[Weeks - 1 - week] += count;
            }
        }
    }

    /// <summary>Everything that stands out now, but for danger, which is no matter of counting.</summary>
    public IReadOnlyList<Alert> Find()
    {
        List<Alert> found = [.. WeeklyRates(), .. RareCounts()];
        found.AddRange(_days.Values.Sum(days => days.Sum()) > RecentDays ? Daily() : Similar());
        return found;
    }

    /// <summary>Categories that have complaints, those with the most first.</summary>
    public IReadOnlyList<string> Categories => [.. _cells.GroupBy(cell => cell.Key.Category).OrderByDescending(group => group.Sum(cell => cell.Value.Sum())).ThenBy(group => group.Key, StringComparer.Ordinal).Select(group => group.Key)];

    /// <summary>The weekly chart of a category, complaints by thousand orders; the last week is compared with those before it.</summary>
    public AlertChart ChartOf(string category)
    {
        var counts = CountsOf(category);
        var orders = _orders.Values.Aggregate(new long[Weeks], (sum, row) => [.. sum.Zip(row, (one, other) => one + other)]);
        var (before, exposure) = (counts.SkipLast(1).Sum(), orders.SkipLast(1).Sum());
        var chart = ControlChart.U([.. counts.Zip(orders, (count, number) => ((long)count, number / 1000.0))], exposure == 0 ? null : before * 1000.0 / exposure);
        return new AlertChart(category, [.. Enumerable.Range(0, Weeks).Select(week => new AlertWeek(_today.AddDays((week + 1 - Weeks) * 7 - 6), counts[week], orders[week], chart.Points[week]))], chart.Centre);
    }

    private IEnumerable<Alert> WeeklyRates()
    {
        foreach (var chart in Categories.Select(ChartOf))
        {
            var last = chart.Weeks[^1];
            if (last.Orders > 0 && last.Count >= Alert.Fewest && chart.Before > 0 && last.Point.Value > last.Point.Upper)
                yield return new Alert(AlertRule.WeeklyRate, chart.Category, "", last.From, _today, last.Count, chart.Centre * last.Orders / 1000, last.Orders, PoissonRate.AtLeast(last.Count, chart.Centre * last.Orders / 1000));
        }
    }

    private IEnumerable<Alert> RareCounts()
    {
        List<(Alert Alert, double P)> tested = [];
        foreach (var ((category, product), counts) in _cells)
        {
            if (counts[^1] == 0 || product.Length == 0 || !_orders.TryGetValue(product, out var orders) || orders[^1] == 0)
                continue;
            var (before, exposure) = (counts.SkipLast(1).Sum(), orders.SkipLast(1).Sum());
            if (exposure == 0)
                continue; // nothing was sold before: no past to compare with
            // never a complaint: half a one, so that the first is no miracle
            var expected = Math.Max(before, 0.5) * orders[^1] / exposure;
            tested.Add((new Alert(AlertRule.Rare, category, product, _today.AddDays(-6), _today, counts[^1], expected, orders[^1]), PoissonRate.AtLeast(counts[^1], expected)));
        }

        var adjusted = BenjaminiHochberg.Adjusted([.. tested.Select(each => each.P)]);
        return tested.Select((each, i) => each.Alert with { P = adjusted[i] }).Where(alert => alert.P <= FalseShare && alert.Observed >= Alert.Fewest);
    }

    private IEnumerable<Alert> Daily()
    {
        foreach (var (category, days) in _days)
        {
            var scores = Ears.C2([.. days.Select(count => (long)count)]);
            if (scores[^1].IsAlarm && days[^1] >= Alert.Fewest)
                yield return new Alert(AlertRule.Daily, category, "", _today, _today, days[^1], days[^10..^3].Average());
        }
    }

    private IEnumerable<Alert> Similar()
    {
        foreach (var ((category, product), counts) in _cells)
        {
            var recent = counts[^1] + counts[^2]; // two weeks of seven days
            if (recent >= Alert.Fewest && product.Length > 0)
                yield return new Alert(AlertRule.Similar, category, product, _today.AddDays(1 - SimilarWithin), _today, recent);
        }
    }

    private int[] CountsOf(string category) => _cells.Where(cell => cell.Key.Category == category).Aggregate(new int[Weeks], (sum, cell) => [.. sum.Zip(cell.Value, (one, other) => one + other)]);

    private static T[] Row<TKey, T>(Dictionary<TKey, T[]> rows, TKey key, int length) where TKey : notnull => rows.TryGetValue(key, out var row) ? row : rows[key] = new T[length];
}

/// <summary>A week of a chart.</summary>
/// <param name="From">Its first day.</param>
/// <param name="Count">Complaints.</param>
/// <param name="Orders">Orders of the four weeks before its end.</param>
/// <param name="Point">Complaints by thousand orders, with their limits.</param>
public sealed record AlertWeek(DateOnly From, int Count, long Orders, ControlPoint Point);

/// <summary>The u-chart of a category.</summary>
/// <param name="Category">Its code.</param>
/// <param name="Weeks">The oldest first.</param>
/// <param name="Centre">Complaints by thousand orders before the last week.</param>
public sealed record AlertChart(string Category, IReadOnlyList<AlertWeek> Weeks, double Centre)
{
    /// <summary>Complaints before the last week.</summary>
    public int Before => Weeks.SkipLast(1).Sum(week => week.Count);
}
