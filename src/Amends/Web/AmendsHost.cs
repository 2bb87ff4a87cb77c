using System.Text.Encodings.Web;
using System.Text.Unicode;
using Amends.Clock;
using Amends.Data;
using Amends.Features;
using Amends.Jobs;
using Microsoft.AspNetCore.HttpOverrides;

namespace Amends.Web;

/// <summary>What is plugged into what. The program, the tests and the campaigns all start this one.</summary>
public static class AmendsHost
{
    /// <summary>Builds the program; nothing runs yet. <see cref="Prepare"/> brings the database up to date.</summary>
    /// <param name="surroundings">Where everything is.</param>
    /// <param name="change">What a test replaces, such as the clock.</param>
    public static WebApplication Build(Surroundings surroundings, Action<WebApplicationBuilder>? change = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(AmendsHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseUrls(surroundings.Urls.Split(';'));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 30 * 1024 * 1024;
        });
        builder.WebHost.UseStaticWebAssets(); // from a checkout, too, whatever the environment is called
        // without this a build that was not published recompresses every file on every request, at no compression
        builder.Configuration["ReloadStaticAssetsAtRuntime"] ??= builder.Environment.IsDevelopment().ToString();
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error); // it does not know that ProtectionKeys seals its keys
        builder.Logging.AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error); // a refused form is nothing to look into
        builder.Logging.AddFilter(typeof(SignedIn).FullName, LogLevel.Warning);
        builder.Logging.AddFilter(typeof(Features.CustomerPages.CustomerCookie).FullName, LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None); // its lines and scopes carry paths, and a customer's path carries a token

        var started = false;
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", level => started && level >= LogLevel.Warning); // what stops the start is said by whoever starts it
        AddCore(builder.Services, surroundings);
        builder.Services.AddFeatures();
        change?.Invoke(builder);

        var app = builder.Build();
        app.Lifetime.ApplicationStarted.Register(() => started = true);
        if (surroundings.Proxies.Count > 0)
        {
            var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost };
            forwarded.KnownProxies.Clear(); // this machine counts only when it is named
            forwarded.KnownIPNetworks.Clear();
            foreach (var proxy in surroundings.Proxies)
                forwarded.KnownIPNetworks.Add(proxy);
            app.UseForwardedHeaders(forwarded);
        }

        app.UseFeatures();
        return app;
    }

    /// <summary>Brings the database up to date before anything listens.</summary>
    public static Task Prepare(this WebApplication app) => app.Services.GetRequiredService<Migrator>().Run();

    private static void AddCore(IServiceCollection services, Surroundings surroundings)
    {
        services.AddSingleton(surroundings);
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => Database.Open(surroundings.Database, surroundings.DatabasePassword));
        services.AddSingleton(_ => new Secrets(surroundings.KeyFile));
        services.AddSingleton<Migrator>();
        services.AddSingleton<StoredSettings>();
        services.AddSingleton<DeadlineDesk>();
        services.AddSingleton<LetterDesk>();
        services.AddSingleton<Letters.Dispatch>();
        services.AddSingleton<CaseFile>();
        services.AddSingleton(provider =>
        {
            var ear = Ear.Of(surroundings.Data);
            if (ear.Problem is { } problem)
                provider.GetRequiredService<ILogger<Ear>>().LogWarning("{Problem}", problem);
            return ear;
        });
        services.AddSingleton<CaseStore>();
        services.AddSingleton<Leases>();
        services.AddSingleton<LiveSignals>();
        services.AddSingleton<JobSignal>();
        services.AddSingleton<JobQueue>();
        services.AddSingleton<Reactions>();
        services.AddSingleton<LoopHealth>();
        services.AddLoop<Worker>();
        services.AddLoop<WakeCases>();
        services.AddLoop<Features.SecondLooks.DrawWeekly>();
        services.AddLoop<Features.Alerts.LookForAlerts>();
        services.AddLoop<Features.ForYou.TellOfTheWeek>();
        services.AddLoop<Features.Payments.LookAgain>();
        services.AddSingleton<Data.Rollups.ReportReader>();
        services.AddLoop<Data.Rollups.CountReports>();
        services.AddSingleton<Data.Exports.ExportDesk>();
        services.AddLoop<Data.Exports.MakeExports>();
        services.AddLoop<HearOtherNodes>();
        services.AddLoop<TellOtherNodes>();
        services.AddHostedService<AfterStart>();
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddRazorComponents();
    }

    /// <summary>Adds a loop that can be asked for by its type, so that tests and commands can run one round.</summary>
    public static IServiceCollection AddLoop<TLoop>(this IServiceCollection services) where TLoop : Loop
    {
        services.AddSingleton<TLoop>();
        return services.AddHostedService(provider => provider.GetRequiredService<TLoop>());
    }
}
