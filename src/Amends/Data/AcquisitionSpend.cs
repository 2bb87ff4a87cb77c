using Dapper;

namespace Amends.Data;

/// <summary>What was spent on finding customers, month by month, as the company tells it.</summary>
public static class AcquisitionSpend
{
    /// <summary>The most minor units and new customers of a month.</summary>
    public const long MostMinor = 1_000_000_000_000, MostCustomers = 10_000_000;

    /// <summary>Takes what a month cost; a month that is known is brought up to date.</summary>
    /// <param name="unit">The unit of work.</param>
    /// <param name="month">The month.</param>
    /// <param name="now">Now.</param>
    /// <returns>Whether it is a month that nobody told of before.</returns>
    public static async Task<bool> Put(Unit unit, SpendMonth month, DateTimeOffset now)
    {
        var values = new { month.Month, month.Minor, month.Currency, month.NewCustomers, at = now.ToUnixTimeMilliseconds() };
        if (await unit.Run("update acquisition_spend set minor = @Minor, currency = @Currency, new_customers = @NewCustomers, told_at = @at where month = @Month", values) > 0)
            return false;
        await unit.Run("insert into acquisition_spend (month, minor, currency, new_customers, told_at) values (@Month, @Minor, @Currency, @NewCustomers, @at)", values);
        return true;
    }

    /// <summary>The months, the newest first.</summary>
    public static Task<IReadOnlyList<SpendMonth>> Newest(Database database, int most, CancellationToken ct) => database.Read(async connection =>
        (IReadOnlyList<SpendMonth>)(await connection.QueryAsync<SpendMonth>("select month, minor, currency, new_customers from acquisition_spend order by month desc limit @most", new { most })).AsList(), ct);

    /// <summary>A month as it is typed or sent, as the database has it; <c>null</c> when it is none.</summary>
    public static string? MonthOf(string? text) =>
        DateOnly.TryParseExact(text?.Trim(), ["yyyy-MM", "yyyy-MM-dd"], System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var day) && day.Year is >= 2000 and < 2100 ? day.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture) : null;
}

/// <summary>What a month cost, and how many came.</summary>
public sealed record SpendMonth
{
    /// <summary>2026-03.</summary>
    public string Month { get; init; } = "";

    /// <summary>Spent, minor units.</summary>
    public long Minor { get; init; }

    /// <summary>Of which money.</summary>
    public string Currency { get; init; } = "";

    /// <summary>New customers of that month.</summary>
    public int NewCustomers { get; init; }
}
