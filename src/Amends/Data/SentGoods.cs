using Amends.Data.Rollups;
using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Remedies;
using Amends.Domain.Returns;
using Dapper;

namespace Amends.Data;

/// <summary>What a customer was sent, so that what comes back can be compared with it; and which order a case is about.</summary>
public static class SentGoods
{
    private const int Most = 30;

    /// <summary>The orders that a case can be about: its customer's, its own first, then the newest.</summary>
    public static Task<IReadOnlyList<SentOrder>> Of(Database database, long number, CancellationToken ct = default) => database.Read(async connection =>
        (IReadOnlyList<SentOrder>)(await connection.QueryAsync<SentOrder>(
            $"""
            select o.id, o.number, o.product, o.lot, o.serial, case when o.id = c.order_id then 1 else 0 end as is_own from cases c join orders o on o.customer_id = c.customer_id or o.id = c.order_id
            where c.number = @number order by case when o.id = c.order_id then 0 else 1 end, o.placed_at desc, o.id desc limit {Most}
            """, new { number })).AsList(), ct);

    /// <summary>Looks at what came back: compared with the order that was chosen, which is the case's from then on. A number that differs is asked for once more, since a slip is likelier.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="case">The case.</param>
    /// <param name="number">Its number.</param>
    /// <param name="look">What was found.</param>
    /// <param name="by">One of us.</param>
    /// <param name="now">Now.</param>
    /// <exception cref="Refused"><c>order</c> when it is not one of theirs; <c>mark</c> when the number differs and was not typed twice; else as <see cref="Case.InspectReturn"/>.</exception>
    public static async Task Inspect(Unit unit, Case @case, long number, ReturnLook look, Domain.People.Actor by, DateTimeOffset now)
    {
        if (look.Order is { } chosen && await unit.Run(
            "update cases set order_id = @chosen where number = @number and exists (select 1 from orders o where o.id = @chosen and (o.customer_id = cases.customer_id or o.id = cases.order_id))", new { chosen, number }) == 0)
            throw new Refused("order", "This is not an order of theirs. Choose one from the list.");
        if (look.Order is not null)
            await WorthNotes.Case(unit, number);
        var mark = Texts.Cut((look.Mark ?? "").Trim(), 201);
        var order = mark.Length == 0 ? null : await unit.One<SentOrder>("select o.id, o.number, o.product, o.lot, o.serial, 1 as is_own from cases c join orders o on o.id = c.order_id where c.number = @number", new { number });
        if (order is not null && mark.Length <= 200 && ReturnMark.Fits(mark, order.Sent) == false && !look.IsSure && @case.State.Remedies.FirstOrDefault(each => each.Id == look.Id) is { Kind: RemedyKind.Return, Return.Inspection: null })
            throw new Refused("mark", $"{order.Sent} was sent with order {order.Number}, and this is another number. Look once more. If it is right, send it again as it is: it is noted, and nothing is refused because of it.");
        @case.InspectReturn(look.Id, look.Result, look.Note, by, now, mark, order?.Sent);
    }
}

/// <summary>What somebody found in a parcel.</summary>
/// <param name="Id">The remedy.</param>
/// <param name="Result">What it is.</param>
/// <param name="Note">In words.</param>
/// <param name="Mark">The lot or serial number on it; empty when nobody looked.</param>
/// <param name="Order">The order that it is of; <c>null</c> for the case's own.</param>
/// <param name="IsSure">The number was read twice.</param>
public sealed record ReturnLook(int Id, Inspection Result, string? Note, string? Mark, long? Order, bool IsSure);

/// <summary>An order, as far as what was sent goes.</summary>
public sealed class SentOrder
{
    public long Id { get; init; }
    public string Number { get; init; } = "";
    public string Product { get; init; } = "";
    public string Lot { get; init; } = "";
    public string Serial { get; init; } = "";
    public int IsOwn { get; init; }

    /// <summary>What was sent, in one line; <c>null</c> when the order does not say.</summary>
    public string? Sent => ReturnMark.Sent(Serial, Lot);
}
