using Amends.Data;
using Amends.Mail.Imap;
using Amends.Mail.Pop3;
using Amends.Mail.Wire;
using Amends.Web;
using Dapper;

namespace Amends.Channels.Email;

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
    /// <param name="start">
    /// What becomes of the mail it holds; <c>null</c> takes all of a new one and leaves a known one as it was. "From now on" is
    /// for a mailbox that was not read yet; "all" fetches what was left in one that was.
    /// </param>
    public async Task<long> Save(Mailbox box, string? password, MailboxStart? start = null)
    {
        var key = Customers.KeyOf(box.Address);
        var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var id = await database.Write(async unit =>
        {
            if (await unit.Value<long?>(
                "select id from mailboxes where address_key = @key and host is not null and not (host = @Host and port = @Port and username = @Username and folder = @Folder and protocol = @Protocol)",
                new { key, Host = box.Host ?? "", box.Port, box.Username, box.Folder, box.Protocol }) is { } changed)
                await Forget(unit, changed);
            var saved = await unit.Value<long>(
                """
                insert into mailboxes (name, address, address_key, protocol, host, port, security, username, password, grant_id, folder, move_to, keep_on_server, active, created_at)
                values (@Name, @Address, @key, @Protocol, @Host, @Port, @Security, @Username, @sealedPassword, @GrantId, @Folder, @MoveTo, @keep, @active, @now)
                on conflict (address_key) do update set name = excluded.name, protocol = excluded.protocol, host = excluded.host, port = excluded.port, security = excluded.security,
                    username = excluded.username, password = coalesce(excluded.password, mailboxes.password), grant_id = excluded.grant_id, folder = excluded.folder,
                    move_to = excluded.move_to, keep_on_server = excluded.keep_on_server, active = excluded.active, error = null, failing_since = null
                returning id
                """,
                new
                {
                    box.Name, Address = box.Address.Trim(), key, box.Protocol, box.Host, box.Port, box.Security, box.Username, box.GrantId, box.Folder, box.MoveTo, keep = box.KeepOnServer ? 1 : 0,
                    sealedPassword = password is null ? null : secrets.Seal(password, Purpose), active = box.Active ? 1 : 0, now,
                });
            if (start is { FromNow: true })
                await unit.Run("update mailboxes set start_at = @now, start_mark = @Mark where id = @saved and start_at is null and checked_at is null", new { saved, now, start.Mark });
            else if (start is not null && await unit.Run("update mailboxes set start_at = null, start_mark = null, reconciled_at = null, compared_modseq = 0 where id = @saved and start_at is not null", new { saved }) == 1)
                await unit.Run("delete from mail_ignored where mailbox_id = @saved", new { saved });
            return saved;
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
        await unit.Run("update intake set entry_key = @past || entry_key where mailbox_id = @id and entry_key like 'pop3:%'", new { id, past });
        await unit.Run("delete from mail_ignored where mailbox_id = @id", new { id });
        await unit.Run("update mailboxes set uid_validity = 0, last_uid = 0, unaccounted = 0, reconciled_at = null, checked_at = null, start_at = null, start_mark = null, compared_modseq = 0 where id = @id", new { id });
        await unit.Run("update leases set until = 0, epoch = epoch + 1 where name = @name", new { name = LeaseOf(id) });
    }

    /// <summary>The name of the lease on a mailbox.</summary>
    internal static string LeaseOf(long id) => $"mailbox {id}";

    /// <summary>How to reach a mailbox's server.</summary>
    public ImapClientOptions OptionsOf(Mailbox box) => OptionsOf(box, PasswordOf(box));

    /// <summary>As above with a password in the clear, to try settings before they are saved.</summary>
    public static ImapClientOptions OptionsOf(Mailbox box, string password) => new()
    {
        Host = box.Host ?? "",
        Port = box.Port,
        User = box.Username,
        Password = password,
        Security = SecurityOf(box),
        AllowPlainCredentials = box.Security == "none",
    };

    /// <summary>As <see cref="OptionsOf(Mailbox, string)"/>, for a mailbox that is read by POP3.</summary>
    public static Pop3ClientOptions Pop3OptionsOf(Mailbox box, string password) => new()
    {
        Host = box.Host ?? "",
        Port = box.Port,
        User = box.Username,
        Password = password,
        Security = SecurityOf(box),
        AllowPlainCredentials = box.Security == "none",
    };

    /// <summary>The password of a mailbox in the clear; empty when it has none.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The key file is another.</exception>
    public string PasswordOf(Mailbox box) => box.Password is { } password ? secrets.Open(password, Purpose) : "";

    private static MailboxSecurity SecurityOf(Mailbox box) => box.Security switch { "none" => MailboxSecurity.None, "starttls" => MailboxSecurity.StartTls, _ => MailboxSecurity.Tls };

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
