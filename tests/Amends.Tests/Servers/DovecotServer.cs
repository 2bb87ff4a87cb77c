using System.Diagnostics;

namespace Amends.Tests.Servers;

/// <summary>
/// A Dovecot of the test's own: any user name with <see cref="Password"/>, Maildir in a temporary folder, IMAP and LMTP
/// on free ports of the loopback address. Skips the test where Dovecot is not installed.
/// </summary>
public sealed class DovecotServer : IAsyncDisposable
{
    private const string Program = "/usr/sbin/dovecot";
    private const string Pop3Program = "/usr/lib/dovecot/pop3";
    private readonly string folder;
    private Process process;

    private DovecotServer(string folder, Process process, int imapPort, int lmtpPort, int pop3Port, int saslPort)
    {
        this.folder = folder;
        this.process = process;
        ImapPort = imapPort;
        LmtpPort = lmtpPort;
        Pop3Port = pop3Port;
        SaslPort = saslPort;
    }

    /// <summary>Everybody's password.</summary>
    public const string Password = "secret";

    /// <summary>Plain IMAP with STARTTLS when started with a certificate.</summary>
    public int ImapPort { get; }

    /// <summary>Plain POP3 where Debian's dovecot-pop3d is installed, otherwise 0.</summary>
    public int Pop3Port { get; }

    /// <summary>Where a Postfix asks who signs in; 0 unless tokens are good here.</summary>
    public int SaslPort { get; }

    /// <summary>Where a relay delivers.</summary>
    public int LmtpPort { get; }

    /// <summary>Postfix's transport for mail that goes into these mailboxes.</summary>
    public string Transport => $"lmtp:inet:127.0.0.1:{LmtpPort}";

    /// <summary>What Dovecot logged so far.</summary>
    public string Log => File.Exists(Path.Combine(folder, "log")) ? File.ReadAllText(Path.Combine(folder, "log")) : "";

    /// <summary>Starts one.</summary>
    /// <param name="certificatePem">With a certificate and its key, STARTTLS is offered.</param>
    /// <param name="keyPem">The key in PEM.</param>
    /// <param name="whoseTokenUrl">Where it asks whose an OAuth token is, which is then good in place of a password.</param>
    public static async Task<DovecotServer> Start(string? certificatePem = null, string? keyPem = null, string? whoseTokenUrl = null)
    {
        OwnProcess.Need(Program);
        for (var tries = 1; ; tries++)
        {
            var folder = OwnProcess.Folder("dovecot");
            var (imap, lmtp, pop3) = (OwnProcess.FreePort(), OwnProcess.FreePort(), File.Exists(Pop3Program) ? OwnProcess.FreePort() : 0);
            var sasl = whoseTokenUrl is null ? 0 : OwnProcess.FreePort();
            foreach (var name in (string[])["run", "state", "mail"]) Directory.CreateDirectory(Path.Combine(folder, name));
            OwnProcess.Run("/bin/chown", "mail:mail", Path.Combine(folder, "mail"));
            if (certificatePem is not null)
            {
                await File.WriteAllTextAsync(Path.Combine(folder, "cert.pem"), certificatePem);
                await File.WriteAllTextAsync(Path.Combine(folder, "key.pem"), keyPem);
            }
            await File.WriteAllTextAsync(Path.Combine(folder, "conf"), Configuration(folder, imap, lmtp, pop3, certificatePem is not null, sasl));
            if (whoseTokenUrl is not null)
                await File.WriteAllTextAsync(Path.Combine(folder, "tokens"), $"tokeninfo_url = {whoseTokenUrl}\nusername_attribute = email\n");
            var process = OwnProcess.Start(Program, "-F", "-c", Path.Combine(folder, "conf"));
            if (await OwnProcess.Listening(process, imap, lmtp)) return new DovecotServer(folder, process, imap, lmtp, pop3, sasl);
            var log = File.Exists(Path.Combine(folder, "log")) ? await File.ReadAllTextAsync(Path.Combine(folder, "log")) : "";
            if (process.HasExited) log += await process.StandardError.ReadToEndAsync();
            await OwnProcess.End(process, folder);
            if (tries == 3) throw new InvalidOperationException("Dovecot did not start: " + log);
        }
    }

    /// <summary>The Maildir of a user's inbox.</summary>
    public string Maildir(string user) => Path.Combine(folder, "mail", user);

    /// <summary>Puts a mail straight into a user's inbox, as the maildir rules say: whole and with its owner before it has a name in <c>new</c>.</summary>
    public void Deliver(string user, byte[] mail)
    {
        var folders = Folders(user);
        var name = $"{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}.{Guid.NewGuid():N}.test";
        var file = Path.Combine(folders[0], name);
        File.WriteAllBytes(file, mail);
        OwnProcess.Run("/bin/chown", "mail:mail", file);
        File.Move(file, Path.Combine(folders[1], name));
    }

    /// <summary>Puts many mails into a user's inbox that came a month ago, before anybody has opened it.</summary>
    public void DeliverOld(string user, IEnumerable<byte[]> mails)
    {
        var folders = Folders(user);
        foreach (var (number, mail) in mails.Index())
        {
            var file = Path.Combine(folders[1], $"{1_700_000_000 + number}.{number}.test");
            File.WriteAllBytes(file, mail);
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddDays(-30));
        }

        OwnProcess.Run("/bin/chown", "-R", "mail:mail", folders[1]);
    }

    /// <summary>The folders <c>tmp</c>, <c>new</c> and <c>cur</c> of a user. Dovecot may be at work here: nothing of its own is touched, and nothing is there that it may not write.</summary>
    private string[] Folders(string user)
    {
        var folders = Array.ConvertAll(["tmp", "new", "cur"], name => Path.Combine(Maildir(user), name));
        if (!Array.TrueForAll(folders, Directory.Exists))
            OwnProcess.Run("/usr/bin/setpriv", ["--reuid=mail", "--regid=mail", "--clear-groups", "/bin/mkdir", "-p", .. folders]);
        return folders;
    }

    /// <summary>Kills it like a power cut and starts it again on the same folder and ports.</summary>
    /// <param name="forgetUids">Also drops the UID list, so that the mailboxes get a new UIDVALIDITY.</param>
    public async Task Restart(bool forgetUids = false)
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        // Its children die a moment later, and until then they hold the ports and write their lists.
        if (!await OwnProcess.Closed(ImapPort, LmtpPort)) throw new InvalidOperationException("Dovecot still listens after it was killed: " + Log);
        if (forgetUids)
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(folder, "mail"), "dovecot*", SearchOption.AllDirectories)) File.Delete(file);
        }
        process = OwnProcess.Start(Program, "-F", "-c", Path.Combine(folder, "conf"));
        if (!await OwnProcess.Listening(process, ImapPort, LmtpPort)) throw new InvalidOperationException("Dovecot did not start again: " + Log);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await OwnProcess.End(process, folder);

    private static string Configuration(string folder, int imap, int lmtp, int pop3, bool tls, int sasl) => $$"""
        base_dir = {{folder}}/run
        state_dir = {{folder}}/state
        log_path = {{folder}}/log
        instance_name = {{Path.GetFileName(folder)}}
        protocols = imap lmtp{{(pop3 > 0 ? " pop3" : "")}}
        listen = 127.0.0.1
        disable_plaintext_auth = no
        auth_failure_delay = 0
        auth_mechanisms = plain login{{(sasl > 0 ? " xoauth2 oauthbearer" : "")}}
        first_valid_uid = 1
        mail_location = maildir:{{folder}}/mail/%n
        lda_mailbox_autocreate = yes
        mail_max_userip_connections = 100
        {{(tls ? $"ssl = yes\nssl_cert = <{folder}/cert.pem\nssl_key = <{folder}/key.pem\nssl_dh =" : "ssl = no")}}
        {{(sasl > 0 ? $"passdb {{\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n  args = {folder}/tokens\n}}\nservice auth {{\n  inet_listener {{\n    port = {sasl}\n  }}\n}}" : "")}}
        passdb {
          driver = static
          args = password={{Password}}
        }
        userdb {
          driver = static
          args = uid=mail gid=mail home={{folder}}/mail/%n allow_all_users=yes
        }
        namespace inbox {
          inbox = yes
        }
        service anvil {
          unix_listener anvil-auth-penalty {
            mode = 0
          }
        }
        service imap-login {
          chroot =
          inet_listener imap {
            port = {{imap}}
          }
          inet_listener imaps {
            port = 0
          }
        }
        {{(pop3 > 0 ? $"service pop3-login {{\n  chroot =\n  inet_listener pop3 {{\n    port = {pop3}\n  }}\n  inet_listener pop3s {{\n    port = 0\n  }}\n}}" : "")}}
        service lmtp {
          inet_listener lmtp {
            address = 127.0.0.1
            port = {{lmtp}}
          }
        }

        """;
}
