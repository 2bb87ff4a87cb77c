using System.Globalization;
using System.Text.Json;

namespace Amends.Data;

/// <summary>What a customer who stays gets of the one who joins, where they have nothing themselves; and how that goes away again.</summary>
internal static class CustomerGaps
{
    private static readonly string[] Gaps = ["phone", "language", "place", "preferred_name", "preferred_channel", "support", "support_words", "support_agreed_at", "representative"];

    /// <summary>Fills what the one who stays lacks, and notes what was there before.</summary>
    public static async Task Fill(Unit unit, long merge, HeldCustomer stays, HeldCustomer joins)
    {
        var (mine, other) = (stays.Values, joins.Values);
        var filled = new Dictionary<string, string?>();
        foreach (var gap in Gaps.Where(gap => mine[gap] is null && other[gap] is not null && (!gap.StartsWith("support", StringComparison.Ordinal) || mine["support"] is null)))
        {
            await unit.Run($"update customers set {gap} = (select o.{gap} from customers o where o.id = @from) where id = @into", new { from = joins.Id, into = stays.Id });
            filled[gap] = null;
        }

        if (joins.Since < stays.Since)
        {
            await unit.Run("update customers set since = @Since where id = @into", new { joins.Since, into = stays.Id });
            filled["since"] = stays.Since.ToString(CultureInfo.InvariantCulture);
        }

        await unit.Run("update customer_merges set filled = @filled where id = @merge", new { merge, filled = JsonSerializer.Serialize(filled) });
    }

    /// <summary>What was filled in from the one who leaves is empty again, unless somebody changed it since.</summary>
    public static async Task Empty(Unit unit, string filled, long stays, long leaves)
    {
        foreach (var (gap, before) in JsonSerializer.Deserialize<Dictionary<string, string?>>(filled)!)
        {
            if (gap == "since")
                await unit.Run("update customers set since = @before where id = @stays and since = (select o.since from customers o where o.id = @leaves)", new { stays, leaves, before = long.Parse(before!, CultureInfo.InvariantCulture) });
            else if (Gaps.Contains(gap))
                await unit.Run($"update customers set {gap} = null where id = @stays and {gap} = (select o.{gap} from customers o where o.id = @leaves)", new { stays, leaves });
        }
    }
}

/// <summary>A customer as they are held.</summary>
internal sealed class HeldCustomer : CareRow
{
    public long Id { get; init; }
    public string Name { get; init; } = "";
    public long Since { get; init; }
    public long? MergedInto { get; init; }
    public string? Phone { get; init; }
    public string? Language { get; init; }
    public string? Place { get; init; }
    public long? SupportAgreedAt { get; init; }

    public IReadOnlyDictionary<string, object?> Values => new Dictionary<string, object?>
    {
        ["phone"] = Phone, ["language"] = Language, ["place"] = Place, ["preferred_name"] = PreferredName, ["preferred_channel"] = PreferredChannel, ["support"] = Support,
        ["support_words"] = SupportWords, ["support_agreed_at"] = SupportAgreedAt, ["representative"] = Representative,
    };
}
