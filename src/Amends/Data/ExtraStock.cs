using Amends.Domain;
using Amends.Domain.Cases;
using Amends.Domain.People;
using Dapper;

namespace Amends.Data;

/// <summary>How much is left of what can be given on top. A piece is set aside with the offer that holds it, as money is, and never more than there are.</summary>
public static class ExtraStock
{
    /// <summary>The most that can be there.</summary>
    public const int Most = 1_000_000;

    /// <summary>What is left, by key; what nobody counts is not in it, and has no end.</summary>
    public static Task<IReadOnlyDictionary<string, int>> All(Database database, CancellationToken ct = default) => database.Read(async connection =>
        (IReadOnlyDictionary<string, int>)(await connection.QueryAsync<Row>("select item, pieces from extra_stock")).ToDictionary(row => row.Item, row => row.Pieces), ct);

    /// <summary>Says how much is there beside what is promised already.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="key">The entry.</param>
    /// <param name="pieces">How many; <c>null</c> when it is not counted any more.</param>
    /// <param name="by">Who counted.</param>
    /// <param name="now">Now.</param>
    public static async Task Set(Unit unit, string key, int? pieces, Actor by, DateTimeOffset now)
    {
        await MoneyDesk.TakeTurn(unit);
        var before = await unit.Value<int?>("select pieces from extra_stock where item = @key", new { key });
        if (before == pieces)
            return;
        if (pieces is null)
            await unit.Run("delete from extra_stock where item = @key", new { key });
        else
            await unit.Run("insert into extra_stock (item, pieces) values (@key, @pieces) on conflict (item) do update set pieces = @pieces", new { key, pieces });
        await MoneyDesk.Log(unit, by, now, "extra_stock", new { key, before, after = pieces });
    }

    /// <summary>Sets aside what an offer holds, in place of what the case had set aside before; whoever calls it has the turn.</summary>
    /// <exception cref="Refused"><c>extra_gone</c>: there are not so many.</exception>
    internal static async Task Hold(Unit unit, long number, GiveMoney give)
    {
        await GiveBack(unit, number, "(chosen = 0 or offer_id = @OfferId)", give.OfferId);
        foreach (var extra in give.Extras)
        {
            if (await unit.Run("update extra_stock set pieces = pieces - @Pieces where item = @Key and pieces >= @Pieces", extra) == 0)
            {
                if (await unit.Value<int?>("select pieces from extra_stock where item = @Key", extra) is { } left)
                    throw new Refused("extra_gone", left == 0 ? $"Nothing is left of “{extra.Name}”. Choose something else." : $"{left} of “{extra.Name}” are left, and these options need {extra.Pieces}.");
                continue; // nobody counts it
            }

            await unit.Run("insert into extras_held (case_number, offer_id, item, pieces, chosen) values (@number, @OfferId, @Key, @Pieces, @chosen)", new { number, give.OfferId, extra.Key, extra.Pieces, chosen = give.IsChosen ? 1 : 0 });
        }
    }

    /// <summary>What a case had set aside for the customer's answer is there again.</summary>
    internal static Task Free(Unit unit, long number) => GiveBack(unit, number, "chosen = 0", 0);

    private static async Task GiveBack(Unit unit, long number, string which, int offer)
    {
        var values = new { number, OfferId = offer };
        foreach (var row in await unit.List<Row>($"select item, sum(pieces) as pieces from extras_held where case_number = @number and {which} group by item", values))
            await unit.Run("update extra_stock set pieces = pieces + @Pieces where item = @Item", row);
        await unit.Run($"delete from extras_held where case_number = @number and {which}", values);
    }

    private sealed class Row
    {
        public string Item { get; init; } = "";
        public int Pieces { get; init; }
    }
}
