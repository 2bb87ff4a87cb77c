using Amends.Domain.People;
using Dapper;

namespace Amends.Data;

/// <summary>Those of us who handle cases: active, and more than readers.</summary>
public static class Colleagues
{
    private const string Select = "select id, name, role as role_number, email from people where active = 1 and role > 0";

    /// <summary>All of them, by name.</summary>
    public static Task<IReadOnlyList<Colleague>> All(Database database, CancellationToken ct = default) => database.Read(async connection =>
        (IReadOnlyList<Colleague>)(await connection.QueryAsync<Colleague>(Select + " order by name, id")).AsList(), ct);

    /// <summary>One of them; <c>null</c> when nobody of these has the id.</summary>
    public static Task<Colleague?> Find(Database database, long id) => database.Read(connection => connection.QuerySingleOrDefaultAsync<Colleague>(Select + " and id = @id", new { id }));

    /// <summary>As above, in a unit of work; <c>null</c> when nobody of these has the id.</summary>
    public static Task<Colleague?> Find(Unit unit, long id) => unit.One<Colleague>(Select + " and id = @id", new { id });
}

/// <summary>Somebody who handles cases.</summary>
public sealed class Colleague
{
    public long Id { get; init; }
    public string Name { get; init; } = "";
    public string Email { get; init; } = "";
    public int RoleNumber { get; init; }

    /// <summary>As a case's log names them.</summary>
    public Actor Actor => Actor.Person(Id, Name, (Role)RoleNumber);
}
