using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;

namespace Amends.Tests.Servers;

/// <summary>
/// A PostgreSQL server of this test run alone, started at the first need and gone with the test process, however that
/// ends. Every test takes a database of its own, so tests need not clean up and may run side by side.
/// <c>AMENDS_TEST_POSTGRES</c> (<c>postgres://user@host:port/database</c>) names a server to use instead.
/// </summary>
public sealed class PostgresServer
{
    private static readonly Lazy<Task<PostgresServer>> Shared = new(Start);
    private static readonly ConcurrentDictionary<string, Lazy<Task<string>>> Templates = new();

    private readonly string _url;

    /// <summary>
    /// Whether a commit reaches the disk. Tests never pull the plug of this server, and each makes a database, which costs the
    /// disk much. Whoever measures, or kills, wants it; to be said before the first database.
    /// </summary>
    public static bool IsDurable { get; set; }

    private PostgresServer(string url) => _url = url;

    /// <summary>A fresh, empty database.</summary>
    /// <returns>Its address, as <c>AMENDS_DATABASE</c> takes it. Skips the test where PostgreSQL is not installed.</returns>
    public static async Task<string> CreateDatabase() => await (await Shared.Value).Create("template1");

    /// <summary>A fresh copy of a database that is prepared once per test run: quicker than running a schema for each test.</summary>
    /// <param name="template">What the prepared database is called in this run.</param>
    /// <param name="prepare">Fills the database at the address it is given; runs once.</param>
    /// <returns>The copy's address.</returns>
    public static async Task<string> CreateDatabase(string template, Func<string, Task> prepare)
    {
        var server = await Shared.Value;
        var prepared = await Templates.GetOrAdd(template, _ => new(() => server.Prepare(prepare))).Value;
        return await server.Create(prepared);
    }

    /// <summary>Gives a database up, whoever is still connected: hundreds of them would be gigabytes.</summary>
    /// <param name="address">What <see cref="CreateDatabase()"/> returned.</param>
    public static async Task Drop(string address) => await (await Shared.Value).Execute($"""DROP DATABASE "{new Uri(address).AbsolutePath[1..]}" WITH (FORCE)""");

    private async Task<string> Prepare(Func<string, Task> prepare)
    {
        var address = await Create("template1");
        await prepare(address);
        var name = new Uri(address).AbsolutePath[1..];
        // A database with visitors cannot be copied: close the door, then show out whoever is left in a pool.
        await Execute($"""ALTER DATABASE "{name}" ALLOW_CONNECTIONS false""");
        await Execute($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        return name;
    }

    private async Task<string> Create(string template)
    {
        var name = $"t_{Guid.NewGuid():N}";
        await Execute($"""CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY""");
        if (Given is not null)
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Execute($"""DROP DATABASE IF EXISTS "{name}" WITH (FORCE)""").Wait(2000);
        return new UriBuilder(_url) { Path = name }.Uri.ToString();
    }

    private async Task Execute(string sql)
    {
        await using var connection = await Connect();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private async Task<NpgsqlConnection> Connect()
    {
        var url = new Uri(_url);
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = url.Host,
            Port = url.Port > 0 ? url.Port : 5432,
            Username = Uri.UnescapeDataString(url.UserInfo.Split(':')[0]),
            Database = url.AbsolutePath.Length > 1 ? url.AbsolutePath[1..] : "postgres",
            Pooling = false,
        };
        if (Environment.GetEnvironmentVariable("AMENDS_DATABASE_PASSWORD") is { Length: > 0 } password)
            settings.Password = password;
        var connection = new NpgsqlConnection(settings.ConnectionString);
        try
        {
            await connection.OpenAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static string? Given => Environment.GetEnvironmentVariable("AMENDS_TEST_POSTGRES") is { Length: > 0 } url ? url : null;

    private static async Task<PostgresServer> Start()
    {
        if (Given is { } given)
            return new(given);
        if (!OperatingSystem.IsLinux())
            Assert.Skip("The tests start their own PostgreSQL on Linux only; name a server in AMENDS_TEST_POSTGRES.");
        var binaries = FindBinaries();
        if (binaries is null)
            Assert.Skip("PostgreSQL is not installed (apt-get install postgresql-15), and AMENDS_TEST_POSTGRES names no server.");
        for (var attempt = 1; ; attempt++)
        {
            var port = OwnProcess.FreePort();
            var watcher = Watch(binaries!, port);
            try
            {
                var server = new PostgresServer($"postgres://postgres@127.0.0.1:{port}/postgres");
                await server.UntilItAnswers(watcher);
                AppDomain.CurrentDomain.ProcessExit += (_, _) => End(watcher);
                return server;
            }
            // Somebody may have taken the port between our look and the server's.
            catch (InvalidOperationException) when (attempt < 3)
            {
                End(watcher);
            }
        }
    }

    private async Task UntilItAnswers(Process watcher)
    {
        var patience = Stopwatch.StartNew();
        while (true)
        {
            if (watcher.HasExited)
                throw new InvalidOperationException("PostgreSQL did not start: " + await watcher.StandardError.ReadToEndAsync());
            try
            {
                await using var connection = await Connect();
                return;
            }
            catch (NpgsqlException) when (patience.Elapsed < TimeSpan.FromSeconds(60))
            {
                await Task.Delay(50);
            }
        }
    }

    private static void End(Process watcher)
    {
        watcher.StandardInput.Close();
        watcher.WaitForExit(5000);
    }

    private static string? FindBinaries() =>
        new[] { "/usr/lib/postgresql", "/opt/postgresql" }
            .Where(Directory.Exists)
            .SelectMany(Directory.GetDirectories)
            .Select(folder => Path.Combine(folder, "bin"))
            .Concat((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':'))
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "postgres")));

    /// <summary>
    /// A small shell stands between the tests and the server. It reads a pipe that only this process holds open: when
    /// the pipe closes, by a clean end or by kill -9, it ends the server by its pid and removes the folder.
    /// </summary>
    private static Process Watch(string binaries, int port)
    {
        var start = new ProcessStartInfo("setsid") { RedirectStandardInput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        // PostgreSQL refuses to run as root.
        string[] asWhom = Environment.IsPrivilegedProcess
            ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups"]
            : [];
        foreach (var word in asWhom.Concat(["sh", "-c", Script, "watch-postgres", binaries, port.ToString(), .. IsDurable ? Durable : Quick]))
            start.ArgumentList.Add(word);
        return Process.Start(start)!;
    }

    private static readonly string[] Quick = ["-c", "shared_buffers=64MB", "-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off", "-c", "max_wal_size=256MB", "-c", "checkpoint_timeout=1h"];

    /// <summary>A modest share of a machine's memory; a quarter is what PostgreSQL's manual begins with.</summary>
    private static readonly string[] Durable = ["-c", "shared_buffers=1GB"];

    private const string Script = """
        trap '' INT TERM HUP
        folder=$(mktemp -d "${TMPDIR:-/tmp}/amends-pg-XXXXXX" 2>/dev/null || mktemp -d /tmp/amends-pg-XXXXXX) || exit 1
        if ! "$1/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$folder/log" 2>&1 </dev/null; then
          cat "$folder/log" >&2; rm -rf "$folder"; exit 1
        fi
        program=$1/postgres port=$2
        shift 2
        "$program" "$@" -D "$folder/data" -k "$folder" -p "$port" -c listen_addresses=127.0.0.1 -c max_connections=300 \
          -c wal_level=minimal -c max_wal_senders=0 >>"$folder/log" 2>&1 </dev/null &
        server=$!
        # The server may end by itself (its port is taken): then say why, and do not wait for the pipe.
        me=$$
        ( while kill -0 "$server" 2>/dev/null; do sleep 0.5; done; cat "$folder/log" >&2; rm -rf "$folder"; kill -KILL "$me" ) </dev/null >/dev/null &
        look=$!
        cat >/dev/null 2>&1
        kill -KILL "$look" 2>/dev/null
        kill -QUIT "$server" 2>/dev/null
        wait "$server" 2>/dev/null
        rm -rf "$folder"
        """;
}
