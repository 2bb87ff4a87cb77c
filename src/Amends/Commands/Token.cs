using System.Globalization;
using Amends.Data;
using Amends.Domain;
using Amends.Features.Api;

namespace Amends.Commands;

/// <summary><c>amends token …</c>: which programs may use the JSON interface.</summary>
public static class Token
{
    /// <summary><c>token list</c>.</summary>
    public static Task<int> List(CommandLine line) => With(line, async tokens =>
    {
        foreach (var each in await tokens.List())
            Console.WriteLine($"{each.Id,-6} {(each.RevokedAt is null ? "works" : "revoked"),-8} {Day(each.MadeAt),-11} {(each.UsedAt is { } used ? "used " + Day(used) : "never used"),-16} {each.Name}{(each.Person is { } person ? $", for {person}" : "")} ({each.Scopes})");
        return 0;
    });

    /// <summary><c>token add NAME --scopes A,B [--as EMAIL]</c>: prints the token, once.</summary>
    public static Task<int> Add(CommandLine line) => With(line, async tokens =>
    {
        if (line.Args is not [var name, ..] || name.StartsWith("--", StringComparison.Ordinal) || line.Option("--scopes") is not { } scopes)
            return CommandLine.Wrong;
        var email = line.Option("--as");
        if (email is null && line.Has("--as"))
            return CommandLine.Wrong;
        var person = email is null ? null : (await tokens.People()).FirstOrDefault(each => Customers.KeyOf(each.Email) == Customers.KeyOf(email))
            ?? throw new Refused("acts_as", $"Nobody who handles cases here has the address {email}; amends user list shows everybody.");
        var token = await tokens.Make(name, scopes.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries), 0, person?.Id);
        Console.WriteLine($"The token of {name}{(person is null ? "" : $", which acts for {person.Name}")}. Keep it where the program finds it; it is not shown again.\n{token}");
        return 0;
    });

    /// <summary><c>token revoke NUMBER</c>, with the number that <c>token list</c> shows.</summary>
    public static Task<int> Revoke(CommandLine line) => With(line, async tokens =>
    {
        if (line.Args is not [var word] || !long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return CommandLine.Wrong;
        if (!await tokens.Revoke(id))
            throw new Refused("token", $"No token that works has the number {id}; amends token list shows them.");
        Console.WriteLine($"Token {id} does not work any more.");
        return 0;
    });

    private static async Task<int> With(CommandLine line, Func<ApiTokens, Task<int>> what)
    {
        await using var database = Database.Open(line.Surroundings.Database, line.Surroundings.DatabasePassword);
        await new Migrator(database).Run();
        return await what(new ApiTokens(database, TimeProvider.System));
    }

    private static string Day(long at) => DateTimeOffset.FromUnixTimeMilliseconds(at).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
