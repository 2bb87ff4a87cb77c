using System.Diagnostics;

namespace Amends.Tests.Servers;

/// <summary>
/// A Postfix of the test's own: takes mail from the loopback address on a free port and relays each domain where it is
/// told. Own configuration, queue and log in a temporary folder. Skips the test where Postfix is not installed.
/// </summary>
public sealed class PostfixServer : IAsyncDisposable
{
    private const string Program = "/usr/lib/postfix/sbin/master";
    private readonly string folder;
    private Process process;

    private PostfixServer(string folder, Process process, int port)
    {
        this.folder = folder;
        this.process = process;
        Port = port;
    }

    /// <summary>Where it takes mail.</summary>
    public int Port { get; }

    /// <summary>What Postfix logged so far.</summary>
    public string Log => File.Exists(Path.Combine(folder, "log")) ? File.ReadAllText(Path.Combine(folder, "log")) : "";

    /// <summary>How many mails wait in its queue.</summary>
    public int Queued => ((string[])["incoming", "active", "deferred"]).Sum(queue => Directory.EnumerateFiles(Path.Combine(folder, "queue", queue), "*", SearchOption.AllDirectories).Count());

    /// <summary>The transport for a domain whose mail goes to an SMTP listener on this machine.</summary>
    public static string ToSmtp(int port) => $"smtp:[127.0.0.1]:{port}";

    /// <summary>The transport for a domain whose mail goes to an LMTP listener on this machine.</summary>
    public static string ToLmtp(int port) => $"lmtp:inet:127.0.0.1:{port}";

    /// <summary>Starts one.</summary>
    /// <param name="routes">Domain to transport: <see cref="ToSmtp"/> or <see cref="DovecotServer.Transport"/>. All other mail is refused.</param>
    /// <param name="certificatePem">With a certificate and its key, STARTTLS is offered to senders.</param>
    /// <param name="keyPem">The key in PEM.</param>
    /// <param name="saslPort">With <see cref="DovecotServer.SaslPort"/>, only who signs in there may send.</param>
    public static async Task<PostfixServer> Start(IReadOnlyDictionary<string, string> routes, string? certificatePem = null, string? keyPem = null, int saslPort = 0)
    {
        OwnProcess.Need(Program);
        for (var tries = 1; ; tries++)
        {
            var folder = OwnProcess.Folder("postfix");
            var port = OwnProcess.FreePort();
            await Lay(folder, port, routes, certificatePem, keyPem, saslPort);
            var process = OwnProcess.Start(Program, "-c", Path.Combine(folder, "conf"));
            if (await OwnProcess.Listening(process, port)) return new PostfixServer(folder, process, port);
            var log = File.Exists(Path.Combine(folder, "log")) ? await File.ReadAllTextAsync(Path.Combine(folder, "log")) : "no log";
            await OwnProcess.End(process, folder);
            if (tries == 3) throw new InvalidOperationException("Postfix did not start: " + log);
        }
    }

    /// <summary>Kills it like a power cut and starts it again on the same queue and port.</summary>
    public async Task Restart()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        // Its children die a moment later, and until then they hold the port.
        if (!await OwnProcess.Closed(Port)) throw new InvalidOperationException("Postfix still listens after it was killed: " + Log);
        process = OwnProcess.Start(Program, "-c", Path.Combine(folder, "conf"));
        if (!await OwnProcess.Listening(process, Port)) throw new InvalidOperationException("Postfix did not start again: " + Log);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await OwnProcess.End(process, folder);

    private static async Task Lay(string folder, int port, IReadOnlyDictionary<string, string> routes, string? certificatePem, string? keyPem, int saslPort)
    {
        var conf = Path.Combine(folder, "conf");
        var queue = Path.Combine(folder, "queue");
        string[] own = ["active", "bounce", "corrupt", "defer", "deferred", "flush", "hold", "incoming", "maildrop", "private", "public", "saved", "trace"];
        foreach (var name in (string[])[.. own, "pid"]) Directory.CreateDirectory(Path.Combine(queue, name));
        Directory.CreateDirectory(conf);
        Directory.CreateDirectory(Path.Combine(folder, "data"));
        OwnProcess.Run("/bin/chown", ["postfix", Path.Combine(folder, "data"), .. own.Select(name => Path.Combine(queue, name))]);
        var more = "";
        if (certificatePem is not null)
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "cert.pem"), certificatePem);
            await File.WriteAllTextAsync(Path.Combine(folder, "key.pem"), keyPem);
            more = $"smtpd_tls_security_level = may\nsmtpd_tls_cert_file = {folder}/cert.pem\nsmtpd_tls_key_file = {folder}/key.pem\n";
        }
        if (saslPort > 0)
            more += $"smtpd_sasl_auth_enable = yes\nsmtpd_sasl_type = dovecot\nsmtpd_sasl_path = inet:127.0.0.1:{saslPort}\nsmtpd_client_restrictions = permit_sasl_authenticated, reject\nsmtpd_delay_reject = yes\n";
        var inline = "inline:{ " + string.Join(", ", routes.Select(static route => "{" + route.Key + " = " + route.Value + "}")) + " }";
        await File.WriteAllTextAsync(Path.Combine(conf, "main.cf"), $"""
            compatibility_level = 3.6
            queue_directory = {queue}
            data_directory = {folder}/data
            maillog_file = {folder}/log
            maillog_file_prefixes = {folder}
            myhostname = relay.test
            mydestination =
            mynetworks = 127.0.0.0/8
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            local_header_rewrite_clients =
            alias_maps =
            alias_database =
            disable_dns_lookups = yes
            smtp_host_lookup = native
            relay_domains = {string.Join(' ', routes.Keys)}
            transport_maps = {inline}
            default_transport = error:this test sends nothing outside
            smtpd_relay_restrictions = reject_unauth_destination
            smtpd_peername_lookup = no
            smtpd_error_sleep_time = 0
            smtp_tls_security_level = may
            minimal_backoff_time = 1s
            maximal_backoff_time = 2s
            queue_run_delay = 1s
            smtpd_client_connection_count_limit = 0
            in_flow_delay = 0
            {more}
            """);
        await File.WriteAllTextAsync(Path.Combine(conf, "master.cf"), $"""
            127.0.0.1:{port} inet n - n - - smtpd
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 1 1 qmgr
            tlsmgr unix - - n 1000? 1 tlsmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            verify unix - - n - 1 verify
            flush unix n - n 1000? 0 flush
            proxymap unix - - n - - proxymap
            smtp unix - - n - - smtp
            showq unix n - n - - showq
            error unix - - n - - error
            retry unix - - n - - error
            discard unix - - n - - discard
            lmtp unix - - n - - lmtp
            anvil unix - - n - 1 anvil
            scache unix - - n - 1 scache
            postlog unix-dgram n - n - 1 postlogd

            """);
    }
}
