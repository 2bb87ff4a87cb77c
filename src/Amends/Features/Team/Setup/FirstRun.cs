using System.Security.Cryptography;
using Amends.Data;
using Amends.Domain;
using Amends.Domain.People;
using Amends.Features.Team.People;
using Amends.Web;
using Dapper;

namespace Amends.Features.Team.Setup;

/// <summary>
/// The very first start: nobody works here, so nobody can sign in. A code that only the console shows makes the owner's
/// account, so that whoever finds the page first is not the owner.
/// </summary>
public sealed class FirstRun(Database database, Staff staff)
{
    private const string Setting = "setup_code";
    private const string Letters = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"; // without 0 O 1 I

    /// <summary>Whether somebody works here.</summary>
    public Task<bool> IsOver(CancellationToken ct = default) =>
        database.Read(async connection => await connection.ExecuteScalarAsync<long>("select count(*) from people") > 0, ct);

    /// <summary>A new code; the one before it is void. Returns <c>null</c> when somebody works here already.</summary>
    public async Task<string?> NewCode()
    {
        if (await IsOver())
            return null;
        var code = string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(Letters, 5)));
        await database.Write(unit => StoredSettings.SetIn(unit, Setting, Stored(code)));
        return code;
    }

    /// <summary>Makes the owner's account with the code, which is then used up; returns the owner's id.</summary>
    /// <exception cref="Refused">The code is not right, or somebody was faster.</exception>
    public async Task<long> MakeOwner(Unit unit, string code, string name, string email, string passwordHash)
    {
        var value = System.Text.Json.JsonSerializer.Serialize(Stored(code));
        if (await unit.Value<long>("select count(*) from people") > 0 || await unit.Run("delete from settings where name = @Setting and value = @value", new { Setting, value }) != 1)
            throw new Refused("code", "This is not the code. It is on the console of the newest start; start Amends again for a new one.");
        var id = await staff.Add(unit, name, email, Role.Owner);
        await staff.SetPassword(unit, id, passwordHash);
        return id;
    }

    private static string Stored(string code) => Convert.ToHexString(Tokens.HashOf(new string([.. code.ToUpperInvariant().Where(char.IsAsciiLetterOrDigit)])));
}
