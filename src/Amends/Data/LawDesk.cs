using System.Globalization;
using Amends.Data.Rollups;
using Amends.Domain.Calendars;
using Amends.Domain.Deadlines;
using Amends.Domain.Laws;
using Dapper;

namespace Amends.Data;

/// <summary>The remedy laws that are switched on, beside what a case's order tells of it.</summary>
public sealed class LawDesk(Database database, DeadlineDesk deadlines)
{
    private const string Order = "select o.placed_at from cases c join orders o on o.id = c.order_id where c.number = @number";

    /// <summary>The laws for a case, to look at.</summary>
    /// <param name="number">The case; 0 for one that is not opened yet.</param>
    /// <param name="said">What was answered just now about what is wrong.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<LawTerms> For(long number, NamedProblem? said = null, CancellationToken ct = default) =>
        Of(await deadlines.Book(ct), number == 0 ? null : await database.Read(connection => connection.ExecuteScalarAsync<long?>(Order, new { number }), ct), said);

    /// <summary>The same in a unit of work.</summary>
    public async Task<LawTerms> In(Unit unit, long number, NamedProblem? said = null) => Of(await deadlines.Book(), await unit.Value<long?>(Order, new { number }), said);

    /// <summary>The orders of the customer of a case that is about none yet, newest first; empty when it is about one.</summary>
    public Task<IReadOnlyList<BoughtOrder>> Orders(long number, CancellationToken ct = default) => database.Read(async connection => (IReadOnlyList<BoughtOrder>)(await connection.QueryAsync<BoughtOrder>(
        "select o.id, o.number, o.product, o.placed_at from cases c join orders o on o.customer_id = c.customer_id where c.number = @number and c.order_id is null order by o.placed_at desc, o.id desc limit 20", new { number })).AsList(), ct);

    /// <summary>Notes which order a case is about.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="number">The case.</param>
    /// <param name="order">The order's id as a form posts it; empty changes nothing.</param>
    /// <exception cref="Domain.Refused"><c>order</c> when it is not one of theirs.</exception>
    public static async Task About(Unit unit, long number, string? order)
    {
        if (string.IsNullOrWhiteSpace(order))
            return;
        if (!long.TryParse(order, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            || await unit.Run("update cases set order_id = @id where number = @number and exists (select 1 from orders o where o.id = @id and (o.customer_id = cases.customer_id or o.id = cases.order_id))", new { id, number }) == 0)
            throw new Domain.Refused("order", "This is not an order of theirs. Choose one from the list.");
        await WorthNotes.Case(unit, number);
    }

    private static LawTerms Of(DeadlineBook book, long? placed, NamedProblem? said) =>
        new(book) { HasOrder = placed is not null, OrderedOn = placed is { } at ? LocalDay.Of(DateTimeOffset.FromUnixTimeMilliseconds(at), book.Rules.Zone) : null, Said = said };
}

/// <summary>An order that a case may be about.</summary>
public sealed class BoughtOrder
{
    public long Id { get; init; }
    public string Number { get; init; } = "";
    public string Product { get; init; } = "";
    public long PlacedAt { get; init; }
}
