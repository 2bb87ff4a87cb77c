using Amends.Data;

namespace Amends.Channels.Email;

/// <summary>
/// The caps on automatic answers, which end every loop of machines: one for a sender and case, five an hour for a sender,
/// a hundred an hour for a domain (RFC 3834 §2 leaves the numbers to us).
/// </summary>
internal static class AutomaticAnswers
{
    private const int MostForSender = 5, MostForDomain = 100;

    private static string MayAnswer(string others = "") =>
        $"""
        (select count(*) from automatic_answers where address_key = @key and at > @since{others}) < {MostForSender}
            and (select count(*) from automatic_answers where domain = @domain and at > @since{others}) < {MostForDomain}
            and not exists (select 1 from automatic_answers where address_key = @key and case_number = @number{others})
        """;

    /// <summary>Notes one more answer; <c>false</c> when a cap is reached and nothing may be sent.</summary>
    public static async Task<bool> Allow(Unit unit, string address, long number, DateTimeOffset at)
    {
        var values = new { key = Customers.KeyOf(address), domain = address[(address.LastIndexOf('@') + 1)..].ToUpperInvariant(), number, at = Ms(at), since = Ms(at.AddHours(-1)) };
        if (unit.IsPostgres)
            return await unit.Run($"insert into automatic_answers (address_key, domain, case_number, at) select @key, @domain, @number, @at where {MayAnswer()}", values) == 1;
        // SQLite makes a table of its own for what it adds to a table that it reads. It is noted first and taken back if it was one too
        // many: noting and counting go there together, so that no unit beside this one comes between.
        var id = await unit.Insert("automatic_answers.id", "address_key, domain, case_number, at", "@key, @domain, @number, @at", values);
        if (await unit.Value<long>($"select {MayAnswer(" and id <> @id")}", new { values.key, values.domain, values.number, values.since, id }) == 1)
            return true;
        await unit.Put("delete from automatic_answers where id = @id", new { id });
        return false;
    }

    private static long Ms(DateTimeOffset at) => at.ToUnixTimeMilliseconds();
}
