using Amends.Data.Rollups;
using Amends.Domain;

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
        await WorthNotes.Order(unit, values.key, customer, placed, values.minor, values.Currency);
        if (await unit.Run("update orders set customer_id = @customer, placed_at = @placed, total_minor = @minor, currency = @Currency, product = @Product, lot = @Lot, carrier = @Carrier, status = @Status, payment = case when @Payment = '' then payment else @Payment end, serial = case when @Serial = '' then serial else @Serial end, supplier = case when @Supplier = '' then supplier else @Supplier end, site = case when @Site = '' then site else @Site end where number_key = @key", values) > 0)
            return false;
        await unit.Run("insert into orders (customer_id, number, number_key, placed_at, total_minor, currency, product, lot, carrier, status, payment, serial, supplier, site) values (@customer, @Number, @key, @placed, @minor, @Currency, @Product, @Lot, @Carrier, @Status, @Payment, @Serial, @Supplier, @Site)", values);
        await SearchIndex.Add(unit, 0, -customer, $"{name}\n{order.Email}\n{order.Number} {order.Product}");
        return true;
    }

    private static string? Given(string text) => text.Length > 0 ? text : null;
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
