using Amends.Data;
using Amends.Domain.People;
using Microsoft.AspNetCore.Identity;

namespace Amends.Features.Demo;

/// <summary>The people of the demo company. They do not exist; all of them sign in with <see cref="Password"/>.</summary>
public static class DemoPeople
{
    /// <summary>The password of every demo person; only a demo company has them.</summary>
    public const string Password = "put-it-right";

    /// <summary>Address and role of each, in the order in which they are printed.</summary>
    public static IReadOnlyList<(string Name, string Email, Role Role, string What)> All { get; } =
    [
        ("Hanna Fischer", "hanna@northwind-home.example", Role.Agent, "agent"),
        ("Jo Walsh", "jo@northwind-home.example", Role.Agent, "agent"),
        ("Sami Haddad", "sami@northwind-home.example", Role.Agent, "agent"),
        ("Lea Moreau", "lea@northwind-home.example", Role.Lead, "lead: approves up to 250"),
        ("Marta Kovač", "marta@northwind-home.example", Role.Manager, "manager"),
        ("Owen Price", "owen@northwind-home.example", Role.Owner, "owner: everything"),
    ];

    /// <summary>Adds them; returns them as actors.</summary>
    public static async Task<IReadOnlyList<Actor>> Add(Unit unit, DateTimeOffset at)
    {
        var hash = new PasswordHasher<object>().HashPassword(new object(), Password);
        var people = new List<Actor>();
        foreach (var (name, email, role, _) in All)
        {
            var id = await unit.Value<long>(
                "insert into people (name, email, email_key, role, password_hash, created_at) values (@name, @email, @key, @role, @hash, @at) returning id",
                new { name, email, key = Customers.KeyOf(email), role = (int)role, hash, at = at.ToUnixTimeMilliseconds() });
            people.Add(Actor.Person(id, name, role));
        }

        return people;
    }
}
