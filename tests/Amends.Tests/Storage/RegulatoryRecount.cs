using Amends.Data.Rollups;
using Amends.Tests.Channels.Email;

namespace Amends.Tests.Storage;

/// <summary>Counts what returns ask for by product and in money from the rows, without the sums that are kept.</summary>
internal static class RegulatoryRecount
{
    /// <summary>Every sum that is kept is that of the rows, and there is no other.</summary>
    public static async Task MustEqual(Desk desk, string when)
    {
        var counted = new List<(string Cell, long N)>();
        var rows = await desk.Rows<FactRow>("select r.case_number, r.received_day, r.settled_day, r.outcome, r.category, coalesce(o.product, '') as product from regulatory_facts r join cases c on c.number = r.case_number left join orders o on o.id = c.order_id");
        foreach (var row in rows)
        {
            Count(1, row.ReceivedDay, row, "", 1);
            if (row.SettledDay is { } settled)
                Count(2 + row.Outcome, settled, row, "", 1);
        }

        var byNumber = rows.ToDictionary(row => row.CaseNumber);
        foreach (var line in await desk.Rows<LineRow>("select case_number, booked_on, currency, minor from ledger_lines where account = 3"))
        {
            if (byNumber.TryGetValue(line.CaseNumber, out var row))
                Count(5 + row.Outcome, DateOnly.Parse(line.BookedOn, System.Globalization.CultureInfo.InvariantCulture).DayNumber, row, line.Currency, -line.Minor);
        }

        var all = counted.GroupBy(each => each.Cell, each => each.N).Select(cell => (cell.Key, Sum: cell.Sum())).Where(cell => cell.Sum != 0).Select(cell => $"{cell.Key} = {cell.Sum}").Order(StringComparer.Ordinal).ToList();
        var kept = (await desk.Rows<KeptRow>("select what, grain, span, product, category, currency, n from regulatory_counts")).Select(row => $"{row.What} {row.Grain} {row.Span} {row.Product} {row.Category} {row.Currency} = {row.N}").Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(all);
        Assert.True(all.SequenceEqual(kept), $"{when}: {string.Join("; ", all.Except(kept).Take(5))} against {string.Join("; ", kept.Except(all).Take(5))}");

        void Count(int what, int day, FactRow row, string currency, long n)
        {
            counted.Add(($"{what} 1 {day} {row.Product} {row.Category} {currency}", n));
            counted.Add(($"{what} 2 {Cell.MonthOf(day)} {row.Product} {row.Category} {currency}", n));
        }
    }

    private sealed class FactRow
    {
        public long CaseNumber { get; init; }
        public int ReceivedDay { get; init; }
        public int? SettledDay { get; init; }
        public int Outcome { get; init; }
        public string Category { get; init; } = "";
        public string Product { get; init; } = "";
    }

    private sealed class LineRow
    {
        public long CaseNumber { get; init; }
        public string BookedOn { get; init; } = "";
        public string Currency { get; init; } = "";
        public long Minor { get; init; }
    }

    private sealed class KeptRow
    {
        public int What { get; init; }
        public int Grain { get; init; }
        public int Span { get; init; }
        public string Product { get; init; } = "";
        public string Category { get; init; } = "";
        public string Currency { get; init; } = "";
        public long N { get; init; }
    }
}
