using Dapper;

namespace Amends.Data;

/// <summary>How a customer can be reached.</summary>
/// <param name="Phone">Their number; <c>null</c> when we have none.</param>
/// <param name="HasMail">We have a mail address.</param>
public sealed record Reach(string? Phone, bool HasMail)
{
    /// <summary>Reads it.</summary>
    public static Task<Reach> Of(Database database, long customer, CancellationToken ct = default) => database.Read(async connection =>
    {
        var (phone, addresses) = await connection.QuerySingleAsync<(string?, long)>("select phone, (select count(*) from customer_addresses a where a.customer_id = u.id) from customers u where u.id = @customer", new { customer });
        return new Reach(phone is { Length: > 0 } ? phone : null, addresses > 0);
    }, ct);
}
