using Amends.Data;
using Amends.Domain;
using Amends.Domain.People;
using Amends.Features.Team.SignIn;
using Amends.Web;
using Dapper;

namespace Amends.Features.Team.People;

/// <summary>Somebody who works here, as the list of people shows them.</summary>
public sealed class StaffMember
{
    public long Id { get; init; }
    public string Name { get; init; } = "";
    public string Email { get; init; } = "";
    public int RoleNumber { get; init; }
    public bool Active { get; init; }

    /// <summary>They accepted the invitation and set a password.</summary>
    public bool HasPassword { get; init; }

    /// <summary>The last time they were seen in a session that still lives, Unix milliseconds.</summary>
    public long? SeenAt { get; init; }
    public int OpenCases { get; init; }

    /// <summary>What they may do.</summary>
    public Role Role => (Role)RoleNumber;
}

/// <summary>Who works here: invitations, roles, new passwords. The page, the set-up and the console all use this.</summary>
public sealed class Staff(Database database, Sessions sessions, TimeProvider clock)
{
    private static readonly TimeSpan InvitationLife = TimeSpan.FromDays(7);
    private static readonly TimeSpan ResetLife = TimeSpan.FromHours(4);

    /// <summary>Everybody, those who left last.</summary>
    public async Task<IReadOnlyList<StaffMember>> List(CancellationToken ct = default) => (await database.Read(connection => connection.QueryAsync<StaffMember>(
        """
        select p.id, p.name, p.email, p.role as role_number, p.active, case when p.password_hash is null then 0 else 1 end as has_password,
            (select max(seen_at) from sessions s where s.person_id = p.id) as seen_at,
            (select count(*) from cases c where c.owner_id = p.id and c.closed_at is null) as open_cases
        from people p order by p.active desc, p.name, p.id
        """), ct)).AsList();

    /// <summary>Adds somebody, without a password.</summary>
    /// <param name="name">As customers read it.</param>
    /// <param name="email">Where they read mail; nobody else has it.</param>
    /// <param name="role">What they may do.</param>
    /// <param name="by">Who invites; 0 at the console.</param>
    /// <returns>The token of the invitation.</returns>
    /// <exception cref="Refused">The name or the address cannot be used.</exception>
    public Task<string> Invite(string name, string email, Role role, long by) => database.Write(async unit => await Link(unit, await Add(unit, name, email, role), by));

    /// <summary>As <see cref="Invite"/>, in the caller's unit of work and without an invitation; returns the person's id.</summary>
    public async Task<long> Add(Unit unit, string name, string email, Role role)
    {
        name = name.Trim();
        email = email.Trim();
        if (name.Length is 0 or > 120)
            throw new Refused("name", "Write the name as customers shall read it.");
        if (email.Length > 254 || email.Any(char.IsWhiteSpace) || email.Split('@') is not [{ Length: > 0 }, { Length: > 0 }])
            throw new Refused("email", "Write a mail address such as jo@example.com.");
        MustBeRole(role);
        return await unit.Value<long?>("insert into people (name, email, email_key, role, created_at) values (@name, @email, @key, @role, @now) on conflict do nothing returning id",
            new { name, email, key = Customers.KeyOf(email), role = (int)role, now = Now }) ?? throw new Refused("email", "Somebody here has this address already.");
    }

    /// <summary>A link for somebody to set a password by: the invitation while they have none. Links made before stop working.</summary>
    public Task<string> NewLink(long id, long by) => database.Write(async unit =>
        await unit.Value<int>("select count(*) from people where id = @id and active = 1", new { id }) == 1
            ? await Link(unit, id, by)
            : throw new Refused("inactive", "This person is not active. Let them in again first."));

    /// <summary>Changes what somebody may do; they sign in anew.</summary>
    public Task SetRole(long id, Role role) => database.Write(async unit =>
    {
        MustBeRole(role);
        await unit.Run("update people set role = @role where id = @id", new { id, role = (int)role });
        await MustHaveOwner(unit);
        await sessions.EndAllOf(unit, id);
    });

    /// <summary>Makes somebody an active owner, whatever they were: for the console, when no owner can sign in.</summary>
    public Task Recover(long id) => database.Write(async unit =>
    {
        await unit.Run("update people set role = @owner, active = 1 where id = @id", new { id, owner = (int)Role.Owner });
        await sessions.EndAllOf(unit, id);
    });

    /// <summary>Keeps somebody out, at once and everywhere, or lets them in again. Their name stays on what they did; what they kept for themselves is gone for good.</summary>
    public Task SetActive(long id, bool active) => database.Write(async unit =>
    {
        await unit.Run("update people set active = @active where id = @id", new { id, active = active ? 1 : 0 });
        await MustHaveOwner(unit);
        await sessions.EndAllOf(unit, id);
        await unit.Run("delete from one_time_links where person_id = @id", new { id });
        if (active)
            return;
        await PrivateEntries.Forget(unit, id);
        await ShiftSwaps.EndAllOf(unit, id, clock.GetUtcNow());
        // what acts for them ends with them, for good
        await unit.Run("update api_tokens set revoked_at = @Now where acts_as = @id and revoked_at is null", new { id, Now });
    });

    /// <summary>Whom a link was made for; <c>null</c> when it was used, is too old, or never was.</summary>
    public Task<StaffMember?> WhomFor(string token, CancellationToken ct = default) => database.Read(connection => connection.QuerySingleOrDefaultAsync<StaffMember>(
        """
        select p.id, p.name, p.email, p.role as role_number, p.active, case when p.password_hash is null then 0 else 1 end as has_password
        from one_time_links l join people p on p.id = l.person_id where l.token_hash = @hash and l.used_at is null and l.expires_at > @Now and p.active = 1
        """, new { hash = Tokens.HashOf(token), Now }), ct);

    /// <summary>Uses a link up and sets the password; every session and lock of before ends. Returns the person's id.</summary>
    /// <exception cref="Refused">The link is used or too old.</exception>
    public async Task<long> UseLink(Unit unit, string token, string passwordHash)
    {
        var id = await unit.Value<long?>("update one_time_links set used_at = @Now where token_hash = @hash and used_at is null and expires_at > @Now returning person_id", new { hash = Tokens.HashOf(token), Now })
            ?? throw new Refused("old_link", "This link was used or is too old. Ask an owner of this desk for a new one.");
        await SetPassword(unit, id, passwordHash);
        return id;
    }

    /// <summary>Sets a password; every session (but one) and every lock of before ends.</summary>
    public async Task SetPassword(Unit unit, long id, string passwordHash, long keepSession = 0)
    {
        await unit.Run("update people set password_hash = @passwordHash where id = @id", new { id, passwordHash });
        await sessions.EndAllOf(unit, id, keepSession);
        await Tries.Forget(unit, await unit.Value<string>("select email from people where id = @id", new { id }) ?? "");
    }

    /// <summary>Somebody by their address, or <c>null</c>.</summary>
    public async Task<StaffMember?> Find(string email) => (await List()).FirstOrDefault(each => Customers.KeyOf(each.Email) == Customers.KeyOf(email));

    private async Task<string> Link(Unit unit, long id, long by)
    {
        var token = Tokens.New();
        var isNew = await unit.Value<string?>("select password_hash from people where id = @id", new { id }) is null;
        await unit.Run("delete from one_time_links where person_id = @id and used_at is null", new { id });
        await unit.Run("insert into one_time_links (token_hash, person_id, purpose, made_at, made_by, expires_at) values (@hash, @id, @purpose, @Now, @by, @until)",
            new { hash = Tokens.HashOf(token), id, purpose = isNew ? 1 : 2, Now, by, until = Now + (long)(isNew ? InvitationLife : ResetLife).TotalMilliseconds });
        return token;
    }

    private static void MustBeRole(Role role)
    {
        if (!Enum.IsDefined(role))
            throw new Refused("role", "A role is one of owner, manager, lead, agent, reader.");
    }

    private static async Task MustHaveOwner(Unit unit)
    {
        if (await unit.Value<int>("select count(*) from people where active = 1 and role = @owner", new { owner = (int)Role.Owner }) == 0)
            throw new Refused("last_owner", "Somebody has to be the owner. Make another person an owner first.");
    }

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();
}
