using Amends.Data;
using Amends.Mail.Imap;
using Amends.Web;
using Dapper;

namespace Amends.Channels.Email;

/// <summary>An address that mail comes in by: an account that is fetched, or, without a host, an address of our own listener.</summary>
public sealed record Mailbox
{
    /// <summary>Its id; 0 for a new one.</summary>
    public long Id { get; init; }

    /// <summary>As we call it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Mail to it is for us.</summary>
    public string Address { get; init; } = "";

    /// <summary>The IMAP server; <c>null</c> when our own listener takes its mail.</summary>
    public string? Host { get; init; }

    /// <summary>Usually 993 or 143.</summary>
    public int Port { get; init; } = 993;

    /// <summary><c>tls</c>, <c>starttls</c>, or <c>none</c> for a server on the same machine.</summary>
    public string Security { get; init; } = "tls";

    /// <summary>The user name there.</summary>
    public string Username { get; init; } = "";

    /// <summary>The password, sealed.</summary>
    public string? Password { get; init; }

    /// <summary>The folder that is read.</summary>
    public string Folder { get; init; } = "INBOX";

    /// <summary>Where a mail goes once it is stored; it stays, marked as seen, when <c>null</c>.</summary>
    public string? MoveTo { get; init; }

    /// <summary>Whether it is in use.</summary>
    public bool Active { get; init; } = true;

    /// <summary>What the server's UIDs are valid under; 0 before the first look.</summary>
    public long UidValidity { get; init; }

    /// <summary>The highest UID that is stored.</summary>
    public long LastUid { get; init; }

    /// <summary>The last look that went well, Unix milliseconds.</summary>
    public long? CheckedAt { get; init; }

    /// <summary>One sentence on what is wrong; <c>null</c> while all is well.</summary>
    public string? Error { get; init; }

    /// <summary>Since when it fails, Unix milliseconds.</summary>
    public long? FailingSince { get; init; }

    /// <summary>Mails on the server that are not stored, at the last reconciliation. Must be 0.</summary>
    public int Unaccounted { get; init; }

    /// <summary>When server and store were last compared, Unix milliseconds.</summary>
    public long? ReconciledAt { get; init; }
}

/// <summary>The mailboxes as they are set.</summary>
public sealed class Mailboxes(Database database, StoredSettings settings, Secrets secrets, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private (IReadOnlyList<Mailbox> List, long At)? _kept;

    /// <summary>What passwords are sealed for.</summary>
    private const string Purpose = "mailbox password";

    /// <summary>All of them, kept for two seconds.</summary>
    public async ValueTask<IReadOnlyList<Mailbox>> All(CancellationToken ct = default)
    {
        if (_kept is { } kept && clock.GetElapsedTime(kept.At) < Fresh)
            return kept.List;
        var list = (await database.Read(connection => connection.QueryAsync<Mailbox>("select * from mailboxes order by id"), ct)).AsList();
        _kept = (list, clock.GetTimestamp());
        return list;
    }

    /// <summary>
    /// Adds a mailbox; returns its id. One with the same address is changed instead; when it is another account or folder
    /// by that, its UIDs mean other mails, so it is read from the beginning and nobody's old mark or lease counts.
    /// </summary>
    /// <param name="box">The mailbox; its password field is not used.</param>
    /// <param name="password">The password, in the clear; <c>null</c> keeps the old one.</param>
    public async Task<long> Save(Mailbox box, string? password)
    {
        var key = Customers.KeyOf(box.Address);
        var id = await database.Write(async unit =>
        {
            if (await unit.Value<long?>(
                "select id from mailboxes where address_key = @key and host is not null and not (host = @Host and port = @Port and username = @Username and folder = @Folder)",
                new { key, Host = box.Host ?? "", box.Port, box.Username, box.Folder }) is { } changed)
                await Forget(unit, changed);
            return await unit.Value<long>(
                """
                insert into mailboxes (name, address, address_key, host, port, security, username, password, folder, move_to, active, created_at)
                values (@Name, @Address, @key, @Host, @Port, @Security, @Username, @sealedPassword, @Folder, @MoveTo, @active, @now)
                on conflict (address_key) do update set name = excluded.name, host = excluded.host, port = excluded.port, security = excluded.security,
                    username = excluded.username, password = coalesce(excluded.password, mailboxes.password), folder = excluded.folder,
                    move_to = excluded.move_to, active = excluded.active, error = null, failing_since = null
                returning id
                """,
                new
                {
                    box.Name, Address = box.Address.Trim(), key, box.Host, box.Port, box.Security, box.Username, box.Folder, box.MoveTo,
                    sealedPassword = password is null ? null : secrets.Seal(password, Purpose), active = box.Active ? 1 : 0, now = clock.GetUtcNow().ToUnixTimeMilliseconds(),
                });
        });
        _kept = null;
        return id;
    }

    /// <summary>Takes a mailbox into use, or out of use; it keeps its settings and its place in the server's folder.</summary>
    public async Task Switch(long id, bool on)
    {
        await database.Write(unit => unit.Run("update mailboxes set active = @active, error = null, failing_since = null where id = @id", new { id, active = on ? 1 : 0 }));
        _kept = null;
    }

    /// <summary>What was stored stays; only the UIDs under which it was found are no longer anybody's.</summary>
    private async Task Forget(Unit unit, long id)
    {
        var past = $"imap:{id}:until {clock.GetUtcNow().ToUnixTimeMilliseconds()}:";
        await unit.Run("update intake set entry_key = @past || uid_validity || ':' || uid, uid_validity = -uid_validity where mailbox_id = @id and uid_validity > 0", new { id, past });
        await unit.Run("update mailboxes set uid_validity = 0, last_uid = 0, unaccounted = 0, reconciled_at = null where id = @id", new { id });
        await unit.Run("update leases set until = 0, epoch = epoch + 1 where name = @name", new { name = LeaseOf(id) });
    }

    /// <summary>The name of the lease on a mailbox.</summary>
    internal static string LeaseOf(long id) => $"mailbox {id}";

    /// <summary>How to reach a mailbox's server.</summary>
    public ImapClientOptions OptionsOf(Mailbox box) => OptionsOf(box, box.Password is { } password ? secrets.Open(password, Purpose) : "");

    /// <summary>As above with a password in the clear, to try settings before they are saved.</summary>
    public static ImapClientOptions OptionsOf(Mailbox box, string password) => new()
    {
        Host = box.Host ?? "",
        Port = box.Port,
        User = box.Username,
        Password = password,
        Security = box.Security switch { "none" => ImapSecurity.None, "starttls" => ImapSecurity.StartTls, _ => ImapSecurity.Tls },
        AllowPlainCredentials = box.Security == "none",
    };

    /// <summary>Signs in and opens the folder, to tell whether the settings work.</summary>
    /// <returns><c>null</c> when they do, otherwise one sentence on what is wrong.</returns>
    public static async Task<string?> Test(Mailbox box, string password, CancellationToken ct)
    {
        try
        {
            await using var client = await ImapClient.Connect(OptionsOf(box, password), ct);
            await client.Examine(box.Folder, ct);
            return null;
        }
        catch (ImapFailure failure)
        {
            return failure.Message;
        }
    }

    /// <summary>Whether mail to this address is for us, with or without a part after a plus sign.</summary>
    public async ValueTask<bool> Takes(string address, CancellationToken ct)
    {
        var bare = Bare(address);
        return Is((await settings.Company(ct)).MailFrom) || (await All(ct)).Any(box => box.Active && Is(box.Address));

        bool Is(string ours) => bare.Equals(ours, StringComparison.OrdinalIgnoreCase) || address.Equals(ours, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The address without the part after a plus sign.</summary>
    public static string Bare(string address)
    {
        var end = address.LastIndexOf('@');
        var plus = address.IndexOf('+');
        return plus > 0 && plus < end ? address[..plus] + address[end..] : address;
    }
}
