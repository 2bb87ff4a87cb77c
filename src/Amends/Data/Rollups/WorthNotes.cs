namespace Amends.Data.Rollups;

/// <summary>Leaves notes for <see cref="ReportReader"/> where something changes that is counted of a case and that is no event of it: in the transaction that changes it, and of those cases alone that it counts with.</summary>
internal static class WorthNotes
{
    /// <summary>What a case cost changed, or which order it is about.</summary>
    public static Task Case(Unit unit, long number) => unit.Put("insert into report_due (case_number) values (@number)", new { number });

    /// <summary>The orders of a customer changed: their complaints count other orders before and after. Open ones, too: one may end at the same time in another transaction, which sees nothing of this order yet.</summary>
    public static Task Customer(Unit unit, long customer) =>
        unit.Put("insert into report_due (case_number) select number from cases where customer_id = @customer and kind = 1 order by number", new { customer });

    /// <summary>An order is about to be stored. One that comes again as it was changes nothing.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="key">The key of its number.</param>
    /// <param name="customer">Whose it is.</param>
    /// <param name="placed">When it was placed, Unix milliseconds.</param>
    /// <param name="minor">What it costs.</param>
    /// <param name="currency">In which currency.</param>
    public static async Task Order(Unit unit, string key, long customer, long placed, long minor, string currency)
    {
        var was = await unit.One<Known>("select customer_id, placed_at, total_minor, currency from orders where number_key = @key", new { key });
        if (was == new Known { CustomerId = customer, PlacedAt = placed, TotalMinor = minor, Currency = currency })
            return;
        await Customer(unit, customer);
        if (was is not null && was.CustomerId != customer)
            await Customer(unit, was.CustomerId);
    }

    private sealed record Known
    {
        public long CustomerId { get; init; }
        public long PlacedAt { get; init; }
        public long TotalMinor { get; init; }
        public string Currency { get; init; } = "";
    }
}
