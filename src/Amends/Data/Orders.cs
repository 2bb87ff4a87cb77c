using Amends.Data.Rollups;
using Amends.Domain;
using Amends.Domain.Causes;

namespace Amends.Data;

/// <summary>What customers bought. An order is known by its number: the same number again brings it up to date.</summary>
public static class Orders
{
    /// <summary>Stores an order; its customer is found by their address, or added.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="order">The order, checked.</param>
    /// <param name="now">Now.</param>
    /// <returns>Whether it is new.</returns>
    public static async Task<bool> Put(Unit unit, Order order, DateTimeOffset now)
    {
        var (customer, name) = await Customers.FindOrAdd(unit, order.Email, order.Name, Given(order.Phone), now);
        var placed = order.PlacedAt.ToUnixTimeMilliseconds();
        await unit.Run("update customers set since = case when since > @placed then @placed else since end, place = coalesce(place, @place), phone = coalesce(phone, @phone) where id = @customer",
            new { customer, placed, place = Given(order.Place), phone = Given(order.Phone) });
        if (order.SentBy.Length > 0)
            await FollowOnDesk.CameBy(unit, customer, order.SentBy, SentBy.Order, now);
        var values = new { customer, order.Number, key = Customers.KeyOf(order.Number), placed, minor = order.Total.Minor, order.Total.Currency, order.Product, order.Lot, order.Carrier, order.Status, order.Payment, order.Serial, order.Supplier, order.Site };
        if (await unit.Value<long?>($"select id from orders where number_key = @key{(unit.IsPostgres ? " for update" : "")}", values) is { } id)
        {
            await Change(unit, id, "customer_id = @customer, placed_at = @placed, total_minor = @minor, currency = @Currency, product = @Product, lot = @Lot, carrier = @Carrier, status = @Status, payment = case when @Payment = '' then payment else @Payment end, serial = case when @Serial = '' then serial else @Serial end, supplier = case when @Supplier = '' then supplier else @Supplier end, site = case when @Site = '' then site else @Site end", values);
            return false;
        }

        await Add(unit, "insert into orders (customer_id, number, number_key, placed_at, total_minor, currency, product, lot, carrier, status, payment, serial, supplier, site) values (@customer, @Number, @key, @placed, @minor, @Currency, @Product, @Lot, @Carrier, @Status, @Payment, @Serial, @Supplier, @Site) returning id", values);
        await SearchIndex.Add(unit, 0, -customer, $"{name}\n{order.Email}\n{order.Number} {order.Product}");
        return true;
    }

    /// <summary>Adds a row, with a note so that it is counted.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="insert">The statement; it returns the id.</param>
    /// <param name="values">Its parameters.</param>
    /// <returns>The order's id.</returns>
    internal static async Task<long> Add(Unit unit, string insert, object values)
    {
        var id = await unit.Value<long>(insert, values);
        var order = await Counted(unit, id);
        await Note(unit, order.Shared, order.PlacedAt, 1);
        await WorthNotes.Customer(unit, order.CustomerId);
        return id;
    }

    /// <summary>Changes a row; where it counts otherwise from then on, its complaints and those of its customer are counted anew, too.</summary>
    /// <param name="unit">The unit of work; it holds the row.</param>
    /// <param name="id">The order.</param>
    /// <param name="set">What is set, as in an update.</param>
    /// <param name="values">Its parameters.</param>
    internal static async Task Change(Unit unit, long id, string set, object values)
    {
        var before = await Counted(unit, id);
        await unit.Run($"update orders set {set} where id = {id}", values);
        var after = await Counted(unit, id);
        if (before.Shared != after.Shared || before.PlacedAt != after.PlacedAt)
        {
            await Note(unit, before.Shared, before.PlacedAt, -1);
            await Note(unit, after.Shared, after.PlacedAt, 1);
            await unit.Put("insert into report_due (case_number) select number from cases where order_id = @id", new { id });
        }

        if (before.Bought == after.Bought)
            return;
        await WorthNotes.Customer(unit, after.CustomerId);
        if (before.CustomerId != after.CustomerId)
            await WorthNotes.Customer(unit, before.CustomerId);
    }

    private static async Task<CountedOrder> Counted(Unit unit, long id) => (await unit.One<CountedOrder>("select customer_id, placed_at, total_minor, currency, product, lot, carrier, supplier, site from orders where id = @id", new { id }))!;

    private static Task Note(Unit unit, OrderTraits shared, long placed, int n) =>
        unit.Put("insert into order_due (placed_at, product, lot, carrier, supplier, site, n) values (@placed, @Product, @Lot, @Carrier, @Supplier, @Place, @n)", new { placed, shared.Product, shared.Lot, shared.Carrier, shared.Supplier, shared.Place, n });

    private static string? Given(string text) => text.Length > 0 ? text : null;

    /// <summary>What of an order is counted.</summary>
    private sealed class CountedOrder
    {
        public long CustomerId { get; init; }
        public long PlacedAt { get; init; }
        public long TotalMinor { get; init; }
        public string Currency { get; init; } = "";
        public string Product { get; init; } = "";
        public string Lot { get; init; } = "";
        public string Carrier { get; init; } = "";
        public string Supplier { get; init; } = "";
        public string Site { get; init; } = "";

        public OrderTraits Shared => new(Product, Lot, Carrier, Supplier, Site);

        public (long, long, long, string) Bought => (CustomerId, PlacedAt, TotalMinor, Currency);
    }
}

/// <summary>An order as a shop tells it.</summary>
/// <param name="Number">The shop's number.</param>
/// <param name="Email">The customer's address.</param>
/// <param name="Name">Their name; empty when not known.</param>
/// <param name="Phone">Their number; empty when not known.</param>
/// <param name="Place">Where they live; empty when not known.</param>
/// <param name="PlacedAt">When they ordered.</param>
/// <param name="Total">What it cost.</param>
/// <param name="Product">What it was.</param>
/// <param name="Lot">Of which lot.</param>
/// <param name="Carrier">Who brings it.</param>
/// <param name="Status">Where it stands, in the shop's words.</param>
public sealed record Order(string Number, string Email, string Name, string Phone, string Place, DateTimeOffset PlacedAt, Money Total, string Product, string Lot, string Carrier, string Status)
{
    /// <summary>The payment that it was paid with, as the payment provider calls it; empty when not known.</summary>
    public string Payment { get; init; } = "";

    /// <summary>The serial numbers of what was sent, several parted by commas; empty when not known.</summary>
    public string Serial { get; init; } = "";

    /// <summary>Who made or supplied it; empty when not known.</summary>
    public string Supplier { get; init; } = "";

    /// <summary>The shop, warehouse or works that it came from; empty when not known.</summary>
    public string Site { get; init; } = "";

    /// <summary>The code that the customer named when asked who sent them; empty without one.</summary>
    public string SentBy { get; init; } = "";
}
