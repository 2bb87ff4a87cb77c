using Amends.Data;
using Amends.Data.Rollups;

namespace Amends.Features.Demo;

/// <summary>The customers of the demo company and what they bought. Invented, and the same at every start.</summary>
public static class DemoCustomers
{
    private const int Count = 60;

    private static readonly string[] First =
        ["Amara", "Jonas", "Mei", "Luis", "Priya", "Tom", "Sofia", "Kwame", "Ingrid", "Omar", "Elif", "Pavel", "Nora", "Diego", "Aiko", "Rosa", "Henrik", "Fatima", "Marek", "Chloe"];

    private static readonly string[] Last =
        ["Okafor", "Berg", "Chen", "Ortiz", "Nair", "Walker", "Rossi", "Mensah", "Lindqvist", "Farouk", "Demir", "Novak", "Byrne", "Santos", "Tanaka", "Marino", "Dahl", "Rahman", "Kowalski", "Dubois"];

    private static readonly string[] Places = ["Leeds", "Bremen", "Lyon", "Porto", "Ghent", "Graz", "Aarhus", "Turin", "Galway", "Brno"];

    /// <summary>One of them.</summary>
    /// <param name="Id">In the database.</param>
    /// <param name="Name">As shown.</param>
    /// <param name="Email">At a domain that no mail reaches.</param>
    public sealed record Person(long Id, string Name, string Email);

    /// <summary>Adds sixty customers with some orders of years and some of the last months; the orders name lots and carriers.</summary>
    public static async Task<IReadOnlyList<Person>> Add(Unit unit, IReadOnlyList<DemoStory> stories, Random chance, DateTimeOffset now)
    {
        var people = new List<Person>();
        for (var i = 0; i < Count; i++)
        {
            var name = $"{First[i % First.Length]} {Last[(i + i / First.Length * 7) % Last.Length]}";
            var email = $"{name.ToLowerInvariant().Replace(' ', '.')}{(i >= First.Length ? i.ToString() : "")}@mail.example";
            var (id, _) = await Customers.FindOrAdd(unit, email, name, $"0113 496 0{100 + i}", now);
            var since = now.AddDays(-chance.Next(90, 2600));
            await unit.Run("update customers set since = @since, place = @place where id = @id", new { id, since = since.ToUnixTimeMilliseconds(), place = Places[i % Places.Length] });
            for (var order = chance.Next(1, 7); order > 0; order--)
                await AddOrder(unit, id, stories[chance.Next(stories.Count)], since.AddDays(chance.NextDouble() * (now - since).TotalDays), chance);
            for (var order = chance.Next(5, 12); order > 0; order--) // the last months went well for most
                await AddOrder(unit, id, stories[chance.Next(stories.Count)] with { Lot = null, Carrier = chance.Next(8) == 0 ? "Northline" : "Swift & Sons" }, now.AddDays(-chance.NextDouble() * 180), chance);
            people.Add(new Person(id, name, email));
        }

        return people;
    }

    private static string SupplierOf(string product) => product.Split(' ')[0] switch
    {
        "Kettle" or "Toaster" or "Coffee" or "Vacuum" or "Lamp" => "Kestrel Appliances",
        "Washing" or "Oven" => "Haldor Works",
        "Running" => "Aero Sport",
        _ => "Granholt Timber",
    };

    /// <summary>Adds an order of a story's product; returns its id and number.</summary>
    public static async Task<(long Id, string Number)> AddOrder(Unit unit, long customer, DemoStory story, DateTimeOffset at, Random chance)
    {
        await WorthNotes.Customer(unit, customer);
        var number = $"A-{20_417 + await unit.Value<long>("select count(*) from orders") * 37}{chance.Next(10, 99)}"; // chance alone would give one twice
        var id = await unit.Value<long>(
            """
            insert into orders (customer_id, number, number_key, placed_at, total_minor, currency, product, lot, carrier, supplier, site, status)
            values (@customer, @number, @number, @at, @total, 'EUR', @Product, @lot, @carrier, @supplier, @site, 'delivered') returning id
            """,
            new
            {
                customer, number, at = at.ToUnixTimeMilliseconds(), total = chance.Next(25, 890) * 100L, story.Product,
                lot = story.Lot ?? $"L-{chance.Next(2300, 2999)}", carrier = story.Carrier ?? (chance.Next(8) == 0 ? "Northline" : "Swift & Sons"),
                supplier = SupplierOf(story.Product), site = customer % 3 == 0 ? "Ghent warehouse" : "Leeds warehouse",
            });
        return (id, number);
    }
}
