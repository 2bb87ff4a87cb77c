using System.Security.Cryptography;

namespace Amends.Data;

/// <summary>Finding and adding customers by the addresses they write from.</summary>
public static class Customers
{
    /// <summary>SQL for the ids that mean the customer <c>@customer</c>: their own, and those of everybody who joined them.</summary>
    internal const string AllIds = "(with recursive them (id) as (select cast(@customer as bigint) union all select c.id from customers c join them on c.merged_into = them.id) select id from them)";

    /// <summary>How addresses and numbers are compared: upper case, without white space around.</summary>
    public static string KeyOf(string text) => text.Trim().ToUpperInvariant();

    /// <summary>Why a text cannot be a customer's address; <c>null</c> when it can.</summary>
    public static string? WrongAddress(string email) =>
        email.Length > 254 || email.IndexOf('@') is var at && (at <= 0 || at == email.Length - 1 || email.Any(char.IsWhiteSpace))
            ? email.Length == 0 ? "The customer's address is missing." : $"This is no mail address: {(email.Length <= 40 ? email : email[..40] + "…")}"
            : null;

    /// <summary>The customer with this address; a new one, with its key, when nobody has it.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="address">A mail address; empty for somebody without one.</param>
    /// <param name="name">The name for a new customer.</param>
    /// <param name="phone">A number, when known.</param>
    /// <param name="at">Now.</param>
    public static async Task<FoundCustomer> FindOrAdd(Unit unit, string address, string name, string? phone, DateTimeOffset at) =>
        address.Length > 0 && await Find(unit, address) is { } known ? known : await Add(unit, address, name, phone, at);

    /// <summary>A new customer, with their key; as above, for an address that nobody has.</summary>
    public static async Task<FoundCustomer> Add(Unit unit, string address, string name, string? phone, DateTimeOffset at)
    {
        var shown = string.IsNullOrWhiteSpace(name) ? (address.Length > 0 ? address : "Somebody") : name.Trim();
        var key = RandomNumberGenerator.GetBytes(32);
        var id = await unit.Insert("customers.id", "name, phone, since, created_at, text_key", "@shown, @phone, @now, @now, @key",
            new { shown, phone, now = at.ToUnixTimeMilliseconds(), key });
        if (address.Length > 0)
            await AddAddress(unit, id, address);
        return new(id, shown) { NewKey = key };
    }

    /// <summary>The number that we call a customer on, or <c>null</c>.</summary>
    public static Task<string?> PhoneOf(Database database, long id) =>
        database.Read(connection => Dapper.SqlMapper.ExecuteScalarAsync<string?>(connection, "select phone from customers where id = @id", new { id }));

    /// <summary>Gives a customer one more address; an address that somebody has stays theirs.</summary>
    public static Task AddAddress(Unit unit, long id, string address) => unit.Put(
        "insert into customer_addresses (address_key, address, customer_id) values (@key, @address, @id) on conflict do nothing",
        new { key = KeyOf(address), address = address.Trim(), id });

    /// <summary>The customer with this address, or <c>null</c>.</summary>
    public static async Task<FoundCustomer?> Find(Unit unit, string address) =>
        await unit.One<Row>($"select c.id, c.name, c.merged_into from customer_addresses a join customers c on c.id = a.customer_id where a.address_key = @key{Held(unit)}", new { key = KeyOf(address) }) is { } row
            ? row.MergedInto is null ? new(row.Id, row.Name) : await Current(unit, row.Id)
            : null;

    /// <summary>The customer that an id stands for now: whoever it turned out to be the same as, or itself; <c>null</c> when there is none.</summary>
    /// <param name="unit">The unit of work; until it ends nobody joins this customer to another one.</param>
    /// <param name="id">An id, perhaps an old one.</param>
    public static async Task<FoundCustomer?> Current(Unit unit, long id)
    {
        while (true)
        {
            var row = await unit.One<Row>($"select c.id, c.name, c.merged_into from customers c where c.id = @id{Held(unit)}", new { id });
            if (row?.MergedInto is not { } next)
                return row is null ? null : new(row.Id, row.Name);
            id = next;
        }
    }

    /// <summary>The same to look at.</summary>
    public static Task<long> CurrentId(Database database, long id, CancellationToken ct = default) => database.Read(async connection =>
    {
        while (await Dapper.SqlMapper.ExecuteScalarAsync<long?>(connection, "select merged_into from customers where id = @id", new { id }) is { } next)
            id = next;
        return id;
    }, ct);

    // as a row that refers to the customer does: whoever joins two customers waits for it
    internal static string Held(Unit unit) => unit.IsPostgres ? " for key share of c" : "";

    private sealed class Row
    {
        public long Id { get; init; }
        public string Name { get; init; } = "";
        public long? MergedInto { get; init; }
    }
}

/// <summary>A customer of whom we know this much.</summary>
/// <param name="Id">Their id.</param>
/// <param name="Name">As we call them.</param>
public readonly record struct FoundCustomer(long Id, string Name)
{
    /// <summary>The key that seals their words in the chain, when they were added just now: then nothing else is known of them, and nothing need be asked.</summary>
    public byte[]? NewKey { get; init; }
}
