using System.Diagnostics;
using Amends.Campaigns;
using Amends.Data;
using Amends.Tests.Servers;
using Amends.Web;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Amends.Bench;

/// <summary>A folder and a database of one measurement; gone with it.</summary>
public sealed class Place : IAsyncDisposable
{
    private readonly string _folder;
    private readonly bool _stays;

    private Place(string? postgres, Options options, string? keep)
    {
        _stays = keep is not null;
        _folder = keep is null ? Directory.CreateTempSubdirectory("amends-bench-").FullName : Directory.CreateDirectory(keep).FullName;
        App = new RunningAmends(options.Program, _folder, postgres);
    }

    /// <summary>The program, not started yet.</summary>
    public RunningAmends App { get; }

    /// <summary>The database's size in bytes, everything included.</summary>
    public async Task<long> Size()
    {
        await using var database = Database.Open(App.Database);
        return await database.Size(default);
    }

    /// <summary>Where another SQLite file of this measurement can lie: on the same disk.</summary>
    public string File(string name) => Path.Combine(_folder, name);

    /// <summary>Makes one on a fresh database.</summary>
    public static async Task<Place> On(string kind, Options options) => new(kind == "postgres" ? await PostgresServer.CreateDatabase() : null, options, null);

    /// <summary>Makes one whose database stays, where the command line says so: an SQLite file in a folder, or a database of a server that somebody runs.</summary>
    public static async Task<Place> Kept(string kind, Options options) => (kind, options) switch
    {
        ("postgres", { On: { } url }) => new(url, options, options.Keep ?? Path.Combine(Path.GetTempPath(), "amends-bench-" + Path.GetFileName(url))),
        ("sqlite", { Keep: { } folder }) => new(null, options, folder),
        _ => await On(kind, options),
    };

    /// <summary>Uses the product's own parts on this database, while the program does not run.</summary>
    public async Task<T> Prepare<T>(Func<IServiceProvider, Task<T>> prepare)
    {
        await using var app = AmendsHost.Build(new Surroundings { Data = _folder, Database = App.Database, Urls = "http://127.0.0.1:0", KeyFile = Path.Combine(_folder, "keys", "amends.key") });
        await app.Prepare();
        return await prepare(app.Services);
    }

    /// <summary>Waits until the program that runs here has nothing left to do by itself: no case to wake, no job that is due, nothing to count.</summary>
    /// <exception cref="TimeoutException">It was not done after ten minutes.</exception>
    public Task Settle() => Prepare(async services =>
    {
        var database = services.GetRequiredService<Database>();
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromMinutes(10); await Task.Delay(500))
        {
            var left = await database.Read(connection => connection.ExecuteScalarAsync<long>(
                "select (select count(*) from cases where wake_at <= @now) + (select count(*) from jobs where failed_at is null and due_at <= @now) + (select count(*) from report_due)", new { now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() }));
            if (left == 0)
                return 0;
        }

        throw new TimeoutException("The program is still at work after ten minutes.");
    });

    /// <summary>The patterns of all addresses that the program answers a GET on.</summary>
    public async Task<IReadOnlyList<string>> Addresses()
    {
        await using var app = AmendsHost.Build(new Surroundings { Data = _folder, Database = App.Database, Urls = "http://127.0.0.1:0", KeyFile = Path.Combine(_folder, "keys", "amends.key") });
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") == true).Select(endpoint => "/" + endpoint.RoutePattern.RawText!.Trim('/'))];
    }

    /// <summary>Lets PostgreSQL keep house, as it does by itself within a minute of so many new rows. SQLite does nothing by itself, and nothing is done here.</summary>
    public Task KeepHouse() => Prepare(async services =>
    {
        var database = services.GetRequiredService<Database>();
        if (database is not PostgresDatabase)
            return 0;
        await using var connection = await database.Connect(CancellationToken.None);
        return await connection.ExecuteAsync("vacuum analyze");
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        if (!_stays)
            Directory.Delete(_folder, recursive: true);
    }
}
