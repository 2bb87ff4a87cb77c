using System.Globalization;
using Amends.Domain.Cases;
using Amends.Domain.Language;
using Dapper;

namespace Amends.Data;

/// <summary>A case that may be told to learn from, with what is known of its people so that none is named. Reads only.</summary>
/// <param name="State">The case.</param>
/// <param name="Customer">Names of the customer and of whoever speaks for them.</param>
/// <param name="Known">All that is known of its people.</param>
public sealed record LearnSource(CaseState State, IReadOnlyList<string> Customer, KnownPersonal Known)
{
    private const int Most = 500;

    /// <summary>Loads it; <c>null</c> when there is no such case.</summary>
    public static Task<LearnSource?> Load(Database database, long number, CancellationToken ct) => database.Read(async connection =>
    {
        using var all = await connection.QueryMultipleAsync(
            $"""
            select state from cases where number = @number;
            select u.name from cases c join customers u on u.id = c.customer_id where c.number = @number;
            select distinct author_name from messages where case_number = @number and automatic = 0 and direction = 1 limit {Most};
            select name from people order by id limit {Most};
            select o.number from cases c join orders o on o.customer_id = c.customer_id where c.number = @number limit {Most};
            select u.place from cases c join customers u on u.id = c.customer_id where c.number = @number and u.place is not null
            """, new { number });
        var document = await all.ReadSingleOrDefaultAsync<string>();
        var (theirs, ours) = ((await all.ReadAsync<string>()).Concat(await all.ReadAsync<string>()).ToList(), (await all.ReadAsync<string>()).AsList());
        var (orders, places) = ((await all.ReadAsync<string>()).AsList(), (await all.ReadAsync<string>()).AsList());
        if (document is null)
            return null;
        var state = CaseJson.State(document);
        string?[] more = [state.CustomerName, state.PreferredName, state.GreetingName, state.Representative?.Name];
        List<string> customer = [.. theirs.Concat(more.OfType<string>()).Where(name => name.Length > 0).Distinct()];
        return new LearnSource(state, customer, new KnownPersonal([.. customer.Concat(ours).Distinct()], [.. orders, number.ToString(CultureInfo.InvariantCulture)], places));
    }, ct);
}
