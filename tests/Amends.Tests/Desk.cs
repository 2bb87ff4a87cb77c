using Amends.Data;
using Amends.Domain.People;
using Amends.Jobs;
using Amends.Tests.Servers;
using Amends.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Amends.Tests;

/// <summary>
/// A whole Amends on a database of its own, with a clock that a test moves. Its loops stand still unless a test asks for
/// a round, or starts the desk with <c>running: true</c>. It listens on a free port of the loopback.
/// </summary>
public sealed class Desk : IAsyncDisposable
{
    /// <summary>An SQLite file with the schema and nothing else, made once: every desk begins with a copy.</summary>
    private static readonly Lazy<Task<byte[]>> EmptyFile = new(MakeEmptyFile);

    private readonly string _folder = Directory.CreateTempSubdirectory("amends-test-").FullName;
    private string? _own; // the database on PostgreSQL that goes with this desk

    private Desk(string? postgres, Action<Surroundings, WebApplicationBuilder>? change, bool running, bool smtp, string? left = null)
    {
        CopyInto(_folder, left);
        var surroundings = new Surroundings
        {
            Data = _folder,
            Database = postgres ?? "sqlite:" + SqliteFile,
            Urls = "http://127.0.0.1:0",
            KeyFile = Path.Combine(_folder, "keys", "amends.key"),
            SmtpListen = smtp ? new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0) : null,
        };
        App = AmendsHost.Build(surroundings, change: builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(Clock);
            if (!running)
            {
                foreach (var loop in builder.Services.Where(service => service.ServiceType == typeof(IHostedService) && service.ImplementationFactory?.Method.ReturnType.IsAssignableTo(typeof(Loop)) == true).ToList())
                    builder.Services.Remove(loop);
            }

            change?.Invoke(surroundings, builder);
        });
    }

    /// <summary>Both kinds of database, for theories.</summary>
    public static TheoryData<string> Both => ["sqlite", "postgres"];

    public WebApplication App { get; }
    public TestClock Clock { get; } = new();
    public Database Database => Get<Database>();
    public CaseStore Cases => Get<CaseStore>();
    public Uri Address => new(App.Urls.First());
    private string SqliteFile => Path.Combine(_folder, "amends.db");

    /// <summary>Starts a desk on a PostgreSQL database that a test has already; <c>null</c> for SQLite.</summary>
    public static async Task<Desk> On(string? postgres, bool smtp = false)
    {
        var desk = new Desk(postgres, null, running: false, smtp);
        await desk.App.Prepare();
        await desk.App.StartAsync();
        return desk;
    }

    /// <summary>Starts a desk on a fresh database of this kind.</summary>
    public static async Task<Desk> Start(string kind = "sqlite", bool running = false, bool smtp = false, Action<Surroundings, WebApplicationBuilder>? change = null)
    {
        var own = kind == "postgres" ? await PostgresServer.CreateDatabase("desk", MakeSchema) : null;
        var desk = new Desk(own, change, running, smtp) { _own = own };
        if (kind == "sqlite")
            await File.WriteAllBytesAsync(desk.SqliteFile, await EmptyFile.Value);
        await desk.App.Prepare();
        await desk.App.StartAsync();
        return desk;
    }

    /// <summary>Starts a desk on what another one left (<see cref="Leave"/>): a copy of its folder, and its database on PostgreSQL.</summary>
    /// <param name="folder">What it left.</param>
    /// <param name="postgres">A copy of its database, which goes with this desk; <c>null</c> for SQLite, which lies in the folder.</param>
    /// <param name="running">Whether its loops run.</param>
    public static async Task<Desk> Copy(string folder, string? postgres, bool running)
    {
        var desk = new Desk(postgres, null, running, smtp: true, folder) { _own = postgres };
        await desk.App.Prepare();
        await desk.App.StartAsync();
        return desk;
    }

    /// <summary>Ends it, and leaves its folder until the tests end.</summary>
    /// <returns>The folder.</returns>
    public async Task<string> Leave()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(_folder, recursive: true);
        return _folder;
    }

    public T Get<T>() where T : notnull => App.Services.GetRequiredService<T>();

    /// <summary>Somebody who works here.</summary>
    public async Task<Actor> AddPerson(string name, Role role)
    {
        var email = $"{name.ToLowerInvariant()}@desk.example";
        var id = await Database.Write(unit => unit.Value<long>(
            "insert into people (name, email, email_key, role, password_hash, created_at) values (@name, @email, @key, @role, @hash, 0) returning id",
            new { name, email, key = Customers.KeyOf(email), role = (int)role, hash = Browserless.PasswordHash }));
        return Actor.Person(id, name, role);
    }

    /// <summary>A customer with an address.</summary>
    public async Task<FoundCustomer> AddCustomer(string name) =>
        await Database.Write(unit => Customers.FindOrAdd(unit, $"{name.ToLowerInvariant().Replace(' ', '.')}@customer.example", name, null, Clock.Now));

    /// <summary>Runs everything that is due now: alarms, then jobs, until nothing is left.</summary>
    public async Task RunDue()
    {
        while (await Get<Clock.WakeCases>().RunOnce(default) | await Get<Worker>().RunOnce(default))
        {
        }
    }

    /// <summary>Counts everything anew for reports, what a test wrote past the program, too.</summary>
    public async Task Count()
    {
        await Get<Data.Rollups.ReportReader>().Forget();
        await Get<Data.Rollups.ReportReader>().CatchUp();
    }

    private static void CopyInto(string folder, string? from)
    {
        foreach (var file in from is null ? [] : Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var to = Path.Combine(folder, Path.GetRelativePath(from!, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to, overwrite: true);
        }
    }

    private static async Task MakeSchema(string url)
    {
        await using var database = Database.Open(url);
        await new Migrator(database).Run();
    }

    private static async Task<byte[]> MakeEmptyFile()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("amends-test-").FullName, "empty.db");
        await MakeSchema("sqlite:" + file);
        var bytes = await File.ReadAllBytesAsync(file);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        return bytes;
    }

    public async ValueTask DisposeAsync()
    {
        await App.StopAsync();
        await App.DisposeAsync();
        if (_own is { } database)
            await PostgresServer.Drop(database);
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>A clock that stands where a test puts it. Timers and timestamps stay real, so that leases and pauses end.</summary>
public sealed class TestClock : TimeProvider
{
    private long _now = new DateTimeOffset(2026, 3, 4, 10, 0, 0, TimeSpan.Zero).UtcTicks;

    public DateTimeOffset Now
    {
        get => new(Interlocked.Read(ref _now), TimeSpan.Zero);
        set => Interlocked.Exchange(ref _now, value.UtcTicks);
    }

    public override DateTimeOffset GetUtcNow() => Now;
}
