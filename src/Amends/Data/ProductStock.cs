using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.Offers;
using Amends.Domain.Remedies;
using Dapper;

namespace Amends.Data;

/// <summary>
/// How much is there of what is sold, as the shop tells it by a file or a program. Looked at before the same thing is offered again, and taken
/// from when it is set aside; the next word of the shop takes the place of the count. A product that nobody counts is never held up.
/// </summary>
public static class ProductStock
{
    /// <summary>The most pieces that can be told.</summary>
    public const int Most = 1_000_000_000;

    private const string OrderedSql = "select o.product from cases c join orders o on o.id = c.order_id where c.number = @number";
    private const string StockSql = "select product, pieces, told_at from product_stock where product_key = @key";

    /// <summary>Takes what the shop says of one product.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="product">Its name, as orders name it.</param>
    /// <param name="pieces">How many are there.</param>
    /// <param name="now">Now.</param>
    /// <returns>Whether it is a product that nobody told of before.</returns>
    public static async Task<bool> Put(Unit unit, string product, int pieces, DateTimeOffset now)
    {
        var values = new { key = Customers.KeyOf(product), product = product.Trim(), pieces, at = now.ToUnixTimeMilliseconds() };
        if (await unit.Run("update product_stock set product = @product, pieces = @pieces, told_at = @at where product_key = @key", values) > 0)
            return false;
        await unit.Run("insert into product_stock (product_key, product, pieces, told_at) values (@key, @product, @pieces, @at)", values);
        return true;
    }

    /// <summary>What the case's order was for, and how much of it is there; <c>null</c> where nobody counts it.</summary>
    public static Task<StockedProduct?> OfOrder(Database database, long number, CancellationToken ct = default) => database.Read(async connection =>
        await connection.ExecuteScalarAsync<string?>(OrderedSql, new { number }) is { Length: > 0 } product && (await connection.QueryAsync<Row>(StockSql, new { key = Customers.KeyOf(product) })).FirstOrDefault() is { } row ? row.Read() : null, ct);

    /// <summary>Products by name, those of which least is left first.</summary>
    /// <param name="database">Where.</param>
    /// <param name="query">A part of the name; empty for all.</param>
    /// <param name="most">How many at the most.</param>
    /// <param name="ct">The request's end.</param>
    public static Task<IReadOnlyList<StockedProduct>> List(Database database, string query, int most, CancellationToken ct = default) => database.Read(async connection =>
        (IReadOnlyList<StockedProduct>)[.. (await connection.QueryAsync<Row>("select product, pieces, told_at from product_stock where @key = '' or product_key like @like escape '!' order by pieces, product_key limit @most",
            new { key = Customers.KeyOf(query), like = "%" + Customers.KeyOf(query).Replace("!", "!!").Replace("%", "!%").Replace("_", "!_") + "%", most })).Select(row => row.Read())], ct);

    /// <summary>What of an offer cannot be sent now, in a sentence; <c>null</c> when all of it can, or nobody counts it.</summary>
    public static Task<string?> MissingFor(Database database, long number, IReadOnlyList<Option> options, CancellationToken ct = default) => database.Read(async connection =>
    {
        var sent = options.SelectMany(option => option.Remedies).Where(remedy => remedy.Kind is RemedyKind.Replacement or RemedyKind.Substitute).ToList();
        if (sent.Count == 0)
            return null;
        var ordered = await connection.ExecuteScalarAsync<string?>(OrderedSql, new { number }) ?? "";
        List<string> gone = [];
        foreach (var key in sent.Select(remedy => Customers.KeyOf(remedy.Kind == RemedyKind.Replacement ? ordered : remedy.What)).Distinct())
        {
            if ((await connection.QueryAsync<Row>(StockSql, new { key })).FirstOrDefault() is { Pieces: 0 } none)
                gone.Add(none.Product);
        }

        return gone.Count == 0 ? null : $"None of “{string.Join("”, “", gone)}” is in stock: whoever chooses it would wait. Name a day by which there is one, or offer a repair, money or something different.";
    }, ct);

    /// <summary>Takes one piece.</summary>
    /// <exception cref="Refused"><c>out_of_stock</c>: none is left, and nobody wrote how there is one all the same.</exception>
    internal static async Task Take(Unit unit, long number, TakeGoods take)
    {
        var named = take.Kind == RemedyKind.Replacement ? await unit.Value<string?>(OrderedSql, new { number }) ?? "" : take.What;
        var values = new { key = Customers.KeyOf(named) };
        if (await unit.Run("update product_stock set pieces = pieces - 1 where product_key = @key and pieces > 0", values) == 0 && !take.IsExplained
            && await unit.Value<string?>("select product from product_stock where product_key = @key", values) is { } product)
            throw new Refused("out_of_stock", $"None of “{product}” is left, as the shop said last. Write in the note how there is one all the same, such as ordered for Friday; or agree on something else with the customer.");
    }

    private sealed class Row
    {
        public string Product { get; init; } = "";
        public int Pieces { get; init; }
        public long ToldAt { get; init; }

        public StockedProduct Read() => new(Product, Pieces, DateTimeOffset.FromUnixTimeMilliseconds(ToldAt));
    }
}

/// <summary>How much is there of a product, and when the shop said so.</summary>
public sealed record StockedProduct(string Product, int Pieces, DateTimeOffset ToldAt);
